//! The lint `overdue-record`.

use super::DocumentView;
use super::findings::{Findings, counted, lint, shortened};
use crate::config::RecordKind;
use crate::model::{Standing, StatusClass, days_between};

lint!("overdue-record", overdue_record, Time, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    let (today, config) = (page.book.today, page.book.config);
    let status = page.document.status.as_ref();
    if page.is_template() || status.is_some_and(|status| status.class == StatusClass::Closed) {
        return;
    }
    // The built-in kind with a deadline has a lint of its own.
    let records = page.document.registers.iter();
    for record in records.filter(|record| record.kind >= RecordKind::OURS) {
        let day = record.due.as_ref().and_then(|due| due.day());
        let (Some(day), Some(kind)) = (day, config.records.get(record.kind)) else {
            continue;
        };
        if record.standing(today, config.due_soon_days) != Standing::Overdue {
            continue;
        }
        let deadline = kind
            .deadline
            .and_then(|at| kind.columns.get(at))
            .map_or("", String::as_str);
        let (name, text) = (&kind.name, shortened(&record.subject.text));
        let late = counted(days_between(day, today), "day");
        let message = format!("{name}: \"{text}\" was due on {day} ({deadline})");
        findings
            .add(page.source, record.span, message)
            .label(format!("{late} late"))
            .help("strike it out or tick it once it is done, or write the new date");
    }
}
