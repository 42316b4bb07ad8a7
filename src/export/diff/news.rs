//! What is new since a day or a version, for the digest.

use serde::Serialize;

use super::markdown::{counts, noun, said};
use super::{Diff, JsonChange};
use crate::export::digest::{Choice, escaped};
use crate::export::record::is_named;
use crate::history::{Change, Subject};

/// What is new since a day or a version.
#[derive(Debug, Clone, Copy)]
pub struct News<'a> {
    /// The day, or the version as it was named.
    pub since: &'a str,
    /// What has changed.
    pub diff: Diff<'a>,
}

/// The same in JSON.
#[derive(Serialize)]
pub(in crate::export) struct Since<'a> {
    from: &'a str,
    base: &'a str,
    changes: Vec<JsonChange<'a>>,
}

pub(in crate::export) fn json<'a>(news: &News<'a>, choice: Choice<'_>) -> Since<'a> {
    let changes = news.diff.changes.iter();
    let wanted = changes.filter(|change| news.diff.is_for(change, choice.owner));
    Since {
        from: news.since,
        base: news.diff.base,
        changes: wanted.map(|change| news.diff.as_json(change)).collect(),
    }
}

/// A sentence, and a line for each change; only the sentence if nothing is new.
pub(in crate::export) fn markdown(news: &News<'_>, choice: Choice<'_>) -> String {
    let since = escaped(news.since);
    let changes = news.diff.changes.iter();
    let wanted: Vec<&Change> = changes
        .filter(|change| news.diff.is_for(change, choice.owner))
        .collect();
    if wanted.is_empty() {
        return format!("Nothing is new since {since}.\n\n");
    }
    let mut out = format!(
        "**New since {since}:** {}.\n\n",
        counts(wanted.iter().copied()).join(", ")
    );
    let shown = wanted.len().min(choice.limit.unwrap_or(usize::MAX));
    for change in &wanted[..shown] {
        let document = escaped(news.diff.title(change));
        let place = match change.subject {
            Subject::Document if document == escaped(&change.text) => String::new(),
            _ => format!(" – *{document}*"),
        };
        out += &format!("- {}{place}\n", said(&news.diff, change, ""));
    }
    if shown < wanted.len() {
        out += &format!(
            "\n… and {} more {}.\n",
            wanted.len() - shown,
            noun(wanted.len() - shown)
        );
    }
    out + "\n"
}

impl Diff<'_> {
    /// Whether a change is about a question of `owner`, or about a document of theirs. Without an owner, all
    /// are wanted.
    fn is_for(&self, change: &Change, owner: Option<&str>) -> bool {
        let Some(owner) = owner else { return true };
        let chapter = self.side(change).corpus.chapters.get(change.chapter);
        let Some(document) = chapter.and_then(|chapter| chapter.document.as_ref()) else {
            return false;
        };
        let people = match change.subject {
            Subject::Question(at) => document.questions.get(at).map_or(&[][..], |question| &question.owners),
            _ => document.owners(),
        };
        people.iter().any(|person| is_named(person, owner))
    }
}
