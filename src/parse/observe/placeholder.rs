//! Finds template placeholders that are not filled in: `[Feature Name]`, `Date: YYYY-MM-DD`.
//!
//! Brackets also occur in ordinary text. So a document has placeholders only if one of them is the
//! whole content of its heading, cell, line or label; then those within sentences count as well.

use pulldown_cmark::{Event, Tag};

use crate::parse::markdown::fold::fold;
use crate::parse::markdown::tree::{NodeKind, Tree};
use crate::source::{Span, Spanned};

/// Collects placeholders, in source order.
#[derive(Debug, Default)]
pub(crate) struct Placeholders {
    found: Vec<Spanned<String>>,
    /// Whether one of them is unambiguous.
    certain: bool,
    read_up_to: usize,
}

/// Words that describe what to write in their place.
const SLOTS: &[&str] = &[
    "name", "names", "name1", "feature", "title", "date", "yyyy", "link", "links", "url", "email", "description",
    "describe", "brief", "version", "number", "team", "owner", "owners", "author", "authors", "your", "insert",
    "placeholder", "status", "summary", "explain", "include", "similar", "comments", "todo", "fill", "reviewer",
    "reviewers", "approver", "approvers", "role", "ticket", "component", "project", "reason", "metric",
];

impl Placeholders {
    /// Examines one leaf of the tree, in block `block`.
    pub(crate) fn look(&mut self, tree: &Tree<'_>, leaf: usize, block: usize) {
        let span = tree.nodes[leaf].span;
        match &tree.nodes[leaf].kind {
            NodeKind::Leaf(Event::Text(text)) if may_hold(text) => self.look_at(tree, span, block),
            NodeKind::Leaf(Event::InlineHtml(html)) if is_slot_tag(html) => {
                self.add(tree, span, block, &html[1..html.len() - 1]);
            }
            _ => {}
        }
    }

    /// The placeholders, if at least one is unambiguous.
    pub(crate) fn finish(self) -> Vec<Spanned<String>> {
        if self.certain { self.found } else { Vec::new() }
    }

    fn look_at(&mut self, tree: &Tree<'_>, span: Span, block: usize) {
        let text = tree.text;
        let mut at = span.start.max(self.read_up_to);
        while at < span.end {
            let rest = &text[at..];
            let length = bracketed(rest).or_else(|| rest.starts_with("YYYY-MM-DD").then_some(10));
            match length {
                Some(length) if !is_link(text, at, at + length) => {
                    let inner = rest[..length].trim_matches(|ch| matches!(ch, '[' | ']' | '{' | '}' | '\\'));
                    self.add(tree, Span::new(at, at + length), block, inner);
                    at += length;
                }
                _ => at += rest.chars().next().map_or(1, char::len_utf8),
            }
        }
        self.read_up_to = self.read_up_to.max(at);
    }

    fn add(&mut self, tree: &Tree<'_>, span: Span, block: usize, inner: &str) {
        let is_template = is_slot(inner) || is_choice(inner);
        let alone = stands_alone(tree, span, block);
        let is_date = span.of(tree.text) == "YYYY-MM-DD";
        let is_brace = span.of(tree.text).starts_with('{');
        if (is_date || is_brace && !inner.contains(' ')) && !alone || !is_template && !alone {
            return;
        }
        self.certain |= is_template && alone;
        self.found.push(Spanned::new(span.of(tree.text).to_owned(), span));
        self.read_up_to = span.end;
    }
}

fn may_hold(text: &str) -> bool {
    memchr::memchr3(b'[', b'{', b'Y', text.as_bytes()).is_some()
}

/// The length of `[…]` or `{…}` at the start of `text`, on one line and not nested.
fn bracketed(text: &str) -> Option<usize> {
    const LONGEST: usize = 100;
    let close = match text.as_bytes().first()? {
        b'[' => ']',
        b'{' => '}',
        _ => return None,
    };
    let end = text[1..].find(['[', ']', '{', '}', '\n'])?;
    let inner = &text[1..=end];
    let is_words = inner.chars().any(char::is_alphabetic) && inner.len() <= LONGEST;
    (is_words && text[1 + end..].starts_with(close)).then_some(end + 2)
}

/// Whether the brackets belong to a link, a footnote, an image or a directive.
fn is_link(text: &str, start: usize, end: usize) -> bool {
    text[..start].ends_with(['!', ']', '{', '`', '$']) || text[end..].starts_with(['(', '[', '}', '`'])
}

fn is_slot(inner: &str) -> bool {
    let folded = fold(inner);
    folded.split(' ').any(|word| SLOTS.contains(&word)) && folded.split(' ').count() <= 12
}

/// Whether the text lists choices: `Draft | In Review | Approved`.
fn is_choice(inner: &str) -> bool {
    inner.contains(" | ") || inner.split('|').count() > 2
}

/// Whether the tag is a placeholder such as `<your name>`, which Markdown parses as HTML.
fn is_slot_tag(html: &str) -> bool {
    html.strip_prefix('<')
        .and_then(|html| html.strip_suffix('>'))
        .is_some_and(|inner| {
            inner.contains(' ')
                && inner
                    .chars()
                    .all(|ch| ch.is_alphanumeric() || matches!(ch, ' ' | '-' | '_'))
                && is_slot(inner)
        })
}

/// Whether a placeholder is the whole content of its line, its cell, the end of its heading or its
/// label's value.
fn stands_alone(tree: &Tree<'_>, span: Span, block: usize) -> bool {
    let node = tree.nodes[block].span;
    // A line may be long and have many of them, so only what is next to this one is read.
    let before = &tree.text[node.start.min(span.start)..span.start];
    let before = before.trim_end_matches(|ch| is_filler(ch) || matches!(ch, '-' | '+' | '>' | '#'));
    let after = &tree.text[span.end..node.end.max(span.end)];
    let after = after.trim_start_matches(|ch| is_filler(ch) || matches!(ch, '.' | '\\'));
    let ends = after.is_empty() || after.starts_with('\n');
    let list = before
        .trim_end_matches(['.', ')'])
        .trim_end_matches(|ch: char| ch.is_ascii_digit());
    let list = list.trim_end_matches(|ch| is_filler(ch) || matches!(ch, '-' | '+' | '>' | '#'));
    let is_first = list.is_empty() || list.ends_with('\n');
    let starts = is_first || before.ends_with([':', '|']);
    let is_heading = matches!(tree.tag(block), Some(Tag::Heading { .. }));
    starts && (ends || after.starts_with('|')) || is_heading && ends && before.ends_with(':')
}

/// White space and marks around a text, within its line.
fn is_filler(ch: char) -> bool {
    ch.is_whitespace() && ch != '\n' || matches!(ch, '*' | '_' | '"' | '`')
}
