//! The lint `nested-too-deep`.
//!
#![doc = include_str!("nested_too_deep.md")]

use super::findings::Findings;
use super::{Check, Group, Lint, Page};
use crate::diagnostic::Level;

pub(super) const LINT: Lint = Lint {
    name: "nested-too-deep",
    group: Group::Page,
    level: Level::Warn,
    text: include_str!("nested_too_deep.md"),
    check: Check::Document(check),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    if let Some(span) = page.chapter.observed.too_deep {
        findings
            .add(
                page.source,
                span,
                "this is nested deeper than 100 levels, so what it says is not known",
            )
            .help("write it less deep");
    }
}
