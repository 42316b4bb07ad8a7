//! A question as a row of the table that holds the others.

use pulldown_cmark::Tag;

use super::{Asked, AskingFinder, Piece, QuestionPlace};
use crate::parse::edit_targets::finder::newline;
use crate::parse::markdown::lines::line_end;
use crate::parse::markdown::table::{Row, Table};
use crate::parse::questions::table::columns;
use crate::parse::record::closing::{is_done, says_open};
use crate::parse::vocabulary::concept::Key;
use crate::source::Span;

impl<'t> AskingFinder<'t> {
    /// The place after the last row of `table`.
    pub(super) fn row(self, table: usize) -> Option<QuestionPlace> {
        let tree = self.tree();
        if !matches!(tree.tag(table), Some(Tag::Table(_))) {
            return None;
        }
        let read = Table::read(tree, table)?;
        let (columns, question) = columns(&read, self.finder.vocabulary)?;
        let head = tree.nodes[tree.children(table).next()?].span;
        // The delimiter row follows the head.
        let delimiter = line_end(tree.text, Span::at(line_end(tree.text, head)));
        let at = read.rows.last().map_or(delimiter, |row| line_end(tree.text, row.span));
        let find = |key| columns.find(key).filter(|column| *column != question);
        let has_bar = head.of(tree.text).starts_with('|');
        let has_end = head.of(tree.text).trim_end().ends_with('|');
        let nl = newline(tree.text);
        let lead = if tree.text[..at].ends_with('\n') { "" } else { nl };
        let bar = if has_bar { "| " } else { "" };
        let mut pieces = vec![Piece::Text(format!("{lead}{}{bar}", self.finder.margin(head.start)))];
        for column in 0..read.columns.len() {
            if column > 0 {
                pieces.push(Piece::Text(" | ".to_owned()));
            }
            let is = |key| find(key) == Some(column);
            if column == question {
                pieces.push(Piece::Question);
            } else if is(Key::Number) {
                pieces.extend(next_number(&read, column));
            } else if is(Key::Owner) {
                pieces.push(cell(Asked::Owner));
            } else if is(Key::Due) {
                pieces.push(cell(Asked::Due));
            } else if is(Key::Date) {
                pieces.push(Piece::Today);
            } else if is(Key::Status) {
                pieces.push(Piece::Text(self.open_word(&read, column)));
            }
        }
        let end = if has_end { " |" } else { "" };
        // The rows of a table end at the end of the text or with a line end.
        let nl = if lead.is_empty() { nl } else { "" };
        pieces.push(Piece::Text(format!("{end}{nl}")));
        Some(QuestionPlace {
            at,
            pieces,
            is_row: true,
            begins: None,
        })
    }

    /// The word for open in the column of statuses: the team's own, if a row has it.
    fn open_word(self, table: &Table<'t>, column: usize) -> String {
        let vocabulary = self.finder.vocabulary;
        let words = table.rows.iter().rev().map(|row| row.text(Some(column)));
        let mut open = words.filter(|word| !word.is_empty() && !is_done(word, vocabulary));
        let own = open.find(|word| says_open(word, vocabulary) && word.chars().all(char::is_alphabetic));
        own.map_or_else(|| self.written.word("open").to_owned(), |word| word.into_owned())
    }
}

fn cell(fact: Asked) -> Piece {
    Piece::Fact {
        fact,
        before: String::new(),
        after: String::new(),
    }
}

/// The number after that of the last row; 1 in an empty table.
fn next_number(table: &Table<'_>, column: usize) -> Option<Piece> {
    let number = |row: &Row<'_>| row.text(Some(column)).into_owned();
    let Some(last) = table.rows.iter().rev().map(number).find(|number| !number.is_empty()) else {
        return table.rows.is_empty().then(|| Piece::Text("1".to_owned()));
    };
    Some(Piece::NextAfter(last))
}
