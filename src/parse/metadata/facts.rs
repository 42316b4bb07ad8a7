//! Derives the facts of a document from its labelled fields. For each fact, the most authoritative
//! place counts.

use crate::model::{DateText, Deadline, Document, Fact, Person, Reference, Status, When};
use crate::parse::markdown::fold::folded_in_place;
use crate::parse::metadata::carried::retain_left_out;
use crate::parse::metadata::field::{Field, ROLES, Value};
use crate::parse::metadata::header::CollectedFields;
use crate::parse::metadata::promise::{set_earliest, take_review_by};
use crate::parse::metadata::role::{add_people, merge_handles, people};
use crate::parse::values::date::{is_placeholder, when};
use crate::parse::values::mention;
use crate::parse::values::person_list::Roll;
use crate::parse::values::status::{in_value, is_statement, newest, unfilled};
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Key;
use crate::source::{Span, Spanned};

/// The facts of the metadata, each from its most authoritative place. The card replaces the spans
/// in `replaced`, which are sorted and disjoint. `heading` is the title, if the page has it as a
/// heading.
pub(crate) fn facts(
    collected: &CollectedFields<'_>,
    replaced: &[Span],
    heading: Option<Spanned<String>>,
    vocabulary: &Vocabulary<'_>,
) -> Document {
    let mut found = Found {
        has_heading: heading.is_some(),
        ..Found::default()
    };
    // Unused fields, and those that the card replaces.
    let mut to_show = Vec::new();
    for field in collected.all().filter(|field| !field.text().is_empty()) {
        let is_used = found.take(field, vocabulary);
        if !is_used || is_within(replaced, field.span()) {
            to_show.push((field, is_used));
        }
    }
    let mut document = found.document;
    document.title = heading.unwrap_or_default();
    document.status = best_status(collected, vocabulary);
    [
        document.authors, document.reviewers, document.approvers, document.deciders,
    ] = found.rolls.map(|roll| roll.people);
    merge_handles(&mut document.reviewers);
    merge_handles(&mut document.approvers);
    document.created = document.created.or(found.dated).or(found.since);
    take_review_by(&mut document, found.review_by);
    add_emails(&mut document.authors, found.emails);
    // The card must show everything that it replaces, including remarks and links.
    retain_left_out(&mut to_show, &document, vocabulary);
    document.facts = to_show.into_iter().map(|(field, _)| fact(field, vocabulary)).collect();
    document
}

/// The facts found so far.
#[derive(Debug, Default)]
struct Found {
    document: Document,
    has_heading: bool,
    dated: Option<DateText>,
    since: Option<DateText>,
    review_by: Option<Deadline>,
    /// The people of each role.
    rolls: [Roll; ROLES.len()],
    emails: Vec<String>,
}

impl Found {
    /// Stores the value of a field. Returns whether the field is used.
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
            Some(Key::Revisit) => set_earliest(&mut self.document.revisit, field, vocabulary),
            Some(Key::ReviewUntil) => set_earliest(&mut self.document.review_until, field, vocabulary),
            Some(Key::ReviewBy) => set_earliest(&mut self.review_by, field, vocabulary),
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

/// Whether the field adds to other people of the same role: `Co-authors`.
fn is_beside_others(field: &Field<'_>) -> bool {
    folded_in_place(&field.label, |label| label.starts_with("co"))
}

/// Assigns addresses from a line of their own, in order, to the authors who have none.
fn add_emails(authors: &mut [Person], emails: Vec<String>) {
    let without_email = authors.iter_mut().filter(|author| author.email.is_none());
    for (author, email) in without_email.zip(emails) {
        author.email = Some(email);
    }
}

/// Whether one of `spans`, sorted and disjoint, contains `span`.
fn is_within(spans: &[Span], span: Span) -> bool {
    let behind = spans.partition_point(|other| other.start <= span.start);
    behind > 0 && spans[behind - 1].contains(span)
}

/// A field that the card shows verbatim.
fn fact(field: &Field<'_>, vocabulary: &Vocabulary<'_>) -> Fact {
    let text = field.text().into_owned();
    let relation = field.key.and_then(mention::relation);
    let names_all = relation.is_some() && mention::is_all(&field.mentions(vocabulary), &text);
    let is_known = !matches!(field.key, None | Some(Key::Attendees));
    Fact {
        relation,
        // What stands beside the names is only here.
        is_known: is_known && (relation.is_none() || names_all),
        label: field.label.to_string(),
        text,
        markdown: field.markdown(),
    }
}

fn set_date(slot: &mut Option<DateText>, field: &Field<'_>, vocabulary: &Vocabulary<'_>) -> bool {
    let Some(date) = dated(field, vocabulary) else {
        return false;
    };
    // A readable date takes precedence over words in a more authoritative place.
    let is_day = matches!(date.when, When::Day(_));
    if slot.as_ref().is_none_or(|known| known.date().is_none() && is_day) {
        *slot = Some(date);
    }
    true
}

/// The date of a field. None if the field says that there is none yet.
pub(crate) fn dated(field: &Field<'_>, vocabulary: &Vocabulary<'_>) -> Option<DateText> {
    let text = field.current(vocabulary);
    let when = when(&text, vocabulary);
    (when != When::Unset).then(|| DateText {
        text: text.into_owned(),
        when,
        span: field.span(),
    })
}

fn reference(field: &Field<'_>) -> Reference {
    let text = field.text();
    let mut runs = field.values.iter().flat_map(|value| &value.runs);
    let is_url = |word: &&str| word.starts_with("https://") || word.starts_with("http://");
    let bare = || text.split_whitespace().find(is_url);
    Reference {
        label: field.label.to_string(),
        url: runs.find_map(|run| run.link).or_else(bare).map(str::to_owned),
        markdown: field.markdown(),
        text: text.into_owned(),
    }
}

/// The first status that is filled in; an unfilled one only if all are unfilled.
fn best_status(collected: &CollectedFields<'_>, vocabulary: &Vocabulary<'_>) -> Option<Status> {
    let fields = collected.all().filter(|field| field.key == Some(Key::Status));
    let mut unfilled = None;
    for field in fields {
        match newest(&statuses(field, vocabulary), vocabulary).cloned() {
            Some(found) if found.is_unfilled() => unfilled = unfilled.or(Some(found)),
            Some(found) => return Some(found),
            None => {}
        }
    }
    unfilled
}

/// The statuses in a field's values; in a list of task boxes, the ticked one.
pub(crate) fn statuses(field: &Field<'_>, vocabulary: &Vocabulary<'_>) -> Vec<Status> {
    let mut values: Vec<&Value<'_>> = field.values.iter().collect();
    if values.len() > 1 && values.iter().all(|value| value.ticked.is_some()) {
        values.retain(|value| value.ticked == Some(true));
        if values.is_empty() {
            return vec![unfilled(field.span())];
        }
    }
    // Any line after the first may be prose that begins with a status word.
    let is_kept = |at: usize, value: &Value<'_>| at == 0 || is_statement(&value.text(), vocabulary);
    let kept = values.into_iter().enumerate().filter(|(at, value)| is_kept(*at, value));
    kept.filter_map(|(_, value)| in_value(&value.runs, value.span(), vocabulary))
        .collect()
}
