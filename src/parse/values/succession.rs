//! The words that introduce what a document or a decision replaces, or what replaces it.

use std::cmp::Reverse;

use crate::parse::markdown::inline::find_in_any_case;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::{Key, Scope};

/// The words of `text` that introduce names: whether they replace or are replaced, and where the
/// words end. Of matches that overlap, `ersetzt` and `ersetzt durch`, the first and longest wins.
pub(crate) fn phrases(text: &str, vocabulary: &Vocabulary<'_>) -> Vec<(Key, usize)> {
    let find = |(phrase, key): (&str, Key)| {
        let start = find_in_any_case(text, phrase)?;
        let end = start + phrase.len();
        // `anula`, not `anulado`. Chinese and Japanese have no spaces.
        let is_whole = !phrase.is_ascii() || !text[end..].starts_with(char::is_alphabetic);
        is_whole.then_some((start, end, key))
    };
    let labels = vocabulary.labels(Scope::Decision);
    let successions = labels.filter(|(_, key)| matches!(key, Key::Supersedes | Key::SupersededBy));
    let mut found: Vec<(usize, usize, Key)> = successions.filter_map(find).collect();
    found.sort_by_key(|(start, end, _)| (*start, Reverse(*end)));
    let mut last = 0;
    found.retain(|(start, end, _)| {
        let is_apart = *start >= last;
        last = if is_apart { *end } else { last };
        is_apart
    });
    found.into_iter().map(|(_, end, key)| (key, end)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn the_longest_of_overlapping_phrases_wins() {
        let found = |text: &str, language: &str| {
            let config = Config {
                language: language.to_owned(),
                ..Config::default()
            };
            phrases(text, &Vocabulary::new(&config))
        };
        let (by, over) = (Key::SupersededBy, Key::Supersedes);
        assert_eq!(found("Superseded by 9", "en"), [(by, 13)]);
        assert_eq!(found("Superceded by 9", "en"), [(by, 13)]);
        assert_eq!(found("Ersetzt durch 9", "de"), [(by, 13)]);
        assert_eq!(found("Ersetzt 9", "de"), [(over, 7)]);
        assert_eq!(found("已被取代 9", "zh"), [(by, 12)]);
        assert_eq!(found("Anulado 9", "es"), []);
        assert_eq!(found("Replaces 1; superseded by 9", "en"), [(over, 8), (by, 25)]);
    }
}
