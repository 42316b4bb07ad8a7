//! The lint `status-drift`.

use super::DocumentView;
use super::findings::{Findings, lint, shortened};

lint!("status-drift", status_drift, Metadata, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    for (first, other) in page.document.status_contradictions() {
        let message = format!(
            "this document calls itself `{}` here and `{}` above",
            shortened(&other.status.text),
            shortened(&first.status.text)
        );
        findings
            .add(page.source, other.status.span, message)
            .label("one of the two is out of date")
            .help("correct one of them, or keep the status in one place");
    }
}
