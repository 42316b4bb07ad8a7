//! Reads a value of book.toml as the expected type, or reports which type was expected.
//!
//! Values arrive as JSON. They may also come from `MDBOOK_…` variables, where mdBook treats
//! anything that is not JSON as a string; so a date may be a string, and a list may be a single
//! string.

use std::fmt::Display;
use std::ops::RangeInclusive;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use super::{Part, Problem};
use crate::diagnostic::nearest_name;

/// The key under which serde represents a TOML date in JSON.
const DATE_KEY: &str = "$__toml_private_datetime";

/// Walks the table and collects problems with the path of the current key.
#[derive(Debug, Default)]
pub(super) struct Reader {
    path: Vec<String>,
    /// Whether the value is an element of a list.
    is_element: bool,
    pub(super) problems: Vec<Problem>,
}

/// Reads the value of a key.
pub(super) type ReadValue<'r> = &'r mut dyn FnMut(&mut Reader, &Value);

impl Reader {
    /// Calls `read` for each key of a table.
    pub(super) fn each<'v>(&mut self, table: &'v Value, mut read: impl FnMut(&mut Self, &'v str, &'v Value)) {
        let Some(entries) = entries(table) else {
            // A book without settings for us has no table.
            if !(table.is_null() && self.path.is_empty()) {
                self.expected("a table", table);
            }
            return;
        };
        for (key, value) in entries {
            self.within(key, false, |r| read(r, key, value));
        }
    }

    /// Reads a table that may only have the keys `keys`.
    pub(super) fn table(&mut self, table: &Value, keys: &mut [(&str, ReadValue<'_>)]) {
        let known: Vec<&str> = keys.iter().map(|(key, _)| *key).collect();
        self.each(table, |r, key, value| {
            match keys.iter_mut().find(|(known, _)| *known == key) {
                Some((_, read)) => read(r, value),
                None => r.unknown(key, "key", &known),
            }
        });
    }

    /// Calls `read` for each element of an array.
    pub(super) fn elements<'v>(&mut self, array: &'v Value, mut read: impl FnMut(&mut Self, &'v Value)) {
        let Value::Array(elements) = array else {
            self.expected("a list", array);
            return;
        };
        for (number, element) in elements.iter().enumerate() {
            self.within(&number.to_string(), true, |r| read(r, element));
        }
    }

    pub(super) fn within(&mut self, step: &str, is_element: bool, read: impl FnOnce(&mut Self)) {
        let around = std::mem::replace(&mut self.is_element, is_element);
        self.path.push(step.to_owned());
        read(self);
        self.path.pop();
        self.is_element = around;
    }

    /// Reports that the current table lacks `key`.
    pub(super) fn missing(&mut self, key: &str) {
        self.problem(Part::Value, format!("`{key}` is missing"), None, true);
    }

    /// Reports that the current key is not allowed.
    pub(super) fn wrong_key(&mut self, message: String, help: &str) {
        self.problem(Part::Key, message, Some(help.to_owned()), true);
    }

    /// Reports that the current key is not among `known`.
    pub(super) fn unknown(&mut self, key: &str, what: &str, known: &[&str]) {
        let help = match nearest_name(key, known.iter().copied()) {
            Some(word) => format!("did you mean `{word}`?"),
            None => format!("the known ones are {}", list(known)),
        };
        self.problem(Part::Key, format!("unknown {what} `{key}`"), Some(help), false);
    }

    pub(super) fn switch(&mut self, value: &Value, into: &mut bool) {
        match value {
            Value::Bool(on) => *into = *on,
            _ => self.expected("true or false", value),
        }
    }

    pub(super) fn number<N>(&mut self, value: &Value, range: RangeInclusive<N>, into: &mut N)
    where
        N: TryFrom<i64> + PartialOrd + Copy + Display,
    {
        let number = value.as_i64().and_then(|number| N::try_from(number).ok());
        match number.filter(|number| range.contains(number)) {
            Some(number) => *into = number,
            None => {
                let (least, most) = (range.start(), range.end());
                self.expected(&format!("a whole number from {least} to {most}"), value);
            }
        }
    }

    pub(super) fn word<'w>(&mut self, value: &Value, words: &[&'w str]) -> Option<&'w str> {
        let written = value.as_str();
        let found = words.iter().copied().find(|&word| Some(word) == written);
        if found.is_none() {
            let nearest = written.and_then(|written| nearest_name(written, words.iter().copied()));
            self.wrong(
                &list(words),
                value,
                nearest.map(|word| format!("did you mean `{word}`?")),
            );
        }
        found
    }

    /// The one of `all` whose word is `value`.
    pub(super) fn one_of<T: Copy>(&mut self, value: &Value, all: &[T], word: impl Fn(T) -> &'static str) -> Option<T> {
        let words: Vec<&str> = all.iter().map(|&each| word(each)).collect();
        let found = self.word(value, &words)?;
        all.iter().copied().find(|&each| word(each) == found)
    }

    /// The result of `read` for a string; a failure is reported as not being `what`.
    fn string_as<T>(&mut self, value: &Value, what: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let read = value.as_str().and_then(read);
        if read.is_none() {
            self.expected(what, value);
        }
        read
    }

    pub(super) fn string(&mut self, value: &Value) -> Option<String> {
        self.string_as(value, "some text", |text| {
            Some(text.trim().to_owned()).filter(|text| !text.is_empty())
        })
    }

    /// The URL of a published book, with a trailing slash.
    pub(super) fn base_url(&mut self, value: &Value) -> Option<String> {
        self.string_as(value, "an address, as \"https://handbook.example.com/\"", base_url)
    }

    /// A chapter's path, relative to the book's `src`.
    pub(super) fn path(&mut self, value: &Value) -> Option<String> {
        let what = "the path of a chapter, as `designs/template.md`";
        let path = self.string_as(value, what, |path| {
            Some(path.trim().to_owned()).filter(|path| !path.is_empty())
        })?;
        Some(path.trim_start_matches("./").to_owned())
    }

    /// A list of strings, or a single string.
    pub(super) fn strings(&mut self, value: &Value) -> Option<Vec<String>> {
        match value {
            Value::String(one) => Some(vec![one.clone()]),
            Value::Array(_) => self.list_of_strings(value),
            _ => {
                self.expected("a list of strings", value);
                None
            }
        }
    }

    /// A list of strings; None if an element is not a string.
    pub(super) fn list_of_strings(&mut self, value: &Value) -> Option<Vec<String>> {
        let before = self.problems.len();
        let mut strings = Vec::new();
        self.elements(value, |r, element| strings.extend(r.text(element)));
        (self.problems.len() == before).then_some(strings)
    }

    pub(super) fn text(&mut self, value: &Value) -> Option<String> {
        self.string_as(value, "a string", |text| Some(text.to_owned()))
    }

    pub(super) fn date(&mut self, value: &Value) -> Option<Date> {
        let text = date_text(value);
        // jiff would also accept a date with a time, and drop the time.
        let date = text
            .filter(|text| text.len() == "2024-05-01".len())
            .and_then(|text| text.parse().ok());
        if date.is_none() {
            self.expected("a valid date, such as 2024-05-01", value);
        }
        date
    }

    pub(super) fn timezone(&mut self, value: &Value) -> Option<String> {
        let written = value.as_str();
        if let Some(name) = written.filter(|name| TimeZone::get(name).is_ok()) {
            return Some(name.to_owned());
        }
        let names: Vec<_> = jiff::tz::db().available().collect();
        let help = written
            .and_then(|written| nearest_name(written, names.iter().map(|name| name.as_str())))
            .map(|name| format!("did you mean `{name}`?"));
        self.wrong("an IANA time zone, as `Africa/Lagos`", value, help);
        None
    }

    /// Patterns for paths: `*` stays within a folder, `**` does not. Each may be compared with each
    /// chapter, so their number has a limit.
    pub(super) fn globs(&mut self, value: &Value) -> Option<GlobSet> {
        const MOST: usize = 1000;
        let patterns = self.strings(value)?;
        if patterns.len() > MOST {
            let help = "a pattern such as `designs/**` is everything in that folder";
            self.wrong(
                &format!("a list of at most {MOST} patterns"),
                value,
                Some(help.to_owned()),
            );
            return None;
        }
        let mut set = GlobSetBuilder::new();
        for (number, pattern) in patterns.iter().enumerate() {
            match GlobBuilder::new(pattern).literal_separator(true).build() {
                Ok(glob) => drop(set.add(glob)),
                Err(error) => self.within(&number.to_string(), true, |r| {
                    let message = format!("`{pattern}` is not a pattern for paths: {}", error.kind());
                    let help = "`designs/**` is everything in that folder";
                    r.problem(Part::Value, message, Some(help.to_owned()), true);
                }),
            }
        }
        let set = set.build();
        if let Err(error) = &set {
            let message = format!("these patterns are too large: {}", error.kind());
            self.problem(Part::Value, message, None, true);
        }
        set.ok()
    }

    pub(super) fn expected(&mut self, what: &str, value: &Value) {
        self.wrong(what, value, None);
    }

    pub(super) fn wrong(&mut self, what: &str, value: &Value, help: Option<String>) {
        let subject = match self.path.as_slice() {
            [.., list, _] if self.is_element => format!("each element of `{list}`"),
            [.., key] => format!("`{key}`"),
            [] => "`design-docs`".to_owned(),
        };
        let message = format!("{subject} must be {what}, not {}", shown(value));
        self.problem(Part::Value, message, help, true);
    }

    fn problem(&mut self, part: Part, message: String, help: Option<String>, fatal: bool) {
        let key = self.path.clone();
        self.problems.push(Problem {
            key,
            part,
            message,
            help,
            fatal,
        });
    }
}

/// `url` as a base of links, with a trailing slash; None if it cannot be one.
pub fn base_url(url: &str) -> Option<String> {
    let url = url.trim();
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let host = rest.split('/').next().unwrap_or_default();
    let is_clean = !url.contains(|c: char| c.is_whitespace() || c.is_control() || "?#<>()\"\\".contains(c));
    (is_clean && !host.is_empty()).then(|| format!("{}/", url.trim_end_matches('/')))
}

/// The entries of a table. serde represents a date as a table, which does not count.
pub(super) fn entries(value: &Value) -> Option<&Map<String, Value>> {
    value.as_object().filter(|_| date_text(value).is_none())
}

fn date_text(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Object(entries) => entries.get(DATE_KEY)?.as_str(),
        _ => None,
    }
}

/// A value roughly as its author wrote it.
fn shown(value: &Value) -> String {
    const LONGEST: usize = 60;
    let text = written(value);
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

fn written(value: &Value) -> String {
    match (value, date_text(value)) {
        (Value::Object(_), Some(date)) => date.to_owned(),
        (Value::Object(_), None) => "a table".to_owned(),
        // TOML's nan and inf arrive as null; so does a variable set to `null`.
        (Value::Null, _) => "nan, inf or null".to_owned(),
        (Value::Array(elements), _) => {
            let elements: Vec<_> = elements.iter().map(written).collect();
            format!("[{}]", elements.join(", "))
        }
        _ => value.to_string(),
    }
}

/// ``` `a`, `b` or `c` ```.
fn list(words: &[&str]) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => "nothing".to_owned(),
    }
}
