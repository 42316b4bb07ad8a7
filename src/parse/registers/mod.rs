//! The entries that a document contributes to the registers of the book, and its dependencies.

pub(crate) mod entries;
pub(crate) mod needs;
mod sentence;
