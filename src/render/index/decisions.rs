//! The decision log of the book, newest decisions first.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::paginate::{Page, Years};
use super::table::{Cell, Column, Row, Rows, Table};
use super::{Entry, IndexWriter, unread};
use crate::model::{Decision, OpenQuestion, Promise, When};
use crate::render::words::capitalized;
use crate::render::{badge, link};

/// A decision with its document.
pub(super) type Recorded<'a> = (Entry<'a>, &'a Decision);

/// The questions that a decision resolved, by the path and the anchor of the decision.
pub(super) type Settled<'a> = HashMap<(&'a str, &'a str), Vec<(Entry<'a>, &'a OpenQuestion)>>;

/// Every decision of the page; undated ones last, in the book's order.
pub(super) fn table<'a>(documents: &[Entry<'a>], at: IndexWriter<'a>, page: Page) -> Table<'a> {
    list(recorded(documents, page), documents, Arc::new(settled(documents)), &at)
}

/// These decisions of `documents`, as they are sorted.
pub(super) fn list<'a>(
    decisions: Vec<Recorded<'a>>,
    documents: &[Entry<'a>],
    settled: Arc<Settled<'a>>,
    at: &IndexWriter<'a>,
) -> Table<'a> {
    let at = *at;
    let words = at.writer.words;
    Table {
        summary: summary(&decisions, documents, &at),
        views: at.last_days(),
        columns: vec![
            Column::short(words.date, "date year"),
            Column::subject(words.decision, "decision text"),
            Column::short(words.rationale, ""),
            Column::short(words.decided_by, "by people"),
            Column::short(words.document, "document name"),
        ],
        rows: Rows::new(decisions, move |&(entry, decision)| row(entry, decision, &settled, &at)),
        empty: unread::sentence(words.no_decisions, documents, &at),
        ..Table::default()
    }
}

/// The years of the further pages, if the first one has at most so many `rows`.
pub(super) fn years(documents: &[Entry<'_>], rows: usize) -> Vec<Years> {
    let decisions: Vec<Recorded<'_>> = all(documents).collect();
    Years::of(&decisions, rows, year)
}

fn all<'a>(documents: &[Entry<'a>]) -> impl Iterator<Item = Recorded<'a>> {
    documents
        .iter()
        .flat_map(|&entry| entry.document.decisions.iter().map(move |one| (entry, one)))
}

/// Every decision of the page, the newest first.
pub(super) fn recorded<'a>(documents: &[Entry<'a>], page: Page) -> Vec<Recorded<'a>> {
    let mut decisions: Vec<Recorded<'a>> = all(documents).filter(|one| page.has(year(one))).collect();
    decisions.sort_by_cached_key(|(_, decision)| std::cmp::Reverse(decision.day()));
    decisions
}

/// The questions that each decision resolved.
pub(super) fn settled<'a>(documents: &[Entry<'a>]) -> Settled<'a> {
    let mut out = Settled::new();
    for &entry in documents.iter().filter(|entry| entry.book.is_none()) {
        for question in &entry.document.questions {
            if let Some(decision) = &question.settled_by {
                let place = (decision.path.as_str(), decision.anchor.as_str());
                out.entry(place).or_default().push((entry, question));
            }
        }
    }
    out
}

fn year((_, decision): &Recorded<'_>) -> Option<i16> {
    decision.day().map(Date::year)
}

fn row<'a>(entry: Entry<'a>, decision: &Decision, settled: &Settled<'a>, at: &IndexWriter<'a>) -> Row {
    let writer = at.writer;
    let anchor = link::decision_anchor(entry.chapter, decision, writer);
    let href = at.href(entry, anchor);
    let written = decision.date.as_ref();
    let date = match written.filter(|date| date.when != When::Unset) {
        Some(date) => writer.date(date),
        None => writer.text(&capitalized(writer.words.undated)),
    };
    let date = match (writer.html, written.map(|date| &date.when)) {
        (false, _) => writer.link(&href, &date).into(),
        // Other days can be read from the cell.
        (true, Some(When::Month(day))) => Cell {
            attributes: format!(" data-date=\"{}\"", day.strftime("%Y-%m")),
            content: date,
        },
        (true, _) => date.into(),
    };
    let mut place = at.document(entry);
    if let Some(label) = decision.label.as_deref().filter(|label| !label.is_empty()) {
        place.push(' ');
        place.push_str(&writer.link(&href, &writer.text(label)));
    }
    let mut what = writer.subject(&writer.carried(&decision.decision, at.depth), &href);
    let status = match decision.status.as_str() {
        "" if decision.superseded => &capitalized(writer.words.superseded),
        status => status,
    };
    if !status.is_empty() {
        what = writer.below(&what, &writer.text(status));
    }
    if let Some(due) = decision.due_revisit(entry.document) {
        what = writer.beside(&what, &badge::of_promise(Promise::Revisit, due, writer));
    }
    let questions = settled.get(&(entry.chapter.path.as_str(), decision.anchor()));
    for (asked, question) in questions.filter(|_| entry.book.is_none()).into_iter().flatten() {
        let href = at.href(*asked, link::question_anchor(asked.chapter, question, writer));
        let link = writer.link(&href, &writer.text(&question.question.text));
        what = writer.below(&what, &format!("{} {link}", writer.text(writer.words.settles)));
    }
    Row {
        state: decision.superseded.then_some("superseded"),
        cells: vec![
            date,
            what.into(),
            writer.sentence(&writer.carried(&decision.rationale, at.depth)).into(),
            writer.names(&decision.decided_by).into(),
            place.into(),
        ],
        ..Row::default()
    }
}

fn summary(decisions: &[(Entry<'_>, &Decision)], documents: &[Entry<'_>], at: &IndexWriter<'_>) -> String {
    let writer = at.writer;
    let count = at.counted(&writer.words.n_decisions.fill(decisions.len()), &[]);
    let mut dated = decisions.iter().filter_map(|(_, decision)| decision.day());
    let newest = dated.next();
    let span = match (dated.next_back(), newest) {
        (Some(oldest), Some(newest)) if oldest < newest => {
            let days = [oldest.to_string(), newest.to_string()];
            format!(" {}", writer.phrase(writer.words.from_to, &[&days[0], &days[1]]))
        }
        _ => String::new(),
    };
    format!("{count} {}{span}.", at.in_documents(documents))
}
#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DateText, Deadline, DecisionLink, Document, Fragment};
    use crate::render::index::entry::alone;
    use jiff::civil::date;

    fn decision(text: &str, when: When) -> Decision {
        Decision {
            id: text.into(),
            decision: Fragment::new(text.into(), format!("[{text}](x.md)"), vec![text.len() + 3]),
            date: Some(DateText {
                when,
                text: "May 2026".into(),
                ..DateText::default()
            }),
            anchor_at: Some(0),
            ..Decision::default()
        }
    }

    fn revisit(day: Date) -> Option<Deadline> {
        Some(Deadline(DateText {
            when: When::Day(day),
            ..DateText::default()
        }))
    }

    #[test]
    fn the_newest_come_first_and_undated_ones_last() {
        let mut replaced = decision("old", When::Day(date(2026, 1, 1)));
        replaced.superseded = true;
        replaced.revisit = revisit(date(2020, 1, 1));
        let document = Document {
            decisions: vec![
                decision("undated", When::Unset),
                replaced,
                decision("month", When::Month(date(2026, 5, 31))),
                Decision {
                    revisit: revisit(date(2026, 2, 1)),
                    ..decision("new", When::Day(date(2026, 6, 1)))
                },
                decision("broken", When::Invalid),
            ],
            ..Document::default()
        };
        let table = alone(&document, 1, |documents, place| {
            table(documents, place, Page::WHOLE).read()
        });
        let dates: Vec<&str> = table.rows.iter().map(|row| row.cells[0].content.as_str()).collect();
        assert_eq!(dates, ["2026-06-01", "May 2026", "2026-01-01", "Undated", "May 2026"]);
        assert_eq!(table.rows[1].cells[0].attributes, " data-date=\"2026-05\"");
        assert_eq!(
            table.rows[2].cells[1].content,
            "\n\n<a href=\"../a/b.html#old\">old</a>\n\n\n<p>Superseded</p>"
        );
        assert_eq!(table.rows[2].state, Some("superseded"));
        assert!(table.rows[0].cells[1].content.contains("data-promise=\"revisit\""));
        assert!(
            table
                .summary
                .ends_with("5 decisions</a> in 1 design document from 2026-01-01 to 2026-06-01.")
        );
    }

    #[test]
    fn a_decision_names_the_questions_that_it_settled() {
        let question = OpenQuestion {
            id: "why".into(),
            question: Fragment {
                text: "Why & how?".into(),
                ..Fragment::default()
            },
            resolved: true,
            settled_by: Some(DecisionLink {
                path: "a/b.md".into(),
                anchor: "new".into(),
            }),
            ..OpenQuestion::default()
        };
        let document = Document {
            decisions: vec![decision("new", When::Unset), decision("other", When::Unset)],
            questions: vec![question],
            ..Document::default()
        };
        let table = alone(&document, 0, |documents, place| {
            table(documents, place, Page::WHOLE).read()
        });
        let expected = "<p>Settles: <a href=\"a/b.html#why\">Why &amp; how?</a></p>";
        assert!(
            table.rows[0].cells[1].content.ends_with(expected),
            "{:?}",
            table.rows[0]
        );
        assert!(!table.rows[1].cells[1].content.contains("Settles"));
    }
}
