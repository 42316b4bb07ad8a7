//! A handbook that shows the decisions and questions of another one.

use crate::support::book::{BookTest, Built, Version, run};
use crate::support::crawl;
use crate::support::html::{self, Row};

const PLATFORM: &str = "# Queues

**Author:** Musa Danjuma
**Status:** Approved

## Open Questions

1. **Which *broker*, and <script>alert(1)</script> for whom?**
   - Decision needed by: 2026-11-01
   - Owner: Musa Danjuma

## Decision Log

| Date | Decision | Rationale | Decided By |
|------|----------|-----------|------------|
| 2026-10-01 | One queue a team | [why](x.md) | Musa Danjuma |
";

const TOML: &str = "[book]\ntitle = \"Hub\"\n\n[preprocessor.design-docs]\nafter = [\"links\"]\ntoday = 2026-11-23\n";

fn book(toml: &str, page: &str, text: &str) -> BookTest {
    BookTest::from_files([
        ("book.toml".to_owned(), toml.to_owned()),
        ("src/SUMMARY.md".to_owned(), format!("# Summary\n\n- [One]({page})\n")),
        (format!("src/{page}"), text.to_owned()),
    ])
}

fn rows(built: &Built, page: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = html::rows(&built.main_part(page));
    rows.retain(|row| row.is_body);
    rows
}

#[test]
fn decisions_and_questions_of_another_book_are_shown_with_links_to_it() {
    let platform = book(TOML, "team/README.md", PLATFORM);
    let toml = format!(
        "{TOML}\n[[preprocessor.design-docs.external]]\nname = \"Platform\"\nfile = \"exports/platform.json\"\n\
         url = \"https://example.com/platform\"\n"
    );
    let hub = book(&toml, "about.md", "# About\n");
    let file = hub.root().join("exports/platform.json");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    let root = platform.root().to_str().unwrap();
    let output = run(
        &["export", root, "--format", "json", "--output", file.to_str().unwrap()],
        b"",
    );
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for version in Version::ALL {
        let published = platform.build(version);
        let built = hub.build(version);
        assert_eq!(built.stderr, "", "mdBook {version}");
        for (page, state) in [("open-questions.html", Some("overdue")), ("decision-log.html", None)] {
            let rows = rows(&built, page);
            assert_eq!(rows.len(), 1, "{page}, mdBook {version}");
            assert_eq!(html::attribute(&rows[0].attributes, "data-state"), state);
            let main = built.main_part(page);
            assert!(main.contains("Platform: Queues"), "{main}");
            assert!(!main.contains("<script>alert"), "{main}");
            let link = main.split("https://example.com/platform/").nth(1).unwrap();
            let (path, anchor) = link.split('"').next().unwrap().split_once('#').unwrap();
            let target = published.page(path);
            assert!(target.contains(&format!("id=\"{anchor}\"")), "{link:.80} leads nowhere");
        }
        assert_eq!(rows(&built, "design-docs.html").len(), 0);
        crawl::assert_no_dead_links(&built, &[]);
    }
    // What the hub exports is its own.
    let output = run(&["export", hub.root().to_str().unwrap(), "--format", "json"], b"");
    assert!(String::from_utf8_lossy(&output.stdout).contains("\"documents\": []"));
}

#[test]
fn a_bad_export_is_reported_and_the_build_goes_on() {
    let toml = format!(
        "{TOML}\n[[preprocessor.design-docs.external]]\nname = \"Platform\"\nfile = \"src/SUMMARY.md\"\n\
         url = \"https://example.com/platform\"\n"
    );
    let hub = book(&toml, "queues.md", PLATFORM);
    for version in Version::ALL {
        let built = hub.build(version);
        assert_eq!(rows(&built, "open-questions.html").len(), 1);
        if cfg!(unix) {
            let is_told = built.stderr.contains("Platform is left out: ") && built.stderr.contains("book.toml:10:8");
            assert!(is_told, "{}", built.stderr);
        }
    }
    let output = run(&["check", hub.root().to_str().unwrap()], b"");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{stderr}");
    assert!(
        stderr.contains("Platform is left out") && stderr.contains("--> book.toml:10:8"),
        "{stderr}"
    );
}

#[test]
fn an_entry_that_says_too_little_stops_the_build() {
    let toml = format!("{TOML}\n[[preprocessor.design-docs.external]]\nname = \"Platform\"\nfile = \"x.json\"\n");
    let hub = book(&toml, "queues.md", PLATFORM);
    let output = run(&["check", hub.root().to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.contains("`url` is missing"), "{stderr}");
}
