//! The lint `overdue-dependency`.
//!
#![doc = include_str!("overdue_dependency.md")]

use super::findings::{Findings, counted, shortened};
use super::{Check, Group, Lint, Page};
use crate::diagnostic::Level;
use crate::model::{Standing, StatusClass, days_between};

pub(super) const LINT: Lint = Lint {
    name: "overdue-dependency",
    group: Group::Time,
    level: Level::Warn,
    text: include_str!("overdue_dependency.md"),
    check: Check::Document(check),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    let (today, soon) = (page.book.today, page.book.config.due_soon_days);
    let class = page.document.status.as_ref().map(|status| status.class);
    if matches!(class, Some(StatusClass::Done | StatusClass::Closed)) {
        return;
    }
    for dependency in page.document.dependencies.iter().filter(|dependency| !dependency.done) {
        let Some(day) = dependency.due.day() else { continue };
        if dependency.due.standing(today, soon) == Standing::Overdue {
            let late = counted(days_between(day, today), "day");
            let text = shortened(&dependency.text);
            findings
                .add(
                    page.source,
                    dependency.span,
                    format!("this dependency was due on {day}: \"{text}\""),
                )
                .label(format!("{late} late"))
                .help("strike it out once it is there, or write the new date and what it moves");
        }
    }
}
