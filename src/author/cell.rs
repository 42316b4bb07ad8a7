//! Text from the command line as Markdown. It may contain Markdown, which is kept; only characters
//! that would end a cell or a link, or disappear from the page, are escaped.

use crate::parse;
use crate::source::with_backslashes;

/// `text` as the cell of a table.
pub(super) fn cell(text: &str) -> String {
    with_backslashes(&one_line(text), &['|'])
}

/// `text` as the text of a link: without links of its own, its brackets escaped; a backslash at its
/// end does not escape the link's bracket.
pub(super) fn link_text(text: &str) -> String {
    let text = one_line(text);
    let text = parse::unlinked(&text);
    let backslashes = text.len() - text.trim_end_matches('\\').len();
    with_backslashes(&text, &['[', ']']) + &"\\".repeat(backslashes % 2)
}

/// `text` with its white space folded.
pub(super) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `text` on one line, with `Vec<T>` shown as it stands: a tag would not be seen.
pub(super) fn one_line(text: &str) -> String {
    parse::with_tags_shown(&folded(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_cell() {
        assert_eq!(cell(" a | b \n c \\| `d` "), "a \\| b c \\| `d`");
        assert_eq!(link_text("a [b](c) [d]"), "a b \\[d\\]");
        assert_eq!(link_text(r"to C:\"), r"to C:\\");
        assert_eq!(link_text(r"\[a\]\\"), r"\[a\]\\");
    }

    #[test]
    fn what_looks_like_a_tag_is_shown() {
        for (text, written) in [
            ("use Vec<T>, not <i>", r"use Vec\<T>, not \<i>"),
            ("`Vec<T>` and a < b > c", "`Vec<T>` and a < b > c"),
            ("one<br>two <https://example.com>", "one<br>two <https://example.com>"),
            (r"Vec\<T>", r"Vec\<T>"),
            ("**all** of _it_ <!-- x -->", r"**all** of _it_ \<!-- x -->"),
        ] {
            assert_eq!(one_line(text), written);
            assert_eq!(one_line(written), written, "twice is once");
        }
        assert_eq!(link_text("[Vec<T>]"), r"\[Vec\<T>\]");
    }
}
