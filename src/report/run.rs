//! A run of `check`, as the formats for programs write it.

use jiff::civil::Date;

use super::Entry;
use crate::diagnostic::{Level, harmless};

/// The results of `check`.
#[derive(Debug)]
pub struct Run<'a> {
    /// The day as of which the results hold.
    pub as_of: Date,
    /// The folder with book.toml, relative to the folder in which the entries' paths start; `.` if
    /// they are the same.
    pub book: &'a str,
    /// The number of design documents that were checked.
    pub documents: usize,
    /// The number of findings that a baseline suppressed.
    pub known: usize,
    /// The findings, in the order of the book.
    pub entries: &'a [Entry<'a>],
    /// Errors for files that could not be read and therefore were not checked.
    pub unread: &'a [String],
}

/// The severity of a finding in formats with errors and warnings.
pub(super) const fn severity(level: Level) -> &'static str {
    match level {
        Level::Deny => "error",
        Level::Warn | Level::Allow => "warning",
    }
}

/// The message with its label and help, for formats that do not show the source line.
pub(super) fn full_message(entry: &Entry<'_>) -> String {
    let mut lines = vec![entry.message.to_owned()];
    lines.extend(entry.label.map(str::to_owned));
    lines.extend(entry.help.map(|help| format!("help: {help}")));
    if !entry.site.certain {
        lines.push("note: the line is counted after other preprocessors".to_owned());
    }
    harmless(&lines.join("\n"), &['\n', '\r'])
}
