//! Whether words without a label can name a person, and who is named before a question.

use crate::parse::markdown::fold::folded_in_place;
use crate::parse::record::closing::{is_resolved_words, says_open};
use crate::parse::record::text::Text;
use crate::parse::record::{Reader, Record};
pub(crate) use crate::parse::values::person_list::is_handle;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Class;
use crate::parse::vocabulary::headings::heading_words;
use crate::source::is_of_word;

/// Whether the text is a handle or a name of several words. A single word may be anything.
pub(crate) fn is_person(text: &str, vocabulary: &Vocabulary<'_>) -> bool {
    is_handle(text) || text.contains(' ') && is_name(text, vocabulary)
}

/// Whether the text is names joined only by signs: `Ada Obi & Chi Eze`.
pub(crate) fn are_names(text: &str, is_one: impl Fn(&str) -> bool) -> bool {
    let parts = || text.split(['&', '+', '/']).map(str::trim);
    parts().count() <= 8 && parts().all(is_one)
}

/// Whether the text is a one-word role, a handle, or a few words that begin as names do.
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
    !says_open(text, vocabulary)
        && !is_resolved_words(text, vocabulary)
        && folded_in_place(text, |folded| vocabulary.leads(Class::NoName, folded).is_none())
}

impl<'r> Record<'r> {
    /// Takes the person named before the text: `**[Ada]**: question`, `@ada: question`,
    /// `[@ada] question`.
    pub(super) fn take_name(&mut self, reader: &Reader<'r>) {
        let text = Text::of(&self.text);
        let words = text.words();
        let start = words.len() - words.trim_start_matches(['[', '(']).len();
        let Some(length) = words[start..].find([':', ']', ')']) else {
            return;
        };
        let (name, behind) = words[start..].split_at(length);
        let rest = behind.trim_start_matches([':', ']', ')', ' ', '—', '–', '-']);
        // In bold and in brackets, any name counts.
        let is_named = || {
            let outside = behind.trim_start_matches([']', ':']);
            words.starts_with('[')
                && behind.starts_with(']')
                && text.is_strong(0)
                && !text.is_strong(words.len() - outside.len())
                && !name.contains(|ch: char| ch.is_ascii_digit())
                && name.split(' ').count() <= 4
                && heading_words(name).len() > 1
                && !is_resolved_words(name, reader.vocabulary)
        };
        let is_closed = start > 0 || behind.starts_with(':');
        if !rest.is_empty() && is_closed && (is_handle(name) || is_named()) {
            self.add(reader.policy.person, text.slice(start, start + length));
            self.text = text.slice(words.len() - rest.len(), words.len());
        }
    }
}
