//! The lint `unowned-question`.

use super::DocumentView;
use super::findings::{Findings, lint, shortened};

lint!("unowned-question", unowned_question, Questions, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    for question in page.kept_questions() {
        if question.owners.is_empty() && !page.has_placeholder(question.span) {
            let asked = shortened(&question.question.text);
            let message = format!("this question has no owner: \"{asked}\"");
            findings
                .add(page.source, question.span, message)
                .help("add a line `- Owner: ` with a name");
        }
    }
}
