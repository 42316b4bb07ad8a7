//! The lint `invalid-date`.
//!
#![doc = include_str!("invalid_date.md")]

use super::dates::dates;
use super::findings::{Findings, shortened};
use super::{Check, Group, Lint, Page};
use crate::diagnostic::Level;
use crate::model::When;

pub(super) const LINT: Lint = Lint {
    name: "invalid-date",
    group: Group::Metadata,
    level: Level::Warn,
    text: include_str!("invalid_date.md"),
    check: Check::Document(check),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    for date in dates(page.document) {
        if date.when == When::Invalid {
            findings
                .add(
                    page.source,
                    date.span,
                    format!("`{}` is not a date that exists", shortened(&date.text)),
                )
                .help("write it as year, month and day: 2026-01-31");
        }
    }
}
