//! `supersede`: writes in two documents that one replaces the other.

use std::path::PathBuf;

use jiff::civil::Date;

use super::document::{DocumentFile, find};
use crate::author::supersede::{self, Member};
use crate::cli::commands::export::write;
use crate::cli::lock::lock;
use crate::cli::{Failure, OpenBook, Outcome, load, say};
use crate::diagnostic::harmless;
use crate::source::Source;

#[derive(Debug, clap::Args)]
pub(crate) struct Supersede {
    /// The document that is replaced, by its file or its title.
    old: String,
    /// The document that replaces it, by its file or its title.
    new: String,
    /// The folder with book.toml.
    #[arg(long, value_name = "BOOK", default_value = ".")]
    book: PathBuf,
}

/// Writes both documents and prints each changed line.
pub(crate) fn supersede(args: &Supersede, today: Option<Date>) -> Outcome {
    let _lock = lock(&args.book)?;
    let book = load(&args.book, today)?;
    let (old_at, old) = opened(&book, &args.old)?;
    let (new_at, new) = opened(&book, &args.new)?;
    // Two chapters may be one file, by a symbolic link.
    if old_at == new_at || old.path.canonicalize().ok() == new.path.canonicalize().ok() {
        return Err(old.failure("a document cannot supersede itself; name two documents"));
    }
    let corpus = book.analysis().corpus;
    let both = supersede::supersede(
        &corpus,
        &book.config,
        member(old_at, &old),
        member(new_at, &new),
        book.today,
    )
    .map_err(|refusal| match refusal.index == old_at {
        true => old.failure(&refusal.what),
        false => new.failure(&refusal.what),
    })?;
    old.write(&both.old)?;
    if let Err(failure) = new.write(&both.new) {
        // Both are written, or neither.
        return Err(match old.restore(&both.old) {
            Ok(()) => failure,
            Err(other) => Failure::Usage(format!("{failure}; the change in the other document remains: {other}")),
        });
    }
    if let Some(status) = both.pending {
        let path = new.path.display();
        say(&format!(
            "note: the status of {path} is {status}; it supersedes nothing until it is accepted\n"
        ));
    }
    let said = old.changes(&both.old) + &new.changes(&both.new);
    write(&harmless(&said, &['\n', '\t']), None)
}

/// The document that `wanted` names: the index of its chapter, and its file.
fn opened(book: &OpenBook, wanted: &str) -> Result<(usize, DocumentFile), Failure> {
    let chapter: &Source = find(book, wanted)?;
    let sources = &book.loaded.sources;
    let index = sources.iter().position(|source| std::ptr::eq(source, chapter));
    Ok((index.unwrap_or_default(), DocumentFile::read(book, chapter)?))
}

fn member(index: usize, file: &DocumentFile) -> Member<'_> {
    Member {
        index,
        source: &file.source,
    }
}
