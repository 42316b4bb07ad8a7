//! Parses Markdown into blocks, items, tables and runs of text, with the anchors that mdBook gives
//! them.

pub(crate) mod anchor;
pub(crate) mod comment;
pub(crate) mod done;
pub(crate) mod effort;
pub(crate) mod fold;
pub(crate) mod fragment;
pub(crate) mod inline;
pub(crate) mod item;
pub(crate) mod lines;
pub(crate) mod memo;
pub(crate) mod survive;
pub(crate) mod table;
pub(crate) mod tree;
pub(crate) mod typed;
pub(crate) mod unlink;
pub(crate) mod white_space;
