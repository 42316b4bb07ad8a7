//! A team's own kinds of records, through both mdBooks: index chapters, markers, deadlines.

use serde_json::Value;

use crate::support::book::{BookTest, Version, run};
use crate::support::{crawl, html};

const TOML: &str = "[book]\ntitle = \"Ours\"\n\n[preprocessor.design-docs]\nafter = [\"links\"]\ntoday = 2026-11-23\n\n\
    [preprocessor.design-docs.records.assumptions]\nsections = [\"Assumptions\"]\n\
    columns = [\"Assumption\", \"Owner\", \"Valid until\"]\ndeadline = \"Valid until\"\n\n\
    [preprocessor.design-docs.records.tech-debt]\nsections = [\"Technical *debt* & more\"]\ncolumns = [\"What\"]\n";

const REFUNDS: &str = "# Refunds\n\n**Author:** Ada Obi\n**Status:** Draft\n\n## Assumptions\n\n\
    | Assumption | Owner | Valid until |\n|---|---|---|\n\
    | It never rains | | 2027-01-01 |\n\
    | The [bank](bank.md) answers <script>alert(1)</script> | Ada Obi | 2026-10-01 |\n\
    | ~~A refund needs no receipt~~ | | 2026-01-01 |\n\n\
    ## Technical *debt* & more\n\n- No tests\n";

fn book(index: &str) -> BookTest {
    BookTest::from_files(
        [
            ("book.toml", TOML),
            (
                "src/SUMMARY.md",
                "# Summary\n\n- [Lists](lists.md)\n- [Refunds](pay/refunds.md)\n- [Bank](pay/bank.md)\n",
            ),
            ("src/pay/refunds.md", REFUNDS),
            ("src/pay/bank.md", "# Bank\n\nWords.\n"),
            ("src/lists.md", index),
        ]
        .map(|(file, text)| (file.to_owned(), text.to_owned())),
    )
}

#[test]
fn a_kind_of_the_teams_own_has_its_chapter_with_live_deadlines() {
    let book = book("# Lists\n\nWords.\n");
    for version in Version::ALL {
        let built = book.build(version);
        crawl::assert_no_dead_links(&built, &[]);
        let main = built.main_part("assumptions.html");
        let mut rows = html::rows(&main);
        rows.retain(|row| row.is_body);
        let states: Vec<_> = rows.iter().map(|row| row.states[0].as_str()).collect();
        assert_eq!(states, ["overdue", "upcoming", "resolved"], "mdBook {version}");
        assert!(main.contains("datetime=\"2026-10-01\">Overdue"), "{main}");
        assert!(
            main.contains("href=\"pay/bank.html\""),
            "a link leads where it led: {main}"
        );
        assert!(main.contains("href=\"pay/refunds.html#assumptions\""), "{main}");
        assert!(!main.contains("<script>alert"), "{main}");
        assert!(main.contains("data-index=\"assumptions\""), "{main}");
        let debt = built.main_part("tech-debt.html");
        assert!(
            debt.contains("Technical *debt* &amp; more") && debt.contains("No tests"),
            "{debt}"
        );
    }
}

#[test]
fn its_marker_is_where_the_author_sets_it() {
    let book = book("# Lists\n\n<!-- assumptions -->\n");
    for version in Version::ALL {
        let built = book.build(version);
        let pages = built.pages();
        assert!(
            !pages.iter().any(|page| page == "assumptions.html"),
            "mdBook {version}: {pages:?}"
        );
        assert!(
            built.main_part("lists.html").contains("It never rains"),
            "mdBook {version}"
        );
        assert!(
            built.markdown("lists.md").contains("| It never rains |"),
            "mdBook {version}"
        );
    }
}

#[test]
fn its_records_are_exported_and_its_deadlines_are_reported() {
    let book = book("# Lists\n");
    let root = book.root().to_str().unwrap();
    let output = run(&["export", root, "--format", "json"], b"");
    let export: Value = serde_json::from_slice(&output.stdout).unwrap();
    let records = &export["documents"][0]["records"];
    assert_eq!(records[0]["kind"], "assumptions");
    assert_eq!(records[0]["text"], "It never rains");
    assert_eq!(
        records[0]["facts"],
        serde_json::json!([{"label": "Valid until", "text": "2027-01-01"}])
    );
    assert_eq!(records[1]["line"], 11);
    assert_eq!(
        records[3],
        serde_json::json!({"kind": "tech-debt", "text": "No tests", "facts": [], "line": 16})
    );
    let output = run(&["check", root, "--deny", "overdue-record"], b"");
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        (output.status.code(), said.matches("overdue-record").count()),
        (Some(1), 1),
        "{said}"
    );
    let built = book.build(Version::V05);
    assert!(
        built.stderr.contains("was due on 2026-10-01"),
        "a build says so too: {}",
        built.stderr
    );
}
