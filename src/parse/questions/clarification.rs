//! `[NEEDS CLARIFICATION: which provider?]`: an open question in running text, in files that coding
//! agents write.

use pulldown_cmark::{Event, Tag};

use crate::parse::markdown::anchor::within;
use crate::parse::markdown::inline::Run;
use crate::parse::markdown::tree::NodeKind;
use crate::parse::record::{Reader, Record};
use crate::source::Span;

/// The start of the mark.
const MARK: &str = "[NEEDS CLARIFICATION";

/// The marks of a chapter. Those within `asked` (in order) already belong to a question.
pub(super) fn marked<'r>(reader: &Reader<'r>, asked: &[Span]) -> Vec<Record<'r>> {
    let text = reader.tree.text;
    let mut out = Vec::new();
    let mut marks = memchr::memmem::find_iter(text.as_bytes(), MARK).peekable();
    if marks.peek().is_none() {
        return out;
    }
    let blocks = reader.tree.nodes.iter();
    let code = blocks.filter(|node| matches!(node.kind, NodeKind::Open(Tag::CodeBlock(_))));
    let code: Vec<Span> = code.map(|node| node.span).collect();
    for at in marks {
        let inner = &text[at + MARK.len()..];
        let Some(length) = inner.find([']', '\n']).filter(|end| inner[*end..].starts_with(']')) else {
            continue;
        };
        let end = at + MARK.len() + length;
        let question = inner[..length].trim_start_matches([':', ' ']);
        if question.trim().is_empty() || within(asked, at) || !is_prose(reader, &code, at) {
            continue;
        }
        let span = Span::new(end - question.len(), end);
        out.push(Record {
            text: vec![Run::plain(question, span)],
            badge_at: end + 1,
            ..Record::default()
        });
    }
    out
}

/// Whether byte `at` is in running text rather than in one of the code blocks, which are sorted.
fn is_prose(reader: &Reader<'_>, code: &[Span], at: usize) -> bool {
    let nodes = &reader.tree.nodes;
    let behind = nodes.partition_point(|node| node.span.start <= at);
    // The leaf at a byte is the last node that begins there, but for an empty one or two.
    let mut before = nodes[..behind].iter().rev().take(8);
    let leaf = before.find(|node| at < node.span.end && matches!(node.kind, NodeKind::Leaf(_)));
    leaf.is_some_and(|leaf| matches!(leaf.kind, NodeKind::Leaf(Event::Text(_)))) && !within(code, at)
}
