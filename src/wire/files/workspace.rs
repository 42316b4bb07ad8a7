//! The pending changes to a book's files.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io;
use std::path::{Path, PathBuf};

use crate::source::{Edit, splice};
use crate::wire::files::file::{Files, read_file};
use crate::wire::files::save::update;

/// The files that have been opened for changes, by their real path.
#[derive(Debug, Default)]
pub struct Workspace {
    edits: BTreeMap<PathBuf, FileEdit>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEdit {
    /// Relative to the book's `src`.
    pub file: String,
    /// The text when the file was opened.
    pub old: String,
    /// The new text.
    pub new: String,
    /// The number of fixes applied to it.
    pub fixes: usize,
}

/// The disk, with the new text of the files in the workspace.
impl Files for Workspace {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        if !self.edits.is_empty()
            && let Ok(real) = path.canonicalize()
            && let Some(edit) = self.edits.get(&real)
        {
            return Ok(edit.new.clone().into_bytes());
        }
        read_file(path)
    }

    fn is_folder(&self, path: &Path) -> bool {
        path.is_dir()
    }
}

impl Workspace {
    /// The changed files, sorted by path.
    pub fn changed(&self) -> impl Iterator<Item = (&Path, &FileEdit)> {
        let all = self.edits.iter().map(|(path, edit)| (path.as_path(), edit));
        all.filter(|(_, edit)| edit.old != edit.new)
    }

    /// Opens a file in the workspace, if it is within `src`, where we may write. Returns its real
    /// path and its current new text.
    pub(crate) fn open(&mut self, file: &str, src: &Path) -> Result<(PathBuf, &str), String> {
        let unreadable = |error: io::Error| format!("{file} cannot be read: {error}");
        let path = src.join(file).canonicalize().map_err(unreadable)?;
        let folder = src.canonicalize().map_err(unreadable)?;
        if !path.starts_with(&folder) {
            return Err(format!("{file} lies outside the book's folder of chapters"));
        }
        let edit = match self.edits.entry(path.clone()) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let text = read_file(&path).map_err(unreadable)?;
                let text = String::from_utf8(text).map_err(|_| format!("{file} is not UTF-8"))?;
                entry.insert(FileEdit {
                    file: file.to_owned(),
                    new: text.clone(),
                    old: text,
                    fixes: 0,
                })
            }
        };
        Ok((path, &edit.new))
    }

    /// Counts a fix to an open file.
    pub(crate) fn count(&mut self, path: &Path) {
        if let Some(edit) = self.edits.get_mut(path) {
            edit.fixes += 1;
        }
    }

    /// Changes an open file; the edits are sorted and disjoint.
    pub(crate) fn edit(&mut self, path: &Path, edits: &[Edit]) {
        if let Some(edit) = self.edits.get_mut(path) {
            edit.new = splice(&edit.new, edits);
        }
    }
}

/// The text of a file without a byte order mark.
pub(crate) fn without_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Writes the new text of `edit` to the file at `path`.
///
/// # Errors
/// If the file has been changed since it was opened, or it cannot be written.
pub fn save(path: &Path, edit: &FileEdit) -> io::Result<()> {
    update(path, edit.old.as_bytes(), edit.new.as_bytes())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_somebody_else_has_changed_or_deleted_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "old").unwrap();
        let mut workspace = Workspace::default();
        let (real, _) = workspace.open("a.md", folder.path()).unwrap();
        let whole = Edit {
            span: crate::source::Span::new(0, 3),
            text: "new".to_owned(),
        };
        workspace.edit(&real, &[whole]);
        let (path, edit) = workspace.changed().next().unwrap();
        fs::write(path, "theirs").unwrap();
        assert!(save(path, edit).unwrap_err().to_string().contains("it has changed"));
        assert_eq!(fs::read(path).unwrap(), b"theirs");
        fs::remove_file(path).unwrap();
        assert_eq!(save(path, edit).unwrap_err().kind(), io::ErrorKind::NotFound);
        assert!(!path.exists());
        fs::write(path, "old").unwrap();
        save(path, edit).unwrap();
        assert_eq!(fs::read(path).unwrap(), b"new");
    }
}
