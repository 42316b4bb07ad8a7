//! The lint `missing-author`.

use super::DocumentView;
use super::findings::{Findings, lint};
use crate::model::DocumentKind;

lint!("missing-author", missing_author, Metadata, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    let document = page.document;
    // A decision record has deciders, and a log has rows; a document without any metadata lacks
    // more than an author.
    let has_metadata = document.status.is_some() && (document.created.is_some() || !document.reviewers.is_empty());
    if document.kind != DocumentKind::Design || !has_metadata || page.is_template() {
        return;
    }
    let named = [&document.authors, &document.deciders, &document.approvers];
    if named.iter().all(|people| people.is_empty()) {
        findings
            .add(page.source, page.head(), "nothing says who wrote this document")
            .label("no author")
            .help("add a line `**Author:** ` with a name below the title");
    }
}
