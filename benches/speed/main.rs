//! How long the whole job and its stages take on a generated handbook, beside what mdBook's
//! own no-op preprocessor takes and what one pass of the Markdown parser takes.
//!
//! `cargo bench` prints the ratios first, then each stage. The handbook has 2,000 documents
//! of 10 KB, as mdBook 0.5 sends them; `DOCUMENTS=20000 cargo bench` takes another number.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark fails by panicking")]
#![allow(clippy::print_stdout, reason = "a benchmark is there to print")]
#![allow(
    dead_code,
    unreachable_pub,
    reason = "the generator is shared with the tests, which use other parts of it"
)]

#[path = "../../tests/support/handbook.rs"]
mod handbook;
mod yardsticks;

fn main() {
    if let Ok(role) = std::env::var(yardsticks::ROLE) {
        if role == "input" {
            let input = input();
            std::io::Write::write_all(&mut std::io::stdout().lock(), input.as_bytes()).unwrap();
            return;
        }
        yardsticks::run(&role).expect("a yardstick runs");
    }
}

fn documents() -> usize {
    std::env::var("DOCUMENTS")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(2_000)
}

/// What mdBook 0.5 sends for the handbook.
fn input() -> String {
    let book = handbook::generate(documents(), 7);
    let chapter = |path: &str, text: &str| {
        serde_json::json!({ "Chapter": {
            "name": path, "content": text, "number": [1], "sub_items": [],
            "path": path, "source_path": path, "parent_names": [],
        }})
    };
    let items: Vec<_> = book
        .files
        .iter()
        .filter_map(|(file, text)| Some((file.strip_prefix("src/")?, text)))
        .filter(|(file, _)| *file != "SUMMARY.md")
        .map(|(path, text)| chapter(path, text))
        .collect();
    let config = serde_json::json!({
        "book": { "title": "Generated handbook", "src": "src" },
        "preprocessor": { "design-docs": { "after": ["links"], "today": "2026-11-23", "timezone": "Africa/Lagos" } },
        "output": { "html": {} },
    });
    let context = serde_json::json!({
        "root": "/nowhere", "config": config, "renderer": "html", "mdbook_version": "0.5.4",
    });
    serde_json::json!([context, { "items": items }]).to_string()
}
