//! The lint `stale-review`.
//!
#![doc = include_str!("stale_review.md")]

use super::findings::Findings;
use super::{Check, Group, Lint, Page};
use crate::diagnostic::Level;
use crate::model::{StatusClass, days_between};

pub(super) const LINT: Lint = Lint {
    name: "stale-review",
    group: Group::Time,
    level: Level::Warn,
    text: include_str!("stale_review.md"),
    check: Check::Document(check),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    let Some(status) = &page.document.status else { return };
    if status.class != StatusClass::Review {
        return;
    }
    let stated = page
        .document
        .stated
        .dates
        .iter()
        .filter_map(|stated| stated.date.date());
    let decided = page
        .document
        .decisions
        .iter()
        .filter_map(|decision| decision.date.as_ref()?.date());
    let today = page.book.today;
    // The last sign of life; a date to come says nothing yet.
    let Some(last) = stated.chain(decided).filter(|day| *day <= today).max() else {
        return;
    };
    let days = days_between(last, today);
    if days > i64::from(page.book.config.stale_review_days) {
        findings
            .add(
                page.source,
                status.span,
                format!("this document is in review and has not changed since {last}"),
            )
            .label(format!("{days} days ago"))
            .help("decide on it, or set it aside with a status that says so");
    }
}
