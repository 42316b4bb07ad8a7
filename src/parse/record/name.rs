//! Whether words without a label can name somebody, and who is named before a question.

use crate::parse::markdown::fold::fold;
use crate::parse::markdown::inline::{Run, cut, trim};
use crate::parse::record::closing::{is_settled, says_open};
pub(crate) use crate::parse::values::person_list::is_handle;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::headings::heading_words;
use crate::source::is_of_word;

/// A handle, or a name of more than one word: one alone may be anything.
pub(crate) fn is_person(text: &str, vocabulary: &Vocabulary<'_>) -> bool {
    is_handle(text) || text.contains(' ') && is_name(text, vocabulary)
}

/// Names that only signs join: `Ada Obi & Chi Eze`.
pub(crate) fn are_names(text: &str, is_one: impl Fn(&str) -> bool) -> bool {
    let parts = || text.split(['&', '+', '/']).map(str::trim);
    parts().count() <= 8 && parts().all(is_one)
}

/// A role in one word, a handle, or a few words that begin as names do.
pub(crate) fn is_name(text: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let text = text.trim();
    let words: Vec<&str> = text.split_whitespace().take(5).collect();
    let letters = || {
        text.chars()
            .all(|ch| is_of_word(ch) || matches!(ch, ' ' | '-' | '@' | '_' | '/' | '+' | '&' | '.' | '\'' | '’'))
    };
    let named = || {
        words.len() == 1
            || words
                .iter()
                .all(|word| word.starts_with(|ch: char| ch.is_uppercase() || matches!(ch, '@' | '+' | '&' | '/')))
    };
    if !(1..=4).contains(&words.len()) || !letters() || !named() || !text.chars().any(char::is_alphabetic) {
        return false;
    }
    let folded = fold(text);
    !says_open(text, vocabulary)
        && !is_settled(&folded, vocabulary)
        && !matches!(
            folded.split(' ').next().unwrap_or_default(),
            "phase" | "high" | "medium" | "low" | "maybe" | "likely" | "see"
        )
}

/// `**[Ada]**: question`, `@ada: question`, `[@ada] question`: who is named first, and the rest.
pub(crate) fn first<'r>(text: &[Run<'r>], vocabulary: &Vocabulary<'_>) -> Option<(Vec<Run<'r>>, Vec<Run<'r>>)> {
    handle_first(text).or_else(|| bracketed_first(text, vocabulary))
}

fn bracketed_first<'r>(text: &[Run<'r>], vocabulary: &Vocabulary<'_>) -> Option<(Vec<Run<'r>>, Vec<Run<'r>>)> {
    let first = text.first()?;
    let lead = first.text.trim();
    let inner = lead.trim_end_matches(':').trim_start_matches('[').trim_end_matches(']');
    let is_bracketed = first.strong && lead.trim_end_matches(':').len() == inner.len() + 2;
    let is_handle = inner.starts_with('@') && !inner.contains(' ') && lead.ends_with(':');
    if !(is_bracketed || is_handle)
        || inner.is_empty()
        || inner.chars().any(|ch| ch.is_ascii_digit())
        || heading_words(inner).len() < 2
        || is_settled(&fold(inner), vocabulary)
        || inner.split(' ').count() > 4
    {
        return None;
    }
    let at = first.text.find(inner).unwrap_or(0);
    let owner = vec![cut(first, at, at + inner.len())];
    let mut rest = text[1..].to_vec();
    if let Some(next) = rest.first_mut() {
        let kept = next.text.trim_start_matches([':', ' ', '—', '–', '-']);
        *next = cut(next, next.text.len() - kept.len(), next.text.len());
    }
    Some((owner, trim(&rest)))
}

/// `@ada: question`, `[@ada] question`, `(@ada) question`.
fn handle_first<'r>(text: &[Run<'r>]) -> Option<(Vec<Run<'r>>, Vec<Run<'r>>)> {
    let first = text.first()?;
    let bare = first.text.trim_start_matches(['[', '(']);
    let start = first.text.len() - bare.len();
    let length = bare.find([':', ']', ')', ' ']).unwrap_or(bare.len());
    let after = &bare[length..];
    let is_closed = after.starts_with(':') || (start > 0 && after.starts_with([']', ')']));
    if first.code || !is_handle(&bare[..length]) || !is_closed || after.len() < 3 {
        return None;
    }
    let from = first.text.len() - after.trim_start_matches([':', ']', ')', ' ']).len();
    let mut rest = text.to_vec();
    rest[0] = cut(first, from, first.text.len());
    Some((vec![cut(first, start, start + length)], trim(&rest)))
}
