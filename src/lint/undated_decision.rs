//! The lint `undated-decision`.
//!
#![doc = include_str!("undated_decision.md")]

use super::findings::{Findings, shortened};
use super::{Check, Group, Lint, Page};
use crate::diagnostic::Level;
use crate::model::{Kind, When};

pub(super) const LINT: Lint = Lint {
    name: "undated-decision",
    group: Group::Decisions,
    level: Level::Warn,
    text: include_str!("undated_decision.md"),
    check: Check::Document(check),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    let decisions = &page.document.decisions;
    // A log without a single date has no place for one.
    let keeps = decisions
        .iter()
        .any(|decision| decision.date.as_ref().is_some_and(|date| date.when != When::Unset));
    if !keeps || page.document.kind == Kind::Adr || page.is_template() {
        return;
    }
    for decision in decisions
        .iter()
        .filter(|decision| !decision.decision.text.eq_ignore_ascii_case("tbd"))
    {
        let is_unset = decision.date.as_ref().is_none_or(|date| date.when == When::Unset);
        if is_unset && !page.has_placeholder(decision.span) {
            let text = shortened(&decision.decision.text);
            findings
                .add(
                    page.source,
                    decision.span,
                    format!("nothing says when this was decided: \"{text}\""),
                )
                .help("write the day of the decision, as the rows beside it have it");
        }
    }
}
