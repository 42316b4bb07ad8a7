//! Answers an open question, in the form in which the document asks it.

use jiff::civil::Date;

use super::cell::{cell, link_text};
use super::change::{NewDecision, UNSURE};
use crate::config::Config;
use crate::model::{Document, OpenQuestion};
use crate::parse::{self, Answer, AnswerCells, Cell};
use crate::source::{Edit, Source, Span};

/// The only open question that `wanted` matches.
pub(super) fn find<'d>(document: &'d Document, wanted: &str) -> Result<&'d OpenQuestion, String> {
    let all = &document.questions;
    let exact = |each: &&OpenQuestion| each.id == wanted || each.number.as_deref() == Some(wanted);
    let words = wanted.to_lowercase();
    let telling = |each: &&OpenQuestion| each.question.text.to_lowercase().contains(&words);
    let mut found: Vec<&OpenQuestion> = all.iter().filter(exact).collect();
    if found.is_empty() {
        found = all.iter().filter(telling).collect();
    }
    match found.as_slice() {
        [one] if one.resolved => Err(format!("\"{}\" is settled already", one.question.text)),
        [one] => Ok(one),
        [] => Err(format!("it asks nothing like \"{wanted}\"{}", listed(all.iter()))),
        several => Err(format!(
            "\"{wanted}\" may be one of several questions{}",
            listed(several.iter().copied())
        )),
    }
}

fn listed<'q>(questions: impl Iterator<Item = &'q OpenQuestion>) -> String {
    let lines = questions.filter(|each| !each.resolved).map(|each| {
        let number = each
            .number
            .as_ref()
            .map(|number| format!("{number}. "))
            .unwrap_or_default();
        format!("\n  {number}{}", each.question.text)
    });
    lines.collect()
}

/// The edits that answer `question` with a link to `target`, the place of the decision.
pub(super) fn answer(
    (source, config): (&Source, &Config),
    question: &OpenQuestion,
    decision: &NewDecision,
    target: &str,
    today: Date,
) -> Result<Vec<Edit>, String> {
    let place = parse::answer_target(source, config, &question.id);
    let link = format!("[{}]({target})", link_text(&decision.text));
    match place.ok_or(UNSURE)? {
        Answer::Below { at, lead } => Ok(vec![Edit {
            span: Span::at(at),
            text: format!("{lead}**Resolved {today}:** {link}"),
        }]),
        Answer::Row(cells) => Ok(row_closed(&cells, &cell(&link), today)),
    }
}

/// The edits for a row of a table: in its columns for the answer, including omitted cells, or if
/// the table has no such columns, in the question's cell.
fn row_closed(cells: &AnswerCells, link: &str, today: Date) -> Vec<Edit> {
    let mut changes: Vec<(&Cell, String)> = Vec::new();
    if let Some(cell) = &cells.answer {
        let text = match cell.text.as_str() {
            "" => link.to_owned(),
            old => format!("{link} — {old}"),
        };
        changes.push((cell, text));
    }
    if let Some((cell, word)) = &cells.status {
        let text = match changes.is_empty() {
            true => format!("{word} {today}: {link}"),
            false => word.clone(),
        };
        changes.push((cell, text));
    }
    if changes.is_empty() {
        let asked = &cells.question;
        changes.push((asked, format!("~~{}~~ **Resolved {today}:** {link}", asked.text)));
    }
    let tail = cells.tail;
    let (missing, own): (Vec<_>, Vec<_>) = changes.into_iter().partition(|(cell, _)| cell.column >= tail.cells);
    let set = |(cell, text): (&Cell, String)| Edit {
        span: cell.span,
        text: format!(" {text} "),
    };
    let mut edits: Vec<Edit> = own.into_iter().map(set).collect();
    if let Some(last) = missing.iter().map(|(cell, _)| cell.column).max() {
        let lead = if tail.is_closed { "" } else { " |" };
        let text = |column| {
            missing
                .iter()
                .find(|(cell, _)| cell.column == column)
                .map_or("", |(_, text)| text)
        };
        let added: String = (tail.cells..=last)
            .map(|column| format!(" {} |", text(column)))
            .collect();
        edits.push(Edit {
            span: Span::at(tail.at),
            text: format!("{lead}{added}"),
        });
    }
    edits
}
