//! Words of the command line as Markdown. Authors may write Markdown there, too, so it stays;
//! only what would end a cell or a link is kept from doing so.

use crate::source::with_backslashes;

/// `text` as the cell of a table.
pub(super) fn cell(text: &str) -> String {
    with_backslashes(&one_line(text), &['|'])
}

/// `text` as the words of a link: no bracket of it is one of the link's, and no backslash at its
/// end takes the link's own.
pub(super) fn link_text(text: &str) -> String {
    let text = one_line(text);
    let backslashes = text.len() - text.trim_end_matches('\\').len();
    with_backslashes(&text, &['[', ']']) + &"\\".repeat(backslashes % 2)
}

/// `text` with its white space folded.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_cell() {
        assert_eq!(cell(" a | b \n c \\| `d` "), "a \\| b c \\| `d`");
        assert_eq!(link_text("a [b](c)"), "a \\[b\\](c)");
        assert_eq!(link_text(r"to C:\"), r"to C:\\");
        assert_eq!(link_text(r"\[a\]\\"), r"\[a\]\\");
    }
}
