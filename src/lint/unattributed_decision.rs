//! The lint `unattributed-decision`.

use super::DocumentView;
use super::findings::{Findings, lint, shortened};
use crate::model::DocumentKind;

lint!(
    "unattributed-decision", unattributed_decision, Decisions, Warn, Document
);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    let decisions = &page.document.decisions;
    // A log without any name does not keep deciders.
    let keeps = decisions.iter().any(|decision| !decision.decided_by.is_empty());
    if !keeps || page.document.kind == DocumentKind::Adr || page.is_template() {
        return;
    }
    for decision in decisions
        .iter()
        .filter(|decision| !decision.decision.text.eq_ignore_ascii_case("tbd"))
    {
        if decision.decided_by.is_empty() && !page.has_placeholder(decision.span) {
            let text = shortened(&decision.decision.text);
            let message = format!("nothing says who decided this: \"{text}\"");
            findings
                .add(page.source, decision.span, message)
                .help("write who decided it, as the rows beside it have it");
        }
    }
}
