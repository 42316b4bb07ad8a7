//! The lint `approved-without-review`.
//!
#![doc = include_str!("approved_without_review.md")]

use super::findings::{Findings, listed, shortened};
use super::{Check, Group, Lint, Page};
use crate::diagnostic::Level;
use crate::model::{Person, StatusClass};

pub(super) const LINT: Lint = Lint {
    name: "approved-without-review",
    group: Group::Metadata,
    level: Level::Warn,
    text: include_str!("approved_without_review.md"),
    check: Check::Document(check),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    let document = page.document;
    let Some(status) = &document.status else { return };
    let is_agreed = matches!(status.class, StatusClass::Agreed | StatusClass::Done);
    let asked = document.reviewers.iter().chain(&document.approvers);
    let waiting: Vec<&Person> = asked.filter(|person| person.approved == Some(false)).collect();
    let Some(first) = waiting.first().filter(|_| is_agreed) else {
        return;
    };
    let names = listed(waiting.iter().map(|person| person.display()));
    findings
        .add(
            page.source,
            first.span,
            format!(
                "this document is `{}`, but {names} did not tick the review",
                shortened(&status.text)
            ),
        )
        .label("not ticked")
        .help("tick who has agreed, strike out who was not needed, or go back to `In Review`");
}
