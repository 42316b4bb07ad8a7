//! Adds a decision as its author would: as a row of the table, an item of the list, or the first
//! row of a new table.

use jiff::civil::Date;

use super::cell::{cell, one_line};
use super::change::{NewDecision, place};
use crate::model::{Document, DocumentKind};
use crate::parse::{Column, EditTargets, ItemForm, ItemPart, Log};
use crate::source::{Edit, Source, Span};

/// The edit that adds the decision where the document keeps its decisions.
pub(super) fn added(
    source: &Source,
    document: &Document,
    targets: &EditTargets,
    decision: &NewDecision,
    today: Date,
) -> Result<Edit, String> {
    if let Some(log) = targets
        .log
        .as_ref()
        .filter(|log| log.to_begin.is_none() || targets.items.is_none())
    {
        if document.kind == DocumentKind::Adr && log.to_begin.is_some() {
            return Err(ONE_DECISION.to_owned());
        }
        return Ok(row(source, log, decision, today));
    }
    if let Some(form) = &targets.items {
        let has_names = form.parts.iter().any(|(_, part)| *part == ItemPart::DecidedBy);
        return match has_names && decision.decided_by.trim().is_empty() {
            true => Err("its list of decisions says who has decided: give the name with --by".to_owned()),
            false => Ok(item(source, form, decision, today)),
        };
    }
    if document.kind == DocumentKind::Adr {
        return Err(ONE_DECISION.to_owned());
    }
    const TABLE: &str =
        "\n\n  | Date | Decision | Rationale | Decided By |\n  |------|----------|-----------|------------|\n";
    Err(match targets.log_headings.first() {
        Some(at) => format!(
            "{}: below its heading of decisions there is neither a table of decisions nor a list with an item whose \
             form can be followed, such as \"- {today}: Use a queue\"; add the decision by hand, or begin a table there:{TABLE}",
            place(source, *at)
        ),
        None => format!(
            "it has no decisions yet, and no open questions below which they belong; begin a table:\n\n  ## Decision Log{TABLE}"
        ),
    })
}

const ONE_DECISION: &str = "it is the record of one decision; give it its status: `mdbook-design-docs status`";

/// `decision` as a row of `log`.
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
    let newline = newline(source);
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

/// `decision` as an item of a list with the given form; facts without a place in the form become
/// nested items.
fn item(source: &Source, form: &ItemForm, decision: &NewDecision, today: Date) -> Edit {
    let mut item = line(form, &decision.text, &decision.decided_by, today);
    let has_names = form.parts.iter().any(|(_, part)| *part == ItemPart::DecidedBy);
    let names = Some(&decision.decided_by).filter(|_| decision.is_by_given && !has_names);
    let why = Some(&decision.rationale).filter(|why| !why.trim().is_empty());
    // Indented to the item's text, with the markers of enclosing quotes.
    let is_margin = |ch: char| ch.is_whitespace() || ch == '>';
    let mark = form.line.find(|ch: char| !is_margin(ch)).unwrap_or_default();
    let width = form.line[mark..].find(' ').map_or(1, |space| space + 1);
    let below = format!("{}{}{}- ", newline(source), &form.line[..mark], " ".repeat(width));
    for (label, value) in [("Rationale", why), ("Decided by", names)] {
        if let Some(value) = value {
            item += &format!("{below}{label}: {}", one_line(value));
        }
    }
    next(form, &item)
}

/// The line of an item with the text `text`.
pub(super) fn line(form: &ItemForm, text: &str, names: &str, today: Date) -> String {
    let mut line = String::new();
    let mut at = 0;
    for (span, part) in &form.parts {
        line.push_str(&form.line[at..span.start]);
        line += &match part {
            ItemPart::Date => today.to_string(),
            ItemPart::Text => one_line(text),
            ItemPart::Label(last) => next_label(last),
            ItemPart::Number(next) => next.to_string(),
            ItemPart::DecidedBy => one_line(names),
        };
        at = span.end;
    }
    line + &form.line[at..]
}

/// The edit that adds `item` where the list has its newest item.
pub(super) fn next(form: &ItemForm, item: &str) -> Edit {
    Edit {
        span: Span::at(form.at),
        text: match form.is_newest_first {
            true => format!("{item}{}", form.gap),
            false => format!("{}{item}", form.gap),
        },
    }
}

pub(super) fn newline(source: &Source) -> &'static str {
    if source.text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// `D-08` after `D-07`.
pub(super) fn next_label(last: &str) -> String {
    let digits = last.len() - last.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (head, number) = last.split_at(last.len() - digits);
    match number.parse::<u64>() {
        Ok(number) => format!("{head}{:0digits$}", number + 1),
        Err(_) => String::new(),
    }
}
