//! `diff`: what two versions of the handbook say differently.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use jiff::civil::Date;

use crate::cli::commands::export::{published, write};
use crate::cli::snapshot::{Snapshot, Versions};
use crate::cli::{Failure, Outcome};
use crate::export::diff::{self, Diff, NewFinding};
use crate::report::fingerprint::numbered;
use crate::report::{Entry, Sites, below, github};
use crate::wire::{self, Repository};

/// As many changes as fit in one comment.
const COMMENT: usize = 100;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The old version: a commit, a branch or a tag.
    base: String,
    /// The new version; default: the files as they are now.
    head: Option<String>,
    /// The folder with book.toml.
    #[arg(long, default_value = ".", value_name = "DIR")]
    book: PathBuf,
    /// The output format.
    #[arg(long, value_enum, default_value = "markdown")]
    format: Format,
    /// Also list the findings that only the new version has.
    #[arg(long)]
    findings: bool,
    /// Exit with 1 if there is a difference.
    #[arg(long)]
    exit_code: bool,
    /// In Markdown: the maximum number of changes that are listed; default: 100.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Where the book is published, for links; default: `base-url` in book.toml.
    #[arg(long, value_name = "URL", value_parser = published)]
    base_url: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: a pull request, a chat.
    Markdown,
    /// For programs: schemas/diff-1.json.
    Json,
    /// For GitHub Actions: annotations on the lines.
    Github,
}

/// Prints what is different.
pub(crate) fn diff(args: &Args, today: Option<Date>) -> Outcome {
    let repository = Repository::open(&args.book)?;
    let base = repository.commit(&args.base)?;
    let head = args.head.as_deref().map(|head| Ok((head, repository.commit(head)?)));
    let head = head.transpose().map_err(|error: wire::Error| Failure::Wire(error))?;
    let new = match &head {
        None => Snapshot::on_disk(&args.book, &repository, today)?,
        Some((name, commit)) => Snapshot::of_commit(&repository, commit, name, today)?,
    };
    let head = head.map(|(_, commit)| commit);
    let versions = Versions::compare(&repository, (&base, &args.base), (new, head.as_deref()))?;
    let findings = args.findings.then(|| new_findings(&versions));
    let diff = versions.diff(args.base_url.as_deref(), findings.as_deref());
    let text = match args.format {
        Format::Markdown => diff::markdown(&diff, args.limit.or(Some(COMMENT))),
        Format::Json => diff::json(&diff).map_err(|error| Failure::Usage(error.to_string()))?,
        Format::Github => annotations(&diff, &args.book, versions.new.book.loaded.context.src()),
    };
    write(&text, None)?;
    Ok(match args.exit_code && !diff.is_empty() {
        true => ExitCode::from(1),
        false => ExitCode::SUCCESS,
    })
}

/// The findings whose line the old version does not have, or on which it did not have them.
fn new_findings(versions: &Versions<'_>) -> Vec<NewFinding> {
    let (were, are) = (versions.before.findings(), versions.after.findings());
    let mut sites = Sites::new(&versions.old.book.loaded.sources, "");
    let renamed: BTreeMap<&str, &str> = versions
        .compared
        .renamed
        .iter()
        .map(|(from, to)| (from.as_str(), to.as_str()))
        .collect();
    let mut known: Vec<Entry<'_>> = were.iter().filter_map(|each| sites.entry(each)).collect();
    for entry in &mut known {
        // A finding has moved with its file.
        entry.site.file = renamed.get(entry.site.file).copied().unwrap_or(entry.site.file);
    }
    let known: BTreeSet<String> = numbered(&known).into_iter().collect();
    let mut sites = Sites::new(&versions.new.book.loaded.sources, "");
    let (all, diagnostics): (Vec<Entry<'_>>, Vec<_>) =
        are.iter().filter_map(|each| Some((sites.entry(each)?, each))).unzip();
    let is_new = numbered(&all).into_iter().map(|print| !known.contains(&print));
    let found = all.iter().zip(diagnostics).zip(is_new).filter(|(_, is_new)| *is_new);
    found
        .map(|((entry, diagnostic), _)| NewFinding {
            lint: diagnostic.lint,
            level: entry.level.word(),
            message: entry.message.to_owned(),
            path: entry.site.file.to_owned(),
            line: entry.site.at.map(|(line, _)| line),
        })
        .collect()
}

fn annotations(diff: &Diff<'_>, book: &std::path::Path, src: &str) -> String {
    let folder = wire::in_repository(book, &env::current_dir().unwrap_or_default());
    let src = below(&folder, src);
    let notes = diff.notes();
    let lines = notes.iter().map(|note| {
        let path = note.path.as_deref().map(|path| below(&src, path));
        github::notice(&github::Notice {
            title: note.title,
            path: path.as_deref(),
            line: note.line,
            message: &note.message,
        })
    });
    lines.collect()
}
