//! `why`: what has been decided about a topic or a path.

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use jiff::civil::Date;

use crate::cli::commands::export::{published, write};
use crate::cli::{Failure, Outcome, load, one_line, say};
use crate::export::why::{self, Query};
use crate::wire::git;
use crate::{report, wire};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The topic, in some words, or a file or folder of the repository.
    #[arg(value_name = "TOPIC|PATH", required = true)]
    query: Vec<String>,
    /// The folder with book.toml.
    #[arg(long, value_name = "BOOK", default_value = ".")]
    book: PathBuf,
    /// The output format.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// The maximum number of hits, at most 1000.
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=1000))]
    limit: u16,
    /// Where the book is published, for links; default: `base-url` in book.toml.
    #[arg(long, value_name = "URL", value_parser = published)]
    base_url: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: one line for each hit, with its file and line.
    Text,
    /// For programs.
    Json,
}

/// Prints the hits; the exit code is 1 if there are none.
pub(crate) fn why(args: &Args, today: Option<Date>) -> Outcome {
    let text = args.query.join(" ");
    let text = one_line("a topic", &text)?;
    let book = load(&args.book, today)?;
    let corpus = book.analysis().corpus;
    let facts = book.facts(&corpus, args.base_url.as_deref());
    let path = path(text, &args.book);
    let query = Query {
        text,
        path: path.as_ref().map(|path| path.name.as_str()),
        exists: path.as_ref().is_some_and(|path| path.exists),
        limit: args.limit.into(),
    };
    let answer = why::why(&facts, &query);
    let src = report::below(&wire::as_named(&args.book), book.loaded.context.src());
    let out = match args.format {
        Format::Text => answer.text(|path| report::below(&src, path)),
        Format::Json => answer.json().map_err(|error| Failure::Usage(error.to_string()))?,
    };
    write(&out, None)?;
    if !answer.is_empty() {
        return Ok(match book.loaded.errors.is_empty() {
            true => ExitCode::SUCCESS,
            // A chapter that cannot be read may have another answer.
            false => ExitCode::from(2),
        });
    }
    say(&format!("nothing was found about \"{text}\"\n"));
    Ok(ExitCode::from(if book.loaded.errors.is_empty() { 1 } else { 2 }))
}

/// A path in the repository.
struct RepositoryPath {
    /// From the root of the repository, with `/`.
    name: String,
    exists: bool,
}

/// The path that `text` names; None if it is only words.
fn path(text: &str, book: &Path) -> Option<RepositoryPath> {
    let working = env::current_dir().unwrap_or_default();
    let root = git::root(book)
        .or_else(|| git::root(&working))
        .unwrap_or_else(|| working.clone());
    // A path is named from where we are, or from the root of the repository.
    for folder in [&working, &root] {
        let Ok(path) = folder.join(text).canonicalize() else {
            continue;
        };
        let within = root
            .canonicalize()
            .ok()
            .and_then(|root| path.strip_prefix(root).ok().map(Path::to_owned));
        if let Some(within) = within.filter(|within| !within.as_os_str().is_empty()) {
            return Some(RepositoryPath {
                name: wire::as_named(&within),
                exists: true,
            });
        }
    }
    let is_like_a_path = !text.contains(char::is_whitespace) && text.contains(['/', '.']);
    is_like_a_path.then(|| RepositoryPath {
        name: report::below("", &text.replace('\\', "/")),
        exists: false,
    })
}
