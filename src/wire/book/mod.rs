//! A book on disk: its chapters as a build sees them, and its settings.

pub(crate) mod book_toml;
pub(crate) mod enable;
pub(crate) mod include;
pub(crate) mod load;
pub(crate) mod origin;
pub(crate) mod pages;
pub(crate) mod place;
pub(crate) mod search;
pub(crate) mod summary;
pub(crate) mod unlisted;
