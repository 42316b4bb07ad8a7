//! The dates of a document, for lints about their notation.

use crate::model::{DateText, Document};

/// Every date in the document's metadata, questions and decisions.
pub(super) fn dates(document: &Document) -> impl Iterator<Item = &DateText> {
    let stated = document.stated.dates.iter().map(|stated| &stated.date);
    let due = document.questions.iter().filter(|question| !question.resolved);
    let due = due.filter_map(|question| Some(&question.due.as_ref()?.0));
    // The single decision of a decision record has the date of its metadata.
    let rows = document
        .decisions
        .iter()
        .filter(|decision| decision.heading_id.is_none());
    stated
        .chain(due)
        .chain(rows.filter_map(|decision| decision.date.as_ref()))
}
