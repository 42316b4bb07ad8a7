//! The history as a table: a row for each step.

use super::History;
use crate::export::csv::written;

const COLUMNS: [&str; 9] = [
    "document", "title", "kind", "question_id", "question", "date", "author", "from", "to",
];

/// A row for each status, for each question that was asked, and for each move of a deadline.
///
/// # Errors
/// None in practice: text can be written.
pub fn csv(history: &History<'_>) -> Result<String, String> {
    let mut rows = Vec::new();
    for entry in history.entries() {
        let (path, title) = (entry.page.path(), entry.page.title());
        let mut row = |kind: &str, question: [&str; 2], date: String, author: &str, from: &str, to: &str| {
            let [id, text] = question;
            let values = [path, title, kind, id, text, &date, author, from, to];
            rows.push(values.map(str::to_owned));
        };
        for step in &entry.timeline.statuses {
            let [from, to] = [&step.from, &step.to].map(|value| value.as_deref().unwrap_or_default());
            row("status", ["", ""], step.day.to_string(), &step.author, from, to);
        }
        for (question, _, since) in &entry.questions {
            let named = [question.id.as_str(), question.question.text.as_str()];
            let asked = since.asked.map(|day| day.to_string()).unwrap_or_default();
            row("asked", named, asked, "", "", "");
            for step in &since.deadlines {
                let [from, to] = [&step.from, &step.to].map(|value| value.as_deref().unwrap_or_default());
                row("deadline", named, step.day.to_string(), &step.author, from, to);
            }
        }
    }
    written(&COLUMNS, rows.into_iter())
}
