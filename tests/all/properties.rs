//! What holds whatever an author writes and whoever calls: no panic, edits that fit, the same
//! bytes every time, and nothing left to do for a second run.
//!
//! `PROPTEST_CASES=10000 cargo test --profile properties properties` tries more than the usual 256
//! of each, as `.ci/run` does. `DOCUMENTS=FOLDER` has the Markdown there changed as well as ours.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use jiff::civil::{Date, date};
use mdbook_design_docs::config::{Config, Links};
use mdbook_design_docs::source::{Source, splice};
use mdbook_design_docs::{Analysis, DesignDocs, Pages};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::support::book::{BINARY, Version};
use crate::support::{files_below, project, write};

const TODAY: Date = date(2026, 11, 23);

fn source(path: &str, text: &str) -> Source {
    Source {
        path: path.to_owned(),
        name: path.to_owned(),
        text: text.to_owned(),
        ..Source::default()
    }
}

fn configs() -> Vec<Config> {
    // The renderer for which we write most into a text.
    let plain = Config {
        html: false,
        links: Links::of("epub"),
        ..Config::default()
    };
    let old = Config {
        dialect: Version::V04.dialect(),
        ..Config::default()
    };
    vec![Config::default(), plain, old]
}

/// With this the book comes out as it went in.
fn off() -> Config {
    let mut config = Config::default();
    config.header.enabled = false;
    config.toc.enabled = false;
    config.badges.enabled = false;
    config.index.enabled = false;
    config
}

/// Nothing of ours has panicked: what survives a panic would hide it here.
fn assert_no_fault(analysis: &Analysis) {
    for chapter in &analysis.corpus.chapters {
        assert_eq!(chapter.observed.fault, None);
    }
}

/// The chapters after one run: their paths and texts, appended ones at the end.
fn run(sources: &[Source], config: &Config) -> Vec<Source> {
    let analysis = Analysis::read(sources, config.clone(), TODAY);
    assert_no_fault(&analysis);
    let pages = analysis.pages();
    let spliced = sources.iter().enumerate().map(|(at, source)| Source {
        text: splice(&source.text, &pages.edits(at)),
        ..source.clone()
    });
    let new = pages.new_chapters();
    let new = new.iter().map(|chapter| source(&chapter.path, &chapter.content));
    spliced.chain(new).collect()
}

fn assert_edits_fit(sources: &[Source], pages: &Pages<'_>) -> Result<(), TestCaseError> {
    for (at, source) in sources.iter().enumerate() {
        let edits = pages.edits(at);
        let mut done = 0;
        for edit in edits {
            let span = edit.span;
            prop_assert!(
                done <= span.start && span.start <= span.end,
                "{:?} after {}",
                span,
                done
            );
            prop_assert!(span.end <= source.text.len());
            let whole = [span.start, span.end]
                .iter()
                .all(|&at| source.text.is_char_boundary(at));
            prop_assert!(whole, "{:?} cuts a character", span);
            done = span.end;
        }
    }
    Ok(())
}

fn text_of(source: &Source) -> &str {
    &source.text
}

/// Fails with the first lines that differ: pages are long.
fn assert_same<'t>(
    left: impl Iterator<Item = &'t str>,
    right: impl Iterator<Item = &'t str>,
) -> Result<(), TestCaseError> {
    let (left, right): (Vec<_>, Vec<_>) = (left.collect(), right.collect());
    prop_assert_eq!(left.len(), right.len());
    for (left, right) in left.iter().zip(&right) {
        if let Some((left, right)) = left.lines().zip(right.lines()).find(|(left, right)| left != right) {
            return Err(TestCaseError::fail(format!("{left:.300}\nis not\n{right:.300}")));
        }
        prop_assert_eq!(left.len(), right.len());
    }
    Ok(())
}

/// A few kilobytes take milliseconds; what takes this long hangs.
const AT_MOST: Duration = Duration::from_secs(30);

fn assert_holds(text: &str) -> Result<(), TestCaseError> {
    let begun = Instant::now();
    let sources = [source("a/one.md", text), source("two.md", "# Two\n")];
    let nothing = Analysis::read(&sources, off(), TODAY);
    assert_no_fault(&nothing);
    let nothing = nothing.pages();
    prop_assert!((0..sources.len()).all(|at| nothing.edits(at).is_empty()) && nothing.new_chapters().is_empty());
    for config in configs() {
        let analysis = Analysis::read(&sources, config.clone(), TODAY);
        assert_no_fault(&analysis);
        assert_edits_fit(&sources, &analysis.pages())?;
        for diagnostic in &analysis.findings() {
            let text = &sources[diagnostic.place.source].text;
            let span = diagnostic.place.span;
            prop_assert!(
                text.get(span.start..span.end).is_some(),
                "{} at {:?}",
                diagnostic.lint,
                span
            );
        }
        let once = run(&sources, &config);
        let twice = run(&once, &config);
        assert_same(once.iter().map(text_of), twice.iter().map(text_of))?;
    }
    prop_assert!(begun.elapsed() < AT_MOST, "it took {:?}", begun.elapsed());
    Ok(())
}

/// Every document of ours: the example's, and those of the tests; and the documents of a folder
/// that whoever runs this has named.
fn documents() -> Vec<String> {
    let roots = ["book-example/src", "tests/books", "tests/conventions"].map(|root| project().join(root));
    let theirs = std::env::var_os("DOCUMENTS").map(PathBuf::from);
    let files = roots
        .into_iter()
        .chain(theirs)
        .flat_map(|root| files_below(&root).into_iter().map(move |file| root.join(file)));
    let is_chapter = |file: &PathBuf| {
        file.extension().is_some_and(|extension| extension == "md") && !file.to_string_lossy().contains("expected")
    };
    let texts = files
        .filter(is_chapter)
        .filter_map(|file| std::fs::read_to_string(file).ok());
    texts.collect()
}

/// What mdBook would send for chapters with these texts.
fn message(texts: &[String]) -> String {
    message_in(texts, Some("Africa/Lagos"))
}

/// As [`message`], with the book's time zone.
fn message_in(texts: &[String], timezone: Option<&str>) -> String {
    let paths: Vec<String> = (0..texts.len()).map(|index| format!("{index}.md")).collect();
    let mut table = json!({"after": ["links"], "today": "2026-11-23"});
    if let Some(zone) = timezone {
        table["timezone"] = zone.into();
    }
    let chapters = paths.iter().map(String::as_str).zip(texts.iter().map(String::as_str));
    crate::support::message::message(chapters, &table)
}

/// The answer to `input`; an error has written nothing.
fn answer(input: &[u8]) -> Result<Vec<u8>, String> {
    let (mut out, mut notes) = (Vec::new(), Vec::new());
    let result = DesignDocs::on(TODAY).preprocess(input, &mut out, &mut notes);
    let notes = String::from_utf8(notes).unwrap();
    assert!(!notes.contains("mdbook-design-docs itself fails"), "{notes}");
    match result {
        Ok(()) => Ok(out),
        Err(error) => {
            assert!(out.is_empty(), "an error, and {} bytes", out.len());
            Err(error.to_string())
        }
    }
}

proptest! {
    #[test]
    fn any_document_is_read_and_written(text in write::document()) {
        assert_holds(&text)?;
    }

    #[test]
    fn a_document_of_ours_may_be_changed_anywhere(text in write::mutated(documents())) {
        assert_holds(&text)?;
    }

    #[test]
    fn any_text_is_read_and_written(text in "\\PC{0,300}|[ -~\n\r\t]{0,300}") {
        assert_holds(&text)?;
    }

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(answer(&bytes).is_err());
    }

    #[test]
    fn a_broken_message_is_an_error_or_a_book(
        text in write::document(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = message(&[text]).into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(out) = answer(&bytes) {
            let _: Value = serde_json::from_slice(&out).unwrap();
        }
    }

    #[test]
    fn the_wire_carries_what_was_written(texts in proptest::collection::vec(write::document(), 1..4)) {
        let out = answer(message(&texts).as_bytes()).unwrap();
        let book: Value = serde_json::from_slice(&out).unwrap();
        let mut config = Config { timezone: Some("Africa/Lagos".to_owned()), ..Config::default() };
        config.today = Some(TODAY);
        let sources: Vec<Source> = texts
            .iter()
            .enumerate()
            .map(|(index, text)| Source { file: Some(format!("{index}.md")), ..source(&format!("{index}.md"), text) })
            .collect();
        let items = book["items"].as_array().unwrap();
        let got = items.iter().map(|item| item["Chapter"]["content"].as_str().unwrap());
        assert_same(got, run(&sources, &config).iter().map(text_of))?;
    }

    #[test]
    fn the_number_of_threads_changes_nothing(texts in proptest::collection::vec(write::mutated(documents()), 1..6)) {
        let input = message(&texts);
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| answer(input.as_bytes()).unwrap())
        };
        prop_assert!(with(1) == with(3));
    }
}

/// How many documents one process of ours is given: starting it costs more than they do.
const AT_ONCE: usize = 500;

// Not with the macro, for which `PROPTEST_CASES` stands above what a test asks for.
#[test]
fn zone_and_language_of_the_machine_change_nothing() {
    let config = ProptestConfig {
        cases: (ProptestConfig::default().cases / AT_ONCE as u32).max(1),
        // Each starts eight processes.
        max_shrink_iters: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let texts = proptest::collection::vec(write::mutated(documents()), AT_ONCE);
    let held = TestRunner::new(config).run(&texts, |texts| {
        for timezone in [None, Some("Africa/Lagos")] {
            let input = message_in(&texts, timezone);
            let expected = answer_of_a_process(&input, "UTC", "C");
            for (zone, language) in [
                ("Pacific/Kiritimati", "de_DE.UTF-8"),
                ("America/Los_Angeles", "tr_TR.UTF-8"),
                ("nonsense", "xx"),
            ] {
                prop_assert!(
                    answer_of_a_process(&input, zone, language) == expected,
                    "{}, {}",
                    zone,
                    language
                );
            }
        }
        Ok(())
    });
    if let Err(error) = held {
        panic!("{error}");
    }
}

fn answer_of_a_process(input: &str, zone: &str, language: &str) -> Vec<u8> {
    let mut child = Command::new(BINARY)
        .env("TZ", zone)
        .env("LANG", language)
        .env("LC_ALL", language)
        .env("RAYON_NUM_THREADS", "2")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{zone}, {language}");
    output.stdout
}
