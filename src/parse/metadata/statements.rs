//! Every statement of a document about its status, its dates and its predecessors, by place. The
//! facts keep the most authoritative one; the lints compare them.

use crate::config::StatusClass;
use crate::model::{DateKind, DateText, StatedDate, StatedStatus, Statements, Succession};
use crate::parse::markdown::fold::fold;
use crate::parse::markdown::inline::{Run, cut, span_of, trim, words};
use crate::parse::metadata::facts::{dated, statuses};
use crate::parse::metadata::field::{Field, Value};
use crate::parse::metadata::header::CollectedFields;
use crate::parse::record::Reader;
use crate::parse::values::date::says_nothing;
use crate::parse::values::status::{in_value, known_status, nearest, newest};
use crate::parse::values::succession::phrases;
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
    let named = named_successions(&status.runs, vocabulary);
    if named.is_empty() {
        return;
    }
    // If it is amended or superseded only in part, the document stays in force.
    let class = in_value(&status.runs, status.span(), vocabulary).map(|status| status.class);
    let is_partly = matches!(class, Some(StatusClass::Agreed | StatusClass::Done));
    for (key, mut succession) in named {
        if key == Key::Supersedes {
            out.supersedes.push(succession);
        } else {
            succession.amends = is_partly;
            out.superseded_by.push(succession);
        }
    }
}

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
pub(crate) fn place_of(text: &str, span: Span, written: &str) -> Option<Span> {
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

/// The documents that a status names: at most one predecessor and one successor.
fn named_successions(runs: &[Run<'_>], vocabulary: &Vocabulary<'_>) -> Vec<(Key, Succession)> {
    let mut out: Vec<(Key, Option<Succession>)> = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        for (key, end) in phrases(run.text, vocabulary) {
            if out.iter().any(|(known, _)| *known == key) {
                continue;
            }
            let mut rest = vec![cut(run, end, run.text.len())];
            rest.extend(runs[at + 1..].iter().take_while(|run| !run.is_break));
            out.push((key, succession(&rest, false, vocabulary).map(named_only)));
        }
    }
    let found = out.into_iter();
    found.filter_map(|(key, found)| Some((key, found?))).collect()
}

/// Only the link, or the words before a remark.
fn named_only(mut found: Succession) -> Succession {
    let name = found.text.split([',', ';', '(']).next().unwrap_or_default();
    found.text = name.trim().to_owned();
    found
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

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::source::Source;

    #[test]
    fn a_status_names_other_documents_in_every_language() {
        let found = |language: &str, status: &str| {
            let source = Source {
                path: "adr/0002-bus.md".to_owned(),
                text: format!(
                    "# ADR 2: Use a bus\n\n- Status: {status}\n- Date: 2026-03-01\n\n## Decision\n\nWe use it.\n"
                ),
                ..Source::default()
            };
            let config = Config {
                language: language.to_owned(),
                ..Config::default()
            };
            let corpus = crate::parse::corpus(&[source], &config);
            let stated = corpus.chapters[0].document.as_ref().unwrap().stated.clone();
            let texts = |all: Vec<crate::model::Succession>| -> Vec<(String, bool)> {
                all.into_iter().map(|each| (each.text, each.amends)).collect()
            };
            (texts(stated.supersedes), texts(stated.superseded_by))
        };
        let one = |text: &str, amends: bool| vec![(text.to_owned(), amends)];
        let none = Vec::new;
        for (language, status, expected) in [
            (
                "en",
                "Superceded by [ADR 9](0009.md), in May",
                (none(), one("ADR 9", false)),
            ),
            (
                "en",
                "Partially superseded by [ADR 9](0009.md)",
                (none(), one("ADR 9", true)),
            ),
            (
                "en",
                "Accepted, supersedes ADR 1 (the queue)",
                (one("ADR 1", false), none()),
            ),
            ("de", "Ersetzt durch [ADR 9](0009.md)", (none(), one("ADR 9", false))),
            ("es", "Reemplazado por ADR 9", (none(), one("ADR 9", false))),
            ("fr", "Remplacée par ADR 9", (none(), one("ADR 9", false))),
            ("en", "Superseded by", (none(), none())),
        ] {
            assert_eq!(found(language, status), expected, "{status}");
        }
    }
}
