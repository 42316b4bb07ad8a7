//! The lint `ambiguous-date`.
//!
#![doc = include_str!("ambiguous_date.md")]

use super::dates::dates;
use super::findings::Findings;
use super::{Check, Group, Lint, Page};
use crate::diagnostic::Level;
use crate::model::When;

pub(super) const LINT: Lint = Lint {
    name: "ambiguous-date",
    group: Group::Metadata,
    level: Level::Warn,
    text: include_str!("ambiguous_date.md"),
    check: Check::Document(check),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    let mut ambiguous = dates(page.document).filter_map(|date| match date.when {
        When::Ambiguous { day_first, month_first } => Some((date, day_first, month_first)),
        _ => None,
    });
    // One cure for all of them: so the first stands for the others.
    let Some((date, day_first, month_first)) = ambiguous.next() else {
        return;
    };
    let more = match ambiguous.count() {
        0 => String::new(),
        more => format!(", and so can {more} more in this document"),
    };
    findings
        .add(
            page.source,
            date.span,
            format!("`{}` can be read as {day_first} and as {month_first}{more}", date.text),
        )
        .help(
            "write the year first, or say how your team writes dates: `date-order = \"dmy\"` or `\"mdy\"` in book.toml",
        );
}
