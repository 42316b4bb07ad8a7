//! The lint `detached-facts`.

use super::DocumentView;
use super::findings::{Findings, lint};
use crate::source::Span;

lint!("detached-facts", detached_facts, Page, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    for facts in &page.document.detached {
        let plural = if facts.indent == 1 { "" } else { "s" };
        let what = format!("indent them by {} space{plural} more", facts.indent);
        let finding = findings
            .add(
                page.source,
                facts.span,
                "Markdown shows these facts beside the item that they belong to",
            )
            .help(what.clone());
        if facts.indent > 0 && !facts.lines.is_empty() {
            let added = " ".repeat(facts.indent);
            finding.fix_all(what, facts.lines.iter().map(|&at| (Span::at(at), added.clone())));
        }
    }
}
