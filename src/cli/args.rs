//! The command line. Doc comments are its help.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::cli::commands::author::{ask, change, new, supersede};
use crate::cli::commands::{diff, digest, export, history, init, why};

/// Design documents in mdBook: metadata headers, tables of contents, a decision log and
/// open questions with their deadlines.
///
/// Without a command, it acts as the preprocessor that mdbook runs.
#[derive(Debug, Parser)]
#[command(name = "mdbook-design-docs", version)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    /// The date to use as today; default: `today` in book.toml, SOURCE_DATE_EPOCH or the clock.
    #[arg(long, global = true, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(super) today: Option<Date>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Reports whether a renderer is supported; mdbook runs this before a build.
    Supports {
        /// The renderer's name: html or any other.
        renderer: String,
    },
    /// Reports problems in a book's design documents.
    ///
    /// Exit code 0: no findings of denied lints; 1: findings of denied lints; 2: invalid arguments,
    /// or the book or a chapter cannot be read.
    Check(Check),
    /// Fixes findings whose fix is certain: shows the changes as a diff, or applies them with
    /// --write.
    ///
    /// Only findings of enabled lints are fixed, and only in files in the book's own source folder.
    /// Each file is written completely or not at all, and never if it has changed in the meantime.
    /// Exit code 0: nothing to fix, or all fixes applied; 1: there are fixes, and --write was not
    /// given; 2: invalid arguments, or a file cannot be read or written.
    Fix(Fix),
    /// Explains what a lint finds, why that matters and what to do; without a name, lists all
    /// lints.
    Explain {
        /// The lint's name, such as `overdue-question`.
        lint: Option<String>,
    },
    /// Exports the facts of a book's design documents for other programs.
    Export(export::Args),
    /// Prints the JSON Schema of `export --format json`.
    Schema,
    /// Lists the open questions by owner, overdue ones first, and what is to be looked at again, for a
    /// chat message or an issue.
    Digest(digest::Args),
    /// Tells what two versions of a book say differently: its statuses, decisions, questions and deadlines.
    ///
    /// Both versions are read from git as a build reads them, each with its own book.toml and SUMMARY.md; the
    /// new one may also be the files as they are now. A question that is worded differently has changed; one
    /// that stands elsewhere in its document has not. Exit code 0: the versions were compared; 1: there is a
    /// difference, and --exit-code was given; 2: invalid arguments, no git, no repository, no such revision, or
    /// the book cannot be read.
    Diff(diff::Args),
    /// Tells how long each document has been in review, when its open questions were asked, and how often their
    /// deadlines have moved.
    ///
    /// It reads every version of the documents that the book has in HEAD, by the settings of HEAD. A day is that of
    /// the commit, as its author's clock had it. What is older than the oldest version, in a shallow clone or where
    /// a text cannot be read, is unknown and gets no day. Exit code 0: the history was written; 2: invalid arguments, no
    /// git, no repository, or the book cannot be read.
    History(history::Args),
    /// Finds what has been decided about a topic, or about a file or folder of the repository.
    ///
    /// Decisions in force come first, then proposed ones, open questions, and decisions that are
    /// not in force any more, each with what replaced it. For a path, documents whose `Affects`
    /// matches it come before all others, the most specific first. Exit code 0: something was found;
    /// 1: nothing was found; 2: invalid arguments, or the book or a chapter cannot be read.
    Why(why::Args),
    /// Adds the preprocessor to a book, and lists the design documents that it recognises.
    ///
    /// The formatting and comments of book.toml are kept; a second run changes nothing.
    Init(init::Args),
    /// Creates a document from the template, adds it to SUMMARY.md and prints its path.
    ///
    /// If the folder numbers its documents, the number is the next one that neither the folder nor
    /// the same folder in a branch of git has, here or on a remote as last fetched. Numbers that are
    /// left out are printed with their branch.
    New(new::Args),
    /// Sets a document's status wherever it is stated, and the date of its last change.
    ///
    /// The old status is replaced together with its markup and remarks. In a list of task boxes the
    /// tick moves; a history with dates or arrows, `Proposed → Accepted`, gets another step. A
    /// status with further information, such as a date beside it, is not changed: the message says
    /// why and where.
    Status(change::Status),
    /// Records a decision in a document, and closes the question that it resolves.
    ///
    /// Adds a row to the decision log, or an item to a list of dated decisions, marks the question
    /// as resolved with a link to the decision, and sets the date of the last change. Nothing else
    /// is changed. If it is not certain where the decision belongs, nothing is changed at all.
    Decide(change::Decide),
    /// Writes in two documents that one replaces the other.
    ///
    /// The old document gets the status `Superseded by` with a link to the new one, and the new one
    /// a `Supersedes` with a link to the old one, each in its own form: a label, a row, front matter
    /// or a section. What is written already stays as it is. If one of the two cannot be written
    /// with certainty, neither is changed: the message says why and where.
    Supersede(supersede::Supersede),
    /// Adds an open question to a document, with its owner and deadline.
    ///
    /// The question goes after the last one, in the same form: a row, an item or a heading, with the
    /// facts where the other questions have them. A document without open questions gets a section
    /// for them. A question that the document asks already is rejected.
    Ask(ask::Ask),
    /// Prints the completion script for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Prints a manual page in man format, or writes all of them.
    Man(Man),
}

#[derive(Debug, clap::Args)]
pub(super) struct Man {
    /// The command to describe; default: the whole program.
    pub(super) command: Option<String>,
    /// Write the pages of the program and of all commands to this folder.
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// The folder with book.toml.
    #[arg(default_value = ".")]
    pub(super) book: PathBuf,
    /// The output format. In `human` and `short`, paths are relative to the current folder; in the
    /// others, to the top of the repository.
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Report,
    #[command(flatten)]
    pub(super) levels: Levels,
    /// Report only findings that are not in this file.
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write all findings to a file for --baseline, and report none of them. Together with
    /// --baseline: write only the findings of that file that still exist, so that fixed ones are
    /// dropped and new ones are still reported.
    #[arg(long, value_name = "FILE")]
    pub(super) write_baseline: Option<PathBuf>,
    /// Check again after each change, until stopped.
    #[arg(long, conflicts_with = "write_baseline")]
    pub(super) watch: bool,
}

/// A lint's own name takes precedence over its group's, and a group over `warnings`, which means
/// every lint that would warn; among equals the highest level wins. All of them override book.toml.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Levels {
    /// Exit with 1 if this lint or group has findings; `warnings` means every lint that warns.
    #[arg(long, value_name = "LINT")]
    pub(super) deny: Vec<String>,
    /// Report this lint or group, but do not fail.
    #[arg(long, value_name = "LINT")]
    pub(super) warn: Vec<String>,
    /// Do not report this lint or group.
    #[arg(long, value_name = "LINT")]
    pub(super) allow: Vec<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Report {
    /// For people: each finding with its source line, its help and its fix.
    #[default]
    Human,
    /// For editors: `file:line:column: level: message [lint]`, one finding per line.
    Short,
    /// For programs: schemas/diagnostics-1.json.
    Json,
    /// For GitHub Actions: annotations on the lines.
    Github,
    /// For code scanning: SARIF 2.1.0.
    Sarif,
}

#[derive(Debug, clap::Args)]
pub(super) struct Fix {
    /// The folder with book.toml.
    #[arg(default_value = ".")]
    pub(super) book: PathBuf,
    /// Apply the changes.
    #[arg(long)]
    pub(super) write: bool,
    /// Fix only findings of this lint, even if it is not enabled; may be repeated.
    #[arg(long, value_name = "LINT")]
    pub(super) only: Vec<String>,
}

fn date(text: &str) -> Result<Date, String> {
    // jiff would also accept a date with a time, and drop the time.
    Some(text)
        .filter(|text| text.len() == "2026-11-23".len())
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| "it must be a valid date, such as 2026-11-23".to_owned())
}
