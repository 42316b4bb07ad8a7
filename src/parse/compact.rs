//! Releases the spare capacity of lists. The facts of a large book stay in memory until its last
//! page is written, and most of its lists have one entry.

use crate::model::{Chapter, Document};

/// Shrinks the lists of a chapter to their contents.
pub(crate) fn compact(chapter: &mut Chapter) {
    let observed = &mut chapter.observed;
    chapter.headings.shrink_to_fit();
    observed.ids.shrink_to_fit();
    observed.links.shrink_to_fit();
    observed.mangled.shrink_to_fit();
    observed.mended_ids.shrink_to_fit();
    observed.placeholders.shrink_to_fit();
    if let Some(document) = &mut chapter.document {
        compact_document(document);
    }
}

fn compact_document(document: &mut Document) {
    for people in [
        &mut document.authors, &mut document.reviewers, &mut document.approvers, &mut document.deciders,
    ] {
        people.shrink_to_fit();
    }
    for question in &mut document.questions {
        question.owners.shrink_to_fit();
    }
    for decision in &mut document.decisions {
        decision.decided_by.shrink_to_fit();
    }
    document.questions.shrink_to_fit();
    document.decisions.shrink_to_fit();
    document.registers.shrink_to_fit();
    document.links.shrink_to_fit();
    document.facts.shrink_to_fit();
    document.dependencies.shrink_to_fit();
    document.detached.shrink_to_fit();
    document.stated.statuses.shrink_to_fit();
    document.stated.dates.shrink_to_fit();
}
