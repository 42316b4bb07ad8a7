//! The lines of a Markdown table, and the dashes below its heads, from which pandoc takes the widths of the columns.

use crate::parse::unlinked;

/// The rows that are measured: enough to tell the columns of a long table apart.
pub(in crate::render::index) const MEASURED: usize = 64;

/// The longest line of dashes. A longer one would by itself make pandoc spread a small table over
/// the width of the page.
const LINE: usize = 72;

/// The most that one word or one cell counts, so that an address or an essay does not take the room
/// of the other columns.
const WORD: usize = 14;
const CELL: usize = 60;

/// A line of the table.
pub(super) fn line(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.collect();
    format!("| {} |", cells.join(" | "))
}

/// What stands in a column, in characters.
#[derive(Clone, Copy, Default)]
struct Measure {
    /// The longest word, which should stay in one line.
    word: usize,
    /// The sum of all cells.
    sum: usize,
    cells: usize,
}

impl Measure {
    fn add(&mut self, cell: &str) {
        let words = unlinked(cell);
        let count = |text: &str| text.chars().count();
        let longest = words.split_whitespace().map(count).max();
        self.word = self.word.max(longest.unwrap_or_default().min(WORD));
        self.sum += count(&words).min(CELL);
        self.cells += usize::from(!words.is_empty());
    }

    /// What the average cell needs beyond its longest word.
    fn more(&self) -> usize {
        (self.sum / self.cells.max(1)).saturating_sub(self.word)
    }
}

/// The dashes for columns with these heads and `rows`: each has room for its longest word, and what
/// is left is shared in proportion to the lengths of the cells.
pub(in crate::render::index) fn dashes(heads: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<String> {
    /// The fewest that every Markdown reads as a delimiter.
    const LEAST: usize = 3;
    let mut columns = vec![Measure::default(); heads.len()];
    for (column, head) in columns.iter_mut().zip(heads) {
        column.add(head);
    }
    for row in rows {
        for (column, cell) in columns.iter_mut().zip(&row) {
            column.add(cell);
        }
    }
    let room = LINE.saturating_sub(3 * heads.len() + 1);
    let words: usize = columns.iter().map(|column| column.word).sum();
    let more: usize = columns.iter().map(Measure::more).sum();
    let width = |column: &Measure| match room.checked_sub(words) {
        None => column.word * room / words,
        Some(left) => column.word + column.more() * left.min(more) / more.max(1),
    };
    columns
        .iter()
        .map(|column| "-".repeat(width(column).max(LEAST)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widths(heads: &[&str], rows: &[&[&str]]) -> Vec<usize> {
        let rows = rows
            .iter()
            .map(|cells| cells.iter().map(|cell| (*cell).to_owned()).collect());
        dashes(heads, rows).iter().map(String::len).collect()
    }

    #[test]
    fn a_long_cell_gets_more_than_a_short_one_and_an_address_counts_nothing() {
        let long = "Do we give the delivery fee back? Half of all complaints about refunds are about it, and more.";
        let short = "[overdue 2026-11-13](designs/payments/refunds.md#open-questions)";
        let widths = widths(
            &["No.", "Question", "Decide by"],
            &[&["1", long, short], &["", long, ""]],
        );
        assert_eq!(widths[0], 3);
        assert!(widths[1] > 2 * widths[2] && widths[2] >= 10, "{widths:?}");
        assert!(widths.iter().sum::<usize>() + 3 * 3 < LINE, "{widths:?}");
    }

    #[test]
    fn a_small_table_stays_small_and_a_wide_one_within_the_line() {
        assert_eq!(widths(&["A", "Day"], &[&["1", "2026-11-13"]]), [3, 10]);
        let word = "internationalisation".repeat(9);
        let many = vec![word.as_str(); 8];
        let widths = widths(&many, &[&many]);
        assert!(widths.iter().sum::<usize>() + 3 * 8 < LINE, "{widths:?}");
        assert!(
            widths.iter().all(|width| *width == widths[0] && *width > 3),
            "{widths:?}"
        );
    }
}
