//! `status` and `decide`: change one fact in a document, as its author would.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::author::change::{self, NewDecision};
use crate::cli::commands::export::{unwritten, write};
use crate::cli::lock::lock;
use crate::cli::{Failure, OpenBook, Outcome, below, git, load, one_line, say};
use crate::diagnostic::harmless;
use crate::source::{Edit, Lines, Source, splice};
use crate::wire;

#[derive(Debug, clap::Args)]
pub(crate) struct Status {
    /// The document, by its file or its title.
    document: String,
    /// The new status: `approved`, "In Review".
    state: String,
    /// The folder with book.toml.
    #[arg(long, value_name = "BOOK", default_value = ".")]
    book: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Decide {
    /// The document, by its file or its title.
    document: String,
    /// What was decided, in a sentence.
    decision: String,
    /// The reason.
    #[arg(long, value_name = "REASON", default_value = "")]
    why: String,
    /// Who decided; default: git's user.name.
    #[arg(long, value_name = "NAME")]
    by: Vec<String>,
    /// The open question that it resolves, by its number, its id or some of its words.
    #[arg(long, value_name = "QUESTION")]
    question: Option<String>,
    /// The document's new status.
    #[arg(long, value_name = "STATE")]
    status: Option<String>,
    /// The folder with book.toml.
    #[arg(long, value_name = "BOOK", default_value = ".")]
    book: PathBuf,
}

/// Sets the status and prints each changed line.
pub(crate) fn status(args: &Status, today: Option<Date>) -> Outcome {
    let state = one_line("a status", &args.state)?;
    let _lock = lock(&args.book)?;
    let book = load(&args.book, today)?;
    change(&book, &args.document, |source| {
        change::set_status(source, &book.config, state, book.today)
    })
}

/// Records the decision and prints each changed line.
pub(crate) fn decide(args: &Decide, today: Option<Date>) -> Outcome {
    if args.decision.trim().is_empty() {
        return Err(Failure::Usage("describe the decision in a sentence".to_owned()));
    }
    for name in &args.by {
        one_line("a name", name)?;
    }
    let status = args
        .status
        .as_deref()
        .map(|word| one_line("a status", word))
        .transpose()?;
    let _lock = lock(&args.book)?;
    let book = load(&args.book, today)?;
    let decided_by = match args.by.as_slice() {
        [] => git::config(&args.book, "user.name").unwrap_or_default(),
        names => names.join(", "),
    };
    let decision = NewDecision {
        text: args.decision.clone(),
        rationale: args.why.clone(),
        decided_by,
        is_by_given: !args.by.is_empty(),
        question: args.question.clone(),
        status: status.map(str::to_owned),
    };
    change(&book, &args.document, |source| {
        let (edits, left_out) = change::decide(source, &book.config, &decision, book.today)?;
        for what in left_out {
            say(&format!(
                "note: its decisions have no place for {what}; it is not recorded\n"
            ));
        }
        Ok(edits)
    })
}

/// Changes the file of the document that `wanted` names.
fn change(book: &OpenBook, wanted: &str, edit: impl Fn(&Source) -> Result<Vec<Edit>, String>) -> Outcome {
    let source = find(book, wanted)?;
    let context = &book.loaded.context;
    let path = below(&context.root, context.src()).join(source.shown_path());
    let text = fs::read_to_string(&path)
        .map_err(|error| Failure::Usage(format!("could not read {}: {error}", path.display())))?;
    // The file without its includes expanded: included text belongs to other files.
    let bare = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let source = Source {
        text: bare.to_owned(),
        path: source.path.clone(),
        file: source.file.clone(),
        name: source.name.clone(),
        ..Source::default()
    };
    let edits = edit(&source).map_err(|what| Failure::Usage(format!("{}: {what}", path.display())))?;
    let changed = splice(bare, &edits);
    if changed != bare {
        let bom = &text[..text.len() - bare.len()];
        let changed = format!("{bom}{changed}");
        wire::update(&path, text.as_bytes(), changed.as_bytes()).map_err(|error| unwritten(&path, &error))?;
    }
    let said = changes(&path, bare, &changed, &edits);
    write(&harmless(&said, &['\n', '\t']), None)
}

/// The changed lines in their new form, each with its position.
fn changes(path: &Path, before: &str, after: &str, edits: &[Edit]) -> String {
    if before == after {
        return format!("{}: already up to date\n", path.display());
    }
    let lines = Lines::new(after);
    let mut moved = 0_usize;
    let mut said = String::new();
    for edit in edits {
        let skipped = edit.text.len() - edit.text.trim_start().len();
        let (line, _) = lines.line_column(edit.span.start + moved - removed(edits, edit) + skipped);
        if edit.span.of(before) != edit.text {
            said += &format!("{}:{line}: {}\n", path.display(), lines.span(line).of(after).trim());
        }
        moved += edit.text.len();
    }
    said
}

/// The number of bytes that the edits before `edit` remove.
fn removed(edits: &[Edit], edit: &Edit) -> usize {
    let before = edits.iter().filter(|other| other.span < edit.span);
    before.map(|other| other.span.end - other.span.start).sum()
}

/// The only design document that `wanted` matches.
fn find<'b>(book: &'b OpenBook, wanted: &str) -> Result<&'b Source, Failure> {
    let sources = &book.loaded.sources;
    let corpus = book.analysis().corpus;
    let documents: Vec<(&Source, &str)> = corpus
        .documents()
        .filter_map(|(index, _, document)| Some((sources.get(index)?, document.title.value.as_str())))
        .collect();
    let slashed = wanted.replace('\\', "/");
    let slashed = slashed.trim_start_matches("./");
    let src = format!("{}/", book.loaded.context.src());
    let bare = slashed.rsplit_once(&src).map_or(slashed, |(_, rest)| rest);
    let lower = wanted.to_lowercase();
    let is_way = |way: usize, source: &Source, title: &str| {
        let path = source.shown_path();
        let name = path.rsplit('/').next().unwrap_or_default();
        match way {
            0 => path == bare || path == slashed,
            1 => path.ends_with(&format!("/{bare}")) || name.strip_suffix(".md") == Some(bare),
            2 => title.to_lowercase() == lower,
            _ => title.to_lowercase().contains(&lower),
        }
    };
    // More exact ways to name a document come first.
    for way in 0..4 {
        let is_meant = |(source, title): &&(&Source, &str)| is_way(way, source, title);
        let found: Vec<_> = documents.iter().filter(is_meant).collect();
        match found.as_slice() {
            [] => {}
            [(source, _)] => return Ok(source),
            several => {
                let lines: String = several.iter().map(|(source, title)| line(source, title)).collect();
                return Err(Failure::Usage(format!("\"{wanted}\" matches several documents{lines}")));
            }
        }
    }
    let lines: String = documents.iter().map(|(source, title)| line(source, title)).collect();
    Err(Failure::Usage(format!("no document matches \"{wanted}\"{lines}")))
}

fn line(source: &Source, title: &str) -> String {
    format!("\n  {}: {title}", source.shown_path())
}
