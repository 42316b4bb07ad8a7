//! Test support: books built by both mdBook versions, a reader for their pages, a crawler for their
//! links, snapshots, and a generated handbook with known facts.

pub mod book;
pub mod crawl;
pub mod handbook;
pub mod html;
pub mod json;
pub mod mdbook;
pub mod memory;
pub mod message;
pub mod repository;
pub mod schema;
pub mod snapshot;
pub mod story;
pub mod transcript;
pub mod write;

use std::path::{Path, PathBuf};

/// The project's folder.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of a case under `tests/books`.
pub fn case(name: &str) -> PathBuf {
    project().join("tests/books").join(name)
}

/// Every file below `dir`, as paths relative to it with `/`, sorted.
pub fn files_below(dir: &Path) -> Vec<String> {
    fn walk(dir: &Path, prefix: &str, out: &mut Vec<String>) {
        for entry in std::fs::read_dir(dir).unwrap_or_else(|error| panic!("{dir:?}: {error}")) {
            let entry = entry.unwrap();
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type().unwrap().is_dir() {
                walk(&entry.path(), &format!("{name}/"), out);
            } else {
                out.push(name);
            }
        }
    }
    let mut out = Vec::new();
    walk(dir, "", &mut out);
    out.sort();
    out
}

/// Reads a text file; panics with its path if that fails.
pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// If the variable `name` is `required`, tests that are otherwise ignored must run: the programs
/// that `look` checks must exist, and this run must include ignored tests.
#[track_caller]
pub fn require(name: &str, look: impl FnOnce()) {
    if std::env::var(name).is_ok_and(|value| value == "required") {
        look();
        let takes_ignored = std::env::args().any(|arg| arg == "--include-ignored" || arg == "--ignored");
        assert!(takes_ignored, "{name} is required: add `-- --include-ignored`");
    }
}

/// Fails with all of `problems`, one per line, if there are any.
#[track_caller]
pub fn none(what: &str, problems: &[String]) {
    const SHOWN: usize = 40;
    if problems.is_empty() {
        return;
    }
    let shown = problems[..problems.len().min(SHOWN)].join("\n  ");
    let more = problems.len().saturating_sub(SHOWN);
    let more = if more > 0 {
        format!("\n  … and {more} more")
    } else {
        String::new()
    };
    panic!("{what}: {} problems\n  {shown}{more}", problems.len());
}
