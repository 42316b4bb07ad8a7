//! Where the facts of a document stand, and which chapters are documents at all.

use serde_json::Value;

use crate::support::book::{BookTest, run};

const REST: &str = "\n\n## Problem\n\nThe hoist is slow.\n\n## Proposal\n\nWe take two.\n";

/// The document of a chapter with this text, if it is one.
fn document(text: &str) -> Option<Value> {
    let book = BookTest::from_files([
        (
            "book.toml".to_owned(),
            "[book]\ntitle = \"Depot\"\n\n[preprocessor.design-docs]\nafter = [\"links\"]\n".to_owned(),
        ),
        (
            "src/SUMMARY.md".to_owned(),
            "# Summary\n\n- [Hoists](hoists.md)\n".to_owned(),
        ),
        ("src/hoists.md".to_owned(), text.to_owned()),
    ]);
    let root = book.root().to_str().unwrap().to_owned();
    let output = run(&["export", &root, "--format", "json", "--today", "2026-11-23"], b"");
    let export: Value = serde_json::from_slice(&output.stdout).unwrap();
    export["documents"].as_array().unwrap().first().cloned()
}

fn names(document: &Value, key: &str) -> Vec<String> {
    let people = document[key].as_array().unwrap().iter();
    people
        .map(|person| person["name"].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn facts_of_the_first_section_are_not_those_of_the_document() {
    let front = "---\nstatus: draft\n---\n\n";
    for section in [
        "## Risks\n\n| Risk | Owner | Status |\n|--|--|--|\n| Rust | Chi Eze | Open |",
        "## Tasks\n\n| Task | Reviewer | Created |\n|--|--|--|\n| Paint | Chi Eze | 2026-09-01 |",
        "## Fields\n\n- **Owner:** who keeps the hoist\n- **Created:** when it was built",
        "## Background\n\nStatus: the old one is slow.\n\nOwner: see the plate.",
        "### Reviewers: Tunde Bello\n\n## Risks\n\n| Risk | Owner | Status |\n|--|--|--|\n| Rust | Chi Eze | Open |",
    ] {
        let page = document(&format!("{front}# Hoists\n\n{section}{REST}")).unwrap();
        assert_eq!(page["status"]["state"], "draft", "{section}");
        assert!(names(&page, "authors").is_empty(), "{section}");
        assert!(page["created"].is_null(), "{section}");
    }
    let risks =
        "# Hoists\n\n## Risks\n\n| Risk | Owner | Status |\n|--|--|--|\n| Rust | Chi Eze | Open |\n\n## Use\n\nPull.\n";
    assert!(document(risks).is_none());
}

#[test]
fn below_a_subtitle_stand_the_facts_of_the_document() {
    for facts in [
        "**Status:** Accepted\n**Author:** Ada Obi",
        "| Field | Value |\n|--|--|\n| Status | Accepted |\n| Author | Ada Obi |",
        "- Status: Accepted\n- Author: Ada Obi",
    ] {
        let page = document(&format!("# Hoists\n\n## Two for the east gate\n\n{facts}{REST}")).unwrap();
        assert_eq!(page["status"]["state"], "accepted", "{facts}");
        assert_eq!(names(&page, "authors"), ["Ada Obi"], "{facts}");
    }
}

#[test]
fn a_table_below_a_date_or_behind_names_is_no_part_of_them() {
    let table = "| Name | Team |\n|--|--|\n| Which | Gate |\n| When | Yard |";
    let text = |section: &str| format!("# Hoists\n\n## Status\n\nDraft\n\n{section}{REST}");
    let page = document(&text(&format!("## Date\n\n2026-09-14\n\n{table}"))).unwrap();
    assert_eq!(page["created"]["text"], "2026-09-14");
    let page = document(&text(&format!("## Authors\n\nAda Obi\n\n{table}"))).unwrap();
    assert_eq!(names(&page, "authors"), ["Ada Obi"]);
    let owners = "## Owners\n\n| Area | Owner |\n|--|--|\n| Gate | Ada Obi |\n| Yard | Chi Eze |";
    assert_eq!(
        names(&document(&text(owners)).unwrap(), "authors"),
        ["Ada Obi", "Chi Eze"]
    );
}

#[test]
fn the_sections_of_a_decision_record_are_enough() {
    let sections = "## Context\n\nSlow.\n\n## Decision\n\nWe take two.\n\n## Consequences\n\nTwo plates.\n";
    for facts in [
        "", "## Status\n\nFirst draft\n\n", "## Status\n\n(Accepted)\n\n", "**Last updated:** 2026-09-14\n\n",
    ] {
        let page = document(&format!("# 7. Take two hoists\n\n{facts}{sections}"));
        assert_eq!(page.map(|page| page["kind"].clone()), Some("adr".into()), "{facts}");
    }
    // A number behind the kind of document is a sign; the kind alone is none.
    assert!(document("# ADR-0007: Take two hoists\n\nStatus: Accepted\n\nThey are fast.\n").is_some());
    assert!(document("# RFC 42: Hoists\n\n**Status:** Draft\n\n## Summary\n\nTwo.\n").is_some());
    assert!(document("# RFC process\n\n**Status:** Draft\n\n## Summary\n\nWrite one.\n").is_none());
}

#[test]
fn behind_a_comma_a_whole_name_is_another_person() {
    for (value, expected) in [
        ("Ada Obi - Lead, Chi Eze", vec!["Ada Obi", "Chi Eze"]),
        (
            "Ada Obi – Lead, Chi Eze – Paint, Tunde Bello",
            vec!["Ada Obi", "Chi Eze", "Tunde Bello"],
        ),
        ("Ada Obi - Lead; Chi Eze", vec!["Ada Obi", "Chi Eze"]),
        ("Ada Obi - Paint and Rust Control", vec!["Ada Obi"]),
        ("Ada Obi und Chi Eze", vec!["Ada Obi", "Chi Eze"]),
        ("Ada Obi, 2026-09-14", vec!["Ada Obi"]),
    ] {
        let text = format!("# Hoists\n\n**Status:** Draft\n**Author:** Ngozi Ade\n**Reviewers:** {value}{REST}");
        assert_eq!(names(&document(&text).unwrap(), "reviewers"), expected, "{value}");
    }
    let ticks = format!("# Hoists\n\n**Status:** Draft\n\n## Reviewers\n\n- [x] Ada Obi - Lead, Chi Eze - Paint{REST}");
    assert_eq!(names(&document(&ticks).unwrap(), "reviewers"), ["Ada Obi", "Chi Eze"]);
}

#[test]
fn footnotes_are_not_the_end_of_a_document() {
    let updated = |end: &str| {
        let facts = "# Hoists\n\n- Status: Draft\n- Author: Ada Obi";
        document(&format!("{facts}{REST}\nWords[^a], words[^b].\n\n{end}")).unwrap()["updated"]["date"].clone()
    };
    let footer = "---\n\n**Last Updated:** 2026-10-02  \n**Status:** Draft\n";
    for end in [
        footer.to_owned(),
        format!("{footer}\n[^a]: A note.\n"),
        format!("{footer}\n[^a]: A note.\n\n    Of two paragraphs.\n\n[^b]: B.\n"),
        format!("[^a]: A note.\n\n{footer}\n[^b]: B.\n"),
        format!("{footer}\nThanks to all.\n\n[^a]: A note.\n\n[^b]: B.\n"),
        format!("{footer}\n[^a]: A note.\n\n<!-- end -->\n"),
    ] {
        assert_eq!(updated(&end), "2026-10-02", "{end}");
    }
}

#[test]
fn a_link_in_html_is_a_link() {
    let link = |html: &str| {
        let facts = "# Hoists\n\n- Status: Draft\n- Author: Ada Obi\n";
        let page = document(&format!("{facts}- Ticket: {html}{REST}")).unwrap();
        let link = &page["links"].as_array().unwrap()[0];
        (
            link["text"].as_str().unwrap().to_owned(),
            link["url"].as_str().map(str::to_owned),
        )
    };
    let url = Some("https://example.com/7".to_owned());
    for html in [
        "[PAY-7](https://example.com/7)",
        "<a href=\"https://example.com/7\">PAY-7</a>",
        "<a href=\"https://example.com/7\" target=\"_blank\" rel=\"noopener\">PAY-7</a>",
        "<A target=\"_blank\" href=\"https://example.com/7\">PAY-7</A>",
    ] {
        assert_eq!(link(html), ("PAY-7".to_owned(), url.clone()), "{html}");
    }
    assert_eq!(link("<a id=\"x\">PAY-7</a>"), ("PAY-7".to_owned(), None));
    assert_eq!(link("<a href=\"https://example.com/?a&amp;b\">PAY-7</a>").1, None);
}
