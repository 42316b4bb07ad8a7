//! The ids that the pages of a book have.

use std::sync::OnceLock;

use crate::config::{Config, IdRules};
use crate::model::{Chapter, Corpus};

/// The chapters of a book.
#[derive(Debug)]
pub(super) struct Shelf<'b> {
    corpus: &'b Corpus,
    config: &'b Config,
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
        Self {
            corpus,
            config,
            ids: corpus.chapters.iter().map(|_| OnceLock::new()).collect(),
        }
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
