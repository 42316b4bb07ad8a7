//! The lint `duplicate-title`.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::BookView;
use super::findings::{Findings, lint};

lint!("duplicate-title", duplicate_title, Metadata, Warn, Book);

fn check<'b>(book: &'b BookView<'b>, findings: &mut Findings<'_>) {
    let mut first: HashMap<String, &str> = HashMap::new();
    for page in book.pages() {
        let title = &page.document.title;
        // The author did not write a title that comes from SUMMARY.md.
        if title.span.is_empty() || page.is_template() {
            continue;
        }
        let words: Vec<String> = title.value.split_whitespace().map(str::to_lowercase).collect();
        match first.entry(words.join(" ")) {
            Entry::Vacant(entry) => drop(entry.insert(page.path())),
            Entry::Occupied(entry) => {
                let message = format!("`{}` has the same title", entry.get());
                findings
                    .add(page.source, page.head(), message)
                    .label("readers cannot tell the two apart in a list")
                    .help("say in the title what this one is about");
            }
        }
    }
}
