//! Whether a decision is in force, and what has replaced it.

use std::cell::RefCell;
use std::collections::HashMap;

use super::is_whole;
use crate::config::{Config, StatusClass};
use crate::export::ExportInput;
use crate::export::record::DocumentRef;
use crate::lint::joined;
use crate::model::{Decision, Document, Status, Succession};
use crate::parse::Statuses;
use crate::source::Span;

/// The groups of hits, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A document that affects the path.
    Document,
    /// A decision in force.
    Decision,
    /// A decision that is not made yet: a proposed ADR.
    Proposed,
    /// A question without an answer.
    OpenQuestion,
    /// A decision that a later one has replaced, or that is deprecated.
    Superseded,
    /// A decision that was never in force.
    Rejected,
}

impl Kind {
    /// The name in JSON.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Decision => "decision",
            Self::Proposed => "proposed-decision",
            Self::OpenQuestion => "open-question",
            Self::Superseded => "superseded-decision",
            Self::Rejected => "rejected-decision",
        }
    }

    /// The kind of a decision with this status.
    fn of(status: &Status) -> Self {
        match status.class {
            StatusClass::Draft | StatusClass::Review | StatusClass::Paused => Self::Proposed,
            StatusClass::Closed => match status.state.as_str() {
                "rejected" | "withdrawn" | "abandoned" => Self::Rejected,
                // A state of the team's own closes what was in force.
                _ => Self::Superseded,
            },
            StatusClass::Agreed | StatusClass::Done | StatusClass::Unknown => Self::Decision,
        }
    }
}

/// Reads the statuses of decisions. Most of them have one of a few texts.
pub(super) struct Standings<'c> {
    statuses: Statuses<'c>,
    known: RefCell<HashMap<String, Option<Kind>>>,
}

impl<'c> Standings<'c> {
    pub(super) fn new(config: &'c Config) -> Self {
        Self {
            statuses: Statuses::new(config),
            known: RefCell::default(),
        }
    }

    /// The kind of a decision in its document. Decisions that a design records are in force before
    /// the design is approved, but not after it is closed.
    pub(super) fn kind(&self, page: &DocumentRef<'_>, decision: &Decision) -> Kind {
        if decision.superseded {
            return Kind::Superseded;
        }
        let status = page.document.status.as_ref();
        let of_document = || status.map_or(Kind::Decision, Kind::of);
        if is_whole(page) {
            return of_document();
        }
        let own = (!decision.status.is_empty()).then(|| self.read(page, &decision.status));
        own.flatten().unwrap_or_else(|| match of_document() {
            Kind::Proposed => Kind::Decision,
            kind => kind,
        })
    }

    fn read(&self, page: &DocumentRef<'_>, text: &str) -> Option<Kind> {
        if let Some(known) = self.known.borrow().get(text) {
            return *known;
        }
        let kind = self.statuses.of(text, page.source).as_ref().map(Kind::of);
        self.known.borrow_mut().insert(text.to_owned(), kind);
        kind
    }
}

/// The state of a decision in one word.
pub(super) fn state(kind: Kind, page: &DocumentRef<'_>) -> String {
    let status = page.document.status.as_ref();
    let own = status.filter(|status| Kind::of(status) == kind && kind != Kind::Decision);
    let word = match kind {
        Kind::Proposed => "proposed",
        Kind::Superseded => "superseded",
        Kind::Rejected => "rejected",
        _ => "in-force",
    };
    own.map_or_else(|| word.to_owned(), |status| status.state.clone())
}

/// A decision or a document that has replaced a decision; without a place if the book does not have
/// it.
#[derive(Debug, Clone, Default)]
pub(super) struct Replacement<'a> {
    pub(super) text: String,
    pub(super) place: Option<(DocumentRef<'a>, Span)>,
}

/// What has replaced a decision: the decisions of its log that it or they name, and the documents
/// that have replaced its document.
pub(super) fn replaced_by<'a>(
    book: &ExportInput<'a>,
    page: &DocumentRef<'a>,
    decision: &'a Decision,
) -> Vec<Replacement<'a>> {
    let page = *page;
    let decisions = &page.document.decisions;
    let named = |decision: &'a Decision| Replacement {
        text: decision.decision.text.clone(),
        place: Some((page, decision.span)),
    };
    let mut out: Vec<Replacement<'a>> = Vec::new();
    for label in &decision.superseded_by {
        let other = decisions.iter().find(|other| is_label(other, &label.value));
        out.push(other.map_or_else(
            || Replacement {
                text: label.value.clone(),
                place: None,
            },
            named,
        ));
    }
    if out.is_empty() {
        let label = decision.label.as_deref().unwrap_or_default();
        let supersedes = |other: &&Decision| {
            let mut labels = other.supersedes.iter();
            !label.is_empty() && labels.any(|named| named.value.eq_ignore_ascii_case(label))
        };
        out.extend(decisions.iter().filter(supersedes).map(named));
    }
    if out.is_empty() {
        out = documents(book, &page);
    }
    out
}

fn is_label(decision: &Decision, label: &str) -> bool {
    decision
        .label
        .as_deref()
        .is_some_and(|own| own.eq_ignore_ascii_case(label))
}

/// The documents that have replaced the document of `page`: those that it names, else those that
/// name it.
fn documents<'a>(book: &ExportInput<'a>, page: &DocumentRef<'a>) -> Vec<Replacement<'a>> {
    let found = |page: DocumentRef<'a>| Replacement {
        text: page.title().to_owned(),
        place: Some((page, page.document.title.span)),
    };
    let named = page.document.stated.superseded_by.iter().filter(|named| !named.amends);
    let named = named.map(|named| {
        let target = linked(page, named).and_then(|path| book.pages().find(|page| is_at(page, &path)));
        target.map_or_else(
            || Replacement {
                text: named.text.clone(),
                place: None,
            },
            found,
        )
    });
    let named: Vec<Replacement<'a>> = named.collect();
    if !named.is_empty() {
        return named;
    }
    let is_successor = |other: &DocumentRef<'_>| {
        let mut supersedes = other.document.stated.supersedes.iter();
        is_in_force(other.document)
            && supersedes.any(|named| !named.amends && linked(other, named).is_some_and(|path| is_at(page, &path)))
    };
    book.pages().filter(is_successor).map(found).collect()
}

/// A proposal has not replaced anything yet.
fn is_in_force(document: &Document) -> bool {
    let kind = document.status.as_ref().map(Kind::of);
    !matches!(kind, Some(Kind::Proposed | Kind::Rejected))
}

/// The path that a reference in `page` links to.
fn linked(page: &DocumentRef<'_>, reference: &Succession) -> Option<String> {
    let url = reference.url.as_deref()?;
    let path = url.split(['#', '?']).next().unwrap_or_default();
    let is_of_book = !path.is_empty() && !path.contains(':');
    joined(page.path(), path).filter(|_| is_of_book)
}

fn is_at(page: &DocumentRef<'_>, path: &str) -> bool {
    page.path() == path || page.chapter.path == path
}
