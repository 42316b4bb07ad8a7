//! The command line, the clock and the environment; no other module reads them.

mod args;
mod baseline;
mod clock;
mod commands;
mod levels;
mod lock;
mod pipe;
mod progress;
mod search;
mod snapshot;
mod watch;

use std::borrow::Cow;
use std::ffi::OsString;
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use jiff::civil::Date;

use crate::Analysis;
use crate::config::{Config, Problem};
use crate::diagnostic::harmless;
use crate::parse;
use crate::report::{self, human};
use crate::wire::{self, Console, DesignDocs, Loaded, NotIncluded, Workspace};
use args::{Args, Command};
use commands::author::{ask, change, new, supersede};
use commands::{check, diff, digest, explain, export, fix, history, init, shell, why};

pub use clock::today;

/// The definition of the command line, for generating documentation.
pub fn command() -> clap::Command {
    Args::command()
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    // This thread works too: more threads than cores would only take memory.
    let _ = rayon::ThreadPoolBuilder::new().use_current_thread().build_global();
    parse::hush_survived_panics();
    run(std::env::args_os())
}

/// Runs a command line whose first word is the program's name; for programs that embed this one.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => {
            // Help and version go to stdout with 0, a usage error to stderr with 2.
            let printed = error.print().and_then(|()| io::stdout().flush());
            let code = ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
            return end(printed.map_err(Failure::stdout).map(|()| code));
        }
    };
    let result = match &args.command {
        None => preprocess(args.today),
        // Other renderers than html get plain Markdown, so we support them all.
        Some(Command::Supports { .. }) => Ok(ExitCode::SUCCESS),
        Some(Command::Check(check)) => check::check(check, args.today),
        Some(Command::Fix(fix)) => fix::fix(fix, args.today),
        Some(Command::Explain { lint }) => explain::explain(lint.as_deref()),
        Some(Command::Export(export)) => export::export(export, args.today),
        Some(Command::Schema) => export::schema(),
        Some(Command::Digest(digest)) => digest::digest(digest, args.today),
        Some(Command::Diff(diff)) => diff::diff(diff, args.today),
        Some(Command::History(history)) => history::history(history, args.today),
        Some(Command::Why(why)) => why::why(why, args.today),
        Some(Command::Init(init)) => init::init(init, args.today),
        Some(Command::New(new)) => new::new(new, args.today),
        Some(Command::Status(status)) => change::status(status, args.today),
        Some(Command::Decide(decide)) => change::decide(decide, args.today),
        Some(Command::Supersede(supersede)) => supersede::supersede(supersede, args.today),
        Some(Command::Ask(ask)) => ask::ask(ask, args.today),
        Some(Command::Completions { shell }) => shell::completions(*shell),
        Some(Command::Man(man)) => shell::man(man),
    };
    progress::end();
    end(result)
}

fn end(result: Outcome) -> ExitCode {
    result.unwrap_or_else(|failure| {
        if !failure.is_silent() {
            tell(&failure.to_string());
        }
        ExitCode::from(2)
    })
}

/// Why a command failed.
#[derive(Debug)]
enum Failure {
    /// The book or mdBook's message cannot be used.
    Wire(wire::Error),
    /// A usage error, or a file that cannot be written.
    Usage(String),
    /// The failure has been reported already.
    Said,
    /// The reader of stdout has closed it.
    Closed,
}

impl Failure {
    fn is_silent(&self) -> bool {
        match self {
            Self::Wire(error) => error.is_closed_pipe(),
            Self::Usage(_) => false,
            Self::Said | Self::Closed => true,
        }
    }

    fn stdout(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::Wire(wire::Error::Stdout(error)),
        }
    }
}

impl From<wire::Error> for Failure {
    fn from(error: wire::Error) -> Self {
        Self::Wire(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wire(error) => error.fmt(f),
            Self::Usage(what) => f.write_str(what),
            Self::Said | Self::Closed => Ok(()),
        }
    }
}

type Outcome = Result<ExitCode, Failure>;

fn preprocess(today: Option<Date>) -> Outcome {
    if io::stdin().is_terminal() {
        let help = Args::command().render_help();
        let _ = write!(
            io::stderr(),
            "mdbook runs this command and writes the book to its stdin.\n\n{help}"
        );
        return Err(Failure::Said);
    }
    let preprocessor = today.map_or_else(|| DesignDocs::new(clock::today), DesignDocs::on);
    let console = Console {
        colour: colour(&io::stderr()),
        stamp: Some(clock::stamp),
        variable: Some(|name| std::env::var(name).ok()),
    };
    let preprocessor = preprocessor.for_console(console);
    let input = pipe::stdin().map_err(wire::Error::Stdin)?;
    let output = pipe::stdout().map_err(wire::Error::Stdout)?;
    preprocessor.preprocess(input, output, &mut io::stderr().lock())?;
    Ok(ExitCode::SUCCESS)
}

/// A book that a command has opened.
struct OpenBook {
    loaded: Loaded,
    config: Config,
    today: Date,
}

impl OpenBook {
    /// Reads its chapters, without looking for missing or unlisted ones.
    fn analysis(&self) -> Analysis {
        Analysis::read(&self.loaded.sources, self.config.clone(), self.today)
    }
}

/// Reads the book in `root` and reports problems in its configuration and structure on stderr.
fn load(root: &Path, today: Option<Date>) -> Result<OpenBook, Failure> {
    load_from(&Workspace::default(), root, today, true)
}

/// As [`load`], with the files of the workspace; reports problems only if `aloud`.
fn load_from(workspace: &Workspace, root: &Path, today: Option<Date>, aloud: bool) -> Result<OpenBook, Failure> {
    progress::doing("reading the book".to_owned());
    let loaded = wire::load_from(workspace, root, &environment())?;
    let mut settings = loaded.context.settings();
    // Commands use this book alone; problems with external books are still reported.
    let _ = loaded.context.external(&mut settings);
    let chapters = human::counted(loaded.sources.len(), "chapter").unwrap_or_default();
    progress::doing(format!("looking at {chapters}"));
    if aloud {
        announce(root, &loaded, &settings.problems);
    }
    if settings.problems.iter().any(|problem| problem.fatal) {
        return Err(Failure::Said);
    }
    let config = settings.config;
    let today = today.map_or_else(|| clock::today(&config), Ok)?;
    Ok(OpenBook { loaded, config, today })
}

/// The environment, as far as it is text: its `MDBOOK_…` variables override book.toml.
fn environment() -> Vec<(String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}

/// `text`, if it is a single line; `what` names it in the error message.
fn one_line<'t>(what: &str, text: &'t str) -> Result<&'t str, Failure> {
    let text = text.trim();
    match text.is_empty() || text.contains(|ch: char| ch.is_control() || matches!(ch, '\u{2028}' | '\u{2029}')) {
        true => Err(Failure::Usage(format!("{what} is one line of text"))),
        false => Ok(text),
    }
}

/// `path` below the folder `root`, without `./` for the current folder.
fn below(root: &Path, path: impl AsRef<Path>) -> PathBuf {
    let root = if root == Path::new(".") { Path::new("") } else { root };
    root.join(path)
}

fn announce(root: &Path, loaded: &Loaded, mistakes: &[Problem]) {
    for error in &loaded.errors {
        tell(&error.to_string());
    }
    say_written(&problems(root, mistakes));
    let src = report::below(&wire::as_named(root), loaded.context.src());
    for NotIncluded { by, line, file, why } in &loaded.missing {
        let (by, file) = (report::below(&src, by), report::below(&src, file));
        say(&format!("warning: {by}:{line}: {file} is not included: {why}\n"));
    }
}

fn problems(root: &Path, problems: &[Problem]) -> String {
    if problems.is_empty() {
        return String::new();
    }
    let toml = std::fs::read_to_string(root.join("book.toml")).ok();
    report::problems(problems, toml.as_deref(), |name| std::env::var_os(name).is_some())
        .iter()
        .map(|entry| human::long(entry, colour(&io::stderr())))
        .collect()
}

/// Whether `stream` shows colours: it is a terminal, and NO_COLOR and similar variables are not
/// set.
fn colour(stream: &impl anstream::stream::RawStream) -> bool {
    anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never
}

/// Stdout, for results.
fn stdout() -> io::StdoutLock<'static> {
    progress::end();
    io::stdout().lock()
}

fn write_out(text: &str) -> Result<(), Failure> {
    let mut stdout = stdout();
    let text = match stdout.is_terminal() {
        true => harmless(text, &['\n', '\r', '\t']).into(),
        false => Cow::Borrowed(text),
    };
    stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
        .map_err(Failure::stdout)
}

fn tell(error: &str) {
    say(&format!("error: {error}\n"));
}

/// Writes `text` to stderr; it may contain authors' words and file names, so harmful characters are
/// replaced.
fn say(text: &str) {
    say_written(&harmless(text, &['\n', '\t']));
}

/// Writes `text` to stderr as it is, with its colour codes.
fn say_written(text: &str) {
    if text.is_empty() {
        return;
    }
    progress::end();
    // If stderr is closed, the error cannot be reported anywhere.
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
