//! Open questions as rows of a table.

use std::borrow::Cow;

use super::Reader;
use super::inline::words;
use super::label::{Key, Scope, fold};
use super::question::Draft;
use super::settled::says_open;
use super::table::Table;
use crate::model::BadgeForm;

/// What the columns are called, the most telling name first.
const QUESTION: &[&str] = &[
    "question", "open question", "questions", "open questions", "issue", "open issue", "item", "topic", "description",
    "question issue", "unknown", "decision needed", "decision required", "subject", "point", "summary",
];
const OWNER: &[&str] = &[
    "owner", "owners", "decision maker", "decision owner", "assignee", "assigned to", "who", "dri", "responsible",
    "decider", "driver", "lead", "owner s", "decided by", "stakeholder", "raised to",
];
const DUE: &[&str] = &[
    "due", "due date", "target date", "decision needed by", "needed by", "deadline", "decide by", "target", "due by",
    "by when", "resolve by", "decision by", "target resolution", "date needed", "decision date", "resolution date",
    "when", "timeline", "required by", "eta", "target milestone", "resolution target", "answer by",
];
const STATUS: &[&str] = &["status", "state", "resolved"];
const ANSWER: &[&str] = &[
    "resolution", "answer", "decision", "outcome", "resolved", "final decision", "conclusion", "response",
    "resolution decision",
];
const CONTEXT: &[&str] = &[
    "context", "notes", "note", "impact", "background", "details", "why it matters", "why", "comments", "options",
    "recommendation", "current thinking", "proposal", "blocks", "considerations", "rationale",
];
const LABEL: &[&str] = &["id", "", "no", "nr", "number", "q", "ref", "oq"];

/// The columns in which it is told whether a question is settled.
pub(crate) struct Settling {
    pub(crate) question: usize,
    pub(crate) status: Option<usize>,
    pub(crate) answer: Option<usize>,
}

/// These columns of a table of questions.
pub(crate) fn settling(table: &Table<'_>) -> Option<Settling> {
    let label = table.column(LABEL);
    let question = table.column(QUESTION).or_else(|| fallback(table, label))?;
    let other = |names: &[&str]| {
        let column = table.column(names);
        column.filter(|column| *column != question && Some(*column) != label)
    };
    let status = other(STATUS);
    Some(Settling {
        question,
        status,
        answer: other(ANSWER).filter(|column| Some(*column) != status),
    })
}

/// Adds a draft for each row that asks.
pub(crate) fn rows<'r>(table: &Table<'r>, reader: &Reader<'r>, out: &mut Vec<Draft<'r>>) {
    let label = table.column(LABEL);
    let Some(Settling {
        question,
        status,
        answer,
    }) = settling(table)
    else {
        return;
    };
    let other = |names: &[&str]| {
        table
            .column(names)
            .filter(|column| *column != question && Some(*column) != label)
    };
    // A team's own labels name columns too.
    let labelled = |key| {
        let is_so = |column: &String| reader.labels.key(Scope::Question, column) == Some(key);
        table
            .columns
            .iter()
            .position(is_so)
            .filter(|column| *column != question && Some(*column) != label)
    };
    let owner = other(OWNER).or_else(|| labelled(Key::Owner));
    let due = other(DUE).or_else(|| labelled(Key::Due));
    let context = other(CONTEXT);
    for row in table.rows.iter().filter(|row| !row.is_empty()) {
        let number = Some(row.text(label)).filter(|text| label.is_some() && !text.is_empty());
        // Assumptions are listed beside the questions, and ask nothing.
        if number.as_deref().is_some_and(|number| number.starts_with("A-")) {
            continue;
        }
        let mut draft = Draft::new(row.cell(Some(question)).to_vec());
        draft.number = number.map(Cow::into_owned);
        let (at, bars) = row.end(due.unwrap_or(question)).unwrap_or((row.span.end, None));
        draft.badge_at = at;
        draft.badge_form = bars.map_or(BadgeForm::Inline, BadgeForm::ShortRow);
        draft.take_marks();
        draft.owner = row.cell(owner).to_vec();
        draft.due = due.map(|column| row.cell(Some(column)).to_vec());
        draft.context = row.cell(context).to_vec();
        let state = row.text(status);
        let settled = row.text(answer);
        draft.answer = row.cell(answer).to_vec();
        let is_closed = is_done(&state) || state.contains(['✅', '✔', '☑']);
        // An answer settles the question unless the status says that it does not.
        let is_answered = !says_open(&settled) && !is_open_word(&state);
        draft.resolved |= is_closed || is_answered;
        if !draft.resolved && words(&draft.answer).is_empty() {
            draft.answer.clear();
        }
        out.push(draft);
    }
}

/// Whether a status cell says that the question is settled; a remark may follow the word.
pub(crate) fn is_done(state: &str) -> bool {
    let words = fold(state);
    let first = words.split(' ').next().unwrap_or_default();
    matches!(
        first,
        "resolved"
            | "closed"
            | "decided"
            | "answered"
            | "done"
            | "complete"
            | "completed"
            | "settled"
            | "implemented"
            | "accepted"
            | "fixed"
            | "yes"
    )
}

/// A status that only somebody who has not decided writes.
fn is_open_word(state: &str) -> bool {
    let words = fold(state);
    [
        "open", "pending", "in progress", "under", "tbd", "unresolved", "todo", "deferred", "blocked", "needs",
        "proposed", "draft", "in discussion", "investigating", "not",
    ]
    .iter()
    .any(|word| words.starts_with(word))
}

/// Where no column is called a question: the one after the ids, in a table of questions.
fn fallback(table: &Table<'_>, label: Option<usize>) -> Option<usize> {
    let first = label.map_or(0, |label| label + 1);
    let asks = table.rows.iter().any(|row| row.text(Some(first)).contains('?'));
    (asks && first < table.columns.len()).then_some(first)
}
