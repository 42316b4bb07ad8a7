//! The lint `missing-author`.
//!
#![doc = include_str!("missing_author.md")]

use super::findings::Findings;
use super::{Check, Group, Lint, Page};
use crate::diagnostic::Level;
use crate::model::Kind;

pub(super) const LINT: Lint = Lint {
    name: "missing-author",
    group: Group::Metadata,
    level: Level::Warn,
    text: include_str!("missing_author.md"),
    check: Check::Document(check),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    let document = page.document;
    // A record of a decision has deciders, a log has rows; what has no metadata at all lacks more
    // than an author.
    let has_metadata = document.status.is_some() && (document.created.is_some() || !document.reviewers.is_empty());
    if document.kind != Kind::Design || !has_metadata || page.is_template() {
        return;
    }
    let named = [&document.authors, &document.deciders, &document.approvers];
    if named.iter().all(|people| people.is_empty()) {
        findings
            .add(page.source, page.head(), "nothing says who wrote this document")
            .label("nobody to ask")
            .help("add a line `**Author:** ` with a name below the title");
    }
}
