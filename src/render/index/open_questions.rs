//! The open questions of the book, most urgent first.

use maud::html;

use super::paginate::{Page, Years};
use super::table::{Apart, Column, Row, Rows, Table};
use super::{Entry, IndexWriter, unread};
use crate::model::{OpenQuestion, Standing, days_between};
use crate::render::words::fill;
use crate::render::writer::Writer;
use crate::render::{badge, link, markdown, past};

/// A question with its document and standing.
pub(super) type Asked<'a> = (Entry<'a>, &'a OpenQuestion, Standing);

/// An open question that is due in more days than this may move to the page of its year.
const FAR: i64 = 366;

/// Every question of the page, by standing, then by date; resolved ones separately.
pub(super) fn table<'a>(documents: &[Entry<'a>], at: IndexWriter<'a>, page: Page) -> Table<'a> {
    list(asked(documents, page, at.writer), documents, &at)
}

/// These questions of `documents`, as they are sorted.
pub(super) fn list<'a>(asked: Vec<Asked<'a>>, documents: &[Entry<'a>], at: &IndexWriter<'a>) -> Table<'a> {
    let at = *at;
    let words = at.writer.words;
    // Without `history` nothing is known, and there is no column.
    let has_past = asked.iter().any(|(_, question, _)| question.past.is_known());
    let (resolved, open): (Vec<_>, Vec<_>) = asked
        .into_iter()
        .partition(|(_, _, standing)| *standing == Standing::Resolved);
    let rows = |asked: Vec<Asked<'a>>| Rows::new(asked, move |&asked| row(asked, has_past, &at));
    Table {
        summary: summary(&open, documents, &at),
        views: views(&at),
        // The cells of `row` have the same order.
        columns: [
            Some(Column::short(words.number, "number")),
            Some(Column::subject(words.question, "question text")),
            Some(Column::short(words.deadline, "due due")),
            // The style knows columns of days by the beginning of their keys.
            has_past.then(|| Column::short(words.asked_on, "date-asked date").labelled()),
            Some(Column::short(words.owner, "owner people")),
            Some(Column::short(words.document, "document name")),
        ]
        .into_iter()
        .flatten()
        .collect(),
        rows: rows(open),
        apart: Some(Apart {
            summary: at.writer.text(&fill(words.n_resolved, &resolved.len().to_string())),
            rows: rows(resolved),
        }),
        empty: unread::sentence(words.no_questions, documents, &at),
        ..Table::default()
    }
}

/// The years of the further pages, if the first one has at most so many `rows`.
pub(super) fn years(documents: &[Entry<'_>], rows: usize, writer: &Writer<'_>) -> Vec<Years> {
    let asked: Vec<Asked<'_>> = all(documents, writer).collect();
    Years::of(&asked, rows, |asked| year(asked, writer))
}

fn all<'a>(documents: &[Entry<'a>], writer: &Writer<'_>) -> impl Iterator<Item = Asked<'a>> {
    let (today, soon) = (writer.today, writer.config.due_soon_days);
    documents.iter().flat_map(move |&entry| {
        let questions = entry.document.questions.iter();
        questions.map(move |question| (entry, question, question.standing(today, soon)))
    })
}

/// Every question of the page, by standing, then by date.
pub(super) fn asked<'a>(documents: &[Entry<'a>], page: Page, writer: &Writer<'_>) -> Vec<Asked<'a>> {
    let mut asked: Vec<Asked<'a>> = all(documents, writer)
        .filter(|asked| page.has(year(asked, writer)))
        .collect();
    asked.sort_by_cached_key(|&(_, question, standing)| (standing, question.day()));
    asked
}

/// The year of a question; None if it stays on the first page, as open questions that are undated
/// or not far ahead do.
fn year(&(_, question, standing): &Asked<'_>, writer: &Writer<'_>) -> Option<i16> {
    let day = question.day()?;
    let is_far = days_between(writer.today, day) > FAR;
    (is_far || standing == Standing::Resolved).then(|| day.year())
}

/// Links to what a lead asks first.
fn views(at: &IndexWriter<'_>) -> Vec<String> {
    let words = at.writer.words;
    let views: [(&str, &[(&str, &str)]); 2] = [
        (words.overdue_by_owner, &[("due", "overdue"), ("group", "owner")]),
        (words.without_owner, &[("due", "open"), ("owner", "-")]),
    ];
    views
        .into_iter()
        .filter_map(|(name, filters)| at.link_to_view(name, filters))
        .collect()
}

fn row<'a>((entry, question, standing): Asked<'a>, has_past: bool, at: &IndexWriter<'a>) -> Row {
    let writer = at.writer;
    let anchor = link::question_anchor(entry.chapter, question, writer);
    let href = at.href(entry, anchor);
    let mut what = writer.subject(&writer.carried(&question.question, at.depth), &href);
    for more in [&question.context, &question.resolution] {
        if !more.is_empty() {
            what = writer.below(&what, &writer.markdown(&writer.carried(more, at.depth)));
        }
    }
    let number = question.number.as_deref().unwrap_or_default();
    let badge = match writer.html {
        true => badge::in_row(question, standing, writer).into(),
        false => badge::in_index(question, standing, &href, writer).into(),
    };
    Row {
        state: Some(standing.word()),
        cells: [
            Some(writer.text(number).into()),
            Some(what.into()),
            Some(badge),
            has_past.then(|| past(question, writer).into()),
            Some(writer.names(&question.owners).into()),
            Some(at.document(entry).into()),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..Row::default()
    }
}

/// The day on which a question was asked, and below it how often its deadline was moved.
fn past(question: &OpenQuestion, writer: &Writer<'_>) -> String {
    let asked = question.past.asked.map(|day| writer.text(&day.to_string()));
    let moved = past::moved(question, writer).map(|moved| writer.muted(&moved));
    match (asked, moved) {
        (Some(asked), Some(moved)) => writer.below(&asked, &moved),
        (asked, moved) => asked.or(moved).unwrap_or_default(),
    }
}

/// `3 overdue, 2 due soon, 10 open in 8 design documents. As of …`.
fn summary(asked: &[Asked<'_>], documents: &[Entry<'_>], at: &IndexWriter<'_>) -> String {
    let writer = at.writer;
    let words = writer.words;
    let with = |wanted| asked.iter().filter(move |(_, _, standing)| *standing == wanted).count();
    let counts = [
        ("overdue", words.n_overdue, with(Standing::Overdue)),
        ("due-today", words.n_due_today, with(Standing::DueToday)),
        ("due-soon", words.n_due_soon, with(Standing::DueSoon)),
        ("open", words.n_open, asked.len()),
    ];
    let said: Vec<String> = counts
        .into_iter()
        .filter(|&(name, _, count)| writer.html || count > 0 || name == "open")
        .map(|(name, phrase, count)| count_of(name, phrase, count, at))
        .collect();
    let separator = if writer.html { " " } else { ", " };
    format!(
        "{} {}. {}",
        said.join(separator),
        at.in_documents(documents),
        writer.as_of()
    )
}

/// A count that leads to what is counted and that a script updates; a count of zero is present but
/// hidden.
fn count_of(name: &str, phrase: &str, count: usize, at: &IndexWriter<'_>) -> String {
    let text = fill(phrase, &count.to_string());
    if !at.writer.html {
        return markdown::escape(&text);
    }
    let href = at.view(None, &[("due", name)]);
    let is_unseen = count == 0 && name != "open";
    html! {
        a.dd-count data-count=(name) href=[href] hidden[is_unseen] { @if !is_unseen { (text) } }
    }
    .into_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DateText, Deadline, Document, Fragment, When};
    use crate::render::index::entry::alone;
    use jiff::civil::date;

    fn question(id: &str, when: When) -> OpenQuestion {
        OpenQuestion {
            id: id.into(),
            question: Fragment::new(id.into(), format!("{id} `x`"), Vec::new()),
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
        let table = alone(&document, 1, |documents, place| {
            table(documents, place, Page::WHOLE).read()
        });
        let states: Vec<_> = table
            .rows
            .iter()
            .chain(&table.apart)
            .filter_map(|row| row.state)
            .collect();
        assert_eq!(
            states,
            [
                "overdue", "overdue", "due-today", "due-soon", "upcoming", "milestone", "undated", "resolved"
            ]
        );
        let contents = |row: usize| table.rows[row].cells.iter().map(|cell| cell.content.as_str());
        let oldest = [
            "",
            "\n\n<a href=\"../a/b.html#oldest\">oldest `x`</a>\n\n",
            "<time class=\"dd-due\" data-state=\"overdue\" datetime=\"2026-01-01\">Overdue\n2026-01-01</time>",
            "",
            "<a href=\"../a/b.html\">a/b.md</a>",
        ];
        assert!(contents(0).eq(oldest), "{:?}", table.rows[0]);
        let undated = &table.rows[6].cells[2];
        assert_eq!(undated.attributes, " class=\"dd-due\" data-state=\"undated\"");
        assert_eq!(undated.content, "No date · Phase 1");
        assert_eq!(
            table.summary,
            "<a class=\"dd-count\" data-count=\"overdue\" href=\"../index.html?due=overdue\">2 overdue</a> \
             <a class=\"dd-count\" data-count=\"due-today\" href=\"../index.html?due=due-today\">1 due today</a> \
             <a class=\"dd-count\" data-count=\"due-soon\" href=\"../index.html?due=due-soon\">1 due soon</a> \
             <a class=\"dd-count\" data-count=\"open\" href=\"../index.html?due=open\">7 open</a> in 1 design document. \
             As of <time class=\"dd-asof\" datetime=\"2026-03-01\">2026-03-01</time>."
        );
    }

    #[test]
    fn a_long_list_leaves_what_is_settled_or_far_to_the_years() {
        let mut resolved = question("resolved", When::Day(date(2020, 1, 1)));
        resolved.resolved = true;
        let document = Document {
            questions: vec![
                resolved,
                question("far", When::Day(date(2029, 1, 1))),
                question("old", When::Day(date(2020, 2, 1))),
                question("waits", When::Milestone(None)),
            ],
            ..Document::default()
        };
        let years = alone(&document, 0, |documents, place| years(documents, 2, place.writer));
        assert_eq!(years.iter().map(Years::to_string).collect::<Vec<_>>(), ["2029", "2020"]);
        let page = Page {
            here: None,
            newest: Some(years[0]),
        };
        let table = alone(&document, 0, |documents, place| table(documents, place, page).read());
        assert_eq!(table.rows.len(), 2, "what is overdue is on the first page, however old");
    }
}
