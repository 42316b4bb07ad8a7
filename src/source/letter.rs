//! Letters of all scripts, and combining marks.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Whether `letter` is part of a word: a letter, a digit or a mark on one. `ọ́` of Yoruba is always
/// two characters, and so is much of Hindi and Thai. A variation selector, which turns a symbol
/// into an emoji, does not count.
pub(crate) fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric()
        || is_combining_mark(letter) && !matches!(letter, '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}')
}

/// `text` in composed form (NFC), so that texts that look the same are equal: some keyboards and
/// file systems write `é` as two characters.
pub(crate) fn composed(text: &str) -> Cow<'_, str> {
    match text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.nfc().collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_on_letters_are_of_words_and_those_of_emoji_are_not() {
        for word in ["Adébọ̀wálé", "Ade\u{301}", "प्रिया", "ใจดี่", "42"] {
            assert!(word.chars().all(is_of_word), "{word}");
        }
        for sign in ["-", "⚠\u{fe0f}", "\u{20e3}", "✅", "\u{200b}"] {
            assert!(!sign.chars().any(is_of_word), "{sign}");
        }
    }

    #[test]
    fn what_looks_the_same_is_the_same() {
        assert_eq!(composed("Zoe\u{308}"), "Zoë");
        assert_eq!(composed("\u{1112}\u{1161}\u{11ab}"), "한");
        assert!(matches!(composed("📋 Zoë"), Cow::Borrowed(_)));
    }
}
