//! Whatever stands between the fences of front matter.

#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use mdbook_design_docs::{Analysis, Config, Source};

fuzz_target!(|yaml: &str| {
    let source = Source {
        path: "a.md".to_owned(),
        text: format!("---\nstatus: Draft\n{yaml}\n---\n# T\n"),
        ..Source::default()
    };
    let analysis = Analysis::read(&[source], Config::default(), date(2026, 11, 23));
    analysis.findings();
    analysis.pages().edits(0);
});
