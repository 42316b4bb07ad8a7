//! Reads `[preprocessor.design-docs]` and collects its problems.

use std::collections::BTreeMap;

use serde_json::Value;

use super::records::records;
use super::value::{Reader, entries};
use super::{Config, DateOrder, Download, External, Index, Part, StatusClass, StatusWord, Toc};
use crate::diagnostic::Level;

/// The configuration and its problems.
#[derive(Debug, Default)]
pub struct Read {
    /// The settings that could be read, with defaults for the others.
    pub config: Config,
    /// The settings that could not be read.
    pub problems: Vec<Problem>,
}

/// A problem with one key of book.toml.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The key's path below `preprocessor.design-docs`: `["toc", "depth"]`.
    pub key: Vec<String>,
    /// Whether the key or its value is wrong.
    pub part: Part,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Whether continuing would do something other than what was asked for.
    pub fatal: bool,
}

/// The keys of every preprocessor's table that mdBook itself reads.
pub const MDBOOK_KEYS: &[&str] = &["command", "before", "after", "renderers", "renderer", "optional"];

/// Our keys.
pub const KEYS: &[&str] = &[
    "include", "exclude", "timezone", "today", "due-soon-days", "stale-page-days", "date-order", "header", "toc",
    "badges", "index", "history", "languages", "statuses", "milestones", "labels", "sections", "lints", "template",
    "stale-review-days", "base-url", "external", "records",
];

/// The fields for which `labels` may name further labels.
pub const FIELDS: &[&str] = &[
    "author", "reviewer", "approver", "decider", "status", "created", "updated", "revisit", "review-until",
    "target-release", "link", "tags", "affects", "due", "owner", "context", "answer",
];

/// The languages whose words we have, by their codes.
pub const LANGUAGES: &[&str] = &["en", "de", "fr", "es", "pt", "ja", "zh"];

/// The sections for which `sections` may name further headings.
pub const SECTIONS: &[&str] = &[
    "metadata", "contents", "open-questions", "resolved-questions", "decision-log", "decision", "status", "date",
    "authors", "deciders", "reviewers", "approvers", "timeline", "rollout", "review-history", "out-of-scope", "risks",
    "alerts", "dependencies", "glossary",
];

/// The classes that `statuses` may name.
pub const CLASSES: [StatusClass; 6] = [
    StatusClass::Draft,
    StatusClass::Review,
    StatusClass::Agreed,
    StatusClass::Done,
    StatusClass::Paused,
    StatusClass::Closed,
];

/// Reads the table's value. `lints` are the names of all lints and groups; if empty, every name is
/// accepted.
pub fn read(table: &Value, lints: &[&str]) -> Read {
    let mut reader = Reader::default();
    let mut config = Config::default();
    let r = &mut reader;
    r.each(table, |r, key, value| {
        match key {
            "include" => config.include = r.globs(value),
            "exclude" => config.exclude = r.globs(value),
            "timezone" => config.timezone = r.timezone(value),
            "today" => config.today = r.date(value),
            "due-soon-days" => r.number(value, 0..=3650, &mut config.due_soon_days),
            "stale-page-days" => r.number(value, 0..=3650, &mut config.stale_page_days),
            "date-order" => config.date_order = date_order(r, value),
            "base-url" => config.base_url = r.base_url(value),
            "external" => config.external = external(r, value),
            "records" => config.records = records(r, value),
            "header" => enabled(r, value, &mut config.header.enabled),
            "toc" => toc(r, value, &mut config.toc),
            "badges" => enabled(r, value, &mut config.badges.enabled),
            "index" => index(r, value, &mut config.index),
            "history" => enabled(r, value, &mut config.history.enabled),
            "statuses" => config.statuses = statuses(r, value),
            "milestones" => config.milestones = milestones(r, value),
            "languages" => config.languages = languages(r, value),
            "labels" => config.labels = words_by_name(r, value, "field", FIELDS),
            "sections" => config.sections = words_by_name(r, value, "section", SECTIONS),
            "lints" => config.lints = levels(r, value, lints),
            "template" => config.template = r.path(value),
            "stale-review-days" => r.number(value, 1..=3650, &mut config.stale_review_days),
            // mdBook itself reads these; `check` reports values that would stop it.
            "command" => drop(r.text(value)),
            "before" | "after" | "renderers" => drop(r.list_of_strings(value)),
            "optional" => r.switch(value, &mut true),
            _ if MDBOOK_KEYS.contains(&key) => {}
            _ => r.unknown(key, "key", &[KEYS, MDBOOK_KEYS].concat()),
        };
    });
    Read {
        config,
        problems: reader.problems,
    }
}

fn toc(r: &mut Reader, value: &Value, into: &mut Toc) {
    r.table(
        value,
        &mut [
            ("enabled", &mut |r, value| r.switch(value, &mut into.enabled)),
            ("depth", &mut |r, value| r.number(value, 2..=6, &mut into.depth)),
        ],
    );
}

/// A table with `enabled` as its only key.
fn enabled(r: &mut Reader, value: &Value, into: &mut bool) {
    r.table(value, &mut [("enabled", &mut |r, value| r.switch(value, into))]);
}

fn index(r: &mut Reader, value: &Value, into: &mut Index) {
    r.table(
        value,
        &mut [
            ("enabled", &mut |r, value| r.switch(value, &mut into.enabled)),
            ("downloads", &mut |r, value| into.downloads = downloads(r, value)),
            ("this-week", &mut |r, value| r.switch(value, &mut into.this_week)),
            ("people", &mut |r, value| r.switch(value, &mut into.people)),
            ("registers", &mut |r, value| r.switch(value, &mut into.registers)),
            ("page-rows", &mut |r, value| {
                r.number(value, 100..=1_000_000, &mut into.page_rows);
            }),
        ],
    );
}

fn downloads(r: &mut Reader, value: &Value) -> Vec<Download> {
    let mut chosen = Vec::new();
    r.elements(value, |r, value| {
        chosen.extend(r.one_of(value, Download::ALL, Download::word));
    });
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

fn external(r: &mut Reader, value: &Value) -> Vec<External> {
    let mut books = Vec::new();
    r.elements(value, |r, value| {
        let mut book = External::default();
        r.table(
            value,
            &mut [
                ("name", &mut |r, value| book.name = r.string(value).unwrap_or_default()),
                ("file", &mut |r, value| book.file = r.string(value).unwrap_or_default()),
                ("url", &mut |r, value| book.url = r.base_url(value).unwrap_or_default()),
            ],
        );
        for key in ["name", "file", "url"] {
            if entries(value).is_some_and(|book| !book.contains_key(key)) {
                r.missing(key);
            }
        }
        books.push(book);
    });
    books
}

fn date_order(r: &mut Reader, value: &Value) -> Option<DateOrder> {
    match r.word(value, &["dmy", "mdy"])? {
        "dmy" => Some(DateOrder::DayFirst),
        _ => Some(DateOrder::MonthFirst),
    }
}

fn statuses(r: &mut Reader, value: &Value) -> BTreeMap<String, StatusWord> {
    let mut words = BTreeMap::new();
    r.each(value, |r, key, value| {
        let mut word = StatusWord::default();
        match value {
            Value::String(_) | Value::Array(_) => word.aliases = r.strings(value).unwrap_or_default(),
            _ if entries(value).is_some() => r.table(
                value,
                &mut [
                    ("class", &mut |r, value| {
                        word.class = r.one_of(value, &CLASSES, StatusClass::word);
                    }),
                    ("aliases", &mut |r, value| {
                        word.aliases = r.strings(value).unwrap_or_default();
                    }),
                ],
            ),
            _ => r.expected("a list of strings or a table", value),
        }
        words.insert(slug(key), word);
    });
    words
}

fn milestones(r: &mut Reader, value: &Value) -> BTreeMap<String, jiff::civil::Date> {
    let mut days = BTreeMap::new();
    r.each(value, |r, key, value| {
        if let Some(day) = r.date(value) {
            days.insert(key.trim().to_lowercase(), day);
        }
    });
    days
}

/// One language code or a list of them; `pt-BR` is `pt`.
fn languages(r: &mut Reader, value: &Value) -> Vec<String> {
    let mut chosen = Vec::new();
    let mut one = |r: &mut Reader, value: &Value| {
        let base = value.as_str().map(base_language);
        let known = base.filter(|base| LANGUAGES.contains(&base.as_str()));
        chosen.extend(known.or_else(|| r.word(value, LANGUAGES).map(str::to_owned)));
    };
    match value {
        Value::String(_) => one(r, value),
        _ => r.elements(value, one),
    }
    chosen
}

/// `pt-BR` and `PT_pt` are `pt`.
pub fn base_language(code: &str) -> String {
    code.split(['-', '_']).next().unwrap_or_default().to_lowercase()
}

/// A table from known names to further words for them.
fn words_by_name(r: &mut Reader, value: &Value, what: &str, names: &[&str]) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    r.each(value, |r, key, value| {
        if !names.contains(&key) {
            r.unknown(key, what, names);
        } else if let Some(words) = r.strings(value) {
            all.insert(key.to_owned(), words);
        }
    });
    all
}

fn levels(r: &mut Reader, value: &Value, lints: &[&str]) -> BTreeMap<String, Level> {
    let mut levels = BTreeMap::new();
    r.each(value, |r, key, value| {
        if !lints.is_empty() && !lints.contains(&key) {
            r.unknown(key, "lint", lints);
        } else if let Some(level) = r.one_of(value, Level::ALL, Level::word) {
            levels.insert(key.to_owned(), level);
        }
    });
    levels
}

/// `In Review` and `in_review` are `in-review`.
fn slug(words: &str) -> String {
    words
        .to_lowercase()
        .split(|c: char| c.is_whitespace() || c == '_' || c == '-')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

#[cfg(test)]
mod tests;
