//! The files of a folder in every branch of a repository.

use std::collections::BTreeSet;
use std::path::Path;

use super::command::answered;

/// The files of a folder in a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BranchFiles {
    /// The branch: `feature/x`, `origin/main`.
    pub(crate) branch: String,
    /// The names of the files.
    pub(crate) files: Vec<String>,
}

/// The number of different states of a folder that are read. The branches that were changed last come
/// first.
pub(crate) const MOST_TREES: usize = 10_000;

/// The files of `folder` in each branch that git knows in the repository at `root`, local ones and
/// those of remotes, without branches whose folder equals that of another; and whether there were
/// more than [`MOST_TREES`]. `folder` is relative to `root`. Nothing is fetched. None without git.
pub(crate) fn branch_files(root: &Path, folder: &str) -> Option<(Vec<BranchFiles>, bool)> {
    let format = "--format=%(tree) %(refname)";
    let refs = answered(
        root,
        &[
            "for-each-ref", "--sort=-committerdate", format, "refs/heads", "refs/remotes",
        ],
        "",
    )
    .ok()?;
    let refs = String::from_utf8_lossy(&refs).into_owned();
    let mut seen = BTreeSet::new();
    let tips: Vec<(&str, &str)> = refs
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter(|(tree, name)| !tree.is_empty() && !name.ends_with("/HEAD") && seen.insert(*tree))
        .collect();
    let wanted: String = tips.iter().map(|(tree, _)| format!("{tree}:{folder}\n")).collect();
    let found = answered(
        root,
        &["cat-file", "--batch-check=%(objecttype) %(objectname)"],
        &wanted,
    )
    .ok()?;
    let found = String::from_utf8_lossy(&found).into_owned();
    let mut seen = BTreeSet::new();
    let trees = found.lines().zip(&tips).filter_map(|(line, (_, name))| {
        let tree = line.strip_prefix("tree ")?;
        seen.insert(tree).then_some((tree, *name))
    });
    let trees: Vec<(&str, &str)> = trees.collect();
    let read = &trees[..trees.len().min(MOST_TREES)];
    let wanted: String = read.iter().map(|(tree, _)| format!("{tree}\n")).collect();
    let contents = answered(root, &["cat-file", "--batch"], &wanted).ok()?;
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
