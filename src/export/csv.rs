//! `export --format csv`: one table per file, for spreadsheets.
//!
//! Spreadsheets treat a cell that begins with `=` as a formula and run it, and these cells contain
//! authors' text. Such cells therefore get a leading apostrophe, as OWASP advises.

use csv::{Terminator, WriterBuilder};

use super::ExportInput;
use super::record::{Asked, Decided, DocumentRef, names};
use crate::model::{DateText, Deadline, Person, Standing};

/// The table to export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// A row for each design document.
    Documents,
    /// A row for each decision.
    Decisions,
    /// A row for each open or resolved question.
    Questions,
}

const DOCUMENTS: [&str; 20] = [
    "path", "title", "kind", "status", "state", "created", "updated", "authors", "reviewers", "approved_by",
    "target_release", "open_questions", "overdue_questions", "resolved_questions", "decisions", "steps_done", "steps",
    "url", "revisit", "review_until",
];

const DECISIONS: [&str; 13] = [
    "id", "date", "date_text", "decision", "rationale", "decided_by", "status", "superseded", "document", "path",
    "line", "url", "revisit",
];

const QUESTIONS: [&str; 13] = [
    "id", "standing", "due", "due_text", "question", "context", "owners", "resolved", "resolution", "document", "path",
    "line", "url",
];

/// The table of `book`: a header row, then the rows in the book's order, with the line ends of RFC
/// 4180.
///
/// # Errors
/// None in practice: the table is in memory.
pub fn csv(book: &ExportInput<'_>, table: Table) -> Result<String, String> {
    match table {
        Table::Documents => written(&DOCUMENTS, book.pages().map(|page| document(book, &page))),
        Table::Decisions => written(&DECISIONS, book.decisions().map(|decided| decision(book, &decided))),
        Table::Questions => written(&QUESTIONS, book.questions().map(|asked| question(book, &asked))),
    }
}

/// A table with the heads `heads`.
pub(super) fn written<const N: usize>(
    heads: &[&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> Result<String, String> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    let mut write = |row: &[String]| {
        let cells = row.iter().map(|cell| defused(cell));
        writer.write_record(cells).map_err(|error| error.to_string())
    };
    write(&heads.map(str::to_owned))?;
    rows.into_iter().try_for_each(|row| write(&row))?;
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}

fn document(book: &ExportInput<'_>, page: &DocumentRef<'_>) -> [String; DOCUMENTS.len()] {
    let facts = page.document;
    let standings: Vec<_> = facts
        .questions
        .iter()
        .map(|question| question.standing(book.today, book.config.due_soon_days))
        .collect();
    let count = |wanted| standings.iter().filter(|&&standing| standing == wanted).count();
    let resolved = count(Standing::Resolved);
    let approved: Vec<Person> = facts
        .reviewers
        .iter()
        .chain(&facts.approvers)
        .filter(|person| person.approved == Some(true))
        .cloned()
        .collect();
    let status = facts.status.clone().unwrap_or_default();
    [
        page.path().to_owned(),
        page.title().to_owned(),
        facts.kind.word().to_owned(),
        status.text,
        status.state,
        date(facts.created.as_ref()),
        date(facts.updated.as_ref()),
        names(&facts.authors),
        names(&facts.reviewers),
        names(&approved),
        facts.target_release.clone().unwrap_or_default(),
        (standings.len() - resolved).to_string(),
        count(Standing::Overdue).to_string(),
        resolved.to_string(),
        facts.decisions.len().to_string(),
        facts.steps.done.to_string(),
        facts.steps.total.to_string(),
        book.page_url(page).unwrap_or_default(),
        day(facts.revisit.as_ref()),
        day(facts.review_until.as_ref()),
    ]
}

fn decision(book: &ExportInput<'_>, decided: &Decided<'_>) -> [String; DECISIONS.len()] {
    let facts = decided.decision;
    [
        facts.id.clone(),
        date(facts.date.as_ref()),
        facts.date.as_ref().map(|date| date.text.clone()).unwrap_or_default(),
        facts.decision.text.clone(),
        facts.rationale.text.clone(),
        names(&facts.decided_by),
        facts.status.clone(),
        facts.superseded.to_string(),
        decided.page.title().to_owned(),
        decided.page.path().to_owned(),
        decided.line.to_string(),
        book.decision_url(decided).unwrap_or_default(),
        day(facts.revisit.as_ref()),
    ]
}

fn question(book: &ExportInput<'_>, asked: &Asked<'_>) -> [String; QUESTIONS.len()] {
    let facts = asked.question;
    [
        facts.id.clone(),
        asked.standing.word().to_owned(),
        asked.question.day().map(|day| day.to_string()).unwrap_or_default(),
        facts.due.as_ref().map(|due| due.0.text.clone()).unwrap_or_default(),
        facts.question.text.clone(),
        facts.context.text.clone(),
        names(&facts.owners),
        facts.resolved.to_string(),
        facts.resolution.text.clone(),
        asked.page.title().to_owned(),
        asked.page.path().to_owned(),
        asked.line.to_string(),
        book.question_url(asked).unwrap_or_default(),
    ]
}

/// The day of a deadline; empty where there is none.
fn day(due: Option<&Deadline>) -> String {
    let day = due.and_then(Deadline::day);
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// A full date; empty for words, which a spreadsheet cannot sort as dates.
fn date(date: Option<&DateText>) -> String {
    let day = date.and_then(DateText::date);
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// `cell` as text, if any spreadsheet would treat it as a formula.
fn defused(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}
