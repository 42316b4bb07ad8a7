//! Versions of a book: as it is on disk, or as it was in a commit.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::{Failure, OpenBook, clock, environment, load, say};
use crate::Analysis;
use crate::export::diff::{Diff, NewFinding};
use crate::history::{Comparison, Rename, Side, compare};
use crate::report::below;
use crate::wire::{self, Error, Files, LastVersion, Loaded, Repository};

/// Two versions of a book, compared.
pub(super) struct Versions<'r> {
    pub(super) old: Snapshot,
    pub(super) new: Snapshot,
    pub(super) before: Analysis,
    pub(super) after: Analysis,
    pub(super) compared: Comparison,
    /// The commits; the new one is None if the version is that on disk.
    base: &'r str,
    head: Option<&'r str>,
}

impl<'r> Versions<'r> {
    /// Compares `new` with the commit `base`, which the command line calls `name`.
    pub(super) fn compare(
        repository: &Repository,
        (base, name): (&'r str, &str),
        (new, head): (Snapshot, Option<&'r str>),
    ) -> Result<Self, Failure> {
        let renames = repository.renames(base, head)?;
        let old = new.earlier(repository, base, name, &renames)?;
        let (before, after) = (old.analysis(), new.analysis());
        let compared = new.compared(&after, (&old, &before), &renames);
        Ok(Self {
            old,
            new,
            before,
            after,
            compared,
            base,
            head,
        })
    }

    /// What is different, for a report with links to the pages at `base_url`.
    pub(super) fn diff<'a>(&'a self, base_url: Option<&'a str>, findings: Option<&'a [NewFinding]>) -> Diff<'a> {
        Diff {
            old: self.old.book.facts(&self.before.corpus, base_url),
            new: self.new.book.facts(&self.after.corpus, base_url),
            base: self.base,
            head: self.head,
            changes: &self.compared.changes,
            findings,
        }
    }
}

/// A version of a book.
pub(super) struct Snapshot {
    pub(super) book: OpenBook,
    /// The folder with book.toml, and the folder of the chapters, from the top of the repository.
    root: PathBuf,
    src: String,
    /// The chapters that cannot be read in this version, relative to `src`.
    unread: BTreeSet<String>,
}

impl Snapshot {
    /// The book on disk. Nothing is compared with a book that cannot be read.
    pub(super) fn on_disk(folder: &Path, repository: &Repository, today: Option<Date>) -> Result<Self, Failure> {
        let book = load(folder, today)?;
        if !book.loaded.errors.is_empty() {
            return Err(Failure::Said);
        }
        Ok(Self::new(book, repository.book(), ""))
    }

    /// The book in a commit, which the command line calls `name`.
    pub(super) fn of_commit(
        repository: &Repository,
        commit: &str,
        name: &str,
        today: Option<Date>,
    ) -> Result<Self, Failure> {
        let root = repository.book();
        let book = read(&repository.version(commit), root, name, today)?;
        Ok(Self::new(book, root, name))
    }

    /// The same book in an earlier commit, which the command line calls `name`. Its folder may have had
    /// another place then. If there was no book, it has no documents.
    fn earlier(&self, repository: &Repository, commit: &str, name: &str, renames: &[Rename]) -> Result<Self, Failure> {
        let version = repository.version(commit);
        let folders = [Some(self.root.clone()), self.old_root(renames)];
        let found = folders
            .into_iter()
            .flatten()
            .find(|root| is_book(&version, root, &self.book));
        let Some(root) = found else {
            say(&format!(
                "note: {name} does not have this book yet, so every document is listed as new\n"
            ));
            let book = OpenBook {
                loaded: Loaded::default(),
                config: self.book.config.clone(),
                today: self.book.today,
            };
            return Ok(Self::new(book, &self.root, name));
        };
        let book = read(&version, &root, name, Some(self.book.today))?;
        Ok(Self::new(book, &root, name))
    }

    fn new(book: OpenBook, root: &Path, name: &str) -> Self {
        let folder = book.loaded.context.root.join(book.loaded.context.src());
        let mut unread = BTreeSet::new();
        for error in &book.loaded.errors {
            if let Error::File { path, what, .. } = error {
                say(&format!("note: {} in {name} is not compared: {what}\n", path.display()));
                let file = path.strip_prefix(&folder).unwrap_or(path);
                unread.insert(wire::as_named(file));
            }
        }
        Self {
            src: below(&wire::as_named(root), book.loaded.context.src()),
            root: root.to_owned(),
            book,
            unread,
        }
    }

    /// The version from which documents are followed back.
    pub(super) fn last_version(&self) -> LastVersion<'_> {
        LastVersion {
            loaded: &self.book.loaded,
            src: &self.src,
            config: &self.book.config,
            today: self.book.today,
        }
    }

    /// Whether every chapter could be read.
    pub(super) fn is_whole(&self) -> bool {
        self.unread.is_empty()
    }

    pub(super) fn analysis(&self) -> Analysis {
        self.book.analysis()
    }

    /// Where the folder of the book was before, if git says that book.toml or SUMMARY.md was moved.
    fn old_root(&self, renames: &[Rename]) -> Option<PathBuf> {
        let old = |file: &str, levels: usize| {
            let rename = renames.iter().find(|rename| rename.to == file)?;
            let path = Path::new(&rename.from).ancestors().nth(levels)?;
            Some(path.to_owned())
        };
        let toml = below(&wire::as_named(&self.root), "book.toml");
        old(&toml, 1).or_else(|| old(&below(&self.src, "SUMMARY.md"), 2))
    }

    /// What this version says differently from the old one, given the analyses of both.
    fn compared(&self, after: &Analysis, (old, before): (&Self, &Analysis), renames: &[Rename]) -> Comparison {
        let within = |src: &str, path: &str| match src {
            "" => Some(path.to_owned()),
            _ => Some(path.strip_prefix(src)?.strip_prefix('/')?.to_owned()),
        };
        let renames = renames.iter().filter_map(|rename| {
            Some(Rename {
                from: within(&old.src, &rename.from)?,
                to: within(&self.src, &rename.to)?,
                score: rename.score,
            })
        });
        compare(
            Side {
                corpus: &before.corpus,
                sources: &old.book.loaded.sources,
                unread: &old.unread,
            },
            Side {
                corpus: &after.corpus,
                sources: &self.book.loaded.sources,
                unread: &self.unread,
            },
            &renames.collect::<Vec<_>>(),
        )
    }
}

/// Reads the book in the folder `root` of a commit, by its own settings.
fn read(files: &dyn Files, root: &Path, name: &str, today: Option<Date>) -> Result<OpenBook, Failure> {
    let loaded = wire::load_from(files, root, &environment());
    let loaded = loaded.map_err(|error| Failure::Usage(format!("in {name}: {error}")))?;
    let config = loaded.context.settings().config;
    let today = today.map_or_else(|| clock::today(&config), Ok)?;
    Ok(OpenBook { loaded, config, today })
}

/// Whether the folder `root` of a commit has a book.
fn is_book(files: &dyn Files, root: &Path, book: &OpenBook) -> bool {
    let summary = root.join(book.loaded.context.src()).join("SUMMARY.md");
    [root.join("book.toml"), summary]
        .iter()
        .any(|path| !files.read(path).is_err_and(|error| error.kind() == ErrorKind::NotFound))
}
