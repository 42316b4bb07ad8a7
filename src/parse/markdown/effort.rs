//! Finds text for which mdBook's Markdown parser would take very long, before it is parsed.
//!
//! The parser takes time in proportion to its text, but for two forms:
//!
//! - Lists and quotations that are nested on one line, `- - - a`, and lines that continue their
//!   text: each of those lines goes through all of them.
//! - A link whose title has no end, `[a](b "c`: at each line break after it, the parser begins at
//!   the link again.
//!
//! 40,000 lines of 80 KB take it three seconds, and ten times as many take it five minutes.

use memchr::memchr_iter;

use crate::source::Span;

/// The number of steps of the parser that a chapter may take beyond its length: some tenths of a
/// second.
const MOST: usize = 20_000_000;

/// Nesting that is not counted: documents have it, and it costs no more than other text.
const ORDINARY_DEPTH: usize = 10;

/// The line from which on `text` takes the parser too long. What stands above it does not.
pub(super) fn excess(text: &str) -> Option<Span> {
    let lines = memchr_iter(b'\n', text.as_bytes()).count() + 1;
    if lines.saturating_mul(lines.max(text.len())) < MOST {
        return None;
    }
    let mut effort = Effort::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(start) = effort.add(at, line) {
            let cause = text[start..].lines().next().unwrap_or_default();
            return Some(Span::new(start, start + cause.len()));
        }
        at += line.len();
    }
    None
}

/// What was counted up to a line.
#[derive(Default)]
struct Effort {
    steps: usize,
    /// The most containers that a line since the last blank one opens, and where it begins.
    deepest: (usize, usize),
    /// The title that has no end since the last blank line.
    title: Option<Title>,
}

/// A title without an end.
struct Title {
    /// Where its line begins.
    line: usize,
    /// The number of lines after it.
    lines: usize,
    /// What ends it; None if its first line does not say.
    end: Option<u8>,
}

impl Effort {
    /// Counts a line, which begins `at` a place. The beginning of the line to blame if it is too much.
    fn add(&mut self, at: usize, line: &str) -> Option<usize> {
        if line.trim_ascii().is_empty() {
            (self.deepest, self.title) = ((0, 0), None);
            return None;
        }
        let Start { depth, is_item } = start(line);
        self.deepest = self.deepest.max((depth, at));
        self.steps += self.deepest.0.saturating_sub(ORDINARY_DEPTH);
        if self.steps > MOST {
            return Some(self.deepest.1);
        }
        let goes_on = |title: &Title| !is_item && title.end.is_none_or(|end| !has_unescaped(line, end));
        match self.title.take().filter(goes_on) {
            Some(mut title) => {
                title.lines += 1;
                self.steps += title.lines;
                let blamed = (self.steps > MOST).then_some(title.line);
                self.title = Some(title);
                blamed
            }
            None => {
                self.title = open_title(line).map(|end| Title {
                    line: at,
                    lines: 0,
                    end,
                });
                None
            }
        }
    }
}

/// The marks of lists and quotations at the start of a line.
#[derive(Debug, PartialEq, Eq)]
struct Start {
    /// The number of lists and quotations that it opens or continues.
    depth: usize,
    /// Whether it begins an item, which ends the paragraph before it.
    is_item: bool,
}

fn start(line: &str) -> Start {
    let mut rest = line.as_bytes();
    let (mut depth, mut indent, mut is_item) = (0, 0, false);
    loop {
        let text = rest.trim_ascii_start();
        if depth == 0 {
            indent = rest.len() - text.len();
        }
        let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let length = match text.get(digits) {
            Some(b'>') if digits == 0 => 1,
            Some(b'-' | b'+' | b'*') if digits == 0 => 2,
            Some(b'.' | b')') if (1..10).contains(&digits) => digits + 2,
            _ => break,
        };
        if length > 1 {
            // A mark of a list needs white space after it.
            if text.get(length - 1).is_some_and(|byte| !byte.is_ascii_whitespace()) {
                break;
            }
            is_item = true;
        }
        depth += 1;
        rest = text.get(length..).unwrap_or_default();
    }
    // Each level of an indented list takes two spaces or more.
    depth += if is_item { indent / 2 } else { 0 };
    Start { depth, is_item }
}

/// The end of a title that begins on `line` and does not end there; `Some(None)` if a link begins on
/// it of which the address or the title may follow.
#[expect(clippy::option_option, reason = "an open title with an unknown end, or none")]
fn open_title(line: &str) -> Option<Option<u8>> {
    // Each part is looked at once: a title that goes on behind the next link counts as open.
    let mut parts = line.split("](").skip(1).peekable();
    while let Some(part) = parts.next() {
        let text = part.trim_ascii_start();
        let end = match text.strip_prefix('<') {
            Some(inside) => inside.find('>').map(|end| end + 2),
            None => text.find(|c: char| c.is_ascii_whitespace() || c == ')'),
        };
        let title = text[end.unwrap_or(text.len())..].trim_ascii_start();
        let end = match title.bytes().next() {
            None if parts.peek().is_none() => return Some(None),
            Some(quote @ (b'"' | b'\'')) => quote,
            Some(b'(') => b')',
            _ => continue,
        };
        if !has_unescaped(&title[1..], end) {
            return Some(Some(end));
        }
    }
    None
}

fn has_unescaped(text: &str, byte: u8) -> bool {
    let bytes = text.as_bytes();
    memchr_iter(byte, bytes).any(|at| at == 0 || bytes[at - 1] != b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_parser_takes_long_for_is_found_at_its_line() {
        let lines = "x\n".repeat(20_000);
        for cause in [
            "[a](b \"c",
            "[a](b 'c",
            "[a](<b c> \"c",
            "[a](b\n'c",
            "[a](b (c",
            "[a](b \"c [a](b \"d",
            "[a](b \"c\\\"",
            &"- ".repeat(5_000),
            &"> 1. ".repeat(5_000),
            &format!("{}- a", "  ".repeat(5_000)),
        ] {
            let text = format!("# T\n\n{cause}\n{lines}");
            let found = excess(&text).map(|span| span.of(&text));
            assert_eq!(found, cause.lines().next(), "{cause:.20}");
            let text = format!("# T\n\n{cause}\n\n{lines}");
            assert_eq!(excess(&text), None, "a blank line ends it: {cause:.20}");
        }
    }

    #[test]
    fn long_text_of_other_forms_is_parsed() {
        for line in [
            "x", "- [a](b \"c\") d", "[a](b \"c\")", "[a](b)", "    - a", "> > > x", "| [a](b 'c') | 1. |", "* * *",
            "[a](b c", "a (b \"c", "- - - - - - - a", "1234567890. a",
        ] {
            assert_eq!(excess(&format!("{line}\n").repeat(100_000)), None, "{line}");
        }
        let links = "- [a](b \"c\n".repeat(100_000);
        assert_eq!(excess(&links), None, "each ends with its item");
    }

    #[test]
    fn depth_is_that_of_lists_and_quotations() {
        for (line, depth, is_item) in [
            ("a", 0, false),
            ("- a", 1, true),
            ("-a", 0, false),
            ("> a", 1, false),
            (">>a", 2, false),
            ("1. - > a", 3, true),
            ("1.a", 0, false),
            ("  - a", 2, true),
            ("    a", 0, false),
            ("-", 1, true),
            ("> -\n", 2, true),
            ("12) b", 1, true),
        ] {
            assert_eq!(start(line), Start { depth, is_item }, "{line:?}");
        }
    }
}
