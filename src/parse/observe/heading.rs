//! Headings that do not reach the page as they were written: their ends are taken for
//! attributes, or their characters are damaged.

use mdbook_markdown::pulldown_cmark::{CowStr, Event, Tag};

use crate::config::Dialect;
use crate::model::Observations;
use crate::parse::anchor;
use crate::parse::outline::Outline;
use crate::parse::tree::{Kind, Tree};
use crate::source::Span;

/// The braces at the end of the heading at `node` that mdBook takes for attributes though their
/// author cannot have meant any: `PUT /things/{id}`. Attributes are `#id`, `.class` and `key=value`.
pub(super) fn swallowed(tree: &Tree<'_>, node: usize) -> Option<Span> {
    let Some(Tag::Heading { id, classes, attrs, .. }) = tree.tag(node) else {
        return None;
    };
    let has_value = attrs.iter().any(|(_, value)| value.is_some());
    if has_value || id.is_some() || !classes.is_empty() {
        return None;
    }
    let span = tree.nodes[node].span;
    // Below a setext heading stands its underline, behind the others may stand `##`.
    let text = span.of(tree.text);
    let end = text.rfind('}')? + 1;
    let start = text[..end].rfind('{')?;
    let is_attribute = |word: &str| word.starts_with(['#', '.']) || word.contains('=');
    let inner = &text[start + 1..end - 1];
    let place = Span::new(span.start + start, span.start + end);
    // What the page shows has a node.
    let shown = tree.nodes[node + 1..tree.nodes[node].end]
        .iter()
        .map(|node| node.span.end)
        .max();
    let is_lost = shown.is_none_or(|shown| shown <= place.start);
    (is_lost && !inner.trim().is_empty() && !inner.split_whitespace().any(is_attribute)).then_some(place)
}

/// The ids of the headings once what is damaged in them is mended and what is swallowed given
/// back; empty where that changes nothing.
pub(super) fn mended_ids(
    tree: &mut Tree<'_>,
    seen: &Observations,
    removed: &[Span],
    outline: &Outline,
    dialect: Dialect,
) -> Vec<String> {
    let mut headings = Vec::new();
    for (index, node) in tree.nodes.iter().enumerate() {
        if matches!(node.kind, Kind::Open(Tag::Heading { .. })) {
            let next = seen.mangled.partition_point(|run| run.span.start < node.span.start);
            let is_damaged = seen.mangled.get(next).is_some_and(|run| node.span.contains(run.span));
            if is_damaged || swallowed_in(seen, node.span).is_some() {
                headings.push(index);
            }
        }
    }
    if headings.is_empty() {
        return Vec::new();
    }
    for heading in &headings {
        mend(tree, *heading, seen);
    }
    if outline.are_independent
        && let Some(ids) = replaced_ids(tree, outline, headings, dialect)
    {
        return ids;
    }
    let ids = anchor::kept_ids(tree, dialect, removed);
    ids.into_iter().map(|(_, id)| id).collect()
}

/// The ids of the outline with those of the `mended` headings put anew; None where two are
/// then the same.
fn replaced_ids(tree: &Tree<'_>, outline: &Outline, mended: Vec<usize>, dialect: Dialect) -> Option<Vec<String>> {
    let mut new = anchor::ids_alone(tree, dialect, mended).into_iter().peekable();
    let mut ids = Vec::with_capacity(outline.headings.len());
    for (node, heading) in &outline.headings {
        // What is mended and cut has no heading in the outline.
        while new.next_if(|(mended, _)| mended < node).is_some() {}
        let replaced = new.next_if(|(mended, _)| mended == node);
        ids.push(replaced.map_or_else(|| heading.id.clone(), |(_, id)| id));
    }
    (!anchor::may_have_twins(ids.iter().map(String::as_str))).then_some(ids)
}

/// What is swallowed of the heading that is `whole`.
fn swallowed_in(seen: &Observations, whole: Span) -> Option<Span> {
    let next = seen.swallowed.partition_point(|span| span.start < whole.start);
    let span = seen.swallowed.get(next)?;
    whole.contains(*span).then_some(*span)
}

/// Writes into the heading's nodes what they will be; their places stay.
fn mend(tree: &mut Tree<'_>, heading: usize, seen: &Observations) {
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
    let swallowed = swallowed_in(seen, whole);
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
