//! The facts of the document itself: front matter, header, footer, metadata sections.

pub(crate) mod about;
pub(crate) mod carried;
pub(crate) mod contents;
pub(crate) mod facts;
pub(crate) mod field;
pub(crate) mod front_matter;
pub(crate) mod header;
mod promise;
pub(crate) mod role;
pub(crate) mod statements;
