//! `digest` on the example: what a team would post on Monday.

use serde_json::Value;

use crate::support::book::run;
use crate::support::project;
use crate::support::repository::Repository;

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

/// A book whose only question was asked on 2026-11-02 and put off on 2026-11-18.
fn repository() -> Repository {
    let repository = Repository::new();
    let design = |due: &str, status: &str| {
        format!(
            "# Parcels\n\n**Author:** Ada Obi\n**Status:** {status}\n\n## Open Questions\n\n\
             1. **Who carries them?**\n   - Owner: Tunde Bello\n   - Due: {due}\n"
        )
    };
    let toml = "[book]\ntitle = \"T\"\n\n[preprocessor.design-docs]\ntimezone = \"Africa/Lagos\"\n";
    repository.write("book.toml", toml);
    repository.write("src/SUMMARY.md", "# Summary\n\n- [Parcels](parcels.md)\n");
    repository.write("src/parcels.md", design("2026-11-20", "Draft"));
    repository.commit("2026-11-02", "Ada Obi");
    repository.write("src/parcels.md", design("2026-12-20", "Draft"));
    repository.commit("2026-11-18", "Ada Obi");
    repository.write("src/parcels.md", design("2026-12-20", "In Review"));
    repository
}

#[test]
fn what_is_new_stands_before_what_is_open() {
    let repository = repository();
    let said = |args: &[&str]| {
        let mut all = vec!["digest", "--today", "2026-11-23"];
        all.extend(args);
        repository.said(&all)
    };
    let open = "On 2026-11-23: 1 open in all.\n\n## Tunde Bello\n\n- by 2026-12-20: Who carries them? – *Parcels*\n";
    let status = "- status draft → in-review: Parcels\n";
    let moved = "- deadline 2026-11-20 → 2026-12-20 (30 days later): Who carries them? – *Parcels*\n";
    let both = "moves 1 deadline, changes the status of 1 document";
    for since in ["7d", "1w", "2026-11-16"] {
        let text = said(&["--since", since]);
        let news = format!("**New since 2026-11-16:** {both}.\n\n{status}{moved}");
        assert_eq!(text, format!("# T: open questions\n\n{news}\n{open}"), "{since}");
    }
    let news = format!("**New since HEAD:** changes the status of 1 document.\n\n{status}");
    assert_eq!(
        said(&["--since", "HEAD"]),
        format!("# T: open questions\n\n{news}\n{open}")
    );
    let text = said(&["--since", "HEAD", "--owner", "Tunde Bello"]);
    assert_eq!(
        text,
        format!("# T: open questions\n\nNothing is new since HEAD.\n\n{open}")
    );
    // The day itself is part of it: at noon, the deadline moved.
    let (on, after) = (said(&["--since", "2026-11-18"]), said(&["--since", "2026-11-19"]));
    assert!(on.contains(moved) && !after.contains(moved) && after.contains(status));
    let all = said(&["--since", "2026-11-01", "--limit", "1"]);
    assert!(
        all.contains("**New since 2026-11-01:** asks 1 question, adds 1 document.\n"),
        "{all}"
    );
    assert!(all.contains("\n… and 1 more change.\n"), "{all}");
    assert!(!said(&[]).contains("new since"));
}

#[test]
fn json_has_the_changes_and_null_where_they_were_not_asked_for() {
    let repository = repository();
    let said = |args: &[&str]| {
        let mut all = vec!["digest", "--format", "json", "--today", "2026-11-23"];
        all.extend(args);
        repository.json(&all)
    };
    assert_eq!(said(&[])["since"], Value::Null);
    let since = &said(&["--since", "7d"])["since"];
    assert_eq!(since["from"], "2026-11-16");
    assert_eq!(since["base"], repository.git(&["rev-parse", "HEAD~1"]));
    let kinds: Vec<&Value> = since["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|each| &each["kind"])
        .collect();
    assert_eq!(kinds, ["status-changed", "deadline-moved"]);
}

#[test]
fn what_cannot_be_known_is_an_error() {
    let repository = repository();
    let clone = Repository::clone_of(&repository, &["--depth=1"]);
    for (repository, since, expected) in [
        (
            &clone,
            "7d",
            "error: the clone is shallow and has no commit from before 2026-11-16\n",
        ),
        (&repository, "no-such", "error: no-such names no commit"),
        (&repository, "99999999999999d", "error: 99999999999999d is too long ago"),
    ] {
        let output = repository.run(&["digest", "--today", "2026-11-23", "--since", since]);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.starts_with(expected) && output.stdout.is_empty(), "{stderr}");
    }
}
