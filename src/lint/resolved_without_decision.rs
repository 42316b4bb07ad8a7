//! The lint `resolved-without-decision`.

use super::DocumentView;
use super::findings::{Findings, lint, shortened};

lint!(
    "resolved-without-decision", resolved_without_decision, Questions, Warn, Document
);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    // The decision may be in the log instead.
    if !page.document.decisions.is_empty() {
        return;
    }
    for question in page.document.questions.iter().filter(|question| question.resolved) {
        let asked = &question.question.text;
        // If the entry has more text than the question, that may contain the answer.
        let is_bare = question.resolution.is_empty() && question.context.is_empty() && asked.ends_with('?');
        if is_bare {
            let message = format!(
                "this question is marked as resolved, but not how: \"{}\"",
                shortened(asked)
            );
            findings
                .add(page.source, question.span, message)
                .help("add a line `- **Resolved:** ` with the answer, or a row to the decision log");
        }
    }
}
