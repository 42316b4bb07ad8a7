//! Everything that a document says of its status, its dates and its predecessors, place by
//! place: the facts keep the most telling one, the lints compare them.

use crate::config::StatusClass;
use crate::model::{DateKind, DateText, StatedDate, StatedStatus, Statements, Succession, When};
use crate::parse::markdown::fold::fold;
use crate::parse::markdown::inline::{Run, cut, find_in_any_case, trim, words};
use crate::parse::metadata::facts::statuses;
use crate::parse::metadata::field::Field;
use crate::parse::metadata::header::gather::Gathered;
use crate::parse::record::Reader;
use crate::parse::values::date::says_nothing;
use crate::parse::values::date::when;
use crate::parse::values::status::{in_value, is_known, nearest, newest, status};
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Key;
use crate::parse::vocabulary::topics::Topic;
use crate::source::Span;

/// The statements of a document.
pub(crate) fn statements(gathered: &Gathered<'_>, reader: &Reader<'_>) -> Statements {
    let (text, vocabulary) = (reader.tree.text, reader.vocabulary);
    let mut out = Statements {
        has_lifecycle: has_lifecycle(reader),
        ..Statements::default()
    };
    // Keys below other keys speak of a part, so `nested` is left out.
    let places = [
        &gathered.front_matter, &gathered.header, &gathered.metadata, &gathered.sections, &gathered.footer,
    ];
    for field in places.into_iter().flatten() {
        match field.key {
            Some(Key::Status) => {
                out.statuses.extend(stated_status(field, text, vocabulary));
                for value in &field.values {
                    // Superseded in part, or amended: the document stays in force.
                    let is_partly = in_value(&value.runs, value.span, vocabulary)
                        .is_some_and(|status| matches!(status.class, StatusClass::Agreed | StatusClass::Done));
                    let found = succession_in(&value.runs, SUPERSEDED_BY, reader.vocabulary);
                    out.superseded_by.extend(found.map(|found| Succession {
                        amends: is_partly,
                        ..found
                    }));
                    out.supersedes
                        .extend(succession_in(&value.runs, SUPERSEDES, reader.vocabulary));
                }
            }
            Some(Key::Created | Key::Since) => {
                out.dates
                    .extend(stated_date(field, DateKind::Created, text, vocabulary))
            }
            Some(Key::Updated) => out
                .dates
                .extend(stated_date(field, DateKind::Updated, text, vocabulary)),
            Some(Key::Date) => out.dates.extend(stated_date(field, DateKind::Plain, text, vocabulary)),
            Some(Key::Supersedes) => out.supersedes.extend(successions(field, reader.vocabulary)),
            Some(Key::SupersededBy) => out.superseded_by.extend(successions(field, reader.vocabulary)),
            _ => {}
        }
    }
    out.statuses.sort_by_key(|stated| stated.status.span);
    out.dates.sort_by_key(|stated| stated.date.span);
    // In a document of a single section the header is the footer too.
    out.statuses.dedup();
    out.dates.dedup();
    dedup(&mut out.supersedes);
    dedup(&mut out.superseded_by);
    out
}

fn dedup(successions: &mut Vec<Succession>) {
    successions.sort_by_key(|succession| succession.span);
    successions.dedup();
}

/// Whether a timeline has a line whose label is a status: `- Accepted: 2024-05-01`.
fn has_lifecycle(reader: &Reader<'_>) -> bool {
    let timelines = reader
        .sections
        .iter()
        .filter(|section| section.topics.has(Topic::Timeline));
    let blocks = timelines.flat_map(|section| section.own(reader.tree));
    let mut lines = blocks.flat_map(|block| reader.labelled_lines(block));
    lines.any(|(label, _)| status(&label, Span::default(), reader.vocabulary).is_some_and(|status| is_known(&status)))
}

/// Phrases that a successor's name follows.
const SUPERSEDED_BY: &[&str] = &["superseded by", "superceded by", "replaced by", "obsoleted by"];

/// Phrases that a predecessor's name follows.
const SUPERSEDES: &[&str] = &["supersedes", "supercedes", "replaces", "obsoletes"];

fn stated_status(field: &Field<'_>, text: &str, vocabulary: &Vocabulary<'_>) -> Option<StatedStatus> {
    let all = statuses(field, vocabulary);
    let status = newest(&all, vocabulary)?.clone();
    let mut stated = StatedStatus {
        label: fold(&field.label),
        ..StatedStatus::default()
    };
    if status.class == StatusClass::Unknown
        && let Some((written, meant)) = nearest(&status.text, vocabulary)
    {
        stated.word = place_of(text, status.span, &written);
        stated.meant = Some(meant);
    }
    stated.status = status;
    Some(stated)
}

fn stated_date(field: &Field<'_>, kind: DateKind, text: &str, vocabulary: &Vocabulary<'_>) -> Option<StatedDate> {
    let written = field.current(vocabulary);
    let when = when(&written, vocabulary);
    if when == When::Unset {
        return None;
    }
    let span = place_of(text, field.span(), &written).unwrap_or(field.span());
    Some(StatedDate {
        label: fold(&field.label),
        kind,
        date: DateText {
            text: written.into_owned(),
            when,
            span,
        },
    })
}

/// Where `written` stands within `span`, if it stands there once.
fn place_of(text: &str, span: Span, written: &str) -> Option<Span> {
    let within = span.of(text);
    if within == written && !written.is_empty() {
        return Some(span);
    }
    let at = within.find(written)?;
    let is_only = within.rfind(written) == Some(at) && !written.is_empty();
    is_only.then_some(Span::new(span.start + at, span.start + at + written.len()))
}

/// The documents that the values of a field name.
fn successions(field: &Field<'_>, vocabulary: &Vocabulary<'_>) -> Vec<Succession> {
    let amends = fold(&field.label).starts_with("amend");
    let mut out = Vec::new();
    for value in &field.values {
        let mut part: Vec<Run<'_>> = Vec::new();
        for run in &value.runs {
            // `ADR-1, ADR-2`: commas part them.
            let mut rest = *run;
            while run.link.is_none()
                && let Some(at) = rest.text.find([',', ';'])
            {
                part.push(cut(&rest, 0, at));
                out.extend(succession(&std::mem::take(&mut part), amends, vocabulary));
                rest = cut(&rest, at + 1, rest.text.len());
            }
            part.push(rest);
        }
        out.extend(succession(&part, amends, vocabulary));
    }
    out
}

/// The document that a status names behind one of `phrases`: `Superseded by [ADR 9](0009.md)`.
fn succession_in(runs: &[Run<'_>], phrases: &[&str], vocabulary: &Vocabulary<'_>) -> Option<Succession> {
    for (index, run) in runs.iter().enumerate() {
        let Some(end) = phrases
            .iter()
            .find_map(|phrase| Some(find_in_any_case(run.text, phrase)? + phrase.len()))
        else {
            continue;
        };
        let mut rest = vec![cut(run, end, run.text.len())];
        rest.extend(runs[index + 1..].iter().take_while(|run| !run.is_break).cloned());
        let mut found = succession(&rest, false, vocabulary)?;
        // Only the link, or the words up to a remark.
        found.text = found
            .text
            .split([',', ';', '('])
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned();
        return Some(found);
    }
    None
}

fn succession(runs: &[Run<'_>], amends: bool, vocabulary: &Vocabulary<'_>) -> Option<Succession> {
    let runs = trim(runs);
    let linked = runs.iter().find(|run| run.link.is_some());
    let text = match linked {
        Some(run) => run.text.trim().to_owned(),
        None => words(&runs).trim_matches([' ', ':', '.']).to_owned(),
    };
    let is_nothing = says_nothing(&text, vocabulary);
    (!is_nothing).then(|| Succession {
        text,
        url: linked.and_then(|run| run.link).map(str::to_owned),
        amends,
        span: linked.map_or_else(|| crate::parse::markdown::inline::span_of(&runs), |run| run.span),
    })
}
