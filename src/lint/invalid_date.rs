//! The lint `invalid-date`.

use super::DocumentView;
use super::dates::dates;
use super::findings::{Findings, lint, shortened};
use crate::model::When;

lint!("invalid-date", invalid_date, Metadata, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    for date in dates(page.document) {
        if date.when == When::Invalid {
            let message = format!("`{}` is not a date that exists", shortened(&date.text));
            findings
                .add(page.source, date.span, message)
                .help("write it as year, month and day: 2026-01-31");
        }
    }
}
