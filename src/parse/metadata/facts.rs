//! The facts of a document out of its labelled fields: for each the most telling place that has it.

use crate::model::{DateText, Document, Fact, Person, Reference, Status, When};
use crate::parse::markdown::fold::folded_in_place;
use crate::parse::metadata::carried::{self, Carried};
use crate::parse::metadata::field::{Field, Value};
use crate::parse::metadata::header::gather::Gathered;
use crate::parse::metadata::role::{add_people, merge_handles, people};
use crate::parse::values::date::{is_placeholder, when};
use crate::parse::values::person_list::Roll;
use crate::parse::values::status::{in_value, is_statement, newest, unfilled};
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Key;
use crate::source::{Span, Spanned};

/// The roles that people have, in the order of the header.
const ROLES: [Key; 4] = [Key::Author, Key::Reviewer, Key::Approver, Key::Decider];

/// The facts of the metadata: for each the most telling place that has it. The places of
/// `replaced`, sorted and disjoint, make way for the card. `heading` is the title, where the page
/// has it as a heading.
pub(crate) fn facts(
    gathered: &Gathered<'_>,
    replaced: &[Span],
    heading: Option<Spanned<String>>,
    vocabulary: &Vocabulary<'_>,
) -> Document {
    let mut found = Found {
        has_heading: heading.is_some(),
        document: Document {
            title: heading.unwrap_or_default(),
            status: best_status(gathered, vocabulary),
            ..Document::default()
        },
        ..Found::default()
    };
    let mut unused = Vec::new();
    for field in gathered.all().filter(|field| !field.text().is_empty()) {
        let is_used = found.take(field, vocabulary);
        // The card must show all that it replaces, including remarks and links.
        if !is_used || is_within(replaced, field.span()) {
            unused.push((field, is_used));
        }
    }
    let mut document = found.document;
    [
        document.authors, document.reviewers, document.approvers, document.deciders,
    ] = found.rolls.map(|roll| roll.people);
    merge_handles(&mut document.reviewers);
    merge_handles(&mut document.approvers);
    document.created = document.created.or(found.dated).or(found.since);
    add_emails(&mut document.authors, found.emails);
    document.facts = told_besides(&document, &unused, vocabulary);
    document
}

/// What was found so far.
#[derive(Debug, Default)]
struct Found {
    document: Document,
    has_heading: bool,
    dated: Option<DateText>,
    since: Option<DateText>,
    /// The people of each role.
    rolls: [Roll; ROLES.len()],
    emails: Vec<String>,
}

impl Found {
    /// Takes what a field says; whether it has a use.
    fn take(&mut self, field: &Field<'_>, vocabulary: &Vocabulary<'_>) -> bool {
        if let Some(role) = ROLES.iter().position(|key| field.key == Some(*key)) {
            let may_add = role > 0 || is_beside_others(field);
            return add_people(&mut self.rolls[role], field, may_add, vocabulary);
        }
        let is_filled = || !is_placeholder(&field.text());
        match field.key {
            Some(Key::Created) => set_date(&mut self.document.created, field, vocabulary),
            Some(Key::Updated) => set_date(&mut self.document.updated, field, vocabulary),
            Some(Key::Date) => set_date(&mut self.dated, field, vocabulary),
            Some(Key::Since) => set_date(&mut self.since, field, vocabulary),
            Some(Key::Release) if self.document.target_release.is_none() && is_filled() => {
                self.document.target_release = Some(field.current(vocabulary).into_owned());
                true
            }
            Some(Key::Link) if is_filled() => {
                self.document.links.push(reference(field));
                true
            }
            Some(Key::Email) => {
                let people = people(&field.values, vocabulary);
                self.emails.extend(people.into_iter().filter_map(|person| person.email));
                field.text().contains('@') && is_filled()
            }
            Some(Key::Status) => true,
            Some(Key::Title) => self.has_heading,
            _ => false,
        }
    }
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

/// The first status that is filled in; an unfilled one only if there is no other.
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
