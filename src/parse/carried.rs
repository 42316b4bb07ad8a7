//! What the header card tells of the fields that it stands for: a field of which it would
//! leave a word or a link untold is a fact of its own as well.

use std::collections::HashSet;

use super::field::Field;
use super::label::fold;
use crate::model::{DateText, Document, Person};

/// The words and links that the card shows.
#[derive(Debug, Default)]
pub(crate) struct Carried<'d> {
    words: HashSet<&'d str>,
    links: HashSet<&'d str>,
}

/// The words that the card shows of `document`, folded.
pub(crate) fn words(document: &Document) -> String {
    let mut out = String::new();
    let mut add = |text: &str| {
        out.push_str(&fold(text));
        out.push(' ');
    };
    add(&document.title.value);
    add(document.status.as_ref().map_or("", |status| &status.text));
    add(document.target_release.as_deref().unwrap_or_default());
    for DateText { text, .. } in [&document.created, &document.updated].into_iter().flatten() {
        add(text);
    }
    for person in people(document) {
        for text in [&person.name, &person.handle, &person.email].into_iter().flatten() {
            add(text);
        }
    }
    for link in &document.links {
        add(&link.text);
    }
    out
}

impl<'d> Carried<'d> {
    /// What the card shows of `document`, whose words are `words`.
    pub(crate) fn by(document: &'d Document, words: &'d str) -> Self {
        let links = document.links.iter().filter_map(|link| link.url.as_deref());
        let people = people(document).filter_map(|person| person.url.as_deref());
        Self {
            words: words.split(' ').collect(),
            links: links.chain(people).collect(),
        }
    }

    /// Whether the card shows all that a field says.
    pub(crate) fn has(&self, field: &Field<'_>) -> bool {
        let text = field.text();
        fold(&text)
            .split(' ')
            .all(|word| word.is_empty() || self.words.contains(word) || is_joint(word))
            && field
                .values
                .iter()
                .flat_map(|value| &value.runs)
                .filter_map(|run| run.link)
                .all(|link| self.links.contains(link) || link.starts_with("mailto:") || link.contains('@'))
    }
}

/// Everybody whom the card shows.
fn people(document: &Document) -> impl Iterator<Item = &Person> {
    let lists = [
        &document.authors, &document.reviewers, &document.approvers, &document.deciders,
    ];
    lists.into_iter().flatten()
}

/// Words that only join names.
fn is_joint(word: &str) -> bool {
    matches!(word, "and" | "und" | "et" | "y" | "al" | "mailto")
}
