//! Decisions that are no rows of a table: headings, list items and paragraphs.

use pulldown_cmark::Tag;

use crate::model::Decision;
use crate::parse::decisions::{DECISION, decision, record};
use crate::parse::markdown::fold::{QUESTION_MARKS, fold};
use crate::parse::markdown::inline::{Run, cut, lines, runs, trim, words};
use crate::parse::markdown::item::ItemText;
use crate::parse::record::head::section_number;
use crate::parse::record::section::Section;
use crate::parse::record::{Reader, Record, label};
use crate::parse::vocabulary::concept::{Key, Scope};
use crate::parse::vocabulary::prefixes;

/// How certain a record below a heading of decisions has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trust {
    /// A number, a date or a reason makes it one.
    Told,
    /// As well: `1. Use a queue` among headings of that form, a sentence in bold in every item.
    Form,
}

/// `### Decision 1: Use a queue` below a heading of decisions, or a heading below which the facts
/// of a decision stand.
pub(crate) fn from_heading(reader: &Reader<'_>, section: &Section, trust: Trust) -> Option<Decision> {
    let node = section.heading;
    let heading = runs(reader.tree, node + 1, reader.tree.nodes[node].end);
    let title = words(&heading);
    // A heading that asks is a matter, not a decision; nor is one that names a section.
    if title.ends_with(QUESTION_MARKS) || !section.topics.is_empty() && !starts_with_number(&heading, reader) {
        return None;
    }
    let mut record = record(&heading, reader);
    let is_dated = record.has(Key::Date);
    let mut number = None;
    if record.number.is_none()
        && trust == Trust::Form
        && let Some((own, length)) = section_number(&heading)
    {
        record.text = after(&heading, length);
        number = Some(own);
    }
    let is_numbered = record.number.is_some() || number.is_some() || is_label(&title);
    let mut told = 0;
    for block in section.own(reader.tree) {
        told += facts_below(&mut record, block, reader);
    }
    if !is_numbered && !is_dated && told == 0 {
        return None;
    }
    record.number = record.number.or(number);
    let mut decision = decision(&record, reader)?;
    decision.span = reader.tree.nodes[node].span;
    decision.heading_id = reader.heading_id(node);
    Some(decision)
}

/// The decision that labels state below a heading of any words.
pub(crate) fn from_labels(reader: &Reader<'_>, section: &Section) -> Option<Decision> {
    let first = section.own(reader.tree).next().map(|block| reader.tree.source(block))?;
    if !names_decision(first, reader) {
        return None;
    }
    let mut record = Record::default();
    for block in section.own(reader.tree) {
        facts_below(&mut record, block, reader);
    }
    let is_one = record.has(Key::Decision) && record.has(Key::Rationale);
    let mut decision = is_one.then(|| decision(&record, reader))??;
    decision.span = reader.tree.nodes[section.heading].span;
    decision.heading_id = reader.heading_id(section.heading);
    Some(decision)
}

/// Whether a block begins with the label of a decision: most are told by their first line.
fn names_decision(block: &str, reader: &Reader<'_>) -> bool {
    let line = block.lines().next().unwrap_or_default();
    let label = line.split([':', '：']).next().filter(|label| label.len() < line.len());
    let key = label.and_then(|label| reader.vocabulary.key(Scope::Decision, label));
    matches!(key, Some(Key::Decision | Key::Choice))
}

/// `Decision: Use a queue`
fn is_label(title: &str) -> bool {
    let lead = title.split([':', '—', '–']).next().unwrap_or_default();
    lead.trim().eq_ignore_ascii_case("decision") && lead.len() < title.len()
}

fn starts_with_number(heading: &[Run<'_>], reader: &Reader<'_>) -> bool {
    record(heading, reader).number.is_some()
}

/// The runs behind the first `length` bytes of their words.
fn after<'r>(runs: &[Run<'r>], length: usize) -> Vec<Run<'r>> {
    let mut left = length;
    let mut out = Vec::new();
    for run in runs {
        if left >= run.text.len() {
            left -= run.text.len();
        } else {
            out.push(cut(run, left, run.text.len()));
            left = 0;
        }
    }
    trim(&out)
}

/// Takes the labelled facts of a block; how many of them only a decision has.
fn facts_below<'r>(record: &mut Record<'r>, block: usize, reader: &Reader<'r>) -> usize {
    let mut told = 0;
    for (label, value) in reader.labelled_lines(block) {
        let key = reader.vocabulary.key(Scope::Decision, &label);
        told += usize::from(matches!(key, Some(Key::Decision | Key::Choice | Key::Rationale)));
        record.take(key, &label, value, &DECISION, reader);
    }
    told
}

/// The decisions in the items of a list.
pub(crate) fn from_list(reader: &Reader<'_>, list: usize, below: &[usize], trust: Trust, out: &mut Vec<Decision>) {
    let are_sentences = trust == Trust::Form && are_sentences(reader, list);
    let last = reader.tree.children(list).last();
    let read = |others| {
        let below = |item| if Some(item) == last { below } else { &[] };
        let items = reader.tree.children(list);
        items
            .filter_map(|item| from_item(reader, item, below(item), others))
            .collect::<Vec<_>>()
    };
    let mut found = read(are_sentences);
    // An item among dated ones is a decision too, whose date is missing.
    let dated = found.iter().filter(|decision| decision.date.is_some()).count();
    let all = reader.tree.children(list).count();
    if dated > 0 && found.len() < all && dated * 2 >= all {
        found = read(true);
    }
    out.extend(found);
}

/// Whether each item begins with a sentence in bold and goes on: `**Use a queue.** It is calm.`
fn are_sentences(reader: &Reader<'_>, list: usize) -> bool {
    let mut items = reader
        .tree
        .children(list)
        .map(|item| ItemText::of(reader.tree, item).runs);
    items.all(|text| {
        let text = trim(&text);
        let bold = text.iter().take_while(|run| run.strong).count();
        let lead = words(&text[..bold]);
        let is_label =
            label::first(&text).is_some_and(|(label, _)| reader.vocabulary.key(Scope::Decision, &label).is_some());
        bold > 0 && !is_label && lead.split(' ').count() >= 2 && !lead.ends_with(QUESTION_MARKS)
    })
}

/// The decision in an item, if a fact in it or the `others` of its list say that it is one.
/// Lists `below` its own hold more of its facts.
fn from_item(reader: &Reader<'_>, item: usize, below: &[usize], others: bool) -> Option<Decision> {
    let tree = reader.tree;
    let content = ItemText::of(tree, item);
    let text = trim(&content.runs);
    let is_labelled = lines(&text).next().and_then(label::first).is_some_and(|(label, _)| {
        matches!(
            reader.vocabulary.key(Scope::Decision, &label),
            Some(Key::Decision | Key::Choice)
        )
    });
    // An index names what another chapter records.
    if text.first().is_some_and(|first| reader.is_number_of_file(&[*first])) {
        return None;
    }
    let mut record = record(&text, reader);
    let mut facts =
        usize::from(record.number.is_some()) + usize::from(record.has(Key::Date)) + usize::from(is_labelled);
    let nested = below.iter().flat_map(|list| *list..tree.nodes[*list].end);
    for node in (item + 1..tree.nodes[item].end).chain(nested) {
        if matches!(tree.tag(node), Some(Tag::Item)) {
            let before = record.facts.len();
            record.take_lines(&ItemText::of(tree, node).runs, &DECISION, reader);
            let added = record.facts[before..].iter();
            facts += added.filter(|fact| fact.key != Key::Context).count();
        }
    }
    if facts == 0 && !others {
        return None;
    }
    // `ADR-19 supersedes ADR-14` is about two other records.
    let text = words(&record.text);
    let is_told = prefixes(&fold(&text)).any(|lead| {
        let key = reader.vocabulary.key(Scope::Decision, lead);
        matches!(key, Some(Key::Supersedes | Key::SupersededBy))
    });
    let mut decision = decision(&record, reader).filter(|_| !is_told)?;
    decision.span = tree.nodes[item].span;
    decision.anchor_at = content.runs.first().map(|run| run.span.start);
    Some(decision)
}

/// `**D-07: Use a queue.** It is calm.` as a paragraph, or `**Decision**: Use a queue`.
pub(crate) fn from_paragraph(reader: &Reader<'_>, block: usize) -> Option<Decision> {
    let tree = reader.tree;
    let text = trim(&runs(tree, block + 1, tree.nodes[block].end));
    if !text.first().is_some_and(|run| run.strong) {
        return None;
    }
    let record = record(&text, reader);
    record.number.as_ref()?;
    let mut decision = decision(&record, reader)?;
    decision.span = tree.nodes[block].span;
    decision.anchor_at = text.first().map(|run| run.span.start);
    Some(decision)
}
