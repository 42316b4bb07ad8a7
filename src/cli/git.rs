//! Queries git: the user, the repository's root, its default branch.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A value of git's configuration for `folder`.
pub(super) fn config(folder: &Path, key: &str) -> Option<String> {
    let output = Command::new("git")
        .args(["config", "--get", key])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let value = String::from_utf8(output.stdout).ok()?;
    Some(value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// The root of the repository that contains `folder`.
pub(super) fn root(folder: &Path) -> Option<PathBuf> {
    let folder = fs::canonicalize(folder).ok()?;
    let around = folder.ancestors().find(|around| around.join(".git").exists());
    around.map(Path::to_owned)
}

/// The default branch of `origin`, else the branch that is checked out.
pub(super) fn branch(root: &Path) -> Option<String> {
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
