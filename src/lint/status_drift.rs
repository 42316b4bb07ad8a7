//! The lint `status-drift`.
//!
#![doc = include_str!("status_drift.md")]

use std::collections::HashMap;

use super::findings::{Findings, shortened};
use super::{Check, Group, Lint, Page};
use crate::diagnostic::Level;
use crate::model::StatedStatus;

pub(super) const LINT: Lint = Lint {
    name: "status-drift",
    group: Group::Metadata,
    level: Level::Warn,
    text: include_str!("status_drift.md"),
    check: Check::Document(check),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    let mut first: HashMap<&str, &StatedStatus> = HashMap::new();
    let stated = page.document.stated.statuses.iter();
    for stated in stated.filter(|stated| !stated.status.is_unfilled()) {
        let first = first.entry(subject(&stated.label)).or_insert(stated);
        let (one, other) = (&first.status, &stated.status);
        if one.state != other.state && one.class != other.class {
            findings
                .add(
                    page.source,
                    other.span,
                    format!(
                        "this document calls itself `{}` here and `{}` above",
                        shortened(&other.text),
                        shortened(&one.text)
                    ),
                )
                .label("one of the two is out of date")
                .help("correct one of them, or keep the status in one place");
        }
    }
}

/// What a status is of: `Implementation status` is no other word for the document's.
fn subject(label: &str) -> &str {
    match label {
        "state" | "current status" | "document status" | "doc status" | "rfc status" | "adr status" => "status",
        _ => label,
    }
}
