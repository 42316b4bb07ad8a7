//! `fix`: applies the fixes that are certain, as a diff or on disk.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use jiff::civil::Date;

use crate::cli::commands::check;
use crate::cli::levels::{self, Levels};
use crate::cli::lock::lock;
use crate::cli::{Failure, OpenBook, Outcome, args, colour, load_from, say};
use crate::diagnostic::{Diagnostic, Level, harmless};
use crate::report::human::counted;
use crate::report::patch::{Look, unified};
use crate::report::{self, Sites};
use crate::wire::{self, Round, Workspace};

/// One fix may enable the next; a chain longer than this is a cycle.
const MOST_ROUNDS: usize = 10;

/// Writes the diff or the list of changed files to stdout.
pub(crate) fn fix(args: &args::Fix, today: Option<Date>) -> Outcome {
    let mut only = Vec::new();
    for name in &args.only {
        only.push(levels::one(name)?.name);
    }
    let _lock = match args.write {
        true => lock(&args.book)?,
        false => None,
    };
    let mut workspace = Workspace::default();
    let mut fixes = 0;
    let mut rounds = 0;
    let (book, diagnostics, last) = loop {
        let (book, diagnostics) = look(&workspace, args, &only, today, rounds == 0)?;
        let context = &book.loaded.context;
        let src = context.root.join(context.src());
        let round = wire::apply_fixes(&mut workspace, &src, &book.loaded.sources, &diagnostics);
        fixes += round.done;
        rounds += 1;
        if round.done == 0 || rounds == MOST_ROUNDS {
            break (book, diagnostics, round);
        }
    };
    skipped(&book, args, &diagnostics, &last);
    if last.done > 0 {
        say(&format!(
            "warning: after {MOST_ROUNDS} rounds there are still fixes to apply; run the command again\n"
        ));
    }
    let is_complete = book.loaded.errors.is_empty();
    let code = if args.write {
        write(&workspace, &book, args)?
    } else {
        show(&workspace, &book, args, fixes)?
    };
    Ok(if is_complete { code } else { ExitCode::from(2) })
}

/// The book with the fixes applied so far, and the remaining findings.
fn look(
    workspace: &Workspace,
    args: &args::Fix,
    only: &[&'static str],
    today: Option<Date>,
    aloud: bool,
) -> Result<(OpenBook, Vec<Diagnostic>), Failure> {
    let mut book = load_from(workspace, &args.book, today, aloud)?;
    for name in only {
        // A lint named by `--only` runs even if the configuration disables it.
        let level = book.config.lints.entry((*name).to_owned()).or_insert(Level::Warn);
        *level = (*level).max(Level::Warn);
    }
    let (mut diagnostics, _) = check::findings(&book, &Levels::default());
    diagnostics.retain(|diagnostic| only.is_empty() || only.contains(&diagnostic.lint));
    Ok((book, diagnostics))
}

/// Reports which fixes were not applied, and why.
fn skipped(book: &OpenBook, args: &args::Fix, diagnostics: &[Diagnostic], round: &Round) {
    let src = folder(book, args);
    let mut sites = Sites::new(&book.loaded.sources, &src);
    for (index, why) in &round.skipped {
        if let Some(entry) = diagnostics.get(*index).and_then(|each| sites.entry(each)) {
            let (line, column) = entry.site.at.unwrap_or((1, 1));
            let (path, lint) = (&entry.site.path, entry.lint.unwrap_or_default());
            say(&format!("note: {path}:{line}:{column}: not fixed [{lint}]: {why}\n"));
        }
    }
}

fn folder(book: &OpenBook, args: &args::Fix) -> String {
    report::below(&wire::as_named(&args.book), book.loaded.context.src())
}

/// Prints the changes as a diff.
fn show(workspace: &Workspace, book: &OpenBook, args: &args::Fix, fixes: usize) -> Outcome {
    let src = folder(book, args);
    let mut stdout = crate::cli::stdout();
    let look = Look {
        colour: colour(&stdout),
        terminal: stdout.is_terminal(),
    };
    let mut files = 0;
    for (_, edit) in workspace.changed() {
        files += 1;
        let path = report::below(&src, &edit.file);
        let text = unified(&path, &edit.old, &edit.new, look);
        stdout.write_all(text.as_bytes()).map_err(Failure::stdout)?;
    }
    stdout.flush().map_err(Failure::stdout)?;
    match (counted(fixes, "fix"), counted(files, "file")) {
        (Some(_), Some(files)) => {
            let fixes = if fixes == 1 {
                "1 fix".to_owned()
            } else {
                format!("{fixes} fixes")
            };
            say(&format!("{fixes} in {files}; --write applies them\n"));
            Ok(ExitCode::from(1))
        }
        _ => {
            say("nothing to fix\n");
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Writes the changes; if one file cannot be written, the others still are.
fn write(workspace: &Workspace, book: &OpenBook, args: &args::Fix) -> Outcome {
    let src = folder(book, args);
    let mut stdout = crate::cli::stdout();
    let mut code = ExitCode::SUCCESS;
    let mut files = 0;
    for (path, edit) in workspace.changed() {
        let shown = report::below(&src, &edit.file);
        match wire::save(path, edit) {
            Ok(()) => {
                files += 1;
                let fixes = if edit.fixes == 1 { "fix" } else { "fixes" };
                let line = format!("fixed {}: {} {fixes}\n", harmless(&shown, &[]), edit.fixes);
                // A closed stdout must not prevent the other files from being written.
                let _ = stdout.write_all(line.as_bytes());
            }
            Err(error) => {
                crate::cli::tell(&format!("{shown} was not written: {error}"));
                code = ExitCode::from(2);
            }
        }
    }
    if files == 0 && code == ExitCode::SUCCESS {
        say("nothing to fix\n");
    }
    Ok(code)
}
