//! What is to be looked at again, and where comments are awaited: the deadlines of documents and
//! decisions that count.

use super::ExportInput;
use super::record::{Decided, DocumentRef, is_named};
use crate::model::{Deadline, Decision, Person, Promise};

/// A deadline of a document, or of one of its decisions.
pub(super) struct Promised<'a> {
    pub(super) page: DocumentRef<'a>,
    /// None for the document's own.
    pub(super) decision: Option<&'a Decision>,
    pub(super) promise: Promise,
    pub(super) due: &'a Deadline,
    pub(super) line: usize,
}

impl<'a> ExportInput<'a> {
    pub(super) fn promised(&self) -> impl Iterator<Item = Promised<'a>> {
        self.pages().flat_map(|page| {
            let own = page.document.promises().map(|(promise, due)| (None, promise, due));
            let decided = page.document.due_decisions();
            let decided = decided.map(|(decision, due)| (Some(decision), Promise::Revisit, due));
            let found: Vec<_> = own.chain(decided).collect();
            let lines = match found.is_empty() {
                true => Vec::new(),
                false => page.lines(found.iter().map(|(.., due)| due.0.span)),
            };
            found
                .into_iter()
                .zip(lines)
                .map(move |((decision, promise, due), line)| Promised {
                    page,
                    decision,
                    promise,
                    due,
                    line,
                })
        })
    }

    /// The URL of the document, or of the decision in it.
    pub(super) fn promise_url(&self, promised: &Promised<'_>) -> Option<String> {
        let Promised { page, line, .. } = *promised;
        match promised.decision {
            Some(decision) => self.decision_url(&Decided { page, decision, line }),
            None => self.page_url(&page),
        }
    }
}

impl<'a> Promised<'a> {
    /// The title of the document, or what was decided.
    pub(super) fn text(&self) -> &'a str {
        self.decision
            .map_or(self.page.title(), |decision| &decision.decision.text)
    }

    /// Who should act: those who decided, or else the owners of the document.
    pub(super) fn owners(&self) -> &'a [Person] {
        match self.decision {
            Some(decision) if !decision.decided_by.is_empty() => &decision.decided_by,
            _ => self.page.document.owners(),
        }
    }

    /// Whether it is for `owner`; None stands for everyone.
    pub(super) fn is_for(&self, owner: Option<&str>) -> bool {
        owner.is_none_or(|wanted| self.owners().iter().any(|person| is_named(person, wanted)))
    }
}
