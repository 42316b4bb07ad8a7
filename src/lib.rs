//! Design documents in mdBook: a metadata header and a correct table of contents on each,
//! every decision and every open question gathered into index chapters, and what is overdue.
//!
//! The whole program is [`build`]; everything else is one of its stages. The [`wire`] goes through
//! the same ones, with chapters decoded as they are read and pages made as they are written, so
//! that a large book is never in memory twice. A module uses only
//! what stands before it in this list (`tests/tidy.rs` sees to it):
//!
//! | stage | what it knows that no other does |
//! |---|---|
//! | [`source`] | a chapter's text, and places in it |
//! | [`diagnostic`] | what a finding is |
//! | [`config`] | what a team may choose in book.toml |
//! | [`model`] | the facts of a document, as plain data |
//! | [`parse`] | Markdown: how authors write those facts |
//! | [`lint`] | what is wrong with them |
//! | [`render`] | what a reader sees: edits and index chapters |
//! | [`report`] | diagnostics as text for a person or a machine |
//! | [`export`] | the facts as files for other programs |
//! | [`author`] | what an author would write: a new document, a fact changed in place |
//! | [`wire`] | mdBook: its JSON, its `Preprocessor` trait, its books on disk |
//! | [`cli`] | arguments, the clock, the environment |

pub mod author;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod export;
pub mod lint;
pub mod model;
pub mod parse;
pub mod render;
pub mod report;
pub mod source;
pub mod wire;

use jiff::civil::Date;
use rayon::prelude::*;

pub use config::Config;
pub use diagnostic::Diagnostic;
pub use model::{Corpus, ExternalBook};
pub use render::NewChapter;
pub use source::{Chapters, Edit, Source};
pub use wire::DesignDocs;

/// What a book becomes.
#[derive(Debug, Default)]
pub struct Output {
    /// For each source, in order: the edits to its text, sorted and disjoint.
    pub edits: Vec<Vec<Edit>>,
    /// Index chapters to append.
    pub chapters: Vec<NewChapter>,
    /// What the authors should know.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the book's chapters and says what to change in them, what to append and what is
/// wrong, on the day `today`. It never fails: what cannot be read is left as it is.
pub fn build(sources: &[Source], config: &Config, today: Date) -> Output {
    let (corpus, mut diagnostics) = parse::for_pages(sources, config);
    diagnostics.extend(lint::check(&corpus, config, today));
    let pages = render::Pages::new(&corpus, config, today);
    let (edits, chapters) = rayon::join(
        || {
            (0..sources.len())
                .into_par_iter()
                .map(|index| pages.edits(index))
                .collect()
        },
        || pages.new_chapters(),
    );
    Output {
        edits,
        chapters,
        diagnostics,
    }
}
