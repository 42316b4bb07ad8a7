//! Queries git: the user, the repository's root, its default branch, the files of all branches.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
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

/// The files of a folder in a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BranchFiles {
    /// The branch: `feature/x`, `origin/main`.
    pub(super) branch: String,
    /// The names of the files.
    pub(super) files: Vec<String>,
}

/// The number of different states of a folder that are read. The branches that were changed last come
/// first.
pub(super) const MOST_TREES: usize = 10_000;

/// The files of `folder` in each branch that git knows in the repository at `root`, local ones and
/// those of remotes, without branches whose folder equals that of another; and whether there were
/// more than [`MOST_TREES`]. `folder` is relative to `root`. Nothing is fetched. None without git.
pub(super) fn branch_files(root: &Path, folder: &str) -> Option<(Vec<BranchFiles>, bool)> {
    let format = "--format=%(tree) %(refname)";
    let refs = git(
        root,
        &[
            "for-each-ref", "--sort=-committerdate", format, "refs/heads", "refs/remotes",
        ],
        "",
    )?;
    let refs = String::from_utf8_lossy(&refs).into_owned();
    let mut seen = BTreeSet::new();
    let tips: Vec<(&str, &str)> = refs
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter(|(tree, name)| !tree.is_empty() && !name.ends_with("/HEAD") && seen.insert(*tree))
        .collect();
    let wanted: String = tips.iter().map(|(tree, _)| format!("{tree}:{folder}\n")).collect();
    let found = git(
        root,
        &["cat-file", "--batch-check=%(objecttype) %(objectname)"],
        &wanted,
    )?;
    let found = String::from_utf8_lossy(&found).into_owned();
    let mut seen = BTreeSet::new();
    let trees = found.lines().zip(&tips).filter_map(|(line, (_, name))| {
        let tree = line.strip_prefix("tree ")?;
        seen.insert(tree).then_some((tree, *name))
    });
    let trees: Vec<(&str, &str)> = trees.collect();
    let read = &trees[..trees.len().min(MOST_TREES)];
    let wanted: String = read.iter().map(|(tree, _)| format!("{tree}\n")).collect();
    let contents = git(root, &["cat-file", "--batch"], &wanted)?;
    let mut rest = contents.as_slice();
    let branches = read.iter().map_while(|(tree, name)| {
        let (content, next) = object(rest)?;
        rest = next;
        let name = name
            .strip_prefix("refs/heads/")
            .or_else(|| name.strip_prefix("refs/remotes/"))?;
        Some(BranchFiles {
            branch: name.to_owned(),
            // An id is written with two digits a byte.
            files: names(content, tree.len() / 2),
        })
    });
    Some((branches.collect(), trees.len() > MOST_TREES))
}

/// The output of a git command in the repository at `root`; `input` is its stdin. None if it fails.
fn git(root: &Path, args: &[&str], input: &str) -> Option<Vec<u8>> {
    let mut child = Command::new("git")
        .args(args)
        .current_dir(root)
        // A partial clone would fetch what it lacks.
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut stdin = child.stdin.take()?;
    let output = std::thread::scope(|scope| {
        // Git answers before it has read everything: one pipe must not wait for the other.
        scope.spawn(move || stdin.write_all(input.as_bytes()));
        child.wait_with_output()
    });
    let output = output.ok()?;
    output.status.success().then_some(output.stdout)
}

/// The content of the first object that `cat-file --batch` has written, and the rest.
fn object(output: &[u8]) -> Option<(&[u8], &[u8])> {
    let line = output.iter().position(|byte| *byte == b'\n')?;
    let head = std::str::from_utf8(&output[..line]).ok()?;
    let size: usize = head.rsplit(' ').next()?.parse().ok()?;
    let content = output.get(line + 1..line + 1 + size)?;
    Some((content, output.get(line + 2 + size..)?))
}

/// The names in a tree: each entry is its mode, a space, its name, a zero byte and an id of `width`
/// bytes.
fn names(mut tree: &[u8], width: usize) -> Vec<String> {
    let mut out = Vec::new();
    while let Some(zero) = tree.iter().position(|byte| *byte == 0) {
        let name = tree[..zero]
            .split(|byte| *byte == b' ')
            .skip(1)
            .collect::<Vec<_>>()
            .join(&b' ');
        out.extend(String::from_utf8(name));
        tree = tree.get(zero + 1 + width..).unwrap_or_default();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_in_a_tree_are_read() {
        let tree = b"100644 a b.md\0\x01\0\x03100644 c.md\0\x04\0\0";
        assert_eq!(names(tree, 3), ["a b.md", "c.md"]);
        assert_eq!(names(b"", 3), Vec::<String>::new());
    }

    #[test]
    fn the_objects_of_a_batch_are_told_apart() {
        let output = b"12 tree 3\nabc\n34 tree 0\n\n";
        let (first, rest) = object(output).unwrap();
        assert_eq!(first, b"abc");
        assert_eq!(object(rest), Some((&b""[..], &b""[..])));
        assert_eq!(object(b"12 missing\n"), None);
    }
}
