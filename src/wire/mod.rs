//! The only code that knows mdBook: its JSON, its `Preprocessor` trait, its books on disk.

/// The preprocessor, for people who embed mdBook as a library.
#[derive(Debug, Clone, Copy, Default)]
pub struct DesignDocs;
