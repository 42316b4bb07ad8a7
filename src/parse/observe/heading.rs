//! Headings that do not reach the page as they were written: their ends are taken for
//! attributes, or their characters are damaged.

use mdbook_markdown::pulldown_cmark::{CowStr, Event, Tag};

use crate::config::Dialect;
use crate::model::Observations;
use crate::parse::anchor;
use crate::parse::tree::{Kind, Tree};
use crate::source::Span;

/// The braces at the end of the heading at `node` that mdBook takes for attributes though their
/// author cannot have meant any: `PUT /things/{id}`. Attributes are `#id`, `.class` and `key=value`.
pub(super) fn swallowed(tree: &Tree<'_>, node: usize) -> Option<Span> {
    let Some(Tag::Heading { id, classes, attrs, .. }) = tree.tag(node) else {
        return None;
    };
    let words_only = attrs.iter().all(|(_, value)| value.is_none());
    if attrs.is_empty() || !words_only || id.is_some() || !classes.is_empty() {
        return None;
    }
    let span = tree.nodes[node].span;
    // Of a setext heading the last line is the underline, of the others `##` may close them.
    let text = span.of(tree.text);
    let end = text.rfind('}')? + 1;
    let start = text[..end].rfind('{')?;
    let inner = &text[start + 1..end - 1];
    let names = inner.split_whitespace();
    let is_it = names.eq(attrs.iter().map(|(name, _)| &**name));
    is_it.then_some(Span::new(span.start + start, span.start + end))
}

/// The ids of the headings once what is damaged in them is mended and what is swallowed given
/// back; empty where that changes nothing.
pub(super) fn mended_ids(tree: &Tree<'_>, seen: &Observations, removed: &[Span], dialect: Dialect) -> Vec<String> {
    let mut headings = Vec::new();
    for (index, node) in tree.nodes.iter().enumerate() {
        let holds = |span: Span| node.span.contains(span);
        if matches!(node.kind, Kind::Open(Tag::Heading { .. })) {
            let next = seen.mangled.partition_point(|run| run.span.start < node.span.start);
            let is_damaged = seen.mangled.get(next).is_some_and(|run| holds(run.span));
            if is_damaged || seen.swallowed.iter().any(|span| holds(*span)) {
                headings.push(index);
            }
        }
    }
    if headings.is_empty() {
        return Vec::new();
    }
    let mut mended = tree.clone();
    for heading in headings {
        mend(&mut mended, heading, seen);
    }
    let ids = anchor::ids(&mended, dialect, removed);
    ids.into_iter().map(|(_, id)| id).collect()
}

/// Writes into the heading's nodes what they will be; their places stay.
fn mend<'a>(tree: &mut Tree<'a>, heading: usize, seen: &Observations) {
    let whole = tree.nodes[heading].span;
    let end = tree.nodes[heading].end;
    for node in &mut tree.nodes[heading + 1..end] {
        let Kind::Leaf(Event::Text(text) | Event::Code(text)) = &mut node.kind else {
            continue;
        };
        let next = seen.mangled.partition_point(|run| run.span.start < node.span.start);
        for run in seen.mangled[next..]
            .iter()
            .take_while(|run| node.span.contains(run.span))
        {
            *text = CowStr::from(text.replacen(run.span.of(tree.text), &run.text, 1));
        }
    }
    let swallowed = seen.swallowed.iter().find(|span| whole.contains(**span));
    let (Some(braces), Kind::Open(Tag::Heading { attrs, .. })) = (swallowed, &mut tree.nodes[heading].kind) else {
        return;
    };
    attrs.clear();
    if let Some(last) = tree.nodes[heading + 1..end].last_mut()
        && let Kind::Leaf(Event::Text(text)) = &mut last.kind
    {
        let given_back = Span::new(last.span.end, braces.end).of(tree.text);
        *text = CowStr::from(format!("{text}{given_back}"));
    }
}
