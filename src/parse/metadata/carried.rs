//! Finds fields that the header card does not show in full. If the card omits a word or a link of a
//! field, the field is also shown as a separate fact.

use std::collections::BTreeSet;

use crate::model::{Document, Person, When};
use crate::parse::markdown::fold::fold;
use crate::parse::metadata::field::Field;
use crate::parse::values::date::is_bare;
use crate::parse::vocabulary::Vocabulary;

/// Keeps the `fields` that the card of `document` does not show in full. The flag is true if the
/// document uses the field; the card does not show unused fields at all.
pub(crate) fn retain_left_out(fields: &mut Vec<(&Field<'_>, bool)>, document: &Document, vocabulary: &Vocabulary<'_>) {
    if fields.iter().any(|(_, is_used)| *is_used) {
        let words = words(document, vocabulary);
        // Sorted rather than hashed: authors choose the words, and could make a hash table slow.
        let words: BTreeSet<&str> = words.split(' ').collect();
        let links = document.links.iter().map(|link| &link.url);
        let links = links.chain(people(document).map(|person| &person.url));
        let links: BTreeSet<&str> = links.flatten().map(String::as_str).collect();
        fields.retain(|(field, is_used)| !is_used || !is_shown(field, &words, &links));
    }
}

/// The words that the card shows, folded.
fn words(document: &Document, vocabulary: &Vocabulary<'_>) -> String {
    let mut out = String::new();
    let mut add = |text: &str| {
        out.push_str(&fold(text));
        out.push(' ');
    };
    add(&document.title.value);
    // For an unfilled status, the card shows only that it is unfilled.
    let status = document.status.as_ref().filter(|status| !status.is_unfilled());
    let names = people(document).flat_map(|person| [&person.name, &person.handle, &person.email]);
    let texts = status
        .map(|status| &status.text)
        .into_iter()
        .chain(&document.target_release);
    let texts = texts
        .chain(names.flatten())
        .chain(document.links.iter().map(|link| &link.text));
    texts.for_each(|text| add(text));
    let promised = [&document.revisit, &document.review_until].into_iter().flatten();
    let dates = [&document.created, &document.updated].into_iter().flatten();
    for date in dates.chain(promised.map(|due| &due.0)) {
        match date.when {
            // The card shows the date without a remark after it.
            When::Day(day) if !is_bare(&date.text, vocabulary) => add(&day.to_string()),
            _ => add(&date.text),
        }
    }
    out
}

/// All people on the card.
fn people(document: &Document) -> impl Iterator<Item = &Person> {
    let lists = [
        &document.authors, &document.reviewers, &document.approvers, &document.deciders,
    ];
    lists.into_iter().flatten()
}

/// Whether the card shows all words and links of a field.
fn is_shown(field: &Field<'_>, words: &BTreeSet<&str>, links: &BTreeSet<&str>) -> bool {
    let mut runs = field.values.iter().flat_map(|value| &value.runs);
    let is_known = |link: &str| links.contains(link) || link.starts_with("mailto:") || link.contains('@');
    fold(&field.text())
        .split(' ')
        .all(|word| word.is_empty() || words.contains(word) || is_joint(word))
        && runs.all(|run| run.link.is_none_or(is_known))
}

/// Whether a word only joins names.
fn is_joint(word: &str) -> bool {
    matches!(word, "and" | "und" | "et" | "y" | "al" | "mailto")
}
