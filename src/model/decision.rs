//! A decision that a document records.

use jiff::civil::Date;

use super::{DateText, Deadline, Fragment, Mention, Person, StatusClass};
use crate::source::Span;

/// One row of a decision log, or an ADR as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decision {
    /// Unique in its document and stable when unrelated text changes; also the anchor in the page.
    pub id: String,
    /// The author's own number for it: `D-07`.
    pub label: Option<String>,
    /// When it was made.
    pub date: Option<DateText>,
    /// What was decided.
    pub decision: Fragment,
    /// Why.
    pub rationale: Fragment,
    /// By whom.
    pub decided_by: Vec<Person>,
    /// The status in the row, `Superseded by D-09`; empty if there is none.
    pub status: String,
    /// The class of that status.
    pub class: StatusClass,
    /// The day on which it is to be looked at again.
    pub revisit: Option<Deadline>,
    /// Whether the row or document states that a later decision has replaced it.
    pub superseded: bool,
    /// The decisions and documents that it names as replaced, as its successors and the like.
    pub mentions: Vec<Mention>,
    /// The row, or the heading.
    pub span: Span,
    /// Where its anchor may be inserted; None if the place already has an id.
    pub anchor_at: Option<usize>,
    /// The id of the place, if no anchor is inserted: that of a heading.
    pub heading_id: Option<String>,
}

impl Decision {
    /// The day on which it was made; for a month, its last day.
    pub fn day(&self) -> Option<Date> {
        self.date.as_ref()?.last_day()
    }

    /// The fragment of a link to the decision.
    pub fn anchor(&self) -> &str {
        self.heading_id.as_deref().unwrap_or(&self.id)
    }
}
