//! The commands; related ones share a file. `found` is the summary that `init` prints, `document`
//! the file that a command changes.

pub(crate) mod ask;
pub(crate) mod change;
pub(crate) mod check;
pub(crate) mod diff;
pub(crate) mod digest;
pub(crate) mod document;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod fix;
pub(crate) mod history;
pub(crate) mod init;
pub(crate) mod new;
pub(crate) mod shell;
pub(crate) mod supersede;
pub(crate) mod why;
