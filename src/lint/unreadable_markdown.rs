//! The lint `unreadable-markdown`.
//!
#![doc = include_str!("unreadable_markdown.md")]

use super::findings::Findings;
use super::{Book, Check, Group, Lint};
use crate::diagnostic::Level;

pub(super) const LINT: Lint = Lint {
    name: "unreadable-markdown",
    group: Group::Page,
    level: Level::Warn,
    text: include_str!("unreadable_markdown.md"),
    check: Check::Book(check),
};

fn check<'b>(book: &'b Book<'b>, findings: &mut Findings<'_>) {
    for (source, chapter) in book.corpus.chapters.iter().enumerate() {
        if let Some(span) = chapter.observed.fails_at {
            findings
                .add(source, span, "mdBook's Markdown parser fails at this line")
                .label("what follows is not read, and mdBook itself ends here")
                .help("write the line or the one above it in another way");
        }
    }
}
