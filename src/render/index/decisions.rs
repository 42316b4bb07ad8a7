//! The decision log of the book, the newest decision first.

use jiff::civil::Date;
use rayon::prelude::*;

use super::table::{Column, Row, Table};
use super::{Entry, Place};
use crate::model::{Decision, When};
use crate::render::tally;
use crate::render::words::capitalized;

/// Every decision; undated ones last, in the book's order.
pub(super) fn table(documents: &[Entry<'_>], at: &Place<'_>) -> Table {
    let words = at.pen.words;
    let mut decisions: Vec<(Entry<'_>, &Decision)> = documents
        .iter()
        .flat_map(|&entry| entry.document.decisions.iter().map(move |one| (entry, one)))
        .collect();
    decisions.sort_by_key(|(_, decision)| std::cmp::Reverse(day(decision)));
    Table {
        summary: summary(&decisions, documents, at),
        columns: vec![
            Column::short(words.date),
            Column::subject(words.decision),
            Column::long(words.rationale),
            Column::short(words.decided_by),
            Column::short(words.document),
        ],
        rows: decisions
            .par_iter()
            .map(|&(entry, decision)| row(entry, decision, at))
            .collect(),
        empty: words.no_decisions,
    }
}

fn row(entry: Entry<'_>, decision: &Decision, at: &Place<'_>) -> Row {
    let pen = at.pen;
    let anchor = tally::decision_anchor(entry.chapter, decision, pen);
    let href = at.href(entry, anchor);
    let written = decision.date.as_ref();
    let date = match written.filter(|date| date.when != When::Unset) {
        Some(date) => pen.date(date),
        None => pen.text(&capitalized(pen.words.undated)),
    };
    let mut place = at.document(entry);
    if let Some(label) = decision.label.as_deref().filter(|label| !label.is_empty()) {
        place.push(' ');
        place.push_str(&pen.link(&href, &pen.text(label)));
    }
    let mut what = pen.markdown(&decision.decision.markdown_at_depth(at.depth));
    let status = match decision.status.as_str() {
        "" if decision.superseded => &capitalized(pen.words.superseded),
        status => status,
    };
    if !status.is_empty() {
        what = pen.below(&what, &pen.text(status));
    }
    Row {
        state: decision.superseded.then_some("superseded"),
        cells: vec![
            pen.link(&href, &date),
            what,
            pen.markdown(&decision.rationale.markdown_at_depth(at.depth)),
            pen.names(&decision.decided_by),
            place,
        ],
    }
}

fn summary(decisions: &[(Entry<'_>, &Decision)], documents: &[Entry<'_>], at: &Place<'_>) -> String {
    let pen = at.pen;
    let count = pen.text(&pen.words.n_decisions.fill(decisions.len()));
    let mut dated = decisions.iter().filter_map(|(_, decision)| day(decision));
    let newest = dated.next();
    let span = match (dated.next_back(), newest) {
        (Some(oldest), Some(newest)) if oldest < newest => {
            let days = [pen.day(oldest), pen.day(newest)];
            format!(" {}", pen.phrase(pen.words.from_to, &[&days[0], &days[1]]))
        }
        _ => String::new(),
    };
    format!("{count} {}{span}.", at.in_documents(documents))
}

fn day(decision: &Decision) -> Option<Date> {
    match decision.date.as_ref()?.when {
        When::Day(day) | When::Month(day) => Some(day),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::{Chapter, DateText, Document, Fragment};
    use crate::render::pen::Pen;
    use jiff::civil::date;

    fn decision(text: &str, when: When) -> Decision {
        Decision {
            id: text.into(),
            decision: Fragment {
                text: text.into(),
                markdown: format!("[{text}](x.md)"),
                relative_links: vec![text.len() + 3],
            },
            date: Some(DateText {
                when,
                text: "May 2026".into(),
                ..DateText::default()
            }),
            anchor_at: Some(0),
            ..Decision::default()
        }
    }

    #[test]
    fn the_newest_come_first_and_undated_ones_last() {
        let mut replaced = decision("old", When::Day(date(2026, 1, 1)));
        replaced.superseded = true;
        let document = Document {
            decisions: vec![
                decision("undated", When::Unset),
                replaced,
                decision("month", When::Month(date(2026, 5, 31))),
                decision("new", When::Day(date(2026, 6, 1))),
                decision("broken", When::Invalid),
            ],
            ..Document::default()
        };
        let chapter = Chapter {
            path: "a/b.md".into(),
            ..Chapter::default()
        };
        let config = Config::default();
        let pen = Pen::new(&config, date(2026, 3, 1));
        let documents = [Entry {
            chapter: &chapter,
            document: &document,
            book: None,
        }];
        let table = table(&documents, &Place { pen: &pen, depth: 1 });
        let dates: Vec<&str> = table.rows.iter().map(|row| row.cells[0].as_str()).collect();
        assert_eq!(
            dates,
            [
                "<a href=\"../a/b.md#new\"><time datetime=\"2026-06-01\">2026-06-01</time></a>",
                "<a href=\"../a/b.md#month\"><time datetime=\"2026-05\">May 2026</time></a>",
                "<a href=\"../a/b.md#old\"><time datetime=\"2026-01-01\">2026-01-01</time></a>",
                "<a href=\"../a/b.md#undated\">Undated</a>",
                "<a href=\"../a/b.md#broken\">May 2026</a>",
            ]
        );
        assert_eq!(
            table.rows[2].cells[1],
            "\n\n<span>[old](../x.md)</span>\n\n\n<div class=\"dd-more\">Superseded</div>"
        );
        assert_eq!(table.rows[2].state, Some("superseded"));
        assert!(
            table
                .summary
                .starts_with("5 decisions in 1 design document from <time datetime=\"2026-01-01\">")
        );
    }
}
