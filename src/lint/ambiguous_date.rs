//! The lint `ambiguous-date`.

use super::DocumentView;
use super::dates::dates;
use super::findings::{Findings, lint};
use crate::model::When;

lint!("ambiguous-date", ambiguous_date, Metadata, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    let mut ambiguous = dates(page.document).filter_map(|date| match date.when {
        When::Ambiguous { day_first, month_first } => Some((date, day_first, month_first)),
        _ => None,
    });
    // One setting fixes all of them, so only the first is reported.
    let Some((date, day_first, month_first)) = ambiguous.next() else {
        return;
    };
    let more = match ambiguous.count() {
        0 => String::new(),
        more => format!(", and so can {more} more in this document"),
    };
    let message = format!("`{}` can be read as {day_first} and as {month_first}{more}", date.text);
    findings.add(page.source, date.span, message).help(
        "write the year first, or say how your team writes dates: `date-order = \"dmy\"` or `\"mdy\"` in book.toml",
    );
}
