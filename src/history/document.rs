//! What two versions of one document say differently.

use std::cell::OnceCell;

use super::change::{Change, Kind, Subject};
use super::compare::{Side, of_document, state};
use super::people::People;
use super::records;
use crate::model::{Deadline, Document, Person};
use crate::source::{Lines, Source, Span};

/// A document in one of the two versions of the book.
#[derive(Debug)]
pub(super) struct Version<'a> {
    pub(super) side: Side<'a>,
    pub(super) chapter: usize,
    pub(super) document: &'a Document,
    source: &'a Source,
    lines: OnceCell<Lines<'a>>,
    /// Whether it is the version that lines refer to.
    is_new: bool,
}

impl<'a> Version<'a> {
    pub(super) fn new(side: Side<'a>, chapter: usize, document: &'a Document) -> Option<Self> {
        Some(Self {
            side,
            chapter,
            document,
            source: side.sources.get(chapter)?,
            lines: OnceCell::new(),
            is_new: true,
        })
    }

    /// The file, relative to `src`.
    pub(super) fn path(&self) -> &'a str {
        self.source.shown_path()
    }

    pub(super) fn text(&self) -> &'a str {
        &self.source.text
    }

    pub(super) fn title(&self) -> &'a str {
        self.side.corpus.chapters[self.chapter].title()
    }

    /// A change that stands in this version, at `span`.
    pub(super) fn change(&self, kind: Kind, subject: Subject, span: Span, text: &str) -> Change {
        let lines = self.lines.get_or_init(|| Lines::new(&self.source.text));
        Change {
            kind,
            is_new: self.is_new,
            chapter: self.chapter,
            subject,
            path: self.path().to_owned(),
            line: Some(self.source.locate(lines, span.start).own_line),
            text: text.to_owned(),
            from: None,
            to: None,
        }
    }
}

/// The changes of a document that is new: itself, and what it says.
pub(super) fn added(new: &Version<'_>) -> Vec<Change> {
    let mut out = vec![Change {
        to: state(new.document),
        ..of_document(new, Kind::DocumentAdded)
    }];
    out.extend(approvals(None, Some(new)));
    out.extend(records::decisions(None, Some(new)));
    out.extend(records::questions(None, Some(new)));
    out
}

/// The changes of a document that is gone. Its questions and decisions are gone with it.
pub(super) fn removed(old: &Version<'_>) -> Vec<Change> {
    let mut out = vec![Change {
        from: state(old.document),
        ..of_document(old, Kind::DocumentRemoved)
    }];
    out.extend(records::decisions(Some(old), None));
    out.extend(records::questions(Some(old), None));
    out.into_iter()
        .map(|change| Change {
            is_new: false,
            line: None,
            ..change
        })
        .collect()
}

/// The changes of a document that both versions have.
pub(super) fn changed(old: &Version<'_>, new: &Version<'_>) -> Vec<Change> {
    let mut out = Vec::new();
    if old.path() != new.path() {
        out.push(Change {
            from: Some(old.path().to_owned()),
            to: Some(new.path().to_owned()),
            ..of_document(new, Kind::DocumentRenamed)
        });
    }
    out.extend(status(old, new));
    for deadline in [
        |document: &Document| document.revisit.clone(),
        |document: &Document| document.review_until.clone(),
    ] {
        let (before, after) = (deadline(old.document), deadline(new.document));
        let span = after.as_ref().map_or(new.document.title.span, |due| due.0.span);
        let change = || new.change(Kind::DeadlineMoved, Subject::Document, span, new.title());
        out.extend(moved(before.as_ref(), after.as_ref(), change));
    }
    out.extend(approvals(Some(old), Some(new)));
    out.extend(records::decisions(Some(old), Some(new)));
    out.extend(records::questions(Some(old), Some(new)));
    // A removed record is listed below the path that the document has now.
    for change in out.iter_mut().filter(|change| !change.is_new) {
        new.path().clone_into(&mut change.path);
    }
    out
}

fn status(old: &Version<'_>, new: &Version<'_>) -> Vec<Change> {
    let (from, to) = (state(old.document), state(new.document));
    let says_superseded = new
        .document
        .status
        .as_ref()
        .is_some_and(|status| status.is_superseded());
    let mut out = Vec::new();
    if from != to {
        let span = new.document.status.as_ref().map(|status| status.span);
        let span = span.filter(|span| !span.is_empty()).unwrap_or(new.document.title.span);
        out.push(Change {
            from,
            to,
            ..new.change(Kind::StatusChanged, Subject::Document, span, new.title())
        });
    }
    // Where the document is its own decision, that is superseded; where it says so itself, it is its status.
    let is_replaced = new.document.superseded && !old.document.superseded;
    if is_replaced && !says_superseded && !new.document.is_one_decision() {
        out.push(Change {
            to: records::successors(new, crate::model::Item::document(new.chapter)),
            ..of_document(new, Kind::DecisionSuperseded)
        });
    }
    out
}

/// The change of a deadline, if it is another day.
pub(super) fn moved(old: Option<&Deadline>, new: Option<&Deadline>, change: impl FnOnce() -> Change) -> Option<Change> {
    let (from, to) = (old.and_then(said), new.and_then(said));
    (from != to).then(|| Change { from, to, ..change() })
}

/// A deadline in one form, `2026-11-13`; else in its author's words. None if there is none.
pub(super) fn said(due: &Deadline) -> Option<String> {
    use crate::model::When;
    match (&due.0.when, due.day()) {
        // The words of a milestone say more than the day that book.toml gives to it.
        (When::Milestone(_), _) => Some(due.0.text.clone()),
        (_, Some(day)) => Some(day.to_string()),
        (When::Unset, None) => None,
        (_, None) => Some(due.0.text.clone()),
    }
    .filter(|said| !said.is_empty())
}

/// The approvals that are new or gone.
fn approvals(old: Option<&Version<'_>>, new: Option<&Version<'_>>) -> Vec<Change> {
    let (before, after) = (old.map(approvers), new.map(approvers));
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    let mut out = Vec::new();
    let Some(version) = new else { return out };
    let (was, is) = (People::of(before.iter().copied()), People::of(after.iter().copied()));
    for person in after.iter().filter(|person| !was.has(person)) {
        out.push(version.change(Kind::Approved, Subject::Document, person.span, person.display()));
    }
    for person in before.iter().filter(|person| !is.has(person)) {
        let mut change = of_document(version, Kind::ApprovalWithdrawn);
        person.display().clone_into(&mut change.text);
        out.push(change);
    }
    out
}

/// Everyone who has approved a document, once each.
fn approvers<'a>(version: &Version<'a>) -> Vec<&'a Person> {
    let mut seen = People::of([]);
    let all = version.document.reviewers.iter().chain(&version.document.approvers);
    all.filter(|person| person.approved == Some(true) && seen.add(person))
        .collect()
}
