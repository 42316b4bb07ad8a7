//! What is wrong with a book's design documents.
//!
//! A lint is one file of code and one text of the same name. The text is its documentation
//! everywhere; [`LINTS`] is the one list of them. To add a lint, add the two files and a line.
//! Lints look at the [`model`](crate::model) alone: what they need is read by `parse`.

mod allow;
mod allow_without_reason;
mod already_written;
mod ambiguous_date;
mod approved_without_review;
mod broken_anchor;
mod conflicting_supersedes;
mod dangling_supersedes;
mod date_drift;
mod dates;
mod detached_facts;
mod duplicate_title;
mod findings;
mod invalid_date;
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
mod resolved_without_decision;
mod shelf;
mod stale_review;
mod status_drift;
mod succession;
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
use crate::model::{Chapter, Corpus, Document, OpenQuestion};
use crate::source::Span;
use allow::Suppression;
use findings::Findings;
use shelf::Shelf;

pub use top_findings::{Limit, TopFindings, top_findings};

/// Every lint, the most pressing first: a build that has no room for all findings shows them in
/// this order.
pub const LINTS: &[&Lint] = &[
    &unordered_preprocessor::LINT,
    &missing_chapter::LINT,
    &unlisted_document::LINT,
    &already_written::LINT,
    &overdue_question::LINT,
    &overdue_dependency::LINT,
    &overdue_record::LINT,
    &stale_review::LINT,
    &undated_question::LINT,
    &unowned_question::LINT,
    &unmapped_milestone::LINT,
    &resolved_without_decision::LINT,
    &undated_decision::LINT,
    &unattributed_decision::LINT,
    &dangling_supersedes::LINT,
    &conflicting_supersedes::LINT,
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

/// One thing that can be wrong.
#[derive(Debug)]
pub struct Lint {
    /// Its name in book.toml, on the command line and in every finding: `overdue-question`.
    pub name: &'static str,
    /// The lints that are switched together with it.
    pub group: Group,
    /// How loud it is where nobody has said otherwise.
    pub level: Level,
    /// What it says, why, and what to do: Markdown that begins with a sentence of its own.
    pub text: &'static str,
    /// Finds it.
    check: Check,
}

/// Lints that are switched together; a lint's own level stands above its group's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// What a passing day makes wrong.
    Time,
    /// Open questions that cannot be acted on.
    Questions,
    /// Decisions that cannot be traced.
    Decisions,
    /// A document's own facts.
    Metadata,
    /// What a template asks for.
    Template,
    /// What the page shows otherwise than the file.
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

    /// What its lints have in common.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Time => "What a passing day makes wrong. None of these breaks a build unless a team denies it.",
            Self::Questions => "Open questions that cannot be acted on.",
            Self::Decisions => "Decisions that cannot be traced.",
            Self::Metadata => "A document's facts about itself.",
            Self::Template => "What a template asks for.",
            Self::Page => "What the built page shows otherwise than the file.",
            Self::Style => "Matters of taste, allowed unless a team asks for them.",
            Self::Setup => "How the book and its lints are set up.",
        }
    }
}

/// What a lint looks at.
#[derive(Debug, Clone, Copy)]
enum Check {
    /// One document at a time.
    Document(fn(&DocumentView<'_>, &mut Findings<'_>)),
    /// The documents beside one another.
    Book(for<'b> fn(&'b BookView<'b>, &mut Findings<'_>)),
    /// The comments that allow findings, once it is known what they did.
    Allows(fn(&[Suppression<'_>], &mut Findings<'_>)),
}

/// A book, and what is known about it.
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

    /// The place that stands for the document as a whole: its title, else its beginning.
    fn head(&self) -> Span {
        self.document.title.span
    }

    /// Whether the document is the template itself: what it lacks is for others to fill in.
    fn is_template(&self) -> bool {
        let title = self.document.title.span;
        let chosen = self.book.config.template.as_ref();
        self.has_placeholder(title) || chosen.is_some_and(|path| *path == self.chapter.path || path == self.path())
    }

    /// The open questions, where the team keeps dates and owners of them: where none has either,
    /// it does not.
    fn kept_questions(&self) -> impl Iterator<Item = &OpenQuestion> {
        let questions = &self.document.questions;
        let mut told = questions.iter();
        let keeps = told.any(|question| question.due.is_some() || !question.owners.is_empty()) && !self.is_template();
        questions.iter().filter(move |question| keeps && !question.resolved)
    }

    /// Whether something within `span` is still to be filled in.
    fn has_placeholder(&self, span: Span) -> bool {
        let all = &self.chapter.observed.placeholders;
        let next = all.partition_point(|each| each.span.start < span.start);
        all.get(next).is_some_and(|each| each.span.start < span.end)
    }
}

impl Lint {
    /// How loud it is in a book with this configuration.
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

/// Adds to the findings of the chapters what is found in the book as a whole.
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

/// What the lints find in a chapter by itself.
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

/// How pressing a lint is beside the others: 0 comes first.
pub fn rank(name: &str) -> usize {
    static RANKS: LazyLock<FxHashMap<&str, usize>> =
        LazyLock::new(|| (0..).zip(LINTS).map(|(rank, lint)| (lint.name, rank)).collect());
    RANKS.get(name).copied().unwrap_or(LINTS.len())
}

/// The name of every lint.
pub fn names() -> Vec<&'static str> {
    LINTS.iter().map(|lint| lint.name).collect()
}

/// Every name that can be given a level: the lints', then the groups'.
pub fn level_keys() -> Vec<&'static str> {
    let groups = Group::ALL.iter().map(|group| group.word());
    names().into_iter().chain(groups).collect()
}
