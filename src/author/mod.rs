//! Edits on behalf of an author: creates a document from a template, and changes single facts in
//! place. Everything else stays byte for byte.

mod answer;
pub mod ask;
mod cell;
pub mod change;
mod entry;
pub mod name;
mod same;
mod slots;
pub mod supersede;
pub mod template;
pub mod workflow;
