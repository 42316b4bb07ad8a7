//! The lint `overdue-question`.
//!
#![doc = include_str!("overdue_question.md")]

use super::findings::{Findings, counted, shortened};
use super::{Check, Group, Lint, Page};
use crate::diagnostic::Level;
use crate::model::{OpenQuestion, Person, Standing, days_between};

pub(super) const LINT: Lint = Lint {
    name: "overdue-question",
    group: Group::Time,
    level: Level::Warn,
    text: include_str!("overdue_question.md"),
    check: Check::Document(check),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    let (today, soon) = (page.book.today, page.book.config.due_soon_days);
    for question in &page.document.questions {
        if question.standing(today, soon) != Standing::Overdue {
            continue;
        }
        let Some((due, day)) = question.due.as_ref().and_then(|due| Some((due, due.day()?))) else {
            continue;
        };
        let late = counted(days_between(day, today), "day");
        let asked = shortened(&question.question.text);
        findings
            .add(
                page.source,
                question.span,
                format!("this question was to be decided by {day}: \"{asked}\""),
            )
            .label(format!("{late} overdue, with {}", with(question)))
            .help(format!(
                "decide it and mark it as resolved, or move the date (\"{}\") with the reason",
                due.0.text
            ));
    }
}

/// With whom the question lies.
fn with(question: &OpenQuestion) -> String {
    let owners: Vec<&str> = question.owners.iter().map(Person::display).collect();
    if owners.is_empty() {
        "nobody".to_owned()
    } else {
        owners.join(", ")
    }
}
