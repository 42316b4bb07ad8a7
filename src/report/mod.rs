//! Diagnostics as text for people and programs.

pub mod baseline;
pub mod fingerprint;
pub mod github;
pub mod human;
pub mod json;
pub mod log;
pub mod patch;
pub mod rule;
pub mod run;
pub mod sarif;
pub mod short;

use std::borrow::Cow;
use std::collections::HashMap;

use crate::config::{Problem, locate};
use crate::diagnostic::{Diagnostic, Fix, Level, Place};
use crate::source::{Edit, FilePlace, Lines, Source, Span, line_column};

/// A diagnostic about a text file, as every format writes it.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Its level.
    pub level: Level,
    /// The lint, if it comes from one.
    pub lint: Option<&'a str>,
    /// What is wrong.
    pub message: &'a str,
    /// The text shown under the marked range.
    pub label: Option<&'a str>,
    /// How to fix it.
    pub help: Option<&'a str>,
    /// The change that fixes it.
    pub fix: Option<PlacedFix<'a>>,
    /// Its place.
    pub site: Site<'a>,
}

/// A [`Fix`] with its places in files.
#[derive(Debug, Clone)]
pub struct PlacedFix<'a> {
    /// What it does.
    pub what: &'a str,
    /// The places to replace with their replacements, in the order of the text.
    pub changes: Vec<(Site<'a>, &'a str)>,
}

/// A place in a file, and the text around it.
#[derive(Debug, Clone)]
pub struct Site<'a> {
    /// The path of the file for the reader of the report.
    pub path: String,
    /// The file relative to the book's `src`, which does not depend on where the book is.
    pub file: &'a str,
    /// The line, from 1, and the column in characters, from 1; None for the file as a whole.
    pub at: Option<(usize, usize)>,
    /// The line and column of the end; None also if that is in another file.
    pub end: Option<(usize, usize)>,
    /// Whether the file on disk is known to have that line.
    pub certain: bool,
    /// The text that contains the place.
    pub text: &'a str,
    /// The place in the text.
    pub span: Span,
}

/// Maps the places of diagnostics to a book's files.
#[derive(Debug)]
pub struct Sites<'a> {
    sources: &'a [Source],
    /// The path of the source folder for the reader of the report.
    src: &'a str,
    lines: HashMap<usize, Lines<'a>>,
}

impl<'a> Sites<'a> {
    /// Creates the mapping for a book whose chapters are in `src`.
    pub fn new(sources: &'a [Source], src: &'a str) -> Self {
        Self {
            sources,
            src,
            lines: HashMap::new(),
        }
    }

    /// The entry for `diagnostic`; None if its source does not exist.
    pub fn entry(&mut self, diagnostic: &'a Diagnostic) -> Option<Entry<'a>> {
        Some(Entry {
            level: diagnostic.level,
            lint: Some(diagnostic.lint),
            message: &diagnostic.message,
            label: diagnostic.label.as_deref(),
            help: diagnostic.help.as_deref(),
            fix: diagnostic
                .fix
                .as_ref()
                .and_then(|fix| self.fix(diagnostic.place.source, fix)),
            site: self.site(diagnostic.place)?,
        })
    }

    fn fix(&mut self, source: usize, fix: &'a Fix) -> Option<PlacedFix<'a>> {
        let change = |edit: &'a Edit| {
            let place = Place {
                source,
                span: edit.span,
            };
            Some((self.site(place)?, edit.text.as_str()))
        };
        Some(PlacedFix {
            what: &fix.what,
            changes: fix.edits.iter().map(change).collect::<Option<_>>()?,
        })
    }

    fn site(&mut self, place: Place) -> Option<Site<'a>> {
        let source = self.sources.get(place.source)?;
        let lines = self
            .lines
            .entry(place.source)
            .or_insert_with(|| Lines::new(&source.text));
        let FilePlace {
            file,
            line,
            column,
            certain,
            ..
        } = source.locate(lines, place.span.start);
        let end = source.locate(lines, place.span.end.max(place.span.start));
        // A span that begins in an included file may end in another file.
        let end = (end.file == file).then_some((end.line, end.column));
        Some(Site {
            path: below(self.src, file),
            file,
            at: Some((line, column)),
            end: end.filter(|&end| end >= (line, column)),
            certain,
            text: &source.text,
            span: place.span,
        })
    }
}

/// The entries for problems in book.toml, in its order; `toml` is its text, if it can be read. A
/// value set by an environment variable is shown under that variable; `is_set` returns whether a
/// variable exists.
pub fn problems<'a>(problems: &'a [Problem], toml: Option<&'a str>, is_set: impl Fn(&str) -> bool) -> Vec<Entry<'a>> {
    let entries = problems.iter().map(|each| problem(each, toml, &is_set));
    let mut entries: Vec<_> = entries.collect();
    entries.sort_by_key(|entry| entry.site.at);
    entries
}

fn problem<'a>(problem: &'a Problem, toml: Option<&'a str>, is_set: impl Fn(&str) -> bool) -> Entry<'a> {
    let root = ["preprocessor", "design-docs"];
    let key: Vec<_> = root.into_iter().chain(problem.key.iter().map(String::as_str)).collect();
    // A variable overrides the value in the file; the variable of a table overrides the whole
    // table.
    let tables = (1..=key.len()).rev().map(|length| variable(&key[..length]));
    let set = tables.into_iter().find(|name| is_set(name));
    let in_file = toml.filter(|_| set.is_none());
    let span = in_file.and_then(|toml| locate(toml, &key, problem.part));
    let path = match (set, in_file, span) {
        (Some(name), ..) => name,
        // A value that is not in the file comes from the environment.
        (None, Some(_), None) => variable(&key),
        _ => "book.toml".to_owned(),
    };
    let toml = toml.unwrap_or_default();
    Entry {
        level: if problem.fatal { Level::Deny } else { Level::Warn },
        lint: None,
        message: &problem.message,
        label: None,
        help: problem.help.as_deref(),
        fix: None,
        site: Site {
            path,
            file: "book.toml",
            at: span.map(|span| line_column(toml, span.start)),
            end: span.map(|span| line_column(toml, span.end)),
            certain: true,
            text: toml,
            span: span.unwrap_or_default(),
        },
    }
}

/// The environment variable that sets a key in mdBook.
fn variable(key: &[&str]) -> String {
    format!("MDBOOK_{}", key.join("__").replace('-', "_").to_uppercase())
}

/// The path of `file`, which is relative to `src`, normalised: `src/a/../../b.md` is `b.md`.
pub fn below(src: &str, file: &str) -> String {
    let mut parts: Vec<Cow<'_, str>> = Vec::new();
    let joined = if file.starts_with('/') || src.is_empty() {
        file.to_owned()
    } else {
        format!("{src}/{file}")
    };
    for part in joined.split('/') {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| last != "..") => drop(parts.pop()),
            _ => parts.push(part.into()),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_root() {
        assert_eq!(below("src", "payments/refunds.md"), "src/payments/refunds.md");
        assert_eq!(below(".", "refunds.md"), "refunds.md");
        assert_eq!(below(&below(".", "."), "refunds.md"), "refunds.md");
        assert_eq!(below("src", "a/../../code/x.rs"), "code/x.rs");
        assert_eq!(below("src", "../../x.md"), "../x.md");
        assert_eq!(below("src", "/tmp/x.md"), "/tmp/x.md");
    }
}
