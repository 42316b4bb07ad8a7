//! The lint `resolved-without-decision`.
//!
#![doc = include_str!("resolved_without_decision.md")]

use super::findings::{Findings, shortened};
use super::{Check, Group, Lint, Page};
use crate::diagnostic::Level;

pub(super) const LINT: Lint = Lint {
    name: "resolved-without-decision",
    group: Group::Questions,
    level: Level::Warn,
    text: include_str!("resolved_without_decision.md"),
    check: Check::Document(check),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    // What was decided may stand in the log instead.
    if !page.document.decisions.is_empty() {
        return;
    }
    for question in page.document.questions.iter().filter(|question| question.resolved) {
        let asked = &question.question.text;
        // Where more is said than was asked, the answer may be in it.
        let is_bare = question.resolution.is_empty() && question.context.is_empty() && asked.ends_with('?');
        if is_bare {
            findings
                .add(
                    page.source,
                    question.span,
                    format!(
                        "this question is marked as resolved, but not how: \"{}\"",
                        shortened(asked)
                    ),
                )
                .help("add a line `- **Resolved:** ` with the answer, or a row to the decision log");
        }
    }
}
