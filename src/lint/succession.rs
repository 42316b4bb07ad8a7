//! Resolves the documents that a document names as its predecessor or successor.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{BookView, DocumentView};
use crate::config::Config;
use crate::model::{Chapter, Corpus, Succession};
use crate::source::folder;

/// The result of resolving a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// The document of that chapter.
    Chapter(usize),
    /// The document does not exist in this book.
    Missing,
    /// It is outside the book, or its description cannot be resolved.
    Unknown,
}

/// A statement that one document replaces another, by the indices of their chapters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replacement {
    /// The document that makes the statement.
    pub stated_in: usize,
    /// The document that is replaced.
    pub old: usize,
    /// The document that replaces it.
    pub new: usize,
}

/// Every statement in the book that one of its documents replaces another.
pub fn replacements(corpus: &Corpus, config: &Config) -> Vec<Replacement> {
    let book = BookView::new(corpus, config, Date::default());
    let mut out = Vec::new();
    for page in book.pages() {
        let own = page.source;
        let named = |reference: &Succession| match target(&page, reference) {
            Target::Chapter(other) if !reference.amends => Some(other),
            _ => None,
        };
        let stated = |(old, new)| Replacement {
            stated_in: own,
            old,
            new,
        };
        let older = page.document.stated.supersedes.iter().filter_map(named);
        out.extend(older.map(|old| stated((old, own))));
        let newer = page.document.stated.superseded_by.iter().filter_map(named);
        out.extend(newer.map(|new| stated((own, new))));
    }
    out
}

/// The document that `reference`, written in `page`, names.
pub(super) fn target(page: &DocumentView<'_>, reference: &Succession) -> Target {
    let book = page.book;
    // Front matter has no links: it names the file.
    let is_file = reference.text.ends_with(".md") && !reference.text.contains(' ');
    if let Some(url) = reference.url.as_ref().or(is_file.then_some(&reference.text)) {
        let path = url.split(['#', '?']).next().unwrap_or_default();
        if path.contains(':') || path.starts_with('/') {
            return Target::Unknown;
        }
        return match book.shelf.linked(page.chapter, path) {
            Some(index) => Target::Chapter(index),
            None if path.ends_with(".md") => Target::Missing,
            None => Target::Unknown,
        };
    }
    let Some((series, number)) = numbered(&reference.text) else {
        return Target::Unknown;
    };
    // Numbers are unique only within a folder.
    let folder = folder(&page.chapter.path);
    let own = number_of(page.chapter).map(|(series, _)| series);
    let is_series = own.is_some_and(|own| own == series || own.is_empty());
    match book.shelf.numbered(folder, &series, number) {
        [only] => Target::Chapter(*only),
        [] if is_series => Target::Missing,
        _ => Target::Unknown,
    }
}

/// Documents by folder, series and number.
pub(super) type Numbers<'b> = HashMap<(&'b str, String, u64), Vec<usize>>;

/// The documents of a book by folder, series and number.
pub(super) fn by_number(corpus: &Corpus) -> Numbers<'_> {
    let mut out: HashMap<_, Vec<usize>> = HashMap::new();
    for (index, chapter, _) in corpus.documents() {
        if let Some((series, number)) = number_of(chapter) {
            out.entry((folder(&chapter.path), series, number))
                .or_default()
                .push(index);
        }
    }
    out
}

/// `ADR-0123` is 123 of `adr`; so is `adr 123`. None for other words.
fn numbered(text: &str) -> Option<(String, u64)> {
    let text = text.trim().trim_start_matches(['[', '(']);
    let letters = text.find(|ch: char| !ch.is_alphabetic())?;
    let rest = text[letters..].trim_start_matches(['-', ' ', '#', '_', ':']);
    let digits = rest.find(|ch: char| !ch.is_ascii_digit()).unwrap_or(rest.len());
    let ends = rest[digits..]
        .chars()
        .next()
        .is_none_or(|ch| !ch.is_alphanumeric() && ch != '.');
    let series = text[..letters].to_lowercase();
    let number = rest[..digits].parse().ok()?;
    (ends && !series.is_empty() && letters <= 6).then_some((series, number))
}

/// The series and number of a document: from its file name, where the series is optional, else from
/// its title.
fn number_of(chapter: &Chapter) -> Option<(String, u64)> {
    let name = chapter.file.as_deref().unwrap_or(&chapter.path);
    let name = name.rsplit('/').next().unwrap_or(name);
    let digits = name.find(|ch: char| !ch.is_ascii_digit()).unwrap_or(name.len());
    if let Ok(number) = name[..digits].parse() {
        return Some((String::new(), number));
    }
    let stem = name.strip_suffix(".md").unwrap_or(name);
    numbered(stem).or_else(|| numbered(&chapter.document.as_ref()?.title.value))
}
