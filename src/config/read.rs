//! Reads `[preprocessor.design-docs]` and says what is wrong with it.

use serde_json::Value;

use super::Config;

/// The configuration and what is wrong with it.
#[derive(Debug, Default)]
pub struct Read {
    /// What could be read; defaults elsewhere.
    pub config: Config,
    /// What could not.
    pub problems: Vec<Problem>,
}

/// One key of book.toml that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The key's path below `preprocessor.design-docs`: `["toc", "depth"]`.
    pub key: Vec<String>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Whether going on would do something else than asked for.
    pub fatal: bool,
}

/// Reads the table's value.
pub fn read(_table: &Value) -> Read {
    Read::default()
}
