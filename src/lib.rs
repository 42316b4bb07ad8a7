//! Design documents in mdBook: a metadata header and a correct table of contents on each,
//! every decision and every open question collected in index chapters, and overdue deadlines.
//!
//! There is a single pipeline: [`Analysis::read`] reads a book, [`Analysis::findings`] and
//! [`Analysis::pages`] return the results. The preprocessor, every command, the benchmarks and the
//! property tests call these three. Chapters are decoded when they are read, and pages are rendered
//! when they are written, so that a large book is never in memory twice.
//!
//! A module uses only modules before it in this list (`tests/all/tidy.rs` checks it):
//!
//! | stage | responsibility |
//! |---|---|
//! | [`source`] | a chapter's text and positions in it |
//! | [`diagnostic`] | the representation of a finding |
//! | [`config`] | the settings in book.toml |
//! | [`model`] | the facts of a document, as plain data |
//! | [`parse`] | reading those facts from Markdown |
//! | [`lint`] | finding problems in them |
//! | [`history`] | what has changed between versions of a book |
//! | [`render`] | the output for readers: edits and index chapters |
//! | [`report`] | diagnostics as text for people and programs |
//! | [`export`] | the facts as files for other programs |
//! | [`author`] | edits on behalf of an author: new documents, facts changed in place |
//! | [`wire`] | mdBook: its JSON, its `Preprocessor` trait, its books on disk |
//! | [`cli`] | arguments, the clock, the environment |

pub mod author;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod export;
pub mod history;
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

/// A book that has been read, from which findings and pages are computed.
#[derive(Debug)]
pub struct Analysis {
    /// The facts of its documents.
    pub corpus: Corpus,
    /// The settings from book.toml.
    pub config: Config,
    /// The day as of which deadlines are overdue.
    pub today: Date,
}

impl Analysis {
    /// Reads the chapters. This never fails: text that cannot be read is left unchanged.
    pub fn read(chapters: &(impl Chapters + ?Sized), config: Config, today: Date) -> Self {
        let corpus = parse::corpus(chapters, &config);
        Self { corpus, config, today }
    }

    /// Also reads the built-in registers (risks, alerts, …), which every export needs but few books
    /// show.
    pub fn read_registers(&mut self, chapters: &(impl Chapters + ?Sized)) {
        parse::read_registers(&mut self.corpus, chapters, &self.config);
    }

    /// The findings, in the order of the book.
    pub fn findings(&self) -> Vec<Diagnostic> {
        lint::check(&self.corpus, &self.config, self.today)
    }

    /// The most urgent findings.
    pub fn top_findings(&self, limit: lint::Limit) -> lint::TopFindings {
        lint::top_findings(&self.corpus, &self.config, self.today, limit)
    }

    /// The edits to the chapters, and the index chapters to append.
    pub fn pages(&self) -> Pages<'_> {
        Pages::new(&self.corpus, &self.config, self.today)
    }
}
