//! Writes a file as a whole or not at all.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::Path;

/// Puts `bytes` in the place of the file at `path`, or makes it. Whoever reads it sees the old
/// text or the new one, also if this is killed. A file that is there keeps its permissions.
///
/// # Errors
/// If the folder or the file cannot be written.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let before = match fs::metadata(path) {
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    // What is no file, a device or a pipe, is written to; a rename would put a file in its place.
    if before.as_ref().is_some_and(|metadata| !metadata.is_file()) {
        return File::options().write(true).open(path)?.write_all(bytes);
    }
    // A rename would also replace what may not be written.
    if before
        .as_ref()
        .is_some_and(|metadata| metadata.permissions().readonly())
    {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
    }
    let beside = beside(path, bytes)?;
    if let Some(before) = before {
        keep(beside.as_file(), &before)?;
    }
    beside.as_file().sync_all()?;
    beside.persist(path)?;
    sync_folder(path);
    Ok(())
}

/// Makes the file at `path` of `bytes`, which must not be there, also not since somebody looked.
///
/// # Errors
/// If it is there, or the folder cannot be written.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = beside(path, bytes)?;
    beside.as_file().sync_all()?;
    beside.persist_noclobber(path)?;
    sync_folder(path);
    Ok(())
}

fn beside(path: &Path, bytes: &[u8]) -> io::Result<tempfile::NamedTempFile> {
    let mut beside = builder().tempfile_in(folder_of(path))?;
    beside.write_all(bytes)?;
    Ok(beside)
}

fn sync_folder(path: &Path) {
    // Not every file system can do this for a folder.
    let _ = File::open(folder_of(path)).and_then(|folder| folder.sync_all());
}

fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".design-docs-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What any new file gets; the umask is taken from it.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}

/// Gives `file` the permissions and, where we may, the owner of another.
fn keep(file: &File, before: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        // Only root may give files away; anybody else's are their own.
        let _ = fchown(file, Some(before.uid()), Some(before.gid()));
    }
    file.set_permissions(before.permissions())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        replace(&path, b"old and longer").unwrap();
        replace(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "nothing is left beside it"
        );
        assert!(replace(&folder.path().join("none/a.md"), b"x").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_written_to() {
        use std::io::Read;
        let (mut reader, writer) = io::pipe().unwrap();
        let path = format!("/proc/self/fd/{}", std::os::fd::AsRawFd::as_raw_fd(&writer));
        if !Path::new(&path).exists() {
            return;
        }
        replace(Path::new(&path), b"text").unwrap();
        drop(writer);
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        assert_eq!(text, "text");
        let folder = tempfile::tempdir().unwrap();
        assert!(replace(folder.path(), b"text").is_err(), "a folder");
        assert!(folder.path().is_dir());
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "old").unwrap();
        for mode in [0o640, 0o755, 0o600] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            replace(&path, b"new").unwrap();
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, mode);
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
        let error = replace(&path, b"newer").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::PermissionDenied);
        assert_eq!(fs::read(&path).unwrap(), b"new");
    }

    #[test]
    fn a_file_that_is_there_is_not_created() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        create(&path, b"first").unwrap();
        let error = create(&path, b"second").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"first");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
