//! The open questions of a document.

pub(crate) mod answer_cells;
pub(crate) mod draft;
pub(crate) mod ends;
pub(crate) mod section;
pub(crate) mod table;
pub(crate) mod tail;
