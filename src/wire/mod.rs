//! The only code that depends on mdBook: its JSON, its `Preprocessor` trait, its books on disk and in git.

mod book;
mod context;
mod embed;
mod error;
mod external;
mod files;
pub(crate) mod git;
mod memory;
mod message;
mod notes;
mod order;

use std::fmt;
use std::io::{Read, Write};

use jiff::civil::Date;

use crate::Analysis;
use crate::config::Config;
use crate::diagnostic::Level;
use crate::render;
use crate::source::Chapters;
use message::{read, write};

pub use book::enable::{enabled, is_enabled};
pub use book::load::{Loaded, NotIncluded, load, load_from};
pub use book::pages::{Pages, pages};
pub use book::place::{as_named, in_repository};
pub use book::search::{searched, without_search};
pub use book::summary::{absent, with_chapter};
pub use book::unlisted::unlisted;
pub use context::Context;
pub use error::Error;
pub use files::apply_fixes::{Round, apply_fixes};
pub use files::file::{Files, read_file, read_text};
pub use files::save::{create, put, replace, update};
pub use files::workspace::{FileEdit, Workspace, save};
pub use git::{Commit, FileVersion, LastVersion, Log, Replay, Repository, Version, timelines};
use memory::remember;
pub use notes::Console;

/// The preprocessor: for programs that embed mdBook, through mdBook's `Preprocessor` trait, and for
/// the binary, through [`DesignDocs::preprocess`].
pub struct DesignDocs {
    today: Box<Clock>,
    console: Console,
}

type Clock = dyn Fn(&Config) -> Result<Date, Error> + Send + Sync;

impl DesignDocs {
    /// A preprocessor that calls `today` for the date; [`crate::cli::today`] takes it from the
    /// configuration, `SOURCE_DATE_EPOCH` or the clock:
    ///
    /// ```
    /// use mdbook_design_docs::{DesignDocs, cli};
    /// let preprocessor = DesignDocs::new(cli::today);
    /// // book.with_preprocessor(preprocessor);
    /// ```
    pub fn new(today: impl Fn(&Config) -> Result<Date, Error> + Send + Sync + 'static) -> Self {
        Self {
            today: Box::new(today),
            console: Console::default(),
        }
    }

    /// A preprocessor with a fixed date, which overrides book.toml.
    pub fn on(today: Date) -> Self {
        Self::new(move |_| Ok(today))
    }

    /// The same preprocessor with notes written for `console`.
    pub fn for_console(self, console: Console) -> Self {
        Self { console, ..self }
    }

    /// Answers mdBook: reads `[context, book]` to its end, then writes the book. Messages for
    /// authors go to `notes`.
    ///
    /// # Errors
    /// If the input is not a message from mdBook, if book.toml has a fatal error, or if the output
    /// cannot be written. Except in the last case, nothing has been written.
    pub fn preprocess(&self, mut input: impl Read, output: impl Write, notes: &mut dyn Write) -> Result<(), Error> {
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes).map_err(Error::Stdin)?;
        let read::Incoming { context, book } = read::read(&bytes)?;
        let analysis = self.run(&context, &book, notes)?;
        if analysis.is_none() {
            book.look();
        }
        book.checked()?;
        let pages = analysis.as_ref().map(Analysis::pages);
        let edits = |at| pages.as_ref().map_or_else(Vec::new, |pages| pages.edits(at));
        let more = || pages.as_ref().map_or_else(Vec::new, render::Pages::appended);
        write::write(&book, edits, more, output).map_err(Error::Stdout)
    }

    /// The code shared by the binary and the trait; None if the book stays as it is.
    fn run(
        &self,
        context: &Context,
        book: &(impl Chapters + ?Sized),
        notes: &mut dyn Write,
    ) -> Result<Option<Analysis>, Error> {
        let log = self.console.log(context);
        let mut settings = context.settings();
        let external = context.external(&mut settings);
        let is_fatal = settings.problems.iter().any(|problem| problem.fatal);
        let mut said = String::new();
        // A fatal problem is reported at once: the run that reports may never happen.
        if is_fatal || context.reports() {
            said.extend(context.untried().map(|note| log.line(Level::Warn, &note)));
            said += &notes::problems(context, &settings.problems, &self.console, &log);
        }
        let analysis = if is_fatal {
            Err(Error::Config)
        } else if context.only_looks() && !context.reports() {
            Ok(None)
        } else {
            (self.today)(&settings.config).map(|today| {
                let mut analysis = Analysis::read(book, settings.config, today);
                analysis.corpus.external = external;
                let is_written = !context.only_looks();
                if let Some(note) = is_written.then(|| analysis.remember(context)).flatten()
                    && context.reports()
                {
                    said += &log.line(Level::Warn, &note);
                }
                if context.reports() {
                    let top = analysis.top_findings(notes::limit(&log));
                    said += &notes::findings(context, book, top, &log);
                }
                if context.leaves_out_new_chapters() {
                    said.extend(notes::left_out(&analysis, &log));
                }
                Some(analysis).filter(|_| !context.only_looks())
            })
        };
        // A closed stderr does not stop the build.
        let _ = notes.write_all(said.as_bytes());
        analysis
    }
}

impl Analysis {
    /// Adds what git knows, if book.toml asks for it; returns a note about what it does not know.
    pub(crate) fn remember(&mut self, context: &Context) -> Option<String> {
        remember(&mut self.corpus, context, &self.config, self.today)
    }
}

impl fmt::Debug for DesignDocs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DesignDocs").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
