//! The lint `undated-decision`.

use super::DocumentView;
use super::findings::{Findings, lint, shortened};
use crate::model::{DocumentKind, When};

lint!("undated-decision", undated_decision, Decisions, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    let decisions = &page.document.decisions;
    // A log without any date does not keep dates.
    let keeps = decisions
        .iter()
        .any(|decision| decision.date.as_ref().is_some_and(|date| date.when != When::Unset));
    if !keeps || page.document.kind == DocumentKind::Adr || page.is_template() {
        return;
    }
    for decision in decisions
        .iter()
        .filter(|decision| !decision.decision.text.eq_ignore_ascii_case("tbd"))
    {
        let is_unset = decision.date.as_ref().is_none_or(|date| date.when == When::Unset);
        if is_unset && !page.has_placeholder(decision.span) {
            let text = shortened(&decision.decision.text);
            let message = format!("nothing says when this was decided: \"{text}\"");
            findings
                .add(page.source, decision.span, message)
                .help("write the day of the decision, as the rows beside it have it");
        }
    }
}
