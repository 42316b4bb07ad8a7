//! The facts of a document out of its labelled fields: for each the most telling place that has it.

use crate::model::{DateText, Document, Fact, Person, Reference, Status, When};
use crate::parse::markdown::fold::folded_in_place;
use crate::parse::metadata::carried::{self, Carried};
use crate::parse::metadata::field::{Field, Value};
use crate::parse::metadata::gather::Gathered;
use crate::parse::metadata::role::{add_people, merge_handles, people};
use crate::parse::values::date::{is_placeholder, when};
use crate::parse::values::person_list::Roll;
use crate::parse::values::status::{in_value, is_statement, newest, unfilled};
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Key;
use crate::source::{Span, Spanned};

/// The facts of the metadata: for each the most telling place that has it. The places of
/// `replaced`, sorted and disjoint, make way for the card. `heading` is the title, where the page
/// has it as a heading.
pub(crate) fn facts(
    gathered: &Gathered<'_>,
    replaced: &[Span],
    heading: Option<Spanned<String>>,
    vocabulary: &Vocabulary<'_>,
) -> Document {
    let has_heading = heading.is_some();
    let mut document = Document {
        title: heading.unwrap_or_default(),
        status: best_status(gathered, vocabulary),
        ..Document::default()
    };
    let (mut dated, mut since) = (None, None);
    let [mut authors, mut reviewers, mut approvers, mut deciders] = std::array::from_fn(|_| Roll::default());
    let mut emails = Vec::new();
    let mut unused = Vec::new();
    for field in gathered.all() {
        let text = field.text();
        if text.is_empty() {
            continue;
        }
        let is_used = match field.key {
            Some(Key::Author) => add_people(&mut authors, field, is_beside_others(field), vocabulary),
            Some(Key::Reviewer) => add_people(&mut reviewers, field, true, vocabulary),
            Some(Key::Approver) => add_people(&mut approvers, field, true, vocabulary),
            Some(Key::Decider) => add_people(&mut deciders, field, true, vocabulary),
            Some(Key::Created) => set_date(&mut document.created, field, vocabulary),
            Some(Key::Updated) => set_date(&mut document.updated, field, vocabulary),
            Some(Key::Date) => set_date(&mut dated, field, vocabulary),
            Some(Key::Since) => set_date(&mut since, field, vocabulary),
            Some(Key::Release) if document.target_release.is_none() && !is_placeholder(&text) => {
                document.target_release = Some(field.current(vocabulary).into_owned());
                true
            }
            Some(Key::Link) if !is_placeholder(&text) => {
                document.links.push(reference(field));
                true
            }
            Some(Key::Email) => {
                emails.extend(
                    people(&field.values, vocabulary)
                        .into_iter()
                        .filter_map(|person| person.email),
                );
                text.contains('@') && !is_placeholder(&text)
            }
            Some(Key::Status) => true,
            Some(Key::Title) => has_heading,
            _ => false,
        };
        // What the card replaces it must tell in full, remarks and links included.
        if !is_used || is_within(replaced, field.span()) {
            unused.push((field, is_used));
        }
    }
    (document.authors, document.reviewers) = (authors.people, reviewers.people);
    (document.approvers, document.deciders) = (approvers.people, deciders.people);
    merge_handles(&mut document.reviewers);
    merge_handles(&mut document.approvers);
    document.created = document.created.or(dated).or(since);
    add_emails(&mut document.authors, emails);
    document.facts = told_besides(&document, &unused, vocabulary);
    document
}

/// `Co-authors`: they stand beside the authors.
fn is_beside_others(field: &Field<'_>) -> bool {
    folded_in_place(&field.label, |label| label.starts_with("co"))
}

/// Gives addresses from a line of their own to the authors who have none, in their order.
fn add_emails(authors: &mut [Person], emails: Vec<String>) {
    let without_email = authors.iter_mut().filter(|author| author.email.is_none());
    for (author, email) in without_email.zip(emails) {
        author.email = Some(email);
    }
}

/// Whether one of `spans`, sorted and disjoint, holds all of `span`.
fn is_within(spans: &[Span], span: Span) -> bool {
    let behind = spans.partition_point(|other| other.start <= span.start);
    behind > 0 && spans[behind - 1].contains(span)
}

/// The facts that the card shows as they are: those without a use, and those of which what
/// was made of them leaves something untold.
fn told_besides(document: &Document, fields: &[(&Field<'_>, bool)], vocabulary: &Vocabulary<'_>) -> Vec<Fact> {
    let words = std::cell::OnceCell::new();
    let carried = std::cell::OnceCell::new();
    // Few fields need all the words of the card to be gathered.
    let has = |field: &Field<'_>| {
        carried::is_told(document, field, vocabulary) || {
            let words = words.get_or_init(|| carried::words(document, vocabulary));
            carried.get_or_init(|| Carried::by(document, words)).has(field)
        }
    };
    fields
        .iter()
        .filter(|(field, is_used)| !is_used || !has(field))
        .map(|(field, _)| Fact {
            label: field.label.to_string(),
            text: field.text().into_owned(),
            markdown: field.markdown(),
        })
        .collect()
}

fn set_date(slot: &mut Option<DateText>, field: &Field<'_>, vocabulary: &Vocabulary<'_>) -> bool {
    let text = field.current(vocabulary);
    let when = when(&text, vocabulary);
    if when == When::Unset {
        return false;
    }
    // A date that can be read is worth more than words in a better place.
    if slot
        .as_ref()
        .is_none_or(|date| date.date().is_none() && matches!(when, When::Day(_)))
    {
        *slot = Some(DateText {
            text: text.into_owned(),
            when,
            span: field.span(),
        });
    }
    true
}

fn reference(field: &Field<'_>) -> Reference {
    let url = field
        .values
        .iter()
        .flat_map(|value| &value.runs)
        .find_map(|run| run.link);
    let text = field.text();
    let bare = text
        .split_whitespace()
        .find(|word| word.starts_with("https://") || word.starts_with("http://"));
    let url = url.or(bare).map(str::to_owned);
    Reference {
        label: field.label.to_string(),
        url,
        markdown: field.markdown(),
        text: text.into_owned(),
    }
}

/// The first status that somebody has filled in; one left unfilled only where there is no other.
fn best_status(gathered: &Gathered<'_>, vocabulary: &Vocabulary<'_>) -> Option<Status> {
    let mut unfilled = None;
    for field in gathered.all().filter(|field| field.key == Some(Key::Status)) {
        match newest(&statuses(field, vocabulary), vocabulary) {
            Some(found) if found.is_unfilled() => unfilled = unfilled.or(Some(found.clone())),
            Some(found) => return Some(found.clone()),
            None => {}
        }
    }
    unfilled
}

/// The statuses that a field's values name, of a list of boxes the ticked one.
pub(crate) fn statuses(field: &Field<'_>, vocabulary: &Vocabulary<'_>) -> Vec<Status> {
    let is_checklist = field.values.len() > 1 && field.values.iter().all(|value| value.ticked.is_some());
    if is_checklist && field.values.iter().all(|value| value.ticked == Some(false)) {
        return vec![unfilled(field.span())];
    }
    let all = field
        .values
        .iter()
        .filter(|value| !is_checklist || value.ticked == Some(true));
    // A line below the first may be prose that begins with a word of a status.
    let is_told = |at: usize, value: &Value<'_>| at == 0 || is_statement(&value.text(), vocabulary);
    all.enumerate()
        .filter(|(at, value)| is_told(*at, value))
        .filter_map(|(_, value)| in_value(&value.runs, value.span, vocabulary))
        .collect()
}
