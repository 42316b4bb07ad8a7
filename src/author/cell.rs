//! Words of the command line as Markdown. Authors may write Markdown there, too, so it stays;
//! only what would end a cell or a link is kept from doing so.

/// `text` as the cell of a table.
pub(super) fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_escaped = false;
    for letter in one_line(text).chars() {
        if letter == '|' && !is_escaped {
            out.push('\\');
        }
        is_escaped = letter == '\\' && !is_escaped;
        out.push(letter);
    }
    out
}

/// `text` as the words of a link: no bracket of it is one of the link's, and no backslash at its
/// end takes the link's own.
pub(super) fn link_text(text: &str) -> String {
    let text = one_line(text);
    let backslashes = text.len() - text.trim_end_matches('\\').len();
    let mut out = String::with_capacity(text.len());
    let mut is_escaped = false;
    for letter in text.chars() {
        if matches!(letter, '[' | ']') && !is_escaped {
            out.push('\\');
        }
        is_escaped = letter == '\\' && !is_escaped;
        out.push(letter);
    }
    if backslashes % 2 == 1 {
        out.push('\\');
    }
    out
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
