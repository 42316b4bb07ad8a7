//! The documents in the indices, and links to them from an index page.

use crate::model::{Chapter, Corpus, Document, ExternalBook, IndexKind};
use crate::render::link;
use crate::render::writer::Writer;

/// The documents in the indices.
pub(super) struct Entries<'a> {
    /// The book's own documents, then those of other books.
    pub(super) all: Vec<Entry<'a>>,
    /// The number of the book's own documents.
    pub(super) own: usize,
}

impl<'a> Entries<'a> {
    pub(super) fn new(corpus: &'a Corpus) -> Self {
        let own = corpus.documents().map(|(_, chapter, document)| Entry {
            chapter,
            document,
            book: None,
        });
        let mut all: Vec<Entry<'a>> = own.collect();
        let own = all.len();
        all.extend(corpus.external_documents().map(|(book, chapter, document)| Entry {
            chapter,
            document,
            book: Some(book),
        }));
        Self { all, own }
    }

    /// The documents for an index: decisions and questions include other books, documents do not.
    pub(super) fn of(&self, kind: IndexKind) -> &[Entry<'a>] {
        match kind {
            IndexKind::Decisions | IndexKind::Questions => &self.all,
            _ => &self.all[..self.own],
        }
    }
}

/// A document of this or another book.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) chapter: &'a Chapter,
    pub(super) document: &'a Document,
    pub(super) book: Option<&'a ExternalBook>,
}

/// The writer of an index, and the page's depth in folders below the book's root.
#[derive(Clone, Copy)]
pub(super) struct IndexWriter<'a> {
    pub(super) writer: &'a Writer<'a>,
    pub(super) depth: usize,
}

impl IndexWriter<'_> {
    /// The URL of a link into `entry`'s chapter.
    pub(super) fn href(&self, entry: Entry<'_>, anchor: Option<&str>) -> String {
        let path = &entry.chapter.path;
        if let Some(book) = entry.book {
            return link::to_external(&book.url, path, anchor.unwrap_or_default());
        }
        link::to_chapter(path, anchor.unwrap_or_default(), self.depth, self.writer.html)
    }

    /// The document's title as a link to it.
    pub(super) fn document(&self, entry: Entry<'_>) -> String {
        let title = entry.chapter.title();
        let shown = match entry.book {
            Some(book) => self.writer.text(&format!("{}: {title}", book.name)),
            None => self.writer.text(title),
        };
        self.writer.link(&self.href(entry, None), &shown)
    }

    /// The number of documents, as a phrase.
    pub(super) fn in_documents(&self, documents: &[Entry<'_>]) -> String {
        let count = self.writer.words.n_documents.fill(documents.len());
        self.writer
            .phrase(self.writer.words.in_documents, &[&self.writer.text(&count)])
    }
}

/// The result of `read` on 2026-03-01 for a book with only `document`, at `a/b.md`; the index is
/// `depth` folders deep.
#[cfg(test)]
pub(super) fn alone<T>(document: &Document, depth: usize, read: impl FnOnce(&[Entry<'_>], IndexWriter<'_>) -> T) -> T {
    let chapter = Chapter {
        path: "a/b.md".into(),
        document: Some(document.clone()),
        ..Chapter::default()
    };
    let config = crate::config::Config::default();
    let writer = Writer::new(&config, jiff::civil::date(2026, 3, 1));
    let entry = Entry {
        chapter: &chapter,
        document,
        book: None,
    };
    read(&[entry], IndexWriter { writer: &writer, depth })
}
