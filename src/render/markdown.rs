//! Text that goes into Markdown, made safe for the place where it stands.

use std::borrow::Cow;

use crate::source::{first, is_one_of};

/// `text` so that Markdown shows it as it is.
pub(super) fn escape(text: &str) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '#' | '!' | '{' | '}' => {
                out.push('\\');
                out.push(letter);
            }
            _ => out.push(letter),
        }
    }
    out
}

/// `text` for between inline HTML tags, where both HTML and Markdown are read: whatever
/// either could take for its own becomes a character reference.
pub(super) fn inert(text: &str) -> String {
    let text = one_line(text);
    let is_taken = |byte| is_one_of(byte, b"\\`*_[]<>&\"'|~$!{}^#");
    replaced(text, is_taken, |byte, out| {
        out.push_str("&#");
        out.push_str(&byte.to_string());
        out.push(';');
    })
}

/// `text` with every byte that `is_taken`, one of ASCII, as `write` puts it: seldom any.
fn replaced(text: Cow<'_, str>, is_taken: impl Fn(u8) -> bool, write: impl Fn(u8, &mut String)) -> String {
    let Some(mut at) = first(text.as_bytes(), &is_taken) else {
        return text.into_owned();
    };
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest: &str = &text;
    loop {
        out.push_str(&rest[..at]);
        write(rest.as_bytes()[at], &mut out);
        rest = &rest[at + 1..];
        match first(rest.as_bytes(), &is_taken) {
            Some(next) => at = next,
            None => break,
        }
    }
    out.push_str(rest);
    out
}

/// An attribute's value in an inline tag. Beyond what HTML needs: `|` would end a table's
/// cell and a backtick could open a code span.
pub(super) fn inert_attribute(value: &str) -> String {
    let is_taken = |byte| is_one_of(byte, b"&\"<>|`");
    replaced(one_line(value), is_taken, |byte, out| {
        out.push_str(match byte {
            b'&' => "&amp;",
            b'"' => "&quot;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'|' => "&#124;",
            _ => "&#96;",
        });
    })
}

/// Whether `markdown` is plain words: the same whether Markdown reads it or not.
pub(super) fn is_plain(markdown: &str, smart_punctuation: bool) -> bool {
    let is_word = |byte: u8| {
        byte.is_ascii_alphanumeric()
            | !byte.is_ascii()
            | is_one_of(byte, b" ,.;:?()/%+-@")
            | (!smart_punctuation & is_one_of(byte, b"'\""))
    };
    let begins_as_words = markdown.chars().next().is_none_or(char::is_alphabetic);
    begins_as_words
        && first(markdown.as_bytes(), |byte| !is_word(byte)).is_none()
        && !has_control(markdown)
        && !(smart_punctuation && (has_run(markdown, b'-', 2) || has_run(markdown, b'.', 3)))
}

/// Whether `byte` stands in `text` so many times side by side.
fn has_run(text: &str, byte: u8, times: usize) -> bool {
    let mut rest = text.as_bytes();
    while let Some(at) = first(rest, |other| other == byte) {
        let run = rest[at..].iter().take_while(|other| **other == byte).count();
        if run >= times {
            return true;
        }
        rest = &rest[at + run..];
    }
    false
}

/// Inline Markdown as one line that opens no block: neither a heading nor a list, a quote,
/// a fence, a definition or an HTML block.
pub(super) fn push_paragraph(markdown: &str, out: &mut String) {
    let line = one_line(markdown.trim());
    let opens_with_words = line
        .chars()
        .next()
        .is_none_or(|first| first.is_alphabetic() || (matches!(first, '(' | '"' | '\'') && line.len() > 1));
    if opens_with_words {
        out.push_str(&line);
    } else {
        // No block can open after an inline tag, and no tag block is followed by words.
        out.push_str("<span>");
        out.push_str(&line);
        out.push_str("</span>");
    }
}

/// Inline Markdown for a cell of a Markdown table.
pub(super) fn cell(markdown: &str) -> String {
    let line = one_line(markdown.trim());
    let mut out = String::with_capacity(line.len() + 4);
    let mut escaped = false;
    for letter in line.chars() {
        if letter == '|' && !escaped {
            out.push('\\');
        }
        escaped = letter == '\\' && !escaped;
        out.push(letter);
    }
    out
}

/// `text` with every line break and other control character as a space.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    if has_control(text) {
        text.replace("\r\n", " ").replace(char::is_control, " ").into()
    } else {
        text.into()
    }
}

fn has_control(text: &str) -> bool {
    // In UTF-8 the control characters beyond ASCII begin with 0xC2, and little else does.
    let may_control = |byte| (byte < b' ') | is_one_of(byte, b"\x7f\xc2");
    first(text.as_bytes(), may_control).is_some() && text.contains(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(markdown: &str) -> String {
        let mut out = String::new();
        push_paragraph(markdown, &mut out);
        out
    }

    use mdbook_markdown::{MarkdownOptions, new_cmark_parser};
    use pulldown_cmark::{Event, Tag};

    fn events(markdown: &str) -> Vec<Event<'_>> {
        new_cmark_parser(markdown, &MarkdownOptions::default()).collect()
    }

    #[test]
    fn no_line_opens_a_block() {
        for line in [
            "# heading", "- item", "* item", "1. item", "12) item", "> quote", "| a | b |", "    code", "\tcode",
            "<!-- comment", "<div>", "<div>x</div>", "<b>", "```rust", "~~~", "***", "---", "[x]: https://example.com",
            "[^1]: note", "- [ ] task", "a\nb\n\n# c",
        ] {
            let paragraph = paragraph(line);
            let events = events(&paragraph);
            assert_eq!(events[0], Event::Start(Tag::Paragraph), "{line:?}");
            let starts = |event: &&Event<'_>| matches!(event, Event::Start(Tag::Paragraph));
            assert_eq!(events.iter().filter(starts).count(), 1, "{line:?}");
        }
    }

    #[test]
    fn emphasis_at_the_edges_survives_the_guard() {
        let guarded = paragraph("**\"a\"** and _b_");
        let starts: Vec<_> = events(&guarded)
            .into_iter()
            .filter(|event| matches!(event, Event::Start(Tag::Strong | Tag::Emphasis)))
            .collect();
        assert_eq!(starts.len(), 2);
    }

    #[test]
    fn inert_and_escaped_text_says_what_it_said() {
        let nasty = r#"a|b *c* _d_ `e` [f](g) <h> &amp; "i" 'j' \k ~~l~~ $m$ ![n](o) {p} [^q] #r"#;
        for written in [inert(nasty), escape(nasty)] {
            let mut options = MarkdownOptions::default();
            options.smart_punctuation = false;
            let text: String = new_cmark_parser(&written, &options)
                .filter_map(|event| match event {
                    Event::Text(text) => Some(text.into_string()),
                    Event::Start(Tag::Paragraph) | Event::End(_) => None,
                    other => panic!("{other:?} in {written}"),
                })
                .collect();
            assert_eq!(text, nasty);
        }
    }

    #[test]
    fn cells_escape_each_bar_once() {
        assert_eq!(cell(r"a | b \| c \\| d"), r"a \| b \| c \\\| d");
    }

    #[test]
    fn plain_words_are_told_from_markdown() {
        assert!(is_plain("Retry, then give up (after 5 s).", true));
        assert!(!is_plain("it's", true));
        assert!(is_plain("it's", false));
        assert!(!is_plain("a--b", true));
        for markdown in [
            "*a*", "a_b_", "`a`", "[a](b)", "<a>", "a &amp; b", "1. a", "- a", "a ~~b~~",
        ] {
            assert!(!is_plain(markdown, false), "{markdown}");
        }
    }
}
