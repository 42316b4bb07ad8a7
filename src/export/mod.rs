//! The book's facts as files for other programs.
//!
//! [`json`] is the interchange format, with a published schema; the others are for the program
//! that everybody has: a spreadsheet, a calendar, a feed reader, a chat.

pub mod atom;
pub mod csv;
pub mod digest;
pub mod ics;
pub mod json;
mod link;
mod record;

use jiff::civil::Date;

use crate::config::Config;
use crate::model::Corpus;
use crate::source::Source;

/// A book and what its exports need to know besides its facts.
#[derive(Debug, Clone, Copy)]
pub struct ExportInput<'a> {
    /// The facts.
    pub corpus: &'a Corpus,
    /// What they were read from.
    pub sources: &'a [Source],
    /// What the team has chosen.
    pub config: &'a Config,
    /// The day for which the facts are stated.
    pub today: Date,
    /// The book's title.
    pub title: &'a str,
    /// Where the book is published, with a slash at its end.
    pub base_url: Option<&'a str>,
}

#[cfg(test)]
mod tests;
