//! Files of the user's, written as a whole or not at all.

use std::fs;
use std::io;
use std::path::Path;

/// Writes beside the file and renames, so that nobody ever reads half of it.
pub(super) fn replace(path: &Path, text: &str) -> io::Result<()> {
    beside(path, text, |from| fs::rename(from, path))
}

/// Writes a file that must not be there yet, also not since somebody looked.
pub(super) fn create(path: &Path, text: &str) -> io::Result<()> {
    beside(path, text, |from| {
        // A link fails where a rename would replace.
        match fs::hard_link(from, path) {
            Ok(()) => fs::remove_file(from),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
            // Some file systems have no links.
            Err(_) if path.exists() => Err(io::Error::from(io::ErrorKind::AlreadyExists)),
            Err(_) => fs::rename(from, path),
        }
    })
}

fn beside(path: &Path, text: &str, put: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
    let name = path
        .file_name()
        .ok_or_else(|| io::Error::other("it is not the name of a file"))?;
    let mut beside = std::ffi::OsString::from(".");
    beside.push(name);
    beside.push(format!(".{}", std::process::id()));
    let beside = path.with_file_name(beside);
    let written = fs::write(&beside, text)
        .and_then(|()| match fs::metadata(path) {
            // What may be read and run stays so.
            Ok(old) => fs::set_permissions(&beside, old.permissions()),
            Err(_) => Ok(()),
        })
        .and_then(|()| put(&beside));
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

    #[test]
    fn a_file_that_is_there_is_not_created() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        create(&path, "first").unwrap();
        let error = create(&path, "second").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&path).unwrap(), "first");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
