//! `diff`: what two versions of a book say differently, for a pull request, a chat or a program.

mod markdown;
pub(super) mod news;
mod said;

use std::collections::HashSet;

use serde::Serialize;

use super::{ExportInput, link};
use crate::config::GENERATOR;
use crate::diagnostic::harmless_json;
use crate::history::{Change, Subject};
use crate::model::{Chapter, days_between};
use crate::source::Source;

pub use markdown::markdown;
pub use news::News;

/// Two versions of a book, and what they say differently.
#[derive(Debug, Clone, Copy)]
pub struct Diff<'a> {
    /// The old version.
    pub old: ExportInput<'a>,
    /// The new version.
    pub new: ExportInput<'a>,
    /// The commit of the old version.
    pub base: &'a str,
    /// The commit of the new version; None for the working tree.
    pub head: Option<&'a str>,
    /// The changes.
    pub changes: &'a [Change],
    /// The findings that only the new version has; None if they are not wanted.
    pub findings: Option<&'a [NewFinding]>,
}

/// A finding that only the new version has.
#[derive(Debug, Clone, Serialize)]
pub struct NewFinding {
    /// The lint.
    pub lint: &'static str,
    /// Its level: `warn` or `deny`.
    pub level: &'static str,
    /// What is wrong.
    pub message: String,
    /// The file, relative to `src`.
    pub path: String,
    /// The line in it.
    pub line: Option<usize>,
}

/// A change with its place, as a note for the reviewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The kind of the change in one word: `deadline-moved`.
    pub title: &'static str,
    /// The file, relative to `src`; None if it is gone.
    pub path: Option<String>,
    /// The line in it.
    pub line: Option<usize>,
    /// What has changed, in one sentence.
    pub message: String,
}

impl<'a> Diff<'a> {
    /// Whether the two versions say the same.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.findings.is_none_or(<[_]>::is_empty)
    }

    /// The version in which a change stands.
    fn side(&self, change: &Change) -> &ExportInput<'a> {
        if change.is_new { &self.new } else { &self.old }
    }

    /// The title of the document that has changed.
    fn title(&self, change: &Change) -> &'a str {
        let side = self.side(change);
        side.corpus.chapters.get(change.chapter).map_or("", Chapter::title)
    }

    /// The address of the changed place in the published book. What is gone has none.
    fn url(&self, change: &Change) -> Option<String> {
        let book = &self.new;
        let base = book.base_url.filter(|_| change.is_new)?;
        let chapter = book.corpus.chapters.get(change.chapter)?;
        let document = chapter.document.as_ref()?;
        let anchor = match change.subject {
            Subject::Document => "",
            Subject::Decision(at) => link::decision_anchor(document.decisions.get(at)?, book.config),
            Subject::Question(at) => link::question_anchor(document.questions.get(at)?, book.config),
        };
        Some(link::page(base, chapter, anchor))
    }

    /// The id of the question or the decision in its document.
    fn id(&self, change: &Change) -> Option<&'a str> {
        let chapter = self.side(change).corpus.chapters.get(change.chapter)?;
        let document = chapter.document.as_ref()?;
        match change.subject {
            Subject::Document => None,
            Subject::Decision(at) => Some(&document.decisions.get(at)?.id),
            Subject::Question(at) => Some(&document.questions.get(at)?.id),
        }
    }

    fn as_json(&self, change: &'a Change) -> JsonChange<'a> {
        JsonChange {
            kind: change.kind.word(),
            path: &change.path,
            line: change.line,
            id: self.id(change),
            text: &change.text,
            from: change.from.as_deref(),
            to: change.to.as_deref(),
            url: self.url(change),
        }
    }

    /// The changes and findings as notes at their lines.
    pub fn notes(&self) -> Vec<Note> {
        let files: HashSet<&str> = self.new.sources.iter().map(Source::shown_path).collect();
        let changes = self.changes.iter().map(|change| Note {
            title: change.kind.word(),
            path: Some(change.path.clone()).filter(|path| files.contains(path.as_str())),
            line: change.line,
            message: said::plain(change),
        });
        let findings = self.findings.unwrap_or_default().iter().map(|finding| Note {
            title: finding.lint,
            path: Some(finding.path.clone()),
            line: finding.line,
            message: finding.message.clone(),
        });
        changes.chain(findings).collect()
    }
}

#[derive(Serialize)]
struct Json<'a> {
    schema_version: u32,
    generator: &'static str,
    base: &'a str,
    head: Option<&'a str>,
    changes: Vec<JsonChange<'a>>,
    findings: Option<&'a [NewFinding]>,
}

#[derive(Serialize)]
pub(super) struct JsonChange<'a> {
    kind: &'static str,
    path: &'a str,
    line: Option<usize>,
    id: Option<&'a str>,
    text: &'a str,
    from: Option<&'a str>,
    to: Option<&'a str>,
    url: Option<String>,
}

/// The changes as JSON, version 1.
///
/// # Errors
/// None in practice: serde_json can write plain data.
pub fn json(diff: &Diff<'_>) -> serde_json::Result<String> {
    let json = Json {
        schema_version: 1,
        generator: GENERATOR,
        base: diff.base,
        head: diff.head,
        changes: diff.changes.iter().map(|change| diff.as_json(change)).collect(),
        findings: diff.findings,
    };
    Ok(harmless_json(serde_json::to_string_pretty(&json)?) + "\n")
}

/// The days from one date to another, if both are dates.
fn days(from: &str, to: &str) -> Option<i64> {
    Some(days_between(from.parse().ok()?, to.parse().ok()?))
}
