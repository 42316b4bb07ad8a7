//! The decisions of a document: which records are decisions, and which others they name.

pub(crate) mod listed;
pub(crate) mod log;
pub(crate) mod resolution;
pub(crate) mod table;

use std::borrow::Cow;

use crate::model::{Decision, Mention, Person, RelationKind, Status, StatusClass, When};
use crate::parse::markdown::fold::{fold, folded_in_place};
use crate::parse::markdown::fragment::fragment;
use crate::parse::markdown::inline::{Run, trim, without_start, words};
use crate::parse::record::affix::alone;
use crate::parse::record::text::{bold_lead, is_struck};
use crate::parse::record::{Fact, Policy, Reader, Record};
use crate::parse::values::date::{may_be_date, when};
use crate::parse::values::deadline::{date_text, promised};
use crate::parse::values::mention;
use crate::parse::values::person::people_in;
use crate::parse::values::replaced::not_struck;
use crate::parse::vocabulary::concept::{Class, Key, Scope};
use crate::parse::vocabulary::{Vocabulary, prefixes};

/// The meaning of a decision's facts.
pub(crate) const DECISION: Policy = Policy {
    scope: Scope::Decision,
    date: Key::Date,
    person: Key::Decider,
    person_lead: Class::DeciderLead,
    asks: false,
};

/// The record of a line or an item.
fn record<'r>(text: &[Run<'r>], reader: &Reader<'r>) -> Record<'r> {
    // `**OQ-1 → resolved (2026-08-08):** Use a queue`: the bold text names the question that the
    // decision answers.
    let (lead, rest) = bold_lead(text);
    let text = if !rest.is_empty() && names_answer(&words(lead), reader.vocabulary) {
        rest
    } else {
        text
    };
    let struck = text.iter().take_while(|run| run.struck).count();
    let (decision, rest) = text.split_at(struck);
    let rest = trim(rest);
    let facts = if struck == 0 {
        None
    } else if names_others(&words(&rest), reader.vocabulary) == Some(RelationKind::SupersededBy) {
        // `~~Free rides~~ superseded by D7`: the struck-through text is a decision that is no
        // longer valid.
        let key = Key::Status;
        Some(vec![Fact { key, value: rest }])
    } else {
        // `~~D1: Use a queue~~ (2026-09-01)`: the facts after it still belong to it.
        alone(&rest, reader)
    };
    let mut record = Record::line(if facts.is_some() { decision } else { text }, reader);
    record.facts.extend(facts.into_iter().flatten());
    record
}

/// The decision in a record. Its text is the one labelled as the decision, or else the record's
/// text; in the latter, bold words at the start are the decision and the rest is the reason.
fn decision(record: &Record<'_>, reader: &Reader<'_>) -> Option<Decision> {
    let own = record.value(Key::Decision).or_else(|| record.value(Key::Choice));
    let is_numbered = record.number.is_some();
    // After a number, fewer words are enough for a decision.
    let least = if is_numbered { 2 } else { 3 };
    let (bold, rest) = bold_lead(&record.text);
    let is_lead = !rest.is_empty() && is_lead(bold, rest, least);
    let (text, rest) = if is_lead {
        (bold, rest)
    } else {
        (&record.text[..], &[][..])
    };
    // If the record has a number, its own text is the decision, whatever a label adds.
    let text = own.filter(|_| !is_numbered || words(text).is_empty()).unwrap_or(text);
    let why = record.value(Key::Rationale).unwrap_or(rest);
    stated(record, &bare(&replaced(text, reader.vocabulary)), &bare(why), reader)
}

/// The decision `text` with the reason `why` and the other facts of its record.
fn stated(record: &Record<'_>, text: &[Run<'_>], why: &[Run<'_>], reader: &Reader<'_>) -> Option<Decision> {
    let vocabulary = reader.vocabulary;
    let value = |key| record.value(key).unwrap_or_default();
    let status = value(Key::Status);
    let mentions = mentions(record, [status, &record.text, why], vocabulary);
    let has_successor = mentions
        .iter()
        .any(|mention| mention.kind == RelationKind::SupersededBy);
    let state = state_of(&words(status), vocabulary);
    let says_superseded = state.is_some_and(|(state, _)| state == Status::SUPERSEDED);
    let out = Decision {
        label: record.number.clone(),
        date: Some(date_text(value(Key::Date), vocabulary)).filter(|date| !date.text.is_empty()),
        decision: fragment(text, reader.home),
        rationale: fragment(why, reader.home),
        decided_by: deciders(value(Key::Decider), vocabulary),
        status: words(status).into_owned(),
        class: state.map_or(StatusClass::Unknown, |(_, class)| *class),
        revisit: promised(value(Key::Revisit), vocabulary),
        superseded: says_superseded || is_struck(text) || has_successor,
        mentions,
        ..Decision::default()
    };
    (!out.decision.is_empty()).then_some(out)
}

/// The other decisions and documents that a record names: in columns and labels of their own, and in
/// its `texts`.
fn mentions(record: &Record<'_>, texts: [&[Run<'_>]; 3], vocabulary: &Vocabulary<'_>) -> Vec<Mention> {
    let labelled = record.facts.iter().filter_map(|fact| {
        let kind = mention::relation(fact.key)?;
        Some(mention::named(&fact.value, kind, vocabulary))
    });
    let mut out: Vec<Mention> = labelled.flatten().collect();
    for text in texts {
        out.extend(mention::introduced(text, vocabulary));
    }
    out.sort_by_key(|mention| mention.span);
    out.dedup();
    out
}

/// The relation that the first words of a text introduce: `superseded by …`.
fn names_others(text: &str, vocabulary: &Vocabulary<'_>) -> Option<RelationKind> {
    let key = |lead: &str| vocabulary.key(Scope::Decision, lead);
    prefixes(&fold(text)).find_map(|lead| key(lead).and_then(mention::relation))
}

/// Whether a lead says that a question elsewhere is resolved.
fn names_answer(lead: &str, vocabulary: &Vocabulary<'_>) -> bool {
    lead.ends_with(':')
        && lead.contains(|ch: char| ch.is_ascii_digit())
        && fold(lead).split(' ').any(|word| vocabulary.is(Class::Resolved, word))
}

/// Whether the bold words at the start of a text are the decision, and the rest is the reason.
/// `**Store:** PostgreSQL` is a single text.
fn is_lead(bold: &[Run<'_>], rest: &[Run<'_>], least: usize) -> bool {
    let text = words(bold);
    let is_theme = text.ends_with([':', '：']) || words(rest).starts_with([':', '：']);
    !is_theme && (text.ends_with(['.', '!', '。']) || text.split(' ').count() >= least)
}

/// `runs` without the punctuation that separates them.
fn bare<'a>(runs: &[Run<'a>]) -> Vec<Run<'a>> {
    without_start(trim(runs), |ch| {
        ch.is_whitespace() || matches!(ch, ':' | '：' | '—' | '–' | '.' | '-')
    })
}

/// The current decision if part of the text is struck through, `~~Stop~~ Go`. The whole text if the
/// rest only describes what happened to the struck-through decision.
fn replaced<'r, 'a>(text: &'r [Run<'a>], vocabulary: &Vocabulary<'_>) -> Cow<'r, [Run<'a>]> {
    let kept = not_struck(text);
    let rest = words(&kept);
    let is_remark = rest.starts_with(|ch: char| !ch.is_alphanumeric());
    let first = || fold(&rest).split(' ').next().map(str::to_owned);
    let is_state = || first().is_some_and(|word| vocabulary.status(&word).is_some());
    if text.first().is_some_and(|run| run.struck) && (is_remark || is_state()) {
        return Cow::Borrowed(text);
    }
    kept
}

/// The state at the start of a status, with its class.
fn state_of<'v>(status: &str, vocabulary: &'v Vocabulary<'_>) -> Option<&'v (String, StatusClass)> {
    folded_in_place(status, |words| prefixes(words).find_map(|lead| vocabulary.status(lead)))
}

/// The deciders. A phase or a date in the column says when, not who.
fn deciders(runs: &[Run<'_>], vocabulary: &Vocabulary<'_>) -> Vec<Person> {
    let text = words(runs);
    let is_stage = folded_in_place(&text, |folded| {
        let stage = vocabulary.leads(Class::Stage, folded);
        let next = stage.and_then(|stage| folded[stage.len()..].split_whitespace().next());
        next.is_some_and(|next| next.len() <= 3 && next.contains(|ch: char| ch.is_ascii_digit()))
    });
    let day = may_be_date(&text, vocabulary).then(|| when(&text, vocabulary));
    let is_date = matches!(day, Some(When::Day(_) | When::Month(_) | When::Milestone(Some(_))));
    if is_stage || is_date {
        Vec::new()
    } else {
        people_in(runs, vocabulary)
    }
}

#[cfg(test)]
mod tests;
