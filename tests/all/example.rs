//! The example handbook: what is in it is found, what is no design is left alone, and every
//! link of it leads somewhere.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::support::book::{BookTest, Version, run};
use crate::support::html::{self, Row};
use crate::support::{crawl, json, none, project, read};

/// The folders of the manual.
pub const PARTS: &[&str] = &["tutorial", "how-to", "reference", "explanation"];

/// Chapters that are no designs and have no place for an index.
const ORDINARY: &[&str] = &[
    "introduction.md", "handbook/README.md", "handbook/on-call.md", "handbook/glossary.md",
    "meetings/2026-11-architecture.md", "about.md",
];

/// The manual is none either, though it shows many.
fn ordinary(book: &BookTest) -> Vec<String> {
    let in_manual = |file: &String| file.split_once('/').is_some_and(|(folder, _)| PARTS.contains(&folder));
    let manual = book.sources().into_iter().filter(in_manual);
    let all: Vec<_> = manual.chain(ORDINARY.iter().map(|&file| file.to_owned())).collect();
    assert!(all.len() > 25, "{all:?}");
    all
}

fn book() -> BookTest {
    BookTest::from_dir(project().join("book-example"))
}

/// What the example says, written by hand: line numbers, ids and the like are left out.
fn truth() -> Value {
    serde_json::from_str(&read(&project().join("tests/example_truth.json"))).unwrap()
}

#[test]
fn the_export_is_the_truth() {
    let book = book();
    let root = book.root().to_str().unwrap();
    let output = run(&["export", root, "--format", "json"], b"");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    let export: Value = serde_json::from_slice(&output.stdout).unwrap();
    let paths = |of: &Value| -> Vec<String> {
        let documents = of["documents"].as_array().into_iter().flatten();
        documents
            .map(|d| d["path"].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(paths(&truth()), paths(&export), "the documents");
    none("the export", &json::differences("export", &truth(), &export));
}

#[test]
fn every_link_leads_somewhere() {
    for version in Version::ALL {
        let built = book().build(version);
        crawl::assert_no_dead_links(&built, &[]);
        none("ids", &crawl::duplicate_ids(&built));
    }
}

#[test]
fn ordinary_chapters_come_out_as_they_went_in() {
    let book = book();
    for version in Version::ALL {
        let built = book.build(version);
        for path in ordinary(&book) {
            // A README is rendered as the index of its folder.
            let rendered = path.replace("README.md", "index.md");
            // Its `links` takes the backslash from what is no directive, in code too.
            let written = book.source(&path).replace("\\{{#", "{{#");
            assert_eq!(built.markdown(&rendered), written, "{path}, mdBook {version}");
        }
    }
}

#[test]
fn the_indices_stand_where_they_were_placed() {
    let truth = truth();
    let count = |key: &str| -> usize {
        let documents = truth["documents"].as_array().unwrap();
        documents
            .iter()
            .map(|document| document[key].as_array().unwrap().len())
            .sum()
    };
    let documents = truth["documents"].as_array().unwrap().len();
    let expected = [
        ("designs/index.html", documents),
        ("decisions.html", count("decisions")),
        ("open-questions.html", count("open_questions")),
    ];
    for version in Version::ALL {
        let built = book().build(version);
        for (page, records) in expected {
            let mut rows: Vec<Row> = html::rows(&built.main_part(page));
            rows.retain(|row| row.is_body);
            assert_eq!(rows.len(), records, "rows of {page}, mdBook {version}");
        }
        for page in ["design-docs.html", "decision-log.html"] {
            assert!(
                !built.pages().contains(&page.to_owned()),
                "{page} has its place already"
            );
        }
    }
}

#[test]
fn the_example_prints_the_path_of_the_finished_page() {
    // Cargo builds the examples with the tests, beside the folder that this runs from.
    let name = format!("handbook{}", std::env::consts::EXE_SUFFIX);
    let here = std::env::current_exe().unwrap();
    let example: PathBuf = here.ancestors().nth(2).unwrap().join("examples").join(name);
    // It does not with `--test all` alone.
    if !example.exists() {
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--locked", "--example", "handbook"])
            .current_dir(project())
            .status();
        assert!(built.unwrap().success() && example.exists(), "{}", example.display());
    }
    let output = Command::new(&example).output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    let stdout = String::from_utf8(output.stdout).unwrap();
    let last = PathBuf::from(stdout.lines().last().unwrap_or_default());
    assert!(last.is_absolute() && last.ends_with("index.html"), "{stdout}");
    let page = read(&last.with_file_name("open-questions.html"));
    assert!(page.contains("dd-due"), "the program took no part in it");
}
