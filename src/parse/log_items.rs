//! How a document's list of decisions is written, so that one more item can be written like it.

use mdbook_markdown::pulldown_cmark::Tag;

use super::tree::Tree;
use crate::model::{Decision, Document};
use crate::source::Span;

/// A list of decisions, and an item of it to write others by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemForm {
    /// The line that is the form: `- 2026-11-05: Use a queue`, with what stands before the mark.
    pub line: String,
    /// The bytes of the line at which the next item's facts stand, in their order.
    pub parts: Vec<(Span, ItemPart)>,
    /// Where the next item goes.
    pub at: usize,
    /// What stands between two items: a line end, a blank line.
    pub gap: String,
    /// Whether the newest item stands first.
    pub is_newest_first: bool,
}

/// A fact in an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemPart {
    /// The day.
    Date,
    /// What was decided.
    Decision,
    /// By whom.
    DecidedBy,
    /// The author's number: `D-07`.
    Label(String),
    /// The next number of an ordered list.
    Number(u64),
}

/// The form of the first list of decisions that has an item which it can be told from; the latest
/// such item is the form.
pub(super) fn item_form(tree: &Tree<'_>, document: &Document) -> Option<ItemForm> {
    let lists = (0..tree.nodes.len()).filter(|&node| matches!(tree.tag(node), Some(Tag::List(_))));
    lists.into_iter().find_map(|list| {
        let items: Vec<usize> = tree.children(list).collect();
        let known: Vec<&Decision> = items
            .iter()
            .filter_map(|&item| {
                document
                    .decisions
                    .iter()
                    .find(|each| each.span == tree.nodes[item].span)
            })
            .collect();
        let days: Vec<_> = known.iter().filter_map(|each| each.date.as_ref()?.date()).collect();
        let is_newest_first = matches!((days.first(), days.last()), (Some(first), Some(last)) if first > last);
        let count = u64::try_from(items.len()).ok()?;
        let next = match tree.tag(list) {
            Some(Tag::List(Some(first))) => Some(first + count),
            _ => None,
        };
        let mut latest: Box<dyn Iterator<Item = &&Decision>> = match is_newest_first {
            true => Box::new(known.iter()),
            false => Box::new(known.iter().rev()),
        };
        let (line, parts) = latest.find_map(|decision| form(tree, decision, next))?;
        let end = |item: usize| tree.nodes[item].span.start + tree.source(item).trim_end().len();
        let start = |item: usize| line_start(tree.text, tree.nodes[item].span.start);
        let (first, last) = (*items.first()?, *items.last()?);
        let gap = match items.as_slice() {
            [.., one, other] => &tree.text[end(*one)..start(*other)],
            _ if tree.text.contains("\r\n") => "\r\n",
            _ => "\n",
        };
        let is_blank = gap.chars().all(|ch| ch.is_whitespace() || ch == '>');
        // On top of an ordered list all numbers below would have to change.
        (is_blank && !(is_newest_first && next.is_some())).then(|| ItemForm {
            line,
            parts,
            at: if is_newest_first { start(first) } else { end(last) },
            gap: gap.to_owned(),
            is_newest_first,
        })
    })
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The line of an item, and where its facts stand in it: letters that are none of them would be
/// copied into the next item, so there must be none.
fn form(tree: &Tree<'_>, decision: &Decision, next: Option<u64>) -> Option<(String, Vec<(Span, ItemPart)>)> {
    let span = Span::new(line_start(tree.text, decision.span.start), decision.span.end);
    let line = span.of(tree.text).trim_end();
    let mark = decision.span.start - span.start;
    if line.contains('\n') || line[mark..].contains("[ ]") {
        return None;
    }
    let mut parts = Vec::new();
    let mut add = |text: &str, part: ItemPart| {
        let at = mark
            + line[mark..]
                .find(text)
                .filter(|_| line[mark..].matches(text).count() == 1)?;
        parts.push((Span::new(at, at + text.len()), part));
        Some(())
    };
    add(&decision.date.as_ref()?.text, ItemPart::Date)?;
    add(&decision.decision.text, ItemPart::Decision)?;
    if let Some(label) = &decision.label {
        add(label, ItemPart::Label(label.clone()))?;
    }
    if let [first, .., last] | [first @ last] = decision.decided_by.as_slice() {
        let names = first.span.to(last.span);
        add(names.of(tree.text), ItemPart::DecidedBy)?;
    }
    if let Some(next) = next {
        let digits = line[mark..].find(|ch: char| !ch.is_ascii_digit())?;
        parts.push((Span::new(mark, mark + digits), ItemPart::Number(next)));
    }
    parts.sort_by_key(|(span, _)| *span);
    let mut at = 0;
    for (span, _) in &parts {
        // Facts that overlap, or letters between them.
        if line.get(at..span.start)?.contains(char::is_alphanumeric) {
            return None;
        }
        at = span.end;
    }
    (!line[at..].contains(char::is_alphanumeric)).then(|| (line.to_owned(), parts))
}
