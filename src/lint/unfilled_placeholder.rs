//! The lint `unfilled-placeholder`.

use super::DocumentView;
use super::findings::{Findings, counted, lint, listed};

lint!("unfilled-placeholder", unfilled_placeholder, Template, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    let placeholders = &page.chapter.observed.placeholders;
    let Some(first) = placeholders.first() else { return };
    let words = listed(placeholders.iter().map(|each| each.value.as_str()));
    let message = format!(
        "{} of the template left to fill in: {words}",
        counted(placeholders.len(), "placeholder")
    );
    findings
        .add(page.source, first.span, message)
        .label("the first of them")
        .help("write what each asks for, or take its line out");
}
