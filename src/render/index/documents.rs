//! The index of design documents, in the book's order.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::table::{Column, Row, Table};
use super::{Entry, Place};
use crate::model::{Document, Kind, Standing, Status, When};
use crate::render::pen::Pen;
use crate::render::tally;
use crate::render::words::fill;

/// Every document with what a lead asks about it.
pub(super) fn table(documents: &[Entry<'_>], at: &Place<'_>) -> Table {
    let words = at.pen.words;
    Table {
        summary: summary(documents, at.pen),
        columns: vec![
            Column::subject(words.document),
            Column::short(words.status),
            Column::short(words.owner),
            Column::short(words.updated),
            Column::short(words.open_questions),
            Column::short(words.decisions),
        ],
        rows: documents.par_iter().map(|&entry| row(entry, at)).collect(),
        empty: "",
    }
}

fn row(entry: Entry<'_>, at: &Place<'_>) -> Row {
    let Entry { chapter, document, .. } = entry;
    let pen = at.pen;
    let owners = match document.authors.is_empty() {
        true => &document.deciders,
        false => &document.authors,
    };
    let changed = [&document.updated, &document.created]
        .into_iter()
        .flatten()
        .find(|date| date.when != When::Unset);
    let decisions = document.decisions.first().map(|first| {
        let anchor = tally::decision_anchor(chapter, first, pen);
        let count = document.decisions.len().to_string();
        pen.link(&at.href(entry, anchor), &count)
    });
    Row {
        state: None,
        cells: vec![
            subject(entry, at),
            status(document, pen),
            pen.names(owners),
            changed.map(|date| pen.date(date)).unwrap_or_default(),
            questions(entry, at),
            decisions.unwrap_or_default(),
        ],
    }
}

fn subject(entry: Entry<'_>, at: &Place<'_>) -> String {
    let words = at.pen.words;
    let kind = match entry.document.kind {
        // What most are needs no saying.
        Kind::Design => return at.document(entry),
        Kind::Adr => words.kind_adr,
        Kind::Log => words.kind_log,
    };
    format!("{} {}", at.document(entry), at.pen.muted(kind))
}

fn status(document: &Document, pen: &Pen<'_>) -> String {
    let status = document.status.as_ref();
    status.map(|status| pen.status(status)).unwrap_or_default()
}

/// How many are open, and how many of them overdue: a link to the oldest of these.
fn questions(entry: Entry<'_>, at: &Place<'_>) -> String {
    let pen = at.pen;
    let open: Vec<_> = entry
        .document
        .questions
        .iter()
        .filter(|question| !question.resolved)
        .collect();
    let overdue = open
        .iter()
        .filter(|question| question.standing(pen.today, pen.config.due_soon_days) == Standing::Overdue);
    let Some(first) = open.first() else {
        return String::new();
    };
    let link = |question, text: &str| {
        let anchor = tally::question_anchor(entry.chapter, question, pen);
        pen.link(&at.href(entry, anchor), &pen.text(text))
    };
    let mut out = link(first, &fill(pen.words.n_open, &open.len().to_string()));
    if let Some(oldest) = overdue.clone().min_by_key(|question| tally::due(question)) {
        let count = fill(pen.words.n_overdue, &overdue.count().to_string());
        out.push_str(", ");
        out.push_str(&link(oldest, &count));
    }
    out
}

/// `8 design documents: 3 implemented, 2 in review. As of …`.
fn summary(documents: &[Entry<'_>], pen: &Pen<'_>) -> String {
    let mut states: BTreeMap<_, usize> = BTreeMap::new();
    for Entry { document, .. } in documents {
        if let Some(status) = &document.status {
            *states.entry((status.class, status.state.as_str())).or_default() += 1;
        }
    }
    let counted: Vec<String> = states
        .iter()
        .map(|(&(_, state), count)| match state {
            Status::UNFILLED => fill(pen.words.n_without_status, &count.to_string()),
            state => format!("{count} {}", state.replace('-', " ")),
        })
        .map(|text| pen.text(&text))
        .collect();
    let total = pen.text(&pen.words.n_documents.fill(documents.len()));
    let of_them = match counted.is_empty() {
        true => String::new(),
        false => format!(": {}", counted.join(", ")),
    };
    format!("{total}{of_them}. {}", pen.as_of())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::{Chapter, DateText, Deadline, OpenQuestion, Person, StatusClass};
    use crate::source::{Span, Spanned};
    use jiff::civil::date;

    fn document(status: &str, class: StatusClass) -> Document {
        Document {
            title: Spanned::new("A <b>".into(), Span::default()),
            status: Some(Status {
                text: status.into(),
                state: status.into(),
                class,
                ..Status::default()
            }),
            ..Document::default()
        }
    }

    /// A decision record that has been superseded.
    fn adr() -> Document {
        let mut adr = document("superseded", StatusClass::Closed);
        adr.kind = Kind::Adr;
        adr.deciders = vec![Person {
            handle: Some("@ada".into()),
            ..Person::default()
        }];
        adr
    }

    /// A design begun on a date by which a question should have been decided.
    fn design() -> Document {
        let mut design = document(Status::UNFILLED, StatusClass::Draft);
        let due = DateText {
            when: When::Day(date(2026, 1, 1)),
            ..DateText::default()
        };
        design.created = Some(due.clone());
        design.updated = Some(DateText::default());
        let question = |id: &str, due: Option<DateText>| OpenQuestion {
            id: id.into(),
            due: due.map(Deadline),
            ..OpenQuestion::default()
        };
        design.questions = vec![question("undated", None), question("late", Some(due))];
        design
    }

    #[test]
    fn every_document_says_how_it_stands() {
        let chapter = Chapter {
            path: "a.md".into(),
            ..Chapter::default()
        };
        let config = Config::default();
        let pen = Pen::new(&config, date(2026, 3, 1));
        let (adr, design) = (adr(), design());
        let documents = [&adr, &design].map(|document| Entry {
            chapter: &chapter,
            document,
            book: None,
        });
        let table = table(&documents, &Place { pen: &pen, depth: 0 });
        assert_eq!(
            table.rows[0].cells[0],
            "<a href=\"a.md\">A &lt;b&gt;</a> <span class=\"dd-muted\">decision record</span>"
        );
        assert_eq!(table.rows[0].cells[2], "@ada");
        assert_eq!(
            table.rows[1].cells[3..5],
            [
                "<time datetime=\"2026-01-01\">2026-01-01</time>",
                "<a href=\"a.md#undated\">2 open</a>, <a href=\"a.md#late\">1 overdue</a>",
            ]
        );
        assert_eq!(
            table.summary,
            "2 design documents: 1 without a status, 1 superseded. \
             As of <time datetime=\"2026-03-01\">2026-03-01</time>."
        );
    }
}
