//! The lint `unknown-status`.

use std::collections::BTreeMap;

use super::allow::is_named;
use super::findings::{Findings, counted, lint, listed, shortened};
use super::{BookView, DocumentView};
use crate::model::{StatedStatus, StatusClass};

lint!("unknown-status", unknown_status, Metadata, Warn, Book);

/// A team's own word occurs in many documents and is configured once, so it is one finding. If a
/// word is misspelt, or its finding is allowed, each place is a finding of its own.
fn check<'b>(book: &'b BookView<'b>, findings: &mut Findings<'_>) {
    let mut by_word: BTreeMap<String, Vec<(DocumentView<'b>, &'b StatedStatus)>> = BTreeMap::new();
    for page in book.pages() {
        let statuses = page.document.stated.statuses.iter();
        for stated in statuses.filter(|stated| stated.status.class == StatusClass::Unknown) {
            if stated.meant.is_some() || is_allowed(page) {
                found(&[(page, stated)], findings);
            } else {
                let places = by_word.entry(stated.status.text.to_lowercase()).or_default();
                places.push((page, stated));
            }
        }
    }
    for places in by_word.values() {
        found(places, findings);
    }
}

/// Whether a comment anywhere in the chapter allows this lint.
fn is_allowed(page: DocumentView<'_>) -> bool {
    let names = page.chapter.observed.allows.iter().flat_map(|allow| &allow.names);
    names.into_iter().any(|name| is_named(LINT.name, &name.value))
}

/// Adds the finding for one word at its places, in the book's order.
fn found(places: &[(DocumentView<'_>, &StatedStatus)], findings: &mut Findings<'_>) {
    let Some((page, stated)) = places.first() else { return };
    let text = shortened(&stated.status.text);
    let mut others: Vec<&str> = places.iter().map(|(page, _)| page.path()).collect();
    others.dedup();
    others.retain(|path| *path != page.path());
    let mut message = format!("unknown status `{text}`");
    if !others.is_empty() {
        message += &format!("; it is also in {}", counted(others.len(), "other chapter"));
    }
    let span = stated.word.unwrap_or(stated.status.span);
    let mut finding = findings.add(page.source, span, message);
    if !others.is_empty() {
        finding = finding.label(format!("also in {}", listed(others)));
    }
    let Some(meant) = &stated.meant else {
        finding.help(format!(
            "if it is a word of your team's, say what it means in book.toml: \
             [preprocessor.design-docs.statuses], \"{text}\" = {{ class = \"draft\" }}"
        ));
        return;
    };
    let finding = finding.help(format!("did you mean `{meant}`?"));
    // In short words, one letter makes a different word.
    if let Some(word) = stated.word.filter(|_| meant.len() >= LONG_ENOUGH) {
        finding.fix(format!("write `{meant}`"), word, meant.as_str());
    }
}

/// Words shorter than this are too likely to match by chance for their spelling to be corrected.
const LONG_ENOUGH: usize = 7;
