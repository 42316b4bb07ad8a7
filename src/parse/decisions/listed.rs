//! Decisions outside tables: headings, list items and paragraphs.

use crate::model::Decision;
use crate::parse::decisions::{decision, names_others, record};
use crate::parse::markdown::fold::QUESTION_MARKS;
use crate::parse::markdown::inline::{Run, lines, trim, words};
use crate::parse::record::head::section_number;
use crate::parse::record::items::{Item, items};
use crate::parse::record::section::Section;
use crate::parse::record::text::bold_lead;
use crate::parse::record::{Reader, Record};
use crate::parse::vocabulary::concept::Key;

/// How certain a record below a heading of decisions must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trust {
    /// It needs a number, a date or a reason.
    Facts,
    /// Also accepts form alone: `1. Use a queue` among headings of that form, or items that all
    /// begin with a bold sentence.
    Form,
}

/// `### Decision 1: Use a queue` below a heading of decisions, or a heading followed by the facts
/// of a decision.
pub(crate) fn from_heading(reader: &Reader<'_>, section: &Section, trust: Trust) -> Option<Decision> {
    let heading = reader.runs(section.heading);
    let title = words(&heading);
    let mut record = record(&heading, reader);
    // A heading with a question is a topic, not a decision, and so is the name of a known section.
    if title.ends_with(QUESTION_MARKS) || !section.topics.is_empty() && record.number.is_none() {
        return None;
    }
    let is_dated = record.has(Key::Date);
    let number = list_number(&heading).filter(|_| record.number.is_none() && trust == Trust::Form);
    let number = number.map(|(number, title)| {
        record.text = title;
        number
    });
    let facts = facts_below(&mut record, section, reader);
    record.number = record.number.or(number);
    if record.number.is_none() && !is_dated && facts == 0 && !is_label(&title) {
        return None;
    }
    Some(at_heading(decision(&record, reader)?, section, reader))
}

/// The decision that labels state below any heading.
pub(crate) fn from_labels(reader: &Reader<'_>, section: &Section) -> Option<Decision> {
    let first = section.own(reader.tree).next()?;
    let mut record = Record::default();
    if !reader
        .first_label(first)
        .is_some_and(|label| is_decision(reader.key(&label)))
    {
        return None;
    }
    facts_below(&mut record, section, reader);
    let is_one = record.has(Key::Decision) && record.has(Key::Rationale);
    let decision = decision(&record, reader).filter(|_| is_one)?;
    Some(at_heading(decision, section, reader))
}

fn at_heading(decision: Decision, section: &Section, reader: &Reader<'_>) -> Decision {
    Decision {
        span: reader.tree.nodes[section.heading].span,
        heading_id: reader.heading_id(section.heading),
        ..decision
    }
}

/// `1. ` or `12) ` at the start of a heading, and the words after it.
pub(super) fn list_number<'r>(heading: &[Run<'r>]) -> Option<(String, Vec<Run<'r>>)> {
    section_number(heading).filter(|(number, _)| !number.contains('.') && number.len() <= 3)
}

fn is_decision(key: Option<Key>) -> bool {
    matches!(key, Some(Key::Decision | Key::Choice))
}

/// Whether the title is labelled as the decision: `Decision: Use a queue`.
fn is_label(title: &str) -> bool {
    let lead = title.split_once([':', '—', '–']).map(|(lead, _)| lead.trim());
    lead.is_some_and(|lead| lead.eq_ignore_ascii_case("decision"))
}

/// Takes the labelled facts below a heading. Returns how many of them only a decision has.
fn facts_below<'r>(record: &mut Record<'r>, section: &Section, reader: &Reader<'r>) -> usize {
    let mut count = 0;
    for (label, value) in section.own(reader.tree).flat_map(|block| reader.labelled_lines(block)) {
        let Some(key) = reader.key(&label) else { continue };
        count += usize::from(matches!(key, Key::Decision | Key::Choice | Key::Rationale));
        record.take(key, value, reader);
    }
    count
}

/// The decisions in the items of a list. Returns the first node after the list and after the lists
/// that belong to its last item.
pub(crate) fn from_list(reader: &Reader<'_>, list: usize, trust: Trust, out: &mut Vec<Decision>) -> usize {
    let (items, end) = items(list, reader, |text| record(text, reader));
    let count = reader.tree.children(list).count();
    // An item that is a fact of another one is not a sentence.
    let are_sentences = trust == Trust::Form
        && items.len() == count
        && items.iter().all(|item| is_sentence(&item.content.runs, reader));
    let found: Vec<_> = items.into_iter().filter_map(|item| from_item(reader, item)).collect();
    let dated = found
        .iter()
        .filter(|(decision, has_fact)| *has_fact && decision.date.is_some())
        .count();
    // An undated item among dated ones is a decision whose date is missing.
    let are_all = dated > 0 && dated * 2 >= count || are_sentences;
    let found = found.into_iter().filter(|(_, has_fact)| are_all || *has_fact);
    out.extend(found.map(|(decision, _)| decision));
    end
}

/// Whether an item begins with a bold sentence and continues: `**Use a queue.** It is calm.`
fn is_sentence(text: &[Run<'_>], reader: &Reader<'_>) -> bool {
    let text = trim(text);
    let lead = words(bold_lead(&text).0);
    text.first().is_some_and(|run| run.strong)
        && lead.split(' ').count() >= 2
        && !lead.ends_with(QUESTION_MARKS)
        && reader.line_key(&text).is_none()
}

/// The decision in an item, and whether a fact in it identifies it as one.
fn from_item(reader: &Reader<'_>, item: Item<'_>) -> Option<(Decision, bool)> {
    let record = &item.record;
    let text = trim(&item.content.runs);
    let first = text.first();
    // An index lists records of other chapters; `ADR-19 supersedes ADR-14` is about two other
    // records.
    if first.is_some_and(|first| reader.is_number_of_file(&[*first]))
        || names_others(&words(&record.text), reader.vocabulary).is_some()
    {
        return None;
    }
    let key = lines(&text).next().and_then(|line| reader.line_key(line));
    let has_fact = record.number.is_some()
        || record.facts[..item.own_facts]
            .iter()
            .any(|fact| fact.key == Key::Date && !fact.value.is_empty())
        || is_decision(key)
        || record.facts[item.facts_beside..]
            .iter()
            .any(|fact| fact.key != Key::Context);
    let decision = Decision {
        span: reader.tree.nodes[item.node].span,
        anchor_at: first.map(|run| run.span.start),
        ..decision(record, reader)?
    };
    Some((decision, has_fact))
}

/// `**D-07: Use a queue.** It is calm.` as a paragraph, or `**Decision**: Use a queue`.
pub(crate) fn from_paragraph(reader: &Reader<'_>, block: usize) -> Option<Decision> {
    let text = trim(&reader.runs(block));
    let first = text.first().filter(|run| run.strong)?;
    let record = record(&text, reader);
    record.number.as_ref()?;
    Some(Decision {
        span: reader.tree.nodes[block].span,
        anchor_at: Some(first.span.start),
        ..decision(&record, reader)?
    })
}
