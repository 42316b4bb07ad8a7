//! The numbers of questions, in their own words and before headings.

use std::collections::{HashMap, HashSet};

use crate::parse::markdown::inline::{Run, without_start, words};
use crate::parse::record::Record;

/// Moves the facts of a record whose text is only the number of a question, `Q1`, to that
/// question.
pub(super) fn take_named<'r>(records: &mut Vec<Record<'r>>) {
    let numbers: Vec<Option<String>> = records.iter().map(|record| own_number(&record.text)).collect();
    let mut named: HashMap<&str, usize> = HashMap::new();
    let is_alone = |at: usize| {
        let number = numbers[at].as_deref().unwrap_or_default();
        words(&records[at].text).len() == number.len()
    };
    for (at, number) in numbers.iter().enumerate() {
        if let Some(number) = number.as_deref().filter(|_| !is_alone(at)) {
            named.entry(number).or_insert(at);
        }
    }
    let pairs = (0..numbers.len()).filter(|at| numbers[*at].is_some() && is_alone(*at));
    let pairs: Vec<(usize, usize)> = pairs
        .filter_map(|at| Some((at, *named.get(numbers[at].as_deref()?)?)))
        .collect();
    for (from, to) in &pairs {
        let facts = std::mem::take(&mut records[*from].facts);
        records[*to].facts.extend(facts);
        records[*to].closed |= records[*from].closed;
    }
    let gone: HashSet<usize> = pairs.into_iter().map(|(from, _)| from).collect();
    let mut at = 0;
    records.retain(|_| {
        at += 1;
        !gone.contains(&(at - 1))
    });
}

/// The number with which a question begins: `Q1`, `OQ-07`.
fn own_number(text: &[Run<'_>]) -> Option<String> {
    let text = words(text);
    let end = text
        .find(|ch: char| !(ch.is_alphanumeric() || matches!(ch, '-' | '.')))
        .unwrap_or(text.len());
    let number = text[..end].trim_end_matches('.');
    let letters = number.find(|ch: char| ch.is_ascii_digit() || ch == '-')?;
    (matches!(number[..letters].to_lowercase().as_str(), "q" | "oq" | "question")).then(|| number.to_owned())
}

/// `7.1 When …?`, `1) Which …?`: a section's number is no part of the question; `Q1: …` is.
pub(super) fn without_section_number<'r>(heading: &[Run<'r>]) -> Vec<Run<'r>> {
    let Some(first) = heading.first() else {
        return Vec::new();
    };
    let digits = first
        .text
        .find(|ch: char| !(ch.is_ascii_digit() || ch == '.'))
        .unwrap_or(first.text.len());
    let rest = &first.text[digits..];
    let is_number = first.text.starts_with(|ch: char| ch.is_ascii_digit())
        && (rest.starts_with([')', ':', ' ']) || rest.is_empty())
        && (digits <= 6);
    let has_sign = first.text[..digits].contains('.') || rest.starts_with([')', ':']);
    if !is_number || !has_sign {
        return heading.to_vec();
    }
    without_start(heading.to_vec(), |ch| {
        ch.is_ascii_digit() || matches!(ch, '.' | ')' | ':' | ' ')
    })
}
