#![doc = include_str!("missing_status.md")]

use super::findings::Findings;
use super::{Check, Group, Lint, Page};
use crate::diagnostic::Level;
use crate::model::Kind;

pub(super) const LINT: Lint = Lint {
    name: "missing-status",
    group: Group::Metadata,
    level: Level::Warn,
    text: include_str!("missing_status.md"),
    check: Check::Document(check),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    if page.document.kind == Kind::Log || page.is_template() {
        return;
    }
    match &page.document.status {
        None => {
            findings
                .add(page.source, page.head(), "this document has no status")
                .label("nobody can tell whether it holds")
                .help("add a line `**Status:** Draft` below the title");
        }
        Some(status) if status.is_unfilled() => {
            findings
                .add(page.source, status.span, "nobody has chosen this document's status")
                .label("still the template's choices")
                .help("keep the one that is true");
        }
        Some(_) => {}
    }
}
