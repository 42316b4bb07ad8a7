//! What has changed between versions of a book: two versions compared, and the statuses, questions and
//! deadlines of one document through all its versions.
//!
//! This is pure: where the versions come from is [`crate::wire`]'s business, and how the result is
//! written that of [`crate::export`].

mod change;
mod compare;
mod document;
mod likeness;
mod people;
mod records;
mod timeline;

pub use change::{Change, Kind, Subject};
pub use compare::{Comparison, Rename, Side, compare};
pub use timeline::{Facts, OpenSince, Step, Timeline, Version, timeline};
