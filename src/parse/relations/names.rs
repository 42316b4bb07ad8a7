//! Finds the documents and decisions of a book by what an author calls them: a link, a path, a
//! number, a title or a label.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use crate::model::{Chapter, Document, Item, Mention, RelationKind};
use crate::parse::markdown::fold::fold;
use crate::parse::relations::number::{self, Number};
use crate::parse::values::address::own_path;
use crate::parse::vocabulary::Vocabulary;
use crate::source::{folder, joined, percent_decoded};

/// The maximum number of folders above the chapters in an address on the web.
const MOST_FOLDERS: usize = 20;

/// The maximum number of items that are kept of those with one name.
const MOST_CANDIDATES: usize = 5;

/// What a name leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// This document or decision.
    Item(Item),
    /// One of several.
    Ambiguous(Vec<Item>),
    /// A document or decision that should be in this book, and is not.
    Missing,
    /// Something outside the book, or words that name nothing.
    Unknown,
}

impl Found {
    /// From the items that have a name.
    fn of(items: &[Item]) -> Option<Self> {
        match items {
            [] => None,
            [only] => Some(Self::Item(*only)),
            several => Some(Self::Ambiguous(several.iter().take(MOST_CANDIDATES).copied().collect())),
        }
    }
}

/// The names of a book's documents and decisions.
pub(super) struct Names<'b> {
    chapters: &'b [Chapter],
    vocabulary: &'b Vocabulary<'b>,
    by_path: HashMap<&'b str, usize>,
    numbers: &'b [Option<Number>],
    /// Documents by folder and number.
    by_number: HashMap<(&'b str, u64), Vec<Item>>,
    /// Documents by series and number.
    by_series: HashMap<(&'b str, u64), Vec<Item>>,
    /// Documents by folded title; few books need it.
    by_title: OnceLock<HashMap<String, Vec<Item>>>,
    /// The only decision of the book with a label; None if there are several.
    by_label: OnceLock<HashMap<String, Option<Item>>>,
    /// The decisions of each document.
    decisions: Vec<OnceLock<Decisions<'b>>>,
}

/// The decisions of a document by what they are called.
#[derive(Default)]
struct Decisions<'b> {
    by_anchor: HashMap<&'b str, Item>,
    by_label: HashMap<String, Vec<Item>>,
    /// The letters of the labels.
    series: HashSet<String>,
    /// The decisions whose labels are only numbers, as in many tables.
    by_number: HashMap<u64, Vec<Item>>,
}

impl<'b> Decisions<'b> {
    fn of(chapter: usize, document: &'b Document) -> Self {
        let mut out = Self::default();
        for (index, decision) in document.decisions.iter().enumerate() {
            let decision_item = Item {
                chapter,
                decision: Some(index),
            };
            out.by_anchor.entry(decision.anchor()).or_insert(decision_item);
            if let Some(number) = decision.label.as_deref().and_then(|label| label.parse().ok()) {
                out.by_number.entry(number).or_default().push(decision_item);
            }
            if let Some(label) = decision.label.as_deref().and_then(number::label) {
                out.series.insert(number::series(&label).to_owned());
                out.by_label.entry(label).or_default().push(decision_item);
            }
        }
        out
    }
}

impl<'b> Names<'b> {
    pub(super) fn new(chapters: &'b [Chapter], numbers: &'b [Option<Number>], vocabulary: &'b Vocabulary<'b>) -> Self {
        let mut by_path = HashMap::new();
        for (index, chapter) in chapters.iter().enumerate() {
            by_path.entry(chapter.path.as_str()).or_insert(index);
            by_path.extend(chapter.file.as_deref().map(|file| (file, index)));
        }
        let (mut by_number, mut by_series) = (HashMap::<_, Vec<Item>>::new(), HashMap::<_, Vec<Item>>::new());
        for (index, number) in numbers.iter().enumerate() {
            let Some(number) = number else { continue };
            let item = Item::document(index);
            let folder = folder(&chapters[index].path);
            by_number.entry((folder, number.number)).or_default().push(item);
            for series in &number.series {
                by_series
                    .entry((series.as_str(), number.number))
                    .or_default()
                    .push(item);
            }
        }
        for items in by_number.values_mut().chain(by_series.values_mut()) {
            without_translations(items, chapters);
        }
        Self {
            chapters,
            vocabulary,
            by_path,
            numbers,
            by_number,
            by_series,
            by_title: OnceLock::new(),
            by_label: OnceLock::new(),
            decisions: chapters.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// The decisions of a document, unless the document as a whole is its decision.
    fn decisions(&self, chapter: usize) -> Option<&Decisions<'b>> {
        let document = self.chapters[chapter].document.as_ref()?;
        (!document.is_one_decision()).then(|| self.decisions[chapter].get_or_init(|| Decisions::of(chapter, document)))
    }

    pub(super) fn chapter(&self, index: usize) -> &'b Chapter {
        &self.chapters[index]
    }

    /// The chapter to which the path of a link leads, from the page `from`. A path with a slash
    /// before it is that of an address on the web, with the folders above the chapters.
    pub(super) fn linked(&self, from: usize, path: &str) -> Option<usize> {
        let Some(rooted) = path.strip_prefix('/') else {
            return self.at(&joined(&self.chapters[from].path, path)?);
        };
        // Every folder of a repository may have a file of these names.
        let is_one_of_many = |path: &str| path == "README.md" || path == "index.md";
        let paths = std::iter::successors(Some(rooted), |path| Some(path.split_once('/')?.1));
        let mut paths = paths.take(MOST_FOLDERS);
        paths.find_map(|path| self.at(path).filter(|_| !is_one_of_many(path)))
    }

    /// The chapter at a path from the root of the book.
    fn at(&self, path: &str) -> Option<usize> {
        let at = |path: &str| self.by_path.get(path).copied();
        let page = || at(&format!("{}.md", path.strip_suffix(".html")?));
        let folder = || at(format!("{}/index.md", path.trim_end_matches('/')).trim_start_matches('/'));
        at(path).or_else(page).or_else(folder)
    }

    /// What a mention in `from` names.
    pub(super) fn look_up(&self, from: Item, mention: &Mention) -> Found {
        if let Some(url) = &mention.url {
            return self.at_url(from.chapter, url);
        }
        let text = mention.text.trim();
        if text.ends_with(".md") {
            return match self.at_url(from.chapter, text) {
                Found::Missing if !is_succession(mention.kind) => Found::Unknown,
                found => found,
            };
        }
        let own = from
            .decision
            .and_then(|_| self.own_decision(from.chapter, text, mention.is_certain));
        own.or_else(|| self.titled(text))
            .or_else(|| self.numbered(from.chapter, text, mention))
            .or_else(|| self.titled(before_remark(text)?))
            .or_else(|| self.labelled(text).filter(|_| mention.is_certain))
            .unwrap_or(Found::Unknown)
    }

    /// What a link leads to: a document, or with the fragment of its anchor, a decision.
    fn at_url(&self, from: usize, url: &str) -> Found {
        if let Some(own) = own_path(url, self.vocabulary.config) {
            let document = self.linked(from, &own).and_then(|chapter| self.part(chapter, ""));
            return document.map_or(Found::Unknown, Found::Item);
        }
        let (path, fragment) = url.split_once('#').unwrap_or((url, ""));
        let path = path.split('?').next().unwrap_or_default();
        if path.contains(':') || path.starts_with('/') {
            return Found::Unknown;
        }
        let (path, fragment) = (percent_decoded(path), percent_decoded(fragment));
        let chapter = match path.as_str() {
            "" => Some(from),
            path => self.linked(from, path),
        };
        match chapter {
            Some(chapter) => self.part(chapter, &fragment).map_or(Found::Unknown, Found::Item),
            // Files outside the source folder are not in the book, and need not be.
            None if path.ends_with(".md") && joined(&self.chapters[from].path, &path).is_some() => Found::Missing,
            None => Found::Unknown,
        }
    }

    /// The document of a chapter, or the decision that `fragment` identifies in it.
    pub(super) fn part(&self, chapter: usize, fragment: &str) -> Option<Item> {
        self.chapters[chapter].document.as_ref()?;
        let decisions = (!fragment.is_empty()).then(|| self.decisions(chapter)).flatten();
        let decision = decisions.and_then(|decisions| decisions.by_anchor.get(fragment).copied());
        Some(decision.unwrap_or(Item::document(chapter)))
    }

    /// The decision of the same document with this label, or in a column for it, with this number.
    /// Missing if the label continues the document's series.
    fn own_decision(&self, chapter: usize, text: &str, may_be_bare: bool) -> Option<Found> {
        let decisions = self.decisions(chapter)?;
        if let Some(number) = text.parse().ok().filter(|_| may_be_bare) {
            // Each table of a document may count from 1.
            let same = decisions.by_number.get(&number)?;
            return <[Item; 1]>::try_from(same.as_slice())
                .ok()
                .map(|[only]| Found::Item(only));
        }
        let wanted = number::label(text)?;
        let same = decisions.by_label.get(&wanted).and_then(|same| Found::of(same));
        let is_own = decisions.series.contains(number::series(&wanted));
        same.or_else(|| is_own.then_some(Found::Missing))
    }

    /// The document with this number: in the same folder, else in the only folder with its series.
    fn numbered(&self, chapter: usize, text: &str, mention: &Mention) -> Option<Found> {
        let (series, number) = number::stated(text, mention.is_certain)?;
        let folder = folder(&self.chapters[chapter].path);
        let here = self.by_number.get(&(folder, number)).map_or(&[][..], Vec::as_slice);
        let of_series = |item: &&Item| {
            let known = self.numbers[item.chapter].as_ref();
            known.is_some_and(|known| series.is_empty() || known.series.contains(&series))
        };
        let unnamed = |item: &&Item| {
            self.numbers[item.chapter]
                .as_ref()
                .is_some_and(|known| known.names_file)
        };
        let found: Vec<Item> = here.iter().filter(of_series).copied().collect();
        if let Some(found) = Found::of(&found) {
            return Some(found);
        }
        let elsewhere = self.by_series.get(&(series.as_str(), number));
        if let Some(found) = elsewhere.and_then(|found| Found::of(found)) {
            return Some(found);
        }
        if !is_succession(mention.kind) && !self.vocabulary.is_kind(&series) {
            return None;
        }
        let found: Vec<Item> = here.iter().filter(unnamed).copied().collect();
        Found::of(&found).or_else(|| {
            // In a numbered folder, a number of its own series should be there.
            let own = self.numbers[chapter].as_ref()?;
            let is_own = own.series.is_empty() || own.series.contains(&series);
            (is_own && !series.is_empty()).then_some(Found::Missing)
        })
    }

    /// The document with this title.
    fn titled(&self, text: &str) -> Option<Found> {
        let titles = self.by_title.get_or_init(|| titles(self.chapters));
        Found::of(titles.get(&fold(text))?)
    }

    /// The only decision of the book with this label.
    fn labelled(&self, text: &str) -> Option<Found> {
        let wanted = number::label(text)?;
        let all = self.by_label.get_or_init(|| {
            let mut out = HashMap::new();
            for chapter in 0..self.chapters.len() {
                let labels = self
                    .decisions(chapter)
                    .into_iter()
                    .flat_map(|decisions| &decisions.by_label);
                for (label, items) in labels {
                    let only = <[Item; 1]>::try_from(items.as_slice()).ok().map(|[only]| only);
                    out.entry(label.clone())
                        .and_modify(|known| *known = None)
                        .or_insert(only);
                }
            }
            out
        });
        all.get(&wanted).copied().flatten().map(Found::Item)
    }
}

/// Keeps the first of several translations, `0012-queue.md` of `0012-queue.de.md`.
fn without_translations(items: &mut Vec<Item>, chapters: &[Chapter]) {
    if items.len() > 1 {
        let path = |item: &Item| chapters[item.chapter].path.as_str();
        items.sort_by_key(|item| {
            (
                folder(path(item)),
                number::before_dot(&chapters[item.chapter]),
                path(item).len(),
            )
        });
        items.dedup_by_key(|item| (folder(path(item)), number::before_dot(&chapters[item.chapter])));
    }
}

/// Whether the other side can only be a document or a decision. `Requires: Node 18` names none.
fn is_succession(kind: RelationKind) -> bool {
    !matches!(
        kind,
        RelationKind::DependsOn | RelationKind::RequiredBy | RelationKind::RefersTo | RelationKind::ReferredBy
    )
}

/// `The queue` of `The queue (by May)`.
fn before_remark(text: &str) -> Option<&str> {
    let end = text.find([':', '(', '—', '–'])?;
    Some(text[..end].trim()).filter(|before| !before.is_empty())
}

/// The documents by their titles, with and without a number before it.
fn titles(chapters: &[Chapter]) -> HashMap<String, Vec<Item>> {
    let mut out: HashMap<String, Vec<Item>> = HashMap::new();
    for (index, chapter) in chapters.iter().enumerate() {
        let Some(document) = &chapter.document else { continue };
        let title = document.title.value.trim();
        let bare = number::without(title);
        for name in [title, bare].into_iter().take(if bare == title { 1 } else { 2 }) {
            let name = fold(name);
            if !name.is_empty() {
                out.entry(name).or_default().push(Item::document(index));
            }
        }
    }
    out
}
