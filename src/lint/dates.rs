//! The dates of a document, for lints about their notation.

use crate::model::{DateText, Deadline, Document};

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
    let promised = [&document.revisit, &document.review_until].into_iter().flatten();
    let revisits = document.decisions.iter().map(|decision| &decision.revisit);
    // The decision of a decision record has the document's own day.
    let revisits = revisits.filter(|revisit| **revisit != document.revisit).flatten();
    let promised = promised.chain(revisits).map(|Deadline(date)| date);
    stated
        .chain(promised)
        .chain(due)
        .chain(rows.filter_map(|decision| decision.date.as_ref()))
}
