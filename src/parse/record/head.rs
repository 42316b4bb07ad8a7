//! What stands before a text on its own line and is not part of it: `D-07: …`, `2026-03-01 — …`,
//! `D4 (2026-03-01): …`, `2026-03-01 (Ada Obi): …`, in any order, each once.

use crate::model::When;
use crate::parse::markdown::inline::{Run, words};
use crate::parse::record::Policy;
use crate::parse::record::affix::{Fact, alone};
use crate::parse::record::name::is_person;
use crate::parse::record::text::Text;
use crate::parse::values::date::when;
use crate::parse::values::status::is_pictograph;
use crate::parse::vocabulary::Vocabulary;

/// The parts before a text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Head<'r> {
    /// The author's number.
    pub(crate) number: Option<String>,
    pub(crate) facts: Vec<Fact<'r>>,
    /// Where the text itself begins.
    pub(crate) end: usize,
}

/// Words before the number of a decision; a question's `Q3` and `OQ-1` are none of them.
const NUMBERED: &[&str] = &[
    "decision", "d", "adr", "dec", "dr", "dd", "kd", "ad", "td", "pd", "dl", "tdr", "dn", "entscheidung", "décision",
    "decisión", "decisão", "决策", "決定",
];

/// What stands before the words of `text`; None where nothing does, or nothing is left.
pub(crate) fn head<'r>(text: &Text<'r>, policy: &Policy, vocabulary: &Vocabulary<'_>) -> Option<Head<'r>> {
    let words = text.words();
    let mut out = Head::default();
    loop {
        let at = out.end + signs(&words[out.end..], out.end == 0);
        let rest = &words[at..];
        let has_date = out.facts.iter().any(|fact| fact.key == policy.date);
        let has_person = out.facts.iter().any(|fact| fact.key == policy.person);
        if out.number.is_none()
            && let Some(length) = number(rest).filter(|length| is_apart(text, at + length, policy, vocabulary))
        {
            out.number = Some(rest[..length].trim().to_owned());
            out.end = at + length;
        } else if !has_date
            && !has_person
            && let Some((facts, to)) = bracketed(text, at, policy, vocabulary)
            && (out.number.is_some() || words[to..].trim_start().starts_with([':', '—', '–', '-']))
        {
            out.facts.extend(facts);
            out.end = to;
        } else if !has_date && let Some((from, to)) = bracketed_date(rest, vocabulary) {
            out.facts.push(Fact {
                key: policy.date,
                value: text.slice(at + from, at + to),
            });
            out.end = at + to;
        } else if !has_person
            && out.end > 0
            && let Some((from, to)) = people(words, at, vocabulary)
        {
            out.facts.push(Fact {
                key: policy.person,
                value: text.slice(from, to),
            });
            out.end = to + 1;
        } else {
            out.end = at;
            break;
        }
    }
    let is_any = out.number.is_some() || !out.facts.is_empty();
    let is_left = words[out.end..].chars().any(|ch| ch.is_alphanumeric() || ch == '\u{1}');
    (is_any && is_left).then_some(out)
}

/// How many bytes of signs `text` begins with; before everything else there may be an open bracket.
fn signs(text: &str, is_start: bool) -> usize {
    let kept = text.trim_start_matches(|ch: char| {
        let is_between = matches!(ch, ':' | '—' | '–' | '-' | ')' | ']' | ',' | '.' | '·' | '|');
        ch.is_whitespace() || is_pictograph(ch) || matches!(ch, '[' | '(') && is_start || is_between && !is_start
    });
    text.len() - kept.len()
}

/// How long the number of a decision is with which `text` begins: `D-07`, `ADR 3`, `Decision #4`, `d2`.
fn number(text: &str) -> Option<usize> {
    let letters = text.find(|ch: char| !ch.is_alphabetic()).unwrap_or(text.len());
    let word = text[..letters].to_lowercase();
    if !NUMBERED.contains(&word.as_str()) {
        return None;
    }
    let between = text[letters..].find(|ch: char| !matches!(ch, '-' | ' ' | '#' | '‑' | '_' | '.'))?;
    let digits = &text[letters + between..];
    let end = digits
        .find(|ch: char| !(ch.is_ascii_digit() || ch == '.' || ch == '-'))
        .unwrap_or(digits.len());
    let end = digits[..end].trim_end_matches(['.', '-']).len();
    // `D1a`, but no word.
    let end = end
        + digits[end..]
            .find(|ch: char| !ch.is_ascii_lowercase())
            .unwrap_or(digits.len() - end)
            .min(1);
    let is_number = digits.starts_with(|ch: char| ch.is_ascii_digit()) && end <= 9 && between <= 3;
    let is_word = digits[end..].starts_with(char::is_alphanumeric);
    (is_number && !is_word).then_some(letters + between + end)
}

/// Whether something parts what ends at `at` from what follows: a sign, the end of bold, a date.
fn is_apart(text: &Text<'_>, at: usize, policy: &Policy, vocabulary: &Vocabulary<'_>) -> bool {
    let rest = &text.words()[at..];
    let behind = rest.trim_start();
    let dated = behind.trim_start_matches(['(', '[', ',']).trim_start();
    behind.starts_with([':', '—', '–', '.', '·', ')', ']', '|'])
        || behind.starts_with('-') && !rest.starts_with('-')
        || at > 0 && text.is_strong(at - 1) && !text.is_strong(at)
        || date(dated, vocabulary).is_some()
        || bracketed(text, at + rest.len() - behind.len(), policy, vocabulary).is_some()
}

/// The facts in brackets at `at`, `(Ada Obi, 2026-03-01)`, and the byte behind them; None where
/// anything but people with a date stands there.
fn bracketed<'r>(
    text: &Text<'r>,
    at: usize,
    policy: &Policy,
    vocabulary: &Vocabulary<'_>,
) -> Option<(Vec<Fact<'r>>, usize)> {
    const LONGEST: usize = 200;
    let inner = text.words()[at..].strip_prefix('(')?;
    let close = inner.find(')').filter(|close| *close <= LONGEST)?;
    let facts = alone(&text.slice(at + 1, at + 1 + close), policy, vocabulary)?;
    let has = |key| facts.iter().any(|fact| fact.key == key);
    (has(policy.date) && has(policy.person)).then_some((facts, at + close + 2))
}

/// Where the day stands with which `text` begins, in brackets or not.
fn bracketed_date(text: &str, vocabulary: &Vocabulary<'_>) -> Option<(usize, usize)> {
    let inner = text.trim_start_matches(['(', '[']);
    let from = text.len() - inner.len();
    Some((from, from + date(inner, vocabulary)?))
}

/// How long the day is with which `text` begins: `2026-01-02`, `13.03.2026`, `Mar 3, 2026:`.
fn date(text: &str, vocabulary: &Vocabulary<'_>) -> Option<usize> {
    let is_day = |length: usize| {
        let day = when(&text[..length], vocabulary);
        matches!(day, When::Day(_) | When::Ambiguous { .. }).then_some(length)
    };
    let digits = text.find(|ch: char| !(ch.is_ascii_digit() || matches!(ch, '-' | '/' | '.')));
    let digits = text[..digits.unwrap_or(text.len())].trim_end_matches(['.', '-']).len();
    if digits >= 8 {
        return is_day(digits);
    }
    // With the month's name it is told from words by the sign behind it.
    let end = text.find([':', '—', '–', ']', ')']).or_else(|| text.find(" - "))?;
    let date = text[..end].trim_end();
    let parts = || date.split([' ', ',', '.']).filter(|word| !word.is_empty());
    let is_cjk = date.contains('年');
    let names = parts().filter(|word| word.chars().all(char::is_alphabetic)).count();
    (date.len() <= LONGEST_DATE && (is_cjk || (names == 1 || names == 2) && parts().count() <= 4))
        .then(|| is_day(date.len()))?
}

/// `September 30th, 2026`
const LONGEST_DATE: usize = 24;

/// The people in brackets at `at`, which a sign parts from what follows: where they begin and end.
fn people(words: &str, at: usize, vocabulary: &Vocabulary<'_>) -> Option<(usize, usize)> {
    const LONGEST: usize = 200;
    let inner = words[at..].strip_prefix('(')?;
    let close = inner.find(')').filter(|close| *close <= LONGEST)?;
    let are_people = inner[..close]
        .split([',', ';', '&', '/'])
        .all(|name| is_person(name.trim(), vocabulary));
    let behind = inner[close + 1..].trim_start();
    (are_people && behind.starts_with([':', '—', '–', '-'])).then_some((at + 1, at + 1 + close))
}

/// The number before the words of runs, as [`head`] finds it: `1. `, `12) `.
pub(crate) fn section_number(heading: &[Run<'_>]) -> Option<(String, usize)> {
    let text = words(heading);
    let digits = text.find(|ch: char| !ch.is_ascii_digit())?;
    let is_number = (1..=3).contains(&digits) && text[digits..].starts_with(['.', ')']);
    let length = digits + 1;
    (is_number && text[length..].starts_with(' ')).then(|| (text[..digits].to_owned(), length + 1))
}
