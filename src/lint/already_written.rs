//! The lint `already-written`.
//!
#![doc = include_str!("already_written.md")]

use super::findings::Findings;
use super::{Book, Check, Group, Lint};
use crate::diagnostic::Level;

pub(super) const LINT: Lint = Lint {
    name: "already-written",
    group: Group::Setup,
    level: Level::Warn,
    text: include_str!("already_written.md"),
    check: Check::Book(check),
};

fn check<'b>(book: &'b Book<'b>, findings: &mut Findings<'_>) {
    for (source, chapter) in book.corpus.chapters.iter().enumerate() {
        if let Some(span) = chapter.done {
            findings
                .add(
                    source,
                    span,
                    "this chapter is the output of an earlier run, and is not read again",
                )
                .help("put the file back that you wrote, or let the preprocessor run once");
        }
    }
}
