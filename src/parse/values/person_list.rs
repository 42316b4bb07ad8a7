//! Lists of people: where one ends and the next begins, and that nobody is in it twice.

use std::collections::HashMap;

use crate::model::Person;
use crate::parse::markdown::inline::{Run, cut, trim};
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Class;

/// People without duplicates, fast for any number of them.
#[derive(Debug, Default)]
pub(crate) struct Roll {
    pub(crate) people: Vec<Person>,
    /// Who has an address, a handle or a name; of the first `indexed` of them.
    places: HashMap<String, usize>,
    indexed: usize,
}

impl Roll {
    /// Adds a person, or new details of a known person.
    pub(crate) fn add(&mut self, person: Person) {
        let Some(at) = self.find(&person) else {
            self.people.push(person);
            return;
        };
        take(&mut self.people[at], person);
        if at < self.indexed {
            self.index(at);
        }
    }

    fn find(&mut self, person: &Person) -> Option<usize> {
        /// So few are compared as fast as they are looked up.
        const FEW: usize = 12;
        if self.people.len() <= FEW {
            return self.people.iter().position(|known| known.is_same(person));
        }
        while self.indexed < self.people.len() {
            self.index(self.indexed);
            self.indexed += 1;
        }
        let mut places = texts(person).filter_map(|text| self.places.get(&text).copied());
        places.find(|&at| self.people[at].is_same(person))
    }

    fn index(&mut self, at: usize) {
        for text in texts(&self.people[at]) {
            self.places.entry(text).or_insert(at);
        }
    }
}

/// Adds to `known` what `other` says of the same person.
pub(crate) fn take(known: &mut Person, other: Person) {
    known.approved = other.approved.or(known.approved);
    known.handle = known.handle.take().or(other.handle);
    known.email = known.email.take().or(other.email);
    known.url = known.url.take().or(other.url);
}

/// What a person is told by, as [`Person::is_same`] compares it. Only a handle begins with `@`, and
/// only an address has it within.
fn texts(person: &Person) -> impl Iterator<Item = String> {
    let texts = [&person.email, &person.handle, &person.name];
    texts.into_iter().flatten().map(|text| text.to_ascii_lowercase())
}

/// A part of a value that may name a person.
#[derive(Debug, Default)]
pub(crate) struct Segment<'a> {
    pub(crate) runs: Vec<Run<'a>>,
    /// Whether `and` or a sign such as `&` stands before it, rather than a comma or a break.
    pub(crate) is_joined: bool,
}

impl Segment<'_> {
    /// The segment behind a separator that begins with `sign`.
    fn behind(sign: char) -> Self {
        Self {
            runs: Vec::new(),
            is_joined: !matches!(sign, ',' | ';' | '|' | '、' | '，' | '；' | '·' | '•'),
        }
    }
}

/// The value cut where one person ends and the next begins; brackets hold together.
pub(crate) fn segments<'a>(runs: &[Run<'a>], vocabulary: &Vocabulary<'_>) -> Vec<Segment<'a>> {
    let mut out: Vec<Segment<'a>> = vec![Segment::default()];
    let mut depth = 0usize;
    for run in runs {
        if run.link.is_some() || run.code {
            // Two links side by side are two people; `Ada [@ada](…)` is one.
            if depth == 0
                && out
                    .last()
                    .is_some_and(|segment| segment.runs.iter().any(|other| is_same_kind(other, run)))
            {
                out.push(Segment::default());
            }
            push(&mut out, *run);
            continue;
        }
        if run.is_html_break() && depth == 0 {
            out.push(Segment::default());
            continue;
        }
        let mut from = 0;
        let mut at = 0;
        while at < run.text.len() {
            // Within a word nothing begins.
            let is_letter = |at: usize| run.text.as_bytes()[at].is_ascii_alphanumeric();
            if at > 0 && is_letter(at) && is_letter(at - 1) {
                at += 1;
                continue;
            }
            let rest = &run.text[at..];
            let Some(ch) = rest.chars().next() else { break };
            match ch {
                '(' | '<' | '[' => depth += 1,
                ')' | '>' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0
                && let Some(length) = separator(rest, &run.text[..at], vocabulary)
                && !(ch == '/' && is_in_handle(&run.text[from..at]))
            {
                push(&mut out, cut(run, from, at));
                out.push(Segment::behind(ch));
                at += length;
                from = at;
                continue;
            }
            at += ch.len_utf8();
        }
        push(&mut out, cut(run, from, run.text.len()));
        if run.is_break && depth == 0 {
            // A new line may go on with the same name only after a comma, which has cut already.
            push(&mut out, *run);
        }
    }
    for segment in &mut out {
        segment.runs = trim(&segment.runs);
    }
    out.retain(|segment| !segment.runs.is_empty());
    out
}

fn push<'a>(out: &mut [Segment<'a>], run: Run<'a>) {
    if let Some(last) = out.last_mut()
        && !run.text.is_empty()
    {
        last.runs.push(run);
    }
}

/// Whether both are links of one kind: names, handles or addresses.
fn is_same_kind(a: &Run<'_>, b: &Run<'_>) -> bool {
    let kind = |run: &Run<'_>| {
        run.link.map(|url| {
            (
                run.text.starts_with('@'),
                url.starts_with("mailto:") || is_email(run.text),
            )
        })
    };
    kind(a).is_some() && kind(a) == kind(b)
}

/// Whether text ends within a handle: `@danfocart/payments` is a team.
fn is_in_handle(before: &str) -> bool {
    before
        .rsplit(char::is_whitespace)
        .next()
        .is_some_and(|word| word.starts_with('@'))
}

/// How many bytes at the start of `rest` part two people, if any do.
fn separator(rest: &str, before: &str, vocabulary: &Vocabulary<'_>) -> Option<usize> {
    let first = rest.chars().next()?;
    if matches!(
        first,
        ',' | ';' | '&' | '+' | '/' | '|' | '、' | '，' | '；' | '·' | '•'
    ) {
        return Some(first.len_utf8());
    }
    let begins_word = first.is_lowercase() && (before.is_empty() || before.ends_with(char::is_whitespace));
    let word = rest.split_once(' ').filter(|_| begins_word)?.0;
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
