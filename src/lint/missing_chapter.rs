//! The lint `missing-chapter`.
//!
#![doc = include_str!("missing_chapter.md")]

use super::findings::Findings;
use super::{Book, Check, Group, Lint};
use crate::diagnostic::Level;

pub(super) const LINT: Lint = Lint {
    name: "missing-chapter",
    group: Group::Setup,
    level: Level::Warn,
    text: include_str!("missing_chapter.md"),
    check: Check::Book(check),
};

fn check<'b>(book: &'b Book<'b>, findings: &mut Findings<'_>) {
    for absent in &book.corpus.absent {
        findings
            .add(
                absent.source,
                absent.span,
                format!("this chapter's file does not exist: {}", absent.file),
            )
            .label("its page will be empty")
            .help("write the file, correct its path, or make the chapter a draft: `[Title]()`");
    }
}
