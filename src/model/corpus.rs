//! Everything that was read from one book.

use jiff::civil::Date;

use super::{Document, Heading, Observations};
use crate::config::{Config, Download, RecordKind};
use crate::source::Span;

/// A book, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corpus {
    /// One for each source, in the same order.
    pub chapters: Vec<Chapter>,
    /// Other books, with what their exports contain.
    pub external: Vec<ExternalBook>,
    /// Chapters without a file; known only where the book was read from disk.
    pub absent: Vec<Absent>,
    /// Files that are missing in SUMMARY.md; only `check` and `init` look for them.
    pub unlisted: Unlisted,
}

/// The Markdown files below `src` that are not chapters, read as if they were.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unlisted {
    /// The index of SUMMARY.md among the sources.
    pub source: usize,
    /// The book's source folder: `src`.
    pub folder: String,
    /// One for each file.
    pub chapters: Vec<Chapter>,
}

/// A chapter in SUMMARY.md whose file does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absent {
    /// The index of SUMMARY.md among the sources.
    pub source: usize,
    /// The link in it.
    pub span: Span,
    /// The file, relative to the book's root.
    pub file: String,
}

/// Another book, whose decisions and questions are shown beside this one's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExternalBook {
    /// What readers call it.
    pub name: String,
    /// Where it is published, with a slash at its end.
    pub url: String,
    /// The day of the export.
    pub as_of: Option<Date>,
    /// Its documents in its order; `path` is that of the page in that book. Of a document there
    /// are only its title, kind, status, decisions and questions.
    pub chapters: Vec<Chapter>,
}

/// A chapter, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chapter {
    /// Where it is rendered: `payments/index.md`.
    pub path: String,
    /// The file it was read from: `payments/README.md`; None where another preprocessor made it.
    pub file: Option<String>,
    /// Its headings with their ids.
    pub headings: Vec<Heading>,
    /// The places for index chapters that its author set.
    pub markers: Vec<Marker>,
    /// The design document it is, if it is one.
    pub document: Option<Document>,
    /// What else stands in it.
    pub observed: Observations,
    /// The mark that a run of ours has written into it before: then it stays as it is, so that a
    /// second run changes nothing.
    pub done: Option<Span>,
}

impl Chapter {
    /// What to call it: the title of its document, else its path.
    pub fn title(&self) -> &str {
        let title = self
            .document
            .as_ref()
            .map_or("", |document| document.title.value.trim());
        if title.is_empty() { &self.path } else { title }
    }

    /// What begins the script that every page of ours has.
    pub const DONE: [&str; 2] = [
        "<script data-dd=\"page\">self.dd_page||(",
        "<script data-dd=\"index\">self.dd_index||(",
    ];

    /// What every chapter of ours has in other renderers: a link definition, which Markdown
    /// shows nowhere, with a name that no link uses.
    pub const DONE_IN_MARKDOWN: &str = "[design-docs: done]: #";
}

/// A place for an index, `<!-- decision-log -->`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker {
    /// Which index.
    pub kind: IndexKind,
    /// The comment.
    pub span: Span,
}

/// The index chapters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IndexKind {
    /// Every design document.
    Documents,
    /// Every decision.
    Decisions,
    /// Every open question.
    Questions,
    /// Everybody, with what they own and owe.
    People,
    /// All of our own registers that have an entry.
    Registers,
    /// One register, by the index of its kind in the configuration.
    Register(usize),
}

impl IndexKind {
    /// Every index of the book `config`, in the order in which they are appended.
    pub fn all(config: &Config) -> impl Iterator<Item = Self> {
        let one = [
            Self::Documents,
            Self::Decisions,
            Self::Questions,
            Self::People,
            Self::Registers,
        ];
        one.into_iter().chain((0..config.records.len()).map(Self::Register))
    }

    /// The index whose marker is the comment `word`.
    pub fn named(word: &str, config: &Config) -> Option<Self> {
        Self::all(config).find(|kind| kind.word(config) == word)
    }

    /// Whether it shows what documents add to our own registers, which are read only where an index shows them.
    pub const fn is_register(self) -> bool {
        match self {
            Self::Registers => true,
            Self::Register(kind) => kind < RecordKind::OURS,
            _ => false,
        }
    }

    /// The word in the marker comment and in the file name.
    pub fn word(self, config: &Config) -> &str {
        match self {
            Self::Documents => "design-docs",
            Self::Decisions => "decision-log",
            Self::Questions => "open-questions",
            Self::People => "people",
            Self::Registers => "registers",
            Self::Register(kind) => config.records.get(kind).map_or("", |kind| &kind.name),
        }
    }
}

impl IndexKind {
    /// The exports that hold what the index shows, of those that are published, with the names
    /// of their files beside the book's first page.
    pub fn downloads(self, config: &Config) -> Vec<(Download, String)> {
        let published = config.index.downloads.iter();
        published
            .filter(|download| match download {
                Download::Json => self == Self::Documents,
                Download::Csv => matches!(self, Self::Documents | Self::Decisions | Self::Questions),
                Download::Ics => self == Self::Questions,
                Download::Atom => self == Self::Decisions,
            })
            .map(|&download| (download, format!("{}.{}", self.word(config), download.word())))
            .collect()
    }
}

impl Corpus {
    /// Every design document with the index of its source, in the book's order.
    pub fn documents(&self) -> impl Iterator<Item = (usize, &Chapter, &Document)> {
        self.chapters
            .iter()
            .enumerate()
            .filter_map(|(index, chapter)| Some((index, chapter, chapter.document.as_ref()?)))
    }

    /// Every document of other books, in the order of book.toml.
    pub fn external_documents(&self) -> impl Iterator<Item = (&ExternalBook, &Chapter, &Document)> {
        self.external.iter().flat_map(|book| {
            let chapters = book.chapters.iter();
            chapters.filter_map(move |chapter| Some((book, chapter, chapter.document.as_ref()?)))
        })
    }
}
