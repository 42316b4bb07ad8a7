//! `digest` on the example: what a team would post on Monday.

use serde_json::Value;

use crate::support::book::run;
use crate::support::project;

fn digest(args: &[&str]) -> String {
    let book = project().join("book-example");
    let mut all = vec!["digest", book.to_str().unwrap()];
    all.extend(args);
    let output = run(&all, b"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(args: &[&str]) -> Value {
    let mut all = vec!["--format", "json"];
    all.extend(args);
    serde_json::from_str(&digest(&all)).unwrap()
}

#[test]
fn the_counts_are_those_of_the_lists() {
    let digest = json(&[]);
    let owners = digest["owners"].as_array().unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for owner in owners {
        let questions = owner["questions"].as_array().unwrap();
        assert_eq!(owner["open"], questions.len(), "{owner:#}");
        let overdue = questions.iter().filter(|each| each["standing"] == "overdue").count();
        assert_eq!(owner["overdue"], overdue);
        seen.extend(
            questions
                .iter()
                .map(|each| (each["path"].to_string(), each["id"].to_string())),
        );
    }
    assert_eq!(digest["summary"]["open"], seen.len());
    assert_eq!(digest["summary"]["omitted"], 0);
    assert!(digest["summary"]["overdue"].as_u64() > Some(0));
    let overdue: Vec<u64> = owners.iter().map(|owner| owner["overdue"].as_u64().unwrap()).collect();
    let named = &overdue[..overdue.len() - usize::from(owners.last().unwrap()["name"] == "No owner")];
    assert!(named.is_sorted_by(|one, next| one >= next), "{overdue:?}");
}

#[test]
fn a_message_is_for_one_owner_or_cut_at_a_limit() {
    let one = digest(&["--owner", "Halima Sani", "--base-url", "https://danfocart.example"]);
    assert_eq!(one.matches("\n## ").count(), 1, "{one}");
    assert!(one.contains("\n## Halima Sani\n"));
    assert!(one.contains("](https://danfocart.example/designs/"), "{one}");
    let short = digest(&["--limit", "2"]);
    assert!(short.contains(" more questions, all of them less urgent."), "{short}");
    assert!(
        short.matches("\n- ").count() <= 4,
        "two questions, each with its owners: {short}"
    );
    let nobody = digest(&["--owner", "nobody at all"]);
    assert!(nobody.ends_with("On 2026-11-23: nothing is open.\n"), "{nobody}");
}

#[test]
fn the_day_decides() {
    let later = digest(&["--today", "2027-06-01"]);
    let earlier = digest(&["--today", "2026-01-01"]);
    assert!(later.contains("On 2027-06-01: **"), "{later}");
    assert!(!earlier.contains("overdue"), "{earlier}");
}
