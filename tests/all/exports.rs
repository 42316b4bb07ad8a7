//! Exports of whole books, read back by programs that are not ours.

use std::collections::BTreeSet;
use std::path::Path;

use icalendar::{Calendar, CalendarComponent, Component};
use serde_json::Value;

use crate::support::book::{BookTest, Version, run};
use crate::support::{case, files_below, none, project, read};

const BASE: &str = "https://danfocart.example/handbook/";

fn example() -> BookTest {
    BookTest::from_dir(project().join("book-example"))
}

/// What `args` print for the book in `root`.
#[track_caller]
fn printed(command: &str, root: &Path, args: &[&str]) -> String {
    let mut all = vec![command, root.to_str().unwrap()];
    all.extend(args);
    let output = run(&all, b"");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{all:?}: {stderr}");
    String::from_utf8(output.stdout).unwrap()
}

/// The exit code and stderr of what must fail.
#[track_caller]
fn refused(args: &[&str]) -> String {
    let output = run(args, b"");
    assert_eq!(output.status.code(), Some(2), "{args:?}");
    assert!(output.stdout.is_empty(), "{args:?} wrote to stdout");
    String::from_utf8(output.stderr).unwrap()
}

fn json(root: &Path) -> Value {
    serde_json::from_str(&printed("export", root, &["--format", "json"])).unwrap()
}

/// The questions of an export with the path of their document.
fn questions(export: &Value) -> Vec<&Value> {
    let documents = export["documents"].as_array().unwrap().iter();
    documents
        .flat_map(|document| document["open_questions"].as_array().unwrap())
        .collect()
}

/// The schema with every object closed, so that a key that it does not describe is found too.
fn closed(schema: Value) -> Value {
    match schema {
        Value::Object(mut keys) => {
            keys = keys.into_iter().map(|(key, value)| (key, closed(value))).collect();
            if keys.get("properties").is_some_and(Value::is_object) {
                keys.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            Value::Object(keys)
        }
        Value::Array(items) => Value::Array(items.into_iter().map(closed).collect()),
        other => other,
    }
}

#[test]
fn the_json_is_what_its_schema_says_and_nothing_else() {
    let schema = run(&["schema"], b"").stdout;
    assert_eq!(
        String::from_utf8(schema.clone()).unwrap(),
        read(&project().join("schemas/export-1.json"))
    );
    let schema: Value = serde_json::from_slice(&schema).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    let schema = jsonschema::validator_for(&closed(schema)).unwrap();
    let mut problems = Vec::new();
    for root in ["front-matter", "hostile", "nested-index", "plain", "template"].map(case) {
        let export = json(&root);
        problems.extend(
            schema
                .iter_errors(&export)
                .map(|error| format!("{}: {} {error}", root.display(), error.instance_path())),
        );
    }
    let mut export = json(example().root());
    problems.extend(schema.iter_errors(&export).map(|error| error.to_string()));
    none("the schema", &problems);
    // The check itself sees what is wrong.
    export["documents"][0]["extra"] = Value::Null;
    assert!(!schema.is_valid(&export));
}

#[test]
fn every_table_is_read_back_with_its_rows() {
    let book = example();
    let export = json(book.root());
    let documents = export["documents"].as_array().unwrap();
    let count = |key: &str| -> usize { documents.iter().map(|each| each[key].as_array().unwrap().len()).sum() };
    for (table, rows) in [
        ("documents", documents.len()),
        ("decisions", count("decisions")),
        ("questions", count("open_questions")),
    ] {
        let args = ["--format", "csv", "--table", table, "--base-url", BASE];
        let text = printed("export", book.root(), &args);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let heads = reader.headers().unwrap().clone();
        let records: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(records.len(), rows, "{table}");
        let url = heads.iter().position(|head| head == "url").unwrap();
        for record in &records {
            assert!(record[url].starts_with(BASE), "{record:?}");
            let risky = record
                .iter()
                .find(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r']));
            assert_eq!(risky, None, "{table}");
        }
    }
    let default = printed("export", book.root(), &["--format", "csv"]);
    let questions = printed("export", book.root(), &["--format", "csv", "--table", "questions"]);
    assert_eq!(default, questions);
}

#[test]
fn the_calendar_holds_every_open_question_with_a_day() {
    let book = example();
    let export = json(book.root());
    let text = printed("export", book.root(), &["--format", "ics", "--base-url", BASE]);
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
    let calendar: Calendar = text.parse().unwrap();
    let events: Vec<_> = calendar
        .components
        .iter()
        .filter_map(|component| match component {
            CalendarComponent::Event(event) => Some(event),
            _ => None,
        })
        .collect();
    let promised = [
        "Comments until today: Technical Design: Product Search",
        "Look again: Orders stay in PostgreSQL",
        "Look again: Positions are sent every 200 m or two minutes",
    ];
    let wanted: BTreeSet<&str> = questions(&export)
        .into_iter()
        .filter(|each| !matches!(each["standing"].as_str(), Some("resolved" | "undated" | "milestone")))
        .map(|each| each["question"].as_str().unwrap())
        .chain(promised)
        .collect();
    let found: BTreeSet<&str> = events.iter().map(|event| event.get_summary().unwrap()).collect();
    assert_eq!(found, wanted);
    let uids: BTreeSet<_> = events.iter().map(|event| event.get_uid().unwrap()).collect();
    assert_eq!(uids.len(), events.len(), "each has an id of its own");
    for event in &events {
        let start = event.property_value("DTSTART").unwrap();
        assert_eq!(start.len(), "20261123".len(), "all day");
        assert_eq!(event.property_value("DTSTAMP"), Some("20261123T000000Z"));
        assert!(event.get_url().is_some_and(|url| url.starts_with(BASE)));
    }
    assert_eq!(text.matches("BEGIN:VALARM").count(), events.len());
    let again = printed("export", book.root(), &["--format", "ics", "--base-url", BASE]);
    assert_eq!(text, again, "the same book makes the same file");
}

#[test]
fn a_calendar_for_one_owner_holds_theirs() {
    let book = example();
    let export = json(book.root());
    let owned = |each: &&Value| {
        each["owners"]
            .as_array()
            .unwrap()
            .iter()
            .any(|owner| owner == "Ngozi Eze")
    };
    let dated = |each: &Value| !matches!(each["standing"].as_str(), Some("resolved" | "undated" | "milestone"));
    let wanted = questions(&export)
        .into_iter()
        .filter(owned)
        .filter(|each| dated(each))
        .count();
    let text = printed("export", book.root(), &["--format", "ics", "--owner", "ngozi eze"]);
    assert!(wanted > 0);
    assert_eq!(
        text.matches("BEGIN:VEVENT").count(),
        // A milestone with a day in book.toml is a deadline like any other.
        text.replace("\r\n ", "").matches("Owner: Ngozi Eze").count()
    );
    // She also decided something that is to be looked at again.
    assert_eq!(text.matches("BEGIN:VEVENT").count(), wanted + 1);
}

#[test]
fn the_feed_is_atom_with_the_newest_decision_first() {
    let book = example();
    let text = printed("export", book.root(), &["--format", "atom", "--base-url", BASE]);
    let feed = atom_syndication::Feed::read_from(text.as_bytes()).unwrap();
    let export = json(book.root());
    let dated = export["documents"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|document| document["decisions"].as_array().unwrap())
        .filter(|decision| decision["date"]["date"].is_string())
        .count();
    assert_eq!(feed.entries().len(), dated);
    let updated: Vec<_> = feed.entries().iter().map(|entry| *entry.updated()).collect();
    assert!(updated.is_sorted_by(|one, next| one >= next));
    assert_eq!(Some(feed.updated()), updated.first());
    let ids: BTreeSet<_> = feed.entries().iter().map(|entry| entry.id().to_owned()).collect();
    assert_eq!(ids.len(), dated, "each has an id of its own");
    let built = book.build(Version::V05);
    for entry in feed.entries() {
        assert!(entry.id().starts_with("tag:danfocart.example,2026:"), "{}", entry.id());
        let link = entry.links()[0].href();
        let (page, anchor) = link.strip_prefix(BASE).unwrap().split_once('#').unwrap();
        assert!(
            built.page(page).contains(&format!("id=\"{anchor}\"")),
            "{link} leads nowhere"
        );
    }
}

#[test]
fn a_hostile_book_makes_well_formed_files() {
    let root = case("hostile");
    let feed = printed("export", &root, &["--format", "atom", "--base-url", BASE]);
    atom_syndication::Feed::read_from(feed.as_bytes()).unwrap();
    let calendar = printed("export", &root, &["--format", "ics"]);
    let _: Calendar = calendar.parse().unwrap();
    for table in ["documents", "decisions", "questions"] {
        let text = printed("export", &root, &["--format", "csv", "--table", table]);
        for record in csv::Reader::from_reader(text.as_bytes()).records() {
            record.unwrap();
        }
    }
}

#[test]
fn options_that_do_not_belong_together_are_refused() {
    let root = case("plain");
    let root = root.to_str().unwrap();
    for (args, word) in [
        (
            &["export", root, "--format", "json", "--table", "documents"][..],
            "--table is for --format csv",
        ),
        (
            &["export", root, "--format", "csv", "--owner", "Ada"],
            "--owner is for --format ics",
        ),
        (&["export", root, "--format", "atom"], "--base-url"),
        (
            &["export", root, "--format", "atom", "--base-url", "example.com"],
            "it must be an address",
        ),
        (&["export", root], "--format"),
        (&["export", root, "--downloads", "."], "book.toml names no downloads"),
    ] {
        let stderr = refused(args);
        assert!(stderr.contains(word), "{args:?}: {stderr}");
    }
}

#[test]
fn downloads_stand_beside_the_pages() {
    let book = example();
    let toml = book.root().join("book.toml");
    let index = "[preprocessor.design-docs.index]";
    let html = "[output.html]";
    let text = read(&toml)
        .replace(
            index,
            &format!("{index}\ndownloads = [\"atom\", \"csv\", \"ics\", \"json\"]"),
        )
        .replace(
            html,
            &format!("{html}\ncname = \"danfocart.example\"\nsite-url = \"/handbook/\""),
        );
    std::fs::write(&toml, text).unwrap();
    for version in Version::ALL {
        let built = book.build(version);
        let folder = built.html_dir();
        let before: BTreeSet<String> = files_below(&folder).into_iter().collect();
        printed("export", book.root(), &["--downloads", folder.to_str().unwrap()]);
        let after: BTreeSet<String> = files_below(&folder).into_iter().collect();
        let new: Vec<&String> = after.difference(&before).collect();
        assert_eq!(
            new,
            [
                "decision-log.atom", "decision-log.csv", "design-docs.csv", "design-docs.json", "open-questions.csv",
                "open-questions.ics",
            ]
        );
        let table = read(&folder.join("decision-log.csv"));
        let table = table.strip_prefix('\u{feff}').unwrap();
        assert_eq!(
            table,
            printed("export", book.root(), &["--format", "csv", "--table", "decisions"])
        );
        let feed = read(&folder.join("decision-log.atom"));
        assert!(
            feed.contains(&format!("{BASE}designs/payments/refunds.html#")),
            "{feed:.600}"
        );
    }
    let stderr = refused(&[
        "export",
        book.root().to_str().unwrap(),
        "--downloads",
        book.root().to_str().unwrap(),
    ]);
    assert!(stderr.contains("is not a built book"), "{stderr}");
}
