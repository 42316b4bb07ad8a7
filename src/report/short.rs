//! Diagnostics with one line each, as editors and `grep` expect.

use super::Entry;
use super::run::severity;
use crate::diagnostic::harmless;

/// `src/payments/refunds.md:12:4: warning: this question was … [overdue-question]`, with a line
/// end.
pub fn short(entry: &Entry<'_>) -> String {
    let site = &entry.site;
    let (line, column) = site.at.unwrap_or((1, 1));
    let lint = entry.lint.map(|lint| format!(" [{lint}]")).unwrap_or_default();
    let level = severity(entry.level);
    let text = format!("{}:{line}:{column}: {level}: {}{lint}", site.path, entry.message);
    format!("{}\n", harmless(&text, &[]))
}
