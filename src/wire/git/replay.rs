//! Follows files through the commits: every version of each, and the versions from which it was made.
//!
//! Git shows for each commit what differs from its first parent. Replayed from the oldest commit on, that
//! gives the files of every commit, and at a merge the versions on all of its sides.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::log::{FileChange, Log};

/// A version of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileVersion {
    /// The index of the commit that made it.
    pub commit: usize,
    /// Its path in that commit, from the top of the repository.
    pub path: Rc<[u8]>,
    /// The id of its text.
    pub id: String,
    /// The versions that it was made from: one, or at a merge several; none if it is new.
    pub parents: Vec<usize>,
    /// If the file was renamed: how much of the text is the same, in percent.
    pub renamed: Option<u8>,
    /// The file that it is a version of, by the index of its first version.
    file: usize,
}

/// The versions of all files, parents before children.
#[derive(Debug, Default)]
pub struct Replay {
    /// The versions.
    pub versions: Vec<FileVersion>,
    /// The last version of each file at the end.
    last: Tree,
    /// The last version of files that were deleted, by path.
    deleted: HashMap<Path, usize>,
}

type Path = Rc<[u8]>;
type Tree = HashMap<Path, usize>;

impl Replay {
    /// Replays a log for the files that are called `files` at the end. `included` names the chapters in
    /// which a file is included: with the file, they get a new version.
    pub fn new(log: &Log, files: &[String], included: &HashMap<String, Vec<String>>) -> Self {
        let mut replay = Self::default();
        let names = names(log, files.iter().chain(included.keys()));
        let mut children = vec![0_usize; log.commits.len()];
        for parent in log.commits.iter().flat_map(|commit| &commit.parents) {
            children[*parent] += 1;
        }
        let mut trees: Vec<Option<Tree>> = vec![None; log.commits.len()];
        for (at, commit) in log.commits.iter().enumerate() {
            let mut take = |parent: usize| {
                children[parent] -= 1;
                match children[parent] {
                    0 => trees[parent].take(),
                    _ => trees[parent].clone(),
                }
                .unwrap_or_default()
            };
            let mut sides = commit.parents.iter().map(|&parent| take(parent));
            let mut tree = sides.next().unwrap_or_default();
            let others: Vec<Tree> = sides.collect();
            let is_wanted = |change: &&FileChange| {
                let from = change.from.as_deref();
                names.contains(&*change.path) || from.is_some_and(|from| names.contains(from))
            };
            let changes: Vec<&FileChange> = commit.changes.iter().filter(is_wanted).collect();
            replay.apply(at, &changes, &mut tree, &others);
            replay.include(at, &changes, &mut tree, included);
            trees[at] = Some(tree);
        }
        replay.last = trees.pop().flatten().unwrap_or_default();
        replay
    }

    /// The last version of the file at `path`, from the top of the repository.
    pub fn last(&self, path: &str) -> Option<usize> {
        self.last.get(path.as_bytes()).copied()
    }

    /// The version and all that it was made from, as indices in order.
    pub fn ancestors(&self, version: usize) -> Vec<usize> {
        let mut found = std::collections::BTreeSet::from([version]);
        let mut waiting = vec![version];
        while let Some(version) = waiting.pop() {
            let parents = &self.versions[version].parents;
            waiting.extend(parents.iter().filter(|parent| found.insert(**parent)));
        }
        found.into_iter().collect()
    }

    /// Applies the changes of the commit `at` to the files of its first parent. `others` are the files of
    /// its other parents.
    fn apply(&mut self, at: usize, changes: &[&FileChange], tree: &mut Tree, others: &[Tree]) {
        let old = |change: &&FileChange| tree.get(change.from.as_deref().unwrap_or(&change.path)).copied();
        let before: Vec<Option<usize>> = changes.iter().map(old).collect();
        // All old names go before the new ones come: two files may have swapped theirs.
        for (change, before) in changes.iter().zip(&before) {
            if change.status == b'D' || !change.is_file {
                if let (Some(version), Some((path, _))) = (*before, tree.remove_entry(&*change.path)) {
                    self.deleted.insert(path, version);
                }
            } else if change.status == b'R'
                && let Some(from) = &change.from
            {
                tree.remove(&**from);
            }
        }
        let by_file: Vec<OnFile> = others.iter().map(|_| OnFile::default()).collect();
        for (change, before) in changes.iter().zip(before) {
            if change.status == b'D' || !change.is_file {
                continue;
            }
            // What comes back as it was is the same file.
            let again = || {
                let version = *self.deleted.get(&*change.path)?;
                (self.versions[version].id == change.id).then_some(version)
            };
            let before = before.or_else(again);
            let sides = others.iter().zip(&by_file);
            let sides = sides.filter_map(|(tree, by_file)| self.on_side(change, before, tree, by_file));
            let sides: Vec<usize> = sides.collect();
            let same = sides.iter().find(|side| self.versions[**side].id == change.id);
            let version = match same {
                Some(same) => *same,
                None => {
                    let mut parents: Vec<usize> = before.into_iter().chain(sides).collect();
                    parents.dedup();
                    self.add(at, change, parents)
                }
            };
            tree.insert(change.path.as_slice().into(), version);
        }
    }

    /// The version of a changed file on another side of a merge: at the same path, else the same file.
    fn on_side(&self, change: &FileChange, before: Option<usize>, tree: &Tree, by_file: &OnFile) -> Option<usize> {
        if let Some(version) = tree.get(&*change.path) {
            return Some(*version);
        }
        let by_file = by_file.get_or_init(|| {
            let files = tree.values().map(|version| (self.versions[*version].file, *version));
            files.collect()
        });
        by_file.get(&self.versions[before?].file).copied()
    }

    fn add(&mut self, commit: usize, change: &FileChange, parents: Vec<usize>) -> usize {
        let version = self.versions.len();
        self.versions.push(FileVersion {
            commit,
            path: change.path.as_slice().into(),
            id: change.id.clone(),
            file: parents.first().map_or(version, |parent| self.versions[*parent].file),
            parents,
            renamed: (change.status == b'R').then_some(change.score),
        });
        version
    }

    /// Adds a version of each chapter whose included files the commit `at` has changed.
    fn include(
        &mut self,
        at: usize,
        changes: &[&FileChange],
        tree: &mut Tree,
        included: &HashMap<String, Vec<String>>,
    ) {
        if included.is_empty() {
            return;
        }
        let names = changes
            .iter()
            .filter_map(|change| std::str::from_utf8(&change.path).ok());
        for chapter in names.filter_map(|name| included.get(name)).flatten() {
            let Some(version) = tree.get_mut(chapter.as_bytes()) else {
                continue;
            };
            if self.versions[*version].commit == at {
                continue;
            }
            let again = FileVersion {
                commit: at,
                parents: vec![*version],
                renamed: None,
                ..self.versions[*version].clone()
            };
            *version = self.versions.len();
            self.versions.push(again);
        }
    }
}

/// Every name that the files, called `files` at the end, may have had. In a large repository that leaves few.
fn names<'l>(log: &'l Log, files: impl Iterator<Item = &'l String>) -> HashSet<&'l [u8]> {
    let mut names: HashSet<&[u8]> = files.map(|file| file.as_bytes()).collect();
    for change in log.commits.iter().rev().flat_map(|commit| &commit.changes) {
        if let Some(from) = change.from.as_deref().filter(|_| names.contains(&*change.path)) {
            names.insert(from);
        }
    }
    names
}

/// The versions of a side by their file, found when they are first needed.
type OnFile = std::cell::OnceCell<HashMap<usize, usize>>;

#[cfg(test)]
mod tests {
    use super::super::log::Commit;
    use super::*;

    fn change(status: u8, path: &str, id: &str, from: Option<&str>) -> FileChange {
        FileChange {
            status,
            score: 100,
            is_file: true,
            id: id.to_owned(),
            from: from.map(|from| from.as_bytes().to_owned()),
            path: path.as_bytes().to_owned(),
        }
    }

    fn replayed(commits: Vec<(Vec<usize>, Vec<FileChange>)>) -> Replay {
        let commits = commits.into_iter().map(|(parents, changes)| Commit {
            parents,
            changes,
            ..Commit::default()
        });
        let log = Log {
            commits: commits.collect(),
        };
        let files = ["a", "b"].map(str::to_owned);
        Replay::new(&log, &files, &HashMap::new())
    }

    fn line(replay: &Replay, path: &str) -> Vec<(usize, String)> {
        let version = |at: usize| (replay.versions[at].commit, replay.versions[at].id.clone());
        replay
            .ancestors(replay.last(path).unwrap())
            .into_iter()
            .map(version)
            .collect()
    }

    fn expected(all: &[(usize, &str)]) -> Vec<(usize, String)> {
        all.iter().map(|(commit, id)| (*commit, (*id).to_owned())).collect()
    }

    #[test]
    fn files_that_swap_their_names_keep_their_histories() {
        let replay = replayed(vec![
            (vec![], vec![change(b'A', "a", "1", None), change(b'A', "b", "2", None)]),
            (
                vec![0],
                vec![change(b'R', "b", "1", Some("a")), change(b'R', "a", "2", Some("b"))],
            ),
            (vec![1], vec![change(b'M', "b", "3", None)]),
        ]);
        assert_eq!(line(&replay, "b"), expected(&[(0, "1"), (1, "1"), (2, "3")]));
        assert_eq!(line(&replay, "a"), expected(&[(0, "2"), (1, "2")]));
    }

    #[test]
    fn a_merge_takes_the_side_that_it_equals() {
        let replay = replayed(vec![
            (vec![], vec![change(b'A', "a", "1", None)]),
            // A branch renames it, the other changes it; the merge has both.
            (vec![0], vec![change(b'R', "b", "1", Some("a"))]),
            (vec![0], vec![change(b'M', "a", "2", None)]),
            (vec![1, 2], vec![change(b'M', "b", "2", None)]),
            // A branch changes it, the main line does not.
            (vec![3], vec![change(b'M', "b", "4", None)]),
            (vec![3, 4], vec![change(b'M', "b", "4", None)]),
        ]);
        assert_eq!(line(&replay, "b"), expected(&[(0, "1"), (2, "2"), (4, "4")]));
        assert!(replay.last("a").is_none());
    }

    #[test]
    fn what_was_deleted_and_comes_back_is_the_same_file() {
        let back = |id| {
            replayed(vec![
                (vec![], vec![change(b'A', "a", "1", None)]),
                (vec![0], vec![change(b'D', "a", "0", None)]),
                (vec![1], vec![change(b'A', "a", id, None)]),
            ])
        };
        assert_eq!(line(&back("1"), "a"), expected(&[(0, "1"), (2, "1")]));
        assert_eq!(line(&back("9"), "a"), expected(&[(2, "9")]));
    }
}
