//! Where the labelled facts of a document stand: its header, its footer, sections of their own.

pub(crate) mod byline;
pub(crate) mod cut;
pub(crate) mod fields;
pub(crate) mod footer;
pub(crate) mod gather;
pub(crate) mod known;
pub(crate) mod sections;
pub(crate) mod table;
