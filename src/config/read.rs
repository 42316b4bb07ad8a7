//! Reads `[preprocessor.design-docs]` and says what is wrong with it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::records::records;
use super::value::{Reader, entries};
use super::{Badges, Config, DateOrder, Download, External, Header, Index, Part, StatusClass, StatusWord, Toc};
use crate::diagnostic::Level;

/// The configuration and what is wrong with it.
#[derive(Debug, Default)]
pub struct Read {
    /// What could be read; defaults elsewhere.
    pub config: Config,
    /// What could not.
    pub problems: Vec<Problem>,
}

/// One key of book.toml that is not as it should be.
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
    /// Whether going on would do something else than asked for.
    pub fatal: bool,
}

/// The keys that mdBook itself reads, and allows in every preprocessor's table.
pub const MDBOOK_KEYS: &[&str] = &["command", "before", "after", "renderers", "renderer", "optional"];

/// Our keys.
pub const KEYS: &[&str] = &[
    "include", "exclude", "timezone", "today", "due-soon-days", "stale-page-days", "date-order", "header", "toc",
    "badges", "index", "languages", "statuses", "milestones", "labels", "sections", "lints", "template",
    "stale-review-days", "base-url", "external", "records",
];

/// The fields for which `labels` may name further labels.
pub const FIELDS: &[&str] = &[
    "author", "reviewer", "approver", "decider", "status", "created", "updated", "target-release", "link", "due",
    "owner", "context", "answer",
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

/// Reads the table's value. `lints` are the names of lints and groups that there are; with none
/// given, every name passes.
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
            "header" => header(r, value, &mut config.header),
            "toc" => toc(r, value, &mut config.toc),
            "badges" => badges(r, value, &mut config.badges),
            "index" => index(r, value, &mut config.index),
            "statuses" => config.statuses = statuses(r, value),
            "milestones" => config.milestones = milestones(r, value),
            "languages" => config.languages = languages(r, value),
            "labels" => config.labels = words_by_name(r, value, "field", FIELDS),
            "sections" => config.sections = words_by_name(r, value, "section", SECTIONS),
            "lints" => config.lints = levels(r, value, lints),
            "template" => config.template = r.path(value),
            "stale-review-days" => r.number(value, 1..=3650, &mut config.stale_review_days),
            // mdBook itself reads these; `check` says what would stop it.
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

fn header(r: &mut Reader, value: &Value, into: &mut Header) {
    r.each(value, |r, key, value| match key {
        "enabled" => r.switch(value, &mut into.enabled),
        _ => r.unknown(key, "key", &["enabled"]),
    });
}

fn toc(r: &mut Reader, value: &Value, into: &mut Toc) {
    r.each(value, |r, key, value| match key {
        "enabled" => r.switch(value, &mut into.enabled),
        "depth" => r.number(value, 2..=6, &mut into.depth),
        _ => r.unknown(key, "key", &["enabled", "depth"]),
    });
}

fn badges(r: &mut Reader, value: &Value, into: &mut Badges) {
    r.each(value, |r, key, value| match key {
        "enabled" => r.switch(value, &mut into.enabled),
        _ => r.unknown(key, "key", &["enabled"]),
    });
}

fn index(r: &mut Reader, value: &Value, into: &mut Index) {
    r.each(value, |r, key, value| match key {
        "enabled" => r.switch(value, &mut into.enabled),
        "downloads" => into.downloads = downloads(r, value),
        "people" => r.switch(value, &mut into.people),
        "registers" => r.switch(value, &mut into.registers),
        "page-rows" => r.number(value, 100..=1_000_000, &mut into.page_rows),
        _ => r.unknown(
            key,
            "key",
            &["enabled", "downloads", "people", "registers", "page-rows"],
        ),
    });
}

fn downloads(r: &mut Reader, value: &Value) -> Vec<Download> {
    let mut chosen = Vec::new();
    r.elements(value, |r, value| {
        let word = r.word(value, &Download::ALL.map(Download::word));
        chosen.extend(Download::ALL.into_iter().filter(|each| Some(each.word()) == word));
    });
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

fn external(r: &mut Reader, value: &Value) -> Vec<External> {
    let mut books = Vec::new();
    r.elements(value, |r, value| {
        let mut book = External::default();
        r.each(value, |r, key, value| match key {
            "name" => book.name = r.string(value).unwrap_or_default(),
            "file" => book.file = r.string(value).unwrap_or_default(),
            "url" => book.url = r.base_url(value).unwrap_or_default(),
            _ => r.unknown(key, "key", &["name", "file", "url"]),
        });
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
            _ if entries(value).is_some() => r.each(value, |r, key, value| match key {
                "class" => word.class = class(r, value),
                "aliases" => word.aliases = r.strings(value).unwrap_or_default(),
                _ => r.unknown(key, "key", &["class", "aliases"]),
            }),
            _ => r.expected("a list of strings or a table", value),
        }
        words.insert(slug(key), word);
    });
    words
}

fn class(r: &mut Reader, value: &Value) -> Option<StatusClass> {
    let word = r.word(value, &CLASSES.map(StatusClass::word))?;
    CLASSES.into_iter().find(|class| class.word() == word)
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

/// Codes of languages, or one alone; `pt-BR` is `pt`.
fn languages(r: &mut Reader, value: &Value) -> Vec<String> {
    let mut chosen = Vec::new();
    let mut one = |r: &mut Reader, value: &Value| {
        let base = value.as_str().map(|code| Value::from(base_language(code)));
        let is_known = base
            .as_ref()
            .is_some_and(|base| LANGUAGES.iter().any(|known| base == known));
        let code = r.word(
            if is_known {
                base.as_ref().unwrap_or(value)
            } else {
                value
            },
            LANGUAGES,
        );
        chosen.extend(code.map(str::to_owned));
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

/// Further words for what has a name.
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
        } else if let Some(word) = r.word(value, &["allow", "warn", "deny"]) {
            levels.extend(Level::from_word(word).map(|level| (key.to_owned(), level)));
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
