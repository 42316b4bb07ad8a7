//! The lint `detached-facts`.
//!
#![doc = include_str!("detached_facts.md")]

use super::findings::Findings;
use super::{Check, Group, Lint, Page};
use crate::diagnostic::Level;
use crate::source::Span;

pub(super) const LINT: Lint = Lint {
    name: "detached-facts",
    group: Group::Page,
    level: Level::Warn,
    text: include_str!("detached_facts.md"),
    check: Check::Document(check),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
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
