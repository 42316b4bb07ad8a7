//! Makes text safe for its place in Markdown.

use std::borrow::Cow;

use crate::source::with_backslashes;

/// `text` so that Markdown shows it as it is.
pub(super) fn escape(text: &str) -> String {
    replaced(text, |letter| {
        Some(match letter {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            _ if "\\`*_[]|~$#!{}".contains(letter) => format!("\\{letter}"),
            _ => return None,
        })
    })
}

/// `text` for use between inline HTML tags, where both HTML and Markdown apply: characters special
/// in either become character references.
pub(super) fn inert(text: &str) -> String {
    let is_taken = |letter| "\\`*_[]<>&\"'|~$!{}^#".contains(letter);
    replaced(text, |letter| {
        is_taken(letter).then(|| format!("&#{};", u32::from(letter)))
    })
}

/// An attribute's value in an inline tag. More is escaped than HTML needs: `|` would end a table
/// cell, and a backtick could open a code span.
pub(super) fn inert_attribute(value: &str) -> String {
    replaced(value, |letter| {
        let reference = match letter {
            '&' => "&amp;",
            '"' => "&quot;",
            '<' => "&lt;",
            '>' => "&gt;",
            '|' => "&#124;",
            '`' => "&#96;",
            _ => return None,
        };
        Some(reference.to_owned())
    })
}

/// `text` on one line, with each character replaced by `written`, if that returns a replacement.
fn replaced(text: &str, written: impl Fn(char) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in one_line(text).chars() {
        match written(letter) {
            Some(other) => out.push_str(&other),
            None => out.push(letter),
        }
    }
    out
}

/// Whether `markdown` is plain words, which Markdown does not change.
pub(super) fn is_plain(markdown: &str, smart_punctuation: bool) -> bool {
    let is_plain = |letter: char| match letter {
        '\'' | '"' => !smart_punctuation,
        _ if letter.is_ascii() => letter.is_ascii_alphanumeric() || " ,.;:?()/%+-@".contains(letter),
        _ => !letter.is_control(),
    };
    markdown.chars().next().is_none_or(char::is_alphabetic)
        && markdown.chars().all(is_plain)
        && !(smart_punctuation && (markdown.contains("--") || markdown.contains("...")))
}

/// The words and the address of `markdown` if it is one link out of the book, with plain words: as
/// HTML it takes mdBook much less than as a paragraph.
pub(super) fn sole_link(markdown: &str, smart_punctuation: bool) -> Option<(&str, &str)> {
    let (words, url) = markdown.strip_prefix('[')?.strip_suffix(')')?.split_once("](")?;
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    let is_plain_url = |letter: char| letter.is_ascii_alphanumeric() || "-._~:/?#@,;=+%".contains(letter);
    let is_plain = is_plain(words, smart_punctuation) && url.chars().all(is_plain_url);
    (is_web && is_plain && !words.trim().is_empty()).then_some((words, url))
}

/// Inline Markdown as one line that does not open a block: a heading, a list, a quote, a fence, a
/// definition or an HTML block.
pub(super) fn paragraph(markdown: &str) -> Cow<'_, str> {
    let line = one_line(markdown.trim());
    let opens_with_words = line
        .chars()
        .next()
        .is_none_or(|first| first.is_alphabetic() || (matches!(first, '(' | '"' | '\'') && line.len() > 1));
    match opens_with_words {
        true => line,
        // A block cannot open after an inline tag, and a tag followed by words does not open an
        // HTML block.
        false => format!("<span>{line}</span>").into(),
    }
}

/// Inline Markdown for a cell of a Markdown table.
pub(super) fn cell(markdown: &str) -> String {
    with_backslashes(&one_line(markdown.trim()), &['|'])
}

/// `text` with every line break and other control character replaced by a space.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    match text.contains(char::is_control) {
        true => text.replace("\r\n", " ").replace(char::is_control, " ").into(),
        false => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn a_link_out_of_the_book_is_told_from_other_markdown() {
        assert_eq!(
            sole_link("[RFC 12: A ledger](https://x.y/12?a=b#c)", true),
            Some(("RFC 12: A ledger", "https://x.y/12?a=b#c"))
        );
        for other in [
            "[a](b.md)", "[a](javascript:x)", "[`a`](https://x.y)", "[a](https://x.y \"t\")", "[](https://x.y)",
            "[a](https://x.y) and [b](https://x.y)", "[a](https://x.y/(z))", "see [a](https://x.y)",
        ] {
            assert_eq!(sole_link(other, false), None, "{other}");
        }
    }
}
