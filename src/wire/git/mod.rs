//! What git knows of a book: its versions, the commits that made them, its branches. It is read by git's own
//! command line.
//!
//! Git is never run through a shell. Revisions are looked up first, so that only the ids of objects reach
//! other commands; paths are passed and read as bytes.

mod branches;
mod command;
mod folder;
mod log;
mod objects;
mod replay;
mod timelines;
mod version;

use std::path::{Path, PathBuf};

use crate::history::Rename;
use crate::wire::Error;
use crate::wire::book::include::expand_from;
use crate::wire::files::workspace::without_bom;
use command::{path, path_of, run, text};
use objects::Objects;

pub(crate) use branches::{BranchFiles, MOST_TREES, branch_files};
pub(crate) use folder::{branch, config, root};
pub use log::{Commit, Log};
pub use replay::{FileVersion, Replay};
pub use timelines::{LastVersion, timelines};
pub use version::Version;

/// A repository that contains a book.
#[derive(Debug)]
pub struct Repository {
    /// The top folder of the work tree.
    top: PathBuf,
    /// The folder with book.toml, relative to the top; empty if they are the same.
    book: PathBuf,
    /// Whether the clone lacks old commits.
    is_shallow: bool,
    /// Whether the clone may lack the texts of files.
    is_partial: bool,
    objects: Objects,
}

impl Repository {
    /// The repository around the folder `book`.
    ///
    /// # Errors
    /// If git is not installed, or refuses: there is no repository, or it belongs to somebody else. The
    /// error is in git's own words.
    pub fn open(book: &Path) -> Result<Self, Error> {
        if !book.is_dir() {
            return Err(Error::file(
                book, "the folder does not exist", "name the folder with book.toml",
            ));
        }
        let one = |option: &str| run(book, &["rev-parse", option]);
        let top = path_of(&one("--show-toplevel")?);
        let prefix = one("--show-prefix")?;
        // It ends in a slash, unless it is empty.
        let prefix = prefix.strip_suffix(b"/\n").unwrap_or_default();
        let is_shallow = text(&one("--is-shallow-repository")?) == "true";
        Ok(Self {
            objects: Objects::open(&top)?,
            // Git fails if there is no such setting.
            is_partial: run(&top, &["config", "--get-regexp", r"^remote\..*\.promisor$"]).is_ok(),
            top,
            book: path(prefix),
            is_shallow,
        })
    }

    /// The folder with book.toml, relative to the top of the repository.
    pub fn book(&self) -> &Path {
        &self.book
    }

    /// Whether the clone lacks old commits.
    pub fn is_shallow(&self) -> bool {
        self.is_shallow
    }

    /// The id of the commit that `revision` names.
    ///
    /// # Errors
    /// If it names none. A revision that begins with `-` is refused: git would read it as an option.
    pub fn commit(&self, revision: &str) -> Result<String, Error> {
        if revision.is_empty() || revision.starts_with('-') {
            return Err(Error::Git(format!("{revision:?} is not a revision of git")));
        }
        let wanted = format!("{revision}^{{commit}}");
        let found = run(
            &self.top,
            &["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted],
        );
        let id = text(&found.unwrap_or_default());
        if is_id(&id) {
            return Ok(id);
        }
        let help = match self.is_shallow {
            true => "the clone is shallow: `git fetch --unshallow` gets the older commits",
            false => "name a commit, a branch or a tag, such as origin/main or v1.0",
        };
        Err(Error::Git(format!(
            "{revision} names no commit of this repository\n  help: {help}"
        )))
    }

    /// The last commit that was made before a moment, in seconds since 1970: of `HEAD` and its first
    /// ancestors, so that what was merged later came later. None if there is none.
    ///
    /// # Errors
    /// If git fails.
    pub fn commit_before(&self, moment: i64) -> Result<Option<String>, Error> {
        let until = format!("--min-age={}", moment - 1);
        let found = run(&self.top, &["rev-list", "-1", "--first-parent", &until, "HEAD"])?;
        let id = text(&found);
        Ok(is_id(&id).then_some(id))
    }

    /// The id of a version without files, which every repository has.
    ///
    /// # Errors
    /// If git fails.
    pub fn nothing(&self) -> Result<String, Error> {
        Ok(text(&run(&self.top, &["hash-object", "-t", "tree", "--stdin"])?))
    }

    /// The files of a commit, by their paths from the top of the repository.
    pub fn version(&self, commit: &str) -> Version<'_> {
        Version::new(self, commit)
    }

    /// The text of a version of a chapter, as the build of its time would have read it: with the files that
    /// it includes, if `has_includes`. None if its text is not in git.
    pub fn chapter(&self, version: &FileVersion, commit: &Commit, text: Vec<u8>, has_includes: bool) -> Option<String> {
        let text = String::from_utf8(version::readable(text).ok()?).ok()?;
        let text = without_bom(&text);
        let expanded = has_includes.then(|| {
            let file = String::from_utf8_lossy(&version.path);
            expand_from(&self.version(&commit.id), text, &file, Path::new(""))
        });
        Some(match expanded.flatten() {
            Some(expanded) => expanded.text,
            None => text.to_owned(),
        })
    }

    /// The files whose names differ between the commit `old` and `new`, or the working tree if that is
    /// None, by their paths from the top of the repository.
    ///
    /// # Errors
    /// If git fails.
    pub fn renames(&self, old: &str, new: Option<&str>) -> Result<Vec<Rename>, Error> {
        let mut args = vec![
            "diff", "--raw", "-z", "-M", "-l1000", "--no-abbrev", "--no-relative", "--no-ext-diff", "--no-textconv",
            "--no-color", "--ignore-submodules=all", "--diff-filter=R", old,
        ];
        args.extend(new);
        args.push("--");
        let output = run(&self.top, &args)?;
        let renames = log::changes(&output).into_iter().filter_map(|change| {
            Some(Rename {
                from: String::from_utf8(change.from?).ok()?,
                to: String::from_utf8(change.path).ok()?,
                score: change.score,
            })
        });
        Ok(renames.collect())
    }

    /// The commits that led to `head`, with the Markdown files that each has changed. `files` are further
    /// files to look at.
    ///
    /// # Errors
    /// If git fails.
    pub fn log(&self, head: &str, files: &[String]) -> Result<Log, Error> {
        log::log(&self.top, head, files, self.is_shallow)
    }

    /// The texts of objects, in their order; None where git does not have one.
    ///
    /// # Errors
    /// If git fails.
    pub fn texts(&self, ids: &[String]) -> Result<Vec<Option<Vec<u8>>>, Error> {
        self.objects
            .read_all(ids)
            .map_err(|error| Error::Git(format!("git cat-file: {error}")))
    }
}

/// Whether `text` is the id of an object.
fn is_id(text: &str) -> bool {
    text.len() >= 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
