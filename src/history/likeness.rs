//! Finds the same question or decision in two versions of a document.
//!
//! The same words are the same record, wherever it stands: two that have swapped places have not
//! changed. What is left is matched by its id (the author's own label, or its first words), then by
//! words that are nearly equal, then by its number if some of its words are the same, then by words of
//! which at least half are the same. What is left then has been added or removed.

use std::collections::HashMap;
use std::hash::Hash;

/// A question or a decision, as far as it can be recognised by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named<'a> {
    /// The id in its document.
    pub(super) id: &'a str,
    /// The author's number or label.
    pub(super) number: Option<&'a str>,
    /// Its words.
    pub(super) text: &'a str,
}

/// For each of `new`, the index of the same record among `old`; each of `old` is used once.
pub(super) fn pairs(old: &[Named<'_>], new: &[Named<'_>]) -> Vec<Option<usize>> {
    let mut pairing = Pairing {
        of_new: vec![None; new.len()],
        is_taken: vec![false; old.len()],
    };
    let words = |all: &[Named<'_>]| -> Vec<String> { all.iter().map(|named| folded(named.text)).collect() };
    let (old_words, new_words) = (words(old), words(new));
    pairing.by_key(
        old.len(),
        |at| Some((old_words[at].as_str(), old[at].id)),
        |at| Some((new_words[at].as_str(), new[at].id)),
    );
    let filled = |words: &'_ String| !words.is_empty();
    pairing.by_key(
        old.len(),
        |at| Some(old_words[at].as_str()).filter(|_| filled(&old_words[at])),
        |at| Some(new_words[at].as_str()).filter(|_| filled(&new_words[at])),
    );
    pairing.by_key(old.len(), |at| Some(old[at].id), |at| Some(new[at].id));
    if pairing.is_complete() {
        return pairing.of_new;
    }
    let scores = pairing.scores(&old_words, &new_words);
    pairing.by_score(&scores, |score, _, _| score >= NEARLY_EQUAL);
    pairing.by_score(&scores, |score, before, after| {
        let number = old[before].number;
        number.is_some() && number == new[after].number && score >= SOMETHING_IN_COMMON
    });
    pairing.by_score(&scores, |score, _, _| score >= ALIKE);
    pairing.of_new
}

/// The likeness, from 0 to 1, above which two texts are the same with a typo corrected.
const NEARLY_EQUAL: f64 = 0.8;
/// Above which two texts are the same, reworded.
const ALIKE: f64 = 0.5;
/// Above which two texts with the same number are the same, reworded.
const SOMETHING_IN_COMMON: f64 = 0.35;
/// With fewer words than this, only letters are compared.
const FEW_WORDS: usize = 3;
/// The number of unmatched records on each side whose words are compared, and of letters of each.
const MOST_COMPARED: usize = 60;
const LETTERS: usize = 400;

/// The likeness of two texts in lower case, from 0 to 1: how many pairs of letters they share, and how many
/// words. Any two sentences share many pairs of letters; but a script without spaces has no words.
fn likeness(one: &str, other: &str) -> f64 {
    let words = [one, other].map(|text| text.split(' ').count());
    let letters = shared(letter_pairs(one), letter_pairs(other));
    if words.into_iter().min() < Some(FEW_WORDS) {
        return letters;
    }
    f64::midpoint(letters, shared(one.split(' '), other.split(' ')))
}

/// The pairs of letters that stand side by side, within words.
fn letter_pairs(text: &str) -> impl Iterator<Item = (char, char)> {
    let pairs = text.chars().zip(text.chars().skip(1));
    pairs.filter(|(one, other)| *one != ' ' && *other != ' ')
}

/// Dice's coefficient: the part of all items that both sides have, from 0 to 1. `strsim` has it for letters,
/// but divides by the number of bytes, which is too many in any script but the Latin one.
fn shared<T: Hash + Eq>(one: impl Iterator<Item = T>, other: impl Iterator<Item = T>) -> f64 {
    let mut counts: HashMap<T, usize> = HashMap::new();
    let (mut all, mut shared) = (0_u32, 0_u32);
    for item in one {
        all += 1;
        *counts.entry(item).or_default() += 1;
    }
    for item in other {
        all += 1;
        if let Some(left) = counts.get_mut(&item).filter(|left| **left > 0) {
            *left -= 1;
            shared += 1;
        }
    }
    f64::from(2 * shared) / f64::from(all.max(1))
}

/// The words of a text in lower case, without punctuation.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text
        .split(|ch: char| !ch.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
    out
}

struct Pairing {
    of_new: Vec<Option<usize>>,
    is_taken: Vec<bool>,
}

impl Pairing {
    fn is_complete(&self) -> bool {
        self.of_new.iter().all(Option::is_some) || self.is_taken.iter().all(|taken| *taken)
    }

    fn free(&self, of_new: bool) -> Vec<usize> {
        let is_free = |at: &usize| {
            if of_new {
                self.of_new[*at].is_none()
            } else {
                !self.is_taken[*at]
            }
        };
        let length = if of_new { self.of_new.len() } else { self.is_taken.len() };
        (0..length).filter(is_free).take(MOST_COMPARED).collect()
    }

    fn take(&mut self, before: usize, after: usize) {
        self.of_new[after] = Some(before);
        self.is_taken[before] = true;
    }

    /// Pairs what has the same key, in order.
    fn by_key<K: Hash + Eq>(
        &mut self,
        old: usize,
        old_key: impl Fn(usize) -> Option<K>,
        new_key: impl Fn(usize) -> Option<K>,
    ) {
        let mut waiting: HashMap<K, Vec<usize>> = HashMap::new();
        // The last one is popped first, so that equal ones pair in their order.
        for before in (0..old).rev().filter(|before| !self.is_taken[*before]) {
            if let Some(key) = old_key(before) {
                waiting.entry(key).or_default().push(before);
            }
        }
        for after in 0..self.of_new.len() {
            if self.of_new[after].is_none()
                && let Some(before) = new_key(after).and_then(|key| waiting.get_mut(&key)).and_then(Vec::pop)
            {
                self.take(before, after);
            }
        }
    }

    /// The likeness of what is not paired yet, the most alike first; at most a fixed number.
    fn scores(&self, old: &[String], new: &[String]) -> Vec<(f64, usize, usize)> {
        let cut = |text: &str| -> String { text.chars().take(LETTERS).collect() };
        let before: Vec<_> = self.free(false).into_iter().map(|at| (at, cut(&old[at]))).collect();
        let mut scores = Vec::new();
        for after in self.free(true) {
            let text = cut(&new[after]);
            scores.extend(before.iter().map(|(at, other)| (likeness(&text, other), *at, after)));
        }
        scores.sort_by(|(one, ..), (other, ..)| other.total_cmp(one));
        scores
    }

    fn by_score(&mut self, scores: &[(f64, usize, usize)], is_same: impl Fn(f64, usize, usize) -> bool) {
        for &(score, before, after) in scores {
            if !self.is_taken[before] && self.of_new[after].is_none() && is_same(score, before, after) {
                self.take(before, after);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named<'a>(all: &[(&'a str, &'a str)]) -> Vec<Named<'a>> {
        all.iter()
            .map(|&(number, text)| Named {
                id: text,
                number: Some(number).filter(|number| !number.is_empty()),
                text,
            })
            .collect()
    }

    fn found(old: &[(&str, &str)], new: &[(&str, &str)]) -> Vec<Option<usize>> {
        pairs(&named(old), &named(new))
    }

    #[test]
    fn what_has_swapped_places_is_the_same_whatever_its_number() {
        assert_eq!(
            found(
                &[("1", "Which queue?"), ("2", "Who pays?")],
                &[("1", "Who pays?"), ("2", "Which queue?")]
            ),
            [Some(1), Some(0)]
        );
    }

    #[test]
    fn what_is_reworded_is_found_by_its_words_and_then_by_its_number() {
        let old = [
            ("1", "Do we give the delivery fee back?"),
            ("2", "Who pays for broken eggs?"),
        ];
        assert_eq!(
            found(
                &old,
                &[
                    ("1", "May a courier refuse?"),
                    ("2", "Do we give back the delivery fee?"),
                    ("3", "Who pays if eggs are broken?")
                ]
            ),
            [None, Some(0), Some(1)]
        );
        assert_eq!(
            found(
                &[("7", "Which region is first?")],
                &[("7", "Do we start in Lagos or in Ibadan?")]
            ),
            [None],
            "the number alone is not enough"
        );
        assert_eq!(
            found(
                &[("4", "Which carrier is paged after midnight in Lagos?")],
                &[("4", "Which of the two ledgers knows the address of a guest in Ibadan?")]
            ),
            [None],
            "nor are the letters that any two sentences share"
        );
        assert_eq!(
            found(
                &[("", "どの地域から始めますか")],
                &[("", "どの地域から最初に始めますか")]
            ),
            [Some(0)]
        );
        assert_eq!(
            found(
                &[("7", "Is the first region Lagos?")],
                &[("7", "Which region will be the first?")]
            ),
            [Some(0)]
        );
    }

    #[test]
    fn equal_words_pair_in_their_order() {
        assert_eq!(
            found(&[("", "TBC?"), ("", "TBC?")], &[("", "TBC?"), ("", "TBC?")]),
            [Some(0), Some(1)]
        );
    }

    #[test]
    fn a_hundred_thousand_reworded_questions_take_no_quadratic_time() {
        let texts = |what: &str| -> Vec<String> { (0..100_000).map(|at| format!("{what} {at}")).collect() };
        let (old, new) = (texts("old alpha"), texts("new beta gamma"));
        fn unnumbered(texts: &[String]) -> Vec<(&str, &str)> {
            texts.iter().map(|text| ("", text.as_str())).collect()
        }
        let found = found(&unnumbered(&old), &unnumbered(&new));
        assert!(found.iter().flatten().count() <= MOST_COMPARED);
    }
}
