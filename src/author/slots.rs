//! Replaces values of the metadata in place: the status, the date of the last change.

use jiff::civil::Date;

use super::cell::one_line;
use super::change::{UNSURE, place};
use super::entry;
use super::template::scalar;
use crate::config::Config;
use crate::model::Document;
use crate::parse::{self, EditTargets, Slot, TaskBox};
use crate::source::{Edit, Source, Span};

/// The edits that set the status `word` wherever the document states one.
pub(super) fn status_edits(
    source: &Source,
    document: &Document,
    targets: &EditTargets,
    word: &str,
    (config, today): (&Config, Date),
) -> Result<Vec<Edit>, String> {
    if targets.status.is_empty() {
        return Err("it has no status to change; add a line such as **Status:** Draft below its title".to_owned());
    }
    let status = parse::status(word, source, config).ok_or_else(|| {
        format!("\"{word}\" is not a status; a team's own are in [preprocessor.design-docs.statuses]")
    })?;
    let is_bare = word == status.state;
    let is_lower = document.status.as_ref().is_some_and(|old| {
        let letters: Vec<char> = old.text.chars().filter(|c| c.is_alphabetic()).collect();
        !letters.is_empty() && letters.iter().all(|c| c.is_lowercase())
    });
    // `in-review` on the command line is In Review on the page.
    let shown = match (is_bare, is_lower) {
        (true, false) => capitalised(word),
        (true, true) => word.replace('-', " "),
        (false, _) => one_line(word),
    };
    let is_current = document.status.as_ref().is_some_and(|old| old.state == status.state);
    let mut edits = Vec::new();
    for slot in &targets.status {
        match slot {
            Slot::Boxes(boxes) => edits.extend(ticks(source, boxes, &status.state)?),
            // A history that already has this status today gets no new step.
            Slot::History(_) | Slot::Step { .. } if is_current => {}
            Slot::History(form) => edits.push(entry::next(form, &entry::line(form, &shown, "", today))),
            Slot::Step { at, arrow, has_day } => {
                let day = if *has_day { format!(" {today}") } else { String::new() };
                edits.push(Edit {
                    span: Span::at(*at),
                    text: format!(" {arrow} {shown}{day}"),
                });
            }
            _ => edits.push(set(source, slot, "status", &shown)?),
        }
    }
    Ok(edits)
}

/// The edits that move the tick to the box of `state`.
fn ticks(source: &Source, boxes: &[TaskBox], state: &str) -> Result<Vec<Edit>, String> {
    let at = boxes.first().map_or(0, |each| each.mark.start);
    if boxes.iter().filter(|each| each.state == state).count() != 1 {
        return Err(format!(
            "{}: no one box of its status says {state}; make the change by hand",
            place(source, at)
        ));
    }
    let wrong = boxes.iter().filter(|each| each.is_ticked != (each.state == state));
    let edits = wrong.map(|each| Edit {
        span: each.mark,
        text: if each.is_ticked { "[ ]" } else { "[x]" }.to_owned(),
    });
    Ok(edits.collect())
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

/// The edits that set the date of the last change wherever it is stated.
pub(super) fn updated_edits(source: &Source, targets: &EditTargets, today: Date) -> Result<Vec<Edit>, String> {
    let slots = targets.updated.iter();
    slots
        .map(|slot| set(source, slot, "day of its last change", &today.to_string()))
        .collect()
}

/// The edit that replaces the value at `slot`, called `name` in messages.
fn set(source: &Source, slot: &Slot, name: &str, value: &str) -> Result<Edit, String> {
    match slot {
        Slot::Value(span) => Ok(Edit {
            span: *span,
            text: value.to_owned(),
        }),
        Slot::Scalar(span) => Ok(Edit {
            span: *span,
            text: scalar(value),
        }),
        // Only a status has these.
        Slot::Boxes(_) | Slot::History(_) | Slot::Step { .. } => Err(UNSURE.to_owned()),
        Slot::Unclear { at, why } => Err(format!(
            "{}: the {name} cannot be replaced: {why}; change it by hand",
            place(source, *at)
        )),
    }
}
