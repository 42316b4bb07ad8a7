//! The message that mdBook sends a preprocessor, and its answer.

pub(crate) mod read;
pub(crate) mod shape;
pub(crate) mod skeleton;
pub(crate) mod string;
pub(crate) mod write;
