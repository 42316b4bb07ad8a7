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

/// `text` as the words of a link.
pub(super) fn link_text(text: &str) -> String {
    one_line(text).replace('[', "\\[").replace(']', "\\]")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_cell() {
        assert_eq!(cell(" a | b \n c \\| `d` "), "a \\| b c \\| `d`");
        assert_eq!(link_text("a [b](c)"), "a \\[b\\](c)");
    }
}
