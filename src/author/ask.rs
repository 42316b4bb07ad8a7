//! Asks another question, in the form in which the document asks its questions.

use std::collections::HashSet;

use jiff::civil::Date;

use super::cell::{cell, one_line};
use super::change::{UNSURE, confirmed, is_read_as, letters, place, read, reread, says, sorted};
use super::entry::next_label;
use super::same::Meant;
use super::slots::updated_edits;
use crate::config::Config;
use crate::model::{Document, OpenQuestion, Person, When};
use crate::parse::{self, Asked, EditTargets, Piece, QuestionPlace};
use crate::source::{Edit, Source, Span};

/// A question to ask.
#[derive(Debug, Clone, Default)]
pub struct NewQuestion {
    /// The question.
    pub text: String,
    /// Who is responsible for it.
    pub owner: Option<String>,
    /// The day by which it must be decided, or a milestone of the book.
    pub due: Option<String>,
}

/// The edits that add a question, and how it is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Added {
    /// The edits, in the order of the text.
    pub edits: Vec<Edit>,
    /// The heading of the section that they begin.
    pub begins: Option<&'static str>,
}

/// The edits that add `question` after the last one.
///
/// # Errors
/// With the reason why the document cannot be changed.
pub fn ask(source: &Source, config: &Config, question: &NewQuestion, today: Date) -> Result<Added, String> {
    if letters(&question.text).is_empty() {
        return Err("describe the question in words".to_owned());
    }
    let (document, targets) = read(source, config)?;
    let due = question.due.as_deref().map(|text| due(text, config)).transpose()?;
    if let Some(same) = document.questions.iter().find(|each| is_same(each, question)) {
        let state = if same.resolved { ", and has resolved it" } else { "" };
        return Err(format!(
            "{}: it asks this already{state}: \"{}\"",
            place(source, same.span.start),
            same.question.text
        ));
    }
    if let Some((at, why)) = targets.asking.unclear {
        return Err(format!("{}: {why}; add the question by hand", place(source, at)));
    }
    let updated = updated_edits(source, &targets, today)?;
    if let Some(missing) = targets.asking.places.iter().find_map(|at| without_column(at, question)) {
        return Err(missing);
    }
    let mut reason = UNSURE.to_owned();
    for at in &targets.asking.places {
        let edit = Edit {
            span: Span::at(at.at),
            text: written(at, question, due.as_deref(), today),
        };
        let mut edits = updated.clone();
        edits.push(edit);
        let edits = sorted(edits);
        match confirm((source, config, today), (&document, &targets), question, edits) {
            Ok(edits) => {
                return Ok(Added {
                    edits,
                    begins: at.begins,
                });
            }
            Err(why) => reason = why,
        }
    }
    Err(reason)
}

/// The day by which it must be decided, as it is written.
fn due(text: &str, config: &Config) -> Result<String, String> {
    let text = one_line(text);
    match parse::deadline(&text, config) {
        When::Day(day) => Ok(day.to_string()),
        When::Month(_) | When::Milestone(Some(_)) => Ok(text),
        When::Ambiguous { day_first, month_first } => Err(format!(
            "the date \"{text}\" is {day_first} or {month_first}; write one of these"
        )),
        When::Milestone(None) => Err(format!(
            "\"{text}\" is neither a date such as 2026-12-31 nor a milestone in [preprocessor.design-docs.milestones]"
        )),
        When::Unset | When::Invalid => Err(format!("\"{text}\" is not a date; write it as 2026-12-31")),
    }
}

/// Whether a question of the document has these words, perhaps after its number: `Q3: Who pays?`.
fn is_same(known: &OpenQuestion, question: &NewQuestion) -> bool {
    const LONGEST_NUMBER: usize = 9;
    let (known, given) = (letters(&known.question.text), letters(&question.text));
    known.strip_suffix(&given).is_some_and(|number| {
        let is_number = number.ends_with(|ch: char| ch.is_ascii_digit()) && number.len() <= LONGEST_NUMBER;
        number.is_empty() || is_number
    })
}

/// The message if a fact has no column in the table of the questions. In the cell of the question it
/// would not be read.
fn without_column(at: &QuestionPlace, question: &NewQuestion) -> Option<String> {
    let has = |wanted: Asked| {
        at.pieces
            .iter()
            .any(|piece| matches!(piece, Piece::Fact { fact, .. } if *fact == wanted))
    };
    let facts = [
        (Asked::Owner, &question.owner, "owner", "--owner"),
        (Asked::Due, &question.due, "deadline", "--due"),
    ];
    let mut missing = facts
        .iter()
        .filter(|(fact, given, ..)| at.is_row && given.is_some() && !has(*fact));
    missing.next().map(|(_, _, what, option)| {
        format!("its table of questions has no column for the {what}; add the column, or leave out {option}")
    })
}

/// The text of the question at its place.
fn written(at: &QuestionPlace, question: &NewQuestion, due: Option<&str>, today: Date) -> String {
    let escaped = |text: &str| if at.is_row { cell(text) } else { one_line(text) };
    let value = |fact: Asked| match fact {
        Asked::Owner => question.owner.as_deref().map(escaped),
        Asked::Due => due.map(escaped),
    };
    let pieces = at.pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::NextAfter(last) => next_label(last),
        Piece::Question => escaped(&question.text),
        Piece::Today => today.to_string(),
        Piece::Fact { fact, before, after } => {
            value(*fact).map_or_else(String::new, |value| format!("{before}{value}{after}"))
        }
        Piece::InBrackets(facts) => {
            let facts = facts
                .iter()
                .filter_map(|(fact, label)| Some(format!("{label}: {}", value(*fact)?)));
            let facts: Vec<String> = facts.collect();
            match facts.is_empty() {
                true => String::new(),
                false => format!(" ({})", facts.join(", ")),
            }
        }
    });
    pieces.collect()
}

/// The edits, if they add exactly this question.
fn confirm(
    (source, config, today): (&Source, &Config, Date),
    (document, targets): (&Document, &EditTargets),
    question: &NewQuestion,
    edits: Vec<Edit>,
) -> Result<Vec<Edit>, String> {
    let (after, _) = reread(source, &edits, config)?;
    says(&after, None, targets, today)?;
    let known: HashSet<&str> = document.questions.iter().map(|each| each.id.as_str()).collect();
    let mut new = after.questions.iter().filter(|each| !known.contains(each.id.as_str()));
    let (Some(new), None) = (new.next(), new.next()) else {
        return Err(UNSURE.to_owned());
    };
    if !is_as_requested(new, question, config) {
        return Err("the question would be read back differently; reword it, or write it by hand".to_owned());
    }
    let meant = Meant {
        labels: &targets.labels,
        asked: Some(&new.id),
        updated: !targets.updated.is_empty(),
        ..Meant::default()
    };
    confirmed(edits, document, &after, &meant)
}

/// Whether the question, read back, has the requested text, owner and deadline.
fn is_as_requested(new: &OpenQuestion, question: &NewQuestion, config: &Config) -> bool {
    let is_owned = match &question.owner {
        Some(owner) => !new.owners.is_empty() && names_all(&new.owners, owner),
        None => new.owners.is_empty(),
    };
    let wanted = question.due.as_deref().map(|text| parse::deadline(text, config));
    let due = new
        .due
        .as_ref()
        .map(|due| due.0.when.clone())
        .filter(|when| *when != When::Unset);
    let is_text = is_same(new, question) || is_read_as(&new.question.text, &question.text);
    !new.resolved && is_text && is_owned && due == wanted
}

/// Whether the people are all that `text` names.
fn names_all(people: &[Person], text: &str) -> bool {
    /// A word that joins two names: `and`, `und`.
    const JOINED: usize = 4;
    let mut rest = letters(text);
    let parts = people
        .iter()
        .flat_map(|person| [&person.name, &person.email, &person.handle]);
    for part in parts
        .flatten()
        .map(|part| letters(part))
        .filter(|part| !part.is_empty())
    {
        rest = rest.replacen(&part, "", 1);
    }
    rest.chars().count() <= JOINED * (people.len() - 1)
}

#[cfg(test)]
mod tests;
