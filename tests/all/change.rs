//! `status` and `decide` on the example: one fact changes, the book builds, and the facts are
//! those that an author would have written.

use std::path::Path;

use serde_json::Value;

use crate::support::book::{BookTest, Version, run};
use crate::support::{crawl, project, read};

const LOYALTY: &str = "designs/storefront/loyalty.md";

fn example() -> BookTest {
    BookTest::from_dir(project().join("book-example"))
}

#[track_caller]
fn done(root: &Path, command: &str, args: &[&str]) -> String {
    let mut all = vec![command, "--book", root.to_str().unwrap()];
    all.extend(args);
    let output = run(&all, b"");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{all:?}: {stderr}");
    String::from_utf8(output.stdout).unwrap()
}

fn refused(root: &Path, command: &str, args: &[&str]) -> String {
    let mut all = vec![command, "--book", root.to_str().unwrap()];
    all.extend(args);
    let output = run(&all, b"");
    assert_eq!(output.status.code(), Some(2), "{all:?}");
    String::from_utf8(output.stderr).unwrap()
}

fn document(root: &Path, path: &str) -> Value {
    let output = run(&["export", root.to_str().unwrap(), "--format", "json"], b"");
    let export: Value = serde_json::from_slice(&output.stdout).unwrap();
    let documents = export["documents"].as_array().unwrap();
    documents
        .iter()
        .find(|document| document["path"] == path)
        .unwrap()
        .clone()
}

/// The lines that differ, old and new.
fn changed(before: &str, after: &str) -> Vec<(String, String)> {
    assert_eq!(before.lines().count(), after.lines().count());
    let lines = before.lines().zip(after.lines());
    lines
        .filter(|(one, other)| one != other)
        .map(|(one, other)| (one.to_owned(), other.to_owned()))
        .collect()
}

#[test]
fn a_status_changes_in_both_places_and_nowhere_else() {
    let book = example();
    let before = book.source(LOYALTY);
    let said = done(book.root(), "status", &["loyalty", "in-review"]);
    let changed = changed(&before, &book.source(LOYALTY));
    let old: Vec<&str> = changed.iter().map(|(old, _)| old.trim()).collect();
    let new: Vec<&str> = changed.iter().map(|(_, new)| new.trim()).collect();
    assert_eq!(
        new,
        [
            "**Status:** In Review", "**Last Updated:** 2026-11-23", "**Status:** In Review"
        ],
        "{old:?}"
    );
    assert_eq!(said.lines().count(), 3, "{said}");
    assert!(said.contains("loyalty.md:5: **Status:** In Review\n"), "{said}");
    let again = done(book.root(), "status", &[LOYALTY, "in-review"]);
    assert!(again.ends_with("loyalty.md: already up to date\n"), "{again}");
    assert_eq!(document(book.root(), LOYALTY)["status"]["state"], "in-review");
}

#[test]
fn every_document_of_the_example_takes_a_status() {
    let book = example();
    let output = run(&["export", book.root().to_str().unwrap(), "--format", "json"], b"");
    let export: Value = serde_json::from_slice(&output.stdout).unwrap();
    for each in export["documents"].as_array().unwrap() {
        let path = each["path"].as_str().unwrap();
        done(book.root(), "status", &[path, "Rejected"]);
        let after = document(book.root(), path);
        assert_eq!(after["status"]["state"], "rejected", "{path}");
        for key in ["title", "authors", "created", "links", "decisions", "target_release"] {
            assert_eq!(undue(&after[key]), undue(&each[key]), "{path}: {key}");
        }
    }
}

/// The decisions without the standing of their deadlines: what is rejected is not looked at again.
fn undue(decisions: &Value) -> Value {
    let mut out = decisions.clone();
    for decision in out.as_array_mut().into_iter().flatten() {
        if let Some(revisit) = decision.get_mut("revisit").and_then(Value::as_object_mut) {
            revisit.remove("standing");
        }
    }
    out
}

#[test]
fn a_decision_closes_its_question_and_is_linked_from_it() {
    let path = "designs/delivery/inventory-sync.md";
    let book = example();
    let before = document(book.root(), path);
    let text = book.source(path);
    let args = [
        "inventory-sync", "Never below zero | in any market", "--why", "Nobody can sell what is not there", "--by",
        "Musa Danjuma", "--by", "Ngozi Eze", "--question", "below zero", "--status", "implemented",
    ];
    let said = done(book.root(), "decide", &args);
    assert_eq!(said.lines().count(), 4, "{said}");
    let after = document(book.root(), path);
    let decisions = after["decisions"].as_array().unwrap();
    assert_eq!(decisions.len(), before["decisions"].as_array().unwrap().len() + 1);
    let last = decisions.last().unwrap();
    assert_eq!(last["decision"], "Never below zero | in any market");
    assert_eq!(last["date"]["date"], "2026-11-23");
    assert_eq!(last["decided_by"], serde_json::json!(["Musa Danjuma", "Ngozi Eze"]));
    let question = &after["open_questions"][1];
    assert_eq!(
        (&question["resolved"], &question["id"]),
        (&Value::Bool(true), &before["open_questions"][1]["id"])
    );
    assert_eq!(after["open_questions"][0]["resolved"], false);
    assert_eq!(after["updated"]["date"], "2026-11-23");
    assert_eq!(after["status"]["state"], "implemented");
    // Every line that was there is there, but for the two that say something new.
    let now = book.source(path);
    let kept = text
        .lines()
        .filter(|line| now.lines().any(|other| other == *line))
        .count();
    assert_eq!(text.lines().count() - kept, 2);
    for version in Version::ALL {
        let built = book.build(version);
        crawl::assert_no_dead_links(&built, &[]);
        let main = built.main_part("designs/delivery/inventory-sync.html");
        let id = last["id"].as_str().unwrap();
        // GitHub has no anchor but those of headings.
        assert!(
            main.contains("href=\"#decision-log\">Never below zero") && main.contains(&format!("id=\"{id}\"")),
            "mdBook {version}: {main}"
        );
        let log = built.main_part("decisions.html");
        assert!(
            log.contains("Settles: <a href=\"designs/delivery/inventory-sync.html#"),
            "mdBook {version}: {log}"
        );
    }
}

#[test]
fn what_is_not_certain_is_refused_and_changes_nothing() {
    let book = example();
    let before: Vec<String> = book.sources().iter().map(|file| book.source(file)).collect();
    for (command, args, said) in [
        (
            "status",
            &["nowhere", "draft"][..],
            "no document matches \"nowhere\"\n  designs/",
        ),
        ("status", &["Technical", "draft"], "matches several documents"),
        ("status", &["refunds", "purple"], "\"purple\" is not a status"),
        (
            "decide",
            &["refunds", "X", "--question", "nothing like it"],
            "it asks nothing like",
        ),
        ("decide", &["refunds", " "], "describe the decision"),
        (
            "decide",
            &["0007-orders-stay-in-postgresql", "X"],
            "it is the record of one decision",
        ),
    ] {
        let stderr = refused(book.root(), command, args);
        assert!(stderr.contains(said), "{args:?}: {stderr}");
    }
    let after: Vec<String> = book.sources().iter().map(|file| book.source(file)).collect();
    assert_eq!(before, after);
}

#[test]
fn line_ends_and_marks_of_the_file_are_kept() {
    let book = example().crlf();
    let path = book.root().join("src").join(LOYALTY);
    let before = read(&path);
    std::fs::write(&path, format!("\u{feff}{before}")).unwrap();
    done(book.root(), "status", &["loyalty", "in-review"]);
    let after = read(&path);
    assert!(after.starts_with("\u{feff}# Technical Design"));
    assert_eq!(after.matches("\r\n").count(), after.matches('\n').count());
}
