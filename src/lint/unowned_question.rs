//! The lint `unowned-question`.
//!
#![doc = include_str!("unowned_question.md")]

use super::findings::{Findings, shortened};
use super::{Check, Group, Lint, Page};
use crate::diagnostic::Level;

pub(super) const LINT: Lint = Lint {
    name: "unowned-question",
    group: Group::Questions,
    level: Level::Warn,
    text: include_str!("unowned_question.md"),
    check: Check::Document(check),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    for question in page.kept_questions() {
        if question.owners.is_empty() && !page.has_placeholder(question.span) {
            let asked = shortened(&question.question.text);
            findings
                .add(
                    page.source,
                    question.span,
                    format!("nobody is to see to this question: \"{asked}\""),
                )
                .help("add a line `- Owner: ` with a name");
        }
    }
}
