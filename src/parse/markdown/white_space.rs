//! White space made one space between words, as a page shows it.

use std::borrow::Cow;

/// As [`fold_space`], for a text that most likely has nothing to fold.
pub(crate) fn folded(text: Cow<'_, str>) -> Cow<'_, str> {
    if is_plainly_folded(text.as_bytes()) {
        return text;
    }
    let text = match text {
        // Often white space at the ends is all that there is to fold.
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        owned => owned,
    };
    if is_folded(&text) {
        text
    } else {
        Cow::Owned(fold_space(&text))
    }
}

/// As [`str::trim`], for a text that most likely has nothing to trim.
pub(crate) fn trimmed(text: &str) -> &str {
    let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    if is_word(text.as_bytes().first()) && is_word(text.as_bytes().last()) {
        text
    } else {
        text.trim()
    }
}

/// Whether white space stands only between words, and there as one space.
fn is_folded(text: &str) -> bool {
    let mut last = ' ';
    let is_single = text.chars().all(|ch| {
        let fits = !ch.is_whitespace() || ch == ' ' && last != ' ';
        last = ch;
        fits
    });
    is_single && (last != ' ' || text.is_empty())
}

/// Whether a text surely is folded, eight bytes at a time; only of ASCII is it sure.
fn is_plainly_folded(text: &[u8]) -> bool {
    let Some(last) = text.last_chunk() else {
        return false;
    };
    // As if a space stood before it.
    let mut space_before = 0x80;
    for word in text.as_chunks().0 {
        let Some(spaces) = lone_spaces(*word, space_before) else {
            return false;
        };
        space_before = spaces >> 56;
    }
    // What is left over, with bytes that were looked at before.
    lone_spaces(*last, 0).is_some_and(|spaces| spaces >> 56 == 0)
}

/// The top bit of each byte that is a space; None where one follows another, or where there is
/// what is neither a space nor a visible character of ASCII.
fn lone_spaces(word: [u8; 8], space_before: u64) -> Option<u64> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const TOP: u64 = 0x80 * EACH;
    let word = u64::from_le_bytes(word);
    // With the top bits set no byte borrows from the next.
    let is_from_space = (word | TOP) - u64::from(b' ') * EACH;
    let is_beyond_space = (word | TOP) - u64::from(b' ' + 1) * EACH;
    let spaces = !is_beyond_space & TOP;
    let doubled = spaces & (spaces << 8 | space_before);
    let odd = (word | !is_from_space) & TOP;
    (odd | doubled == 0).then_some(spaces)
}

/// `text` with every run of white space made one space, and none at its ends.
pub(crate) fn fold_space(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_changes_only_what_is_not_folded() {
        let odd = ["", " ", "\t", "  ", "\u{a0}", "\u{2003}", "é", "—", "\u{7f}", "\u{1f}"];
        for length in 0..20 {
            for at in 0..=length {
                for odd in odd {
                    for words in ["abcdefghijklmnopqrst", "a b c d e f g h i j k l"] {
                        let text = format!("{}{odd}{}", &words[..at], &words[at..length]);
                        let known = fold_space(&text);
                        let out = folded(Cow::Borrowed(&text));
                        assert_eq!(out, known, "{text:?}");
                        assert_eq!(matches!(out, Cow::Borrowed(_)), known == text.trim());
                    }
                }
            }
        }
    }
}
