//! Diagnostics as JSON, schema version 1: `schemas/diagnostics-1.json` specifies what programs may
//! rely on.

use serde::Serialize;

use super::run::Run;
use super::{Entry, PlacedFix, Site, fingerprint};
use crate::config::GENERATOR;
use crate::diagnostic::{harmless, harmless_json};

/// The version of the schema.
pub const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    generator: &'static str,
    as_of: String,
    book: &'a str,
    documents: usize,
    known: usize,
    unread: &'a [String],
    diagnostics: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Finding<'a> {
    lint: Option<&'a str>,
    level: &'static str,
    message: String,
    label: Option<String>,
    help: Option<String>,
    #[serde(flatten)]
    place: Location<'a>,
    line_is_certain: bool,
    fingerprint: String,
    fix: Option<Fix<'a>>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    start: Option<Point>,
    end: Option<Point>,
}

#[derive(Serialize)]
struct Point {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Fix<'a> {
    what: String,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    #[serde(flatten)]
    place: Location<'a>,
    text: &'a str,
}

/// The report, followed by a line end.
///
/// # Errors
/// None in practice: every value can be written.
pub fn json(run: &Run<'_>) -> serde_json::Result<String> {
    let prints = fingerprint::numbered(run.entries);
    let document = Document {
        schema_version: SCHEMA_VERSION,
        generator: GENERATOR,
        as_of: run.as_of.to_string(),
        book: run.book,
        documents: run.documents,
        known: run.known,
        unread: run.unread,
        diagnostics: run
            .entries
            .iter()
            .zip(prints)
            .map(|(entry, print)| finding(entry, print))
            .collect(),
    };
    serde_json::to_string_pretty(&document).map(|text| harmless_json(text) + "\n")
}

fn finding<'a>(entry: &'a Entry<'a>, fingerprint: String) -> Finding<'a> {
    Finding {
        lint: entry.lint,
        level: entry.level.word(),
        message: shown(entry.message),
        label: entry.label.map(shown),
        help: entry.help.map(shown),
        place: place(&entry.site),
        line_is_certain: entry.site.certain,
        fingerprint,
        fix: entry.fix.as_ref().map(fix),
    }
}

fn fix<'a>(fix: &'a PlacedFix<'a>) -> Fix<'a> {
    let edit = |(site, text): &'a (Site<'a>, &'a str)| Edit {
        place: place(site),
        text,
    };
    Fix {
        what: shown(fix.what),
        edits: fix.changes.iter().map(edit).collect(),
    }
}

/// Text for people, without harmful characters; places and edits are data and are left as they are.
fn shown(text: &str) -> String {
    harmless(text, &['\n'])
}

fn place<'a>(site: &'a Site<'a>) -> Location<'a> {
    let point = |(line, column)| Point { line, column };
    Location {
        path: &site.path,
        start: site.at.map(point),
        end: site.end.map(point),
    }
}
