//! Reads list items as records. Facts may belong to the preceding item although they are its
//! siblings: Markdown ends a list where a nested one is indented less than its marker requires,
//! such as by three spaces from `10.` on.

use pulldown_cmark::Tag;

use crate::model::Detached;
use crate::parse::markdown::fold::asks;
use crate::parse::markdown::inline::Run;
use crate::parse::markdown::item::ItemText;
use crate::parse::markdown::tree::Tree;
use crate::parse::record::{Reader, Record};
use crate::parse::vocabulary::concept::Key;
use crate::source::Span;

/// An item and its record, with the facts inside and after it.
pub(crate) struct Item<'r> {
    pub(crate) node: usize,
    /// The item's position in its list, from 0.
    pub(crate) index: usize,
    pub(crate) content: ItemText<'r>,
    pub(crate) record: Record<'r>,
    /// The number of facts in the item's own text, and the number including the items beside it.
    pub(crate) own_facts: usize,
    pub(crate) facts_beside: usize,
}

/// The items of a list, whose texts `line` reads; and the first node after the list and the lists
/// that belong to its last item.
pub(crate) fn items<'r>(
    list: usize,
    reader: &Reader<'r>,
    line: impl Fn(&[Run<'r>]) -> Record<'r>,
) -> (Vec<Item<'r>>, usize) {
    let tree = reader.tree;
    let nodes: Vec<usize> = tree.children(list).collect();
    let mut contents = contents(list, reader);
    let facts = facts(&contents, reader);
    let mut out: Vec<Item<'r>> = Vec::new();
    let mut index = 0;
    while let Some(&node) = nodes.get(index) {
        let content = std::mem::take(&mut contents[index]);
        let mut record = line(&content.runs);
        let own_facts = record.facts.len();
        record.ticked = content.ticked;
        let next = index + 1 + facts[index + 1];
        for fact in &contents[index + 1..next] {
            record.take_lines(&fact.runs, reader);
        }
        let facts_beside = record.facts.len();
        record.take_blocks(content.rest, tree.nodes[node].end, reader);
        out.push(Item {
            node,
            index,
            content,
            record,
            own_facts,
            facts_beside,
        });
        index = next;
    }
    let below = lists_below(list, reader);
    if let Some(last) = out.last_mut() {
        below.iter().for_each(|list| last.record.take_block(*list, reader));
    }
    (out, tree.nodes[*below.last().unwrap_or(&list)].end)
}

/// The texts of the items of a list.
fn contents<'r>(list: usize, reader: &Reader<'r>) -> Vec<ItemText<'r>> {
    let items = reader.tree.children(list);
    items.map(|item| reader.item(item)).collect()
}

/// The fact that an item consists of, if it contains nothing else.
fn fact(text: &ItemText<'_>, reader: &Reader<'_>) -> Option<Key> {
    if text.ticked.is_some() || text.runs.iter().any(|run| asks(run.text)) {
        return None;
    }
    let key = reader.line_key(&text.runs)?;
    let is_record = matches!(
        key,
        Key::Question | Key::Decision | Key::Choice | Key::Number | Key::Column(0)
    );
    (!is_record).then_some(key)
}

/// For each item, the number of items from it on that are facts, if at least one of them cannot be
/// a record.
fn facts(items: &[ItemText<'_>], reader: &Reader<'_>) -> Vec<usize> {
    let mut out = vec![0; items.len() + 1];
    let (mut count, mut is_certain) = (0, false);
    for (at, item) in items.iter().enumerate().rev() {
        let key = fact(item, reader);
        count = if key.is_some() { count + 1 } else { 0 };
        // `Note: …` may be a record of its own.
        is_certain = key.is_some_and(|key| is_certain || key != Key::Context);
        out[at] = if is_certain { count } else { 0 };
    }
    out
}

/// Whether every item of a list is a fact.
pub(crate) fn is_of_facts(list: usize, reader: &Reader<'_>) -> bool {
    let items = contents(list, reader);
    facts(&items, reader)[0] == items.len()
}

/// The lists after the block `list` that contain only facts of its last item.
fn lists_below(list: usize, reader: &Reader<'_>) -> Vec<usize> {
    let tree = reader.tree;
    let mut out = Vec::new();
    let mut next = tree.nodes[list].end;
    while matches!(tree.tag(next), Some(Tag::List(None))) && is_of_facts(next, reader) {
        out.push(next);
        next = tree.nodes[next].end;
    }
    out
}

/// The facts in a section that belong to the preceding item although Markdown has ended it.
pub(crate) fn detached(start: usize, end: usize, reader: &Reader<'_>) -> Vec<Detached> {
    let tree = reader.tree;
    let mut out = Vec::new();
    for list in tree.siblings(start, end) {
        if !matches!(tree.tag(list), Some(Tag::List(_))) {
            continue;
        }
        let items: Vec<usize> = tree.children(list).collect();
        let facts = facts(&contents(list, reader), reader);
        if facts[0] == items.len() {
            continue;
        }
        let span = |node: usize| tree.nodes[node].span;
        let mut at = 1;
        while at < items.len() {
            let count = facts[at];
            if count > 0 {
                let facts = span(items[at]).to(span(items[at + count - 1]));
                out.extend(detached_from(items[at - 1], facts, tree));
            }
            at += count + 1;
        }
        let last = items.last().copied().unwrap_or(list);
        let below = lists_below(list, reader).into_iter();
        out.extend(below.filter_map(|below| detached_from(last, span(below), tree)));
    }
    out
}

/// The facts at `span`, which belong to the item `item`.
fn detached_from(item: usize, span: Span, tree: &Tree<'_>) -> Option<Detached> {
    let line_start = |at: usize| tree.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let column = |at: usize| at - line_start(at);
    let own = tree.nodes.get(item + 1)?.span.start;
    // A list begins at the spaces before its first marker.
    let words = span.of(tree.text).trim();
    let start = span.start + span.of(tree.text).find(words)?;
    let span = Span::new(start, start + words.len());
    let mut next = line_start(start);
    let mut lines = Vec::new();
    for line in tree.text[next..span.end].split_inclusive('\n') {
        let words = line.trim_start();
        // Within a quotation, the indentation follows the `>`.
        if words.starts_with('>') {
            lines.clear();
            break;
        }
        if !words.is_empty() {
            lines.push(next);
        }
        next += line.len();
    }
    Some(Detached {
        span,
        lines,
        indent: column(own).saturating_sub(column(start)),
    })
}
