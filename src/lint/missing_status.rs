//! The lint `missing-status`.

use super::DocumentView;
use super::findings::{Findings, lint};
use crate::model::DocumentKind;

lint!("missing-status", missing_status, Metadata, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    let document = page.document;
    if document.kind == DocumentKind::Log || document.stated.has_lifecycle || page.is_template() {
        return;
    }
    // A document without any metadata may be anything: a tracker, an essay.
    let people = [
        &document.authors, &document.reviewers, &document.approvers, &document.deciders,
    ];
    let has_metadata = document.created.is_some()
        || document.updated.is_some()
        || people.iter().any(|people| !people.is_empty())
        || !document.links.is_empty();
    match &document.status {
        None if !has_metadata => {}
        None => {
            findings
                .add(page.source, page.head(), "this document has no status")
                .label("readers cannot tell whether it is in force")
                .help("add a line `**Status:** Draft` below the title");
        }
        Some(status) if status.is_unfilled() => {
            findings
                .add(page.source, status.span, "this document's status has not been chosen")
                .label("still the template's choices")
                .help("keep the one that is true");
        }
        Some(_) => {}
    }
}
