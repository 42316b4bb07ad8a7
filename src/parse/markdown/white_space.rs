//! Collapses white space to one space between words, as a page shows it.

use std::borrow::Cow;

/// Like [`fold_space`], but does not copy a text that needs no change.
pub(crate) fn folded(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        text if is_folded(&text) => text,
        Cow::Borrowed(text) if is_folded(text.trim()) => Cow::Borrowed(text.trim()),
        text => Cow::Owned(fold_space(&text)),
    }
}

/// Whether the text has single spaces between words and no other white space.
fn is_folded(text: &str) -> bool {
    let mut last = ' ';
    let is_single = text.chars().all(|ch| {
        let fits = !ch.is_whitespace() || ch == ' ' && last != ' ';
        last = ch;
        fits
    });
    is_single && (last != ' ' || text.is_empty())
}

/// `text` with every run of white space collapsed to one space, and none at its ends.
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
