//! `ask`: adds an open question to a document, as its author would.

use std::path::PathBuf;

use jiff::civil::Date;

use super::document::{DocumentFile, find};
use crate::author::ask::{self, NewQuestion};
use crate::cli::commands::export::write;
use crate::cli::lock::lock;
use crate::cli::{Outcome, load, one_line, say};
use crate::diagnostic::harmless;

#[derive(Debug, clap::Args)]
pub(crate) struct Ask {
    /// The document, by its file or its title.
    document: String,
    /// The question, in a sentence.
    question: String,
    /// Who is responsible for it.
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// The day by which it must be decided, `2026-12-31`, or a milestone in book.toml.
    #[arg(long, value_name = "DATE")]
    due: Option<String>,
    /// The folder with book.toml.
    #[arg(long, value_name = "BOOK", default_value = ".")]
    book: PathBuf,
}

/// Adds the question and prints each changed line.
pub(crate) fn ask(args: &Ask, today: Option<Date>) -> Outcome {
    let given = |what: &str, text: &Option<String>| {
        let text = text.as_deref().map(|text| one_line(what, text)).transpose();
        text.map(|text| text.map(str::to_owned))
    };
    let question = NewQuestion {
        text: one_line("a question", &args.question)?.to_owned(),
        owner: given("a name", &args.owner)?,
        due: given("a date", &args.due)?,
    };
    let _lock = lock(&args.book)?;
    let book = load(&args.book, today)?;
    let file = DocumentFile::read(&book, find(&book, &args.document)?)?;
    let added = ask::ask(&file.source, &book.config, &question, book.today).map_err(|what| file.failure(&what))?;
    file.write(&added.edits)?;
    if let Some(heading) = added.begins {
        say(&format!(
            "note: it had no section of open questions; \"{heading}\" has been added\n"
        ));
    }
    write(&harmless(&file.changes(&added.edits), &['\n', '\t']), None)
}
