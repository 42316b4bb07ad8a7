//! The files of a book: read, changed, and written completely or not at all.

pub(crate) mod apply_fixes;
pub(crate) mod file;
pub(crate) mod save;
pub(crate) mod workspace;
