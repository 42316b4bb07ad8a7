//! The lint `overdue-dependency`.

use super::DocumentView;
use super::findings::{Findings, counted, lint, shortened};
use crate::model::{Standing, StatusClass, days_between};

lint!("overdue-dependency", overdue_dependency, Time, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
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
            let message = format!("this dependency was due on {day}: \"{text}\"");
            findings
                .add(page.source, dependency.span, message)
                .label(format!("{late} late"))
                .help("strike it out once it is there, or write the new date and what it moves");
        }
    }
}
