//! The lint `undated-question`.

use super::DocumentView;
use super::findings::{Findings, lint, shortened};
use crate::model::When;

lint!("undated-question", undated_question, Questions, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    for question in page.kept_questions() {
        let written = question.due.as_ref().map(|due| &due.0);
        if written.is_none_or(|due| due.when == When::Unset) && !page.has_placeholder(question.span) {
            let asked = shortened(&question.question.text);
            let message = format!("nothing says by when this is to be decided: \"{asked}\"");
            findings
                .add(page.source, question.span, message)
                .help("add a line `- Decision needed by: ` with a date or a milestone");
        }
    }
}
