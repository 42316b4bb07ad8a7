//! What the header card tells of the fields that it stands for: a field of which it would
//! leave a word or a link untold is a fact of its own as well.

use rustc_hash::FxHashSet;

use super::field::Field;
use super::label::fold;
use crate::model::{DateText, Document, Person};

/// The words and links that the card shows.
#[derive(Debug, Default)]
pub(crate) struct Carried {
    words: FxHashSet<String>,
    links: FxHashSet<String>,
}

impl Carried {
    /// What the card shows of `document`.
    pub(crate) fn by(document: &Document) -> Self {
        let mut out = Self::default();
        out.words(&document.title.value);
        out.words(document.status.as_ref().map_or("", |status| &status.text));
        out.words(document.target_release.as_deref().unwrap_or_default());
        let dates = [&document.created, &document.updated];
        for DateText { text, .. } in dates.into_iter().flatten() {
            out.words(text);
        }
        let people = [
            &document.authors, &document.reviewers, &document.approvers, &document.deciders,
        ];
        for person in people.into_iter().flatten() {
            out.person(person);
        }
        for link in &document.links {
            out.words(&link.text);
            out.links.extend(link.url.clone());
        }
        out
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

    fn words(&mut self, text: &str) {
        self.words.extend(fold(text).split(' ').map(str::to_owned));
    }

    fn person(&mut self, person: &Person) {
        for text in [&person.name, &person.handle, &person.email].into_iter().flatten() {
            self.words(text);
        }
        self.links.extend(person.url.clone());
    }
}

/// Words that only join names.
fn is_joint(word: &str) -> bool {
    matches!(word, "and" | "und" | "et" | "y" | "al" | "mailto")
}
