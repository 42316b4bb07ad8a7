//! The documents in the indices, and links to them from an index page.

use std::borrow::Cow;
use std::collections::HashMap;

use super::plan::Index;
use crate::model::{Chapter, Corpus, Document, ExternalBook, IndexKind};
use crate::render::link;
use crate::render::words::fill;
use crate::render::writer::Writer;

/// The documents in the indices.
pub(super) struct Entries<'a> {
    /// The book's own documents, then those of other books.
    pub(super) all: Vec<Entry<'a>>,
    /// The number of the book's own documents.
    pub(super) own: usize,
    /// The beginning of the titles that is left out.
    pub(super) prefix: &'a str,
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
        let prefix = shared_prefix(all.iter().map(|entry| entry.chapter.title()));
        Self { all, own, prefix }
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

/// The beginning that most titles have, `Technical Design: `, which tells none of them apart.
pub(super) fn shared_prefix<'a>(titles: impl Iterator<Item = &'a str>) -> &'a str {
    const BETWEEN: &str = ": ";
    const LEAST: usize = 3;
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut all = 0;
    for title in titles {
        all += 1;
        if let Some((before, _)) = title.split_once(BETWEEN) {
            *counts.entry(&title[..before.len() + BETWEEN.len()]).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|&(_, count)| count);
    most.filter(|&(_, count)| count >= LEAST && count * 2 > all)
        .map_or("", |(prefix, _)| prefix)
}

/// The place of an index: what links on its page are written from.
#[derive(Clone, Copy)]
pub(super) struct IndexWriter<'a> {
    pub(super) writer: &'a Writer<'a>,
    /// The page's depth in folders below the book's root.
    pub(super) depth: usize,
    /// The path of the page.
    pub(super) path: &'a str,
    /// The beginning of titles that is left out.
    pub(super) prefix: &'a str,
    /// Every index of the book.
    pub(super) plan: &'a [Index],
}

impl<'a> IndexWriter<'a> {
    /// An index of a book that has no other.
    #[cfg(test)]
    pub(super) fn alone(writer: &'a Writer<'a>, depth: usize) -> Self {
        Self {
            writer,
            depth,
            path: "index.md",
            prefix: "",
            plan: &[],
        }
    }

    /// A link to the page of the index of `kind`, or to this page, with a view as in the address:
    /// pairs of a filter and its value.
    pub(super) fn view(&self, kind: Option<IndexKind>, filters: &[(&str, &str)]) -> Option<String> {
        let path = match kind {
            None => self.path,
            Some(kind) => &self.plan.iter().find(|index| index.kind == kind)?.path,
        };
        let filters = filters
            .iter()
            .map(|(key, value)| format!("{key}={}", link::query(value)));
        let page = link::to_chapter(path, "", self.depth, self.writer);
        Some(format!("{page}?{}", filters.collect::<Vec<_>>().join("&")))
    }

    /// A link to a view of this page. None in Markdown: only the script of an HTML page can filter.
    pub(super) fn link_to_view(&self, name: &str, filters: &[(&str, &str)]) -> Option<String> {
        let href = self.view(None, filters).filter(|_| self.writer.html)?;
        Some(self.writer.link(&href, &self.writer.text(name)))
    }

    /// Links to what happened lately.
    pub(super) fn last_days(&self) -> Vec<String> {
        let phrase = self.writer.words.last_days;
        let days = ["7", "30", "90"].into_iter();
        days.filter_map(|days| self.link_to_view(&fill(phrase, days), &[("days", days)]))
            .collect()
    }

    /// A rendered count as a link to what is counted on this page.
    pub(super) fn counted(&self, count: &str, filters: &[(&str, &str)]) -> String {
        self.link_to_view(count, filters)
            .unwrap_or_else(|| self.writer.text(count))
    }

    /// The URL of a link into `entry`'s chapter.
    pub(super) fn href(&self, entry: Entry<'_>, anchor: Option<&str>) -> String {
        let path = &entry.chapter.path;
        if let Some(book) = entry.book {
            return link::to_external(&book.url, path, anchor.unwrap_or_default());
        }
        link::to_chapter(path, anchor.unwrap_or_default(), self.depth, self.writer)
    }

    /// The document's title as a link to it.
    pub(super) fn document(&self, entry: Entry<'a>) -> String {
        self.writer
            .link(&self.href(entry, None), &self.writer.text(&self.title(entry)))
    }

    /// The document's title without what all of them begin with.
    pub(super) fn title(&self, entry: Entry<'a>) -> Cow<'a, str> {
        let title = entry.chapter.title();
        let short = title.strip_prefix(self.prefix).filter(|rest| !rest.trim().is_empty());
        let title = short.unwrap_or(title);
        match entry.book {
            Some(book) => format!("{}: {title}", book.name).into(),
            None => title.into(),
        }
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
    read(&[entry], IndexWriter::alone(&writer, depth))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_most_titles_begin_with_is_left_out() {
        let shared = |titles: &[&'static str]| shared_prefix(titles.iter().copied());
        let designs = ["Technical Design: A", "Technical Design: B: C", "Technical Design: D"];
        assert_eq!(shared(&designs), "Technical Design: ");
        assert_eq!(
            shared(&[&designs[..], &["Other", "ADR 7: X"]].concat()),
            "Technical Design: "
        );
        assert_eq!(shared(&[&designs[..], &["X", "Y", "Z"]].concat()), "", "half of them");
        assert_eq!(shared(&designs[..2]), "", "two of them may be about one thing");
        assert_eq!(shared(&["A", "B", "C"]), "");
    }
}
