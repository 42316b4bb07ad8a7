//! Reads what precedes a text on the same line without being part of it: `D-07: …`,
//! `2026-03-01 — …`, `D4 (2026-03-01): …`, `2026-03-01 (Ada Obi): …`, in any order, each once.

use crate::model::When;
use crate::parse::markdown::fold::folded_in_place;
use crate::parse::markdown::inline::Run;
use crate::parse::record::affix::alone;
use crate::parse::record::name::is_person;
use crate::parse::record::text::{MASK, Text};
use crate::parse::record::{Fact, Reader, Record};
use crate::parse::values::date::when;
use crate::parse::values::status::is_pictograph;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::{Class, Key};

impl<'r> Record<'r> {
    /// Takes the number, the date and the people before the text, unless that would leave the text
    /// empty.
    pub(super) fn take_head(&mut self, reader: &Reader<'r>) {
        let text = Text::of(&self.text);
        let (words, vocabulary, date) = (text.words(), reader.vocabulary, reader.policy.date);
        let (mut own, mut facts, mut end) = (None, Vec::new(), 0);
        loop {
            let at = end + signs(&words[end..], end == 0);
            let rest = &words[at..];
            let has = |key: Key| facts.iter().any(|fact: &Fact<'_>| fact.key == key);
            if own.is_none()
                && let Some(length) = number(rest, Class::DecisionNumber, vocabulary)
                && is_apart(&text, at + length, reader)
            {
                own = Some(rest[..length].trim().to_owned());
                end = at + length;
            } else if let Some((found, to)) = bracketed(&text, at, reader)
                && !found.iter().any(|fact| has(fact.key))
                && (own.is_some() || begins_with_sign(&words[to..]))
            {
                facts.extend(found);
                end = to;
            } else if !has(date)
                && let Some((from, to)) = bracketed_date(rest, vocabulary)
            {
                let value = text.slice(at + from, at + to);
                facts.push(Fact { key: date, value });
                end = at + to;
            } else {
                end = at;
                break;
            }
        }
        let is_left = words[end..].contains(|ch: char| ch.is_alphanumeric() || ch == MASK);
        if is_left && (own.is_some() || !facts.is_empty()) {
            self.number = own;
            self.facts.extend(facts);
            self.text = text.slice(end, words.len());
        }
    }
}

/// The length in bytes of the signs at the start of `text`: separators, or at the start of the line
/// an opening bracket.
fn signs(text: &str, is_start: bool) -> usize {
    let kept = text.trim_start_matches(|ch: char| {
        let is_between = matches!(ch, ':' | '—' | '–' | '-' | ')' | ']' | ',' | '.' | '·' | '|');
        ch.is_whitespace() || is_pictograph(ch) || matches!(ch, '[' | '(') && is_start || is_between && !is_start
    });
    text.len() - kept.len()
}

fn begins_with_sign(text: &str) -> bool {
    text.trim_start().starts_with([':', '—', '–', '-'])
}

/// The length of the number at the start of `text`, introduced by a word of `class`: `D-07`,
/// `ADR 3`, `Decision #4`, `d2` for decisions; `Q3` and `OQ-1` for questions.
pub(crate) fn number(text: &str, class: Class, vocabulary: &Vocabulary<'_>) -> Option<usize> {
    let letters = text.find(|ch: char| !ch.is_alphabetic())?;
    if !folded_in_place(&text[..letters], |word| vocabulary.is(class, word)) {
        return None;
    }
    let digits = text[letters..].trim_start_matches(['-', ' ', '#', '‑', '_', '.']);
    let between = text.len() - letters - digits.len();
    let rest = digits.trim_start_matches(|ch: char| ch.is_ascii_digit() || matches!(ch, '.' | '-'));
    let end = digits[..digits.len() - rest.len()].trim_end_matches(['.', '-']).len();
    // `D1a`, but not a longer word.
    let end = end + usize::from(digits[end..].starts_with(|ch: char| ch.is_ascii_lowercase()));
    let is_number = digits.starts_with(|ch: char| ch.is_ascii_digit()) && end <= 9 && between <= 3;
    let is_word = digits[end..].starts_with(char::is_alphanumeric);
    (is_number && !is_word).then_some(letters + between + end)
}

/// Whether a sign, the end of bold, a date or facts in brackets separate the text before `at` from
/// the text after it.
fn is_apart(text: &Text<'_>, at: usize, reader: &Reader<'_>) -> bool {
    let rest = &text.words()[at..];
    let behind = rest.trim_start();
    let dated = behind.trim_start_matches(['(', '[', ',']).trim_start();
    behind.starts_with([':', '—', '–', '.', '·', ')', ']', '|'])
        || behind.starts_with('-') && !rest.starts_with('-')
        || at > 0 && text.is_strong(at - 1) && !text.is_strong(at)
        || date(dated, reader.vocabulary).is_some()
        || bracketed(text, at + rest.len() - behind.len(), reader).is_some()
}

/// The facts in brackets at `at`, `(Ada Obi, 2026-03-01)`, or people in brackets before a sign,
/// `(Ada Obi):`, and the byte after them. None if the brackets hold anything else.
fn bracketed<'r>(text: &Text<'r>, at: usize, reader: &Reader<'r>) -> Option<(Vec<Fact<'r>>, usize)> {
    const LONGEST: usize = 200;
    let rest = text.words()[at..].strip_prefix('(')?;
    let close = rest.find(')').filter(|close| *close <= LONGEST)?;
    let value = text.slice(at + 1, at + 1 + close);
    let policy = reader.policy;
    let facts = alone(&value, reader).unwrap_or_default();
    let has = |key| facts.iter().any(|fact| fact.key == key);
    if has(policy.date) && has(policy.person) {
        return Some((facts, at + close + 2));
    }
    let mut names = rest[..close].split([',', ';', '&', '/']);
    let are_people = names.all(|name| is_person(name.trim(), reader.vocabulary));
    let key = policy.person;
    (are_people && begins_with_sign(&rest[close + 1..])).then(|| (vec![Fact { key, value }], at + close + 2))
}

/// The range of the date at the start of `text`, in brackets or not.
fn bracketed_date(text: &str, vocabulary: &Vocabulary<'_>) -> Option<(usize, usize)> {
    let inner = text.trim_start_matches(['(', '[']);
    let from = text.len() - inner.len();
    Some((from, from + date(inner, vocabulary)?))
}

/// The length of the date at the start of `text`: `2026-01-02`, `13.03.2026`, `Mar 3, 2026:`.
fn date(text: &str, vocabulary: &Vocabulary<'_>) -> Option<usize> {
    // `September 30th, 2026`
    const LONGEST: usize = 24;
    let is_day = |length: &usize| {
        let day = when(&text[..*length], vocabulary);
        matches!(day, When::Day(_) | When::Ambiguous { .. })
    };
    let rest = text.trim_start_matches(|ch: char| ch.is_ascii_digit() || matches!(ch, '-' | '/' | '.'));
    let digits = text[..text.len() - rest.len()].trim_end_matches(['.', '-']).len();
    if digits >= 8 {
        return Some(digits).filter(is_day);
    }
    // After a month's name, the following sign distinguishes a date from ordinary words.
    let end = text.find([':', '—', '–', ']', ')']).or_else(|| text.find(" - "))?;
    let date = text[..end].trim_end();
    let parts = || date.split([' ', ',', '.']).filter(|word| !word.is_empty());
    let names = parts().filter(|word| word.chars().all(char::is_alphabetic)).count();
    let may_be = date.contains('年') || matches!(names, 1 | 2) && parts().count() <= 4;
    Some(date.len()).filter(|length| *length <= LONGEST && may_be && is_day(length))
}

/// The section number at the start of a heading, and the words after it: `1. `, `12) `, `7.1 `.
pub(crate) fn section_number<'r>(heading: &[Run<'r>]) -> Option<(String, Vec<Run<'r>>)> {
    const LONGEST: usize = 6;
    let text = Text::of(heading);
    let words = text.words();
    let rest = words.trim_start_matches(|ch: char| ch.is_ascii_digit() || ch == '.');
    let number = &words[..words.len() - rest.len()];
    let has_sign = number.contains('.') || rest.starts_with([')', ':']);
    let is_number = number.starts_with(|ch: char| ch.is_ascii_digit()) && number.len() <= LONGEST;
    let is_apart = rest.is_empty() || rest.starts_with([')', ':', ' ']);
    (is_number && has_sign && is_apart).then(|| {
        let behind = rest.trim_start_matches([')', ':']);
        let title = text.slice(words.len() - behind.len(), words.len());
        (number.trim_end_matches('.').to_owned(), title)
    })
}
