//! The dates of a document, for the lints that judge how they are written.

use crate::model::{DateText, Document};

/// Every date of the document: of its metadata, its questions and its decisions.
pub(super) fn dates(document: &Document) -> impl Iterator<Item = &DateText> {
    let stated = document.stated.dates.iter().map(|stated| &stated.date);
    let due = document.questions.iter().filter(|question| !question.resolved);
    let due = due.filter_map(|question| Some(&question.due.as_ref()?.0));
    // A record's one decision has the date of its metadata.
    let rows = document
        .decisions
        .iter()
        .filter(|decision| decision.heading_id.is_none());
    stated
        .chain(due)
        .chain(rows.filter_map(|decision| decision.date.as_ref()))
}
