//! The words of a search: folded like labels, and without accents.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::config::Config;
use crate::parse::markdown::fold::{fold, is_ideograph};
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Class;

/// The words of `text` for a search, separated by one space: lower case, without accents.
pub fn searchable(text: &str) -> String {
    let folded = fold(text);
    if folded.is_ascii() {
        return folded;
    }
    folded.nfd().filter(|letter| !is_combining_mark(*letter)).collect()
}

/// The distinct words of a topic, `why do we retry?`, without those that say nothing about it, such
/// as `why` and `we`, unless there are no others. Chinese and Japanese have no space between words,
/// so each pair of their letters is a word.
pub fn topic_words(text: &str, config: &Config) -> Vec<String> {
    let vocabulary = Vocabulary::new(config);
    let folded = fold(text);
    let all = || folded.split(' ').filter(|word| !word.is_empty());
    let is_telling = |word: &&str| !vocabulary.is(Class::Asking, word) && !vocabulary.is_filler(word);
    let mut words: Vec<&str> = all().filter(is_telling).collect();
    if words.is_empty() {
        words = all().collect();
    }
    let mut out: Vec<String> = Vec::new();
    for word in words.into_iter().flat_map(pairs).map(|word| searchable(&word)) {
        if !word.is_empty() && !out.contains(&word) && out.len() < MOST {
            out.push(word);
        }
    }
    out
}

/// More words than this do not make a topic clearer.
const MOST: usize = 40;

/// The pairs of letters of a Chinese or Japanese word; another word as it is.
fn pairs(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().take(MOST).collect();
    match word.contains(is_ideograph) && letters.len() > 2 {
        true => letters.windows(2).map(|pair| pair.iter().collect()).collect(),
        false => vec![word.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(language: &str, text: &str) -> Vec<String> {
        let config = Config {
            language: language.to_owned(),
            ..Config::default()
        };
        topic_words(text, &config)
    }

    #[test]
    fn a_topic_is_the_words_that_say_what_it_is_about() {
        assert_eq!(words("en", "Why do we retry the payment?"), ["retry", "payment"]);
        assert_eq!(words("en", "why"), ["why"], "there is no other word");
        assert_eq!(words("de", "Warum gibt es eine Gebühr?"), ["gebuhr"]);
        assert_eq!(words("fr", "Pourquoi le système de paiement"), ["systeme", "paiement"]);
        assert_eq!(words("ja", "配送料"), ["配送", "送料"]);
        assert!(words("en", " ?! ").is_empty());
    }

    #[test]
    fn accents_do_not_matter() {
        assert_eq!(searchable("Zoë’s Café"), "zoe s cafe");
        assert_eq!(searchable("Zoe\u{308}"), "zoe");
    }
}
