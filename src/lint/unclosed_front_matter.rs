//! The lint `unclosed-front-matter`.
//!
#![doc = include_str!("unclosed_front_matter.md")]

use super::findings::Findings;
use super::{Book, Check, Group, Lint};
use crate::diagnostic::Level;

pub(super) const LINT: Lint = Lint {
    name: "unclosed-front-matter",
    group: Group::Page,
    level: Level::Warn,
    text: include_str!("unclosed_front_matter.md"),
    check: Check::Book(check),
};

fn check<'b>(book: &'b Book<'b>, findings: &mut Findings<'_>) {
    for (source, chapter) in book.corpus.chapters.iter().enumerate() {
        if let Some(span) = chapter.observed.unclosed {
            findings
                .add(source, span, "the front matter that begins here is not closed")
                .label("it is read as Markdown")
                .help("put a line `---` below its last key");
        }
    }
}
