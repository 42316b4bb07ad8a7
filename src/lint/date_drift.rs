//! The lint `date-drift`.

use std::collections::HashMap;

use jiff::civil::Date;

use super::DocumentView;
use super::findings::{Findings, lint};
use crate::model::{DateKind, StatedDate};

lint!("date-drift", date_drift, Metadata, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    let stated = &page.document.stated.dates;
    let mut first: HashMap<(&str, bool), (&StatedDate, Date)> = HashMap::new();
    for (date, day) in stated.iter().filter_map(|stated| Some((stated, stated.date.date()?))) {
        // Any two labels for the last change mean the same; other dates are compared only with the
        // same label.
        let is_update = date.kind == DateKind::Updated;
        let key = (if is_update { "" } else { date.label.as_str() }, is_update);
        let (_, before) = *first.entry(key).or_insert((date, day));
        if before != day {
            let message = format!("this date is {day} here and {before} above");
            findings
                .add(page.source, date.date.span, message)
                .label("one of the two is out of date")
                .help("correct one of them, or keep the date in one place");
        }
    }
    let of = |kind| {
        let dates = stated.iter().filter(move |stated| stated.kind == kind);
        dates.filter_map(|stated| Some((stated, stated.date.date()?)))
    };
    let begun = of(DateKind::Created).map(|(_, day)| day).min();
    let changed = of(DateKind::Updated).max_by_key(|(_, day)| *day);
    if let (Some(begun), Some((changed, day))) = (begun, changed)
        && day < begun
    {
        let message = format!("this document was last changed on {day}, before it was begun");
        findings
            .add(page.source, changed.date.span, message)
            .label(format!("begun on {begun}"))
            .help("correct one of the two dates");
    }
}
