//! The errors of reading and writing books, with help.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// An error in reading or writing a book.
#[derive(Debug)]
pub enum Error {
    /// stdin is not a message from mdBook to a preprocessor.
    Input(String),
    /// stdin could not be read to its end.
    Stdin(io::Error),
    /// stdout could not be written.
    Stdout(io::Error),
    /// A file of the book cannot be used.
    File {
        /// The path of the file as it was opened.
        path: PathBuf,
        /// The line, from 1, and the column, if known.
        at: Option<(usize, usize)>,
        /// What is wrong with it.
        what: String,
        /// What to do.
        help: &'static str,
    },
    /// The configuration has errors, which have been reported.
    Config,
    /// The current date could not be determined.
    Today(String),
    /// Git is not there, or refuses, or a revision does not exist.
    Git(String),
}

impl Error {
    /// Whether the reader of stdout has closed it, which is not reported.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Stdout(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    pub(super) fn file(path: &Path, what: impl Into<String>, help: &'static str) -> Self {
        Self::File {
            path: path.to_owned(),
            at: None,
            what: what.into(),
            help,
        }
    }

    /// Converts serde_json's error about stdin.
    pub(super) fn json(error: &serde_json::Error) -> Self {
        use serde_json::error::Category;
        let place = format!("line {} column {}", error.line(), error.column());
        let text = error.to_string();
        let text = text.split(" at line ").next().unwrap_or_default();
        Self::Input(match error.classify() {
            Category::Eof => format!("it breaks off at {place}"),
            _ if text == "recursion limit exceeded" => {
                format!("its chapters are nested deeper than mdBook itself can read, at {place}")
            }
            Category::Data => format!("it is JSON, but at {place}: {text}"),
            Category::Syntax | Category::Io => format!("it is not JSON at {place}: {text}"),
        })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(what) => write!(
                f,
                "stdin is not the `[context, book]` that mdBook sends to a preprocessor: {what}\n  \
                 help: mdbook runs this command when `[preprocessor.design-docs]` stands in book.toml; \
                 to check a book by hand run `mdbook-design-docs check`"
            ),
            Self::Stdin(error) => write!(f, "could not read the book from stdin: {error}"),
            Self::Stdout(error) => write!(f, "could not write to stdout: {error}"),
            Self::File { path, at, what, help } => {
                let path = path.strip_prefix(".").unwrap_or(path);
                write!(f, "{}", path.display())?;
                if let Some((line, column)) = at {
                    write!(f, ":{line}:{column}")?;
                }
                write!(f, ": {what}\n  help: {help}")
            }
            Self::Config => write!(
                f,
                "the configuration asks for something that mdbook-design-docs cannot do; see above"
            ),
            Self::Today(what) | Self::Git(what) => write!(f, "{what}"),
        }
    }
}

impl std::error::Error for Error {}

pub(super) fn utf8(path: &Path, bytes: Vec<u8>) -> Result<String, Error> {
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..good].split(|&byte| byte == b'\n').count();
        let what = format!("line {line} is not UTF-8");
        Error::file(path, what, "save the file as UTF-8, as mdBook wants it")
    })
}

pub(super) fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "the file does not exist".to_owned(),
        _ => format!("it cannot be read: {error}"),
    }
}
