//! A chapter is switched off by the mark of an earlier run alone, where that run has put it; one that
//! only quotes the mark is read like any other.

use serde_json::Value;

use crate::support::book::{BookTest, Version, run};

const DESIGN: &str = "# Design: Till slips\n\n**Author:** Ada Obi  \n**Date:** 2026-01-02  \n**Status:** In Review\n\n\
    ## Open Questions\n\n1. **Who pays for paper?**\n   - Decision needed by: 2026-02-01\n   - Owner: Zoe Eze\n\n\
    ## Decision Log\n\n| Date | Decision | Rationale | Decided By |\n|---|---|---|---|\n\
    | 2026-01-05 | Print both sides | cheap | Ada Obi |\n";

const HTML_MARK: &str = "<script data-dd=\"page\">self.dd_page||(dd_page=1,0)</script>";
const MARKDOWN_MARK: &str = "[design-docs: done]: #";

/// A book of a design and an ordinary chapter, which has `quote` at its end.
fn book(design: &str, ordinary: &str) -> BookTest {
    let toml = "[book]\ntitle = \"T\"\n[preprocessor.design-docs]\nafter = [\"links\"]\ntoday = \"2026-11-23\"\ntimezone = \"UTC\"\n";
    let files = [
        ("book.toml", toml),
        (
            "src/SUMMARY.md",
            "# Summary\n\n- [Slips](slips.md)\n- [Words](words.md)\n",
        ),
        ("src/slips.md", design),
        ("src/words.md", ordinary),
    ];
    BookTest::from_files(files.map(|(file, text)| (file.to_owned(), text.to_owned())))
}

fn quotes(mark: &str) -> [String; 4] {
    [
        format!("\n## How it is marked\n\n```html\n{mark}\n```\n"),
        format!("\n## How it is marked\n\n    {mark}\n"),
        format!("\n## How it is marked\n\nIt begins with `{mark}`.\n"),
        format!("\n<!--\n{mark}\n-->\n"),
    ]
}

fn findings(book: &BookTest) -> Vec<(String, String)> {
    let output = run(&["check", book.root().to_str().unwrap(), "--format", "json"], b"");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["diagnostics"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    findings
        .map(|each| (text(&each["lint"]), text(&each["path"])))
        .collect()
}

#[test]
fn a_document_that_quotes_the_mark_is_read() {
    for mark in [HTML_MARK, "<script data-dd=\"index\">x</script>", MARKDOWN_MARK] {
        for quote in quotes(mark) {
            let book = book(&format!("{DESIGN}{quote}"), "# Words\n");
            let found = findings(&book);
            assert!(found.iter().any(|(lint, _)| lint == "overdue-question"), "{quote}");
            assert!(found.iter().all(|(lint, _)| lint != "already-written"), "{quote}");
            for version in Version::ALL {
                let built = book.build(version);
                assert!(built.page("slips.html").contains("class=\"dd-header\""), "{quote}");
                assert!(
                    built.page("open-questions.html").contains("Who pays for paper?"),
                    "{quote}"
                );
                assert!(
                    built.markdown("slips.md").contains("*(overdue 2026-02-01, Zoe Eze)*"),
                    "{quote}"
                );
            }
        }
    }
}

#[test]
fn an_ordinary_chapter_that_quotes_the_mark_costs_no_index() {
    for quote in quotes(HTML_MARK).into_iter().chain(quotes(MARKDOWN_MARK)) {
        let book = book(DESIGN, &format!("# Words\n\n<!-- decision-log -->\n{quote}"));
        for version in Version::ALL {
            let built = book.build(version);
            for chapter in ["open-questions.md", "design-docs.md"] {
                assert!(
                    built.chapters().iter().any(|path| path == chapter),
                    "{chapter}: {quote}"
                );
            }
            assert!(built.markdown("words.md").contains("Print both sides"), "{quote}");
            assert!(built.main_part("words.html").contains("Print both sides"), "{quote}");
        }
    }
}

#[test]
fn check_names_what_an_earlier_run_has_written() {
    let once = book(DESIGN, "# Words\n");
    let written = once.build(Version::V05);
    let page = written.page("slips.html");
    let script = page
        .split("<script data-dd=")
        .nth(1)
        .unwrap()
        .split("</script>")
        .next()
        .unwrap();
    let committed = DESIGN.replacen(
        "\n\n",
        &format!("\n\n<style>a</style>\n<script data-dd={script}</script>\n\n"),
        1,
    );
    let again = book(&committed, "# Words\n");
    assert_eq!(
        findings(&again),
        [("already-written".to_owned(), "src/slips.md".to_owned())]
    );
    let main = again.build(Version::V05).main_part("slips.html");
    assert!(!main.contains("class=\"dd-header\""), "it stays as it is");
}
