//! The lint `overdue-review`.

use super::DocumentView;
use super::findings::{Findings, lint};

lint!("overdue-review", overdue_review, Time, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    let due = page.document.due_review().filter(|_| !page.is_template());
    let Some((due, (day, late))) = due.and_then(|due| Some((due, page.passed(due)?))) else {
        return;
    };
    let message = format!("comments on this document were awaited until {day}, and it is still in review");
    findings
        .add(page.source, due.0.span, message)
        .label(format!("{late} ago"))
        .help("decide on it and change its status, or write the day until which comments are awaited now");
}
