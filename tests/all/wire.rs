//! The wire: what goes into our program and what comes out, without an mdBook between.

use std::process::Output;

use serde_json::{Value, json};

use crate::support::book::{BookTest, Version, run};
use crate::support::{case, project, snapshot};

/// What mdBook would send for the case `name`.
fn input(name: &str, version: Version) -> String {
    BookTest::from_dir(case(name)).wire_input(version, "html")
}

/// One clear error, an exit code, and nothing that mdBook could take for a book.
#[track_caller]
fn assert_refused(what: &str, output: &Output) {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{what}: exit code 0");
    assert!(output.status.code().is_some(), "{what}: killed by a signal");
    assert!(output.stdout.is_empty(), "{what}: wrote to stdout");
    let errors = stderr.lines().filter(|line| line.starts_with("error"));
    assert_eq!(errors.count(), 1, "{what}: not one error:\n{stderr}");
    assert!(!stderr.contains("panicked"), "{what}: {stderr}");
}

/// The book that comes out, and what was said.
#[track_caller]
fn preprocess(input: &str) -> (Value, String) {
    let output = run(&[], input.as_bytes());
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{}: {stderr}", output.status);
    (serde_json::from_slice(&output.stdout).unwrap(), stderr)
}

#[test]
fn what_mdbook_sends_is_pinned() {
    // These files are what the two mdBooks write on our stdin. They change only when a
    // dependency does; if they do, read what changed before writing them anew.
    for version in Version::ALL {
        let book = BookTest::from_dir(case("plain"));
        let mut sent: Value = serde_json::from_str(&book.wire_input(version, "html")).unwrap();
        sent[0]["root"] = json!("/book");
        let text = serde_json::to_string_pretty(&sent).unwrap() + "\n";
        let path = project().join(format!("tests/wire/{version}.json"));
        snapshot::assert_matches(&path, &text);
    }
}

#[test]
fn what_is_not_a_book_is_refused() {
    let cases = [
        "",
        " \n",
        "hello",
        "\u{0}",
        "null",
        "true",
        "{}",
        "[]",
        "[1, 2]",
        "[{}]",
        "[{}, {}]",
        r#"[{"mdbook_version": "0.5.4"}, {"items": 3}]"#,
        r#"[{"mdbook_version": "0.5.4", "root": "/b", "config": {}, "renderer": "html"}, {"items": [{"Chapter": 7}]}]"#,
    ];
    for input in cases {
        assert_refused(&format!("{input:?}"), &run(&[], input.as_bytes()));
    }
    assert_refused("no UTF-8", &run(&[], b"[{\"root\": \"\xff\"}, {}]"));
}

#[test]
fn a_book_that_is_cut_off_is_refused() {
    for version in Version::ALL {
        let input = input("plain", version);
        let step = (input.len() / 60).max(1);
        let last = input.len() - 5..input.len();
        for at in (0..input.len()).step_by(step).chain(last) {
            let output = run(&[], &input.as_bytes()[..at]);
            assert_refused(&format!("mdBook {version}, cut at byte {at}"), &output);
        }
        let followed = format!("{input}[]");
        assert_refused("text after the book", &run(&[], followed.as_bytes()));
    }
}

#[test]
fn a_book_without_documents_comes_out_as_it_went_in() {
    for version in Version::ALL {
        let input = input("plain", version);
        let sent: Value = serde_json::from_str(&input).unwrap();
        let (book, stderr) = preprocess(&input);
        assert_eq!(book, sent[1], "mdBook {version}");
        assert_eq!(stderr, "", "mdBook {version}");
    }
}

#[test]
fn each_mdbook_gets_the_book_in_its_own_form() {
    let (old, _) = preprocess(&input("template", Version::V04));
    assert!(old["sections"].is_array(), "{old:.300}");
    assert_eq!(old.get("__non_exhaustive"), Some(&Value::Null));
    let (new, _) = preprocess(&input("template", Version::V05));
    assert!(new["items"].is_array(), "{new:.300}");
}

#[test]
fn unknown_fields_survive() {
    for (version, items) in [(Version::V04, "sections"), (Version::V05, "items")] {
        let mut sent: Value = serde_json::from_str(&input("template", version)).unwrap();
        sent[0]["from_the_future"] = json!({"a": [1, "é"]});
        sent[0]["config"]["from_the_future"] = json!(true);
        sent[1]["book_field"] = json!(1e300);
        let first = sent[1][items].as_array_mut().unwrap();
        first[0]["Chapter"]["chapter_field"] = json!({"deep": [null, 18_446_744_073_709_551_615_u64]});
        first.push(json!({"NewKindOfItem": {"x": 1}}));
        let (book, _) = preprocess(&sent.to_string());
        assert_eq!(book["book_field"], sent[1]["book_field"]);
        let chapter = &book[items][0]["Chapter"];
        assert_eq!(chapter["chapter_field"], sent[1][items][0]["Chapter"]["chapter_field"]);
        let kept = book[items].as_array().unwrap();
        assert!(kept.contains(&json!({"NewKindOfItem": {"x": 1}})), "mdBook {version}");
    }
}

#[test]
fn a_future_mdbook_works_with_a_note() {
    for future in ["0.5.99", "0.6.0", "0.9.0-rc.1", "1.0.0", "27.3.1"] {
        let mut sent: Value = serde_json::from_str(&input("template", Version::V05)).unwrap();
        sent[0]["mdbook_version"] = json!(future);
        let (book, stderr) = preprocess(&sent.to_string());
        let text = book["items"].to_string();
        assert!(text.contains("dd-header"), "mdBook {future}: nothing was done");
        let is_known = future.starts_with("0.5.");
        assert_eq!(stderr.contains(future), !is_known, "mdBook {future}:\n{stderr}");
    }
}

#[test]
fn running_before_the_built_in_preprocessors_is_noticed() {
    for version in Version::ALL {
        let mut sent: Value = serde_json::from_str(&input("template", version)).unwrap();
        let (_, stderr) = preprocess(&sent.to_string());
        assert!(!stderr.contains("after = "), "mdBook {version}:\n{stderr}");
        let table = sent[0]["config"]["preprocessor"]["design-docs"].as_object_mut();
        table.unwrap().remove("after");
        let (_, stderr) = preprocess(&sent.to_string());
        assert!(stderr.contains(r#"after = ["links"]"#), "mdBook {version}:\n{stderr}");
    }
}

#[test]
fn every_renderer_is_supported_without_a_word() {
    for renderer in ["html", "markdown", "epub"] {
        let output = run(&["supports", renderer], b"");
        assert_eq!(output.status.code(), Some(0), "{renderer}");
        assert!(output.stdout.is_empty() && output.stderr.is_empty(), "{renderer}");
    }
}
