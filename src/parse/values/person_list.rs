//! Lists of people: where one ends and the next begins, and which names belong to the same person.

use std::collections::HashMap;

use crate::model::Person;
use crate::parse::markdown::inline::{Run, cut, trim};
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Class;

/// People without duplicates.
#[derive(Debug, Default)]
pub(crate) struct Roll {
    pub(crate) people: Vec<Person>,
    /// The index of the person with each address, handle or name.
    places: HashMap<String, usize>,
}

impl Roll {
    /// Adds a person, or new details of a known one.
    pub(crate) fn add(&mut self, person: Person) {
        let names: Vec<String> = texts(&person).collect();
        let mut places = names.iter().filter_map(|name| self.places.get(name).copied());
        let known = places.find(|&at| self.people[at].is_same(&person));
        let at = known.unwrap_or(self.people.len());
        for name in names {
            self.places.entry(name).or_insert(at);
        }
        match self.people.get_mut(at) {
            Some(known) => take(known, person),
            None => {
                if self.people.is_empty() {
                    // Most lists name one person, and stay in memory; a vector begins with room for four.
                    self.people.reserve_exact(1);
                }
                self.people.push(person);
            }
        }
    }
}

/// Merges into `known` the details of the same person in `other`.
pub(crate) fn take(known: &mut Person, other: Person) {
    known.approved = other.approved.or(known.approved);
    known.handle = known.handle.take().or(other.handle);
    known.email = known.email.take().or(other.email);
    known.url = known.url.take().or(other.url);
}

/// The texts that identify a person, as [`Person::is_same`] compares them. Only a handle begins
/// with `@`, and only an address contains one.
fn texts(person: &Person) -> impl Iterator<Item = String> {
    let texts = [&person.email, &person.handle, &person.name];
    texts.into_iter().flatten().map(|text| text.to_ascii_lowercase())
}

/// A part of a value that may name a person.
#[derive(Debug, Default)]
pub(crate) struct Segment<'a> {
    pub(crate) runs: Vec<Run<'a>>,
    /// Whether it follows `and` or a sign such as `&`, rather than a comma or a break.
    pub(crate) is_joined: bool,
}

impl Segment<'_> {
    /// The segment after a separator that begins with `sign`.
    fn behind(sign: char) -> Self {
        Self {
            runs: Vec::new(),
            is_joined: !matches!(sign, ',' | ';' | '|' | '、' | '，' | '；' | '·' | '•'),
        }
    }
}

/// The value split between people; text in brackets is not split.
pub(crate) fn segments<'a>(runs: &[Run<'a>], vocabulary: &Vocabulary<'_>) -> Vec<Segment<'a>> {
    let mut out: Vec<Segment<'a>> = vec![Segment::default()];
    let mut depth = 0usize;
    for run in runs {
        if run.link.is_some() || run.code {
            // Two adjacent links are two people; `Ada [@ada](…)` is one.
            let has_other = |segment: &Segment<'_>| segment.runs.iter().any(|other| is_same_kind(other, run));
            if depth == 0 && out.last().is_some_and(has_other) {
                out.push(Segment::default());
            }
            push(&mut out, *run);
        } else if run.is_html_break() && depth == 0 {
            out.push(Segment::default());
        } else {
            push_parts(&mut out, run, &mut depth, vocabulary);
        }
    }
    for segment in &mut out {
        segment.runs = trim(&segment.runs);
    }
    out.retain(|segment| !segment.runs.is_empty());
    out
}

/// Adds a run, split at the separators outside brackets; `depth` brackets are open.
fn push_parts<'a>(out: &mut Vec<Segment<'a>>, run: &Run<'a>, depth: &mut usize, vocabulary: &Vocabulary<'_>) {
    let mut from = 0;
    for (at, ch) in run.text.char_indices() {
        match ch {
            _ if at < from => continue,
            '(' | '<' | '[' => *depth += 1,
            ')' | '>' | ']' => *depth = depth.saturating_sub(1),
            _ => {}
        }
        if *depth == 0
            && let Some(length) = separator(&run.text[at..], &run.text[..at], vocabulary)
            && !(ch == '/' && is_in_handle(&run.text[from..at]))
        {
            push(out, cut(run, from, at));
            out.push(Segment::behind(ch));
            from = at + length;
        }
    }
    push(out, cut(run, from, run.text.len()));
}

fn push<'a>(out: &mut [Segment<'a>], run: Run<'a>) {
    if let Some(last) = out.last_mut()
        && !run.text.is_empty()
    {
        last.runs.push(run);
    }
}

/// Whether both are links of the same kind: names, handles or addresses.
fn is_same_kind(a: &Run<'_>, b: &Run<'_>) -> bool {
    let kind = |run: &Run<'_>| {
        let is_address = run.link?.starts_with("mailto:") || is_email(run.text);
        Some((run.text.starts_with('@'), is_address))
    };
    kind(a).is_some() && kind(a) == kind(b)
}

/// Whether the text ends inside a handle: `@danfocart/payments` is a team.
fn is_in_handle(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next();
    word.is_some_and(|word| word.starts_with('@'))
}

/// The length in bytes of the separator between two people at the start of `rest`, if there is one.
fn separator(rest: &str, before: &str, vocabulary: &Vocabulary<'_>) -> Option<usize> {
    let first = rest.chars().next()?;
    if !first.is_alphanumeric() {
        let is_sign = matches!(
            first,
            ',' | ';' | '&' | '+' | '/' | '|' | '、' | '，' | '；' | '·' | '•'
        );
        return is_sign.then_some(first.len_utf8());
    }
    if !first.is_lowercase() || before.ends_with(|ch: char| !ch.is_whitespace()) {
        return None;
    }
    let (word, _) = rest.split_once(' ')?;
    vocabulary.is(Class::And, word).then_some(word.len() + 1)
}

pub(crate) fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && domain.contains('.')
            && !domain.starts_with('.')
            && !text.contains(char::is_whitespace)
            && !text.contains('/')
    })
}

pub(crate) fn is_handle(text: &str) -> bool {
    text.strip_prefix('@').is_some_and(|name| {
        !name.is_empty()
            && name
                .chars()
                .all(|ch| ch.is_alphanumeric() || matches!(ch, '-' | '_' | '.' | '/'))
    })
}
