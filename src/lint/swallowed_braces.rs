//! The lint `swallowed-braces`.

use super::DocumentView;
use super::findings::{Findings, lint};
use crate::source::Span;

lint!("swallowed-braces", swallowed_braces, Page, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
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
