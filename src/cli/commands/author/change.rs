//! `status` and `decide`: change one fact in a document, as its author would.

use std::path::PathBuf;

use jiff::civil::Date;

use super::document::{DocumentFile, find};
use crate::author::change::{self, NewDecision};
use crate::cli::commands::export::write;
use crate::cli::lock::lock;
use crate::cli::{Failure, OpenBook, Outcome, load, one_line, say};
use crate::diagnostic::harmless;
use crate::source::{Edit, Source};
use crate::wire::git;

#[derive(Debug, clap::Args)]
pub(crate) struct Status {
    /// The document, by its file or its title.
    document: String,
    /// The new status: `approved`, "In Review".
    state: String,
    /// The folder with book.toml.
    #[arg(long, value_name = "BOOK", default_value = ".")]
    book: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Decide {
    /// The document, by its file or its title.
    document: String,
    /// What was decided, in a sentence.
    decision: String,
    /// The reason.
    #[arg(long, value_name = "REASON", default_value = "")]
    why: String,
    /// Who decided; default: git's user.name.
    #[arg(long, value_name = "NAME")]
    by: Vec<String>,
    /// The open question that it resolves, by its number, its id or some of its words.
    #[arg(long, value_name = "QUESTION")]
    question: Option<String>,
    /// The document's new status.
    #[arg(long, value_name = "STATE")]
    status: Option<String>,
    /// The folder with book.toml.
    #[arg(long, value_name = "BOOK", default_value = ".")]
    book: PathBuf,
}

/// Sets the status and prints each changed line.
pub(crate) fn status(args: &Status, today: Option<Date>) -> Outcome {
    let state = one_line("a status", &args.state)?;
    let _lock = lock(&args.book)?;
    let book = load(&args.book, today)?;
    change(&book, &args.document, |source| {
        change::set_status(source, &book.config, state, book.today)
    })
}

/// Records the decision and prints each changed line.
pub(crate) fn decide(args: &Decide, today: Option<Date>) -> Outcome {
    if args.decision.trim().is_empty() {
        return Err(Failure::Usage("describe the decision in a sentence".to_owned()));
    }
    for name in &args.by {
        one_line("a name", name)?;
    }
    let status = args
        .status
        .as_deref()
        .map(|word| one_line("a status", word))
        .transpose()?;
    let _lock = lock(&args.book)?;
    let book = load(&args.book, today)?;
    let decided_by = match args.by.as_slice() {
        [] => git::config(&args.book, "user.name").unwrap_or_default(),
        names => names.join(", "),
    };
    let decision = NewDecision {
        text: args.decision.clone(),
        rationale: args.why.clone(),
        decided_by,
        is_by_given: !args.by.is_empty(),
        question: args.question.clone(),
        status: status.map(str::to_owned),
    };
    change(&book, &args.document, |source| {
        let (edits, left_out) = change::decide(source, &book.config, &decision, book.today)?;
        for what in left_out {
            say(&format!(
                "note: its decisions have no place for {what}; it is not recorded\n"
            ));
        }
        Ok(edits)
    })
}

/// Changes the file of the document that `wanted` names.
fn change(book: &OpenBook, wanted: &str, edit: impl Fn(&Source) -> Result<Vec<Edit>, String>) -> Outcome {
    let file = DocumentFile::read(book, find(book, wanted)?)?;
    let edits = edit(&file.source).map_err(|what| file.failure(&what))?;
    file.write(&edits)?;
    write(&harmless(&file.changes(&edits), &['\n', '\t']), None)
}
