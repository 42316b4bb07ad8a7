//! The lint `overdue-question`.

use super::DocumentView;
use super::findings::{Findings, counted, lint, shortened};
use crate::model::{OpenQuestion, Person, Standing, days_between};

lint!("overdue-question", overdue_question, Time, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
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
        let message = format!("this question was to be decided by {day}: \"{asked}\"");
        findings
            .add(page.source, question.span, message)
            .label(format!("{late} overdue ({})", owners(question)))
            .help(format!(
                "decide it and mark it as resolved, or move the date (\"{}\") with the reason",
                due.0.text
            ));
    }
}

/// `owner: Ada Obi`, `owners: Ada Obi, Tunde Ojo`, `no owner`.
fn owners(question: &OpenQuestion) -> String {
    let owners: Vec<&str> = question.owners.iter().map(Person::display).collect();
    match owners.as_slice() {
        [] => "no owner".to_owned(),
        [owner] => format!("owner: {owner}"),
        owners => format!("owners: {}", owners.join(", ")),
    }
}
