//! An open question of a document.

use jiff::civil::Date;

use super::{Deadline, Fragment, Person, Standing};
use crate::source::Span;

/// One open question, or one that has been resolved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenQuestion {
    /// Unique in its document and stable when unrelated text changes; also the badge's id in the page.
    pub id: String,
    /// The author's number or label for it: `3`, `OQ-01`.
    pub number: Option<String>,
    /// The question itself.
    pub question: Fragment,
    /// Further text on it.
    pub context: Fragment,
    /// The answer, if it has one.
    pub resolution: Fragment,
    /// When it must be decided; None if not stated.
    pub due: Option<Deadline>,
    /// Who is responsible for it.
    pub owners: Vec<Person>,
    /// Whether a structured mark shows that it is resolved.
    pub resolved: bool,
    /// The decision that resolved it, if its answer links to or names one.
    pub settled_by: Option<DecisionLink>,
    /// What git knows of it; nothing unless `history` is on.
    pub past: Past,
    /// The question's own text.
    pub span: Span,
    /// Where its badge may be inserted.
    pub badge_at: usize,
    /// The form of the badge at that place.
    pub badge_form: BadgeForm,
}

/// What git knows of a question, as far as it is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Past {
    /// The day on which it was asked.
    pub asked: Option<Date>,
    /// How often its deadline was moved from one day to another.
    pub moved: usize,
    /// The day of the last move.
    pub last_moved: Option<Date>,
    /// The day on which it was resolved, if it is.
    pub resolved_on: Option<Date>,
}

impl Past {
    /// Whether anything is known.
    pub fn is_known(&self) -> bool {
        *self != Self::default()
    }
}

/// The place of a decision in the book.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DecisionLink {
    /// The chapter that records it, as rendered: `payments/refunds.md`.
    pub path: String,
    /// The fragment of the decision in that chapter.
    pub anchor: String,
}

/// How a badge is written at its place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum BadgeForm {
    /// Within a line of text.
    #[default]
    Inline,
    /// As a paragraph of its own, under a heading.
    Paragraph,
    /// At the end of a row whose last cells are omitted, after this number of bars.
    ShortRow(usize),
}

impl OpenQuestion {
    /// The last day on which it is not overdue.
    pub fn day(&self) -> Option<Date> {
        self.due.as_ref()?.day()
    }

    /// The standing of the question on `today`.
    pub fn standing(&self, today: Date, due_soon_days: u16) -> Standing {
        match &self.due {
            _ if self.resolved => Standing::Resolved,
            Some(due) => due.standing(today, due_soon_days),
            None => Standing::Undated,
        }
    }
}
