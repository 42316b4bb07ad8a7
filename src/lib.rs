//! Design documents in mdBook: a metadata header and a correct table of contents on each,
//! every decision and every open question gathered into index chapters, and what is overdue.
//!
//! There is one way through: [`Analysis::read`] reads a book, [`Analysis::findings`] and
//! [`Analysis::pages`] ask it. The preprocessor, every command, the benchmarks and the tests of
//! properties call these three. Chapters are decoded when they are read and pages are made when
//! they are written, so that a large book is never in memory twice.
//!
//! A module uses only those before it in this list (`tests/all/tidy.rs` checks it):
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

pub use config::Config;
pub use diagnostic::Diagnostic;
pub use model::{Corpus, ExternalBook};
pub use render::{NewChapter, Pages};
pub use source::{Chapters, Edit, Source};
pub use wire::DesignDocs;

/// A book that has been read once, and is asked for its findings and its pages.
#[derive(Debug)]
pub struct Analysis {
    /// The facts of its documents.
    pub corpus: Corpus,
    /// What the team has chosen in book.toml.
    pub config: Config,
    /// The day on which deadlines are overdue or not.
    pub today: Date,
}

impl Analysis {
    /// Reads the chapters. This never fails: what cannot be read is left as it is.
    pub fn read(chapters: &(impl Chapters + ?Sized), config: Config, today: Date) -> Self {
        let corpus = parse::corpus(chapters, &config);
        Self { corpus, config, today }
    }

    /// Reads the records of our own registers as well, which every export has and few pages show.
    pub fn read_registers(&mut self, chapters: &(impl Chapters + ?Sized)) {
        parse::read_registers(&mut self.corpus, chapters, &self.config);
    }

    /// What the authors should know, in the order of the book.
    pub fn findings(&self) -> Vec<Diagnostic> {
        lint::check(&self.corpus, &self.config, self.today)
    }

    /// The most pressing of them.
    pub fn top_findings(&self, limit: lint::Limit) -> lint::TopFindings {
        lint::top_findings(&self.corpus, &self.config, self.today, limit)
    }

    /// What changes in the chapters, and the index chapters to append.
    pub fn pages(&self) -> Pages<'_> {
        Pages::new(&self.corpus, &self.config, self.today)
    }
}
