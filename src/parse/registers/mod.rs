//! The entries that a document contributes to the registers of the book, and its dependencies.

pub(crate) mod entries;
mod sentence;
