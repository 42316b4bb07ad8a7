//! Diagnostics: a finding about a document, with its lint and its place.

use std::borrow::Cow;

use crate::source::{Edit, Span, worded};

worded! {
    /// The severity of a finding.
    pub enum Level {
        /// Not reported.
        Allow = "allow",
        /// Reported; never fails a build or a check.
        Warn = "warn",
        /// Reported, and `check` exits with 1.
        Deny = "deny",
    }
}

/// The one of `words` that was probably meant by `written`: the one with the fewest typos. `slips`
/// gives the number of typos allowed in a word of that length in bytes.
pub fn nearest<'w>(
    written: &str,
    words: impl IntoIterator<Item = &'w str>,
    slips: impl Fn(usize) -> usize,
) -> Option<&'w str> {
    let written = written.to_lowercase();
    let length = written.chars().count();
    let near = words.into_iter().filter_map(|word| {
        let most = slips(word.len());
        // A typo adds or drops at most one letter, so comparing lengths excludes most words.
        let may_be = length.abs_diff(word.chars().count()) <= most;
        let distance = may_be.then(|| strsim::damerau_levenshtein(&written, &word.to_lowercase()))?;
        (distance <= most).then_some((distance, word))
    });
    near.min().map(|(_, word)| word)
}

/// [`nearest`], for a name typed by a person.
pub fn nearest_name<'w>(written: &str, names: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    nearest(written, names, |length| 1.max(length / 3))
}

/// The place of a finding. Every finding has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Index of the source among the book's.
    pub source: usize,
    /// The range in the author's text.
    pub span: Span,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The lint's name: `overdue-question`.
    pub lint: &'static str,
    /// Its level.
    pub level: Level,
    /// Its place.
    pub place: Place,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// The text shown under the marked range.
    pub label: Option<Cow<'static, str>>,
    /// How to fix it.
    pub help: Option<Cow<'static, str>>,
    /// The change that fixes it, if it is certain.
    pub fix: Option<Box<Fix>>,
}

/// A change to one source that fixes a finding and keeps the meaning for readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative: "write it as UTF-8".
    pub what: String,
    /// Sorted and disjoint.
    pub edits: Vec<Edit>,
}

/// Whether `c` may control a terminal or mislead a reader: a control character, a bidirectional
/// override, or an invisible line end. Authors' text may contain any of them.
pub fn is_harmful(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// `text` with `\u{fffd}` in place of each harmful character that is not in `kept`.
pub fn harmless(text: &str, kept: &[char]) -> String {
    text.replace(|c: char| is_harmful(c) && !kept.contains(&c), "\u{fffd}")
}

/// JSON equivalent to `json` in which harmful characters are written as escapes, so that its
/// strings keep their values.
pub fn harmless_json(json: String) -> String {
    let may_stay = |c: char| !is_harmful(c) || c == '\n';
    if json.chars().all(may_stay) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        if may_stay(c) {
            out.push(c);
        } else {
            // All of them are in the basic multilingual plane.
            out += &format!("\\u{:04x}", u32::from(c));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_or_a_reader_is_misled_by_is_not_shown() {
        let text = "a\u{1b}[1m\u{9b}31m\u{7f}\u{85}\u{202e}b\u{2066}\u{2069}\u{2028}\nc\tאב\u{200f}é";
        let shown = harmless(text, &['\n']);
        assert_eq!(shown.matches('\u{fffd}').count(), 9, "{shown}");
        assert!(shown.starts_with("a\u{fffd}[1m\u{fffd}31m") && shown.contains('\n'));
        assert!(shown.ends_with("אב\u{200f}é"), "what a script needs stays");
    }

    #[test]
    fn json_says_the_same_without_them() {
        let value = serde_json::json!({"a\u{9b}": ["b\u{202e}\u{2028}\u{7f}\u{1b}", "é"]});
        let json = harmless_json(serde_json::to_string_pretty(&value).unwrap_or_default());
        assert!(json.chars().all(|c| !is_harmful(c) || c == '\n'), "{json:?}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&json).ok(), Some(value));
    }
}
