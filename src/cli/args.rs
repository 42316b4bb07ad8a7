//! The command line. Doc comments are its help.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use jiff::civil::Date;

use super::{change, digest, export, init, new};

/// Design documents in mdBook: metadata headers, tables of contents, a decision log and
/// open questions with their deadlines.
///
/// Without a command it is the preprocessor that mdbook runs.
#[derive(Debug, Parser)]
#[command(name = "mdbook-design-docs", version)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    /// The date to take for today; default: `today` in book.toml, SOURCE_DATE_EPOCH, the clock.
    #[arg(long, global = true, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(super) today: Option<Date>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Says whether a renderer is supported; mdbook asks this before a build.
    Supports {
        /// html, or any other.
        renderer: String,
    },
    /// Reports what is wrong with a book's design documents.
    ///
    /// Exit code 0: nothing that is denied; 1: something is; 2: the book cannot be read.
    Check(Check),
    /// Writes the facts of a book's design documents for other programs.
    Export(export::Args),
    /// Prints the JSON Schema of `export --format json`.
    Schema,
    /// Lists the open questions by owner, the overdue ones first, for a message or an issue.
    Digest(digest::Args),
    /// Adds the preprocessor to a book, and says what it recognises there.
    ///
    /// Formatting and comments of book.toml stay; a second run changes nothing.
    Init(init::Args),
    /// Begins a document from the template, with its line in SUMMARY.md, and prints its path.
    New(new::Args),
    /// Sets a document's status wherever it states it, and the day of its last change.
    Status(change::Status),
    /// Records a decision in a document, and closes the question that it settles.
    ///
    /// A row is added to the decision log, the question is marked as resolved with a link to
    /// the decision, and the day of the last change is set. Nothing else is touched; where the
    /// document's form leaves no certain place, nothing is changed.
    Decide(change::Decide),
    /// Prints the script that completes these commands in a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Prints the manual page, for man.
    Man,
}

#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// The folder with book.toml.
    #[arg(default_value = ".")]
    pub(super) book: PathBuf,
}

fn date(text: &str) -> Result<Date, String> {
    // jiff would also take a date with a time, and drop the time.
    Some(text)
        .filter(|text| text.len() == "2026-11-23".len())
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| "it must be a date that exists, as 2026-11-23".to_owned())
}
