//! `history`: what git knows about the open questions and the reviews of a book.

use std::path::PathBuf;

use clap::ValueEnum;
use jiff::civil::Date;

use crate::cli::commands::export::{published, write};
use crate::cli::snapshot::Snapshot;
use crate::cli::{Failure, Outcome};
use crate::export::history::{self, History};
use crate::history::Timeline;
use crate::model::Chapter;
use crate::wire::{Repository, timelines};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder with book.toml.
    #[arg(default_value = ".")]
    book: PathBuf,
    /// The output format.
    #[arg(long, value_enum, default_value = "markdown")]
    format: Format,
    /// Where the book is published, for links; default: `base-url` in book.toml.
    #[arg(long, value_name = "URL", value_parser = published)]
    base_url: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Markdown,
    /// For programs: schemas/history-1.json.
    Json,
    /// For spreadsheets: a row for each step.
    Csv,
}

/// Prints the history.
pub(crate) fn history(args: &Args, today: Option<Date>) -> Outcome {
    let repository = Repository::open(&args.book)?;
    let head = repository.commit("HEAD")?;
    let book = Snapshot::of_commit(&repository, &head, "HEAD", today)?;
    let corpus = book.analysis().corpus;
    let chapters: Vec<(usize, &Chapter)> = corpus.documents().map(|(index, chapter, _)| (index, chapter)).collect();
    let timelines = timelines(&repository, &head, &book.last_version(), &chapters)?;
    let indices = chapters.iter().map(|(index, _)| *index);
    let timelines: Vec<(usize, Timeline)> = indices.zip(timelines).collect();
    let is_complete = !repository.is_shallow() && timelines.iter().all(|(_, each)| each.unknown_before.is_none());
    let history = History {
        book: book.book.facts(&corpus, args.base_url.as_deref()),
        head: &head,
        is_complete: is_complete && book.is_whole(),
        timelines: &timelines,
    };
    let text = match args.format {
        Format::Markdown => history::markdown(&history),
        Format::Json => history::json(&history).map_err(|error| Failure::Usage(error.to_string()))?,
        Format::Csv => history::csv(&history).map_err(Failure::Usage)?,
    };
    write(&text, None)
}
