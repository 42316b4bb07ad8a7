//! The lint `duplicate-title`.
//!
#![doc = include_str!("duplicate_title.md")]

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::findings::Findings;
use super::{Book, Check, Group, Lint};
use crate::diagnostic::Level;

pub(super) const LINT: Lint = Lint {
    name: "duplicate-title",
    group: Group::Metadata,
    level: Level::Warn,
    text: include_str!("duplicate_title.md"),
    check: Check::Book(check),
};

fn check<'b>(book: &'b Book<'b>, findings: &mut Findings<'_>) {
    let mut first: HashMap<String, &str> = HashMap::new();
    for page in book.pages() {
        let title = &page.document.title;
        // A title from SUMMARY.md is no author's.
        if title.span.is_empty() || page.is_template() {
            continue;
        }
        let words: Vec<String> = title.value.split_whitespace().map(str::to_lowercase).collect();
        match first.entry(words.join(" ")) {
            Entry::Vacant(entry) => drop(entry.insert(page.path())),
            Entry::Occupied(entry) => {
                findings
                    .add(
                        page.source,
                        page.head(),
                        format!("`{}` has the same title", entry.get()),
                    )
                    .label("nobody can tell the two apart in a list")
                    .help("say in the title what this one is about");
            }
        }
    }
}
