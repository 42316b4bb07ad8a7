//! The lint `stale-review`.

use super::DocumentView;
use super::findings::{Findings, lint};
use crate::model::days_between;

lint!("stale-review", stale_review, Time, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    let today = page.book.today;
    let (Some(status), Some(last)) = (&page.document.status, page.document.in_review_since(today)) else {
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
