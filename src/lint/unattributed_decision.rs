//! The lint `unattributed-decision`.
//!
#![doc = include_str!("unattributed_decision.md")]

use super::findings::{Findings, shortened};
use super::{Check, Group, Lint, Page};
use crate::diagnostic::Level;
use crate::model::Kind;

pub(super) const LINT: Lint = Lint {
    name: "unattributed-decision",
    group: Group::Decisions,
    level: Level::Warn,
    text: include_str!("unattributed_decision.md"),
    check: Check::Document(check),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    let decisions = &page.document.decisions;
    // A log without a single name has no place for one.
    let keeps = decisions.iter().any(|decision| !decision.decided_by.is_empty());
    if !keeps || page.document.kind == Kind::Adr || page.is_template() {
        return;
    }
    for decision in decisions
        .iter()
        .filter(|decision| !decision.decision.text.eq_ignore_ascii_case("tbd"))
    {
        if decision.decided_by.is_empty() && !page.has_placeholder(decision.span) {
            let text = shortened(&decision.decision.text);
            findings
                .add(
                    page.source,
                    decision.span,
                    format!("nothing says who decided this: \"{text}\""),
                )
                .help("write who decided it, as the rows beside it have it");
        }
    }
}
