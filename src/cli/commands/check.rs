//! `check`: reports all findings, for people or for programs.

use std::collections::BTreeSet;
use std::env;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

use jiff::civil::Date;

use crate::cli::args::Report;
use crate::cli::levels::Levels;
use crate::cli::watch::watch;
use crate::cli::{Failure, OpenBook, Outcome, args, baseline, colour, load, problems, say, say_written, search};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Unlisted;
use crate::report::run::Run;
use crate::report::{self, Sites, github, human, json, sarif, short};
use crate::{Analysis, parse, wire};

/// Writes the report to stdout; with `--watch`, after each change.
pub(crate) fn check(args: &args::Check, today: Option<Date>) -> Outcome {
    match args.watch {
        true => watch(&args.book, today, || once(args, today)),
        false => once(args, today),
    }
}

fn once(args: &args::Check, today: Option<Date>) -> Outcome {
    let levels = Levels::new(&args.levels)?;
    let mut book = load(&args.book, today)?;
    levels.configure(&mut book.config);
    if args.write_baseline.is_some() && !book.loaded.errors.is_empty() {
        let what = "no baseline was written: it would lack the findings in files that cannot be read";
        return Err(Failure::Usage(what.to_owned()));
    }
    let analysis = read(&book);
    let documents = analysis.corpus.documents().count();
    let mut diagnostics = analysis.findings();
    levels.apply(&mut diagnostics);
    if let Some(problem) = search::warning(&analysis, &book.loaded.context, &args.book) {
        say_written(&problems(&args.book, &[problem]));
    }
    // SUMMARY.md is added as a source, so that findings can point into it.
    book.loaded.sources.push(std::mem::take(&mut book.loaded.summary));
    if documents == 0 {
        let help = match book.config.include {
            Some(_) => "no path matches the patterns in `include`; they are relative to `src`",
            None => "list those that are under `include` in book.toml",
        };
        say(&format!(
            "warning: no chapter was recognised as a design document; {help}\n"
        ));
    }

    let folder = match args.format {
        Report::Human | Report::Short => wire::as_named(&args.book),
        _ => wire::in_repository(&args.book, &env::current_dir().unwrap_or_default()),
    };
    let src = report::below(&folder, book.loaded.context.src());
    let mut sites = Sites::new(&book.loaded.sources, &src);
    let entries = diagnostics.iter().filter_map(|each| sites.entry(each)).collect();
    let (entries, known) = baseline::apply(args, entries)?;
    let unread: Vec<_> = book.loaded.errors.iter().map(ToString::to_string).collect();
    let run = Run {
        as_of: book.today,
        book: &folder,
        documents,
        known,
        entries: &entries,
        unread: &unread,
    };
    write(&run, args.format)?;

    let denied = entries.iter().any(|entry| entry.level == Level::Deny);
    Ok(match (unread.is_empty(), denied) {
        (false, _) => ExitCode::from(2),
        (true, true) => ExitCode::from(1),
        (true, false) => ExitCode::SUCCESS,
    })
}

/// The findings of the lints, in the order of the book, and the number of documents checked.
pub(crate) fn findings(book: &OpenBook, levels: &Levels) -> (Vec<Diagnostic>, usize) {
    let analysis = read(book);
    let mut findings = analysis.findings();
    levels.apply(&mut findings);
    (findings, analysis.corpus.documents().count())
}

/// The analysis, with what only the file system shows: missing files, and files not in SUMMARY.md.
pub(crate) fn read(book: &OpenBook) -> Analysis {
    let loaded = &book.loaded;
    let mut analysis = book.analysis();
    analysis.corpus.absent.clone_from(&loaded.absent);
    analysis.corpus.unlisted = Unlisted {
        source: loaded.sources.len(),
        folder: loaded.context.src().to_owned(),
        chapters: parse::corpus(&wire::unlisted(loaded), &book.config).chapters,
    };
    analysis
}

fn write(run: &Run<'_>, format: Report) -> Result<(), Failure> {
    let stdout = crate::cli::stdout();
    let colour = colour(&stdout);
    let mut out = BufWriter::new(stdout);
    let mut write = |text: String| out.write_all(text.as_bytes());
    let broken = |error: serde_json::Error| Failure::Usage(error.to_string());
    let written = match format {
        Report::Human => {
            let mut entries = run.entries.iter();
            entries.try_for_each(|entry| write(human::long(entry, colour)))
        }
        Report::Short => {
            let mut entries = run.entries.iter();
            entries.try_for_each(|entry| write(short::short(entry)))
        }
        Report::Json => write(json::json(run).map_err(broken)?),
        Report::Github => write(github::github(run)),
        Report::Sarif => write(sarif::sarif(run).map_err(broken)?),
    };
    let summary = summary(run);
    written
        .and_then(|()| match format {
            Report::Human => write(summary),
            // stdout is for programs.
            _ => {
                say(&summary);
                Ok(())
            }
        })
        .and_then(|()| out.flush())
        .map_err(Failure::stdout)
}

fn summary(run: &Run<'_>) -> String {
    let levels: Vec<_> = run.entries.iter().map(|entry| entry.level).collect();
    let affected: BTreeSet<_> = run.entries.iter().map(|entry| entry.site.file).collect();
    let mut summary = human::summary(&levels, affected.len(), run.documents);
    if let Some(known) = human::counted(run.known, "finding") {
        summary = format!("{}, and {known} in the baseline\n", summary.trim_end());
    }
    let fixes = run.entries.iter().filter(|entry| entry.fix.is_some()).count();
    if fixes > 0 {
        summary = format!(
            "{}; `mdbook-design-docs fix` can fix {fixes} of them\n",
            summary.trim_end()
        );
    }
    summary
}
