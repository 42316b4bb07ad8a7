//! The files of one commit.

use std::ffi::OsStr;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

use super::Repository;
use super::command::{bytes, run};
use super::objects::Answer;
use crate::wire::files::file::Files;

/// The files of a commit, by their paths from the top of the repository. Symbolic links are followed
/// within the commit.
#[derive(Debug)]
pub struct Version<'r> {
    repository: &'r Repository,
    commit: String,
    /// The folders that are repositories of their own, read when one may be needed.
    submodules: OnceLock<Vec<PathBuf>>,
}

impl<'r> Version<'r> {
    pub(super) fn new(repository: &'r Repository, commit: &str) -> Self {
        Self {
            repository,
            commit: commit.to_owned(),
            submodules: OnceLock::new(),
        }
    }

    /// Whether the commit has the file, and only its text is missing, as in a clone with `--filter`.
    fn is_known(&self, path: &Path) -> bool {
        let args = ["ls-tree", "-z", "--full-tree", &self.commit, "--"].map(OsStr::new);
        let found = || run(&self.repository.top, &[&args[..], &[path.as_os_str()]].concat());
        self.repository.is_partial && found().is_ok_and(|found| !found.is_empty())
    }

    /// Whether the path lies in a repository of its own.
    fn is_in_submodule(&self, path: &Path) -> bool {
        let read = || match self.object(b".gitmodules") {
            Ok(Answer::Text(text)) => submodules(&String::from_utf8_lossy(&text)),
            _ => Vec::new(),
        };
        let submodules = self.submodules.get_or_init(read);
        submodules.iter().any(|module| path.starts_with(module))
    }

    fn object(&self, path: &[u8]) -> io::Result<Answer> {
        let mut name = self.commit.clone().into_bytes();
        name.push(b':');
        name.extend(path);
        self.repository.objects.read(&name)
    }
}

impl Files for Version<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let outside = || io::Error::new(io::ErrorKind::InvalidInput, "it lies outside the repository");
        let path = within(path).ok_or_else(outside)?;
        match self.object(&bytes(path.as_os_str()))? {
            Answer::Text(text) => readable(text),
            Answer::Other => Err(io::Error::new(io::ErrorKind::InvalidInput, "it is a folder")),
            Answer::Missing if self.is_in_submodule(&path) => Err(io::Error::other("it lies in a submodule")),
            Answer::Missing if self.is_known(&path) => Err(io::Error::other("its text is not in this partial clone")),
            Answer::Missing => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn is_folder(&self, path: &Path) -> bool {
        let Some(path) = within(path) else { return false };
        path.as_os_str().is_empty() || matches!(self.object(&bytes(path.as_os_str())), Ok(Answer::Other))
    }
}

/// `path` without `.` and `..`; None if it leaves the repository.
fn within(path: &Path) -> Option<PathBuf> {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(part) => out.push(part),
            Component::CurDir => {}
            Component::ParentDir => {
                if !out.pop() {
                    return None;
                }
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(out)
}

/// The text of a file as UTF-8. An older version need not have been: what is not UTF-8 is read as UTF-16
/// with its mark, or as Windows-1252, in which every byte has a meaning.
///
/// # Errors
/// If the text is not in git, but with Git LFS.
pub(super) fn readable(text: Vec<u8>) -> io::Result<Vec<u8>> {
    if text.starts_with(b"version https://git-lfs.github.com/spec/") {
        return Err(io::Error::other("its text is stored with Git LFS"));
    }
    let text = match String::from_utf8(text) {
        Ok(text) => return Ok(text.into_bytes()),
        Err(error) => error.into_bytes(),
    };
    let (text, _, _) = encoding_rs::WINDOWS_1252.decode(&text);
    Ok(text.into_owned().into_bytes())
}

/// The paths in a `.gitmodules`.
fn submodules(text: &str) -> Vec<PathBuf> {
    let values = text.lines().filter_map(|line| line.trim().split_once('='));
    let paths = values.filter(|(key, _)| key.trim() == "path");
    paths
        .map(|(_, path)| PathBuf::from(path.trim().trim_matches('"')))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_within_the_repository() {
        assert_eq!(within(Path::new("docs/src/../x.md")), Some(PathBuf::from("docs/x.md")));
        assert_eq!(within(Path::new("docs/../../x.md")), None);
        assert_eq!(within(Path::new("/etc/passwd")), None);
    }

    #[test]
    fn a_text_that_was_not_utf_8_is_read() {
        assert_eq!(readable(b"caf\xe9".to_vec()).unwrap(), "café".as_bytes());
        assert_eq!(readable(b"\xff\xfea\0b\0".to_vec()).unwrap(), b"ab");
        assert_eq!(readable("café".into()).unwrap(), "café".as_bytes());
        assert!(readable(b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n".to_vec()).is_err());
    }

    #[test]
    fn the_paths_of_submodules_are_read() {
        let text = "[submodule \"a\"]\n\tpath = docs/a b\n\turl = https://example.com/path\n";
        assert_eq!(submodules(text), [PathBuf::from("docs/a b")]);
    }
}
