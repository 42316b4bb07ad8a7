//! The book's facts as files for other programs.

pub mod json;
