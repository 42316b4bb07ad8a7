//! The index chapters: one for each [`IndexKind`], at its author's marker or appended.
//!
//! A new index chapter is a new kind in the model, a file here that makes a [`table::Table`]
//! of it, and a line in [`page`] and [`title`].

mod decisions;
mod documents;
mod open_questions;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::NewChapter;
use super::link;
use super::pen::Pen;
use crate::model::{Chapter, Corpus, Document, ExternalBook, IndexKind};

/// The chapters for the kinds that no author has set a place for.
pub(super) fn appended(corpus: &Corpus, pen: &Pen<'_>) -> Vec<NewChapter> {
    if !is_wanted(corpus, pen) {
        return Vec::new();
    }
    let markers = corpus.chapters.iter().flat_map(|chapter| &chapter.markers);
    let placed: BTreeSet<IndexKind> = markers.map(|marker| marker.kind).collect();
    let mut taken: BTreeSet<String> = corpus.chapters.iter().map(|chapter| page_name(&chapter.path)).collect();
    let kinds = IndexKind::ALL.into_iter().filter(|kind| !placed.contains(kind));
    kinds
        .map(|kind| {
            let title = title(kind, pen);
            let style = match pen.html {
                true => format!("{}\n\n", super::style::block(pen, false, true)),
                false => String::new(),
            };
            let content = page(kind, corpus, 0, pen);
            NewChapter {
                name: title.to_owned(),
                path: free_path(kind, &mut taken),
                content: format!("# {title}\n\n{style}{content}\n"),
            }
        })
        .collect()
}

/// What stands instead of each marker, by its kind and its chapter's depth.
pub(super) fn at_markers(corpus: &Corpus, pen: &Pen<'_>) -> BTreeMap<(IndexKind, usize), String> {
    if !is_wanted(corpus, pen) {
        return BTreeMap::new();
    }
    let places: BTreeSet<(IndexKind, usize)> = corpus
        .chapters
        .iter()
        .flat_map(|chapter| {
            let depth = link::depth(&chapter.path);
            chapter.markers.iter().map(move |marker| (marker.kind, depth))
        })
        .collect();
    places
        .into_par_iter()
        .map(|place| (place, page(place.0, corpus, place.1, pen)))
        .collect()
}

fn is_wanted(corpus: &Corpus, pen: &Pen<'_>) -> bool {
    let mut external = corpus.external_documents();
    pen.config.index.enabled && (corpus.documents().next().is_some() || external.next().is_some())
}

fn page(kind: IndexKind, corpus: &Corpus, depth: usize, pen: &Pen<'_>) -> String {
    let at = Place { pen, depth };
    let mut documents: Vec<Entry<'_>> = corpus
        .documents()
        .map(|(_, chapter, document)| Entry {
            chapter,
            document,
            book: None,
        })
        .collect();
    if kind != IndexKind::Documents {
        let external = corpus.external_documents();
        documents.extend(external.map(|(book, chapter, document)| Entry {
            chapter,
            document,
            book: Some(book),
        }));
    }
    let table = match kind {
        IndexKind::Documents => documents::table(&documents, &at),
        IndexKind::Decisions => decisions::table(&documents, &at),
        IndexKind::Questions => open_questions::table(&documents, &at),
    };
    table.write(kind, title(kind, pen), pen)
}

fn title(kind: IndexKind, pen: &Pen<'_>) -> &'static str {
    match kind {
        IndexKind::Documents => pen.words.design_docs,
        IndexKind::Decisions => pen.words.decision_log,
        IndexKind::Questions => pen.words.open_questions,
    }
}

/// A document of the book, or of another.
#[derive(Clone, Copy)]
struct Entry<'a> {
    chapter: &'a Chapter,
    document: &'a Document,
    book: Option<&'a ExternalBook>,
}

/// Where an index is written: with what, and how many folders below the book's root.
struct Place<'a> {
    pen: &'a Pen<'a>,
    depth: usize,
}

impl Place<'_> {
    /// A link's target in `entry`'s chapter.
    fn href(&self, entry: Entry<'_>, anchor: Option<&str>) -> String {
        let path = &entry.chapter.path;
        if let Some(book) = entry.book {
            return link::to_external(&book.url, path, anchor.unwrap_or_default());
        }
        link::to_chapter(path, anchor.unwrap_or_default(), self.depth, self.pen.html)
    }

    /// The document's title, a link to it.
    fn document(&self, entry: Entry<'_>) -> String {
        let title = match entry.document.title.value.trim() {
            "" => &entry.chapter.path,
            title => title,
        };
        let shown = match entry.book {
            Some(book) => self.pen.text(&format!("{}: {title}", book.name)),
            None => self.pen.text(title),
        };
        self.pen.link(&self.href(entry, None), &shown)
    }

    /// How many documents there are.
    fn in_documents(&self, documents: &[Entry<'_>]) -> String {
        let count = self.pen.words.n_documents.fill(documents.len());
        self.pen.phrase(self.pen.words.in_documents, &[&self.pen.text(&count)])
    }
}

/// A path at the book's root that no chapter has or would overwrite when rendered, on file
/// systems that do not tell upper case from lower case either.
fn free_path(kind: IndexKind, taken: &mut BTreeSet<String>) -> String {
    let mut path = format!("{}.md", kind.word());
    let mut number = 0;
    while !taken.insert(page_name(&path)) {
        number += 1;
        path = format!("{}-{number}.md", kind.word());
    }
    path
}

fn page_name(path: &str) -> String {
    link::stem(path).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::Marker;
    use crate::source::Span;
    use jiff::civil::date;

    fn corpus(paths: &[&str]) -> Corpus {
        let mut corpus = Corpus {
            chapters: paths
                .iter()
                .map(|&path| Chapter {
                    path: path.into(),
                    ..Chapter::default()
                })
                .collect(),
            ..Corpus::default()
        };
        corpus.chapters[0].document = Some(Document::default());
        corpus
    }

    fn appended_paths(corpus: &Corpus) -> Vec<String> {
        let config = Config::default();
        let pen = Pen::new(&config, date(2026, 3, 1));
        appended(corpus, &pen).into_iter().map(|chapter| chapter.path).collect()
    }

    #[test]
    fn no_chapter_is_overwritten() {
        assert_eq!(
            appended_paths(&corpus(&["Design-Docs.md", "design-docs-1.txt", "x/decision-log.md"])),
            ["design-docs-2.md", "decision-log.md", "open-questions.md"]
        );
    }

    #[test]
    fn what_has_a_place_is_not_appended() {
        let mut corpus = corpus(&["a.md", "team/log.md"]);
        corpus.chapters[1].markers.push(Marker {
            kind: IndexKind::Decisions,
            span: Span::new(0, 5),
        });
        assert_eq!(appended_paths(&corpus), ["design-docs.md", "open-questions.md"]);
        let config = Config::default();
        let pen = Pen::new(&config, date(2026, 3, 1));
        let placed = at_markers(&corpus, &pen);
        assert_eq!(placed.keys().collect::<Vec<_>>(), [&(IndexKind::Decisions, 1)]);
    }

    #[test]
    fn a_book_without_documents_gets_nothing() {
        let mut corpus = corpus(&["a.md"]);
        corpus.chapters[0].document = None;
        assert_eq!(appended_paths(&corpus), [""; 0]);
    }
}
