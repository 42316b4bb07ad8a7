//! The lint `stale-review`.

use super::DocumentView;
use super::findings::{Findings, lint};
use crate::model::{StatusClass, days_between};

lint!("stale-review", stale_review, Time, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
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
    // The last activity; future dates do not count.
    let Some(last) = stated.chain(decided).filter(|day| *day <= today).max() else {
        return;
    };
    let days = days_between(last, today);
    if days > i64::from(page.book.config.stale_review_days) {
        let message = format!("this document is in review and has not changed since {last}");
        findings
            .add(page.source, status.span, message)
            .label(format!("{days} days ago"))
            .help("decide on it, or set it aside with a status that says so");
    }
}
