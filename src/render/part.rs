//! A page in parts, each written on demand, so that the rows of a large index are never all in
//! memory.

use std::fmt;

use rayon::prelude::*;

/// A part of a page.
pub enum Part<'p> {
    /// Text that is already written.
    Text(String),
    /// Text that is written later.
    Later(Box<dyn FnOnce() -> String + Send + 'p>),
}

impl Part<'_> {
    /// Its text.
    pub fn write(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Later(write) => write(),
        }
    }
}

impl fmt::Debug for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.debug_tuple("Text").field(text).finish(),
            Self::Later(_) => f.write_str("Later"),
        }
    }
}

/// The parts of a page, in order.
#[derive(Debug, Default)]
pub(super) struct Parts<'p>(pub(super) Vec<Part<'p>>);

impl<'p> Parts<'p> {
    /// Adds `text` at the end.
    pub(super) fn add(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(Part::Text(last)) => last.push_str(text),
            _ => self.0.push(Part::Text(text.to_owned())),
        }
    }

    /// Adds `text` as a paragraph of its own.
    pub(super) fn add_block(&mut self, text: &str) {
        if !self.0.is_empty() {
            self.add("\n\n");
        }
        self.add(text);
    }

    /// Adds the text that `write` will produce at the end.
    pub(super) fn later(&mut self, write: impl FnOnce() -> String + Send + 'p) {
        self.0.push(Part::Later(Box::new(write)));
    }

    /// Adds all of `others` at the end.
    pub(super) fn append(&mut self, others: Self) {
        self.0.extend(others.0);
    }
}

/// The text of all `parts`.
pub(super) fn joined(parts: Vec<Part<'_>>) -> String {
    let texts: Vec<String> = parts.into_par_iter().map(Part::write).collect();
    texts.concat()
}
