//! Facts that belong to the record before them although they stand beside it: Markdown ends a list
//! where a nested one is indented less than its marker asks, as from `10.` on with three spaces.

use pulldown_cmark::Tag;

use crate::model::Detached;
use crate::parse::markdown::fold::asks;
use crate::parse::markdown::item::ItemText;
use crate::parse::markdown::tree::Tree;
use crate::parse::record::closing::is_settled_words;
use crate::parse::record::{Policy, Reader, key, label};
use crate::parse::vocabulary::concept::Key;
use crate::source::Span;

/// The fact that an item states and nothing else.
fn fact(item: usize, policy: &Policy, reader: &Reader<'_>) -> Option<Key> {
    let text = ItemText::of(reader.tree, item);
    if text.runs.iter().any(|run| asks(run.text)) {
        return None;
    }
    let (label, _) = label::first(&text.runs)?;
    let is_answer = policy.closes && is_settled_words(&label, reader.vocabulary);
    let key = key(&label, policy, reader).or(is_answer.then_some(Key::Answer));
    key.filter(|key| {
        text.ticked.is_none()
            && !matches!(
                key,
                Key::Question | Key::Decision | Key::Choice | Key::Number | Key::Column(0)
            )
    })
}

/// How many of `items` from the first on are facts, if one of them can be nothing else.
pub(crate) fn facts(items: &[usize], policy: &Policy, reader: &Reader<'_>) -> usize {
    let keys: Vec<Key> = items.iter().map_while(|item| fact(*item, policy, reader)).collect();
    // `Note: …` may be a record of its own.
    let is_certain = |key: &Key| {
        matches!(
            key,
            Key::Owner
                | Key::Due
                | Key::Status
                | Key::Answer
                | Key::Date
                | Key::Decider
                | Key::Rationale
                | Key::Column(_)
        )
    };
    if keys.iter().any(is_certain) { keys.len() } else { 0 }
}

/// The lists that follow the block `list` and hold nothing but facts of its last item.
pub(crate) fn lists_below(list: usize, policy: &Policy, reader: &Reader<'_>) -> Vec<usize> {
    let tree = reader.tree;
    let mut out = Vec::new();
    let mut next = tree.nodes[list].end;
    while matches!(tree.tag(next), Some(Tag::List(None))) {
        let items: Vec<usize> = tree.children(next).collect();
        if facts(&items, policy, reader) < items.len() {
            break;
        }
        out.push(next);
        next = tree.nodes[next].end;
    }
    out
}

/// The facts in a section that are read with an item before them, which a page shows otherwise.
pub(crate) fn detached(start: usize, end: usize, policy: &Policy, reader: &Reader<'_>) -> Vec<Detached> {
    let tree = reader.tree;
    let mut out = Vec::new();
    for list in tree
        .siblings(start, end)
        .filter(|block| matches!(tree.tag(*block), Some(Tag::List(_))))
    {
        let items: Vec<usize> = tree.children(list).collect();
        if facts(&items, policy, reader) == items.len() {
            continue;
        }
        let mut at = 1;
        while at < items.len() {
            let count = facts(&items[at..], policy, reader);
            if let Some(last) = count.checked_sub(1) {
                let span = tree.nodes[items[at]].span.to(tree.nodes[items[at + last]].span);
                out.extend(detached_from(items[at - 1], span, tree));
            }
            at += count + 1;
        }
        let below = lists_below(list, policy, reader).into_iter();
        let last = items.last().copied().unwrap_or(list);
        out.extend(below.filter_map(|below| detached_from(last, tree.nodes[below].span, tree)));
    }
    out
}

/// The facts at `span`, which belong to the item `item`.
fn detached_from(item: usize, span: Span, tree: &Tree<'_>) -> Option<Detached> {
    let line_start = |at: usize| tree.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let column = |at: usize| at - line_start(at);
    let own = tree.nodes.get(item + 1)?.span.start;
    // A list begins where the spaces before its first mark do.
    let words = span.of(tree.text).trim();
    let start = span.start + span.of(tree.text).find(words)?;
    let span = Span::new(start, start + words.len());
    let first = line_start(span.start);
    let ends = tree.text[first..span.end]
        .match_indices('\n')
        .map(|(at, _)| first + at + 1);
    let line = |start: usize| tree.text[start..].lines().next().unwrap_or_default().trim_start();
    let lines: Vec<usize> = std::iter::once(first)
        .chain(ends)
        .filter(|&at| !line(at).is_empty())
        .collect();
    // Within a quotation the indentation stands behind its mark.
    let is_plain = lines.iter().all(|&at| !line(at).starts_with('>'));
    Some(Detached {
        span,
        lines: if is_plain { lines } else { Vec::new() },
        indent: column(own).saturating_sub(column(span.start)),
    })
}
