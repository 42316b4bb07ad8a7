//! Decisions as rows of a table.

use crate::model::Decision;
use crate::parse::decisions::{replaced, stated};
use crate::parse::markdown::fold::folded_in_place;
use crate::parse::markdown::inline::Run;
use crate::parse::markdown::table::{Row, Table};
use crate::parse::record::Reader;
use crate::parse::record::columns::Columns;
use crate::parse::record::text::is_struck;
use crate::parse::values::date::is_placeholder;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::{Key, Scope};

/// The roles of the columns in a decision log.
#[derive(Debug, Clone)]
pub(crate) struct LogColumns {
    columns: Columns,
    /// The column of the decision, or of the topic if another column has the choice.
    pub(crate) decision: usize,
    choice: Option<usize>,
}

impl LogColumns {
    /// The columns of a table. None if it is not a decision log. Outside a section of decisions,
    /// where the table is not `trusted`, a column of that name is not sufficient.
    pub(crate) fn of(table: &Table<'_>, trusted: bool, vocabulary: &Vocabulary<'_>) -> Option<Self> {
        let columns = Columns::of(table, Scope::Decision, vocabulary);
        let choice = columns.find(Key::Choice);
        let decision = columns.find(Key::Decision).or(choice)?;
        // Review rounds name a reviewer; what they decided is not a design decision.
        let is_reviewer = |head: &String| vocabulary.key(Scope::Document, head) == Some(Key::Reviewer);
        if table.columns.iter().any(is_reviewer) {
            return None;
        }
        let telling = [Key::Date, Key::Decider, Key::Rationale];
        let telling = telling.iter().filter(|key| columns.find(**key).is_some()).count();
        let is_named = table.columns[decision] == "decision";
        (trusted || is_named && telling > 1).then_some(Self {
            choice: choice.filter(|choice| *choice != decision),
            columns,
            decision,
        })
    }

    /// The column with this meaning, other than the decision's own.
    pub(crate) fn find(&self, key: Key) -> Option<usize> {
        self.columns.find(key).filter(|column| *column != self.decision)
    }

    /// The meaning of a column.
    pub(crate) fn key(&self, column: usize) -> Option<Key> {
        let key = self.columns.key(column)?;
        (self.find(key) == Some(column) || column == self.decision).then_some(key)
    }
}

/// The decisions in the rows of a table.
pub(crate) fn rows(reader: &Reader<'_>, table: &Table<'_>, columns: &LogColumns, out: &mut Vec<Decision>) {
    for row in table.rows.iter().filter(|row| !row.is_empty()) {
        if !is_template_row(row, columns)
            && !reader.is_record_elsewhere(row.cell(Some(columns.decision)))
            && !reader.is_number_of_file(row.cell(columns.find(Key::Number)))
        {
            out.extend(from_row(reader, row, columns));
        }
    }
}

fn from_row(reader: &Reader<'_>, row: &Row<'_>, columns: &LogColumns) -> Option<Decision> {
    let record = columns.columns.record(row, columns.decision);
    let mut text = replaced(&record.text, reader.vocabulary);
    // If both columns exist, `Decision` is the topic and `Choice` is what was chosen.
    if let Some(choice) = columns.choice
        && let Some(last) = record.text.last()
    {
        let text = text.to_mut();
        text.push(Run::plain(": ", last.span));
        text.extend_from_slice(row.cell(Some(choice)));
    }
    let why = record.value(Key::Rationale).unwrap_or_default();
    let mut found = stated(&record, &text, why, reader)?;
    found.superseded |= is_struck(&record.text);
    found.span = row.span;
    found.anchor_at = row.start();
    Some(found)
}

/// Whether the row is the template's example.
pub(crate) fn is_template_row(row: &Row<'_>, columns: &LogColumns) -> bool {
    let is_form = |date: &str| matches!(date, "yyyy mm dd" | "dd mm yyyy" | "mm dd yyyy");
    folded_in_place(&row.text(columns.find(Key::Date)), is_form) || is_placeholder(&row.text(Some(columns.decision)))
}
