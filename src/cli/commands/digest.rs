//! `digest`: the open questions by owner and what is to be looked at again, for a chat message or an issue.

use std::path::PathBuf;

use clap::ValueEnum;
use jiff::civil::Date;

use crate::cli::commands::export::{published, write};
use crate::cli::{Failure, Outcome, load};
use crate::export::digest::{self, Choice};

/// As many questions as fit in one message.
const MESSAGE: usize = 50;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder with book.toml.
    #[arg(default_value = ".")]
    book: PathBuf,
    /// The output format.
    #[arg(long, value_enum, default_value = "markdown")]
    format: Format,
    /// The maximum number of questions, most urgent first; default: 50 in Markdown, all in JSON.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Only the questions of this person, by name, handle or email.
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// Where the book is published, for links; default: `base-url` in book.toml.
    #[arg(long, value_name = "URL", value_parser = published)]
    base_url: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For people.
    Markdown,
    /// For programs.
    Json,
}

/// Like `export`, it writes nothing if a chapter cannot be read.
pub(crate) fn digest(args: &Args, today: Option<Date>) -> Outcome {
    let book = load(&args.book, today)?;
    if !book.loaded.errors.is_empty() {
        return Err(Failure::Said);
    }
    let corpus = book.analysis().corpus;
    let facts = book.facts(&corpus, args.base_url.as_deref());
    let choice = |most: Option<usize>| Choice {
        owner: args.owner.as_deref(),
        limit: args.limit.or(most),
    };
    let text = match args.format {
        Format::Markdown => digest::markdown(&facts, choice(Some(MESSAGE))),
        Format::Json => digest::json(&facts, choice(None)).map_err(|error| Failure::Usage(error.to_string()))?,
    };
    write(&text, None)
}
