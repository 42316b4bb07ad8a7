//! The lint `unmapped-milestone`.

use std::collections::HashSet;

use super::DocumentView;
use super::findings::{Findings, lint, shortened};
use crate::model::When;

lint!("unmapped-milestone", unmapped_milestone, Questions, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    let mut reported = HashSet::new();
    for question in page.document.questions.iter().filter(|question| !question.resolved) {
        let Some(due) = question.due.as_ref().map(|due| &due.0) else {
            continue;
        };
        if due.when == When::Milestone(None) && reported.insert(due.text.to_lowercase()) {
            let text = shortened(&due.text);
            let message = format!("no day is known for the milestone \"{text}\"");
            findings
                .add(page.source, due.span, message)
                .label("so it is not known when the question is overdue")
                .help(format!(
                    "give it a day in book.toml under [preprocessor.design-docs.milestones], \"{text}\" = YYYY-MM-DD, \
                     or write a date"
                ));
        }
    }
}
