//! The facts of the document itself: front matter, header, footer, sections of metadata.

pub(crate) mod byline;
pub(crate) mod carried;
pub(crate) mod contents;
pub(crate) mod cut;
mod fact_sections;
pub(crate) mod facts;
pub(crate) mod field;
pub(crate) mod footer;
pub(crate) mod front_matter;
pub(crate) mod gather;
pub(crate) mod header_fields;
pub(crate) mod header_table;
pub(crate) mod known;
pub(crate) mod role;
pub(crate) mod stated;
