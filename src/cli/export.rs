//! `export`: the facts of the book, to stdout or a file.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use jiff::civil::Date;

use super::args::{self, Format};
use super::{Failure, Outcome, load};
use crate::export::json::json;
use crate::parse;

/// Writes nothing where a chapter cannot be read: part of the facts would pass for all of them.
pub(super) fn export(args: &args::Export, today: Option<Date>) -> Outcome {
    let book = load(&args.book, today)?;
    if !book.loaded.errors.is_empty() {
        return Err(Failure::Said);
    }
    let sources = &book.loaded.sources;
    let (corpus, _) = parse::corpus(sources, &book.config);
    let text = match args.format {
        Format::Json => json(&corpus, sources, book.today, book.config.due_soon_days),
    };
    let text = text.map_err(|error| Failure::Usage(error.to_string()))?;
    match &args.output {
        Some(path) => replace(path, &text)
            .map_err(|error| Failure::Usage(format!("could not write {}: {error}", path.display())))?,
        None => {
            let mut stdout = io::stdout().lock();
            stdout
                .write_all(text.as_bytes())
                .and_then(|()| stdout.flush())
                .map_err(Failure::stdout)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes beside the file and renames, so that nobody ever reads half of it.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let name = path
        .file_name()
        .ok_or_else(|| io::Error::other("it is not the name of a file"))?;
    let mut beside = std::ffi::OsString::from(".");
    beside.push(name);
    beside.push(format!(".{}", std::process::id()));
    let beside = path.with_file_name(beside);
    let written = fs::write(&beside, text).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // The first error is the one to tell.
        let _ = fs::remove_file(&beside);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.json");
        fs::write(&path, "old and longer").unwrap();
        replace(&path, "new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(replace(&folder.path().join("none/out.json"), "x").is_err());
    }
}
