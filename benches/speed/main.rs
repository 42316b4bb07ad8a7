//! How long the whole job takes on a generated handbook, beside what mdBook's own no-op
//! preprocessor takes and what one pass of the Markdown parser takes; and how long its stages.
//!
//! `cargo bench` prints each one's median time, of the programs also the ratio to the no-op, and
//! the most memory that one of their runs had, also as a ratio to the input. The handbook has
//! 2,000 documents of 10 KB, as mdBook 0.5 sends them; `DOCUMENTS=20000 cargo bench` takes another
//! number, and `BESIDE="mdbook-toc" cargo bench` measures other preprocessors too.

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
use std::io::Write;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

/// How often each program runs; the median is told.
const RUNS: usize = 9;

/// The whole job: the program as it is shipped, its allocator included.
const OURS: &str = "design-docs";

/// The role that writes the input: what starts a program lends it its own size, where the system
/// tells how much memory a program had.
const GENERATE: &str = "generate";

/// Of the handbook.
const SEED: u64 = 7;

fn main() -> ExitCode {
    match std::env::var(yardsticks::ROLE).as_deref() {
        Ok(GENERATE) => {
            let input = input(&handbook::generate(documents(), SEED));
            std::io::stdout()
                .write_all(input.as_bytes())
                .expect("the input is written");
            ExitCode::SUCCESS
        }
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
/// each one's median wall time with its ratio to the no-op, and its memory.
fn compare() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("input.json");
    let generated = Command::new(std::env::current_exe().unwrap())
        .env(yardsticks::ROLE, GENERATE)
        .stdout(File::create(&path).unwrap())
        .status();
    assert!(generated.unwrap().success(), "the handbook is generated");
    let size = std::fs::metadata(&path).unwrap().len() as f64;
    println!("{} documents, {:.1} MB, {RUNS} runs each", documents(), size / 1e6);
    let beside = std::env::var("BESIDE").unwrap_or_default();
    let programs: Vec<&str> = [OURS].into_iter().chain(yardsticks::ALL).collect();
    let programs: Vec<&str> = programs.into_iter().chain(beside.split_whitespace()).collect();
    let mut runs: Vec<Vec<Run>> = vec![Vec::new(); programs.len()];
    for round in 0..=RUNS {
        for (program, runs) in programs.iter().zip(&mut runs) {
            let run = run(program, &path);
            // The first round only warms up.
            runs.extend((round > 0).then_some(run));
        }
    }
    let times = |runs: &Vec<Run>| median(&mut runs.iter().map(|run| run.time).collect::<Vec<_>>());
    let medians: Vec<f64> = runs.iter().map(times).collect();
    let no_op = programs
        .iter()
        .position(|program| *program == "no-op")
        .map_or(1.0, |at| medians[at]);
    for ((program, median), runs) in programs.iter().zip(&medians).zip(&runs) {
        let memory = runs.iter().map(|run| run.memory).max().unwrap_or_default() as f64;
        println!(
            "{program:12} {median:7.3} s  {:5.2} x no-op  {:6.1} MB  {:4.2} x input",
            median / no_op,
            memory / 1e6,
            memory / size
        );
    }
    println!("\nThe stages, in one process and with the system's allocator:");
    let handbook = handbook::generate(documents(), SEED);
    stages::time(&handbook, &std::fs::read_to_string(&path).unwrap());
}

/// What a run took.
#[derive(Debug, Clone, Copy)]
struct Run {
    time: Duration,
    /// The most that it had at once, in bytes.
    memory: u64,
}

/// One run from the input to nowhere, in a process of its own: of our program, of this one as
/// a yardstick, with the allocator that Rust programs have, or of another.
fn run(program: &str, input: &std::path::Path) -> Run {
    let start = Instant::now();
    let path = match program {
        OURS => env!("CARGO_BIN_EXE_mdbook-design-docs").into(),
        role if yardsticks::ALL.contains(&role) => std::env::current_exe().unwrap(),
        other => other.into(),
    };
    let mut child = Command::new(path)
        .env(yardsticks::ROLE, program)
        .stdin(File::open(input).unwrap())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let used = child.wait4().unwrap();
    let time = start.elapsed();
    assert!(used.status.success(), "{program} failed");
    let memory = used.rusage.maxrss;
    Run { time, memory }
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
