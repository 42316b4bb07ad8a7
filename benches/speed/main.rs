//! Measures the whole preprocessor run on a generated handbook, compared with mdBook's no-op
//! preprocessor and with one pass of the Markdown parser, and each stage of the run.
//!
//! `cargo bench` prints the median times; for programs also the ratio to the no-op, and on Linux
//! the peak memory and its ratio to the input. The handbook has 2,000 documents of 10 KB, as mdBook
//! 0.5 sends them; `DOCUMENTS=20000 cargo bench` uses another number, and `BESIDE="mdbook-toc"
//! cargo bench` also measures other preprocessors.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark fails by panicking")]
#![allow(clippy::print_stdout, reason = "a benchmark is there to print")]
#![allow(
    dead_code,
    unreachable_pub,
    reason = "what is shared with the tests has parts that only they use"
)]

#[path = "../../tests/support/handbook.rs"]
mod handbook;
#[path = "../../tests/support/memory.rs"]
mod memory;
#[path = "../../tests/support/message.rs"]
mod message;
mod stages;
mod yardsticks;

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// The number of runs of each program, of which the median is printed.
const RUNS: usize = 9;

/// The whole run: the program as shipped, including its allocator.
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

/// Runs the program and the yardsticks alternately, so that noise affects all of them equally, and
/// prints the median wall time, the ratio to the no-op and the memory of each.
fn compare() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("input.json");
    let handbook = handbook::generate(documents(), 7);
    let input = handbook::message(&handbook);
    std::fs::write(&path, &input).unwrap();
    let size = input.len() as f64;
    println!("{} documents, {:.1} MB, {RUNS} runs each", documents(), size / 1e6);
    let beside = std::env::var("BESIDE").unwrap_or_default();
    let programs: Vec<&str> = [OURS].into_iter().chain(yardsticks::ALL).collect();
    let programs: Vec<&str> = programs.into_iter().chain(beside.split_whitespace()).collect();
    // These runs also serve as warm-up; they are not timed, since watching memory takes time.
    let memory: Vec<u64> = programs
        .iter()
        .map(|program| {
            let (memory, is_well) = memory::watched(started(program, &path));
            assert!(is_well, "{program} failed");
            memory
        })
        .collect();
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); programs.len()];
    for _ in 0..RUNS {
        for (program, times) in programs.iter().zip(&mut times) {
            times.push(timed(program, &path));
        }
    }
    let medians: Vec<f64> = times.iter_mut().map(|times| median(times)).collect();
    let no_op = programs
        .iter()
        .position(|program| *program == "no-op")
        .map_or(1.0, |at| medians[at]);
    for ((program, median), memory) in programs.iter().zip(&medians).zip(memory) {
        let memory = memory as f64;
        println!(
            "{program:12} {median:7.3} s  {:5.2} x no-op  {:6.1} MB  {:4.2} x input",
            median / no_op,
            memory / 1e6,
            memory / size
        );
    }
    println!("\nThe stages, in one process and with the system's allocator:");
    stages::time(&handbook, &input);
}

/// Starts a program in a separate process that reads the input and discards its output: ours, this
/// one as a yardstick with Rust's default allocator, or another preprocessor.
fn started(program: &str, input: &Path) -> Child {
    let path = match program {
        OURS => env!("CARGO_BIN_EXE_mdbook-design-docs").into(),
        role if yardsticks::ALL.contains(&role) => std::env::current_exe().unwrap(),
        other => other.into(),
    };
    let mut command = Command::new(path);
    command
        .env(yardsticks::ROLE, program)
        .stdin(File::open(input).unwrap())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.spawn().unwrap()
}

/// The duration of a run.
fn timed(program: &str, input: &Path) -> Duration {
    let start = Instant::now();
    let status = started(program, input).wait().unwrap();
    let time = start.elapsed();
    assert!(status.success(), "{program} failed");
    time
}

/// The median in seconds.
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
