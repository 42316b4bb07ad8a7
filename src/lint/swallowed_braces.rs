//! The lint `swallowed-braces`.
//!
#![doc = include_str!("swallowed_braces.md")]

use super::findings::Findings;
use super::{Check, Group, Lint, Page};
use crate::diagnostic::Level;
use crate::source::Span;

pub(super) const LINT: Lint = Lint {
    name: "swallowed-braces",
    group: Group::Page,
    level: Level::Warn,
    text: include_str!("swallowed_braces.md"),
    check: Check::Document(check),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    for &span in &page.chapter.observed.swallowed {
        let inner = Span::new(span.start + 1, span.end - 1);
        findings
            .add(
                page.source,
                span,
                "the heading loses these braces: mdBook takes them for its attributes",
            )
            .label("neither on the page nor in the id")
            .help("write a backslash before each brace")
            .fix_all(
                "write a backslash before each brace",
                [
                    (Span::new(span.start, inner.start), "\\{"),
                    (Span::new(inner.end, span.end), "\\}"),
                ],
            );
    }
}
