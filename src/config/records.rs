//! The kinds of records in a book's registers: the built-in ones, and those that a team declares in
//! `[preprocessor.design-docs.records]`. Both have the same form and are read alike.

use std::collections::BTreeSet;

use serde_json::Value;

use super::value::{Reader, entries};
use crate::diagnostic::nearest_name;

/// A kind of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordKind {
    /// The name in its marker, its page's file name and exports: `risks`.
    pub name: String,
    /// The headings of its sections. Those of the built-in kinds are in the vocabulary files.
    pub sections: Vec<String>,
    /// Its labels and columns; the first is the text of the record.
    pub columns: Vec<String>,
    /// The column that has the deadline.
    pub deadline: Option<usize>,
    /// The form of a list of records, and the order in which they are sorted.
    pub form: Form,
}

/// Properties that only built-in kinds have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Form {
    /// A text with facts.
    #[default]
    Facts,
    /// `Word: what it means`.
    Pair,
    /// A sentence with its date anywhere in it.
    Sentence,
}

impl RecordKind {
    /// The number of built-in kinds; they come first.
    pub const OURS: usize = 4;
    /// The index of the timeline dependencies.
    pub const DEPENDENCIES: usize = 2;

    /// The built-in kinds.
    pub fn ours() -> Vec<Self> {
        let kind = |name: &str, columns: &[&str], deadline, form| Self {
            name: name.to_owned(),
            sections: Vec::new(),
            columns: columns.iter().map(|&column| column.to_owned()).collect(),
            deadline,
            form,
        };
        vec![
            kind("risks", &["Risk", "Severity", "Mitigation"], None, Form::Facts),
            kind(
                "alerts",
                &["Alert", "Severity", "Condition", "Action"],
                None,
                Form::Facts,
            ),
            kind("dependencies", &["Dependency", "Date"], Some(1), Form::Sentence),
            kind("glossary", &["Term", "Definition"], None, Form::Pair),
        ]
    }
}

/// Marker names that are reserved.
const TAKEN: [&str; 7] = [
    "design-docs", "decision-log", "open-questions", "people", "registers", "this-week", "toc",
];

/// The maximum number of a team's own kinds that a heading can be compared with.
const MOST: usize = 32;

/// The built-in kinds, followed by the team's own.
pub(super) fn records(r: &mut Reader, value: &Value) -> Vec<RecordKind> {
    let mut kinds = RecordKind::ours();
    r.each(value, |r, name, value| {
        let is_word = |ch: char| ch.is_ascii_lowercase() || ch.is_ascii_digit() || ch == '-';
        if TAKEN.contains(&name) || kinds.iter().any(|kind| kind.name == name) {
            let help = "take another name; it is that of the marker and of the page";
            r.wrong_key(format!("`{name}` is a kind or an index of ours"), help);
        } else if name.is_empty() || !name.chars().all(is_word) {
            let help = "it becomes a file and a comment: use small letters, digits and hyphens, as `tech-debt`";
            r.wrong_key(format!("`{name}` cannot be the name of a kind of records"), help);
        } else if kinds.len() == RecordKind::OURS + MOST {
            r.wrong_key(
                format!("there are more than {MOST} kinds of records"),
                "leave out what no document has",
            );
        } else {
            kinds.extend(kind(r, name, value));
        }
    });
    kinds
}

fn kind(r: &mut Reader, name: &str, value: &Value) -> Option<RecordKind> {
    let (mut sections, mut columns, mut deadline) = (None, None, None);
    let before = r.problems.len();
    r.table(
        value,
        &mut [
            ("sections", &mut |r, value| sections = words(r, value)),
            ("columns", &mut |r, value| columns = words(r, value)),
            ("deadline", &mut |r, value| deadline = r.string(value)),
        ],
    );
    let table = entries(value)?;
    // Errors in the table come first; missing keys are reported only for a table without errors.
    let lacks = ["sections", "columns"]
        .into_iter()
        .filter(|key| !table.contains_key(*key));
    if r.problems.len() == before {
        lacks.for_each(|key| r.missing(key));
    }
    let (sections, columns) = (sections?, columns?);
    let mut at = None;
    if let Some(wanted) = deadline {
        r.within("deadline", false, |r| at = column(r, &wanted, &columns));
        at?;
    }
    Some(RecordKind {
        name: name.to_owned(),
        sections,
        columns,
        deadline: at,
        form: Form::Facts,
    })
}

/// A non-empty list of distinct words.
fn words(r: &mut Reader, value: &Value) -> Option<Vec<String>> {
    let words = r.strings(value)?;
    let words: Vec<String> = words.iter().map(|word| word.trim().to_owned()).collect();
    let mut seen = BTreeSet::new();
    let is_sound = !words.is_empty()
        && words
            .iter()
            .all(|word| !word.is_empty() && seen.insert(word.to_lowercase()));
    if !is_sound {
        r.expected("a list of different words, one at least", value);
    }
    is_sound.then_some(words)
}

/// The index of the column `name`; the first column is the text.
fn column(r: &mut Reader, name: &str, columns: &[String]) -> Option<usize> {
    let is_it = |column: &String| column.eq_ignore_ascii_case(name);
    let at = columns.iter().skip(1).position(is_it);
    if at.is_none() {
        let others = || columns.iter().skip(1).map(String::as_str);
        let help = match nearest_name(name, others()) {
            Some(word) => format!("did you mean `{word}`?"),
            None => "the first column is the text; a deadline stands in one behind it".to_owned(),
        };
        r.wrong("one of `columns`, but not the first", &name.into(), Some(help));
    }
    at.map(|at| at + 1)
}
