//! Reads the facts of design documents from Markdown. Parsing never fails: a bad document leads to
//! a diagnostic and does not stop the build.
//!
//! A folder uses only those above it in this list (enforced by `tests/all/tidy.rs`):
//!
//! | folder | content |
//! |---|---|
//! | [`markdown`] | blocks, items, tables, runs of text, anchors |
//! | [`vocabulary`] | the meaning of words as labels, columns and headings |
//! | [`values`] | dates, people, statuses |
//! | [`record`] | how one fact or record is stated: a line, a row, an item, a heading |
//! | [`metadata`] | the facts of the document itself |
//! | [`decisions`], [`questions`], [`registers`] | what is specific to each |
//! | [`observe`] | observations that only lints need |
//! | [`relations`] | which documents and decisions the others name, for the book as a whole |
//!
//! [`document`] assembles a document; [`recognise`] decides whether a chapter is one.

mod decisions;
mod document;
mod edit_targets;
mod kind;
mod markdown;
mod metadata;
mod observe;
mod one_page;
mod questions;
mod recognise;
mod record;
mod registers;
mod relations;
mod topic;
mod values;
mod vocabulary;

use std::collections::BTreeMap;

use pulldown_cmark::Tag;
use rayon::prelude::*;

use crate::config::Config;
use crate::model::{Chapter, Corpus, FilterProblem, Fragment, IndexKind, Marker, Status, When};
use crate::source::{Chapters, Source, Span, Spanned};
use decisions::resolution;
use markdown::anchor::outline;
use markdown::comment::marker;
use markdown::done;
use markdown::fragment::{self, Home, Renamed};
use markdown::inline::Run;
use markdown::survive::attempt;
use markdown::tree::{self, Tree};
use metadata::front_matter::{self, FrontMatter};
use values::{deadline, status};
use vocabulary::{Vocabularies, Vocabulary};

pub(crate) use decisions::resolution::is_named_by;
pub use edit_targets::asking::{Asked, Asking, Piece, QuestionPlace};
pub use edit_targets::list_form::{ItemForm, ItemPart};
pub use edit_targets::relatives::{Relation, Relatives, ValuePlace};
pub use edit_targets::slot::{Slot, TaskBox};
pub use edit_targets::{Answer, Column, EditTargets, Log, answer_target, edit_targets};
pub use markdown::survive::hush_survived_panics;
pub(crate) use markdown::typed::{heading, with_tags_shown};
pub(crate) use markdown::unlink::unlinked;
pub use questions::answer_cells::{AnswerCells, Cell, Tail};
pub use topic::{searchable, topic_words};

/// Reads every chapter of a book, with our own registers if a page shows them.
pub fn corpus(book: &(impl Chapters + ?Sized), config: &Config) -> Corpus {
    let vocabularies = Vocabularies::new(config);
    let heads = book.heads();
    let rules = Rules {
        config,
        vocabularies: &vocabularies,
        renamed: &renamed(heads),
        registers: config.index.registers,
    };
    let mut chapters = read_all(book, rules);
    one_page::tell_apart(&mut chapters, config);
    resolution::link(&mut chapters);
    limit_markers(&mut chapters);
    let relations = relations::relate(&mut chapters, vocabularies.of(""));
    let mut corpus = Corpus {
        chapters,
        relations,
        ..Corpus::default()
    };
    let mut markers = corpus.chapters.iter().flat_map(|chapter| &chapter.markers);
    if config.index.enabled && markers.any(|marker| marker.kind.is_register()) {
        read_registers(&mut corpus, book, config);
    }
    corpus
}

/// Reads each chapter on its own, without what the others say about it: for versions of documents that
/// never stood in one book together.
pub fn chapters(book: &(impl Chapters + ?Sized), config: &Config) -> Vec<Chapter> {
    let rules = Rules {
        config,
        vocabularies: &Vocabularies::new(config),
        renamed: &Renamed::new(),
        registers: false,
    };
    read_all(book, rules)
}

fn read_all(book: &(impl Chapters + ?Sized), rules: Rules<'_>) -> Vec<Chapter> {
    let all = 0..book.heads().len();
    all.into_par_iter()
        .map(|index| chapter(&book.open(index), rules))
        .collect()
}

/// Looks up again what the documents of a book name, after one of them has changed.
pub fn relate(corpus: &mut Corpus, config: &Config) {
    corpus.relations = relations::relate(&mut corpus.chapters, &Vocabulary::new(config));
}

/// Reads the chapters again for our own registers. Few books show them, and they take 6 % of all
/// instructions on templated documents and 8 % on real ones.
pub fn read_registers(corpus: &mut Corpus, book: &(impl Chapters + ?Sized), config: &Config) {
    let vocabularies = Vocabularies::new(config);
    let rules = Rules {
        config,
        vocabularies: &vocabularies,
        renamed: &renamed(book.heads()),
        registers: true,
    };
    corpus.chapters.par_iter_mut().enumerate().for_each(|(index, known)| {
        if let Some(document) = &mut known.document
            && let Some(again) = chapter(&book.open(index), rules).document
        {
            document.registers = again.registers;
        }
    });
}

/// Plain text as a fragment.
pub fn plain(text: &str) -> Fragment {
    let text = tree::fold_space(text);
    let home = Home {
        path: "",
        renamed: &Renamed::new(),
    };
    fragment::fragment(&[Run::plain(&text, Span::default())], home)
}

/// The status that `text` means in the document's language. None if it is unknown.
pub fn status(text: &str, of: &Source, config: &Config) -> Option<Status> {
    Statuses::new(config).of(text, of)
}

/// Reads many statuses, in the language of each one's document.
#[derive(Debug)]
pub struct Statuses<'c>(Vocabularies<'c>);

impl<'c> Statuses<'c> {
    /// With the words of `config`.
    pub fn new(config: &'c Config) -> Self {
        Self(Vocabularies::new(config))
    }

    /// The status that `text` means in the language of the chapter `of`. None if it is unknown.
    pub fn of(&self, text: &str, of: &Source) -> Option<Status> {
        status::status(text, Span::default(), self.0.of(&of.text))
            .filter(|status| status::is_known(status) && !status.is_unfilled())
    }
}

/// The deadline that `text` means.
pub fn deadline(text: &str, config: &Config) -> When {
    deadline::deadline(text, &Vocabulary::new(config))
}

/// Where each file is rendered: README.md becomes index.md; most files keep their name.
fn renamed(sources: &[Source]) -> Renamed {
    let pairs = sources.iter().map(|source| {
        let file = source.file.as_ref().unwrap_or(&source.path);
        (file.clone(), source.path.clone())
    });
    pairs.collect()
}

/// How to read chapters.
#[derive(Debug, Clone, Copy)]
struct Rules<'r> {
    config: &'r Config,
    vocabularies: &'r Vocabularies<'r>,
    renamed: &'r Renamed,
    /// Whether our own registers are wanted, in addition to the team's own kinds.
    registers: bool,
}

fn chapter(source: &Source, rules: Rules<'_>) -> Chapter {
    passed_through(source, || read_chapter(source, rules))
}

/// The chapter, or nothing but its place in the book if reading it panics.
fn passed_through(source: &Source, read: impl FnOnce() -> Chapter) -> Chapter {
    attempt(read).unwrap_or_else(|fault| {
        let mut chapter = Chapter {
            path: source.path.clone(),
            file: source.file.clone(),
            ..Chapter::default()
        };
        chapter.observed.fault = Some(fault);
        // Links to its headings are not judged.
        chapter.observed.other_ids = true;
        chapter
    })
}

fn read_chapter(source: &Source, rules: Rules<'_>) -> Chapter {
    let config = rules.config;
    let done = done::mark(&source.text, config);
    let is_included = if done.is_some() {
        Some(false)
    } else {
        includes(source, config)
    };
    let front = if is_included == Some(false) {
        FrontMatter::default()
    } else {
        front_matter::read(&source.text)
    };
    let tree = Tree::parse(&source.text, front.span.end, config.dialect);
    let (markers, wrong) = match done {
        Some(_) => Default::default(),
        None => markers(&tree, config),
    };
    let mut chapter = Chapter {
        path: source.path.clone(),
        file: source.file.clone(),
        markers,
        done,
        ..Chapter::default()
    };
    let document = (is_included != Some(false))
        .then(|| document::read(source, &tree, &front, rules, is_included == Some(true)))
        .flatten();
    let plain = |tree: &Tree<'_>| outline::outline(tree, config.dialect, &[]);
    let (document, outline) = match document {
        Some((document, outline)) => (Some(document), outline),
        None if front.span.is_empty() => (None, plain(&tree)),
        // In a chapter that is not a design document, apparent front matter is Markdown.
        None => (None, plain(&Tree::parse(&source.text, 0, config.dialect))),
    };
    chapter.document = document;
    let replaced = chapter.document.as_ref().map(|document| &document.layout.replaced);
    let removed = replaced
        .filter(|_| config.header.enabled)
        .map_or(&[][..], Vec::as_slice);
    let known = chapter.document.is_some().then_some(&outline);
    chapter.observed = observe::observe(tree, removed, known, config);
    chapter.observed.unclosed = front.unclosed;
    chapter.observed.filters = wrong;
    chapter.headings = outline.into_headings();
    chapter
}

/// Whether book.toml overrides recognition of a chapter: Some(true) includes it regardless of its
/// content, Some(false) excludes it.
fn includes(source: &Source, config: &Config) -> Option<bool> {
    let matches = |set: &Option<globset::GlobSet>| {
        set.as_ref()
            .map(|set| set.is_match(&source.path) || source.file.as_ref().is_some_and(|file| set.is_match(file)))
    };
    if matches(&config.exclude) == Some(true) {
        return Some(false);
    }
    matches(&config.include)
}

/// Notes which markers are more than may show rows.
fn limit_markers(chapters: &mut [Chapter]) {
    let mut counts: BTreeMap<(IndexKind, bool), usize> = BTreeMap::new();
    for marker in chapters.iter_mut().flat_map(|chapter| &mut chapter.markers) {
        let count = counts.entry((marker.kind, marker.filter.is_empty())).or_default();
        *count += 1;
        marker.is_surplus = *count > marker.most();
    }
}

/// The places that the author marked for generated indexes, comments on lines of their own, and what
/// is wrong in their filters.
fn markers(tree: &Tree<'_>, config: &Config) -> (Vec<Marker>, Vec<Spanned<FilterProblem>>) {
    let (mut markers, mut problems) = (Vec::new(), Vec::new());
    if !tree.has.html {
        return (markers, problems);
    }
    let html = tree
        .blocks()
        .filter(|&block| matches!(tree.tag(block), Some(Tag::HtmlBlock)));
    for block in html {
        match marker::read(tree.source(block), tree.nodes[block].span.start, config) {
            Some(Ok(marker)) => markers.push(marker),
            Some(Err(wrong)) => problems.extend(wrong),
            None => {}
        }
    }
    (markers, problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_ours_costs_one_chapter() {
        let source = Source {
            path: "a.md".to_owned(),
            ..Source::default()
        };
        let at = 7;
        let chapter = passed_through(&source, || panic!("begin > end at {at}"));
        assert_eq!(chapter.path, "a.md");
        assert_eq!(chapter.observed.fault.as_deref(), Some("begin > end at 7"));
        assert_eq!(chapter.document, None);
    }
}
