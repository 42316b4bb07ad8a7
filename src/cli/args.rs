//! The command line. Doc comments are its help.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::cli::commands::{change, digest, export, init, new};

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
    /// Exit code 0: nothing that is denied; 1: something is; 2: a mistake in the arguments, or
    /// the book or a chapter cannot be read.
    Check(Check),
    /// Puts right what is certain: shows the changes as a diff, and makes them with --write.
    ///
    /// Only lints that are on are fixed, and only what stands in the book's own folder of
    /// chapters. Each file is written as a whole or not at all, and not if it has changed
    /// meanwhile. Exit code 0: nothing to do, or all of it done; 1: there is something to do,
    /// and --write was not given; 2: a mistake in the arguments, or a file cannot be read or
    /// written.
    Fix(Fix),
    /// Says what a lint finds, why that matters and what to do; without a name, lists all.
    Explain {
        /// The lint's name, as `overdue-question`.
        lint: Option<String>,
    },
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
    ///
    /// The old status is replaced with its markup and remarks. In a list of task boxes the tick
    /// moves; a history with dates or arrows, `Proposed → Accepted`, gets another step. A status
    /// with further information, such as a date beside it, is not changed: the message says why
    /// and where.
    Status(change::Status),
    /// Records a decision in a document, and closes the question that it settles.
    ///
    /// Adds a row to the decision log, or an item to a list of dated decisions, marks the question
    /// as resolved with a link to the decision, and sets the day of the last change. Nothing else
    /// is changed. If the place for the decision is not certain, nothing is changed at all.
    Decide(change::Decide),
    /// Prints the script that completes these commands in a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Prints a manual page in the format of man, or writes all of them.
    Man(Man),
}

#[derive(Debug, clap::Args)]
pub(super) struct Man {
    /// The command to describe; default: the whole program.
    pub(super) command: Option<String>,
    /// Write the pages of the program and of all commands into this folder.
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// The folder with book.toml.
    #[arg(default_value = ".")]
    pub(super) book: PathBuf,
    /// How to write it. The paths in `human` and `short` start at the current folder, those in the
    /// others at the top of the repository.
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Report,
    #[command(flatten)]
    pub(super) levels: Levels,
    /// Report only what is not in this file.
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write all that is found into a file for --baseline, and report none of it. Together
    /// with --baseline: write what that file knows and is still there, so that what has been
    /// cured is dropped and what is new is still reported.
    #[arg(long, value_name = "FILE")]
    pub(super) write_baseline: Option<PathBuf>,
    /// Check again after each change, until it is stopped.
    #[arg(long, conflicts_with = "write_baseline")]
    pub(super) watch: bool,
}

/// A lint's own name stands above its group's, and that above `warnings`, which is all that
/// would be a warning; of equals the loudest counts. All of them stand above book.toml.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Levels {
    /// Exit with 1 if this lint, this group or any of all `warnings` finds something.
    #[arg(long, value_name = "LINT")]
    pub(super) deny: Vec<String>,
    /// Report it, but do not fail.
    #[arg(long, value_name = "LINT")]
    pub(super) warn: Vec<String>,
    /// Do not report it.
    #[arg(long, value_name = "LINT")]
    pub(super) allow: Vec<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Report {
    /// For a person: each finding with its line, its help and its fix.
    #[default]
    Human,
    /// For editors: `file:line:column: level: message [lint]`, a line each.
    Short,
    /// For programs: schemas/diagnostics-1.json.
    Json,
    /// For GitHub Actions: annotations at the lines.
    Github,
    /// For code scanning: SARIF 2.1.0.
    Sarif,
}

#[derive(Debug, clap::Args)]
pub(super) struct Fix {
    /// The folder with book.toml.
    #[arg(default_value = ".")]
    pub(super) book: PathBuf,
    /// Make the changes.
    #[arg(long)]
    pub(super) write: bool,
    /// Fix only what this lint finds, also where it is not on; may be repeated.
    #[arg(long, value_name = "LINT")]
    pub(super) only: Vec<String>,
}

fn date(text: &str) -> Result<Date, String> {
    // jiff would also take a date with a time, and drop the time.
    Some(text)
        .filter(|text| text.len() == "2026-11-23".len())
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| "it must be a date that exists, as 2026-11-23".to_owned())
}
