//! What a reader sees: edits to the documents, and index chapters.

mod link;
mod markdown;
mod pen;
mod splice;
mod words;

use jiff::civil::Date;

use crate::config::Config;
use crate::model::Corpus;
use crate::source::Span;

pub use splice::splice;

/// A replacement of some of a source's bytes; empty spans insert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What goes.
    pub span: Span,
    /// What comes.
    pub text: String,
}

/// A chapter that is added to the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewChapter {
    /// Its name in the sidebar.
    pub name: String,
    /// Where it is rendered, relative to `src`.
    pub path: String,
    /// Its Markdown.
    pub content: String,
}

/// The edits to each chapter, sorted and disjoint, in the book's order.
pub fn edits(corpus: &Corpus, _config: &Config, _today: Date) -> Vec<Vec<Edit>> {
    vec![Vec::new(); corpus.chapters.len()]
}

/// The index chapters for which no author has set a place.
pub fn index(_corpus: &Corpus, _config: &Config, _today: Date) -> Vec<NewChapter> {
    Vec::new()
}
