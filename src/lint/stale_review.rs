//! The lint `stale-review`.

use jiff::civil::Date;

use super::DocumentView;
use super::findings::{Findings, lint};
use crate::model::{Document, StatusClass, days_between};

lint!("stale-review", stale_review, Time, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    let today = page.book.today;
    let (Some(status), Some(last)) = (&page.document.status, last_activity(page.document, today)) else {
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

/// The last activity in a document that is in review; future dates do not count.
pub(super) fn last_activity(document: &Document, today: Date) -> Option<Date> {
    document
        .status
        .as_ref()
        .filter(|status| status.class == StatusClass::Review)?;
    let stated = document.stated.dates.iter().filter_map(|stated| stated.date.date());
    let decisions = document.decisions.iter();
    let decided = decisions.filter_map(|decision| decision.date.as_ref()?.date());
    stated.chain(decided).filter(|day| *day <= today).max()
}
