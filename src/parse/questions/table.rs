//! Open questions as rows of a table.

use crate::model::BadgeForm;
use crate::parse::markdown::fold::{asks, folded_in_place};
use crate::parse::markdown::table::Table;
use crate::parse::record::closing::{is_done, leads_any, says_open};
use crate::parse::record::columns::Columns;
use crate::parse::record::{Reader, Record};
use crate::parse::values::status::TICKS;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::{Class, Key, Scope};

/// The meaning of a question table's columns. None if no column holds questions.
pub(crate) fn columns(table: &Table<'_>, vocabulary: &Vocabulary<'_>) -> Option<(Columns, usize)> {
    let columns = Columns::of(table, Scope::Question, vocabulary);
    let question = columns.find(Key::Question).or_else(|| fallback(table, &columns))?;
    Some((columns, question))
}

/// Adds a record for each row with a question.
pub(crate) fn rows<'r>(table: &Table<'r>, reader: &Reader<'r>, out: &mut Vec<Record<'r>>) {
    let vocabulary = reader.vocabulary;
    let Some((columns, question)) = columns(table, vocabulary) else {
        return;
    };
    let find = |key| columns.find(key).filter(|column| *column != question);
    let (due, answer) = (find(Key::Due), find(Key::Answer));
    for row in table.rows.iter().filter(|row| !row.is_empty()) {
        let mut record = columns.record(row, question);
        // Assumptions are listed next to the questions but are not questions.
        if record.number.as_deref().is_some_and(|number| number.starts_with("A-")) {
            continue;
        }
        let (badge_at, bars) = row.end(due.unwrap_or(question)).unwrap_or((row.span.end, None));
        record.badge_at = badge_at;
        record.badge_form = bars.map_or(BadgeForm::Inline, BadgeForm::ShortRow);
        record.facts.retain(|fact| fact.key != Key::Answer);
        record.take_marks(reader);
        let (state, answered) = (row.text(find(Key::Status)), row.text(answer));
        let is_open = folded_in_place(&state, |state| {
            leads_any(&[Class::Open, Class::OpenState, Class::NotYet], state, vocabulary)
        });
        // An answer closes the question unless the status says otherwise.
        let is_no = folded_in_place(&answered, |folded| vocabulary.is(Class::No, folded));
        let is_answered = !says_open(&answered, vocabulary) && !is_no && !is_open;
        let is_ticked = state.contains(TICKS) || answered.contains(TICKS);
        record.closed |= is_done(&state, vocabulary) || is_ticked || is_answered;
        if record.closed && !answered.is_empty() {
            record.facts.retain(|fact| fact.key != Key::Answer);
            record.add(Key::Answer, row.cell(answer).to_vec());
        }
        out.push(record);
    }
}

/// If no column is labelled as the question: in a table of questions, the column after the ids.
fn fallback(table: &Table<'_>, columns: &Columns) -> Option<usize> {
    let first = columns.find(Key::Number).map_or(0, |number| number + 1);
    let asks = table.rows.iter().any(|row| asks(&row.text(Some(first))));
    // `Decision | Owner | Deadline`: decisions still to be made.
    let is_known = || {
        let known = columns.find(Key::Owner).or(columns.find(Key::Due));
        known.is_some_and(|known| known > first)
    };
    ((asks || is_known()) && first < table.columns.len()).then_some(first)
}
