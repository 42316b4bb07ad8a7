//! What an author would write: a new document from a template, and single facts changed in the
//! text as it is. Everything else stays byte for byte.

mod answer;
mod cell;
pub mod change;
mod entry;
pub mod name;
mod same;
mod slots;
pub mod template;
pub mod workflow;
