//! Every statement of a document about its status, its dates and its predecessors, by place. The
//! facts keep the most authoritative one; the lints compare them.

use crate::config::StatusClass;
use crate::model::{DateKind, DateText, StatedDate, StatedStatus, Statements, Succession};
use crate::parse::markdown::fold::fold;
use crate::parse::markdown::inline::{Run, cut, find_in_any_case, span_of, trim, words};
use crate::parse::metadata::facts::{dated, statuses};
use crate::parse::metadata::field::{Field, Value};
use crate::parse::metadata::header::CollectedFields;
use crate::parse::record::Reader;
use crate::parse::values::date::says_nothing;
use crate::parse::values::status::{in_value, known_status, nearest, newest};
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Key;
use crate::parse::vocabulary::topics::Topic;
use crate::source::Span;

/// The statements of a document.
pub(crate) fn statements(collected: &CollectedFields<'_>, reader: &Reader<'_>) -> Statements {
    let (text, vocabulary) = (reader.tree.text, reader.vocabulary);
    let mut out = Statements {
        has_lifecycle: has_lifecycle(reader),
        ..Statements::default()
    };
    for field in collected.own() {
        match field.key {
            Some(Key::Status) => {
                out.statuses.extend(stated_status(field, text, vocabulary));
                for value in &field.values {
                    take_successions(&mut out, value, vocabulary);
                }
            }
            Some(Key::Supersedes) => out.supersedes.extend(successions(field, vocabulary)),
            Some(Key::SupersededBy) => out.superseded_by.extend(successions(field, vocabulary)),
            _ => out.dates.extend(stated_date(field, text, vocabulary)),
        }
    }
    // In a document with a single section, the header is also the footer.
    out.statuses.sort_by_key(|stated| stated.status.span);
    out.statuses.dedup();
    out.dates.sort_by_key(|stated| stated.date.span);
    out.dates.dedup();
    for successions in [&mut out.supersedes, &mut out.superseded_by] {
        successions.sort_by_key(|succession| succession.span);
        successions.dedup();
    }
    out
}

/// Whether a timeline has a line whose label is a status: `- Accepted: 2024-05-01`.
fn has_lifecycle(reader: &Reader<'_>) -> bool {
    let sections = reader.sections.iter();
    let timelines = sections.filter(|section| section.topics.has(Topic::Timeline));
    let blocks = timelines.flat_map(|section| section.own(reader.tree));
    let mut lines = blocks.flat_map(|block| reader.labelled_lines(block));
    lines.any(|(label, _)| known_status(&label, reader.vocabulary).is_some())
}

/// Adds the documents that a status names: `Superseded by [ADR 9](0009.md)`.
fn take_successions(out: &mut Statements, status: &Value<'_>, vocabulary: &Vocabulary<'_>) {
    // If it is amended or superseded only in part, the document stays in force.
    let class = in_value(&status.runs, status.span(), vocabulary).map(|status| status.class);
    let is_partly = matches!(class, Some(StatusClass::Agreed | StatusClass::Done));
    let found = succession_in(&status.runs, SUPERSEDED_BY, vocabulary);
    out.superseded_by.extend(found.map(|found| Succession {
        amends: is_partly,
        ..found
    }));
    out.supersedes
        .extend(succession_in(&status.runs, SUPERSEDES, vocabulary));
}

/// Phrases that introduce a successor.
const SUPERSEDED_BY: &[&str] = &["superseded by", "superceded by", "replaced by", "obsoleted by"];

/// Phrases that introduce a predecessor.
const SUPERSEDES: &[&str] = &["supersedes", "supercedes", "replaces", "obsoletes"];

fn stated_status(field: &Field<'_>, text: &str, vocabulary: &Vocabulary<'_>) -> Option<StatedStatus> {
    let all = statuses(field, vocabulary);
    let status = newest(&all, vocabulary)?.clone();
    let near = match status.class {
        StatusClass::Unknown => nearest(&status.text, vocabulary),
        _ => None,
    };
    let (written, meant) = near.unzip();
    Some(StatedStatus {
        label: fold(&field.label),
        word: written.and_then(|written| place_of(text, status.span, &written)),
        meant,
        status,
    })
}

fn stated_date(field: &Field<'_>, text: &str, vocabulary: &Vocabulary<'_>) -> Option<StatedDate> {
    let kind = match field.key? {
        Key::Created | Key::Since => DateKind::Created,
        Key::Updated => DateKind::Updated,
        Key::Date => DateKind::Plain,
        _ => return None,
    };
    let date = dated(field, vocabulary)?;
    let span = place_of(text, date.span, &date.text).unwrap_or(date.span);
    Some(StatedDate {
        label: fold(&field.label),
        kind,
        date: DateText { span, ..date },
    })
}

/// The span of `written` within `span`, if it occurs there exactly once.
fn place_of(text: &str, span: Span, written: &str) -> Option<Span> {
    let mut places = span.of(text).match_indices(written).filter(|_| !written.is_empty());
    let (Some((at, _)), None) = (places.next(), places.next()) else {
        return None;
    };
    Some(Span::new(span.start + at, span.start + at + written.len()))
}

/// The documents named by the values of a field.
fn successions(field: &Field<'_>, vocabulary: &Vocabulary<'_>) -> Vec<Succession> {
    let amends = fold(&field.label).starts_with("amend");
    let mut out = Vec::new();
    for value in &field.values {
        let mut part: Vec<Run<'_>> = Vec::new();
        for run in &value.runs {
            // `ADR-1, ADR-2`: split at commas.
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

/// The document that a status names after one of `phrases`.
fn succession_in(runs: &[Run<'_>], phrases: &[&str], vocabulary: &Vocabulary<'_>) -> Option<Succession> {
    let ends = |text| {
        let mut phrases = phrases.iter();
        phrases.find_map(|phrase| Some(find_in_any_case(text, phrase)? + phrase.len()))
    };
    let (at, end) = runs
        .iter()
        .enumerate()
        .find_map(|(at, run)| Some((at, ends(run.text)?)))?;
    let mut rest = vec![cut(&runs[at], end, runs[at].text.len())];
    rest.extend(runs[at + 1..].iter().take_while(|run| !run.is_break));
    let mut found = succession(&rest, false, vocabulary)?;
    // Only the link, or the words before a remark.
    let name = found.text.split([',', ';', '(']).next().unwrap_or_default();
    found.text = name.trim().to_owned();
    Some(found)
}

fn succession(runs: &[Run<'_>], amends: bool, vocabulary: &Vocabulary<'_>) -> Option<Succession> {
    let runs = trim(runs);
    let linked = runs.iter().find(|run| run.link.is_some());
    let text = match linked {
        Some(run) => run.text.trim().to_owned(),
        None => words(&runs).trim_matches([' ', ':', '.']).to_owned(),
    };
    (!says_nothing(&text, vocabulary)).then(|| Succession {
        text,
        url: linked.and_then(|run| run.link).map(str::to_owned),
        amends,
        span: linked.map_or_else(|| span_of(&runs), |run| run.span),
    })
}
