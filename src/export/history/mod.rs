//! `history`: how long each document has been in review, when its open questions were asked, and how often
//! their deadlines have moved.

mod csv;
mod markdown;
mod sums;

use jiff::civil::Date;
use serde::Serialize;

use super::ExportInput;
use super::record::DocumentRef;
use crate::config::GENERATOR;
use crate::diagnostic::harmless_json;
use crate::history::{OpenSince, Step, Timeline};
use crate::model::{OpenQuestion, days_between};
use sums::Sums;

pub use csv::csv;
pub use markdown::markdown;

/// The history of a book.
#[derive(Debug)]
pub struct History<'a> {
    /// The last version of the book.
    pub book: ExportInput<'a>,
    /// The commit of that version.
    pub head: &'a str,
    /// Whether the repository has everything since the beginning.
    pub is_complete: bool,
    /// The history of each document, by the index of its chapter.
    pub timelines: &'a [(usize, Timeline)],
}

#[derive(Serialize)]
struct Json<'a> {
    schema_version: u32,
    generator: &'static str,
    as_of: String,
    head: &'a str,
    complete: bool,
    summary: Sums,
    documents: Vec<Document<'a>>,
}

#[derive(Serialize)]
struct Document<'a> {
    path: &'a str,
    title: &'a str,
    status: Option<&'a str>,
    /// The first day of which something is known, if there was something before.
    unknown_before: Option<String>,
    statuses: Vec<Move<'a>>,
    days_in_review: Option<i64>,
    open_questions: Vec<Question<'a>>,
}

#[derive(Serialize)]
struct Question<'a> {
    id: &'a str,
    question: &'a str,
    line: usize,
    due: Option<String>,
    asked: Option<String>,
    /// The days since it was asked.
    age: Option<i64>,
    deadlines: Vec<Move<'a>>,
}

#[derive(Serialize)]
struct Move<'a> {
    date: String,
    author: &'a str,
    from: Option<&'a str>,
    to: Option<&'a str>,
}

/// A document with its history.
struct Entry<'a> {
    page: DocumentRef<'a>,
    timeline: &'a Timeline,
    /// Its open questions, with their lines and their histories.
    questions: Vec<(&'a OpenQuestion, usize, &'a OpenSince)>,
}

impl<'a> History<'a> {
    /// The documents in the order of the book.
    fn entries(&'a self) -> impl Iterator<Item = Entry<'a>> {
        self.timelines.iter().filter_map(|(chapter, timeline)| {
            let page = self.book.page(*chapter)?;
            let open = page.document.questions.iter().filter(|question| !question.resolved);
            let open: Vec<&OpenQuestion> = open.collect();
            let lines = page.lines(open.iter().map(|question| question.span));
            let questions = open.into_iter().zip(lines).zip(&timeline.open_questions);
            Some(Entry {
                page,
                timeline,
                questions: questions
                    .map(|((question, line), since)| (question, line, since))
                    .collect(),
            })
        })
    }

    /// The days from a day until today.
    fn age(&self, day: Option<Date>) -> Option<i64> {
        day.map(|day| days_between(day, self.book.today).max(0))
    }
}

/// The history as JSON, version 1.
///
/// # Errors
/// None in practice: serde_json can write plain data.
pub fn json(history: &History<'_>) -> serde_json::Result<String> {
    let json = Json {
        schema_version: 1,
        generator: GENERATOR,
        as_of: history.book.today.to_string(),
        head: history.head,
        complete: history.is_complete,
        summary: Sums::of(history),
        documents: history.entries().map(|entry| document(history, &entry)).collect(),
    };
    Ok(harmless_json(serde_json::to_string_pretty(&json)?) + "\n")
}

fn document<'a>(history: &History<'a>, entry: &Entry<'a>) -> Document<'a> {
    let questions = entry.questions.iter().map(|(question, line, since)| Question {
        id: &question.id,
        question: &question.question.text,
        line: *line,
        due: question.day().map(|day| day.to_string()),
        asked: since.asked.map(|day| day.to_string()),
        age: history.age(since.asked),
        deadlines: since.deadlines.iter().map(moved).collect(),
    });
    Document {
        path: entry.page.path(),
        title: entry.page.title(),
        status: entry.page.document.status.as_ref().map(|status| status.state.as_str()),
        unknown_before: entry.timeline.unknown_before.map(|day| day.to_string()),
        statuses: entry.timeline.statuses.iter().map(moved).collect(),
        days_in_review: entry.timeline.days_in_review,
        open_questions: questions.collect(),
    }
}

fn moved(step: &Step) -> Move<'_> {
    Move {
        date: step.day.to_string(),
        author: &step.author,
        from: step.from.as_deref(),
        to: step.to.as_deref(),
    }
}
