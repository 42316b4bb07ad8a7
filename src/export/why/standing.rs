//! Whether a decision is in force, and what has replaced it.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::config::{Config, StatusClass};
use crate::export::ExportInput;
use crate::export::record::DocumentRef;
use crate::model::{Decision, Item, Relation, RelationKind, Status};
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
            StatusClass::Closed if status.has_been_in_force() => Self::Superseded,
            StatusClass::Closed => Self::Rejected,
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
        let around = match page.document.superseded {
            true => Kind::Superseded,
            false => page.document.status.as_ref().map_or(Kind::Decision, Kind::of),
        };
        if page.document.is_one_decision() {
            return around;
        }
        let own = (!decision.status.is_empty()).then(|| self.read(page, &decision.status));
        match (own.flatten(), around) {
            (None | Some(Kind::Decision | Kind::Proposed), Kind::Superseded | Kind::Rejected) => around,
            (own, _) => own.unwrap_or(Kind::Decision),
        }
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
#[derive(Debug, Clone)]
pub(super) struct Replacement<'a> {
    pub(super) text: &'a str,
    pub(super) place: Option<(DocumentRef<'a>, Span)>,
}

/// What has replaced a decision, else what has replaced its document.
pub(super) fn replaced_by<'a>(
    book: &ExportInput<'a>,
    page: &DocumentRef<'a>,
    decision: &'a Decision,
) -> Vec<Replacement<'a>> {
    let mut decisions = page.document.decisions.iter();
    let at = decisions.position(|each| std::ptr::eq(each, decision));
    let own = at.map_or_else(Vec::new, |at| successors(book, page.document.item(page.index, at)));
    if own.is_empty() {
        return successors(book, Item::document(page.index));
    }
    own
}

fn successors<'a>(book: &ExportInput<'a>, item: Item) -> Vec<Replacement<'a>> {
    let relations = book.corpus.relations.of(item).iter();
    let successors = relations.filter(|relation| relation.kind == RelationKind::SupersededBy && relation.is_in_effect);
    let replacement = |relation: &'a Relation| {
        let other = relation.to.and_then(|to| Some((to, book.page(to.chapter)?)));
        let Some((to, page)) = other else {
            return Replacement {
                text: &relation.text,
                place: None,
            };
        };
        let decision = book.corpus.decision(to);
        let text = decision.map_or_else(|| page.title(), |decision| &decision.decision.text);
        let span = decision.map_or(page.document.title.span, |decision| decision.span);
        Replacement {
            text,
            place: Some((page, span)),
        }
    };
    successors.map(replacement).collect()
}
