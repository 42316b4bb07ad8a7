//! Measures each stage in one process, on every core.

use std::io;
use std::time::{Duration, Instant};

use jiff::civil::{Date, date};
use mdbook_design_docs::config::Config;
use mdbook_design_docs::source::{Origin, Source};
use mdbook_design_docs::{Analysis, DesignDocs};

use crate::handbook::Handbook;
use crate::{RUNS, median};

const TODAY: Date = date(2026, 11, 23);

/// Runs every stage on the handbook, and reading and writing `input` for a renderer that gets the
/// book unchanged; prints the medians. Dropping a stage's results is not timed.
pub(crate) fn time(handbook: &Handbook, input: &str) {
    let sources = sources(handbook);
    let read = || Analysis::read(&sources, Config::default(), TODAY);
    let analysis = read();
    let pages = analysis.pages();
    let looking = looking(input);
    let stages: [(&str, &dyn Fn() -> Duration); 6] = [
        ("read, copy", &|| clock(|| preprocess(&looking))),
        ("parse", &|| clock(read)),
        ("lint", &|| clock(|| analysis.findings())),
        ("pages", &|| clock(|| each(sources.len(), |at| pages.edits(at)))),
        ("index", &|| clock(|| pages.new_chapters())),
        ("all", &|| clock(|| preprocess(input))),
    ];
    for (name, stage) in stages {
        let mut times: Vec<Duration> = (0..=RUNS).map(|_| stage()).skip(1).collect();
        println!("{name:12} {:7.3} s", median(&mut times));
    }
}

fn clock<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let made = work();
    let time = start.elapsed();
    drop(made);
    time
}

fn each<T: Send>(count: usize, work: impl Fn(usize) -> T + Send + Sync) -> Vec<T> {
    use rayon::prelude::*;
    (0..count).into_par_iter().map(work).collect()
}

fn preprocess(input: &str) {
    let preprocessor = DesignDocs::on(TODAY);
    preprocessor
        .preprocess(input.as_bytes(), io::sink(), &mut io::sink())
        .expect("the handbook is a book");
}

/// The same message for a link checker, for which there is nothing to report: it is read and
/// written back unchanged.
fn looking(input: &str) -> String {
    let both = input.replacen(r#""config":{"#, r#""config":{"output":{"html":{},"linkcheck":{}},"#, 1);
    let looking = both.replacen(r#""renderer":"html""#, r#""renderer":"linkcheck""#, 1);
    assert!(looking.len() > both.len() && both.len() > input.len());
    looking
}

fn sources(handbook: &Handbook) -> Vec<Source> {
    let chapters = handbook.files.iter().filter_map(|(file, text)| {
        let path = file.strip_prefix("src/").filter(|path| *path != "SUMMARY.md")?;
        Some(Source {
            path: path.to_owned(),
            file: Some(path.to_owned()),
            name: path.to_owned(),
            text: text.clone(),
            origin: Origin::Passed,
        })
    });
    chapters.collect()
}
