//! What is said about a document: one finding, at one place, under one lint's name.

use std::borrow::Cow;

use crate::source::{Edit, Span, worded};

worded! {
    /// How loud a finding is.
    pub enum Level {
        /// Not reported.
        Allow = "allow",
        /// Reported; never breaks a build or a gate.
        Warn = "warn",
        /// Reported, and `check` exits with 1.
        Deny = "deny",
    }
}

/// Which of `words` was probably meant by `written`: the one with the fewest slips. A word of so
/// many bytes may have as many as `slips` says.
pub fn nearest<'w>(
    written: &str,
    words: impl IntoIterator<Item = &'w str>,
    slips: impl Fn(usize) -> usize,
) -> Option<&'w str> {
    let written = written.to_lowercase();
    let length = written.chars().count();
    let near = words.into_iter().filter_map(|word| {
        let most = slips(word.len());
        // A slip adds or drops one letter at most: this tells most words apart.
        let may_be = length.abs_diff(word.chars().count()) <= most;
        let distance = may_be.then(|| strsim::damerau_levenshtein(&written, &word.to_lowercase()))?;
        (distance <= most).then_some((distance, word))
    });
    near.min().map(|(_, word)| word)
}

/// [`nearest`], for a name that a person has typed.
pub fn nearest_name<'w>(written: &str, names: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    nearest(written, names, |length| 1.max(length / 3))
}

/// Where a finding stands. There is no finding without a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Index of the source among the book's.
    pub source: usize,
    /// The author's own bytes.
    pub span: Span,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The lint's name: `overdue-question`.
    pub lint: &'static str,
    /// How loud.
    pub level: Level,
    /// Where.
    pub place: Place,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What stands under the marked text.
    pub label: Option<Cow<'static, str>>,
    /// How to put it right.
    pub help: Option<Cow<'static, str>>,
    /// The change that puts it right, where it is certain.
    pub fix: Option<Box<Fix>>,
}

/// A change to one source that puts a finding right and means the same to a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an order: "write it as UTF-8".
    pub what: String,
    /// Sorted and disjoint.
    pub edits: Vec<Edit>,
}

/// Whether a terminal would obey `c`, or a reader be misled by it: a control character, one that
/// turns the order of the letters around it, or one that ends a line unseen. Authors' words may have any.
pub fn is_harmful(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// `text` as it may be shown: `\u{fffd}` stands for what is harmful, except for `kept`.
pub fn harmless(text: &str, kept: &[char]) -> String {
    text.replace(|c: char| is_harmful(c) && !kept.contains(&c), "\u{fffd}")
}

/// JSON that says the same as `json` and has nothing harmful in its text: its strings keep what
/// their authors wrote, as escapes.
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
            // None of them is beyond the basic plane.
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
