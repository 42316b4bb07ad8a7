//! Writes a file completely or not at all.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Replaces the file at `path` with `new`, as [`replace`] does, if it still contains `old`.
///
/// # Errors
/// If the file has been changed since it was read, or it cannot be written.
pub fn update(path: &Path, old: &[u8], new: &[u8]) -> io::Result<()> {
    if fs::read(path)? != old {
        return Err(io::Error::other(
            "it has changed since it was read; run the command again",
        ));
    }
    replace(path, new)
}

/// Replaces or creates the file at `path`. Readers see either the old text or the new one, even if
/// this process is killed. An existing file keeps its permissions and attributes, and a symbolic
/// link stays a link: its target is replaced.
///
/// # Errors
/// If the folder or the file cannot be written, or the file has several names.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    put(&target(path)?, bytes)
}

/// As [`replace`], but replaces a link at `path` itself: if the program chose the path, not the
/// user, a link must not redirect the write to another file.
///
/// # Errors
/// As [`replace`].
pub fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let before = match fs::metadata(path) {
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    // A device or a pipe is written to; a rename would replace it with a file.
    if before.as_ref().is_some_and(|metadata| !metadata.is_file()) {
        return File::options().write(true).open(path)?.write_all(bytes);
    }
    // A rename would also replace a read-only file.
    if before
        .as_ref()
        .is_some_and(|metadata| metadata.permissions().readonly())
    {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
    }
    if before.as_ref().is_some_and(has_other_names) {
        return Err(io::Error::other(
            "it is a hard link: the same file under its other names would not change; write it by hand",
        ));
    }
    let beside = beside(path, bytes)?;
    if let Some(before) = before {
        keep_attributes(beside.as_file(), path)?;
        keep(beside.as_file(), &before)?;
    }
    beside.as_file().sync_all()?;
    beside.persist(path)?;
    sync_folder(path);
    Ok(())
}

/// Creates the file at `path`; it must not exist, even if it was created since the last check.
///
/// # Errors
/// If it exists, or the folder cannot be written.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = beside(path, bytes)?;
    beside.as_file().sync_all()?;
    beside.persist_noclobber(path)?;
    sync_folder(path);
    Ok(())
}

/// The file to which `path` resolves through symbolic links, even if it does not exist yet.
fn target(path: &Path) -> io::Result<PathBuf> {
    // Linux follows the same number.
    const MOST_LINKS: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&path) {
            // Below /proc, a pipe appears as a link.
            Ok(link) if fs::metadata(&path).map_or(true, |metadata| metadata.is_file()) => {
                path = folder_of(&path).join(link);
            }
            _ => return Ok(path),
        }
    }
    Err(io::Error::other("it is a symbolic link that leads in a circle"))
}

#[cfg(unix)]
fn has_other_names(file: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(file) > 1
}

/// On Windows, this cannot be determined easily.
#[cfg(not(unix))]
fn has_other_names(_: &Metadata) -> bool {
    false
}

/// Gives `file` the extended attributes of the one at `path`: tags, access control lists.
#[cfg(unix)]
fn keep_attributes(file: &File, path: &Path) -> io::Result<()> {
    use xattr::FileExt;
    // Not every file system supports them.
    let Ok(names) = xattr::list(path) else { return Ok(()) };
    for name in names {
        let kept = xattr::get(path, &name)?.map_or(Ok(()), |value| file.set_xattr(&name, &value));
        let name = name.to_string_lossy();
        // The system sets these.
        let is_ours = !name.starts_with("security.") && !name.starts_with("com.apple.");
        if let Err(error) = kept
            && is_ours
        {
            return Err(io::Error::new(
                error.kind(),
                format!("its attribute {name} cannot be kept: {error}"),
            ));
        }
    }
    Ok(())
}

/// This system does not have them.
#[cfg(not(unix))]
fn keep_attributes(_: &File, _: &Path) -> io::Result<()> {
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
        // The default for a new file; the umask is applied to it.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}

/// Gives `file` the permissions and, if possible, the owner of another file.
fn keep(file: &File, before: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        // Only root may change a file's owner; for other users this fails.
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

    #[cfg(unix)]
    #[test]
    fn links_stay_links() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("real")).unwrap();
        fs::create_dir(at("book")).unwrap();
        fs::write(at("real/a.md"), "old").unwrap();
        symlink("../real/a.md", at("book/a.md")).unwrap();
        symlink("a.md", at("book/again.md")).unwrap();
        symlink("../real/new.md", at("book/new.md")).unwrap();
        for (link, file) in [
            ("book/a.md", "real/a.md"),
            ("book/again.md", "real/a.md"),
            ("book/new.md", "real/new.md"),
        ] {
            replace(&at(link), link.as_bytes()).unwrap();
            assert!(fs::symlink_metadata(at(link)).unwrap().is_symlink(), "{link}");
            assert_eq!(fs::read_to_string(at(file)).unwrap(), link);
        }
        symlink("circle", at("circle")).unwrap();
        assert!(replace(&at("circle"), b"x").is_err());
        fs::hard_link(at("real/a.md"), at("other.md")).unwrap();
        let error = replace(&at("book/a.md"), b"x").unwrap_err();
        assert!(error.to_string().contains("hard link"), "{error}");
        assert_eq!(fs::read(at("real/a.md")).unwrap(), b"book/again.md");
    }

    #[cfg(unix)]
    #[test]
    fn extended_attributes_stay() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "old").unwrap();
        // Not every file system supports them.
        if xattr::set(&path, "user.reviewer", b"Ada").is_err() {
            return;
        }
        replace(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(
            xattr::get(&path, "user.reviewer").unwrap().as_deref(),
            Some(&b"Ada"[..])
        );
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
