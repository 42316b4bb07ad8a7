//! A decision, an open question or a document that may answer the query.

use jiff::civil::Date;

use super::paths::Nearness;
use super::standing::Kind;
use crate::export::record::DocumentRef;
use crate::model::{Decision, OpenQuestion};
use crate::source::Span;

/// Something that may answer the query.
#[derive(Debug, Clone)]
pub(super) struct Candidate<'a> {
    /// The index of its document among the book's documents.
    pub(super) at: usize,
    pub(super) page: DocumentRef<'a>,
    pub(super) subject: Subject<'a>,
    pub(super) kind: Kind,
    /// How well its words match the topic; 0 if they do not.
    pub(super) score: f64,
    /// How closely its document affects the path; None if it does not.
    pub(super) nearness: Option<Nearness>,
}

/// What it is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Subject<'a> {
    Document,
    Decision(&'a Decision),
    Question(&'a OpenQuestion),
}

impl<'a> Candidate<'a> {
    pub(super) fn new(at: usize, page: DocumentRef<'a>, subject: Subject<'a>, kind: Kind) -> Self {
        Self {
            at,
            page,
            subject,
            kind,
            score: 0.0,
            nearness: None,
        }
    }

    /// Its text, and the reasons for it.
    pub(super) fn texts(&self) -> (&'a str, &'a str) {
        match self.subject {
            Subject::Document => (self.page.title(), ""),
            Subject::Decision(decision) => (&decision.decision.text, &decision.rationale.text),
            Subject::Question(question) => (&question.question.text, &question.context.text),
        }
    }

    /// Where it is stated.
    pub(super) fn span(&self) -> Span {
        match self.subject {
            Subject::Document => self.page.document.title.span,
            Subject::Decision(decision) => decision.span,
            Subject::Question(question) => question.span,
        }
    }

    pub(super) fn decided_on(&self) -> Option<Date> {
        match self.subject {
            Subject::Decision(decision) => decision.day(),
            _ => None,
        }
    }

    pub(super) fn due_on(&self) -> Option<Date> {
        match self.subject {
            Subject::Question(question) => question.day(),
            _ => None,
        }
    }

    pub(super) fn is_undated(&self) -> bool {
        self.due_on().is_none()
    }
}
