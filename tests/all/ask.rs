//! `ask` on the example: a question with its owner and deadline, in the form of the others, and
//! nothing else changed.

use serde_json::Value;

use crate::support::book::{BookTest, Version, run};
use crate::support::{crawl, project};

fn example() -> BookTest {
    BookTest::from_dir(project().join("book-example"))
}

fn documents(book: &BookTest) -> Vec<Value> {
    let output = run(&["export", book.root().to_str().unwrap(), "--format", "json"], b"");
    let export: Value = serde_json::from_slice(&output.stdout).unwrap();
    export["documents"].as_array().unwrap().clone()
}

#[test]
fn every_document_of_the_example_is_asked_a_question() {
    let book = example().crlf();
    let root = book.root().to_str().unwrap().to_owned();
    let before = documents(&book);
    for document in &before {
        let path = document["path"].as_str().unwrap();
        let text = book.source(path);
        let args = [
            "ask", path, "Who | pays for it?", "--owner", "Ada Obi", "--due", "2026-12-01", "--book", &root,
        ];
        let output = run(&args, b"");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{path}: {stderr}");
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains(&format!("{path}:")), "{said}");
        let has_questions = !document["open_questions"].as_array().unwrap().is_empty();
        // The template has a section of examples.
        let has_section = has_questions || path.ends_with("template.md");
        assert_eq!(stderr.contains("has been added"), !has_section, "{path}: {stderr}");
        let after = book.source(path);
        assert_eq!(after.matches("\r\n").count(), after.matches('\n').count(), "{path}");
        // No line is lost, but for the day of the last change.
        let lost = text.lines().filter(|line| !after.lines().any(|other| other == *line));
        assert!(
            lost.clone()
                .all(|line| line.to_lowercase().replace('-', " ").contains("last updated")),
            "{path}: {:?}",
            lost.collect::<Vec<_>>()
        );
        // The second time, it is there already.
        assert_eq!(run(&args, b"").status.code(), Some(2), "{path}");
        assert_eq!(book.source(path), after);
    }
    for (document, before) in documents(&book).iter().zip(&before) {
        let path = &document["path"];
        let questions = document["open_questions"].as_array().unwrap();
        assert_eq!(
            questions.len(),
            before["open_questions"].as_array().unwrap().len() + 1,
            "{path}"
        );
        let new = questions.last().unwrap();
        assert_eq!(new["question"], "Who | pays for it?", "{path}");
        assert_eq!(new["owners"], serde_json::json!(["Ada Obi"]), "{path}");
        assert_eq!(new["due"]["date"], "2026-12-01", "{path}");
        for key in ["title", "status", "authors", "created", "links", "reviewers"] {
            assert_eq!(document[key], before[key], "{path}: {key}");
        }
    }
    for version in Version::ALL {
        crawl::assert_no_dead_links(&book.build(version), &[]);
    }
}

#[test]
fn what_cannot_be_asked_changes_nothing() {
    let book = example();
    let root = book.root().to_str().unwrap();
    let before: Vec<String> = book.sources().iter().map(|file| book.source(file)).collect();
    for (args, said) in [
        (&["nowhere", "Why?"][..], "no document matches \"nowhere\""),
        (
            &["refunds", "Why?", "--due", "2026-02-30"],
            "refunds.md: \"2026-02-30\" is not a date",
        ),
        (
            &["refunds", "Why?", "--due", "03/04/2026"],
            "is 2026-04-03 or 2026-03-04; write one of these",
        ),
    ] {
        let output = run(&[&["ask", "--book", root], args].concat(), b"");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr.contains(said), "{args:?}: {stderr}");
    }
    let after: Vec<String> = book.sources().iter().map(|file| book.source(file)).collect();
    assert_eq!(before, after);
}
