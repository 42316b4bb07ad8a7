//! The numbers of questions: `Q1`, `OQ-07`.

use std::collections::HashMap;

use crate::parse::markdown::inline::words;
use crate::parse::record::Record;
use crate::parse::record::head::number;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Class;

/// If the text of a record is only the number of a question, `Q1`, moves its facts to that
/// question.
pub(super) fn take_named(records: &mut Vec<Record<'_>>, vocabulary: &Vocabulary<'_>) {
    let numbers: Vec<Option<(String, bool)>> = records
        .iter()
        .map(|record| {
            let text = words(&record.text);
            let end = number(&text, Class::QuestionNumber, vocabulary)?;
            Some((text[..end].to_owned(), end == text.len()))
        })
        .collect();
    let mut named: HashMap<&str, usize> = HashMap::new();
    for (at, number) in numbers.iter().enumerate() {
        if let Some((number, false)) = number {
            named.entry(number).or_insert(at);
        }
    }
    let mut gone = vec![false; numbers.len()];
    for (from, number) in numbers.iter().enumerate() {
        if let Some((number, true)) = number
            && let Some(&to) = named.get(number.as_str())
        {
            let facts = std::mem::take(&mut records[from].facts);
            records[to].facts.extend(facts);
            records[to].closed |= records[from].closed;
            gone[from] = true;
        }
    }
    let mut gone = gone.into_iter();
    records.retain(|_| gone.next() != Some(true));
}

/// Whether the title is numbered: `Q1: …`, `OQ-2 …`, `Question 3`, `1. …`.
pub(super) fn is_numbered(title: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let title = title.trim_start();
    title.starts_with(|ch: char| ch.is_ascii_digit()) || number(title, Class::QuestionNumber, vocabulary).is_some()
}
