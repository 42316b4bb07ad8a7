//! The files of a book: read, changed and written as a whole or not at all.

pub(crate) mod cure;
pub(crate) mod desk;
pub(crate) mod file;
pub(crate) mod save;
