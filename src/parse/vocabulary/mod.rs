//! The words that authors use: for labels and columns, for headings.

pub(crate) mod headings;
pub(crate) mod labels;
pub(crate) mod synonyms;
