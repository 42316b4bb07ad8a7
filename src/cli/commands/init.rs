//! `init`: adds the preprocessor to a book, and lists the design documents in it.

mod found;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use jiff::civil::Date;

use crate::author::workflow::{Plan, workflow};
use crate::cli::commands::export::unwritten;
use crate::cli::lock::lock;
use crate::cli::{Failure, OpenBook, Outcome, below, clock, load, write_out};
use crate::wire;
use crate::wire::git;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder with book.toml.
    #[arg(default_value = ".")]
    book: PathBuf,
    /// The time zone in which deadlines expire; default: the machine's time zone.
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    timezone: Option<String>,
    /// Also write .github/workflows/handbook.yml, which builds and publishes the book.
    #[arg(long)]
    github_pages: bool,
    /// Replace an existing workflow that differs.
    #[arg(long, requires = "github_pages")]
    force: bool,
}

/// The path of the workflow in a repository.
const WORKFLOW: &str = ".github/workflows/handbook.yml";

/// The repository with our releases; empty until there are any.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// Idempotent: existing settings and files are kept.
pub(crate) fn init(args: &Args, today: Option<Date>) -> Outcome {
    let _lock = lock(&args.book)?;
    let path = below(&args.book, "book.toml");
    let before = wire::read_text(&path).map_err(|error| {
        let (path, book) = (path.display(), args.book.display());
        Failure::Usage(format!(
            "could not read {path}: {error}\n  help: `mdbook init {book}` creates a new book"
        ))
    })?;
    let zone = match (&args.timezone, wire::is_enabled(&before)) {
        (Some(zone), _) => Some(zone.clone()),
        (None, true) => None,
        (None, false) => clock::zone(),
    };
    let after = wire::enabled(&before, zone.as_deref())
        .map_err(|what| Failure::Usage(format!("{}: {what}", path.display())))?;
    let (after, left_out) = without_indices_in_search(&after, &load(&args.book, today)?, &path)?;
    let workflow = match args.github_pages {
        true => Some(Workflow::plan(args, &after)?),
        false => None,
    };
    let mut said = String::new();
    if after == before {
        said += &format!("{}: already has the preprocessor\n", path.display());
    } else {
        wire::update(&path, before.as_bytes(), after.as_bytes()).map_err(|error| unwritten(&path, &error))?;
        said += &added(&path, !wire::is_enabled(&before), left_out, zone.as_deref());
    }
    if let Some(workflow) = workflow {
        said += &workflow.write()?;
    }
    said += &found::found(&load(&args.book, today)?, &args.book);
    write_out(&said)?;
    Ok(ExitCode::SUCCESS)
}

/// `toml` with the lines that leave our indices out of the book's search, and whether there are any.
fn without_indices_in_search(toml: &str, book: &OpenBook, path: &Path) -> Result<(String, bool), Failure> {
    let indices = book.analysis().pages().lasting();
    let searched = wire::searched(&book.loaded.context.config, &indices);
    let after =
        wire::without_search(toml, &searched).map_err(|what| Failure::Usage(format!("{}: {what}", path.display())))?;
    Ok((after, !searched.is_empty()))
}

/// What was added to book.toml.
fn added(path: &Path, is_new: bool, left_out: bool, zone: Option<&str>) -> String {
    let mut said = String::new();
    if is_new {
        said += &format!("{}: added [preprocessor.design-docs]", path.display());
        said += &match zone {
            Some(zone) => format!(", time zone {zone}\n"),
            None => {
                "; deadlines expire in the time zone of the machine that builds the book: see --timezone\n".to_owned()
            }
        };
    }
    if left_out {
        said += &format!(
            "{}: left the indices out of the search, [output.html.search.chapter]\n",
            path.display()
        );
    }
    said
}

/// The workflow's file and its contents.
struct Workflow {
    path: PathBuf,
    text: String,
    is_there: bool,
    /// The commands that the book needs and the workflow does not install.
    others: String,
}

impl Workflow {
    fn plan(args: &Args, toml: &str) -> Result<Self, Failure> {
        let book = fs::canonicalize(&args.book).map_err(|error| unwritten(&args.book, &error))?;
        let root = git::root(&args.book).unwrap_or_else(|| book.clone());
        let folder = book.strip_prefix(&root).unwrap_or(Path::new(""));
        let folder = folder.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        let pages = wire::pages(toml).map_err(Failure::Usage)?;
        let text = workflow(&Plan {
            branch: &git::branch(&root).unwrap_or_else(|| "main".to_owned()),
            folder: if folder.is_empty() { "." } else { &folder },
            output: &pages.folder,
            mdbook: pages.mdbook,
            has_downloads: pages.has_downloads,
            has_history: pages.has_history,
            repository: REPOSITORY,
            others: &pages.others,
        });
        // If the book is at the top of the repository, use the path as the user wrote it.
        let path = match root == book {
            true => below(&args.book, WORKFLOW),
            false => root.join(WORKFLOW),
        };
        let old = match wire::read_file(&path) {
            Ok(old) => Some(old),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => {
                let what = format!("could not read {}: {error}; nothing was changed", path.display());
                return Err(Failure::Usage(what));
            }
        };
        if old.as_ref().is_some_and(|old| old != text.as_bytes()) && !args.force {
            return Err(Failure::Usage(format!(
                "{} already exists and differs; nothing was changed\n  help: --force replaces it",
                path.display()
            )));
        }
        Ok(Self {
            is_there: old.is_some_and(|old| old == text.as_bytes()),
            path,
            text,
            others: pages.others.join(", "),
        })
    }

    fn write(&self) -> Result<String, Failure> {
        let path = &self.path;
        if self.is_there {
            return Ok(format!("{}: already exists\n", path.display()));
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| unwritten(folder, &error))?;
        }
        wire::replace(path, self.text.as_bytes()).map_err(|error| unwritten(path, &error))?;
        let mut said = format!(
            "{}: written; in the repository's settings, under Pages, set the source to \"GitHub Actions\"\n",
            path.display()
        );
        if !self.others.is_empty() {
            said += &format!("  it does not install {}: complete its step \"Install\"\n", self.others);
        }
        if REPOSITORY.is_empty() {
            said += "  it installs mdbook-design-docs from the registry; its step \"Install\" says what to do until it is published there\n";
        }
        Ok(said)
    }
}

fn zone(name: &str) -> Result<String, String> {
    jiff::tz::TimeZone::get(name)
        .map(|_| name.to_owned())
        .map_err(|_| "it must be an IANA time zone, such as Africa/Lagos".to_owned())
}
