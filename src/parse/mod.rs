//! Reads the facts of design documents out of Markdown. It never fails: one bad document
//! is a diagnostic, never the end of the book.
//!
//! A chapter is parsed once, into a [`tree`]. What stands where is found by [`section`],
//! [`gather`] and [`table`]; what it means by [`label`], [`person`], [`status`] and [`date`];
//! [`document`] puts it together. A new kind of metadata is a row in [`label`].

mod anchor;
mod answer_cells;
mod bare_name;
mod byline;
mod carried;
mod compact;
mod contents;
mod cut;
mod date;
mod decision_bracket;
mod decision_entry;
mod decision_fact;
mod decision_log;
mod dependency;
mod document;
mod done;
mod field;
mod fold;
mod footer;
mod fragment;
mod front_matter;
mod gather;
mod header_fields;
mod header_table;
mod heading_words;
mod id;
mod inline;
mod item;
mod kind;
mod known;
mod label;
mod lengths;
mod lines;
mod observe;
mod one_page;
mod open_questions;
mod outline;
mod page_ids;
mod person;
mod person_list;
mod places;
mod question;
mod question_ends;
mod question_table;
mod question_tail;
mod recognise;
mod registers;
mod remembered;
mod role;
mod section;
mod settled;
mod settlement;
mod stated;
mod status;
mod succession;
mod survive;
mod synonyms;
mod table;
mod tree;
mod white_space;

use std::borrow::Cow;

use mdbook_markdown::pulldown_cmark::{Event, Tag};
use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::model::{Chapter, Corpus, Fragment, Heading, IndexKind, Marker, Status, When};
use crate::source::{Chapters, Source, Span};
use fragment::{Home, Renamed};
use front_matter::FrontMatter;
use inline::{Run, lines, runs};
use label::Labels;
use page_ids::PageIds;
use section::Section;
use tree::Tree;

pub use answer_cells::{AnswerCells, Cell};
pub use places::{Answer, Column, Log, Places, Slot, places};
pub use survive::hush_survived_panics;

/// Reads every chapter of a book.
pub fn corpus(book: &(impl Chapters + ?Sized), config: &Config) -> (Corpus, Vec<Diagnostic>) {
    read(book, config, true)
}

/// Reads every chapter of a book as far as its pages show it and lints look at it: the registers
/// only where they have a page, which few books ask for.
pub fn for_pages(book: &(impl Chapters + ?Sized), config: &Config) -> (Corpus, Vec<Diagnostic>) {
    read(book, config, config.index.registers)
}

fn read(book: &(impl Chapters + ?Sized), config: &Config, registers: bool) -> (Corpus, Vec<Diagnostic>) {
    let labels = Labels::new(config);
    let heads = book.heads();
    let rules = Rules {
        labels: &labels,
        config,
        renamed: &renamed(heads),
        registers,
    };
    let mut chapters: Vec<Chapter> = (0..heads.len())
        .into_par_iter()
        .map(|index| chapter(&book.open(index), rules))
        .collect();
    let mut markers = chapters.iter().flat_map(|chapter| &chapter.markers);
    if !registers && config.index.enabled && markers.any(|marker| marker.kind.is_register()) {
        add_registers(&mut chapters, book, rules);
    }
    one_page::tell_apart(&mut chapters, config);
    settlement::link(&mut chapters);
    let corpus = Corpus {
        chapters,
        ..Corpus::default()
    };
    (corpus, Vec::new())
}

/// Words that are no Markdown, as a fragment of it.
pub fn plain(text: &str) -> Fragment {
    let text = tree::fold_space(text);
    let home = Home {
        path: "",
        renamed: &Renamed::new(),
    };
    fragment::fragment(&[Run::plain(&text, Span::default())], home)
}

/// What `text` means as a status; None where it is none that anybody has told us.
pub fn status(text: &str, config: &Config) -> Option<Status> {
    status::status(text, Span::default(), config).filter(|status| status::is_known(status) && !status.is_unfilled())
}

/// What `text` means as a deadline.
pub fn deadline(text: &str, config: &Config) -> When {
    date::deadline(text, config)
}

/// The files that are rendered under another name than their own.
fn renamed(sources: &[Source]) -> Renamed {
    let pairs = sources
        .iter()
        .filter_map(|source| Some((source.file.clone()?, source.path.clone())));
    pairs.filter(|(file, path)| file != path).collect()
}

/// Reads the chapters again for what they add to the registers.
fn add_registers(chapters: &mut [Chapter], book: &(impl Chapters + ?Sized), rules: Rules<'_>) {
    let rules = Rules {
        registers: true,
        ..rules
    };
    chapters.par_iter_mut().enumerate().for_each(|(index, known)| {
        if let Some(document) = &mut known.document
            && let Some(again) = chapter(&book.open(index), rules).document
        {
            document.registers = again.registers;
        }
    });
}

/// How chapters are read.
#[derive(Debug, Clone, Copy)]
struct Rules<'r> {
    labels: &'r Labels,
    config: &'r Config,
    renamed: &'r Renamed,
    /// Whether what they add to the registers is wanted.
    registers: bool,
}

/// Reads one chapter.
fn chapter(source: &Source, rules: Rules<'_>) -> Chapter {
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
    let mut chapter = Chapter {
        path: source.path.clone(),
        file: source.file.clone(),
        markers: if done.is_some() { Vec::new() } else { markers(&tree) },
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
        // What looks like front matter is Markdown in a chapter that is no design document.
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
    chapter.headings = outline.into_headings();
    compact::compact(&mut chapter);
    chapter
}

/// What book.toml says of a chapter: Some(true) where it is a design document whatever it
/// looks like, Some(false) where it is none.
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

/// The places that the author set for index chapters: comments that stand alone.
fn markers(tree: &Tree<'_>) -> Vec<Marker> {
    if !tree.has.html {
        return Vec::new();
    }
    tree.blocks()
        .filter(|&block| matches!(tree.tag(block), Some(Tag::HtmlBlock)))
        .filter_map(|block| {
            let span = tree.nodes[block].span;
            let trimmed = tree.source(block).trim_end();
            let word = comment(trimmed)?;
            let kind = IndexKind::ALL.into_iter().find(|kind| kind.word() == word)?;
            Some(Marker {
                kind,
                span: Span::new(span.start, span.start + trimmed.len()),
            })
        })
        .collect()
}

/// The text of an HTML comment that is all of `html`.
fn comment(html: &str) -> Option<&str> {
    let inner = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
    (!inner.contains("-->")).then(|| inner.trim())
}

/// What the readers of questions and decisions share.
#[derive(Debug, Clone, Copy)]
struct Reader<'r> {
    tree: &'r Tree<'r>,
    sections: &'r [Section],
    labels: &'r Labels,
    config: &'r Config,
    /// Where the chapter is rendered.
    home: Home<'r>,
    /// The node of the title.
    title: Option<usize>,
    /// The headings by node.
    headings: &'r [(usize, Heading)],
    /// The ids that are not ours.
    page_ids: &'r PageIds<'r>,
}

impl<'r> Reader<'r> {
    /// The folded words of the title.
    fn title_words(&self) -> Option<&'r str> {
        let title = self.title?;
        self.sections
            .iter()
            .find(|section| section.heading == title)
            .map(|section| section.words.as_str())
    }

    /// The id that the page gives to the heading at `node`.
    fn heading_id(&self, node: usize) -> Option<String> {
        let at = self.headings.binary_search_by_key(&node, |(at, _)| *at).ok()?;
        let id = &self.headings[at].1.words.id;
        (!id.is_empty()).then(|| id.to_string())
    }

    /// The labelled values in a paragraph or a list's items.
    fn labelled_lines(&self, block: usize) -> impl Iterator<Item = (Cow<'r, str>, Vec<Run<'r>>)> {
        let tree = self.tree;
        let tag = tree.tag(block);
        let paragraph = matches!(tag, Some(Tag::Paragraph)).then(|| runs(tree, block + 1, tree.nodes[block].end));
        let items = matches!(tag, Some(Tag::List(_))).then(|| tree.children(block));
        let items = items.into_iter().flatten();
        let texts = items.map(move |item| item::ItemText::of(tree, item).runs);
        paragraph.into_iter().chain(texts).flat_map(|text| {
            let parts = lines(&text).filter_map(label::split).flatten();
            parts.map(|part| (part.label, part.value)).collect::<Vec<_>>()
        })
    }

    /// The ticked and all boxes of task lists between two nodes.
    fn boxes(&self, start: usize, end: usize) -> (usize, usize) {
        (start..end).fold((0, 0), |(done, all), node| match self.tree.leaf(node) {
            Some(Event::TaskListMarker(ticked)) => (done + usize::from(*ticked), all + 1),
            _ => (done, all),
        })
    }
}
