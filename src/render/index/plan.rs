//! Plans the index pages: at an author's marker or as separate chapters.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::Entries;
use super::paginate::Pager;
use super::{decisions, documents, open_questions};
use crate::config::RecordKind;
use crate::model::{Corpus, IndexKind};
use crate::render::writer::Writer;
use crate::source::stem;

/// The places of an index's pages.
#[derive(Debug)]
pub(in crate::render) struct Index {
    pub(super) kind: IndexKind,
    /// The first page.
    pub(super) path: String,
    /// Whether that is an appended chapter.
    pub(super) is_appended: bool,
    /// The further pages, newest year first.
    pub(super) years: Vec<(i16, String)>,
}

impl Index {
    /// The path of its chapter if that is appended whatever the documents contain.
    pub(in crate::render) fn lasting(&self) -> Option<String> {
        // That of registers goes with the last entry.
        let is_lasting = self.is_appended && self.kind != IndexKind::Registers;
        is_lasting.then(|| self.path.clone())
    }
}

/// Every index of the book.
pub(super) fn plan(corpus: &Corpus, documents: &Entries<'_>, writer: &Writer<'_>) -> Vec<Index> {
    let mut placed: BTreeMap<IndexKind, &str> = BTreeMap::new();
    for chapter in &corpus.chapters {
        for marker in chapter.markers.iter().filter(|marker| marker.filter.is_empty()) {
            placed.entry(marker.kind).or_insert(&chapter.path);
        }
    }
    let mut taken: BTreeSet<String> = corpus.chapters.iter().map(|chapter| page_name(&chapter.path)).collect();
    let mut plan = Vec::new();
    for kind in IndexKind::all(writer.config) {
        let place = placed.get(&kind);
        if place.is_none() && !is_appended(kind, documents, writer) {
            continue;
        }
        let path = match place {
            Some(path) => (*path).to_owned(),
            None => free_path(kind.word(writer.config), &mut taken),
        };
        let years = years(kind, documents, writer).into_iter().map(|year| {
            let path = free_path(&format!("{}-{year}", kind.word(writer.config)), &mut taken);
            (year, path)
        });
        plan.push(Index {
            kind,
            path,
            is_appended: place.is_none(),
            years: years.collect(),
        });
    }
    plan
}

/// Whether an index without a marker gets a chapter of its own.
fn is_appended(kind: IndexKind, documents: &Entries<'_>, writer: &Writer<'_>) -> bool {
    let wanted = &writer.config.index;
    match kind {
        IndexKind::Documents | IndexKind::Decisions | IndexKind::Questions => true,
        IndexKind::Week => wanted.this_week,
        IndexKind::People => wanted.people,
        IndexKind::Registers => {
            wanted.registers
                && documents
                    .of(kind)
                    .iter()
                    .any(|entry| entry.document.registers.iter().any(|one| one.kind < RecordKind::OURS))
        }
        // A team that declares a kind wants to see its records.
        IndexKind::Register(kind) => kind >= RecordKind::OURS,
    }
}

fn years(kind: IndexKind, documents: &Entries<'_>, writer: &Writer<'_>) -> Vec<i16> {
    let pager = pager(None, writer);
    let documents = documents.of(kind);
    match kind {
        IndexKind::Documents => documents::years(documents, pager),
        IndexKind::Decisions => decisions::years(documents, pager),
        IndexKind::Questions => open_questions::years(documents, writer, pager),
        _ => Vec::new(),
    }
}

pub(super) fn pager(year: Option<i16>, writer: &Writer<'_>) -> Pager {
    Pager {
        rows: writer.config.index.page_rows,
        year,
    }
}

/// A path at the book's root that no chapter has or would overwrite when rendered, also on
/// case-insensitive file systems.
fn free_path(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut path = format!("{name}.md");
    let mut number = 0;
    while !taken.insert(page_name(&path)) {
        number += 1;
        path = format!("{name}-{number}.md");
    }
    path
}

fn page_name(path: &str) -> String {
    stem(path).to_lowercase()
}
