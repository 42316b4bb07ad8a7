//! The decisions of a document, and what they replace.

pub(crate) mod bracket;
pub(crate) mod entry;
pub(crate) mod fact;
pub(crate) mod log;
pub(crate) mod settlement;
pub(crate) mod succession;
