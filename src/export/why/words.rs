//! How well a text matches the words of a topic.
//!
//! A word of the topic counts in each field of a record where it occurs, with the field's weight; a
//! related form, `retries` for `retry`, counts half. A word that fewer records contain counts more.
//! Records with less than half of what the best one has of the topic are left out, so that a common
//! word alone is not a hit.

use rustc_hash::FxHashMap;

use super::candidate::{Candidate, Subject};
use crate::config::Config;
use crate::export::record::DocumentRef;
use crate::parse::{searchable, topic_words};

/// The weights of the fields.
const TEXT: f64 = 4.0;
const TAG: f64 = 3.0;
const TITLE: f64 = 2.0;
const REASON: f64 = 1.5;
const HEADING: f64 = 1.0;

/// A related form of a word counts this part of the word itself.
const RELATED: f64 = 0.5;

/// At this weight, a word counts half of what it can count at most: the second field adds less than
/// the first.
const HALF: f64 = 2.0;

/// The part of the best record's share of the topic that every hit has.
const SHARE: f64 = 0.5;

/// The words of a topic.
pub(super) struct Weights {
    words: Vec<String>,
}

/// The weight of each word of the topic in one text.
type Found = Vec<f64>;

impl Weights {
    pub(super) fn new(topic: &str, config: &Config) -> Self {
        Self {
            words: topic_words(topic, config),
        }
    }

    /// The score of each candidate; 0 if it does not match.
    pub(super) fn scores(&self, candidates: &[Candidate<'_>]) -> Vec<f64> {
        let found = self.all_found(candidates);
        let rarity: Vec<f64> = (0..self.words.len())
            .map(|word| rarity(found.iter().filter(|found| found[word] > 0.0).count(), found.len()))
            .collect();
        let share = |found: &Found| -> f64 {
            let words = found.iter().zip(&rarity);
            words
                .filter(|(weight, _)| **weight > 0.0)
                .map(|(_, rarity)| rarity)
                .sum()
        };
        // Documents are hits only for their paths, so they do not set the measure.
        let records = found.iter().zip(candidates);
        let records = records.filter(|(_, candidate)| !matches!(candidate.subject, Subject::Document));
        let least = records.map(|(found, _)| share(found)).fold(0.0, f64::max) * SHARE;
        let score = |found: &Found| match share(found) {
            share if share > 0.0 && share >= least => {
                let words = found.iter().zip(&rarity);
                words.map(|(weight, rarity)| rarity * weight / (weight + HALF)).sum()
            }
            _ => 0.0,
        };
        found.iter().map(score).collect()
    }

    fn all_found(&self, candidates: &[Candidate<'_>]) -> Vec<Found> {
        // What a document's records share is read once.
        let mut shared: FxHashMap<usize, Shared> = FxHashMap::default();
        let found = |candidate: &Candidate<'_>| {
            let shared = shared
                .entry(candidate.at)
                .or_insert_with(|| Shared::new(&candidate.page, self));
            let mut found = shared.document.clone();
            let (text, reason) = candidate.texts();
            self.add(text, TEXT, &mut found);
            self.add(reason, REASON, &mut found);
            let span = candidate.span();
            let above = shared.headings.partition_point(|(at, _)| *at <= span.start);
            if let Some((_, heading)) = above.checked_sub(1).and_then(|at| shared.headings.get(at)) {
                add_up(heading, &mut found);
            }
            found
        };
        candidates.iter().map(found).collect()
    }

    /// Adds `weight` for each word of the topic that `text` contains.
    fn add(&self, text: &str, weight: f64, found: &mut Found) {
        if text.is_empty() || self.words.is_empty() {
            return;
        }
        let text = searchable(text);
        for (word, found) in self.words.iter().zip(found) {
            *found += weight * occurrence(word, &text);
        }
    }
}

/// The weights from the title, the tags and the headings of a document.
struct Shared {
    /// Those of all its records.
    document: Found,
    /// Those of the records below each heading, by the heading's place.
    headings: Vec<(usize, Found)>,
}

impl Shared {
    fn new(page: &DocumentRef<'_>, words: &Weights) -> Self {
        let none = || vec![0.0; words.words.len()];
        let mut document = none();
        // The title of an ADR is its decision.
        if !page.document.is_one_decision() {
            words.add(page.title(), TITLE, &mut document);
        }
        words.add(&page.document.tags.join(", "), TAG, &mut document);
        let mut headings: Vec<(usize, Found)> = Vec::new();
        for heading in page.chapter.headings.iter().filter(|heading| heading.level > 1) {
            let mut found = none();
            words.add(&heading.words.text, HEADING, &mut found);
            headings.push((heading.span.start, found));
        }
        if page.document.is_one_decision() {
            // All of an ADR is about its decision.
            for (_, found) in &headings {
                add_up(found, &mut document);
            }
            headings.clear();
        }
        Self { document, headings }
    }
}

fn add_up(from: &Found, to: &mut Found) {
    for (from, to) in from.iter().zip(to) {
        *to += from;
    }
}

/// How much a word says that `count` of `all` records contain, as in BM25.
fn rarity(count: usize, all: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "no book has 2^52 records")]
    let (count, all) = (count as f64, all as f64);
    (1.0 + (all - count + 0.5) / (count + 0.5)).ln()
}

/// 1 if `text` contains `word`, less if it contains a related form, else 0.
fn occurrence(word: &str, text: &str) -> f64 {
    if !word.is_ascii() && text.contains(word) {
        return 1.0;
    }
    let mut best = 0.0;
    for other in text.split(' ') {
        if other == word {
            return 1.0;
        }
        if best == 0.0 && is_related(word, other) {
            best = RELATED;
        }
    }
    best
}

/// Whether one word begins with the other, or they differ only in their ends: `retry` and `retries`.
fn is_related(one: &str, other: &str) -> bool {
    let bytes = one.bytes().zip(other.bytes());
    let common = bytes.take_while(|(one, other)| one == other).count();
    let (short, long) = (one.len().min(other.len()), one.len().max(other.len()));
    let has_ends = long - common <= 3 && common * 2 >= long;
    common >= 4 && (common == one.len() || has_ends) || common == 3 && short == 3 && long - short <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_are_related_and_other_words_are_not() {
        for (one, other) in [
            ("retry", "retries"),
            ("refund", "refunding"),
            ("refunds", "refund"),
            ("post", "postgresql"),
            ("jobs", "job"),
            ("decide", "decision"),
        ] {
            let expected = one != "decide";
            assert_eq!(is_related(one, other), expected, "{one} {other}");
        }
        for (one, other) in [
            ("pay", "payload"),
            ("search", "sea"),
            ("card", "cart"),
            ("to", "together"),
        ] {
            assert!(!is_related(one, other), "{one} {other}");
        }
    }

    #[test]
    fn a_whole_word_counts_more_than_a_form_of_it() {
        assert!((occurrence("retry", "we retry it") - 1.0).abs() < f64::EPSILON);
        assert!((occurrence("retry", "no retries") - RELATED).abs() < f64::EPSILON);
        assert!((occurrence("retry", "poetry") - 0.0).abs() < f64::EPSILON);
        assert!((occurrence("送料", "配送料金") - 1.0).abs() < f64::EPSILON);
    }
}
