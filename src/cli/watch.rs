//! `--watch`: runs a command again whenever a file of the book changes.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use jiff::civil::Date;
use notify::{Event, RecursiveMode, Watcher};

use crate::cli::{Failure, Outcome, load_from, say, tell};
use crate::wire::Workspace;

/// Editors write a file in several steps: changes closer together than this are one.
const SETTLED: Duration = Duration::from_millis(100);

type Changes = Receiver<notify::Result<Event>>;

/// Runs `command` on the book in `root`, now and after each change, until the process is stopped or
/// the reader of stdout has gone. If the book cannot be read, that is reported, and the next change
/// may fix it.
pub(crate) fn watch(root: &Path, today: Option<Date>, command: impl Fn() -> Outcome) -> Outcome {
    let failed = |error: notify::Error| Failure::Usage(format!("the book cannot be watched: {error}"));
    let root = root
        .canonicalize()
        .map_err(|error| Failure::Usage(format!("{}: {error}", root.display())))?;
    let (sender, changes) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(sender).map_err(failed)?;
    // Watch the folder: an editor may replace book.toml with a new file.
    watcher.watch(&root, RecursiveMode::NonRecursive).map_err(failed)?;
    let mut src: Option<PathBuf> = None;
    loop {
        let now = source_folder(&root, today);
        if now != src
            && let Some(now) = &now
        {
            if let Some(before) = &src {
                // The folder may have been removed.
                let _ = watcher.unwatch(before);
            }
            watcher.watch(now, RecursiveMode::Recursive).map_err(failed)?;
        }
        src = now.or(src);
        match command() {
            Ok(_) => {}
            Err(Failure::Closed) => return Err(Failure::Closed),
            Err(failure) if failure.is_silent() => {}
            Err(failure) => tell(&failure.to_string()),
        }
        say("waiting for changes\n");
        wait(&changes, &root, src.as_deref());
    }
}

/// The source folder, as configured in book.toml; None if the book cannot be read.
fn source_folder(root: &Path, today: Option<Date>) -> Option<PathBuf> {
    let book = load_from(&Workspace::default(), root, today, false).ok()?;
    root.join(book.loaded.context.src()).canonicalize().ok()
}

/// Returns when a file of the book has changed and the changes have settled.
fn wait(changes: &Changes, root: &Path, src: Option<&Path>) {
    let is_of_book = |path: &PathBuf| {
        let is_toml = path.parent() == Some(root) && path.extension().is_some_and(|extension| extension == "toml");
        is_toml || src.is_some_and(|src| path.starts_with(src))
    };
    // Errors count as changes, since they may hide one. Reading a file is an event, but not a
    // change.
    let is_change = |event: notify::Result<Event>| {
        event.map_or(true, |event| {
            !event.kind.is_access() && event.paths.iter().any(is_of_book)
        })
    };
    while let Ok(event) = changes.recv() {
        if is_change(event) {
            break;
        }
    }
    while changes.recv_timeout(SETTLED).is_ok() {}
}
