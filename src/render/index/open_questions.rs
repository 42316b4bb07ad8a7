//! The open questions of the book, the most urgent first.

use rayon::prelude::*;

use super::table::{Column, Row, Table};
use super::{Entry, Place};
use crate::model::{OpenQuestion, Standing};
use crate::render::words::fill;
use crate::render::{badge, tally};

/// A question with where it is asked and how it stands.
type Asked<'a> = (Entry<'a>, &'a OpenQuestion, Standing);

/// Every question: by how it stands, then by date; resolved ones last.
pub(super) fn table(documents: &[Entry<'_>], at: &Place<'_>) -> Table {
    let words = at.pen.words;
    let mut asked: Vec<Asked<'_>> = documents
        .iter()
        .flat_map(|&entry| {
            entry.document.questions.iter().map(move |question| {
                let standing = question.standing(at.pen.today, at.pen.config.due_soon_days);
                (entry, question, standing)
            })
        })
        .collect();
    asked.sort_by_key(|&(_, question, standing)| (standing, tally::due(question)));
    Table {
        summary: summary(&asked, documents, at),
        columns: vec![
            Column::short(words.number),
            Column::subject(words.question),
            Column::short(words.deadline),
            Column::short(words.owner),
            Column::short(words.document),
        ],
        rows: asked.par_iter().map(|&asked| row(asked, at)).collect(),
        empty: words.no_questions,
    }
}

fn row((entry, question, standing): Asked<'_>, at: &Place<'_>) -> Row {
    let pen = at.pen;
    let anchor = tally::question_anchor(entry.chapter, question, pen);
    let href = at.href(entry, anchor);
    let mut what = pen.markdown(&question.question.markdown_at_depth(at.depth));
    for more in [&question.context, &question.resolution] {
        if !more.is_empty() {
            what = pen.below(&what, &pen.markdown(&more.markdown_at_depth(at.depth)));
        }
    }
    let number = question.number.as_deref().unwrap_or_default();
    Row {
        state: Some(standing.word()),
        cells: vec![
            pen.text(number),
            what,
            badge::in_index(question, standing, &href, pen),
            pen.names(&question.owners),
            at.document(entry),
        ],
    }
}

/// `3 overdue, 2 due soon, 10 open, 4 resolved in 8 design documents. As of …`.
fn summary(asked: &[Asked<'_>], documents: &[Entry<'_>], at: &Place<'_>) -> String {
    let pen = at.pen;
    let words = pen.words;
    let with = |wanted| asked.iter().filter(move |(_, _, standing)| *standing == wanted).count();
    let resolved = with(Standing::Resolved);
    let counts = [
        ("overdue", words.n_overdue, with(Standing::Overdue)),
        ("due-today", words.n_due_today, with(Standing::DueToday)),
        ("due-soon", words.n_due_soon, with(Standing::DueSoon)),
        ("open", words.n_open, asked.len() - resolved),
        ("resolved", words.n_resolved, resolved),
    ];
    let said: Vec<String> = counts
        .into_iter()
        .filter(|&(name, _, count)| count > 0 || name == "open")
        .map(|(name, phrase, count)| pen.count(name, &fill(phrase, &count.to_string())))
        .collect();
    format!("{} {}. {}", said.join(", "), at.in_documents(documents), pen.as_of())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::{Chapter, DateText, Deadline, Document, Fragment, When};
    use crate::render::pen::Pen;
    use jiff::civil::date;

    fn question(id: &str, when: When) -> OpenQuestion {
        OpenQuestion {
            id: id.into(),
            question: Fragment {
                text: id.into(),
                markdown: format!("{id} `x`"),
                ..Fragment::default()
            },
            due: Some(Deadline(DateText {
                when,
                text: "Phase 1".into(),
                ..DateText::default()
            })),
            ..OpenQuestion::default()
        }
    }

    #[test]
    fn the_most_urgent_come_first() {
        let mut resolved = question("resolved", When::Day(date(2020, 1, 1)));
        resolved.resolved = true;
        let document = Document {
            questions: vec![
                resolved,
                question("undated", When::Unset),
                question("later", When::Day(date(2027, 1, 1))),
                question("waits", When::Milestone(None)),
                question("today", When::Day(date(2026, 3, 1))),
                question("soon", When::Day(date(2026, 3, 9))),
                question("old", When::Day(date(2026, 2, 1))),
                question("oldest", When::Day(date(2026, 1, 1))),
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
        let at = Place { pen: &pen, depth: 1 };
        let table = table(&documents, &at);
        let states: Vec<_> = table.rows.iter().filter_map(|row| row.state).collect();
        assert_eq!(
            states,
            [
                "overdue", "overdue", "due-today", "due-soon", "upcoming", "milestone", "undated", "resolved"
            ]
        );
        assert_eq!(table.rows[0].cells[1], "\n\noldest `x`\n\n");
        assert!(
            table.rows[0].cells[2]
                .starts_with("<a href=\"../a/b.md#oldest\"><span class=\"dd-due\" data-state=\"overdue\">")
        );
        assert_eq!(
            table.summary,
            "<span data-count=\"overdue\">2 overdue</span>, <span data-count=\"due-today\">1 due today</span>, \
             <span data-count=\"due-soon\">1 due soon</span>, <span data-count=\"open\">7 open</span>, \
             <span data-count=\"resolved\">1 resolved</span> in 1 design document. \
             As of <time datetime=\"2026-03-01\">2026-03-01</time>."
        );
    }
}
