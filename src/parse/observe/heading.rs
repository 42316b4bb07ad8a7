//! Headings that are not rendered as written: their ends are parsed as attributes, or their
//! characters are damaged.

use pulldown_cmark::{CowStr, Event, Tag};

use crate::config::Dialect;
use crate::model::Observations;
use crate::parse::markdown::anchor;
use crate::parse::markdown::anchor::outline::Outline;
use crate::parse::markdown::tree::{NodeKind, Tree};
use crate::source::Span;

/// The braces at the end of the heading at `node` that mdBook parses as attributes although the
/// author meant text: `PUT /things/{id}`. Real attributes are `#id`, `.class` and `key=value`.
pub(crate) fn swallowed(tree: &Tree<'_>, node: usize) -> Option<Span> {
    let Some(Tag::Heading { id, classes, attrs, .. }) = tree.tag(node) else {
        return None;
    };
    // Text that the page shows has a node.
    let span = tree.nodes[node].span;
    let content = tree.nodes[node + 1..tree.nodes[node].end].iter();
    let shown = content.map(|node| node.span.end).max().unwrap_or(span.start);
    // A setext heading has an underline below it; other headings may end in `##`.
    let text = Span::new(shown, span.end).of(tree.text);
    // Most headings have only a line end here.
    if text.len() < "{}".len() {
        return None;
    }
    let has_value = attrs.iter().any(|(_, value)| value.is_some());
    if has_value || id.is_some() || !classes.is_empty() {
        return None;
    }
    let end = text.bytes().rposition(|byte| byte == b'}')? + 1;
    let start = text[..end].rfind('{')?;
    let is_attribute = |word: &str| word.starts_with(['#', '.']) || word.contains('=');
    let inner = &text[start + 1..end - 1];
    let is_lost = !inner.trim().is_empty() && !inner.split_whitespace().any(is_attribute);
    is_lost.then(|| Span::new(shown + start, shown + end))
}

/// The ids that headings will have after damaged characters are repaired and swallowed braces
/// restored, by the heading's index. Only ids that change are included.
pub(crate) fn mended_ids(
    tree: &mut Tree<'_>,
    seen: &Observations,
    removed: &[Span],
    outline: &Outline,
    dialect: Dialect,
) -> Vec<(usize, String)> {
    let headings = wanting(tree, seen);
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
    let pairs = ids.iter().zip(&outline.headings).enumerate();
    let changed = pairs.filter(|(_, ((_, mended), (_, heading)))| **mended != *heading.words.id);
    changed
        .map(|(index, ((_, mended), _))| (index, mended.to_string()))
        .collect()
}

/// The ids of the `mended` headings that change. None if two of the resulting ids are equal.
fn replaced_ids(
    tree: &Tree<'_>,
    outline: &Outline,
    mended: Vec<usize>,
    dialect: Dialect,
) -> Option<Vec<(usize, String)>> {
    let headings = &outline.headings;
    let changed = |(node, id): (usize, anchor::Id)| {
        // A repaired heading that is also cut is not in the outline.
        let index = headings.binary_search_by_key(&node, |(node, _)| *node).ok()?;
        (*id != *headings[index].1.words.id).then(|| (index, id.to_string()))
    };
    let mended = anchor::ids_alone(tree, dialect, mended);
    let changed: Vec<(usize, String)> = mended.into_iter().filter_map(changed).collect();
    let mut new: Vec<&str> = changed.iter().map(|(_, id)| id.as_str()).collect();
    new.sort_unstable();
    let mut next = changed.iter().peekable();
    let is_taken = headings.iter().enumerate().any(|(index, (_, heading))| {
        let stays = next.next_if(|(at, _)| *at == index).is_none();
        stays && new.binary_search(&&*heading.words.id).is_ok()
    });
    let has_twins = is_taken || new.windows(2).any(|pair| pair[0] == pair[1]);
    (!has_twins).then_some(changed)
}

/// The headings with damaged characters or swallowed braces.
fn wanting(tree: &Tree<'_>, seen: &Observations) -> Vec<usize> {
    let places = seen.mangled.iter().map(|run| run.span);
    let around = |place: Span| {
        let next = tree
            .headings
            .partition_point(|&node| tree.nodes[node].span.start <= place.start);
        let node = tree.headings[next.checked_sub(1)?];
        tree.nodes[node].span.contains(place).then_some(node)
    };
    let mut out: Vec<usize> = places
        .chain(seen.swallowed.iter().copied())
        .filter_map(around)
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// The swallowed braces of the heading at `whole`.
fn swallowed_in(seen: &Observations, whole: Span) -> Option<Span> {
    let next = seen.swallowed.partition_point(|span| span.start < whole.start);
    let span = seen.swallowed.get(next)?;
    whole.contains(*span).then_some(*span)
}

/// Rewrites the heading's nodes to their repaired text; their spans do not change.
fn mend(tree: &mut Tree<'_>, heading: usize, seen: &Observations) {
    let whole = tree.nodes[heading].span;
    let end = tree.nodes[heading].end;
    for node in &mut tree.nodes[heading + 1..end] {
        let NodeKind::Leaf(Event::Text(text) | Event::Code(text)) = &mut node.kind else {
            continue;
        };
        let next = seen.mangled.partition_point(|run| run.span.start < node.span.start);
        for run in seen.mangled[next..]
            .iter()
            .take_while(|run| node.span.contains(run.span))
        {
            let damaged = run.span.of(tree.text);
            if let Some(at) = memchr::memmem::find(text.as_bytes(), damaged.as_bytes()) {
                let (before, after) = (&text[..at], &text[at + damaged.len()..]);
                *text = CowStr::from([before, &run.text, after].concat());
            }
        }
    }
    let swallowed = swallowed_in(seen, whole);
    let (Some(braces), NodeKind::Open(Tag::Heading { attrs, .. })) = (swallowed, &mut tree.nodes[heading].kind) else {
        return;
    };
    attrs.clear();
    if let Some(last) = tree.nodes[heading + 1..end].last_mut()
        && let NodeKind::Leaf(Event::Text(text)) = &mut last.kind
    {
        let given_back = Span::new(last.span.end, braces.end).of(tree.text);
        *text = CowStr::from(format!("{text}{given_back}"));
    }
}
