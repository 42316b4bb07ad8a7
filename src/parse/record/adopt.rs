//! Facts that belong to the record before them although they stand beside it: Markdown ends a list
//! where a nested one is indented less than its marker asks, as from `10.` on with three spaces.

use mdbook_markdown::pulldown_cmark::Tag;

use crate::parse::markdown::item::ItemText;
use crate::parse::record::closing::is_settled_words;
use crate::parse::record::{Policy, Reader, key, label};
use crate::parse::vocabulary::concept::Key;
use crate::source::Span;

/// The fact that an item states and nothing else.
fn fact(item: usize, policy: &Policy, reader: &Reader<'_>) -> Option<Key> {
    let text = ItemText::of(reader.tree, item);
    let (label, _) = label::first(&text.runs)?;
    let is_answer = policy.closes && is_settled_words(&label, reader.vocabulary);
    let key = key(&label, policy, reader).or(is_answer.then_some(Key::Answer));
    key.filter(|key| text.ticked.is_none() && !matches!(key, Key::Question | Key::Decision | Key::Choice | Key::Number))
}

/// How many of `items` from the first on are facts, if one of them can be nothing else.
pub(crate) fn facts(items: &[usize], policy: &Policy, reader: &Reader<'_>) -> usize {
    let keys: Vec<Key> = items.iter().map_while(|item| fact(*item, policy, reader)).collect();
    // `Note: …` may be a record of its own.
    let is_certain = |key: &Key| {
        matches!(
            key,
            Key::Owner | Key::Due | Key::Status | Key::Answer | Key::Date | Key::Decider | Key::Rationale
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

/// The lists in a section that are read with an item before them, which a page shows otherwise.
pub(crate) fn detached(start: usize, end: usize, policy: &Policy, reader: &Reader<'_>) -> Vec<Span> {
    let tree = reader.tree;
    let lists = tree
        .siblings(start, end)
        .filter(|block| matches!(tree.tag(*block), Some(Tag::List(_))));
    let mut out = Vec::new();
    for list in lists {
        let own: Vec<usize> = tree.children(list).collect();
        if facts(&own, policy, reader) < own.len() {
            out.extend(
                lists_below(list, policy, reader)
                    .into_iter()
                    .map(|below| tree.nodes[below].span),
            );
        }
    }
    out
}
