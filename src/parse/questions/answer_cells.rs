//! Finds the cells of a question table into which an author would write that a question is settled.

use crate::parse::markdown::table::Table;
use crate::parse::markdown::tree::Tree;
use crate::parse::questions::table::columns;
use crate::parse::record::closing::{is_done, says_open};
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Key;
use crate::source::Span;

/// The cells in a question's row that can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerCells {
    /// The cell of the question.
    pub question: Cell,
    /// The cell of its status, and the word that means settled.
    pub status: Option<(Cell, String)>,
    /// The cell of its answer.
    pub answer: Option<Cell>,
    /// The end of the row.
    pub tail: Tail,
}

/// Where to add cells to a row that has fewer than its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tail {
    /// After the row's last character, before the line end.
    pub at: usize,
    /// The number of cells in the row.
    pub cells: usize,
    /// Whether a bar closes the last cell.
    pub is_closed: bool,
}

/// A cell between its bars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The whole cell, including white space. Empty at the end of the row if the row ends before
    /// the cell.
    pub span: Span,
    /// Its column, from 0.
    pub column: usize,
    /// Its text. Empty if the text only says that the answer is not known yet.
    pub text: String,
}

/// The cells of the row of `table` whose question is at `asked`.
pub(crate) fn answer_cells(
    tree: &Tree<'_>,
    table: usize,
    asked: Span,
    vocabulary: &Vocabulary<'_>,
) -> Option<AnswerCells> {
    let read = Table::read(tree, table)?;
    let (columns, question) = columns(&read, vocabulary)?;
    let find = |key| columns.find(key).filter(|column| *column != question);
    let row = tree.children(table).find(|&row| tree.nodes[row].span.contains(asked))?;
    let own = tree.source(row).trim_end();
    let end = tree.nodes[row].span.start + own.len();
    let is_missing = |node: &usize| tree.nodes[*node].span.is_empty() && tree.nodes[*node].span.start >= end;
    let tail = Tail {
        at: end,
        cells: tree.children(row).filter(|node| !is_missing(node)).count(),
        is_closed: own.ends_with('|') && !own.ends_with("\\|"),
    };
    let cell = |column: usize| {
        let node = tree.children(row).nth(column)?;
        let missing = || Cell {
            span: Span::at(end),
            column,
            text: String::new(),
        };
        let written = || between_bars(tree.text, tree.nodes[node].span, column);
        Some(if is_missing(&node) { missing() } else { written() })
    };
    let mut answer = find(Key::Answer).and_then(cell);
    if let Some(open) = answer.as_mut().filter(|cell| says_open(&cell.text, vocabulary)) {
        open.text.clear();
    }
    let status = find(Key::Status).and_then(|column| {
        let words = read.rows.iter().map(|row| row.text(Some(column)));
        let mut words = words.filter(|state| is_done(state, vocabulary) && state.chars().all(char::is_alphabetic));
        // Prefer the team's own word, from a row that is already settled.
        let word = words.next().map(|word| word.to_string());
        let usual = match read.columns.get(column).map(String::as_str) {
            Some("resolved") => "Yes",
            _ => "Resolved",
        };
        Some((cell(column)?, word.unwrap_or_else(|| usual.to_owned())))
    });
    Some(AnswerCells {
        question: cell(question)?,
        status,
        answer,
        tail,
    })
}

/// The cell that contains the words at `span`, extended to the bars on both sides.
fn between_bars(text: &str, span: Span, column: usize) -> Cell {
    let blank = |c: char| c == ' ' || c == '\t';
    let inner = span.of(text).trim_matches(|c| blank(c) || c == '|');
    let start = span.start + span.of(text).find(inner).unwrap_or_default();
    let end = start + inner.len();
    let before = text[..start].trim_end_matches(blank).len();
    let after = text.len() - text[end..].trim_start_matches(blank).len();
    Cell {
        span: Span::new(before, after),
        column,
        text: inner.to_owned(),
    }
}
