//! The lint `undated-question`.
//!
#![doc = include_str!("undated_question.md")]

use super::findings::{Findings, shortened};
use super::{Check, Group, Lint, Page};
use crate::diagnostic::Level;
use crate::model::When;

pub(super) const LINT: Lint = Lint {
    name: "undated-question",
    group: Group::Questions,
    level: Level::Warn,
    text: include_str!("undated_question.md"),
    check: Check::Document(check),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    for question in page.kept_questions() {
        let written = question.due.as_ref().map(|due| &due.0);
        if written.is_none_or(|due| due.when == When::Unset) && !page.has_placeholder(question.span) {
            let asked = shortened(&question.question.text);
            findings
                .add(
                    page.source,
                    question.span,
                    format!("nothing says by when this is to be decided: \"{asked}\""),
                )
                .help("add a line `- Decision needed by: ` with a date or a milestone");
        }
    }
}
