//! Every statement of a document about its status, its dates and its predecessors, by place. The
//! facts keep the most authoritative one; the lints compare them.

use crate::config::StatusClass;
use crate::model::{DateKind, DateText, Mention, RelationKind, StatedDate, StatedStatus, Statements};
use crate::parse::markdown::fold::fold;
use crate::parse::metadata::facts::{dated, statuses};
use crate::parse::metadata::field::{Field, Value};
use crate::parse::metadata::header::CollectedFields;
use crate::parse::record::Reader;
use crate::parse::values::mention::{self, relation};
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
                let named = field.values.iter().flat_map(|value| named_in(value, vocabulary));
                out.mentions.extend(named);
            }
            Some(Key::Link) => out.mentions.extend(field.mentions(vocabulary)),
            Some(key) if relation(key).is_some() => out.mentions.extend(field.mentions(vocabulary)),
            _ => out.dates.extend(stated_date(field, text, vocabulary)),
        }
    }
    // In a document with a single section, the header is also the footer.
    out.statuses.sort_by_key(|stated| stated.status.span);
    out.statuses.dedup();
    out.dates.sort_by_key(|stated| stated.date.span);
    out.dates.dedup();
    out.mentions.sort_by_key(|mention| mention.span);
    out.mentions.dedup();
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

/// The documents that a status names: `Superseded by [ADR 9](0009.md)`.
fn named_in(status: &Value<'_>, vocabulary: &Vocabulary<'_>) -> Vec<Mention> {
    let mut named = mention::in_status(&status.runs, vocabulary);
    let mut replaced = named
        .iter()
        .filter(|mention| mention.kind == RelationKind::SupersededBy);
    if replaced.next().is_some() {
        // If it is superseded only in part, the document stays in force.
        let class = in_value(&status.runs, status.span(), vocabulary).map(|status| status.class);
        let is_partly = matches!(class, Some(StatusClass::Agreed | StatusClass::Done));
        for mention in named
            .iter_mut()
            .filter(|mention| is_partly && mention.kind == RelationKind::SupersededBy)
        {
            mention.kind = RelationKind::AmendedBy;
        }
    }
    named
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

#[cfg(test)]
mod tests {
    use super::RelationKind;
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
            let named = stated.mentions.into_iter();
            named.map(|mention| (mention.kind, mention.text)).collect::<Vec<_>>()
        };
        let (over, by) = (RelationKind::Supersedes, RelationKind::SupersededBy);
        for (language, status, expected) in [
            ("en", "Superceded by [ADR 9](0009.md), in May", &[(by, "ADR 9")][..]),
            (
                "en",
                "Partially superseded by [ADR 9](0009.md)",
                &[(RelationKind::AmendedBy, "ADR 9")],
            ),
            ("en", "Accepted, supersedes ADR 1 (the queue)", &[(over, "ADR 1")]),
            ("en", "Superseded by ADR-2, ADR-9", &[(by, "ADR-2"), (by, "ADR-9")]),
            (
                "en",
                "Superseded by [2. B](2.md) and [9. C](9.md)",
                &[(by, "2. B"), (by, "9. C")],
            ),
            ("de", "Ersetzt durch [ADR 9](0009.md)", &[(by, "ADR 9")]),
            ("es", "Reemplazado por ADR 9", &[(by, "ADR 9")]),
            ("fr", "Remplacée par ADR 9", &[(by, "ADR 9")]),
            ("en", "Superseded by", &[]),
        ] {
            let expected: Vec<_> = expected
                .iter()
                .map(|(kind, text)| (*kind, (*text).to_owned()))
                .collect();
            assert_eq!(found(language, status), expected, "{status}");
        }
    }
}
