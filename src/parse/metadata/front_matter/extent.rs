//! Finds where front matter begins and ends.
//!
//! It is at the very top, preceded at most by a comment, between `---` and `---` or `...`, and
//! holds only keys with values. A document that begins with a thematic break has headings and prose
//! below it; that is the author's text and must stay.

use serde_json::Value as Yaml;

use crate::parse::markdown::lines::line_end;
use crate::source::Span;

/// The top of a chapter.
#[derive(Debug, PartialEq)]
pub(super) enum Extent {
    /// No front matter.
    None,
    /// Keys that no line closes. Holds the opening line.
    Unclosed(Span),
    /// Front matter: its lines, and the whole block with its fences.
    Block(Span, Span),
}

/// Detects front matter at the top of `text`.
pub(super) fn extent(text: &str) -> Extent {
    let start = start(text);
    let below = Span::new(line_end(text, Span::at(start)), text.len());
    if text[start..below.start].trim_end() != "---" {
        return Extent::None;
    }
    let mut fences = lines(text, below).filter(|line| matches!(line.of(text), "---" | "..."));
    if let Some(fence) = fences.next() {
        let body = Span::new(below.start, fence.start);
        if is_front_matter(body.of(text)) {
            return Extent::Block(body, Span::new(start, line_end(text, fence)));
        }
    }
    match begins_with_keys(below.of(text)) {
        true => Extent::Unclosed(Span::new(start, start + "---".len())),
        false => Extent::None,
    }
}

/// The first byte of front matter, if there is any. Some exporters put an empty paragraph before
/// it, some tools a comment.
fn start(text: &str) -> usize {
    let mut start = text.len() - text.trim_start_matches('\u{feff}').len();
    while start < text.len() {
        let behind = line_end(text, Span::at(start));
        start = match text[start..behind].trim() {
            "" | "&nbsp;" => behind,
            _ => match behind_comment(text, start) {
                Some(behind) => behind,
                None => break,
            },
        };
    }
    start
}

/// The byte after the lines of the comment at `at`, if they contain nothing else.
fn behind_comment(text: &str, at: usize) -> Option<usize> {
    let end = text[at..].strip_prefix("<!--")?.find("-->")?;
    let close = at + "<!--".len() + end + "-->".len();
    let behind = line_end(text, Span::at(close));
    text[close..behind].trim().is_empty().then_some(behind)
}

/// The lines within a span, without white space at their ends.
pub(super) fn lines(text: &str, within: Span) -> impl Iterator<Item = Span> {
    let mut at = within.start;
    within.of(text).split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        Span::new(start, start + line.trim_end().len())
    })
}

/// Whether `body` is front matter: each line belongs to a key or is a comment, or YAML parses it as
/// a map.
fn is_front_matter(body: &str) -> bool {
    let has_key = body.lines().any(is_key);
    let is_map = || matches!(serde_saphyr::from_str::<Yaml>(body), Ok(Yaml::Object(_)));
    has_key && !has_heading(body) && (are_keys(body) || is_map())
}

/// Whether `body` has a Markdown heading, which is a comment in YAML. A blank line after it
/// distinguishes the two: YAML comments are directly above the lines they describe.
fn has_heading(body: &str) -> bool {
    let mut pairs = body.lines().zip(body.lines().skip(1));
    pairs.any(|(line, next)| {
        let words = line.trim_start_matches('#');
        (1..=6).contains(&(line.len() - words.len())) && words.starts_with(' ') && next.trim().is_empty()
    })
}

/// Whether every line is `key: value`, continues the value above it, or is a comment.
fn are_keys(body: &str) -> bool {
    let mut has_key = false;
    // A line without a key continues the line directly above it; after a blank line it is prose.
    let mut goes_on = false;
    body.lines().all(|line| {
        let is_indented = line.starts_with([' ', '\t']);
        if line.trim().is_empty() || line.starts_with('#') {
            goes_on = false;
            return true;
        }
        goes_on = is_key(line) || has_key && (is_indented || goes_on);
        has_key |= goes_on;
        goes_on
    }) && has_key
}

/// Whether the lines right after the opening one are keys. A single one may be a sentence.
fn begins_with_keys(text: &str) -> bool {
    let paragraph = text.lines().take_while(|line| !line.trim().is_empty());
    paragraph.filter(|line| is_key(line)).take(2).count() == 2
}

/// Whether a line begins with a key: a few unindented words without Markdown syntax.
fn is_key(line: &str) -> bool {
    const MOST_WORDS: usize = 5;
    let Some((key, value)) = line.split_once(':') else {
        return false;
    };
    let bare = key.trim_end().trim_matches(['"', '\'']);
    bare.starts_with(|ch: char| ch.is_alphanumeric() || ch == '_' || ch == '@' || ch == '$')
        && !bare.contains(['*', '`', '|', '[', ']', '<', '>', '#'])
        && !bare.contains(". ")
        && bare.split_whitespace().count() <= MOST_WORDS
        && !value.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> Option<&str> {
        match extent(text) {
            Extent::Block(body, _) => Some(body.of(text)),
            _ => None,
        }
    }

    #[test]
    fn keys_are_front_matter_also_where_yaml_does_not_read_them() {
        for text in [
            "status: draft\n",
            "\"title\": Till slips\n",
            "authors:\n- @ada\n\nreviewers:\n  - @tunde\nstatus: {proposed}\nissue: #12\n",
            "# Fill in what you know.\nstatus: draft # or accepted\n",
            "title: One that goes on\non the next line\nstatus: draft\n",
            "Comments due: 6/30\nPlan to implement: Yes\n",
            "notes: |\n  # Not a heading\n\n  Words.\nstatus: draft\n",
            "tags: [\n\"a\",\n\"b\"\n]\n",
        ] {
            assert_eq!(body(&format!("---\n{text}---\n\n# T\n")), Some(text));
            let windows = format!("\u{feff}---\r\n{}---\r\n", text.replace('\n', "\r\n"));
            assert!(body(&windows).is_some(), "{windows}");
        }
    }

    #[test]
    fn headings_prose_lists_and_tables_are_none() {
        for text in [
            "\n# Till slips\n\n**Author:** Ada Obi\n**Status:** Draft\n\n## Goals\n\n- Short slips\n\n",
            "\n# Till slips\n\nAuthor: Ada Obi\nStatus: Draft\n\n",
            "\n- Goal: short slips\n- Non-goal: paper\n\n",
            "\n1. Goal: short slips\n\n",
            "\n| a: | b |\n|---|---|\n\n",
            "\n> Note: read this first\n\n",
            "\nWe print too much. One reason: the logo.\n\n",
            "title: Till slips\nstatus: draft\n\nWe print too much.\n\n",
            "\nprose\n\n",
        ] {
            let text = format!("---\n{text}---\n\nrest\n");
            assert_eq!(body(&text), None, "{text}");
        }
        assert_eq!(extent("# T\n\n---\na: b\n---\n"), Extent::None);
    }

    #[test]
    fn keys_that_nothing_closes_are_told_from_a_rule() {
        let unclosed = |text: &str| matches!(extent(text), Extent::Unclosed(_));
        assert!(unclosed(
            "---\ntitle: Till slips\nstatus: draft\n\n# Till slips\n\nWords.\n"
        ));
        assert!(unclosed(
            "---\ntitle: Till slips\nstatus: draft\n\n# Till slips\n\nWords.\n\n---\n\nEnd.\n"
        ));
        assert!(!unclosed("---\n\n# Till slips\n\nAuthor: Ada Obi\nStatus: Draft\n"));
        assert!(!unclosed("---\nOne thing: this is prose.\n"));
        assert!(!unclosed("---\ntitle: Till slips\nstatus: draft\n---\n"));
    }
}
