//! The lint `nested-too-deep`.

use super::DocumentView;
use super::findings::{Findings, lint};

lint!("nested-too-deep", nested_too_deep, Page, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
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
