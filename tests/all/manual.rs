//! The manual and the README are true: every command in them is run and prints what stands there,
//! every piece of book.toml is read, and what can be listed is listed by the program itself.

use std::path::PathBuf;

use crate::lints::configured;
use crate::support::{files_below, none, project, snapshot, transcript};

/// The pages that show commands or configuration: those of the manual, and the README.
fn pages() -> Vec<PathBuf> {
    let src = project().join("book-example/src");
    let mut pages: Vec<PathBuf> = Vec::new();
    for part in PARTS {
        let files = files_below(&src.join(part)).into_iter();
        pages.extend(files.map(|file| src.join(part).join(file)));
    }
    pages.push(src.join("about.md"));
    pages.push(project().join("README.md"));
    pages
}

/// The folders of the manual.
pub const PARTS: &[&str] = &["tutorial", "how-to", "reference", "explanation"];

#[test]
fn every_page_does_what_it_shows() {
    let mut commands = 0;
    for path in pages() {
        let text = std::fs::read_to_string(&path).unwrap();
        let page = transcript::play(&text);
        for toml in &page.configurations {
            configured(toml, "0.5.4");
        }
        none(&path.display().to_string(), &page.problems);
        commands += page.commands;
        snapshot::assert_matches(&path, &page.text);
    }
    assert!(commands > 60, "only {commands} commands were run");
}
