//! The commands that write documents. `document` is the file that a command changes.

pub(crate) mod ask;
pub(crate) mod change;
mod document;
pub(crate) mod new;
pub(crate) mod supersede;
