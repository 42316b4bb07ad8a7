//! The lint `mangled-encoding`.
//!
#![doc = include_str!("mangled_encoding.md")]

use super::findings::Findings;
use super::{Check, Group, Lint, Page};
use crate::diagnostic::Level;

pub(super) const LINT: Lint = Lint {
    name: "mangled-encoding",
    group: Group::Page,
    level: Level::Warn,
    text: include_str!("mangled_encoding.md"),
    check: Check::Document(check),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    for run in &page.chapter.observed.mangled {
        let was = &run.text;
        findings
            .add(
                page.source,
                run.span,
                format!("these characters were `{was}` before they were read as {}", run.read_as),
            )
            .label(format!("`{was}`"))
            .help(format!(
                "write `{was}`, and have your editor open and save the file as UTF-8"
            ))
            .fix(format!("write `{was}`"), run.span, was.as_str());
    }
}
