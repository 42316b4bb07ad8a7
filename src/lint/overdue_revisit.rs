//! The lint `overdue-revisit`.

use super::DocumentView;
use super::findings::{Findings, lint, shortened};
use crate::model::Deadline;

lint!("overdue-revisit", overdue_revisit, Time, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    if page.is_template() {
        return;
    }
    if let Some(due) = page.document.due_revisit() {
        report(page, due, "this document", findings);
    }
    for (decision, due) in page.document.due_decisions() {
        let what = format!("the decision \"{}\"", shortened(&decision.decision.text));
        report(page, due, &what, findings);
    }
}

fn report(page: &DocumentView<'_>, due: &Deadline, what: &str, findings: &mut Findings<'_>) {
    let Some((day, late)) = page.passed(due) else { return };
    findings
        .add(
            page.source,
            due.0.span,
            format!("{what} was to be looked at again by {day}"),
        )
        .label(format!("{late} ago"))
        .help("if it still holds, write the day of the next look; if not, supersede it or change its status");
}
