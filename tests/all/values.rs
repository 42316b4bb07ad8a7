//! What holds of a value: what was replaced, where one ends, who is named, which status is the newest.

use serde_json::Value;

use crate::support::book::{BookTest, Version, run};

const BOOK: &str = "[book]\ntitle = \"Depot\"\n\n[preprocessor.design-docs]\nafter = [\"links\"]\n";

fn book(pages: &[(&str, &str)]) -> BookTest {
    let lines = pages.iter().map(|(path, _)| format!("- [{path}]({path})\n"));
    let summary = format!("# Summary\n\n{}", lines.collect::<String>());
    let mut files = vec![
        ("book.toml".to_owned(), BOOK.to_owned()),
        ("src/SUMMARY.md".to_owned(), summary),
    ];
    files.extend(
        pages
            .iter()
            .map(|(path, text)| (format!("src/{path}"), (*text).to_owned())),
    );
    BookTest::from_files(files)
}

/// The documents of a book of these pages, in their order.
fn documents(pages: &[(&str, &str)]) -> Vec<Value> {
    let book = book(pages);
    let root = book.root().to_str().unwrap().to_owned();
    let output = run(&["export", &root, "--format", "json", "--today", "2026-11-23"], b"");
    let export: Value = serde_json::from_slice(&output.stdout).unwrap();
    export["documents"].as_array().unwrap().clone()
}

/// The state of a record whose section of its status holds `status`.
fn state(status: &str) -> String {
    let text = format!(
        "# 31. Weigh the boxes\n\nDate: 2026-10-01\n\n## Status\n\n{status}\n\n## Context\n\nThey tip.\n\n\
         ## Decision\n\nWe weigh them.\n\n## Consequences\n\nFewer tip.\n"
    );
    let [document] = documents(&[("adr/31.md", &text)]).try_into().unwrap();
    document["status"]["state"].as_str().unwrap_or("none").to_owned()
}

#[test]
fn the_newest_word_of_a_history_counts() {
    for (status, expected) in [
        ("Draft -> Proposed -> Accepted", "accepted"),
        ("Proposed => Rejected", "rejected"),
        ("Proposed; accepted on 2026-10-12", "accepted"),
        ("Proposed in May, now accepted", "accepted"),
        ("Proposed 2026-10-02, accepted 2026-10-12", "accepted"),
        ("- Proposed\n- Accepted", "accepted"),
        ("- 2026-10-12: Accepted\n- 2026-10-02: Proposed", "accepted"),
        (
            "- 2 October 2026: Accepted\n- 12 October 2026: Superseded by 32",
            "superseded",
        ),
        ("Proposed (2026-10-02)\n\nRejected (2026-10-12)", "rejected"),
        ("**Proposed:** 2026-10-02  \n**Accepted:** 2026-10-12", "accepted"),
        (
            "| Status | Date |\n|--|--|\n| Proposed | 2026-10-02 |\n| Accepted | 2026-10-12 |",
            "accepted",
        ),
        ("Accepted\n\nDeprecated by [32](32.md)", "deprecated"),
    ] {
        assert_eq!(state(status), expected, "{status}");
    }
}

#[test]
fn prose_below_a_status_is_no_status() {
    for (status, expected) in [
        ("Accepted\n\nAmended by [32](32.md)", "accepted"),
        ("Accepted\n\nAmended on 2026-10-20: three boxes at most.", "accepted"),
        ("Accepted\n\nSuperseded drafts are in the archive.", "accepted"),
        ("Accepted\n\nReplaced the scales of the old depot.", "accepted"),
        (
            "Accepted by all depots; the second draft was\nwithdrawn before the vote.",
            "accepted",
        ),
        ("Partly superseded by [32](32.md)", "accepted"),
        (
            "Accepted on 2026-10-12 by all depots, after a trial of four weeks and a vote.",
            "accepted",
        ),
        (
            "Rejected because the scales cost more than all the boxes that tipped in a year.",
            "rejected",
        ),
        (
            "Superseded by the record of the northern depots that nobody has numbered so far.",
            "superseded",
        ),
    ] {
        assert_eq!(state(status), expected, "{status}");
    }
}

#[test]
fn a_notice_above_the_header_is_read_alike_by_all() {
    let header = "**Author:** Lola Ade  \n**Date:** 2026-10-02  \n**Status:** Approved\n\n## Goals\n\nx\n";
    let page = |notice: &str| format!("# Scales\n\n{notice}\n\n{header}");
    let old = page("> [!WARNING]\n> **Status:** old, read [Boxes](boxes.md).");
    let gone = page("> **Status:** Withdrawn");
    let same = page("> [!NOTE]\n> Status: Approved");
    let [first, second, third] = documents(&[("old.md", &old), ("gone.md", &gone), ("same.md", &same)])
        .try_into()
        .unwrap();
    for (document, state) in [(&first, "approved"), (&second, "withdrawn"), (&third, "approved")] {
        assert_eq!(document["status"]["state"], state);
        assert_eq!(document["authors"][0]["name"], "Lola Ade");
        assert_eq!(document["created"]["date"], "2026-10-02");
    }
    let book = book(&[("old.md", &old), ("gone.md", &gone)]);
    let check = run(&["check", book.root().to_str().unwrap(), "--today", "2026-11-23"], b"");
    let said = String::from_utf8(check.stdout).unwrap();
    assert!(said.contains("status-drift") && said.contains("gone.md"), "{said}");
    for version in [Version::V04, Version::V05] {
        let built = book.build(version);
        for page in ["old.html", "gone.html"] {
            let main = built.main_part(page);
            assert!(main.contains("dd-status"), "{page} has a header: {main}");
        }
        assert!(built.main_part("old.html").contains("old, read"), "the notice stays");
    }
}

#[test]
fn many_reviewers_are_merged_with_their_ticks() {
    const MANY: usize = 700;
    let name = |n: usize| format!("Ife{n} Cole{n}");
    let names: Vec<String> = (0..MANY).map(name).collect();
    let ticks: String = (0..MANY)
        .map(|n| format!("- [x] @ife{n}-cole{n} - Costs and risk\n"))
        .collect();
    let text = format!(
        "# Scales\n\n**Author:** Lola Ade\n**Status:** In Review\n**Reviewers:** {}\n\n## Review & Approval\n\n\
         ### Reviewers\n\n{ticks}",
        names.join(", ")
    );
    let [document] = documents(&[("scales.md", &text)]).try_into().unwrap();
    let reviewers = document["reviewers"].as_array().unwrap();
    assert_eq!(reviewers.len(), MANY);
    for (at, reviewer) in reviewers.iter().enumerate() {
        assert_eq!(reviewer["name"], name(at));
        assert_eq!(reviewer["approved"], true);
    }
}

#[test]
fn a_cell_keeps_its_lines_in_the_log() {
    let text = "# Scales\n\n**Author:** Lola Ade\n**Status:** Draft\n\n## Decision Log\n\n\
                | Date | Decision | Rationale | Decided By |\n|--|--|--|--|\n\
                | 2026-10-02 | ~~Rent~~ Buy | Cheap<br>Near<br />Old | Lola Ade<br/>Emeka Uba |\n\
                | 2026-10-03 | <ul><li>Two</li><li>Three</li></ul> | x | <ul><li>@lola</li><li>@emeka</li></ul> |\n\
                | 2026-10-04 | ~~Sell~~ superseded by D-2 | x | Lola Ade |\n";
    let pages = [("scales.md", text)];
    let [document] = documents(&pages).try_into().unwrap();
    let decision = |at: usize| &document["decisions"][at];
    assert_eq!(decision(0)["decision"], "Buy");
    assert_eq!(decision(0)["decided_by"], serde_json::json!(["Lola Ade", "Emeka Uba"]));
    assert_eq!(decision(1)["decision"], "Two; Three");
    assert_eq!(decision(1)["decided_by"], serde_json::json!(["@lola", "@emeka"]));
    assert!(
        decision(2)["decision"].as_str().unwrap().contains("Sell"),
        "what became of it is no decision"
    );
    let log = book(&pages).build(Version::V05).main_part("decision-log.html");
    assert!(log.contains("Cheap<br>Near<br>Old"), "{log}");
}

#[test]
fn a_milestone_has_no_full_stop_and_no_made_up_day() {
    let text = "# Scales\n\nAuthor: Lola Ade\nStatus: Draft\n\n## Open Questions\n\n\
                **Who weighs?** Owner: Ife Cole. Due: after the harvest.\n\n\
                **Who writes it down?** Owner: Ife Cole. Due: after the harvest\n";
    let book = book(&[("scales.md", text)]);
    let check = run(&["check", book.root().to_str().unwrap(), "--today", "2026-11-23"], b"");
    let said = String::from_utf8(check.stdout).unwrap();
    assert_eq!(said.matches("[unmapped-milestone]").count(), 1, "{said}");
    assert!(said.contains("\"after the harvest\" = YYYY-MM-DD"), "{said}");
}

#[test]
fn what_the_first_entry_says_is_not_said_of_the_page() {
    let table = "| Field | Value |\n|--|--|\n| Status | ACCEPTED |\n| Owner | Chi Eze |";
    let lines = "**Status:** Accepted  \n**Owner:** Chi Eze";
    let list = "- Status: Accepted\n- Owner: Chi Eze";
    for facts in [table, lines, list] {
        for (title, first, second) in [
            ("Decision register", "D-01 — Weigh the boxes", "D-02 — Two cranes"),
            ("Open Questions", "Who weighs the boxes?", "Do we need two cranes?"),
        ] {
            let text = format!("# {title}\n\n## {first}\n\n{facts}\n\nThey tip.\n\n## {second}\n\nLater.\n");
            let [page] = documents(&[("log.md", &text)]).try_into().unwrap();
            assert!(
                page["status"].is_null() && page["authors"] == serde_json::json!([]),
                "{text}\n{page}"
            );
        }
    }
}

#[test]
fn the_status_of_a_question_closes_it_in_any_case() {
    for (status, expected) in [
        ("Resolved", true),
        ("resolved", true),
        ("CLOSED", true),
        ("Answered 2026-10-12", true),
        ("Open", false),
        ("In progress", false),
    ] {
        for fact in ["Status:", "**Status:**", "State:"] {
            let text = format!(
                "# Boxes\n\n**Status:** Draft\n**Author:** Ada Obi\n\n## Open Questions\n\n\
                 - Who lifts?\n  - Owner: Chi Eze\n  - {fact} {status}\n\n## Plan\n\nLater.\n"
            );
            let [page] = documents(&[("boxes.md", &text)]).try_into().unwrap();
            assert_eq!(page["open_questions"][0]["resolved"], expected, "{text}");
        }
    }
}

#[test]
fn bold_words_behind_a_number_are_the_decision_and_the_rest_is_why() {
    for (item, decision, why) in [
        ("**D1: Use cranes** — they are fast", "Use cranes", "they are fast"),
        ("**D1: Use cranes** - They are fast", "Use cranes", "They are fast"),
        ("**D1: Use cranes.** They are fast", "Use cranes.", "They are fast"),
        ("**D1: Cranes** — the blue ones", "Cranes — the blue ones", ""),
    ] {
        let text = format!("# Depot\n\n**Status:** Draft\n**Author:** Ada Obi\n\n## Decisions\n\n- {item}\n");
        let [page] = documents(&[("depot.md", &text)]).try_into().unwrap();
        let found = &page["decisions"][0];
        assert_eq!(found["decision"], decision, "{item}");
        assert_eq!(found["rationale"].as_str().unwrap_or_default(), why, "{item}");
    }
}
