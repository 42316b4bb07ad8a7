//! The lints: problems in a book's design documents.
//!
//! A lint is one file of code and one text of the same name. The text is its only documentation;
//! [`LINTS`] is the only list of lints. To add a lint, add the two files, a `mod` line and a line in the
//! list; then `SNAPSHOTS=overwrite cargo test` writes its page of the manual.
//! Lints use only the [`model`](crate::model): `parse` reads everything they need.

mod allow;
mod allow_without_reason;
mod already_written;
mod ambiguous_date;
mod approved_without_review;
mod attention;
mod broken_anchor;
mod conflicting_supersedes;
mod dangling_supersedes;
mod date_drift;
mod dates;
mod detached_facts;
mod duplicate_number;
mod duplicate_title;
mod findings;
mod invalid_date;
mod invalid_marker;
mod mangled_encoding;
mod missing_author;
mod missing_chapter;
mod missing_section;
mod missing_status;
mod nested_too_deep;
mod non_iso_date;
mod overdue_dependency;
mod overdue_question;
mod overdue_record;
mod overdue_review;
mod overdue_revisit;
mod resolved_without_decision;
mod shelf;
mod stale_review;
mod status_drift;
mod superseded_dependency;
mod swallowed_braces;
mod top_findings;
mod unattributed_decision;
mod unclosed_front_matter;
mod undated_decision;
mod undated_question;
mod unfilled_placeholder;
mod unknown_status;
mod unlisted_document;
mod unmapped_milestone;
mod unordered_preprocessor;
mod unowned_question;
mod unreadable_markdown;
mod unused_allow;

use std::sync::LazyLock;

use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Level};
use crate::model::{Chapter, Corpus, Deadline, Document, OpenQuestion, Standing, days_between};
use crate::source::Span;
use allow::Suppression;
use findings::{Findings, counted};
use shelf::Shelf;

pub use attention::{Attention, attention, reports_drift, reports_stale_review};
pub use top_findings::{Limit, TopFindings, top_findings};

/// Every lint, the most urgent first: a build shows only some of the findings, in this order.
pub const LINTS: &[&Lint] = &[
    &unordered_preprocessor::LINT,
    &missing_chapter::LINT,
    &unlisted_document::LINT,
    &already_written::LINT,
    &invalid_marker::LINT,
    &overdue_question::LINT,
    &overdue_dependency::LINT,
    &overdue_record::LINT,
    &overdue_revisit::LINT,
    &overdue_review::LINT,
    &stale_review::LINT,
    &undated_question::LINT,
    &unowned_question::LINT,
    &unmapped_milestone::LINT,
    &resolved_without_decision::LINT,
    &undated_decision::LINT,
    &unattributed_decision::LINT,
    &dangling_supersedes::LINT,
    &conflicting_supersedes::LINT,
    &duplicate_number::LINT,
    &superseded_dependency::LINT,
    &missing_status::LINT,
    &unknown_status::LINT,
    &status_drift::LINT,
    &missing_author::LINT,
    &invalid_date::LINT,
    &ambiguous_date::LINT,
    &date_drift::LINT,
    &approved_without_review::LINT,
    &duplicate_title::LINT,
    &unfilled_placeholder::LINT,
    &missing_section::LINT,
    &broken_anchor::LINT,
    &swallowed_braces::LINT,
    &unclosed_front_matter::LINT,
    &detached_facts::LINT,
    &unreadable_markdown::LINT,
    &nested_too_deep::LINT,
    &mangled_encoding::LINT,
    &non_iso_date::LINT,
    &unused_allow::LINT,
    &allow_without_reason::LINT,
];

/// A lint.
#[derive(Debug)]
pub struct Lint {
    /// Its name in book.toml, on the command line and in every finding: `overdue-question`.
    pub name: &'static str,
    /// The group with which it is enabled or disabled.
    pub group: Group,
    /// The default level.
    pub level: Level,
    /// Its documentation in Markdown: what it finds, why, and what to do. The first paragraph is
    /// the summary.
    pub text: &'static str,
    /// The function that implements it.
    check: Check,
}

/// A group of lints that are enabled or disabled together; a lint's own level overrides its
/// group's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Problems that arise as time passes.
    Time,
    /// Open questions that cannot be acted on.
    Questions,
    /// Decisions that cannot be traced.
    Decisions,
    /// A document's own facts.
    Metadata,
    /// Requirements of a template.
    Template,
    /// Text that the page shows differently from the file.
    Page,
    /// Matters of taste.
    Style,
    /// How the book and its lints are set up.
    Setup,
}

impl Group {
    /// Every group.
    pub const ALL: [Self; 8] = [
        Self::Time,
        Self::Questions,
        Self::Decisions,
        Self::Metadata,
        Self::Template,
        Self::Page,
        Self::Style,
        Self::Setup,
    ];

    /// The name in book.toml and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Questions => "questions",
            Self::Decisions => "decisions",
            Self::Metadata => "metadata",
            Self::Template => "template",
            Self::Page => "page",
            Self::Style => "style",
            Self::Setup => "setup",
        }
    }

    /// A description of the group.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Time => "Problems that arise as time passes. None of these breaks a build unless a team denies it.",
            Self::Questions => "Open questions that cannot be acted on.",
            Self::Decisions => "Decisions that cannot be traced.",
            Self::Metadata => "A document's facts about itself.",
            Self::Template => "What a template asks for.",
            Self::Page => "Text that the built page shows differently from the file.",
            Self::Style => "Matters of taste, allowed unless a team asks for them.",
            Self::Setup => "How the book and its lints are set up.",
        }
    }
}

/// The scope of a lint.
#[derive(Debug, Clone, Copy)]
enum Check {
    /// One document at a time.
    Document(fn(&DocumentView<'_>, &mut Findings<'_>)),
    /// All documents of the book.
    Book(for<'b> fn(&'b BookView<'b>, &mut Findings<'_>)),
    /// The comments that allow findings, after they have been applied.
    Allows(fn(&[Suppression<'_>], &mut Findings<'_>)),
}

/// A book with its configuration, as lints see it.
#[derive(Debug)]
struct BookView<'b> {
    corpus: &'b Corpus,
    config: &'b Config,
    today: Date,
    shelf: Shelf<'b>,
    /// The lints that are not allowed.
    active: Vec<(&'static Lint, Level)>,
}

/// One document of a book.
#[derive(Debug, Clone, Copy)]
struct DocumentView<'b> {
    book: &'b BookView<'b>,
    source: usize,
    chapter: &'b Chapter,
    document: &'b Document,
}

impl<'b> BookView<'b> {
    fn new(corpus: &'b Corpus, config: &'b Config, today: Date) -> Self {
        Self {
            corpus,
            config,
            today,
            shelf: Shelf::new(corpus, config),
            active: active(config),
        }
    }

    /// The file of a chapter.
    fn path(&self, chapter: usize) -> &'b str {
        let chapter = self.corpus.chapters.get(chapter);
        chapter.map_or("", |chapter| chapter.file.as_deref().unwrap_or(&chapter.path))
    }

    /// The place for findings about the document of a chapter as a whole.
    fn head(&self, chapter: usize) -> Span {
        let chapter = self.corpus.chapters.get(chapter);
        let document = chapter.and_then(|chapter| chapter.document.as_ref());
        document.map_or_else(Span::default, |document| document.title.span)
    }

    /// The documents, in the book's order.
    fn pages(&'b self) -> impl Iterator<Item = DocumentView<'b>> {
        self.corpus.documents().map(|(source, chapter, document)| DocumentView {
            book: self,
            source,
            chapter,
            document,
        })
    }
}

impl<'b> DocumentView<'b> {
    /// The chapter's file.
    fn path(&self) -> &'b str {
        self.chapter.file.as_deref().unwrap_or(&self.chapter.path)
    }

    /// The place for findings about the document as a whole: its title, else its beginning.
    fn head(&self) -> Span {
        self.document.title.span
    }

    /// Whether the document is the template itself, which is meant to have gaps.
    fn is_template(&self) -> bool {
        let title = self.document.title.span;
        let chosen = self.book.config.template.as_ref();
        self.has_placeholder(title) || chosen.is_some_and(|path| *path == self.chapter.path || path == self.path())
    }

    /// The open questions, if the document keeps dates or owners of questions: at least one
    /// question must have either.
    fn kept_questions(&self) -> impl Iterator<Item = &OpenQuestion> {
        let questions = &self.document.questions;
        let mut listed = questions.iter();
        let keeps = listed.any(|question| question.due.is_some() || !question.owners.is_empty()) && !self.is_template();
        questions.iter().filter(move |question| keeps && !question.resolved)
    }

    /// The day of a deadline that has passed, and how long ago that was: `3 days`.
    fn passed(&self, due: &Deadline) -> Option<(Date, String)> {
        let (today, soon) = (self.book.today, self.book.config.due_soon_days);
        let day = due.day().filter(|_| due.standing(today, soon) == Standing::Overdue)?;
        Some((day, counted(days_between(day, today), "day")))
    }

    /// Whether `span` contains a placeholder.
    fn has_placeholder(&self, span: Span) -> bool {
        let all = &self.chapter.observed.placeholders;
        let next = all.partition_point(|each| each.span.start < span.start);
        all.get(next).is_some_and(|each| each.span.start < span.end)
    }
}

impl Lint {
    /// Its level in a book with this configuration.
    pub fn level_in(&self, config: &Config) -> Level {
        let levels = &config.lints;
        let set = levels.get(self.name).or_else(|| levels.get(self.group.word()));
        set.copied().unwrap_or(self.level)
    }
}

/// Runs every lint that is not allowed; findings come in the order of the book.
pub fn check(corpus: &Corpus, config: &Config, today: Date) -> Vec<Diagnostic> {
    let book = BookView::new(corpus, config, today);
    let chapters = corpus.chapters.par_iter().enumerate();
    let found: Vec<Vec<Diagnostic>> = chapters
        .map(|(source, chapter)| of_chapter(&book, source, chapter))
        .collect();
    of_book(&book, found.into_iter().flatten().collect())
}

/// Adds the findings about the book as a whole to those of the chapters.
fn of_book<'b>(book: &'b BookView<'b>, mut out: Vec<Diagnostic>) -> Vec<Diagnostic> {
    for &(lint, level) in &book.active {
        if let Check::Book(check) = lint.check {
            check(book, &mut Findings::new(lint.name, level, &mut out));
        }
    }
    let needs_reason = allow_without_reason::LINT.level_in(book.config) != Level::Allow;
    let allows = allow::apply(book.corpus, book.config, needs_reason, &mut out);
    for &(lint, level) in &book.active {
        if let Check::Allows(check) = lint.check {
            check(&allows, &mut Findings::new(lint.name, level, &mut out));
        }
    }
    out.sort_by_key(|diagnostic| diagnostic.place);
    out
}

/// The findings of a single chapter.
fn of_chapter<'b>(book: &'b BookView<'b>, source: usize, chapter: &'b Chapter) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let Some(document) = &chapter.document else {
        return out;
    };
    let page = DocumentView {
        book,
        source,
        chapter,
        document,
    };
    for &(lint, level) in &book.active {
        if let Check::Document(check) = lint.check {
            check(&page, &mut Findings::new(lint.name, level, &mut out));
        }
    }
    out
}

fn active(config: &Config) -> Vec<(&'static Lint, Level)> {
    let all = LINTS.iter().map(|lint| (*lint, lint.level_in(config)));
    all.filter(|(_, level)| *level != Level::Allow).collect()
}

/// The lint of that name.
pub fn find(name: &str) -> Option<&'static Lint> {
    LINTS.iter().copied().find(|lint| lint.name == name)
}

/// The rank of a lint by urgency: 0 comes first.
pub fn rank(name: &str) -> usize {
    static RANKS: LazyLock<FxHashMap<&str, usize>> =
        LazyLock::new(|| (0..).zip(LINTS).map(|(rank, lint)| (lint.name, rank)).collect());
    RANKS.get(name).copied().unwrap_or(LINTS.len())
}

/// The name of every lint.
pub fn names() -> Vec<&'static str> {
    LINTS.iter().map(|lint| lint.name).collect()
}

/// Every name that can be given a level: lints, then groups.
pub fn level_keys() -> Vec<&'static str> {
    let groups = Group::ALL.iter().map(|group| group.word());
    names().into_iter().chain(groups).collect()
}
