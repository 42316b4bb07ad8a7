//! Which questions a document asks, what stands beside them, and what closes them.

use serde_json::Value;

use crate::support::book::{BookTest, run};

/// The document of a chapter with this section.
fn document(heading: &str, section: &str) -> Value {
    let head = "# Lockers\n\n**Status:** Draft\n**Author:** Ngozi Ade";
    let text = format!("{head}\n\n## {heading}\n\n{section}\n\n## Plan\n\nIn May.\n");
    let book = BookTest::from_files([
        (
            "book.toml".to_owned(),
            "[book]\ntitle = \"Depot\"\n\n[preprocessor.design-docs]\nafter = [\"links\"]\n".to_owned(),
        ),
        (
            "src/SUMMARY.md".to_owned(),
            "# Summary\n\n- [Lockers](lockers.md)\n".to_owned(),
        ),
        ("src/lockers.md".to_owned(), text),
    ]);
    let root = book.root().to_str().unwrap().to_owned();
    let output = run(&["export", &root, "--format", "json", "--today", "2026-11-23"], b"");
    let export: Value = serde_json::from_slice(&output.stdout).unwrap();
    export["documents"][0].clone()
}

/// Each question: its words, its owners, its day, and `!` where it is resolved.
fn questions(section: &str) -> Vec<String> {
    let document = document("Open Questions", section);
    let questions = document["open_questions"].as_array().unwrap().iter();
    questions
        .map(|question| {
            let owners = question["owners"].as_array().unwrap().iter();
            let owners: Vec<&str> = owners.filter_map(Value::as_str).collect();
            let due = question["due"]["date"].as_str().unwrap_or_default();
            let resolved = if question["resolved"] == true { "!" } else { "" };
            let text = question["question"].as_str().unwrap();
            format!("{text} | {} | {due} | {resolved}", owners.join(", "))
        })
        .collect()
}

fn assert_one(section: &str, expected: &str) {
    assert_eq!(questions(section), [expected], "{section}");
}

#[test]
fn a_heading_that_calls_itself_a_question_asks() {
    for (heading, text) in [
        ("Question 1: Who paints?", "Question 1: Who paints?"),
        ("Question 1 - Who paints?", "Question 1 - Who paints?"),
        ("Question: Who paints?", "Who paints?"),
        ("Open: Who paints?", "Who paints?"),
        ("Open Question 2: Who paints?", "Open Question 2: Who paints?"),
    ] {
        let section = format!("### {heading}\n\n- **Owner:** Ada Obi\n- **Due:** 2026-12-04");
        assert_one(&section, &format!("{text} | Ada Obi | 2026-12-04 | "));
    }
    assert_one("### Open questions: paint\n\n- Who pays?", "Who pays? |  |  | ");
}

#[test]
fn a_mark_between_a_number_and_its_question_closes_it() {
    for item in [
        "- Q1: ✅ Who pays?", "- Q1: [RESOLVED] Who pays?", "- **Q1:** **RESOLVED** Who pays?",
        "- **Q1: ✅ Who pays?**", "### Q1: [Resolved] Who pays?",
    ] {
        assert_one(item, "Q1: Who pays? |  |  | !");
    }
    assert_one(
        "- **Q1:** ✅ Who pays? (Ada Obi, 2026-11-30)",
        "Q1: Who pays? | Ada Obi | 2026-11-30 | !",
    );
    assert_eq!(
        questions("- Q1: Who pays?\n- Q1 → the depot"),
        ["Q1: Who pays? |  |  | !"]
    );
}

#[test]
fn a_column_of_ticks_and_words_for_no_says_which_are_resolved() {
    let rows = "| Question | Resolved? |\n|--|--|\n";
    for (cell, closed) in [
        ("✅", true),
        ("☑", true),
        ("✓", true),
        ("y", true),
        ("Yes", true),
        ("x", true),
        ("❌", false),
        ("n", false),
        ("N", false),
        ("no", false),
        ("", false),
    ] {
        let expected = format!("Who pays? |  |  | {}", if closed { "!" } else { "" });
        assert_one(&format!("{rows}| Who pays? | {cell} |"), &expected);
    }
    for (fact, closed) in [
        ("Resolved: no", false),
        ("Answered: No", false),
        ("Answer: no", true),
        ("Resolved: yes", true),
    ] {
        let expected = format!("Do we pay? |  |  | {}", if closed { "!" } else { "" });
        assert_one(&format!("- Do we pay?\n  - {fact}"), &expected);
    }
}

#[test]
fn facts_before_what_closes_a_question_are_read() {
    for (facts, closed) in [
        ("(Ada Obi, 2026-11-30) **Resolved:** The depot pays", true),
        ("(Ada Obi, 2026-11-30) **Answer:** The depot pays", true),
        ("(Ada Obi, 2026-11-30) **Answer:** tbd", false),
        ("(Ada Obi, 2026-11-30) (resolved)", true),
        ("(Ada Obi, 2026-11-30) ✅", true),
        ("(Ada Obi, 2026-11-30) → the depot", true),
        ("— Ada Obi, 2026-11-30 **Resolved:** The depot pays", true),
        ("— Owner: Ada Obi, due 2026-11-30 **Proposal:** The depot pays", false),
        ("— Owner: Ada Obi, due 2026-11-30 Answer: The depot pays", true),
        ("— Owner: Ada Obi, due 2026-11-30 (unresolved)", false),
        ("(Ada Obi) (2026-11-30)", false),
    ] {
        let end = if closed { "!" } else { "" };
        assert_one(
            &format!("- Who pays? {facts}"),
            &format!("Who pays? | Ada Obi | 2026-11-30 | {end}"),
        );
    }
    for table in [
        "| Field | Value |\n|--|--|\n| Owner | Ada Obi |\n| Due | 2026-11-30 |",
        "| | |\n|--|--|\n| **Owner** | Ada Obi |\n| **Due** | 2026-11-30 |",
    ] {
        assert_one(
            &format!("### Who pays?\n\n{table}"),
            "Who pays? | Ada Obi | 2026-11-30 | ",
        );
    }
    // The day of the resolution is no deadline.
    assert_one("- Who pays? — 2026-03-27 — Resolved: the depot", "Who pays? |  |  | !");
    assert_one(
        "- “Who pays?” Owner: Ada Obi. Due: 2026-11-30.",
        "“Who pays?” | Ada Obi | 2026-11-30 | ",
    );
}

#[test]
fn a_struck_decision_keeps_its_number_and_its_day() {
    for first in ["~~D1: Use ropes~~ (2026-09-01)", "~~**D1: Use ropes**~~ (2026-09-01)"] {
        let document = document("Decision Log", &format!("- {first}\n- D2: Use cranes (2026-09-02)"));
        let decision = &document["decisions"][0];
        assert_eq!(decision["decision"], "Use ropes", "{first}");
        assert_eq!(decision["date"]["date"], "2026-09-01", "{first}");
        assert_eq!(decision["superseded"], true, "{first}");
    }
}

#[test]
fn a_decision_is_superseded_in_every_language_and_by_nothing_less_than_a_decision() {
    for (cell, expected) in [
        ("D-9", true),
        ("none", false),
        ("Nothing", false),
        ("to be decided", false),
        ("-", false),
        ("", false),
    ] {
        let table = format!("| Decision | Date | Superseded by |\n|--|--|--|\n| Use ropes | 2026-09-01 | {cell} |");
        assert_eq!(
            document("Decision Log", &table)["decisions"][0]["superseded"],
            expected,
            "{cell}"
        );
    }
    for (status, expected) in [
        ("Superseded", true),
        ("replaced by D-9", true),
        ("Revoked", true),
        ("Accepted", false),
    ] {
        let table = format!("| Decision | Date | Status |\n|--|--|--|\n| Use ropes | 2026-09-01 | {status} |");
        let decision = &document("Decision Log", &table)["decisions"][0];
        assert_eq!(decision["superseded"], expected, "{status}\n{decision}");
    }
}
