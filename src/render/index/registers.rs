//! The registers of the book: the risks, alerts, dependencies and terms of all documents, and the
//! kinds that a team has declared.

use super::table::{Cell, Column, Row, Rows, Table};
use super::{Entry, IndexWriter};
use crate::config::{Form, RecordKind};
use crate::model::{IndexKind, RegisterEntry};
use crate::render::badge;
use crate::render::part::Parts;
use crate::render::writer::Writer;

/// One register, or all built-in ones with entries.
pub(super) fn write<'a>(kind: IndexKind, documents: &[Entry<'a>], at: IndexWriter<'a>) -> Parts<'a> {
    let own = match kind {
        IndexKind::Register(kind) => kind..kind + 1,
        _ => 0..RecordKind::OURS,
    };
    let tables = own
        .map(|own| (own, table(own, documents, at)))
        .filter(|(_, table)| kind != IndexKind::Registers || !table.rows.is_empty())
        .enumerate()
        .map(|(number, (own, mut table))| {
            if number == 0 && at.writer.html {
                table.others = super::links(at.plan, Some(kind), at.depth, at.writer);
            }
            (own, table)
        })
        .map(|(own, table)| table.write(IndexKind::Register(own), title(own, at.writer), at.writer));
    let mut written = Parts::default();
    for table in tables {
        if !written.0.is_empty() {
            written.add("\n\n");
        }
        written.append(table);
    }
    if written.0.is_empty() {
        written.add(&at.writer.text(at.writer.words.no_entries));
    }
    written
}

/// The title of a register: in the book's language for built-in kinds, from the section heading for
/// a team's own.
pub(super) fn title<'a>(kind: usize, writer: &Writer<'a>) -> &'a str {
    let Some(kind) = writer.config.records.get(kind) else {
        return "";
    };
    let words = writer.words;
    match kind.name.as_str() {
        "risks" => words.risks,
        "alerts" => words.alerts,
        "dependencies" => words.dependencies,
        "glossary" => words.glossary,
        name => kind.sections.first().map_or(name, String::as_str),
    }
}

/// The heading of a column of `kind`.
fn name<'a>(kind: usize, column: &'a str, writer: &Writer<'a>) -> &'a str {
    let words = writer.words;
    match column {
        _ if kind >= RecordKind::OURS => column,
        "Risk" => words.risk,
        "Alert" => words.alert,
        "Dependency" => words.dependency,
        "Term" => words.term,
        "Severity" => words.severity,
        "Mitigation" => words.mitigation,
        "Condition" => words.condition,
        "Action" => words.action,
        "Date" => words.date,
        "Definition" => words.definition,
        _ => column,
    }
}

fn table<'a>(index: usize, documents: &[Entry<'a>], at: IndexWriter<'a>) -> Table<'a> {
    let (words, writer) = (at.writer.words, at.writer);
    let mut table = Table {
        empty: writer.text(words.no_entries),
        ..Table::default()
    };
    let Some(kind) = writer.config.records.get(index) else {
        return table;
    };
    let found = documents
        .iter()
        .flat_map(|&entry| entry.document.registers.iter().map(move |one| (entry, one)))
        .filter(|(_, one)| one.kind == index);
    let mut found: Vec<(Entry<'a>, &'a RegisterEntry)> = found.collect();
    let severity = kind.columns.iter().position(|column| is_severity(column));
    if kind.deadline.is_some() {
        found.sort_by_key(|(_, one)| {
            let standing = one.standing(writer.today, writer.config.due_soon_days);
            (standing, one.due.as_ref().and_then(|due| due.day()))
        });
    } else if let Some(at) = severity.and_then(|column| column.checked_sub(1)) {
        found.sort_by_key(|(_, one)| rank(one.facts.get(at).map_or("", |fact| &fact.text)));
    } else if kind.form == Form::Pair {
        found.sort_by_cached_key(|(_, one)| one.subject.text.to_lowercase());
    }
    table.columns = columns(index, kind, writer);
    table.columns.push(Column::short(words.document, "document name"));
    table.summary = format!("{}: {}", writer.strong(title(index, writer)), found.len());
    let deadline = kind.deadline;
    table.rows = Rows::new(found, move |&(entry, one)| row(entry, one, deadline, &at));
    table
}

fn is_severity(column: &str) -> bool {
    column.eq_ignore_ascii_case("severity")
}

fn columns<'a>(index: usize, kind: &'a RecordKind, writer: &Writer<'a>) -> Vec<Column<'a>> {
    let is_narrow = kind.columns.len() > 2;
    let column = |(at, column): (usize, &'a String)| {
        let shown = name(index, column, writer);
        let column = match column {
            _ if at == 0 => return Column::subject(shown, "subject text"),
            _ if kind.deadline == Some(at) => return Column::short(shown, "due due"),
            column if is_severity(column) => Column::short(shown, "severity name"),
            column if column.eq_ignore_ascii_case("owner") => Column::short(shown, "owner people"),
            _ => Column::short(shown, ""),
        };
        if is_narrow { column.labelled() } else { column }
    };
    kind.columns.iter().enumerate().map(column).collect()
}

fn row<'a>(entry: Entry<'a>, one: &RegisterEntry, deadline: Option<usize>, at: &IndexWriter<'a>) -> Row {
    let writer = at.writer;
    let written = |text: &crate::model::Fragment| writer.markdown(&writer.carried(text, at.depth));
    let standing = one.standing(writer.today, writer.config.due_soon_days);
    let mut cells = vec![Cell::from(written(&one.subject))];
    for (column, fact) in (1..).zip(&one.facts) {
        let due = one.due.as_ref().filter(|_| deadline == Some(column));
        cells.push(match due {
            Some(due) => badge::of_date(due, standing, writer).into(),
            None => written(fact).into(),
        });
    }
    let anchor = entry.chapter.section_id(one.span);
    let document = writer.link(&at.href(entry, anchor), &writer.text(&at.title(entry)));
    cells.push(document.into());
    Row {
        state: deadline.map(|_| standing.word()),
        cells,
        ..Row::default()
    }
}

/// The sort key of a severity: worse ones first, unknown words last.
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
    use crate::render::writer::Writer;
    use jiff::civil::date;

    fn risk(text: &str, severity: &str) -> RegisterEntry {
        RegisterEntry {
            subject: Fragment {
                text: text.into(),
                ..Fragment::default()
            },
            facts: vec![
                Fragment {
                    text: severity.into(),
                    ..Fragment::default()
                },
                Fragment::default(),
            ],
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
        let writer = Writer::new(&config, date(2026, 3, 1));
        let documents = [Entry {
            chapter: &chapter,
            document: &document,
            book: None,
        }];
        let at = IndexWriter::alone(&writer, 0);
        let write = |kind| part::joined(write(kind, &documents, at).0);
        assert_eq!(
            write(IndexKind::Registers),
            "**Risks**: 3\n\n| Risk | Severity | Mitigation | Document |\n| ----- | -------- | ---------- | -------- |\n\
             | large | High (rare) |  | [a.md](a.md) |\n| small | Low |  | [a.md](a.md) |\n| odd | ? |  | [a.md](a.md) |"
        );
        assert_eq!(write(IndexKind::Register(3)), "Nothing is recorded yet.");
    }
}
