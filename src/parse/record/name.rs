//! Whether words without a label can name somebody.

use crate::parse::markdown::fold::fold;
use crate::parse::record::closing::{is_settled, says_open};
use crate::parse::values::person_list::is_handle;
use crate::source::is_of_word;

/// A handle, or a name of more than one word: one alone may be anything.
pub(crate) fn is_person(text: &str) -> bool {
    is_handle(text) || is_name(text) && text.contains(' ')
}

/// A role in one word, a handle, or a few words that begin as names do.
pub(crate) fn is_name(text: &str) -> bool {
    let text = text.trim();
    let words: Vec<&str> = text.split_whitespace().collect();
    let letters = text
        .chars()
        .all(|ch| is_of_word(ch) || matches!(ch, ' ' | '-' | '@' | '_' | '/' | '+' | '&'));
    let named = words.len() == 1
        || words
            .iter()
            .all(|word| word.starts_with(|ch: char| ch.is_uppercase() || ch == '@' || ch == '+' || ch == '&'));
    let folded = fold(text);
    (1..=4).contains(&words.len())
        && letters
        && named
        && text.chars().any(char::is_alphabetic)
        && !says_open(text)
        && !is_settled(&folded)
        && !matches!(
            words[0].to_lowercase().as_str(),
            "deferred" | "no" | "phase" | "high" | "medium" | "low" | "maybe" | "likely" | "see" | "blocked"
        )
}
