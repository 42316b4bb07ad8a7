//! `digest`: the open questions by owner and what is to be looked at again, for a chat message or an issue;
//! before them, what is new.

use std::path::PathBuf;

use clap::ValueEnum;
use jiff::civil::Date;

use crate::cli::commands::export::{published, write};
use crate::cli::snapshot::{Snapshot, Versions};
use crate::cli::{Failure, OpenBook, Outcome, clock, load};
use crate::export::diff::News;
use crate::export::digest::{self, Choice};
use crate::model::Corpus;
use crate::wire::Repository;

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
    /// The maximum number of questions, most urgent first, and of changes; default: 50 in Markdown, all in JSON.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Only the questions of this person, by name, handle or email.
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// Begin with what is new since then, according to git: a number of days (`7d`) or weeks (`2w`) ago, a day, or
    /// a commit, a branch or a tag.
    #[arg(long, value_name = "7d|DATE|REV")]
    since: Option<String>,
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
    let Some(since) = args.since.as_deref() else {
        let book = load(&args.book, today)?;
        if !book.loaded.errors.is_empty() {
            return Err(Failure::Said);
        }
        return written(args, &book, &book.analysis().corpus, None);
    };
    let repository = Repository::open(&args.book)?;
    let new = Snapshot::on_disk(&args.book, &repository, today)?;
    let since = Since::read(since, new.book.today)?;
    let base = since.commit(&repository, &new.book)?;
    let versions = Versions::compare(&repository, (&base, &since.said()), (new, None))?;
    let news = News {
        since: &since.said(),
        diff: versions.diff(args.base_url.as_deref(), None),
    };
    written(args, &versions.new.book, &versions.after.corpus, Some(&news))
}

fn written(args: &Args, book: &OpenBook, corpus: &Corpus, news: Option<&News<'_>>) -> Outcome {
    let facts = book.facts(corpus, args.base_url.as_deref());
    let choice = |most: Option<usize>| Choice {
        owner: args.owner.as_deref(),
        limit: args.limit.or(most),
    };
    let text = match args.format {
        Format::Markdown => digest::markdown(&facts, choice(Some(MESSAGE)), news),
        Format::Json => digest::json(&facts, choice(None), news).map_err(|error| Failure::Usage(error.to_string()))?,
    };
    write(&text, None)
}

/// The value of `--since`.
enum Since {
    /// The beginning of a day.
    Day(Date),
    /// A version, as it was named.
    Revision(String),
}

impl Since {
    fn read(text: &str, today: Date) -> Result<Self, Failure> {
        if let Ok(day) = text.parse::<Date>() {
            return Ok(Self::Day(day));
        }
        let days = [("d", 1), ("w", 7)].into_iter().find_map(|(unit, days)| {
            let count: i64 = text.strip_suffix(unit)?.parse().ok()?;
            count.checked_mul(days).filter(|days| *days >= 0)
        });
        let Some(days) = days else {
            return Ok(Self::Revision(text.to_owned()));
        };
        let span = jiff::Span::new().try_days(days);
        let day = span.and_then(|span| today.checked_sub(span));
        day.map(Self::Day)
            .map_err(|_| Failure::Usage(format!("{text} is too long ago")))
    }

    fn said(&self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Revision(name) => name.clone(),
        }
    }

    /// The last version before.
    fn commit(&self, repository: &Repository, book: &OpenBook) -> Result<String, Failure> {
        let day = match self {
            Self::Revision(name) => return Ok(repository.commit(name)?),
            Self::Day(day) => *day,
        };
        let begin = clock::midnight(day, &book.config);
        match repository.commit_before(begin)? {
            Some(commit) => Ok(commit),
            None if repository.is_shallow() => Err(Failure::Usage(format!(
                "the clone is shallow and has no commit from before {day}\n  \
                 help: `git fetch --unshallow` gets the older commits; with actions/checkout, set `fetch-depth: 0`"
            ))),
            // Everything is new since before the first commit.
            None => Ok(repository.nothing()?),
        }
    }
}
