//! The lint `overdue-review`.

use super::DocumentView;
use super::findings::{Findings, counted, lint};
use crate::model::{Standing, days_between};

lint!("overdue-review", overdue_review, Time, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    let (today, soon) = (page.book.today, page.book.config.due_soon_days);
    let Some(due) = page.document.due_review().filter(|_| !page.is_template()) else {
        return;
    };
    let Some(day) = due.day().filter(|_| due.standing(today, soon) == Standing::Overdue) else {
        return;
    };
    let late = counted(days_between(day, today), "day");
    findings
        .add(
            page.source,
            due.0.span,
            format!("comments on this document were awaited until {day}, and it is still in review"),
        )
        .label(format!("{late} ago"))
        .help("decide on it and change its status, or write the day until which comments are awaited now");
}
