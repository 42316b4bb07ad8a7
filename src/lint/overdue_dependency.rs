//! The lint `overdue-dependency`.

use jiff::civil::Date;

use super::DocumentView;
use super::findings::{Findings, lint, shortened};
use crate::model::{Dependency, Document, StatusClass};

lint!("overdue-dependency", overdue_dependency, Time, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    for (dependency, _) in dated(page.document) {
        if let Some((day, late)) = page.passed(&dependency.due) {
            let text = shortened(&dependency.text);
            let message = format!("this dependency was due on {day}: \"{text}\"");
            findings
                .add(page.source, dependency.span, message)
                .label(format!("{late} late"))
                .help("strike it out once it is there, or write the new date and what it moves");
        }
    }
}

/// The dependencies that a document in work waits for, with their days.
pub(super) fn dated(document: &Document) -> impl Iterator<Item = (&Dependency, Date)> {
    let class = document.status.as_ref().map(|status| status.class);
    let is_over = matches!(class, Some(StatusClass::Done | StatusClass::Closed));
    let awaited = document
        .dependencies
        .iter()
        .filter(move |dependency| !is_over && !dependency.done);
    awaited.filter_map(|dependency| Some((dependency, dependency.due.day()?)))
}
