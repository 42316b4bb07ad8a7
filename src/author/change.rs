//! Changes single facts in a document's text, as its author would.
//!
//! What comes out is read again: unless it says what was asked for, and everything else as
//! before, nothing is changed.

use jiff::civil::Date;

use super::cell::{cell, link_text};
use crate::config::Config;
use crate::model::{Document, Kind, OpenQuestion, Person};
use crate::parse::{self, Answer, AnswerCells, Cell, Column, Log, Places, Slot};
use crate::source::{Edit, Source, splice};

/// A decision to record.
#[derive(Debug, Clone, Default)]
pub struct NewDecision {
    /// What was decided.
    pub text: String,
    /// Why.
    pub rationale: String,
    /// By whom.
    pub decided_by: String,
    /// The question that it settles: its number, its id, or some of its words.
    pub question: Option<String>,
    /// The status that the document has from now on.
    pub status: Option<String>,
}

/// `source` with the status `word` in every place, last updated on `today`.
///
/// # Errors
/// With what keeps it from being changed.
pub fn set_status(source: &Source, config: &Config, word: &str, today: Date) -> Result<Vec<Edit>, String> {
    let (document, places) = read(source, config)?;
    let edits = [
        status_edits(source, &document, &places, word, config)?,
        updated_edits(source, &places, today),
    ];
    let edits = sorted(edits.concat());
    let after = reread(source, &edits, config)?;
    let is_set = state(&after) == parse::status(word, config).map(|status| status.state);
    let is_same = after.questions.len() == document.questions.len()
        && after.decisions.len() == document.decisions.len()
        && is_dated(&after, &places, today);
    confirmed(edits, is_set && is_same && has_same_head(&document, &after))
}

/// `source` with a row for `decision`, taken on `today`, and its question closed.
///
/// # Errors
/// With what keeps it from being changed.
pub fn decide(source: &Source, config: &Config, decision: &NewDecision, today: Date) -> Result<Vec<Edit>, String> {
    let (document, places) = read(source, config)?;
    if document.kind == Kind::Adr && places.log.is_none() {
        return Err("it is the record of one decision; give it its status: `mdbook-design-docs status`".to_owned());
    }
    let log = places.log.as_ref().ok_or(
        "it has neither a table of decisions nor open questions below which one belongs; begin one:\n\n  ## Decision Log\n\n  \
         | Date | Decision | Rationale | Decided By |\n  |------|----------|-----------|------------|\n",
    )?;
    let mut edits = vec![row(source, log, decision, today)];
    let with_row = reread(source, &edits, config)?;
    let known = |id: &str| document.decisions.iter().any(|each| each.id == id);
    let added = with_row.decisions.iter().find(|each| !known(&each.id));
    let id = added.map(|each| each.id.clone()).ok_or(UNSURE)?;
    let closed = match &decision.question {
        Some(wanted) => {
            let question = find(&document, wanted)?;
            // Before a log that is begun at the same place.
            edits.splice(..0, answer(&document, &places, question, decision, &id, today)?);
            Some(question.id.clone())
        }
        None => None,
    };
    if let Some(word) = &decision.status {
        edits.extend(status_edits(source, &document, &places, word, config)?);
    }
    edits.extend(updated_edits(source, &places, today));
    let edits = sorted(edits);
    let after = reread(source, &edits, config)?;
    let open = |document: &Document| document.questions.iter().filter(|each| !each.resolved).count();
    let is_closed = closed.is_none_or(|id| after.questions.iter().any(|each| each.id == id && each.resolved));
    let is_told = after.decisions.len() == document.decisions.len() + 1
        && after.questions.len() == document.questions.len()
        && open(&after) + usize::from(decision.question.is_some()) == open(&document)
        && is_dated(&after, &places, today);
    confirmed(edits, is_closed && is_told && has_same_head(&document, &after))
}

const UNSURE: &str = "its form leaves no certain place for the change; make it by hand";

fn read(source: &Source, config: &Config) -> Result<(Document, Places), String> {
    parse::places(source, config).ok_or_else(|| "it is not recognised as a design document".to_owned())
}

fn reread(source: &Source, edits: &[Edit], config: &Config) -> Result<Document, String> {
    let changed = Source {
        text: splice(&source.text, edits),
        ..source.clone()
    };
    read(&changed, config).map(|(document, _)| document)
}

fn confirmed(edits: Vec<Edit>, is_right: bool) -> Result<Vec<Edit>, String> {
    if is_right { Ok(edits) } else { Err(UNSURE.to_owned()) }
}

fn has_same_head(before: &Document, after: &Document) -> bool {
    let names = |people: &[Person]| {
        people
            .iter()
            .map(|person| person.display().to_owned())
            .collect::<Vec<_>>()
    };
    before.title.value == after.title.value
        && before.kind == after.kind
        && names(&before.authors) == names(&after.authors)
        && names(&before.reviewers) == names(&after.reviewers)
        && before.created.as_ref().map(|date| &date.text) == after.created.as_ref().map(|date| &date.text)
}

fn is_dated(after: &Document, places: &Places, today: Date) -> bool {
    let updated = after.updated.as_ref().and_then(|updated| updated.date());
    places.updated.is_empty() || updated == Some(today)
}

fn state(document: &Document) -> Option<String> {
    document.status.as_ref().map(|status| status.state.clone())
}

fn sorted(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|edit| edit.span);
    edits
}

fn status_edits(
    source: &Source,
    document: &Document,
    places: &Places,
    word: &str,
    config: &Config,
) -> Result<Vec<Edit>, String> {
    if places.status.is_empty() {
        return Err("it has no status to change; add a line such as **Status:** Draft below its title".to_owned());
    }
    let status = parse::status(word, config)
        .ok_or_else(|| format!("\"{word}\" is no status; a team's own stand in [preprocessor.design-docs.statuses]"))?;
    let is_bare = word == status.state;
    let is_lower = document.status.as_ref().is_some_and(|old| {
        let letters: Vec<char> = old.text.chars().filter(|c| c.is_alphabetic()).collect();
        !letters.is_empty() && letters.iter().all(|c| c.is_lowercase())
    });
    // `in-review` on the command line is In Review on the page.
    let shown = match (is_bare, is_lower) {
        (true, false) => capitalised(word),
        (true, true) => word.replace('-', " "),
        (false, _) => word.to_owned(),
    };
    Ok(places.status.iter().map(|slot| set(source, *slot, &shown)).collect())
}

fn capitalised(word: &str) -> String {
    let words = word.split('-').map(|word| {
        let mut letters = word.chars();
        letters
            .next()
            .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    });
    words.collect::<Vec<String>>().join(" ")
}

fn updated_edits(source: &Source, places: &Places, today: Date) -> Vec<Edit> {
    let slots = places.updated.iter();
    slots.map(|slot| set(source, *slot, &today.to_string())).collect()
}

/// The value at `slot`, replaced; in front matter what stands behind the key, up to a comment.
fn set(source: &Source, slot: Slot, value: &str) -> Edit {
    let mut span = slot.span;
    if slot.is_yaml {
        let line = span.of(&source.text);
        let colon = line.find(':').map_or(0, |at| at + 1);
        let end = line[colon..].find(" #").map_or(line.len(), |at| colon + at);
        let written = line[colon..end].trim();
        let start = colon + line[colon..].find(written).unwrap_or(0);
        if written.is_empty() {
            span.end = span.start + colon;
            span.start = span.end;
            return Edit {
                span,
                text: format!(" {value}"),
            };
        }
        span.end = span.start + start + written.len();
        span.start += start;
    }
    Edit {
        span,
        text: value.to_owned(),
    }
}

fn row(source: &Source, log: &Log, decision: &NewDecision, today: Date) -> Edit {
    let cells: Vec<String> = log
        .columns
        .iter()
        .map(|column| match column {
            Column::Date => today.to_string(),
            Column::Decision => cell(&decision.text),
            Column::Rationale => cell(&decision.rationale),
            Column::DecidedBy => cell(&decision.decided_by),
            Column::Label => next_label(log.last_label.as_deref().unwrap_or_default()),
            Column::Other => String::new(),
        })
        .collect();
    let newline = if source.text.contains("\r\n") { "\r\n" } else { "\n" };
    let row = format!("{}| {} |", log.prefix, cells.join(" | "));
    if let Some(level) = log.to_begin {
        let section = [
            "",
            "",
            &format!("{} Decision Log", "#".repeat(usize::from(level))),
            "",
            "| Date | Decision | Rationale | Decided By |",
            "|------|----------|-----------|------------|",
            &row,
        ];
        return Edit {
            span: log.at,
            text: section.join(newline),
        };
    }
    let before = &source.text[..log.at.start];
    let gap = if before.is_empty() || before.ends_with('\n') {
        ""
    } else {
        newline
    };
    Edit {
        span: log.at,
        text: format!("{gap}{row}{newline}"),
    }
}

/// `D-08` after `D-07`.
fn next_label(last: &str) -> String {
    let digits = last.len() - last.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (head, number) = last.split_at(last.len() - digits);
    match number.parse::<u64>() {
        Ok(number) => format!("{head}{:0digits$}", number + 1),
        Err(_) => String::new(),
    }
}

/// The one open question that `wanted` means.
fn find<'d>(document: &'d Document, wanted: &str) -> Result<&'d OpenQuestion, String> {
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

fn answer(
    document: &Document,
    places: &Places,
    question: &OpenQuestion,
    decision: &NewDecision,
    id: &str,
    today: Date,
) -> Result<Vec<Edit>, String> {
    let index = document.questions.iter().position(|each| each.id == question.id);
    let place = index.and_then(|index| places.answers.get(index)?.as_ref());
    let link = format!("[{}](#{id})", link_text(&decision.text));
    match place.ok_or(UNSURE)? {
        Answer::Below { at, lead } => Ok(vec![Edit {
            span: crate::source::Span::at(*at),
            text: format!("{lead}**Resolved {today}:** {link}"),
        }]),
        Answer::Row(cells) => Ok(row_closed(cells, &cell(&link), today)),
    }
}

/// The row says it in its own columns; where it has none, at the question.
fn row_closed(cells: &AnswerCells, link: &str, today: Date) -> Vec<Edit> {
    let set = |cell: &Cell, text: String| Edit {
        span: cell.span,
        text: format!(" {text} "),
    };
    let answer = cells.answer.as_ref().map(|cell| match cell.text.as_str() {
        "" => set(cell, link.to_owned()),
        old => set(cell, format!("{link} — {old}")),
    });
    let status = cells.status.as_ref().map(|(cell, word)| match answer {
        Some(_) => set(cell, word.clone()),
        None => set(cell, format!("{word} {today}: {link}")),
    });
    let mut edits: Vec<Edit> = status.into_iter().chain(answer).collect();
    if edits.is_empty() {
        let asked = &cells.question;
        edits.push(set(asked, format!("~~{}~~ **Resolved {today}:** {link}", asked.text)));
    }
    edits
}

#[cfg(test)]
mod tests;
