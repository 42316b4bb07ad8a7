//! What is wrong with a book's design documents.
//!
//! A lint is one file of code and one text of the same name. The text is its documentation
//! everywhere; [`LINTS`] is the one list of them. To add a lint, add the two files and a line.

mod overdue_question;

use jiff::civil::Date;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Level, Place};
use crate::model::Corpus;
use crate::source::Span;

/// Every lint, by name.
pub const LINTS: &[&Lint] = &[&overdue_question::LINT];

/// One thing that can be wrong.
#[derive(Debug)]
pub struct Lint {
    /// Its name in book.toml, on the command line and in every finding: `overdue-question`.
    pub name: &'static str,
    /// How loud it is where nobody has said otherwise.
    pub level: Level,
    /// What it says, why, and what to do: Markdown that begins with a sentence of its own.
    pub text: &'static str,
    /// Finds it.
    check: fn(&Book<'_>, &mut Findings<'_>),
}

/// What a lint looks at.
#[derive(Debug, Clone, Copy)]
struct Book<'b> {
    corpus: &'b Corpus,
    config: &'b Config,
    today: Date,
}

/// Collects what one lint finds.
struct Findings<'f> {
    lint: &'static str,
    level: Level,
    out: &'f mut Vec<Diagnostic>,
}

impl Findings<'_> {
    /// Adds a finding: what is wrong at `span` of a source, and how to put it right.
    fn add(&mut self, source: usize, span: Span, message: String, label: Option<String>, help: Option<String>) {
        let place = Place { source, span };
        self.out.push(Diagnostic {
            lint: self.lint,
            level: self.level,
            place,
            message,
            label,
            help,
            fix: None,
        });
    }
}

/// Runs every lint that is not allowed; findings come in the order of the book.
pub fn check(corpus: &Corpus, config: &Config, today: Date) -> Vec<Diagnostic> {
    let book = Book { corpus, config, today };
    let mut out = Vec::new();
    for lint in LINTS {
        let level = config.lints.get(lint.name).copied().unwrap_or(lint.level);
        if level != Level::Allow {
            (lint.check)(
                &book,
                &mut Findings {
                    lint: lint.name,
                    level,
                    out: &mut out,
                },
            );
        }
    }
    out.sort_by_key(|diagnostic| diagnostic.place);
    out
}

/// The name of every lint.
pub fn names() -> Vec<&'static str> {
    LINTS.iter().map(|lint| lint.name).collect()
}
