//! Tests of the properties that viewers and code scanning rely on.

use super::*;
use crate::diagnostic::Level;
use crate::source::Span;

fn site(path: &str, at: (usize, usize), end: Option<(usize, usize)>) -> Site<'static> {
    Site {
        path: path.into(),
        file: "a.md",
        at: Some(at),
        end,
        certain: true,
        text: "- q: DUE\n",
        span: Span::new(5, 8),
    }
}

fn log(entries: &[Entry<'_>], unread: &[String]) -> Value {
    let run = Run {
        as_of: jiff::civil::date(2026, 11, 23),
        book: "docs",
        documents: 1,
        known: 0,
        entries,
        unread,
    };
    serde_json::from_str(&sarif(&run).unwrap()).unwrap()
}

fn entry<'a>(site: Site<'a>, fix: Option<PlacedFix<'a>>) -> Entry<'a> {
    Entry {
        level: Level::Deny,
        lint: Some("overdue-question"),
        message: "it is overdue",
        label: Some("12 days"),
        help: Some("decide"),
        fix,
        site,
    }
}

#[test]
fn a_result_points_at_its_rule_and_its_place() {
    let entries = [entry(site("docs/src/ü b#1.md", (3, 5), Some((3, 8))), None)];
    let run = log(&entries, &[])["runs"][0].take();
    let result = &run["results"][0];
    let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    assert_eq!(result["level"], "error");
    assert_eq!(result["message"]["text"], "it is overdue\n12 days\nhelp: decide");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(
        place["artifactLocation"],
        json!({"uri": "docs/src/%C3%BC%20b%231.md", "uriBaseId": "SRCROOT"})
    );
    assert_eq!(
        place["region"],
        json!({"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 8})
    );
    assert!(run["originalUriBaseIds"]["SRCROOT"].is_object());
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn a_fix_names_every_file_once() {
    let changes = vec![
        (site("a.md", (1, 1), Some((1, 3))), "x"),
        (site("b.md", (1, 1), Some((1, 1))), "y"),
        (site("a.md", (2, 1), Some((2, 3))), "z"),
    ];
    let with = |changes| PlacedFix {
        what: "write it so",
        changes,
    };
    let entries = [entry(site("a.md", (1, 1), None), Some(with(changes)))];
    let fix = log(&entries, &[])["runs"][0]["results"][0]["fixes"][0].take();
    assert_eq!(fix["description"]["text"], "write it so");
    let files = fix["artifactChanges"].as_array().unwrap();
    let counts: Vec<_> = files
        .iter()
        .map(|file| file["replacements"].as_array().unwrap().len())
        .collect();
    assert_eq!(counts, [2, 1]);
    assert_eq!(files[0]["replacements"][1]["insertedContent"]["text"], "z");
    let mut uncertain = site("a.md", (1, 1), Some((1, 3)));
    uncertain.certain = false;
    let entries = [entry(site("a.md", (1, 1), None), Some(with(vec![(uncertain, "x")])))];
    assert!(log(&entries, &[])["runs"][0]["results"][0]["fixes"].is_null());
}

#[test]
fn what_could_not_be_read_makes_the_run_a_failure() {
    let run = log(&[], &["a.md: it cannot be read".into()])["runs"][0].take();
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let notification = &invocation["toolExecutionNotifications"][0];
    assert_eq!(notification["message"]["text"], "a.md: it cannot be read");
}
