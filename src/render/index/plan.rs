//! Plans the index pages: at an author's marker or as separate chapters.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::{Entries, IndexWriter};
use super::paginate::{Page, Years};
use super::{decisions, documents, open_questions, title};
use crate::config::RecordKind;
use crate::model::{Corpus, IndexKind};
use crate::render::link;
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
    /// The further pages, newest years first.
    pub(super) years: Vec<(Years, String)>,
}

impl Index {
    /// The path of its chapter if that is appended whatever the documents contain.
    pub(in crate::render) fn lasting(&self) -> Option<String> {
        // That of registers goes with the last entry.
        let is_lasting = self.is_appended && self.kind != IndexKind::Registers;
        is_lasting.then(|| self.path.clone())
    }

    /// The page with these years, or the first page.
    pub(super) fn page(&self, here: Option<Years>) -> Page {
        let newest = self.years.first().map(|(years, _)| *years);
        Page { here, newest }
    }

    /// A link to the index, after a word that says so.
    pub(super) fn link(&self, at: &IndexWriter<'_>) -> Vec<String> {
        let writer = at.writer;
        let href = link::to_chapter(&self.path, "", at.depth, writer);
        let link = writer.link(&href, &writer.text(title(self.kind, writer)));
        vec![writer.text(writer.words.more), link]
    }

    /// Links to the other pages: to all of them, or to the first page and to those before and after this
    /// one.
    pub(super) fn other_pages(&self, here: Option<Years>, title: &str, at: &IndexWriter<'_>) -> Vec<String> {
        if self.years.is_empty() {
            return Vec::new();
        }
        let link = |path: &str, text: &str| {
            let href = link::to_chapter(path, "", at.depth, at.writer);
            at.writer.link(&href, &at.writer.text(text))
        };
        let position = self.years.iter().position(|(years, _)| Some(*years) == here);
        let near = |other: usize| position.is_none_or(|position| position.abs_diff(other) == 1);
        let others = self.years.iter().enumerate().filter(|&(other, _)| {
            let is_listed = self.years.len() <= LISTED || near(other);
            is_listed && Some(other) != position
        });
        let mut links = vec![at.writer.text(at.writer.words.more)];
        links.extend(here.map(|_| link(&self.path, title)));
        links.extend(others.map(|(_, (years, path))| link(path, &years.to_string())));
        links
    }
}

/// An index of more pages than this lists all of them only on its first page, or each of its pages
/// would be longer with each further year.
const LISTED: usize = 20;

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
        let years = years(kind, documents, writer).into_iter().map(|years| {
            let path = free_path(&format!("{}-{}", kind.word(writer.config), years.word()), &mut taken);
            (years, path)
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

fn years(kind: IndexKind, documents: &Entries<'_>, writer: &Writer<'_>) -> Vec<Years> {
    let documents = documents.of(kind);
    let rows = writer.config.index.page_rows;
    match kind {
        IndexKind::Documents => documents::years(documents, rows),
        IndexKind::Decisions => decisions::years(documents, rows),
        IndexKind::Questions => open_questions::years(documents, rows, writer),
        _ => Vec::new(),
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
