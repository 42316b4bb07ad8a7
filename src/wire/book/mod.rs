//! A book on disk: what a build would see of it, and what its settings say.

pub(crate) mod book_toml;
pub(crate) mod enable;
pub(crate) mod include;
pub(crate) mod load;
pub(crate) mod origin;
pub(crate) mod pages;
pub(crate) mod place;
pub(crate) mod summary;
pub(crate) mod unlisted;
