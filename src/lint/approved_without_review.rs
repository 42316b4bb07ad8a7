//! The lint `approved-without-review`.

use super::DocumentView;
use super::findings::{Findings, lint, listed, shortened};
use crate::model::{Person, StatusClass};

lint!(
    "approved-without-review", approved_without_review, Metadata, Warn, Document
);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    let document = page.document;
    let Some(status) = &document.status else { return };
    let is_agreed = matches!(status.class, StatusClass::Agreed | StatusClass::Done);
    let asked = document.reviewers.iter().chain(&document.approvers);
    let waiting: Vec<&Person> = asked.filter(|person| person.approved == Some(false)).collect();
    let Some(first) = waiting.first().filter(|_| is_agreed) else {
        return;
    };
    let names = listed(waiting.iter().map(|person| person.display()));
    let message = format!(
        "this document is `{}`, but {names} did not tick the review",
        shortened(&status.text)
    );
    findings
        .add(page.source, first.span, message)
        .label("not ticked")
        .help("tick who has agreed, strike out who was not needed, or go back to `In Review`");
}
