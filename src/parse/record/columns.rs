//! Maps a table's columns to meanings, and its rows to records.

use crate::parse::markdown::inline::words;
use crate::parse::markdown::table::{Row, Table};
use crate::parse::record::Record;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::{Key, Scope};

/// The meaning of each column, derived from its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Columns(Vec<Option<(Key, usize)>>);

impl Columns {
    pub(crate) fn of(table: &Table<'_>, scope: Scope, vocabulary: &Vocabulary<'_>) -> Self {
        // A heading without letters, such as `#`, marks the column of numbers.
        let meaning = |head: &String| match head.as_str() {
            "" => Some((Key::Number, usize::MAX)),
            head => vocabulary.column(scope, head),
        };
        Self(table.columns.iter().map(meaning).collect())
    }

    /// The column with this meaning. If there are several, the one whose word comes first in the
    /// vocabulary.
    pub(crate) fn find(&self, key: Key) -> Option<usize> {
        let of_key = |(at, column): (usize, &Option<(Key, usize)>)| {
            column.filter(|(other, _)| *other == key).map(|(_, rank)| (rank, at))
        };
        self.0.iter().enumerate().filter_map(of_key).min().map(|(_, at)| at)
    }

    /// The meaning of a column.
    pub(crate) fn key(&self, column: usize) -> Option<Key> {
        self.0.get(column).copied().flatten().map(|(key, _)| key)
    }

    /// The record of a row; `text` is the column with the record's text.
    pub(crate) fn record<'r>(&self, row: &Row<'r>, text: usize) -> Record<'r> {
        let mut out = Record::of(row.cell(Some(text)).to_vec());
        for (column, known) in self.0.iter().enumerate().filter(|(column, _)| *column != text) {
            if let Some((key, _)) = known.filter(|(key, _)| self.find(*key) == Some(column)) {
                out.add(key, row.cell(Some(column)).to_vec());
            }
        }
        let number = words(out.value(Key::Number).unwrap_or_default()).into_owned();
        out.number = Some(number).filter(|number| !number.is_empty());
        out
    }
}
