//! Reads tables by the names of their columns, in any order.

mod html;

use std::borrow::Cow;

use pulldown_cmark::Tag;

use crate::parse::markdown::fold::fold;
use crate::parse::markdown::inline::{Run, cut, inline_end, push_runs, runs, span_of, trim, words};
use crate::parse::markdown::table::html::HtmlRow;
use crate::parse::markdown::tree::Tree;
use crate::source::Span;

/// A table's columns and rows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table<'t> {
    /// The folded heads. A head without letters (`#`) is empty.
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Row<'t>>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row<'t> {
    /// The runs of all cells, concatenated.
    runs: Vec<Run<'t>>,
    cells: Vec<Cell>,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Cell {
    /// The end of its runs among those of the row.
    to: usize,
    /// The position at its end where text may be inserted.
    end: usize,
    /// The number of bars to insert before that text, if the row ends before the cell.
    bars: Option<usize>,
}

impl<'t> Table<'t> {
    /// Reads the table at `block`, including the rows that a blank line separates from it.
    pub(crate) fn read(tree: &'t Tree<'_>, block: usize) -> Option<Self> {
        let mut table = Self::heads(tree, block)?;
        table.read_rows(tree, block);
        Some(table)
    }

    /// The table at `block` without its rows.
    pub(crate) fn heads(tree: &'t Tree<'_>, block: usize) -> Option<Self> {
        match tree.tag(block)? {
            Tag::Table(_) => {}
            Tag::HtmlBlock => {
                let (head, _) = html::rows(tree.text, tree.nodes[block].span).into_iter().next()?;
                return Some(Self {
                    columns: head.iter().map(|cell| fold(&words(&cell.runs))).collect(),
                    rows: Vec::new(),
                });
            }
            _ => return None,
        }
        let head = tree.children(block).next()?;
        Some(Self {
            columns: tree.children(head).map(|cell| fold(&tree.text_of(cell))).collect(),
            rows: Vec::new(),
        })
    }

    /// Reads the rows of this table, which is at `block`.
    pub(crate) fn read_rows(&mut self, tree: &'t Tree<'_>, block: usize) {
        if matches!(tree.tag(block), Some(Tag::HtmlBlock)) {
            let rows = html::rows(tree.text, tree.nodes[block].span).into_iter().skip(1);
            self.rows = rows.map(Row::of_html).collect();
            return;
        }
        let columns = self.columns.len();
        let rows = tree.children(block).skip(1);
        self.rows = rows.map(|row| Row::read(tree, row, columns)).collect();
        let mut next = tree.nodes[block].end;
        while let Some(more) = stray_rows(tree, next, columns) {
            self.rows.extend(more);
            next = tree.nodes[next].end;
        }
    }
}

impl<'t> Row<'t> {
    fn read(tree: &'t Tree<'_>, row: usize, columns: usize) -> Self {
        let span = tree.nodes[row].span;
        let mut out = Self::with_capacity(columns, span);
        // The parser puts missing cells after the row's line.
        let written = span.of(tree.text).trim_end();
        let written_to = span.start + written.len();
        let mut bars = usize::from(!written.ends_with('|') || written.ends_with("\\|"));
        for cell in tree.children(row) {
            let node = &tree.nodes[cell];
            push_runs(tree, cell + 1, node.end, &mut out.runs);
            if node.span.start >= written_to {
                out.end_cell(written_to, Some(bars));
                bars += 1;
            } else {
                out.end_cell(inline_end(tree, cell + 1, node.end, node.span.start), None);
            }
        }
        out
    }

    fn of_html((cells, span): HtmlRow<'t>) -> Self {
        let mut out = Self::with_capacity(cells.len(), span);
        for cell in cells {
            out.runs.extend(cell.runs);
            out.end_cell(cell.end, None);
        }
        out
    }

    fn with_capacity(columns: usize, span: Span) -> Self {
        Self {
            runs: Vec::with_capacity(columns),
            cells: Vec::with_capacity(columns),
            span,
        }
    }

    /// Ends a cell of the runs added since the last one. Text may be inserted into it at byte
    /// `end`, after `bars`.
    fn end_cell(&mut self, end: usize, bars: Option<usize>) {
        let to = self.runs.len();
        self.cells.push(Cell { to, end, bars });
    }

    /// The runs of a cell. Empty if the row is too short.
    pub(crate) fn cell(&self, column: Option<usize>) -> &[Run<'t>] {
        let Some(column) = column.filter(|column| *column < self.cells.len()) else {
            return &[];
        };
        let from = column.checked_sub(1).map_or(0, |before| self.cells[before].to);
        &self.runs[from..self.cells[column].to]
    }

    /// The position where text may be inserted at the end of a cell, and the number of bars to
    /// insert before it if the row ends before the cell.
    pub(crate) fn end(&self, column: usize) -> Option<(usize, Option<usize>)> {
        self.cells.get(column).map(|cell| (cell.end, cell.bars))
    }

    /// The words of a cell.
    pub(crate) fn text(&self, column: Option<usize>) -> Cow<'t, str> {
        words(self.cell(column))
    }

    /// Whether the row is empty.
    pub(crate) fn is_empty(&self) -> bool {
        self.runs.iter().all(Run::is_blank)
    }

    /// The position where text may be inserted into the row: before its first words.
    pub(crate) fn start(&self) -> Option<usize> {
        self.runs.iter().find(|run| !run.is_blank()).map(|run| run.span.start)
    }
}

/// The rows in a paragraph that consists only of rows: a blank line ends a table, which authors
/// overlook.
fn stray_rows<'t>(tree: &'t Tree<'_>, block: usize, columns: usize) -> Option<Vec<Row<'t>>> {
    if !matches!(tree.tag(block)?, Tag::Paragraph) {
        return None;
    }
    let paragraph = runs(tree, block + 1, tree.nodes[block].end);
    let mut rows = Vec::new();
    for line in paragraph.split(|run| run.is_break) {
        let line = trim(line);
        if !line.first()?.text.starts_with('|') || !line.last()?.text.ends_with('|') {
            return None;
        }
        let mut cells: Vec<Vec<Run<'t>>> = vec![Vec::new()];
        for run in &line {
            let mut from = 0;
            // A bar in code or after a backslash is text. The parser splits runs at escapes.
            let bars = if run.code {
                Vec::new()
            } else {
                run.text.match_indices('|').map(|(at, _)| at).collect()
            };
            for at in bars {
                cells.last_mut()?.push(cut(run, from, at));
                cells.push(Vec::new());
                from = at + 1;
            }
            cells.last_mut()?.push(cut(run, from, run.text.len()));
        }
        let cells: Vec<_> = cells.iter().skip(1).take(columns).map(|cell| trim(cell)).collect();
        if cells.len() != columns {
            return None;
        }
        let mut row = Row::with_capacity(columns, span_of(&line));
        for cell in cells {
            // After the last run. In a styled run, that would be inside the markup, so before the
            // row's end.
            let end = cell.last().map_or(line[0].span.start + 1, |run| run.span.end);
            row.runs.extend(cell);
            row.end_cell(end, None);
        }
        rows.push(row);
    }
    Some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Dialect;

    #[test]
    fn columns_are_found_by_name_and_rows_across_blank_lines() {
        let text = "| # | Date (UTC) | Decision |\n|--|--|--|\n| 1 | 2026-01-02 | a `|` b |\n\n| 2 | 2026-01-03 | **c** |\n\nprose\n";
        let tree = Tree::parse(text, 0, Dialect::default());
        let table = Table::read(&tree, 0).unwrap();
        assert_eq!(table.columns, ["", "date utc", "decision"]);
        assert_eq!(table.rows.len(), 2);
        assert_eq!(table.rows[1].text(Some(2)), "c");
        assert_eq!(table.rows[1].text(Some(9)), "");
    }
}
