//! Finds chapters by the paths that links name, and the ids that their pages have.

use rustc_hash::FxHashMap;
use std::sync::OnceLock;

use super::succession::{Numbers, by_number};
use crate::config::{Config, IdRules};
use crate::model::{Chapter, Corpus};

/// The chapters of a book.
#[derive(Debug)]
pub(super) struct Shelf<'b> {
    corpus: &'b Corpus,
    config: &'b Config,
    by_path: FxHashMap<&'b str, usize>,
    by_number: Numbers<'b>,
    /// The ids of each chapter that is the target of a link with a fragment, sorted.
    ids: Vec<OnceLock<Vec<&'b str>>>,
}

/// Ids that mdBook adds to every page, by version.
const FRAME_04: &[&str] = &[
    "content", "sidebar", "menu-bar", "menu-bar-hover-placeholder", "searchbar", "searchbar-outer", "search-wrapper",
    "searchresults", "searchresults-outer", "searchresults-header", "sidebar-toggle", "sidebar-toggle-anchor",
    "theme-toggle", "theme-list", "search-toggle", "print-button", "git-repository-button", "body-container",
    "page-wrapper", "sidebar-resize-handle", "git-edit-button",
];
const FRAME_05: &[&str] = &[
    "mdbook-content", "mdbook-sidebar", "mdbook-menu-bar", "mdbook-searchbar", "mdbook-page-wrapper",
];

impl<'b> Shelf<'b> {
    pub(super) fn new(corpus: &'b Corpus, config: &'b Config) -> Self {
        let mut by_path = FxHashMap::default();
        for (index, chapter) in corpus.chapters.iter().enumerate() {
            by_path.entry(chapter.path.as_str()).or_insert(index);
            by_path.extend(chapter.file.as_deref().map(|file| (file, index)));
        }
        Self {
            corpus,
            config,
            by_path,
            by_number: by_number(corpus),
            ids: corpus.chapters.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// The chapter at `path`, which is relative to the book's `src`.
    pub(super) fn at(&self, path: &str) -> Option<usize> {
        self.by_path.get(path).copied()
    }

    /// The chapter to which `link`, written in the chapter `from`, leads.
    pub(super) fn linked(&self, from: &Chapter, link: &str) -> Option<usize> {
        let path = joined(&from.path, link)?;
        let page = || Some(format!("{}.md", path.strip_suffix(".html")?));
        let folder = || format!("{}/index.md", path.trim_end_matches('/'));
        self.at(&path)
            .or_else(|| self.at(&page()?))
            .or_else(|| self.at(folder().trim_start_matches('/')))
    }

    /// The documents of a folder with this number, in the given series or without a series.
    pub(super) fn numbered(&self, folder: &'b str, series: &str, number: u64) -> &[usize] {
        let of = |series: &str| self.by_number.get(&(folder, series.to_owned(), number));
        of(series).or_else(|| of("")).map_or(&[], Vec::as_slice)
    }

    /// Whether the page of chapter `index` has an id; None if unknown.
    pub(super) fn has_id(&self, index: usize, id: &str) -> Option<bool> {
        let chapter = self.corpus.chapters.get(index)?;
        let ids = self.ids.get(index)?.get_or_init(|| ids(chapter));
        if ids.binary_search(&id).is_ok() || id == "top" {
            return Some(true);
        }
        let frame = match self.config.dialect.ids {
            IdRules::V04 => FRAME_04,
            IdRules::V05 => FRAME_05,
        };
        let is_ours = id.starts_with("dd-") || !chapter.markers.is_empty();
        let is_footnote = ["fn-", "fr-", "fnref", "footnote-"]
            .iter()
            .any(|start| id.starts_with(start));
        let unknown =
            chapter.observed.other_ids || is_ours || is_footnote || frame.contains(&id) || id.starts_with("mdbook-");
        (!unknown).then_some(false)
    }
}

/// The ids that a chapter's page is certain to have, sorted.
fn ids(chapter: &Chapter) -> Vec<&str> {
    let headings = chapter.headings.iter().map(|heading| &*heading.words.id);
    let written = chapter.observed.ids.iter().map(String::as_str);
    let mut ids: Vec<&str> = Vec::with_capacity(chapter.headings.len() + chapter.observed.ids.len());
    ids.extend(headings.chain(written).filter(|id| !id.is_empty()));
    if let Some(document) = &chapter.document {
        ids.extend(document.layout.lost_ids.iter().map(String::as_str));
        ids.extend(document.questions.iter().map(|question| question.id.as_str()));
        ids.extend(document.decisions.iter().map(|decision| decision.id.as_str()));
    }
    ids.sort_unstable();
    ids
}

/// The target of `link` in the chapter at `from`, relative to `src`; None if it is outside `src`.
pub(crate) fn joined(from: &str, link: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()?),
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative_to_their_page() {
        assert_eq!(joined("a/b/c.md", "../d.md").as_deref(), Some("a/d.md"));
        assert_eq!(joined("a.md", "./b/").as_deref(), Some("b"));
        assert_eq!(joined("a.md", "../b.md"), None);
    }
}
