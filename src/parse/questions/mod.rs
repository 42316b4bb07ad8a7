//! The open questions of a document: which records are questions, and what closes them.

pub(crate) mod answer_cells;
mod blocks;
mod clarification;
mod number;
pub(crate) mod section;
pub(crate) mod table;

use crate::model::{Deadline, OpenQuestion, Past};
use crate::parse::markdown::fold::QUESTION_MARKS;
use crate::parse::markdown::fragment::fragment;
use crate::parse::markdown::inline::{append, span_of, trim, words};
use crate::parse::record::closing::{is_none, is_template_question, strip_start};
use crate::parse::record::{Policy, Reader, Record};
use crate::parse::values::date::is_placeholder;
use crate::parse::values::deadline::deadline_text;
use crate::parse::values::id::Ids;
use crate::parse::values::person::people_in;
use crate::parse::vocabulary::concept::{Class, Key, Scope};

/// The meaning of a question's facts.
pub(crate) const QUESTION: Policy = Policy {
    scope: Scope::Question,
    date: Key::Due,
    person: Key::Owner,
    person_lead: Class::OwnerLead,
    asks: true,
};

/// Whether a record asks a question explicitly.
fn asks(record: &Record<'_>) -> bool {
    let has_fact = record.ticked.is_some() || record.value(Key::Due).is_some() || record.has(Key::Owner);
    has_fact || words(&record.text).contains(QUESTION_MARKS)
}

/// The question in a record. None if it is not a question.
fn question(record: Record<'_>, reader: &Reader<'_>, ids: &mut Ids) -> Option<OpenQuestion> {
    let (question, rest) = record.question();
    let text = words(question);
    if is_none(&text, reader.vocabulary) || is_placeholder(&text) || is_template_question(&text) {
        return None;
    }
    let mut context = strip_start(rest);
    append(&mut context, &record.values(Key::Context));
    let number = record.number.as_deref();
    let label = number.filter(|number| number.contains(char::is_alphabetic));
    let due = record.value(Key::Due);
    let due = due.map(|due| Deadline(deadline_text(due, reader.vocabulary)));
    Some(OpenQuestion {
        id: ids.make("question", label, &text, |id| reader.page_ids.has(id)),
        question: fragment(question, reader.home),
        context: fragment(&trim(&context), reader.home),
        resolution: fragment(&trim(&record.values(Key::Answer)), reader.home),
        due,
        owners: people_in(record.value(Key::Owner).unwrap_or_default(), reader.vocabulary),
        resolved: record.closed || record.ticked == Some(true),
        settled_by: None,
        past: Past::default(),
        span: span_of(question),
        badge_at: record.badge_at,
        badge_form: record.badge_form,
        number: record.number,
    })
}

#[cfg(test)]
mod tests;
