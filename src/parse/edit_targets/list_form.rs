//! The form of a list of dated entries, such as decisions or a status history, so that another item
//! can be written in the same form.

use jiff::civil::Date;
use pulldown_cmark::Tag;

use crate::model::{Decision, Document};
use crate::parse::markdown::lines::line_start;
use crate::parse::markdown::tree::Tree;
use crate::source::Span;

/// The form of a list, taken from one of its items.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemForm {
    /// The model line, `- 2026-11-05: Use a queue`, with anything before the list marker.
    pub line: String,
    /// The bytes of the line that the next item's facts replace, in order.
    pub parts: Vec<(Span, ItemPart)>,
    /// The position of the next item.
    pub at: usize,
    /// The text between two items: a line end or a blank line.
    pub gap: String,
    /// Whether the newest item comes first.
    pub is_newest_first: bool,
}

/// A fact in an item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemPart {
    /// The date.
    Date,
    /// The decision, or the status.
    Text,
    /// The deciders.
    DecidedBy,
    /// The author's label that follows this one: `D-07`.
    Label(String),
    /// The next number in an ordered list.
    Number(u64),
}

/// The known parts of an item.
#[derive(Debug, Default)]
pub(crate) struct Known<'t> {
    pub(crate) item: Span,
    /// Its date.
    pub(crate) day: Option<Date>,
    /// Its facts as written. If some are missing, the item cannot serve as the form.
    pub(crate) facts: Option<Vec<(&'t str, ItemPart)>>,
}

/// The form of the first list of decisions that has one.
pub(crate) fn item_form(tree: &Tree<'_>, document: &Document) -> Option<ItemForm> {
    let mut lists = (0..tree.nodes.len()).filter(|&node| matches!(tree.tag(node), Some(Tag::List(_))));
    lists.find_map(|list| {
        let items = tree.children(list).map(|item| tree.nodes[item].span);
        let decided = items.filter_map(|span| document.decisions.iter().find(|each| each.span == span));
        let decided: Vec<&Decision> = decided.collect();
        let labels = decided.iter().filter_map(|decision| decision.label.as_ref());
        let highest = labels.max_by_key(|label| number_of(label));
        let known = decided.iter().map(|decision| known_of(tree, decision, highest));
        list_form(tree, list, &known.collect::<Vec<_>>())
    })
}

/// The 7 of `D-07`.
fn number_of(label: &str) -> Option<u64> {
    let name = label.trim_end_matches(|ch: char| ch.is_ascii_digit());
    label[name.len()..].parse().ok()
}

fn known_of<'t>(tree: &'t Tree<'_>, decision: &'t Decision, highest: Option<&String>) -> Known<'t> {
    let mut facts = vec![(decision.decision.text.as_str(), ItemPart::Text)];
    facts.extend(decision.date.iter().map(|date| (date.text.as_str(), ItemPart::Date)));
    if let (Some(label), Some(highest)) = (&decision.label, highest) {
        facts.push((label, ItemPart::Label(highest.clone())));
    }
    if let [first, .., last] | [first @ last] = decision.decided_by.as_slice() {
        let names = first.span.to(last.span);
        // If the names are on a line of their own, the next item needs one too.
        let is_apart = Span::new(decision.span.start, names.start).of(tree.text).contains('\n');
        facts.extend((!is_apart).then(|| (names.of(tree.text), ItemPart::DecidedBy)));
    }
    Known {
        item: decision.span,
        day: decision.date.as_ref().and_then(|date| date.date()),
        // A struck-through or superseded item cannot serve as the form, nor can an item without
        // facts.
        facts: Some(facts).filter(|facts| !decision.superseded && facts.len() > 1),
    }
}

/// Whether the entries with these dates are sorted with the newest first.
pub(crate) fn is_newest_first(mut days: impl Iterator<Item = Date>) -> bool {
    let first = days.next();
    first.is_some_and(|first| days.last().is_some_and(|last| first > last))
}

/// The form of the list at node `list`, of which these items are known: that of the latest complete
/// item.
pub(crate) fn list_form(tree: &Tree<'_>, list: usize, known: &[Known<'_>]) -> Option<ItemForm> {
    let items: Vec<usize> = tree.children(list).collect();
    let is_newest_first = is_newest_first(known.iter().filter_map(|each| each.day));
    let next = match tree.tag(list) {
        Some(Tag::List(Some(first))) => Some(first + u64::try_from(items.len()).ok()?),
        _ => None,
    };
    let form = |each: &Known<'_>| form(tree, each, next);
    let (line, parts) = match is_newest_first {
        true => known.iter().find_map(form)?,
        false => known.iter().rev().find_map(form)?,
    };
    let end = |item: usize| {
        let words = tree.nodes[item].span.start + tree.source(item).trim_end().len();
        tree.text.len() - tree.text[words..].trim_start_matches([' ', '\t']).len()
    };
    let start = |item: usize| line_start(tree.text, tree.nodes[item].span.start);
    let (first, last) = (*items.first()?, *items.last()?);
    let gap = match items.as_slice() {
        [.., one, other] => tree.text.get(end(*one)..start(*other))?,
        _ if tree.text.contains("\r\n") => "\r\n",
        _ => "\n",
    };
    let is_blank = gap.chars().all(|ch| ch.is_whitespace() || ch == '>');
    // Inserting at the top of an ordered list would change all numbers below.
    (is_blank && !(is_newest_first && next.is_some())).then(|| ItemForm {
        line,
        parts,
        at: if is_newest_first { start(first) } else { end(last) },
        gap: gap.to_owned(),
        is_newest_first,
    })
}

/// The line of an item, and the spans of its facts. Any other letters would be copied into the next
/// item, so there must be none.
fn form(tree: &Tree<'_>, known: &Known<'_>, next: Option<u64>) -> Option<(String, Vec<(Span, ItemPart)>)> {
    let span = Span::new(line_start(tree.text, known.item.start), known.item.end);
    let (line, below) = span.of(tree.text).split_once('\n').unwrap_or((span.of(tree.text), ""));
    let line = line.trim_end();
    let mark = known.item.start - span.start;
    let own = &line[mark..];
    // Any lines below belong to its text, unless they are a list of its facts.
    if own.contains("[ ]") || !(below.trim().is_empty() || below.trim_start().starts_with(['-', '*', '+'])) {
        return None;
    }
    let mut parts = Vec::new();
    for (text, part) in known.facts.as_ref()? {
        let at = mark + own.find(text).filter(|_| own.matches(text).count() == 1)?;
        parts.push((Span::new(at, at + text.len()), part.clone()));
    }
    if let Some(next) = next {
        let digits = own.find(|ch: char| !ch.is_ascii_digit())?;
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
