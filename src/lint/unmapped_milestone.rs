//! The lint `unmapped-milestone`.
//!
#![doc = include_str!("unmapped_milestone.md")]

use std::collections::HashSet;

use super::findings::{Findings, shortened};
use super::{Check, Group, Lint, Page};
use crate::diagnostic::Level;
use crate::model::When;

pub(super) const LINT: Lint = Lint {
    name: "unmapped-milestone",
    group: Group::Questions,
    level: Level::Warn,
    text: include_str!("unmapped_milestone.md"),
    check: Check::Document(check),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    let mut told = HashSet::new();
    for question in page.document.questions.iter().filter(|question| !question.resolved) {
        let Some(due) = question.due.as_ref().map(|due| &due.0) else {
            continue;
        };
        if due.when == When::Milestone(None) && told.insert(due.text.to_lowercase()) {
            let text = shortened(&due.text);
            findings
                .add(
                    page.source,
                    due.span,
                    format!("no day is known for the milestone \"{text}\""),
                )
                .label("so nobody can tell when the question is overdue")
                .help(format!(
                    "give it a day in book.toml under [preprocessor.design-docs.milestones], \"{text}\" = YYYY-MM-DD, \
                     or write a date"
                ));
        }
    }
}
