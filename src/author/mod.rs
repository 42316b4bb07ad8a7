//! What an author would write: a new document from a template, and single facts changed in the
//! text as it is. Everything else stays byte for byte.

mod cell;
pub mod change;
pub mod name;
pub mod template;
pub mod workflow;
