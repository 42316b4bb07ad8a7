//! The registers of the book: risks, alerts, dependencies and terms of every document.

use super::table::{Column, Row, Rows, Table};
use super::{Entry, Place};
use crate::model::{IndexKind, Register, RegisterEntry, Standing};
use crate::render::part::Parts;
use crate::render::{badge, tally};

/// The registers that are tables of their own.
const ALL: [(IndexKind, Register); 4] = [
    (IndexKind::Risks, Register::Risk),
    (IndexKind::Alerts, Register::Alert),
    (IndexKind::Dependencies, Register::Dependency),
    (IndexKind::Glossary, Register::Term),
];

/// One register, or all that have an entry.
pub(super) fn write<'a>(kind: IndexKind, documents: &[Entry<'a>], at: Place<'a>) -> Parts<'a> {
    let tables = ALL
        .iter()
        .filter(|(own, _)| kind == *own || kind == IndexKind::Registers)
        .map(|&(own, register)| (own, table(own, register, documents, at)))
        .filter(|(_, table)| kind != IndexKind::Registers || !table.rows.is_empty())
        .map(|(own, table)| table.write(own, super::title(own, at.pen), at.pen));
    let mut written = Parts::default();
    for table in tables {
        if !written.0.is_empty() {
            written.add("\n\n");
        }
        written.append(table);
    }
    if written.0.is_empty() {
        written.add(&at.pen.text(at.pen.words.no_entries));
    }
    written
}

fn table<'a>(kind: IndexKind, register: Register, documents: &[Entry<'a>], at: Place<'a>) -> Table<'a> {
    let words = at.pen.words;
    let pen = at.pen;
    let mut found: Vec<(Entry<'a>, &'a RegisterEntry)> = documents
        .iter()
        .flat_map(|&entry| entry.document.registers.iter().map(move |one| (entry, one)))
        .filter(|(_, one)| one.register == register)
        .collect();
    match register {
        Register::Risk | Register::Alert => found.sort_by_key(|(_, one)| rank(&one.severity)),
        Register::Dependency => found.sort_by_key(|(_, one)| {
            let standing = standing(one, &at);
            (standing, one.due.as_ref().and_then(|due| due.day()))
        }),
        Register::Term => found.sort_by_cached_key(|(_, one)| one.subject.text.to_lowercase()),
    }
    let (subject, more): (_, &[_]) = match register {
        Register::Risk => (
            words.risk,
            &[
                Column::short(words.severity, "severity name").labelled(),
                Column::long(words.mitigation, "").labelled(),
            ],
        ),
        Register::Alert => (
            words.alert,
            &[
                Column::short(words.severity, "severity name").labelled(),
                Column::long(words.condition, "").labelled(),
                Column::long(words.action, "").labelled(),
            ],
        ),
        Register::Dependency => (words.dependency, &[Column::short(words.date, "due due")]),
        Register::Term => (words.term, &[Column::long(words.definition, "")]),
    };
    let mut columns = vec![Column::subject(subject, "subject text")];
    columns.extend_from_slice(more);
    columns.push(Column::short(words.document, "document name"));
    let title = super::title(kind, pen);
    Table {
        summary: format!("{}: {}", pen.strong(title), found.len()),
        columns,
        rows: Rows::new(found, move |&(entry, one)| row(entry, one, &at)),
        empty: words.no_entries,
        ..Table::default()
    }
}

fn row(entry: Entry<'_>, one: &RegisterEntry, at: &Place<'_>) -> Row {
    let pen = at.pen;
    let written = |text: &crate::model::Fragment| pen.markdown(&text.markdown_at_depth(at.depth));
    let mut cells = vec![written(&one.subject)];
    let mut state = None;
    match one.register {
        Register::Dependency => {
            let standing = standing(one, at);
            state = Some(standing.word());
            let due = one.due.as_ref();
            cells.push(due.map(|due| badge::of_date(due, standing, pen)).unwrap_or_default());
        }
        Register::Risk | Register::Alert => cells.push(pen.text(&one.severity)),
        Register::Term => {}
    }
    cells.extend(one.details.iter().map(written));
    let anchor = tally::above(entry.chapter, one.span);
    let title = match entry.document.title.value.trim() {
        "" => &entry.chapter.path,
        title => title,
    };
    cells.push(pen.link(&at.href(entry, anchor), &pen.text(title)));
    Row { state, cells }
}

fn standing(one: &RegisterEntry, at: &Place<'_>) -> Standing {
    match &one.due {
        _ if one.done => Standing::Resolved,
        Some(due) => due.standing(at.pen.today, at.pen.config.due_soon_days),
        None => Standing::Undated,
    }
}

/// The worse, the earlier; words that nobody has told us come last.
fn rank(severity: &str) -> usize {
    const WORST_FIRST: [&[&str]; 5] = [
        &["critical", "blocker", "severe", "p0", "sev0", "sev1"],
        &["high", "major", "page", "p1", "sev2"],
        &["medium", "moderate", "warning", "warn", "p2", "sev3"],
        &["low", "minor", "p3", "ticket"],
        &["info", "informational", "none", "negligible"],
    ];
    let lower = severity.to_lowercase();
    let mut words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let position = WORST_FIRST.iter().position(|words| words.contains(&first));
    position.unwrap_or(WORST_FIRST.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::{Chapter, Document, Fragment};
    use crate::render::part;
    use crate::render::pen::Pen;
    use jiff::civil::date;

    fn risk(text: &str, severity: &str) -> RegisterEntry {
        RegisterEntry {
            subject: Fragment {
                text: text.into(),
                ..Fragment::default()
            },
            severity: severity.into(),
            details: vec![Fragment::default()],
            ..RegisterEntry::default()
        }
    }

    #[test]
    fn the_worst_comes_first_and_what_is_empty_is_left_out() {
        let chapter = Chapter {
            path: "a.md".into(),
            ..Chapter::default()
        };
        let document = Document {
            registers: vec![risk("odd", "?"), risk("small", "Low"), risk("large", "High (rare)")],
            ..Document::default()
        };
        let config = Config {
            html: false,
            ..Config::default()
        };
        let pen = Pen::new(&config, date(2026, 3, 1));
        let documents = [Entry {
            chapter: &chapter,
            document: &document,
            book: None,
        }];
        let at = Place { pen: &pen, depth: 0 };
        let write = |kind| part::joined(write(kind, &documents, at).0);
        assert_eq!(
            write(IndexKind::Registers),
            "**Risks**: 3\n\n| Risk | Severity | Mitigation | Document |\n| --- | --- | --- | --- |\n\
             | large | High (rare) |  | [a.md](a.md) |\n| small | Low |  | [a.md](a.md) |\n| odd | ? |  | [a.md](a.md) |"
        );
        assert_eq!(write(IndexKind::Glossary), "Nothing is recorded yet.");
    }
}
