//! What a folder's repository is: its root, its default branch, its settings.

use std::fs;
use std::path::{Path, PathBuf};

use super::command::{run, text};

/// A value of git's configuration for `folder`.
pub(crate) fn config(folder: &Path, key: &str) -> Option<String> {
    let value = run(folder, &["config", "--get", key]).ok()?;
    Some(text(&value)).filter(|value| !value.is_empty())
}

/// The root of the repository that contains `folder`.
pub(crate) fn root(folder: &Path) -> Option<PathBuf> {
    let folder = fs::canonicalize(folder).ok()?;
    let around = folder.ancestors().find(|around| around.join(".git").exists());
    around.map(Path::to_owned)
}

/// The default branch of `origin`, else the branch that is checked out.
pub(crate) fn branch(root: &Path) -> Option<String> {
    let git = root.join(".git");
    let origin = fs::read_to_string(git.join("refs/remotes/origin/HEAD")).ok();
    let head = || fs::read_to_string(git.join("HEAD")).ok();
    let reference = origin.or_else(head)?;
    let name = reference.trim().strip_prefix("ref: refs/")?;
    let name = name
        .strip_prefix("heads/")
        .or_else(|| name.strip_prefix("remotes/origin/"))?;
    Some(name.to_owned())
}
