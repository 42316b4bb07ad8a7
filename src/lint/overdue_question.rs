//! The lint `overdue-question`.
//!
#![doc = include_str!("overdue_question.md")]

use super::{Book, Findings, Lint};
use crate::diagnostic::Level;
use crate::model::{OpenQuestion, Standing, days_between};

pub(super) const LINT: Lint = Lint {
    name: "overdue-question",
    level: Level::Warn,
    text: include_str!("overdue_question.md"),
    check,
};

fn check(book: &Book<'_>, findings: &mut Findings<'_>) {
    for (source, _, document) in book.corpus.documents() {
        for question in &document.questions {
            if question.standing(book.today, book.config.due_soon_days) != Standing::Overdue {
                continue;
            }
            let Some((due, day)) = question.due.as_ref().and_then(|due| Some((due, due.day()?))) else {
                continue;
            };
            let late = days_between(day, book.today);
            findings.add(
                source,
                question.span,
                format!(
                    "this question was to be decided by {day}: \"{}\"",
                    question.question.text
                ),
                Some(format!(
                    "{late} {} overdue{}",
                    if late == 1 { "day" } else { "days" },
                    with(question)
                )),
                Some(format!(
                    "decide it and mark it as resolved, or move the date (\"{}\") with the reason",
                    due.0.text
                )),
            );
        }
    }
}

/// With whom the question lies.
fn with(question: &OpenQuestion) -> String {
    let owners: Vec<&str> = question.owners.iter().map(|owner| owner.display()).collect();
    if owners.is_empty() {
        ", with nobody".to_owned()
    } else {
        format!(", with {}", owners.join(", "))
    }
}
