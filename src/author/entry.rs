//! A new decision as its author would write it: a row of the table, an item of the list, or the
//! first row of a table that is begun.

use jiff::civil::Date;

use super::cell::{cell, one_line};
use super::change::{NewDecision, line};
use crate::model::{Document, Kind};
use crate::parse::{Column, ItemForm, ItemPart, Log, Places};
use crate::source::{Edit, Source, Span};

/// The new decision where the document keeps its decisions.
pub(super) fn added(
    source: &Source,
    document: &Document,
    places: &Places,
    decision: &NewDecision,
    today: Date,
) -> Result<Edit, String> {
    if let Some(log) = places
        .log
        .as_ref()
        .filter(|log| log.to_begin.is_none() || places.items.is_none())
    {
        if document.kind == Kind::Adr && log.to_begin.is_some() {
            return Err(ONE_DECISION.to_owned());
        }
        return Ok(row(source, log, decision, today));
    }
    if let Some(form) = &places.items {
        return Ok(item(source, form, decision, today));
    }
    if document.kind == Kind::Adr {
        return Err(ONE_DECISION.to_owned());
    }
    const TABLE: &str =
        "\n\n  | Date | Decision | Rationale | Decided By |\n  |------|----------|-----------|------------|\n";
    Err(match places.log_headings.first() {
        Some(at) => format!(
            "{}: below its heading of decisions there is neither a table of decisions nor a list with a dated item \
             of one line; add the decision by hand, or begin a table there:{TABLE}",
            line(source, *at)
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

/// `decision` as an item of the list that `form` is taken from; what the form has no place for is
/// an item below it.
fn item(source: &Source, form: &ItemForm, decision: &NewDecision, today: Date) -> Edit {
    let mut line = String::new();
    let mut at = 0;
    let mut names = Some(&decision.decided_by).filter(|_| decision.is_by_given);
    for (span, part) in &form.parts {
        line.push_str(&form.line[at..span.start]);
        line += &match part {
            ItemPart::Date => today.to_string(),
            ItemPart::Decision => one_line(&decision.text),
            ItemPart::Label(last) => next_label(last),
            ItemPart::Number(next) => next.to_string(),
            ItemPart::DecidedBy => {
                names = None;
                one_line(&decision.decided_by)
            }
        };
        at = span.end;
    }
    line.push_str(&form.line[at..]);
    // Below the text of the item, in whatever the list stands.
    let mark = form
        .line
        .find(|ch: char| !(ch.is_whitespace() || ch == '>'))
        .unwrap_or_default();
    let text = mark + form.line[mark..].find(' ').map_or(1, |space| space + 1);
    let below = format!("{}{}{}- ", newline(source), &form.line[..mark], " ".repeat(text - mark));
    let why = Some(&decision.rationale).filter(|why| !why.trim().is_empty());
    for (label, value) in [("Rationale", why), ("Decided by", names)] {
        if let Some(value) = value {
            line += &format!("{below}{label}: {}", one_line(value));
        }
    }
    Edit {
        span: Span::at(form.at),
        text: match form.is_newest_first {
            true => format!("{line}{}", form.gap),
            false => format!("{}{line}", form.gap),
        },
    }
}

fn newline(source: &Source) -> &'static str {
    if source.text.contains("\r\n") { "\r\n" } else { "\n" }
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
