//! `new`: creates a document from the template, with its line in SUMMARY.md.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use jiff::civil::Date;

use crate::author::name::{self, Taken};
use crate::author::template::{self, Facts};
use crate::cli::commands::export::{unwritten, write};
use crate::cli::lock::lock;
use crate::cli::{Failure, OpenBook, Outcome, below, load, one_line, say};
use crate::model::Corpus;
use crate::wire;
use crate::wire::git::{self, BranchFiles};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The document's title.
    title: String,
    /// The folder with book.toml.
    #[arg(long, value_name = "BOOK", default_value = ".")]
    book: PathBuf,
    /// The folder for the document, relative to the book's src; default: that of the other designs.
    #[arg(long, value_name = "FOLDER")]
    folder: Option<String>,
    /// The built-in template; default: the kind of the other documents in the folder.
    #[arg(long, value_enum, conflicts_with = "template")]
    kind: Option<NewKind>,
    /// The template file; default: `template` in book.toml, else the built-in one.
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    /// The author; default: git's user.name and user.email.
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum NewKind {
    /// A design document.
    Design,
    /// An architecture decision record.
    Adr,
}

/// Creates the document and prints its path.
pub(crate) fn new(args: &Args, today: Option<Date>) -> Outcome {
    let title = one_line("a title", &args.title)?;
    let author = args
        .author
        .as_deref()
        .map(|name| one_line("a name", name))
        .transpose()?;
    let _lock = lock(&args.book)?;
    let book = load(&args.book, today)?;
    let corpus = book.analysis().corpus;
    let src = below(&args.book, book.loaded.context.src());
    let folder = match &args.folder {
        Some(chosen) => below_src(chosen)?,
        None => name::folder(&corpus).unwrap_or_else(|| "designs".to_owned()),
    };
    let template = book.template(args, &corpus, &folder)?;
    let files = names(&src.join(&folder));
    let number = next_number(&src, &folder, &files);
    let file = file_name(title, number.as_ref(), &files, folder.is_empty())?;
    let facts = Facts {
        title: title.to_owned(),
        author: author
            .map(str::to_owned)
            .or_else(|| git::config(&args.book, "user.name")),
        email: match args.author {
            Some(_) => None,
            None => git::config(&args.book, "user.email"),
        },
        date: book.today,
        number: number.map(|(number, _)| number),
    };
    let chapter = match folder.as_str() {
        "" => file,
        folder => format!("{folder}/{file}"),
    };
    add(&src, &chapter, title, &template::fill(&template, &facts))?;
    write(&format!("{}\n", src.join(chapter).display()), None)
}

/// The next number that neither the folder nor the same folder in a branch has. Reports the numbers
/// that are left out.
fn next_number(src: &Path, folder: &str, files: &[String]) -> Option<(String, char)> {
    let (branches, is_cut) = branches(src, folder).unwrap_or_default();
    let is_new = !files.iter().any(|file| file.ends_with(".md"));
    // If the book has no such folder yet, the branches say how its documents are numbered.
    let all = branches.iter().filter(|_| is_new).flat_map(|branch| &branch.files);
    let first = name::next_number(files.iter().map(String::as_str))
        .or_else(|| name::next_number(all.map(String::as_str)).map(|(number, mark)| (one(&number), mark)))?;
    let listed = branches
        .iter()
        .map(|each| (each.branch.as_str(), each.files.as_slice()));
    let (number, taken) = name::free_number(first, listed);
    /// More lines would hide the path that follows.
    const MOST_LINES: usize = 10;
    for Taken { number, branch, file } in taken.iter().take(MOST_LINES) {
        say(&format!("note: {number} is taken in branch {branch} ({file})\n"));
    }
    if let Some(more) = taken.len().checked_sub(MOST_LINES).filter(|more| *more > 0) {
        say(&format!("note: {more} more numbers are taken in branches\n"));
    }
    if is_cut {
        say(&format!(
            "note: only the {} latest states of the folder in other branches have been looked at\n",
            git::MOST_TREES
        ));
    }
    Some(number)
}

/// The number 1, as wide as `number`.
fn one(number: &str) -> String {
    format!("{:0width$}", 1, width = number.len())
}

/// The files of the folder in all branches. None without git, or outside a repository.
fn branches(src: &Path, folder: &str) -> Option<(Vec<BranchFiles>, bool)> {
    let root = git::root(src)?;
    let below = fs::canonicalize(src).ok()?;
    let below = below.strip_prefix(&root).ok()?.to_str()?.replace('\\', "/");
    let parts = [below.as_str(), folder].into_iter().filter(|part| !part.is_empty());
    git::branch_files(&root, &parts.collect::<Vec<_>>().join("/"))
}

/// Writes the document and its line, or neither.
fn add(src: &Path, chapter: &str, title: &str, text: &str) -> Result<(), Failure> {
    let summary = src.join("SUMMARY.md");
    let unread = |error| Failure::Usage(format!("could not read {}: {error}", summary.display()));
    let before = wire::read_text(&summary).map_err(unread)?;
    let after = wire::with_chapter(&before, chapter, title)
        .map_err(|what| Failure::Usage(format!("{}: {what}", summary.display())))?;
    let path = src.join(chapter);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| unwritten(folder, &error))?;
    }
    wire::create(&path, text.as_bytes()).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::Usage(format!("{} already exists", path.display())),
        _ => unwritten(&path, &error),
    })?;
    if after != before {
        wire::update(&summary, before.as_bytes(), after.as_bytes()).map_err(|error| {
            // Without its line in SUMMARY.md the document would not be part of the book.
            let _ = fs::remove_file(&path);
            unwritten(&summary, &error)
        })?;
    }
    Ok(())
}

impl OpenBook {
    fn template(&self, args: &Args, corpus: &Corpus, folder: &str) -> Result<String, Failure> {
        let own = self.config.template.as_ref().filter(|_| args.kind.is_none());
        let own = own.map(|file| args.book.join(self.loaded.context.src()).join(file));
        let Some(path) = args.template.clone().or(own) else {
            let is_adr = match args.kind {
                Some(kind) => kind == NewKind::Adr,
                None => name::holds_decisions(corpus, folder),
            };
            let text = if is_adr { template::ADR } else { template::DESIGN };
            return Ok(text.to_owned());
        };
        fs::read_to_string(&path)
            .map_err(|error| Failure::Usage(format!("could not read the template {}: {error}", path.display())))
    }
}

/// The value of `--folder`, relative to `src`, with `/` as separator.
fn below_src(chosen: &str) -> Result<String, Failure> {
    let folder = chosen.replace('\\', "/");
    let parts = || folder.split('/').filter(|part| !matches!(*part, "" | "."));
    if folder.starts_with('/') || folder.contains(':') || parts().any(|part| part == "..") {
        return Err(Failure::Usage(format!(
            "--folder {chosen} is not below the book's src, where mdBook looks for chapters"
        )));
    }
    Ok(parts().collect::<Vec<_>>().join("/"))
}

/// The name of the document's file in a folder that holds `files`; `is_src` if that is the book's
/// `src`.
fn file_name(title: &str, number: Option<&(String, char)>, files: &[String], is_src: bool) -> Result<String, Failure> {
    let slug = name::slug(title);
    if slug.is_empty() {
        return Err(Failure::Usage(format!(
            "no file name can be made of \"{title}\"; use words"
        )));
    }
    if let Some(file) = name::namesake(files, &slug) {
        return Err(Failure::Usage(format!(
            "a document of that name already exists: {file}"
        )));
    }
    let file = match number {
        Some((number, mark)) => format!("{number}{mark}{slug}.md"),
        None => format!("{slug}.md"),
    };
    match name::same_page(files, &file, is_src) {
        Some(other) => Err(Failure::Usage(format!(
            "a document \"{title}\" would have the same page as {other}; choose another title"
        ))),
        None => Ok(file),
    }
}

/// The files of a folder; none if the folder does not exist yet.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect()
}
