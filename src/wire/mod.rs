//! The only code that knows mdBook: its JSON, its `Preprocessor` trait, its books on disk.

mod book_toml;
mod context;
mod embed;
mod enable;
mod error;
mod external;
mod include;
mod load;
mod order;
mod origin;
mod pages;
mod read;
mod shape;
mod string;
mod summary;
mod write;

use std::fmt;
use std::fs;
use std::io::{Read, Write};

use jiff::civil::Date;

use crate::config::{Config, Problem};
use crate::diagnostic::{Diagnostic, Level};
use crate::report::{self, Sites, human};
use crate::source::Source;
use crate::{Output, build};

pub use context::Context;
pub use enable::{enabled, is_enabled};
pub use error::Error;
pub use load::{Loaded, load};
pub use pages::{Pages, pages};
pub use summary::with_chapter;

/// The preprocessor: for people who embed mdBook as a library, through mdBook's `Preprocessor`
/// trait, and for the binary, through [`DesignDocs::preprocess`].
pub struct DesignDocs {
    today: Box<Clock>,
}

type Clock = dyn Fn(&Config) -> Result<Date, Error> + Send + Sync;

impl DesignDocs {
    /// A preprocessor that asks `today` for the day; [`crate::cli::today`] knows it from the
    /// configuration, `SOURCE_DATE_EPOCH` or the clock:
    ///
    /// ```
    /// use mdbook_design_docs::{DesignDocs, cli};
    /// let preprocessor = DesignDocs::new(cli::today);
    /// // book.with_preprocessor(preprocessor);
    /// ```
    pub fn new(today: impl Fn(&Config) -> Result<Date, Error> + Send + Sync + 'static) -> Self {
        Self { today: Box::new(today) }
    }

    /// A preprocessor for which it is always `today`, whatever book.toml says.
    pub fn on(today: Date) -> Self {
        Self::new(move |_| Ok(today))
    }

    /// Answers mdBook: reads `[context, book]` to its end, then writes the book. What the
    /// authors should know goes to `notes`.
    ///
    /// # Errors
    /// If the input is not what mdBook sends, if book.toml asks for what cannot be done, or if
    /// the output cannot be written. Except in the last case nothing has been written.
    pub fn preprocess(&self, mut input: impl Read, output: impl Write, notes: &mut dyn Write) -> Result<(), Error> {
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes).map_err(Error::Stdin)?;
        let mut incoming = read::read(&bytes)?;
        let built = self.run(&incoming.context, &mut incoming.sources, notes)?;
        write::write(&incoming.book, &built.edits, &built.chapters, output).map_err(Error::Stdout)
    }

    /// What the binary and the trait share.
    fn run(&self, context: &Context, sources: &mut [Source], notes: &mut dyn Write) -> Result<Output, Error> {
        let mut said = context.untried().unwrap_or_default();
        let mut settings = context.settings();
        let external = context.external(&mut settings);
        said += &problems(context, &settings.problems);
        let is_fatal = settings.problems.iter().any(|problem| problem.fatal);
        let built = if is_fatal {
            Err(Error::Config)
        } else {
            (self.today)(&settings.config).map(|today| build(sources, external, &settings.config, today))
        };
        if let Ok(built) = &built
            && context.reports()
        {
            said += &findings(context, sources, &built.diagnostics);
        }
        // A closed stderr is no reason to stop the book.
        let _ = notes.write_all(said.as_bytes());
        built
    }
}

impl fmt::Debug for DesignDocs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DesignDocs").finish_non_exhaustive()
    }
}

/// The mistakes in book.toml, a line each.
fn problems(context: &Context, problems: &[Problem]) -> String {
    if problems.is_empty() {
        return String::new();
    }
    let toml = fs::read_to_string(context.folder().join("book.toml")).ok();
    let mut said = String::new();
    for entry in report::problems(problems, toml.as_deref()) {
        said += &human::short(&entry);
        said.extend(entry.help.map(|help| format!("  help: {help}\n")));
    }
    said
}

/// The first findings, errors before warnings, and how to see the rest.
fn findings(context: &Context, sources: &mut [Source], diagnostics: &[Diagnostic]) -> String {
    let mut loud: Vec<_> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.level > Level::Allow)
        .collect();
    loud.sort_by_key(|diagnostic| (std::cmp::Reverse(diagnostic.level), diagnostic.place));
    let rest = loud.len().saturating_sub(human::BUILD_SHOWS);
    loud.truncate(human::BUILD_SHOWS);
    let src = context.folder().join(context.src());
    for diagnostic in &loud {
        if let Some(source) = sources.get_mut(diagnostic.place.source) {
            origin::recover(source, &src);
        }
    }
    let mut sites = Sites::new(sources, context.src());
    let mut said = String::new();
    for diagnostic in loud {
        said.extend(sites.entry(diagnostic).map(|entry| human::short(&entry)));
    }
    if rest > 0 {
        said += &format!("… and {rest} more: run `mdbook-design-docs check` to see all\n");
    }
    said
}

#[cfg(test)]
mod tests;
