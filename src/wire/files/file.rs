//! Reads the files of a book. Only regular files are opened: reading a named pipe can block for
//! ever, and a device may have no end.

use std::fs::{self, FileType};
use std::io;
use std::path::Path;

/// Where the files of a book are read from: the disk, or a version in git.
pub trait Files: Sync {
    /// The bytes of a file.
    ///
    /// # Errors
    /// If it cannot be read, or is not a regular file.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// Whether there is a folder at `path`.
    fn is_folder(&self, path: &Path) -> bool;
}

/// The bytes of a file.
///
/// # Errors
/// If it cannot be read, or is not a regular file: a folder, a named pipe, a device.
pub fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    match irregular(fs::metadata(path)?.file_type()) {
        Some(what) => Err(io::Error::new(io::ErrorKind::InvalidInput, what)),
        None => fs::read(path),
    }
}

/// The text of a file.
///
/// # Errors
/// As [`read_file`], or if it is not UTF-8.
pub fn read_text(path: &Path) -> io::Result<String> {
    let text = String::from_utf8(read_file(path)?);
    text.map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8"))
}

/// The description of a file that is not regular.
fn irregular(kind: FileType) -> Option<&'static str> {
    if kind.is_file() {
        return None;
    }
    if kind.is_dir() {
        return Some("it is a folder");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return Some("it is a named pipe");
        }
        if kind.is_socket() {
            return Some("it is a socket");
        }
        if kind.is_char_device() || kind.is_block_device() {
            return Some("it is a device");
        }
    }
    Some("it is not a regular file")
}
