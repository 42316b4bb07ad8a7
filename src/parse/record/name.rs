//! Whether words without a label can name somebody, and who is named before a question.

use crate::parse::markdown::fold::fold;
use crate::parse::markdown::inline::Run;
use crate::parse::record::closing::{is_settled, says_open};
use crate::parse::record::text::Text;
pub(crate) use crate::parse::values::person_list::is_handle;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Class;
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
    let is_sign = |ch| matches!(ch, ' ' | '-' | '@' | '_' | '/' | '+' | '&' | '.' | '\'' | '’');
    let begins_name =
        |word: &str| word.starts_with(|ch: char| ch.is_uppercase() || matches!(ch, '@' | '+' | '&' | '/'));
    let words = text.split_whitespace().take(5).count();
    if !(1..=4).contains(&words)
        || !text.chars().all(|ch| is_of_word(ch) || is_sign(ch))
        || words > 1 && !text.split_whitespace().all(begins_name)
        || !text.contains(char::is_alphabetic)
    {
        return false;
    }
    let folded = fold(text);
    !says_open(text, vocabulary)
        && !is_settled(&folded, vocabulary)
        && vocabulary.leads(Class::NoName, &folded).is_none()
}

/// `**[Ada]**: question`, `@ada: question`, `[@ada] question`: who is named first, and the rest.
pub(crate) fn first<'r>(runs: &[Run<'r>], vocabulary: &Vocabulary<'_>) -> Option<(Vec<Run<'r>>, Vec<Run<'r>>)> {
    let text = Text::of(runs);
    let words = text.words();
    let bare = words.trim_start_matches(['[', '(']);
    let start = words.len() - bare.len();
    let end = start + bare.find([':', ']', ')'])?;
    let name = &words[start..end];
    let rest = words[end..].trim_start_matches([':', ']', ')', ' ', '—', '–', '-']);
    let is_closed = start > 0 || words[end..].starts_with(':');
    // In bold and in brackets it may be any name.
    let is_named = || {
        let closed = words[end..].trim_start_matches([']', ':']);
        words.starts_with('[')
            && words[end..].starts_with(']')
            && text.is_strong(0)
            && !text.is_strong(words.len() - closed.len())
            && !name.contains(|ch: char| ch.is_ascii_digit())
            && name.split(' ').count() <= 4
            && heading_words(name).len() > 1
            && !is_settled(&fold(name), vocabulary)
    };
    let is_one = !rest.is_empty() && is_closed && (is_handle(name) || is_named());
    is_one.then(|| {
        (
            text.slice(start, end),
            text.slice(words.len() - rest.len(), words.len()),
        )
    })
}
