//! The book's facts as files for other programs.
//!
//! [`json`] is the interchange format, with a published schema; the others are for common programs:
//! spreadsheets, calendars, feed readers, chats.

pub mod atom;
pub mod csv;
pub mod diff;
pub mod digest;
pub mod history;
pub mod ics;
pub mod json;
mod link;
mod promise;
mod record;
pub mod why;

use jiff::civil::Date;

use crate::config::Config;
use crate::model::Corpus;
use crate::source::Source;

/// A book, with the context that its exports need.
#[derive(Debug, Clone, Copy)]
pub struct ExportInput<'a> {
    /// The facts.
    pub corpus: &'a Corpus,
    /// The sources from which the facts were read.
    pub sources: &'a [Source],
    /// The team's settings.
    pub config: &'a Config,
    /// The day as of which the facts are stated.
    pub today: Date,
    /// The book's title.
    pub title: &'a str,
    /// The URL of the published book, with a trailing slash.
    pub base_url: Option<&'a str>,
}

#[cfg(test)]
mod tests;
