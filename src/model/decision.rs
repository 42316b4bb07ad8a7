//! A decision that a document records.

use jiff::civil::Date;

use super::{DateText, Fragment, Person};
use crate::source::{Span, Spanned};

/// One row of a decision log, or an ADR as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decision {
    /// Unique in its document and stable when unrelated text changes; also the anchor in the page.
    pub id: String,
    /// The author's own number for it: `D-07`.
    pub label: Option<String>,
    /// When it was taken.
    pub date: Option<DateText>,
    /// What was decided.
    pub decision: Fragment,
    /// Why.
    pub rationale: Fragment,
    /// By whom.
    pub decided_by: Vec<Person>,
    /// What the row says of its state, `Superseded by D-09`; empty where it says nothing.
    pub status: String,
    /// Whether the row or document says that a later decision has replaced it.
    pub superseded: bool,
    /// The labels of the decisions that it says it replaces: `D-03`.
    pub supersedes: Vec<Spanned<String>>,
    /// The labels of the decisions that it says have replaced it.
    pub superseded_by: Vec<Spanned<String>>,
    /// The row, or the heading.
    pub span: Span,
    /// Where its anchor may be inserted; None where the place has an id already.
    pub anchor_at: Option<usize>,
    /// The id of the place where there is nothing to insert: a heading's.
    pub heading_id: Option<String>,
}

impl Decision {
    /// The day on which it was taken, of a month its last.
    pub fn day(&self) -> Option<Date> {
        self.date.as_ref()?.last_day()
    }

    /// The fragment of a link to the decision.
    pub fn anchor(&self) -> &str {
        self.heading_id.as_deref().unwrap_or(&self.id)
    }
}
