//! What a document adds to the registers of the book, and what it waits for.

pub(crate) mod entries;
mod sentence;
