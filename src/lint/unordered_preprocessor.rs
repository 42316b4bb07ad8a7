//! The lint `unordered-preprocessor`.
//!
#![doc = include_str!("unordered_preprocessor.md")]

use super::findings::Findings;
use super::{Book, Check, Group, Lint};
use crate::diagnostic::Level;
use crate::source::Span;

pub(super) const LINT: Lint = Lint {
    name: "unordered-preprocessor",
    group: Group::Setup,
    level: Level::Warn,
    text: include_str!("unordered_preprocessor.md"),
    check: Check::Book(check),
};

fn check<'b>(book: &'b Book<'b>, findings: &mut Findings<'_>) {
    if !book.config.runs_before_links {
        return;
    }
    let directives = book.corpus.chapters.iter().enumerate();
    let directive = directives
        .filter_map(|(source, chapter)| Some((source, chapter.observed.directive?)))
        .next();
    let help = "add `after = [\"links\"]` to [preprocessor.design-docs] in book.toml";
    if let Some((source, span)) = directive {
        findings
            .add(
                source,
                span,
                "design-docs runs before mdBook's `links`, so it does not see what is included here",
            )
            .label("read as it stands")
            .help(help);
    } else if let Some(page) = book.pages().next() {
        // README chapters have their pages' paths only after `index`, which `links` implies.
        findings
            .add(
                page.source,
                Span::at(0),
                "design-docs runs before mdBook's `links` and `index`: set after = [\"links\"]",
            )
            .help(help);
    }
}
