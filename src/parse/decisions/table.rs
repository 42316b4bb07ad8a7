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

/// Which column of a log of decisions says what.
#[derive(Debug, Clone)]
pub(crate) struct LogColumns {
    columns: Columns,
    /// The column of what was decided, or of the matter where another has the choice.
    pub(crate) decision: usize,
    choice: Option<usize>,
}

impl LogColumns {
    /// Those of a table; None where it is no log of decisions. Outside a section of decisions, where
    /// it is not `trusted`, it takes more than a column of that name.
    pub(crate) fn of(table: &Table<'_>, trusted: bool, vocabulary: &Vocabulary<'_>) -> Option<Self> {
        // Rounds of review name a reviewer; what they decided is not a decision of the design.
        let is_reviewer = |head: &String| vocabulary.key(Scope::Document, head) == Some(Key::Reviewer);
        if table.columns.iter().any(is_reviewer) {
            return None;
        }
        let columns = Columns::of(table, Scope::Decision, vocabulary);
        let choice = columns.find(Key::Choice);
        let decision = columns.find(Key::Decision).or(choice)?;
        let telling = [Key::Date, Key::Decider, Key::Rationale];
        let telling = telling.iter().filter(|key| columns.find(**key).is_some()).count();
        let is_named = table.columns[decision] == "decision";
        (trusted || is_named && telling > 1).then_some(Self {
            choice: choice.filter(|choice| *choice != decision),
            columns,
            decision,
        })
    }

    /// The column of this meaning that is not the decision's own.
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
    // Where both stand, `Decision` is the matter and `Choice` what was chosen.
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

/// The row that the template shows as an example.
pub(crate) fn is_template_row(row: &Row<'_>, columns: &LogColumns) -> bool {
    let is_form = |date: &str| matches!(date, "yyyy mm dd" | "dd mm yyyy" | "mm dd yyyy");
    folded_in_place(&row.text(columns.find(Key::Date)), is_form) || is_placeholder(&row.text(Some(columns.decision)))
}
