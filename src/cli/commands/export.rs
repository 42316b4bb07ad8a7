//! `export` and `schema`: write the facts of the book to stdout or to files.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use jiff::civil::Date;

use crate::cli::{Failure, OpenBook, Outcome, load, say, write_out};
use crate::config::{Download, base_url};
use crate::export::{self, atom, csv, ics, json};
use crate::model::{Corpus, IndexKind};
use crate::wire;

/// The schema of `--format json`.
const SCHEMA: &str = include_str!("../../../schemas/export-1.json");

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder with book.toml.
    #[arg(default_value = ".")]
    book: PathBuf,
    /// The output format.
    #[arg(long, value_enum, required_unless_present = "downloads")]
    format: Option<Format>,
    /// The output file; default: stdout.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// With csv: the table to write; default: questions.
    #[arg(long, value_enum)]
    table: Option<Table>,
    /// With ics: only the questions of this person, by name, handle or email.
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// Where the book is published, for links; default: `base-url` in book.toml.
    #[arg(long, value_name = "URL", value_parser = published)]
    base_url: Option<String>,
    /// Write the files listed in `index.downloads` in book.toml into the built book.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["format", "output", "table", "owner"])]
    downloads: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Documents, decisions and open questions, schema version 1.
    Json,
    /// One table, safe to open in a spreadsheet.
    Csv,
    /// The deadlines of open questions, for a calendar.
    Ics,
    /// The decisions, newest first, for a feed reader.
    Atom,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Table {
    /// A row for each design document.
    Documents,
    /// A row for each decision.
    Decisions,
    /// A row for each open or resolved question.
    Questions,
}

impl From<Table> for csv::Table {
    fn from(table: Table) -> Self {
        match table {
            Table::Documents => Self::Documents,
            Table::Decisions => Self::Decisions,
            Table::Questions => Self::Questions,
        }
    }
}

/// Writes nothing if a chapter cannot be read: a partial export would pass for a complete one.
pub(crate) fn export(args: &Args, today: Option<Date>) -> Outcome {
    let format = args.format;
    for (given, option, wanted) in [
        (args.table.is_some(), "--table", Format::Csv),
        (args.owner.is_some(), "--owner", Format::Ics),
    ] {
        if given && format != Some(wanted) {
            let wanted = format!("{wanted:?}").to_lowercase();
            return Err(Failure::Usage(format!("{option} is for --format {wanted}")));
        }
    }
    let book = load(&args.book, today)?;
    if !book.loaded.errors.is_empty() {
        return Err(Failure::Said);
    }
    let mut analysis = book.analysis();
    analysis.read_registers(&book.loaded.sources);
    if let Some(note) = analysis.remember(&book.loaded.context) {
        say(&format!("warning: {note}\n"));
    }
    let corpus = analysis.corpus;
    let facts = book.facts(&corpus, args.base_url.as_deref());
    match (&args.downloads, format) {
        (Some(folder), _) => downloads(&facts, folder),
        (None, Some(format)) => {
            let text = text(&facts, format, args)?;
            write(&text, args.output.as_deref())
        }
        // clap requires one of the two.
        (None, None) => Ok(ExitCode::SUCCESS),
    }
}

/// Prints the schema.
pub(crate) fn schema() -> Outcome {
    write(SCHEMA, None)
}

/// Writes `text` to `path`, or to stdout if that is None.
pub(crate) fn write(text: &str, path: Option<&Path>) -> Outcome {
    match path {
        Some(path) => wire::replace(path, text.as_bytes()).map_err(|error| unwritten(path, &error))?,
        None => write_out(text)?,
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn unwritten(path: &Path, error: &io::Error) -> Failure {
    Failure::Usage(format!("could not write {}: {error}", path.display()))
}

impl OpenBook {
    /// The input of an export; `base_url` overrides book.toml.
    pub(crate) fn facts<'a>(&'a self, corpus: &'a Corpus, base_url: Option<&'a str>) -> export::ExportInput<'a> {
        export::ExportInput {
            corpus,
            sources: &self.loaded.sources,
            config: &self.config,
            today: self.today,
            title: self.loaded.context.title(),
            base_url: base_url.or(self.config.base_url.as_deref()),
        }
    }
}

fn text(book: &export::ExportInput<'_>, format: Format, args: &Args) -> Result<String, Failure> {
    match format {
        Format::Json => facts_as_json(book),
        Format::Csv => csv::csv(book, args.table.unwrap_or(Table::Questions).into()).map_err(Failure::Usage),
        Format::Ics => {
            let text = ics::ics(book, args.owner.as_deref());
            if let Some(owner) = args.owner.as_deref().filter(|_| !text.contains("BEGIN:VEVENT")) {
                say(&format!("note: no open question with a date is {owner}'s\n"));
            }
            Ok(text)
        }
        Format::Atom => feed(book),
    }
}

fn facts_as_json(book: &export::ExportInput<'_>) -> Result<String, Failure> {
    json::json(book.corpus, book.sources, book.config, book.today).map_err(|error| Failure::Usage(error.to_string()))
}

fn feed(book: &export::ExportInput<'_>) -> Result<String, Failure> {
    atom::atom(book).ok_or_else(|| {
        Failure::Usage(
            "a feed needs the address at which the book is published\n  \
             help: give --base-url https://…, or set `base-url` in [preprocessor.design-docs]"
                .to_owned(),
        )
    })
}

/// Writes the files that the index pages link to beside the built pages.
fn downloads(book: &export::ExportInput<'_>, folder: &Path) -> Outcome {
    if book.config.index.downloads.is_empty() {
        return Err(Failure::Usage(
            "book.toml names no downloads\n  \
             help: set `downloads = [\"csv\", \"ics\"]` in [preprocessor.design-docs.index]"
                .to_owned(),
        ));
    }
    if !folder.join("index.html").is_file() {
        let folder = folder.display();
        return Err(Failure::Usage(format!(
            "{folder} is not a built book: it has no index.html\n  \
             help: run `mdbook build` first; with several renderers the pages are in {folder}/html"
        )));
    }
    // Create all contents before writing the first file, so that a failure leaves no files behind.
    let mut files = Vec::new();
    for kind in IndexKind::all(book.config) {
        for (download, name) in kind.downloads(book.config) {
            let text = match download {
                Download::Json => facts_as_json(book)?,
                Download::Csv => match table_of(kind) {
                    Some(table) => BYTE_ORDER_MARK.to_owned() + &csv::csv(book, table).map_err(Failure::Usage)?,
                    None => continue,
                },
                Download::Ics => ics::ics(book, None),
                Download::Atom => feed(book)?,
            };
            files.push((folder.join(name), text));
        }
    }
    for (path, text) in files {
        wire::put(&path, text.as_bytes()).map_err(|error| unwritten(&path, &error))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A file that a reader downloads is opened in a spreadsheet, which takes it for UTF-8 only with
/// this. The table on stdout is for programs, many of which would take it for a part of the text.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The table that an index shows, if it shows one of the three.
fn table_of(kind: IndexKind) -> Option<csv::Table> {
    match kind {
        IndexKind::Documents => Some(csv::Table::Documents),
        IndexKind::Decisions => Some(csv::Table::Decisions),
        IndexKind::Questions => Some(csv::Table::Questions),
        _ => None,
    }
}

/// Parses the base of links for clap.
pub(crate) fn published(text: &str) -> Result<String, String> {
    base_url(text).ok_or_else(|| "it must be an address, as https://handbook.example.com/".to_owned())
}
