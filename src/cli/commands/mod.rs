//! The commands; related ones share a file.

pub(crate) mod author;
pub(crate) mod check;
pub(crate) mod diff;
pub(crate) mod digest;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod fix;
pub(crate) mod history;
pub(crate) mod init;
pub(crate) mod shell;
pub(crate) mod why;
