//! The lint `unordered-preprocessor`.

use super::BookView;
use super::findings::{Findings, lint};
use crate::config::{NAME, Neighbor};
use crate::source::Span;

lint!("unordered-preprocessor", unordered_preprocessor, Setup, Warn, Book);

fn check<'b>(book: &'b BookView<'b>, findings: &mut Findings<'_>) {
    let first_page = || book.pages().next().map(|page| page.source);
    for neighbor in &book.config.misplaced {
        let Neighbor { name, effect, .. } = neighbor;
        let key = neighbor.key();
        if *name == Neighbor::LINKS {
            links(book, findings);
        } else if let Some(source) = first_page() {
            let order = if neighbor.is_first { "before" } else { "after" };
            let message = format!("{NAME} runs {order} `{name}`, {effect}");
            let help = format!("add \"{name}\" to `{key}` in [preprocessor.{NAME}] in book.toml");
            findings.add(source, Span::at(0), message).help(help);
        }
    }
}

fn links<'b>(book: &'b BookView<'b>, findings: &mut Findings<'_>) {
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
        // README chapters get the paths of their pages only after `index`, which running after
        // `links` implies.
        findings
            .add(
                page.source,
                Span::at(0),
                "design-docs runs before mdBook's `links` and `index`: set after = [\"links\"]",
            )
            .help(help);
    }
}
