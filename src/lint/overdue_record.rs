//! The lint `overdue-record`.

use jiff::civil::Date;

use super::DocumentView;
use super::findings::{Findings, counted, lint, shortened};
use crate::config::RecordKind;
use crate::model::{Document, RegisterEntry, Standing, StatusClass, days_between};

lint!("overdue-record", overdue_record, Time, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    let (today, config) = (page.book.today, page.book.config);
    if page.is_template() {
        return;
    }
    for (record, day) in dated(page.document) {
        let Some(kind) = config.records.get(record.kind) else {
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

/// The records with a deadline, of kinds that the team declares, that are not done. The built-in
/// kind with a deadline has a lint of its own.
pub(super) fn dated(document: &Document) -> impl Iterator<Item = (&RegisterEntry, Date)> {
    let status = document.status.as_ref();
    let is_closed = status.is_some_and(|status| status.class == StatusClass::Closed);
    let records = document.registers.iter();
    let records = records.filter(move |record| !is_closed && record.kind >= RecordKind::OURS && !record.done);
    records.filter_map(|record| Some((record, record.due.as_ref()?.day()?)))
}
