//! The commits of a repository, with the files that each has changed: one `git log --raw`.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use jiff::civil::Date;

use super::command::{path_of, run};
use crate::wire::Error;

/// The commits that led to a version, the oldest first: parents stand before their children.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    /// The commits.
    pub commits: Vec<Commit>,
}

/// A commit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Commit {
    /// Its id.
    pub id: String,
    /// The indices of its parents.
    pub parents: Vec<usize>,
    /// The day on which its author has made it, where the author was.
    pub day: Date,
    /// The name of its author.
    pub author: String,
    /// Whether the clone has nothing older on this line: the files were there before.
    pub is_edge: bool,
    /// The files that differ from the first parent.
    pub(super) changes: Vec<FileChange>,
}

/// A file that differs between two versions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct FileChange {
    /// `A`, `D`, `M`, `R`, `T`.
    pub(super) status: u8,
    /// For a rename: how much of the text is the same, in percent.
    pub(super) score: u8,
    /// Whether it is a file now, rather than a link or a submodule.
    pub(super) is_file: bool,
    /// The id of its text.
    pub(super) id: String,
    /// Its old path, if it was renamed.
    pub(super) from: Option<Vec<u8>>,
    /// Its path; if it was deleted, the old one.
    pub(super) path: Vec<u8>,
}

/// Begins the line of a commit, and divides its parts. Git removes such characters from names.
const MARK: u8 = 2;
const DIVIDER: char = '\u{3}';

/// Every commit that led to `head`, with the Markdown files that it has changed and those in `files`.
pub(super) fn log(top: &Path, head: &str, files: &[String], is_shallow: bool) -> Result<Log, Error> {
    let mut args: Vec<String> = [
        "log",
        "--topo-order",
        "--full-history",
        "--sparse",
        "--root",
        "--raw",
        "-z",
        "-M",
        "-l1000",
        "--no-abbrev",
        "--no-color",
        "--no-relative",
        "--no-ext-diff",
        "--no-textconv",
        "--no-notes",
        "--ignore-submodules=all",
        "--diff-merges=first-parent",
        "--format=tformat:%x02%H%x03%P%x03%as%x03%aN",
        head,
        "--",
        "*.md",
    ]
    .map(str::to_owned)
    .into();
    args.extend(files.iter().map(|file| format!(":(top,literal){file}")));
    let output = run(top, &args)?;
    let edges = if is_shallow { edges(top)? } else { BTreeSet::new() };
    Ok(read(&output, &edges))
}

/// The commits whose parents the clone lacks.
fn edges(top: &Path) -> Result<BTreeSet<String>, Error> {
    let file = path_of(&run(top, &["rev-parse", "--git-path", "shallow"])?);
    let text = fs::read_to_string(top.join(file)).unwrap_or_default();
    Ok(text.lines().map(|line| line.trim().to_owned()).collect())
}

/// Reads the output of `git log`.
fn read(output: &[u8], edges: &BTreeSet<String>) -> Log {
    let mut commits = Vec::new();
    let mut parents = Vec::new();
    let mut rest = output;
    while let Some(start) = rest.iter().position(|byte| *byte == MARK) {
        rest = &rest[start + 1..];
        let end = rest.iter().position(|byte| *byte == 0).unwrap_or(rest.len());
        let line = String::from_utf8_lossy(&rest[..end]).into_owned();
        rest = rest.get(end + 1..).unwrap_or_default();
        let mut parts = line.split(DIVIDER);
        let mut part = || parts.next().unwrap_or_default().to_owned();
        let (id, of, day, author) = (part(), part(), part(), part());
        let (changes, after) = changes_at_start(rest);
        rest = after;
        parents.push(of);
        commits.push(Commit {
            is_edge: edges.contains(&id),
            id,
            parents: Vec::new(),
            day: day.parse().unwrap_or_default(),
            author,
            changes,
        });
    }
    commits.reverse();
    parents.reverse();
    let by_id: HashMap<String, usize> = commits
        .iter()
        .enumerate()
        .map(|(at, each)| (each.id.clone(), at))
        .collect();
    for (commit, of) in commits.iter_mut().zip(&parents) {
        commit.parents = of.split(' ').filter_map(|id| by_id.get(id).copied()).collect();
    }
    Log { commits }
}

/// The changes in the output of `git diff --raw -z`.
pub(super) fn changes(output: &[u8]) -> Vec<FileChange> {
    changes_at_start(output).0
}

/// The changes at the start of `text`, `:MODE MODE ID ID STATUS`, a zero byte and one or two paths, each
/// with a zero byte; and what follows them.
fn changes_at_start(text: &[u8]) -> (Vec<FileChange>, &[u8]) {
    let mut out = Vec::new();
    let mut rest = text;
    loop {
        let mut next = rest.trim_ascii_start();
        if !next.starts_with(b":") {
            return (out, next);
        }
        let mut part = || {
            let end = next.iter().position(|byte| *byte == 0).unwrap_or(next.len());
            let part = &next[..end];
            next = next.get(end + 1..).unwrap_or_default();
            part
        };
        let head = String::from_utf8_lossy(part()).into_owned();
        let words: Vec<&str> = head.split(' ').collect();
        let [_, mode, _, id, status] = words[..] else {
            return (out, rest);
        };
        let (status, score) = status.split_at(status.len().min(1));
        let is_rename = matches!(status, "R" | "C");
        let from = is_rename.then(|| part().to_owned());
        out.push(FileChange {
            status: status.bytes().next().unwrap_or_default(),
            score: score.parse().unwrap_or(0),
            is_file: mode.starts_with("100"),
            id: id.to_owned(),
            from,
            path: part().to_owned(),
        });
        rest = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_is_read_whatever_a_path_looks_like() {
        let (old, new) = ("0".repeat(40), "1".repeat(40));
        let text = format!(
            "\u{2}c2\u{3}c1 c0\u{3}2026-01-02\u{3}Ada Obi\0\n:100644 100644 {old} {new} R086\0a\nb.md\0:c.md\0\
             :100644 000000 {new} {old} D\0x y.md\0\u{2}c1\u{3}\u{3}2026-01-01\u{3}Tunde\0\
             \u{2}c0\u{3}\u{3}2025-12-31\u{3}T\0\n:000000 100644 {old} {new} A\0a\nb.md\0"
        );
        let log = read(text.as_bytes(), &["c0".to_owned()].into());
        let ids: Vec<&str> = log.commits.iter().map(|commit| commit.id.as_str()).collect();
        assert_eq!(ids, ["c0", "c1", "c2"]);
        let [oldest, empty, last] = &log.commits[..] else {
            panic!()
        };
        assert!(oldest.is_edge && !empty.is_edge);
        assert_eq!(last.parents, [1, 0]);
        assert_eq!(
            (last.day.to_string().as_str(), last.author.as_str()),
            ("2026-01-02", "Ada Obi")
        );
        assert_eq!(last.changes[0].from.as_deref(), Some(&b"a\nb.md"[..]));
        assert_eq!((&last.changes[0].path[..], last.changes[0].score), (&b":c.md"[..], 86));
        assert_eq!((last.changes[1].status, last.changes[1].is_file), (b'D', false));
        assert_eq!(oldest.changes.len(), 1);
        assert_eq!(empty.changes.len(), 0);
    }
}
