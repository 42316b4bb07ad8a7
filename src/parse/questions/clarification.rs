//! `[NEEDS CLARIFICATION: which provider?]`: an open question in running text, in files that coding
//! agents write.

use pulldown_cmark::{Event, Tag};

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
    for at in memchr::memmem::find_iter(text.as_bytes(), MARK) {
        let inner = &text[at + MARK.len()..];
        let Some(length) = inner.find([']', '\n']).filter(|end| inner[*end..].starts_with(']')) else {
            continue;
        };
        let end = at + MARK.len() + length;
        let question = inner[..length].trim_start_matches([':', ' ']);
        let is_asked = asked.iter().any(|span| span.start <= at && at < span.end);
        if question.trim().is_empty() || is_asked || !is_prose(reader, at) {
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

/// Whether byte `at` is in running text rather than in code.
fn is_prose(reader: &Reader<'_>, at: usize) -> bool {
    let mut is_text = false;
    let nodes = reader.tree.nodes.iter();
    for node in nodes.filter(|node| node.span.start <= at && at < node.span.end) {
        match &node.kind {
            NodeKind::Open(Tag::CodeBlock(_)) => return false,
            NodeKind::Leaf(event) => is_text = matches!(event, Event::Text(_)),
            _ => {}
        }
    }
    is_text
}
