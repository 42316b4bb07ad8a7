//! The style sheets and scripts of a page.

pub(crate) mod script;
pub(crate) mod style;
