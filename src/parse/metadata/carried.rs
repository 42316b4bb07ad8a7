//! What the header card shows of the fields that it stands for: a field of which it leaves out a
//! word or a link is shown as a fact of its own as well.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::model::{Document, When};
use crate::parse::markdown::fold::fold;
use crate::parse::metadata::field::Field;
use crate::parse::values::date::is_bare;
use crate::parse::vocabulary::Vocabulary;

/// The words and links that the card shows. They are sorted, not hashed: an author chooses them,
/// and could make a table of hashes slow.
#[derive(Debug, Default)]
pub(crate) struct Carried<'d> {
    words: BTreeSet<String>,
    links: BTreeSet<&'d str>,
}

impl<'d> Carried<'d> {
    /// What the card shows of `document`.
    pub(crate) fn by(document: &'d Document, vocabulary: &Vocabulary<'_>) -> Self {
        // Of a status that is not yet chosen the card says only that.
        let status = document.status.as_ref().filter(|status| !status.is_unfilled());
        let status = status.map(|status| &status.text);
        let lists = [
            &document.authors, &document.reviewers, &document.approvers, &document.deciders,
        ];
        let people = || lists.into_iter().flatten();
        let names = people().flat_map(|person| [&person.name, &person.handle, &person.email]);
        let texts = [Some(&document.title.value), status, document.target_release.as_ref()];
        let texts = texts.into_iter().chain(names.map(Option::as_ref)).flatten();
        let texts = texts.chain(document.links.iter().map(|link| &link.text));
        let dates = [&document.created, &document.updated].into_iter().flatten();
        let dates = dates.map(|date| match date.when {
            // The card shows a day, and no remark behind it.
            When::Day(day) if !is_bare(&date.text, vocabulary) => day.to_string().into(),
            _ => Cow::Borrowed(date.text.as_str()),
        });
        let mut words = BTreeSet::new();
        for text in dates.chain(texts.map(|text| Cow::Borrowed(text.as_str()))) {
            words.extend(fold(&text).split(' ').map(str::to_owned));
        }
        let links = document.links.iter().filter_map(|link| link.url.as_deref());
        let links = links.chain(people().filter_map(|person| person.url.as_deref()));
        Self {
            words,
            links: links.collect(),
        }
    }

    /// Whether the card shows all that a field says.
    pub(crate) fn has(&self, field: &Field<'_>) -> bool {
        let mut links = field.values.iter().flat_map(|value| &value.runs);
        let is_shown = |link: &str| self.links.contains(link) || link.starts_with("mailto:") || link.contains('@');
        fold(&field.text())
            .split(' ')
            .all(|word| word.is_empty() || self.words.contains(word) || is_joint(word))
            && links.all(|run| run.link.is_none_or(is_shown))
    }
}

/// Words that only join names.
fn is_joint(word: &str) -> bool {
    matches!(word, "and" | "und" | "et" | "y" | "al" | "mailto")
}
