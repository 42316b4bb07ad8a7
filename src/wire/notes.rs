//! The messages of a build on stderr, in the format of the calling mdBook's log.

use std::fmt;
use std::fs;

use crate::Analysis;
use crate::config::Problem;
use crate::diagnostic::{Level, harmless};
use crate::lint::{Limit, TopFindings};
use crate::report::log::{Form, Log, SHOWN, Threshold};
use crate::report::{self, Sites};
use crate::source::{Chapters, Origin};
use crate::wire::book::origin;
use crate::wire::context::Context;

/// The environment in which a build's notes are read. The default has no colours, no time and no
/// variables.
#[derive(Default)]
pub struct Console {
    /// Whether to use colours.
    pub colour: bool,
    /// The date and time as mdBook 0.4 writes it, `2026-11-23 00:22:48`.
    pub stamp: Option<fn() -> String>,
    /// The value of an environment variable: `RUST_LOG`, `MDBOOK_LOG`, or one that sets a key of
    /// book.toml.
    pub variable: Option<fn(&str) -> Option<String>>,
}

impl fmt::Debug for Console {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Console")
            .field("colour", &self.colour)
            .finish_non_exhaustive()
    }
}

impl Console {
    /// Whether an environment variable is set.
    fn is_set(&self, name: &str) -> bool {
        self.variable.is_some_and(|variable| variable(name).is_some())
    }

    /// A log in the format of the calling mdBook.
    pub(super) fn log(&self, context: &Context) -> Log {
        let is_v04 = context.is_v04();
        let name = if is_v04 { "RUST_LOG" } else { "MDBOOK_LOG" };
        let directives = self.variable.and_then(|variable| variable(name));
        Log {
            form: if is_v04 {
                let stamp = self.stamp.map(|stamp| stamp()).unwrap_or_default();
                Form::V04 { stamp }
            } else {
                let target = directives.is_some();
                Form::V05 { target }
            },
            colour: self.colour,
            least: directives.map_or_else(Threshold::default, |text| Threshold::from_directives(&text)),
        }
    }
}

/// The problems in book.toml, each with its help.
pub(super) fn problems(context: &Context, problems: &[Problem], console: &Console, log: &Log) -> String {
    if problems.is_empty() {
        return String::new();
    }
    let toml = fs::read_to_string(context.folder().join("book.toml")).ok();
    let mut said = String::new();
    for entry in report::problems(problems, toml.as_deref(), |name| console.is_set(name)) {
        let text = log.entry(&entry);
        let help = entry.help.filter(|_| !text.is_empty());
        said += &text;
        said.extend(help.map(|help| format!("  help: {}\n", harmless(help, &[]))));
    }
    said
}

/// The message about appended chapters for a renderer that leaves them out, if there are any.
pub(super) fn left_out(analysis: &Analysis, log: &Log) -> Option<String> {
    let pages = analysis.pages();
    let chapters = pages.appended();
    let names: Vec<String> = chapters.iter().map(|chapter| format!("\"{}\"", chapter.name)).collect();
    let mut markers: Vec<String> = chapters.iter().map(|chapter| format!("`{}`", chapter.marker)).collect();
    markers.dedup();
    let note = format!(
        "this renderer leaves out the chapters {}, which have no file; put their markers into chapters of \
         SUMMARY.md: {}",
        names.join(", "),
        markers.join(", ")
    );
    (!names.is_empty()).then(|| log.line(Level::Warn, &note))
}

/// The findings that a build shows.
pub(super) fn limit(log: &Log) -> Limit {
    let least = if log.shows(Level::Warn) {
        Level::Warn
    } else {
        Level::Deny
    };
    Limit { most: SHOWN, least }
}

/// The first findings, errors before warnings and then by urgency, and a hint on how to see the
/// rest.
pub(super) fn findings(context: &Context, book: &(impl Chapters + ?Sized), top: TopFindings, log: &Log) -> String {
    let mut shown = top.findings;
    let src = context.folder().join(context.src());
    // Opens only the chapters of findings that are shown, and handles each diagnostic separately.
    let mut sources = Vec::with_capacity(shown.len());
    for diagnostic in &mut shown {
        let mut source = book.open(diagnostic.place.source).into_owned();
        if source.origin == Origin::Passed {
            origin::recover(&mut source, &src);
        }
        diagnostic.place.source = sources.len();
        sources.push(source);
    }
    let mut sites = Sites::new(&sources, context.src());
    let mut said = String::new();
    for diagnostic in &shown {
        said.extend(sites.entry(diagnostic).map(|entry| log.entry(&entry)));
    }
    if let Some(level) = top.loudest {
        let findings = if top.left_out == 1 { "finding" } else { "findings" };
        let message = format!(
            "{} more {findings}: run `mdbook-design-docs check` to see all",
            top.left_out
        );
        said += &log.line(level, &message);
    }
    said
}
