//! What has changed between versions of a book: two versions compared, and the statuses, questions and
//! deadlines of one document through all its versions.
//!
//! This is pure: where the versions come from is [`crate::wire`]'s business, and how the result is
//! written that of [`crate::export`].

mod change;
mod compare;
mod document;
mod facts;
mod likeness;
mod past;
mod people;
mod records;
mod timeline;

pub use change::{Change, Kind, Subject};
pub use compare::{Comparison, Rename, Side, compare};
pub use facts::Facts;
pub use timeline::{OpenSince, Step, Timeline, Version, timeline};

/// From this percentage of the same text on, a renamed file is the same document whatever it says. Below
/// it, it may be another one from the same template.
const SAME_FILE: u8 = 80;
