//! The lint `non-iso-date`.

use std::collections::HashSet;

use super::DocumentView;
use super::dates::dates;
use super::findings::{Findings, lint};
use crate::model::When;

lint!("non-iso-date", non_iso_date, Style, Allow, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    let mut reported = HashSet::new();
    for date in dates(page.document) {
        let (When::Day(day), true) = (&date.when, is_date_alone(&date.text)) else {
            continue;
        };
        let iso = day.to_string();
        if date.text != iso && reported.insert(date.span) {
            let message = format!("this date is not written as year, month and day: `{}`", date.text);
            let finding = findings
                .add(page.source, date.span, message)
                .help(format!("write {iso}"));
            // If the lengths agree, the span covers exactly the text.
            if date.span.end - date.span.start == date.text.len() {
                finding.fix(format!("write {iso}"), date.span, iso);
            }
        }
    }
}

/// Whether a text is only a date, so that replacing it loses nothing.
fn is_date_alone(text: &str) -> bool {
    const MONTHS: &[&str] = &[
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ];
    let mut numbers = 0;
    for part in text
        .split(|ch: char| !ch.is_alphanumeric())
        .filter(|part| !part.is_empty())
    {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let word = part[digits..].to_lowercase();
        let is_month = word.len() >= 3 && MONTHS.iter().any(|month| month.starts_with(&word) || word == "sept");
        let belongs = match (digits, word.as_str()) {
            (1.., "" | "st" | "nd" | "rd" | "th") => true,
            (0, _) => is_month,
            _ => false,
        };
        if !belongs {
            return false;
        }
        numbers += usize::from(digits > 0);
    }
    (2..=3).contains(&numbers)
}
