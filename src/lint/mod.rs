//! What is wrong with a book's design documents.

use jiff::civil::Date;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::model::Corpus;

/// The name of every lint.
pub const NAMES: &[&str] = &[];

/// Runs every lint that is not allowed.
pub fn check(_corpus: &Corpus, _config: &Config, _today: Date) -> Vec<Diagnostic> {
    Vec::new()
}
