//! The lint `status-drift`.

use std::collections::HashMap;

use super::DocumentView;
use super::findings::{Findings, lint, shortened};
use crate::model::{Document, StatedStatus, Status};

lint!("status-drift", status_drift, Metadata, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    for (one, other) in drifts(page.document) {
        let message = format!(
            "this document calls itself `{}` here and `{}` above",
            shortened(&other.text),
            shortened(&one.text)
        );
        findings
            .add(page.source, other.span, message)
            .label("one of the two is out of date")
            .help("correct one of them, or keep the status in one place");
    }
}

/// The pairs of a first status and a later one that differs.
pub(super) fn drifts(document: &Document) -> impl Iterator<Item = (&Status, &Status)> {
    let mut first: HashMap<&str, &StatedStatus> = HashMap::new();
    let stated = document.stated.statuses.iter();
    let stated = stated.filter(|stated| !stated.status.is_unfilled());
    stated.filter_map(move |stated| {
        let first = first.entry(subject(&stated.label)).or_insert(stated);
        let (one, other) = (&first.status, &stated.status);
        (one.state != other.state && one.class != other.class).then_some((one, other))
    })
}

/// The subject of a status: `Implementation status` is not the document's.
fn subject(label: &str) -> &str {
    match label {
        "state" | "current status" | "document status" | "doc status" | "rfc status" | "adr status" => "status",
        _ => label,
    }
}
