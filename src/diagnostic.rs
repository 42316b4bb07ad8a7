//! What is said about a document: one finding, at one place, under one lint's name.

use std::borrow::Cow;

use crate::source::{Edit, Span};

/// How loud a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not reported.
    Allow,
    /// Reported; never breaks a build or a gate.
    Warn,
    /// Reported, and `check` exits with 1.
    Deny,
}

impl Level {
    /// The word used in book.toml and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }

    /// The level that `word` names.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Allow, Self::Warn, Self::Deny]
            .into_iter()
            .find(|level| level.word() == word)
    }
}

/// Where a finding stands. There is no finding without a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Index of the source among the book's.
    pub source: usize,
    /// The author's own bytes.
    pub span: Span,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The lint's name: `overdue-question`.
    pub lint: &'static str,
    /// How loud.
    pub level: Level,
    /// Where.
    pub place: Place,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What stands under the marked text.
    pub label: Option<Cow<'static, str>>,
    /// How to put it right.
    pub help: Option<Cow<'static, str>>,
    /// The change that puts it right, where it is certain.
    pub fix: Option<Box<Fix>>,
}

/// A change to one source that puts a finding right and means the same to a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an order: "write it as UTF-8".
    pub what: String,
    /// Sorted and disjoint.
    pub edits: Vec<Edit>,
}
