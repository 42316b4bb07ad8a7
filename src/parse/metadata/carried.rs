//! What the header card tells of the fields that it stands for: a field of which it would
//! leave a word or a link untold is a fact of its own as well.

use crate::model::{Document, Person, Reference, When};
use crate::parse::markdown::fold::fold;
use crate::parse::metadata::field::Field;
use crate::parse::values::date::is_bare;
use crate::parse::vocabulary::Vocabulary;

/// With how many texts of the card a field is compared one by one; most cards have fewer.
const COMPARED: usize = 100;

/// The words and links that the card shows.
#[derive(Debug, Default)]
pub(crate) struct Carried<'d> {
    words: Sorted<'d>,
    links: Sorted<'d>,
}

/// The words that the card shows of `document`, folded.
pub(crate) fn words(document: &Document, vocabulary: &Vocabulary<'_>) -> String {
    let mut out = String::new();
    let mut add = |text: &str| {
        out.push_str(&fold(text));
        out.push(' ');
    };
    add(&document.title.value);
    add(status(document).unwrap_or_default());
    add(document.target_release.as_deref().unwrap_or_default());
    for date in [&document.created, &document.updated].into_iter().flatten() {
        match date.when {
            When::Day(day) if !is_bare(&date.text, vocabulary) => add(&day.to_string()),
            _ => add(&date.text),
        }
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

/// Whether all that a field says are texts that the card shows one by one, which most often
/// needs no look at their words.
pub(crate) fn is_told(document: &Document, field: &Field<'_>, vocabulary: &Vocabulary<'_>) -> bool {
    let text = field.text();
    let mut links = field
        .values
        .iter()
        .flat_map(|value| &value.runs)
        .filter_map(|run| run.link);
    if let Some(first) = links.next() {
        let is_told = |link: &Reference| link.text == text && link.url.as_deref() == Some(first);
        return links.all(|link| link == first) && document.links.iter().take(COMPARED).any(is_told);
    }
    let dates = [&document.created, &document.updated].into_iter().flatten();
    // The card shows a day, and no remark behind it.
    let dates = dates.filter(|date| !matches!(date.when, When::Day(_)) || is_bare(&date.text, vocabulary));
    let dates = dates.map(|date| date.text.as_str());
    let own = [
        Some(document.title.value.as_str()),
        status(document),
        document.target_release.as_deref(),
    ];
    let bare = document.links.iter().take(COMPARED).map(|link| link.text.as_str());
    let mut known = own.into_iter().flatten().chain(dates).chain(bare);
    let is_person = |part: &str| {
        let mut people = people(document).take(COMPARED);
        people.any(|person| {
            let texts = [&person.name, &person.email, &person.handle];
            texts.into_iter().flatten().any(|text| text == part)
        })
    };
    let mut parts = text.split([',', ';', '&']).map(str::trim);
    known.any(|known| known == text) || parts.by_ref().take(COMPARED).all(is_person) && parts.next().is_none()
}

impl<'d> Carried<'d> {
    /// What the card shows of `document`, whose words are `words`.
    pub(crate) fn by(document: &'d Document, words: &'d str) -> Self {
        let links = document.links.iter().filter_map(|link| link.url.as_deref());
        let people = people(document).filter_map(|person| person.url.as_deref());
        Self {
            words: Sorted::from(words.split(' ')),
            links: Sorted::from(links.chain(people)),
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

/// Texts in order, each to be found by halving: an author chooses them, and could make a table
/// of hashes slow.
#[derive(Debug, Default)]
struct Sorted<'d>(Vec<&'d str>);

impl<'d> Sorted<'d> {
    fn from(texts: impl Iterator<Item = &'d str>) -> Self {
        let mut texts: Vec<_> = texts.collect();
        texts.sort_unstable();
        Self(texts)
    }

    fn contains(&self, text: &str) -> bool {
        self.0.binary_search(&text).is_ok()
    }
}

/// Everybody whom the card shows.
fn people(document: &Document) -> impl Iterator<Item = &Person> {
    let lists = [
        &document.authors, &document.reviewers, &document.approvers, &document.deciders,
    ];
    lists.into_iter().flatten()
}

/// The status as the card shows it; for one not yet chosen, the card says only that.
fn status(document: &Document) -> Option<&str> {
    let status = document.status.as_ref().filter(|status| !status.is_unfilled());
    status.map(|status| status.text.as_str())
}

/// Words that only join names.
fn is_joint(word: &str) -> bool {
    matches!(word, "and" | "und" | "et" | "y" | "al" | "mailto")
}
