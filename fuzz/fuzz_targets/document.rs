//! Whatever an author writes, the edits fit the text, and a second run has nothing to do.

#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use mdbook_design_docs::source::splice;
use mdbook_design_docs::{Analysis, Config, Source};

// A panic of pulldown-cmark is survived, and no crash; one of ours is a fault.
fuzz_target!(init: mdbook_design_docs::parse::hush_survived_panics(), |text: &str| {
    let source = |path: &str, text: String| Source {
        path: path.to_owned(),
        name: path.to_owned(),
        text,
        ..Source::default()
    };
    let run = |sources: &[Source], config: &Config| {
        let analysis = Analysis::read(sources, config.clone(), date(2026, 11, 23));
        let mut chapters = analysis.corpus.chapters.iter();
        assert!(chapters.all(|chapter| chapter.observed.fault.is_none()));
        analysis.findings();
        let pages = analysis.pages();
        let edited = sources.iter().enumerate().map(|(at, source)| Source {
            text: splice(&source.text, &pages.edits(at)),
            ..source.clone()
        });
        let new = pages
            .new_chapters()
            .into_iter()
            .map(|chapter| source(&chapter.path, chapter.content));
        edited.chain(new).collect::<Vec<_>>()
    };
    for html in [true, false] {
        let config = Config {
            html,
            ..Config::default()
        };
        let once = run(&[source("a/b.md", text.to_owned())], &config);
        assert!(run(&once, &config) == once);
    }
});
