//! The facts that were read from a book.

use jiff::civil::Date;

use super::{Decision, Document, Filter, Heading, Item, Observations, Relation, Relations};
use crate::config::{Config, Download, RecordKind};
use crate::source::Span;

/// The facts of a book.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corpus {
    /// The chapters, one for each source, in the same order.
    pub chapters: Vec<Chapter>,
    /// The relations between their documents and decisions.
    pub relations: Relations,
    /// Other books, as read from their exports.
    pub external: Vec<ExternalBook>,
    /// Chapters without a file; known only if the book was read from disk.
    pub absent: Vec<Absent>,
    /// Files that are missing in SUMMARY.md; only `check` and `init` look for them.
    pub unlisted: Unlisted,
}

/// The Markdown files below `src` that are not chapters, read as if they were chapters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unlisted {
    /// The index of SUMMARY.md among the sources.
    pub source: usize,
    /// The book's source folder: `src`.
    pub folder: String,
    /// The contents, one entry for each file.
    pub chapters: Vec<Chapter>,
}

/// A chapter in SUMMARY.md whose file does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absent {
    /// The index of SUMMARY.md among the sources.
    pub source: usize,
    /// The link to the chapter.
    pub span: Span,
    /// The file, relative to the book's root.
    pub file: String,
}

/// Another book whose decisions and questions are shown together with this book's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExternalBook {
    /// The name that readers see.
    pub name: String,
    /// The URL of the published book, with a trailing slash.
    pub url: String,
    /// The day of the export.
    pub as_of: Option<Date>,
    /// Its documents in its order; `path` is the page's path in that book. Documents have only a
    /// title, kind, status, decisions and questions.
    pub chapters: Vec<Chapter>,
}

/// The facts of a chapter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chapter {
    /// The path that is rendered: `payments/index.md`.
    pub path: String,
    /// The file it was read from: `payments/README.md`; None if another preprocessor created the
    /// chapter.
    pub file: Option<String>,
    /// Its headings with their ids.
    pub headings: Vec<Heading>,
    /// The markers for indices that its author set.
    pub markers: Vec<Marker>,
    /// The design document it is, if it is one.
    pub document: Option<Document>,
    /// Other observations for the lints.
    pub observed: Observations,
    /// The mark that an earlier run of this preprocessor wrote; such a chapter is left unchanged,
    /// so that a second run has no effect.
    pub done: Option<Span>,
}

impl Chapter {
    /// Its display name: the title of its document, else its path.
    pub fn title(&self) -> &str {
        let title = self
            .document
            .as_ref()
            .map_or("", |document| document.title.value.trim());
        if title.is_empty() { &self.path } else { title }
    }

    /// Whether the heading at an index is the document's title: that of its text, or the first one if
    /// sections of lower levels follow. In some documents the sections are of the first level.
    pub fn is_title(&self, at: usize) -> bool {
        let Some(heading) = self.headings.get(at).filter(|heading| heading.level == 1) else {
            return false;
        };
        let is_alone = self.headings.get(at + 1).is_none_or(|next| next.level != 1);
        heading.words.text.trim() == self.title() || at == 0 && is_alone
    }

    /// The id of the last heading, apart from the title, that begins no later than `span`; None if
    /// it has none.
    pub fn section_id(&self, span: Span) -> Option<&str> {
        let count = self
            .headings
            .partition_point(|heading| heading.span.start <= span.start);
        let at = (0..count).rfind(|&at| !self.is_title(at))?;
        Some(&*self.headings[at].words.id).filter(|id| !id.is_empty())
    }

    /// The beginnings of the script that every rendered page contains.
    pub const DONE: [&str; 2] = [
        "<script data-dd=\"page\">self.dd_page||(",
        "<script data-dd=\"index\">self.dd_index||(",
    ];

    /// The mark of rendered chapters in other renderers: a link definition, which is invisible in
    /// Markdown, with a name that no link uses.
    pub const DONE_IN_MARKDOWN: &str = "[design-docs: done]: #";
}

/// A place for an index, `<!-- decision-log -->`, or for some of its rows,
/// `<!-- decision-log tag="billing" -->`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// Which index.
    pub kind: IndexKind,
    /// Which of its rows.
    pub filter: Filter,
    /// The comment.
    pub span: Span,
    /// Whether as many markers stand before it as may show rows. A link to the index replaces it.
    pub is_surplus: bool,
}

impl Marker {
    /// The number of markers of this kind, with filters or without, that may show rows. Without a
    /// limit, a thousand chapters with a marker would be a thousand times the index.
    pub fn most(&self) -> usize {
        if self.filter.is_empty() { 10 } else { 1000 }
    }
}

/// The index chapters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IndexKind {
    /// What waits for whom in these days.
    Week,
    /// Every design document.
    Documents,
    /// Every decision.
    Decisions,
    /// Every open question.
    Questions,
    /// Everyone with their documents and duties.
    People,
    /// All built-in registers with entries.
    Registers,
    /// A single register, by the index of its kind in the configuration.
    Register(usize),
}

impl IndexKind {
    /// Every index of a book with this `config`, in the order in which they are appended.
    pub fn all(config: &Config) -> impl Iterator<Item = Self> {
        let one = [
            Self::Week,
            Self::Documents,
            Self::Decisions,
            Self::Questions,
            Self::People,
            Self::Registers,
        ];
        one.into_iter().chain((0..config.records.len()).map(Self::Register))
    }

    /// The index whose marker comment is `word`.
    pub fn named(word: &str, config: &Config) -> Option<Self> {
        Self::all(config).find(|kind| kind.word(config) == word)
    }

    /// Whether it shows entries of built-in registers, which are read only if an index shows them.
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
            Self::Week => "this-week",
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
    /// The published exports that contain the data of the index, with the names of their files
    /// beside the book's first page.
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

    /// The decision that an item is; None for a document.
    pub fn decision(&self, item: Item) -> Option<&Decision> {
        let document = self.chapters.get(item.chapter)?.document.as_ref()?;
        document.decisions.get(item.decision?)
    }

    /// The title of a document; the label of a decision, else its text.
    pub fn title_of(&self, item: Item) -> &str {
        match self.decision(item) {
            Some(decision) => decision.label.as_deref().unwrap_or(&decision.decision.text),
            None => self.chapters.get(item.chapter).map_or("", Chapter::title),
        }
    }

    /// The other side of a relation in the author's words, else by its title.
    pub fn text_of<'c>(&'c self, relation: &'c Relation) -> &'c str {
        match relation.to {
            Some(to) if relation.text.is_empty() => self.title_of(to),
            _ => &relation.text,
        }
    }

    /// The other side of a relation by its title, else in the author's words.
    pub fn name_of<'c>(&'c self, relation: &'c Relation) -> &'c str {
        relation.to.map_or(&*relation.text, |to| self.title_of(to))
    }

    /// Every document of other books, in the order of book.toml.
    pub fn external_documents(&self) -> impl Iterator<Item = (&ExternalBook, &Chapter, &Document)> {
        self.external.iter().flat_map(|book| {
            let chapters = book.chapters.iter();
            chapters.filter_map(move |chapter| Some((book, chapter, chapter.document.as_ref()?)))
        })
    }
}
