//! One run of `check`: what the formats for machines write.

use jiff::civil::Date;

use super::Entry;
use crate::diagnostic::{Level, harmless};

/// What `check` has found.
#[derive(Debug)]
pub struct Run<'a> {
    /// The day for which it is true.
    pub as_of: Date,
    /// The folder with book.toml, from where the entries' paths start; `.` if it is that.
    pub book: &'a str,
    /// How many design documents were looked at.
    pub documents: usize,
    /// How many findings a baseline has kept back.
    pub known: usize,
    /// The findings, in the order of the book.
    pub entries: &'a [Entry<'a>],
    /// What could not be read, so that nothing can be said about it.
    pub unread: &'a [String],
}

/// What a finding is called where there are errors and warnings.
pub(super) const fn severity(level: Level) -> &'static str {
    match level {
        Level::Deny => "error",
        Level::Warn | Level::Allow => "warning",
    }
}

/// The message with all that helps, for a reader who does not see the line.
pub(super) fn told(entry: &Entry<'_>) -> String {
    let mut lines = vec![entry.message.to_owned()];
    lines.extend(entry.label.map(str::to_owned));
    lines.extend(entry.help.map(|help| format!("help: {help}")));
    if !entry.site.certain {
        lines.push("note: the line is counted after other preprocessors".to_owned());
    }
    harmless(&lines.join("\n"), &['\n', '\r'])
}
