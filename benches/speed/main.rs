//! How long the whole job takes on a generated handbook, beside what mdBook's own no-op
//! preprocessor takes and what one pass of the Markdown parser takes; and how long its stages.
//!
//! `cargo bench` prints each one's median, of the programs also the ratio to the no-op. The handbook has 2,000
//! documents of 10 KB, as mdBook 0.5 sends them; `DOCUMENTS=20000 cargo bench` takes another
//! number.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark fails by panicking")]
#![allow(clippy::print_stdout, reason = "a benchmark is there to print")]
#![allow(
    dead_code,
    unreachable_pub,
    reason = "the generator is shared with the tests, which use other parts of it"
)]

#[path = "../../tests/support/handbook.rs"]
mod handbook;
mod stages;
mod yardsticks;

use std::fs::File;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// How often each program runs; the median is told.
const RUNS: usize = 9;

/// The whole job: the program as it is shipped, its allocator included.
const OURS: &str = "design-docs";

fn main() -> ExitCode {
    match std::env::var(yardsticks::ROLE).as_deref() {
        Ok(role) => {
            yardsticks::run(role).expect("a yardstick runs");
            ExitCode::SUCCESS
        }
        Err(_) => {
            compare();
            ExitCode::SUCCESS
        }
    }
}

/// Runs the whole job and the yardsticks in turn, so that all meet the same noise, and prints
/// each one's median wall time and its ratio to the no-op.
fn compare() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("input.json");
    let handbook = handbook::generate(documents(), 7);
    let input = input(&handbook);
    std::fs::write(&path, &input).unwrap();
    println!(
        "{} documents, {:.1} MB, {RUNS} runs each",
        documents(),
        input.len() as f64 / 1e6
    );
    let roles: Vec<&str> = [OURS].into_iter().chain(yardsticks::ALL).collect();
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); roles.len()];
    for round in 0..=RUNS {
        for (role, times) in roles.iter().zip(&mut times) {
            let time = timed(role, &path);
            // The first round only warms up.
            times.extend((round > 0).then_some(time));
        }
    }
    let medians: Vec<f64> = times.iter_mut().map(|times| median(times)).collect();
    let no_op = roles
        .iter()
        .position(|role| *role == "no-op")
        .map_or(1.0, |at| medians[at]);
    for (role, median) in roles.iter().zip(&medians) {
        println!("{role:12} {median:7.3} s  {:5.2} x no-op", median / no_op);
    }
    println!("\nThe stages, in one process and with the system's allocator:");
    stages::time(&handbook, &input);
}

/// One run from the input to nowhere, in a process of its own: of our program, or of this one as
/// a yardstick, with the allocator that Rust programs have.
fn timed(role: &str, input: &std::path::Path) -> Duration {
    let start = Instant::now();
    let program = if role == OURS {
        env!("CARGO_BIN_EXE_mdbook-design-docs").into()
    } else {
        std::env::current_exe().unwrap()
    };
    let status = Command::new(program)
        .env(yardsticks::ROLE, role)
        .stdin(File::open(input).unwrap())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success(), "{role} failed");
    start.elapsed()
}

/// In seconds.
fn median(times: &mut [Duration]) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64()
}

fn documents() -> usize {
    std::env::var("DOCUMENTS")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(2_000)
}

/// What mdBook 0.5 sends for the handbook.
fn input(book: &handbook::Handbook) -> String {
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
