//! The lint `missing-section`.

use std::collections::HashSet;

use super::BookView;
use super::findings::{Findings, counted, lint, listed};
use crate::model::{Chapter, DocumentKind, SectionName};

lint!("missing-section", missing_section, Template, Warn, Book);

fn check<'b>(book: &'b BookView<'b>, findings: &mut Findings<'_>) {
    let Some(path) = &book.config.template else { return };
    let mut chapters = book.corpus.chapters.iter();
    let is_template = |chapter: &Chapter| chapter.path == *path || chapter.file.as_ref() == Some(path);
    let Some(index) = chapters.position(is_template) else {
        if let Some(page) = book.pages().next() {
            let message = format!("the template `{path}` is not a chapter of this book");
            findings
                .add(page.source, page.head(), message)
                .help("add it to SUMMARY.md, or correct `template` in book.toml; its path is relative to `src`");
        }
        return;
    };
    let Some(template) = book.corpus.chapters.get(index) else {
        return;
    };
    let asked: Vec<&SectionName> = template.observed.sections.iter().filter(is_asked).collect();
    for page in book.pages() {
        if page.source == index || page.document.kind != DocumentKind::Design {
            continue;
        }
        let has: HashSet<&str> = page
            .chapter
            .observed
            .sections
            .iter()
            .map(|section| section.words.as_str())
            .collect();
        let missing: Vec<&str> = asked
            .iter()
            .filter(|section| !has.contains(section.words.as_str()))
            .map(|section| section.text.as_str())
            .collect();
        if !missing.is_empty() {
            let message = format!(
                "{} of the template missing: {}",
                counted(missing.len(), "section"),
                listed(missing)
            );
            findings
                .add(page.source, page.head(), message)
                .help("add each, if only to say why this design has nothing to say there");
        }
    }
}

/// Whether a section of the template is required in every document: sections of the second level,
/// except those that our header and table of contents replace and those called optional.
fn is_asked(section: &&SectionName) -> bool {
    const OURS: &[&str] = &["metadata", "table of contents", "contents", "toc"];
    let is_optional = section.words.contains("optional") || section.words.contains("if applicable");
    section.level == 2 && !is_optional && !section.words.is_empty() && !OURS.contains(&section.words.as_str())
}
