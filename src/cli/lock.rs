//! A lock, so that only one command at a time changes a book: the next reads it after the previous
//! has written.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;

use crate::cli::{Failure, progress};

/// The number of attempts and the pause between them: half a minute in all.
const TRIES: usize = 3000;
const PAUSE: Duration = Duration::from_millis(10);

/// Waits until no other command changes the book in `folder`. The lock is released when the
/// returned file is dropped, or when the process ends for any reason. None if the folder does not
/// exist or the file system has no locks; each file is still compared before it is replaced.
pub(super) fn lock(folder: &Path) -> Result<Option<File>, Failure> {
    let Ok(file) = open(folder) else { return Ok(None) };
    for tried in 0..TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::Error(_)) => return Ok(None),
            Err(TryLockError::WouldBlock) if tried == 0 => progress::doing("waiting for another command".to_owned()),
            Err(TryLockError::WouldBlock) => {}
        }
        std::thread::sleep(PAUSE);
    }
    Err(Failure::Usage(format!(
        "another command has been changing the book in {} for half a minute; try again later",
        folder.display()
    )))
}

/// Opens the folder itself for locking. A file in it could be replaced in the meantime, and a
/// separate lock file would be left behind.
#[cfg(unix)]
fn open(folder: &Path) -> io::Result<File> {
    File::open(folder)
}

/// Opens a temporary file named after the folder, where folders cannot be locked.
#[cfg(not(unix))]
fn open(folder: &Path) -> io::Result<File> {
    use std::hash::{Hash, Hasher};
    let mut hasher = rustc_hash::FxHasher::default();
    folder.canonicalize()?.hash(&mut hasher);
    let name = format!("mdbook-design-docs-{:016x}.lock", hasher.finish());
    File::options()
        .create(true)
        .append(true)
        .open(std::env::temp_dir().join(name))
}
