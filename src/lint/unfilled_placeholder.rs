//! The lint `unfilled-placeholder`.
//!
#![doc = include_str!("unfilled_placeholder.md")]

use super::findings::{Findings, counted, listed};
use super::{Check, Group, Lint, Page};
use crate::diagnostic::Level;

pub(super) const LINT: Lint = Lint {
    name: "unfilled-placeholder",
    group: Group::Template,
    level: Level::Warn,
    text: include_str!("unfilled_placeholder.md"),
    check: Check::Document(check),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    let placeholders = &page.chapter.observed.placeholders;
    let Some(first) = placeholders.first() else { return };
    let words = listed(placeholders.iter().map(|each| each.value.as_str()));
    findings
        .add(
            page.source,
            first.span,
            format!(
                "{} of the template left to fill in: {words}",
                counted(placeholders.len(), "placeholder")
            ),
        )
        .label("the first of them")
        .help("write what each asks for, or take its line out");
}
