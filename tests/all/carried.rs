//! What an author writes comes out as text wherever else it is shown: in the header, on the
//! index pages, in feeds, tables, calendars, annotations and messages.

use std::collections::BTreeMap;

use icalendar::{Calendar, Component};
use pulldown_cmark::{Event, Tag};
use serde_json::Value;

use crate::support::book::{BookTest, Built, Version, run};
use crate::support::html::{self, Piece};

/// What somebody may have put into a document who does not mean well. Each stands in every
/// fact of a document of its own.
const PAYLOADS: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    // Unescaped, mdBook 0.5 itself does not survive them.
    "\\</td\\>\\</tr\\>\\</table\\>\\<script\\>alert(1)\\</script\\>",
    "&lt;/dd>&lt;/dl>&lt;/div>&lt;img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "\" onmouseover=\"alert(1)",
    "' onfocus='alert(1)' autofocus='",
    "`</td><script>alert(1)</script>`",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\<script\\>alert(1)\\</script\\>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](java&#10;script:alert(1))",
    "[x](&#106;avascript&colon;alert(1))",
    "[x](&#1;javascript:alert(1))",
    "[x](<  javascript:alert(1)>)",
    "[x](./javascript:alert(1))",
    "[x](a/../javascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](DATA:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:alert(1))",
    "[x](feed:javascript:alert(1))",
    "[x](view-source:javascript:alert(1))",
    "[x](blob:https://example.com/1)",
    "[x][bad] and [bad]",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    "[![x](javascript:alert(1))](javascript:alert(2))",
    "\\[x\\](javascript:alert(1))",
    "`[x](javascript:alert(1))`",
    "--> <script>alert(1)</script> <!--",
    "{{#include /etc/passwd}}",
    "=HYPERLINK(\"http://example.com/\"&A1)",
    "+1+cmd\\|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "＝1+1",
    "]]>&#10;END:VEVENT&#13;&#10;BEGIN:VEVENT&#10;X:",
    "x&#10;::error file=a::b%0A::warning::c",
    "\u{1b}]0;x\u{7}\u{202e}x\u{0}",
];

fn document(payload: &str) -> String {
    let quoted = payload.replace('\'', "''").replace(['\u{0}', '\u{1b}', '\u{7}'], "");
    format!(
        "---\nmood: '{quoted}'\ntags: ['{quoted}']\n---\n\
         # {payload}\n\n\
         **Author:** {payload}\n\
         **Status:** {payload}\n\
         **Date:** 2026-01-02 {payload}\n\
         **Reviewers:** {payload}, Ada Obi\n\
         **RFC:** {payload}\n\
         **Target Release:** {payload}\n\
         **Weather:** {payload}\n\n\
         ## {payload}\n\n\
         ## Open Questions\n\n\
         1. {payload}?\n   - Owner: {payload}\n   - Due: 2026-01-02\n   - Context: {payload}\n\
         2. What of {payload}?\n   - Due: {payload}\n\n\
         ## Decision Log\n\n\
         | Date | Decision | Rationale | Decided By | Status |\n|--|--|--|--|--|\n\
         | 2026-01-02 | {cell} | {cell} | {cell} | {cell} |\n| {cell} | We use {cell} | | Ada | |\n\n\
         ## Risks\n\n| Risk | Impact | Mitigation | Owner |\n|--|--|--|--|\n| {cell} | {cell} | {cell} | {cell} |\n\n\
         ## Glossary\n\n| Term | Meaning |\n|--|--|\n| {cell} | {cell} |\n\n\
         [bad]: javascript:alert(1)\n",
        cell = payload.replace('|', "\\|").replace("\\\\|", "\\|"),
    )
}

/// A link to a chapter in it, from the root, would run a script if it were written as it is.
const FOLDER: &str = if cfg!(windows) {
    "javascript"
} else {
    "javascript:alert(1)"
};

const BASE: &str = "https://handbook.example.com/";

/// All documents, their names in the summary hostile too.
fn book(is_enabled: bool) -> BookTest {
    let mut files = BTreeMap::new();
    let mut summary = "# Summary\n\n".to_owned();
    for (index, payload) in PAYLOADS.iter().enumerate() {
        let name: String = payload
            .chars()
            .filter(|c| !c.is_control())
            .map(|c| {
                if c.is_ascii_punctuation() {
                    format!("\\{c}")
                } else {
                    c.into()
                }
            })
            .collect();
        summary += &format!("- [{name}]({FOLDER}/d{index}.md)\n");
        files.insert(format!("src/{FOLDER}/d{index}.md"), document(payload));
    }
    let toml = format!(
        "[book]\ntitle = \"</title><script>alert(1)</script>\"\n\
         [preprocessor.design-docs]\nafter = [\"links\"]\ntoday = 2026-11-23\nbase-url = \"{BASE}\"\n\
         header.enabled = {is_enabled}\ntoc.enabled = {is_enabled}\nbadges.enabled = {is_enabled}\n\
         index = {{ people = true, registers = true }}\n"
    );
    files.insert("src/SUMMARY.md".to_owned(), summary);
    files.insert("book.toml".to_owned(), toml);
    BookTest::from_files(files)
}

/// What in a page could act: each tag that runs something or leads where it should not.
fn dangers(page: &str) -> Vec<String> {
    let mut out = Vec::new();
    for piece in html::pieces(&html::main_part(page)) {
        let Piece::Open(name, attributes) = piece else {
            continue;
        };
        let acts = attributes.iter().any(|(key, value)| {
            key.starts_with("on") || (["href", "src", "action", "data"].contains(&key.as_str()) && !is_harmless(value))
        });
        let brings = [
            "img", "iframe", "object", "embed", "svg", "math", "form", "base", "meta", "link", "video", "audio",
        ];
        if acts || brings.contains(&name.as_str()) {
            out.push(format!("<{name} {attributes:?}>"));
        }
    }
    let scripts = page.split("<script").skip(1);
    let bodies = scripts.map(|script| script.split("</script").next().unwrap_or_default());
    let running = bodies.filter(|body| body.contains("alert("));
    out.extend(running.map(|_| "<script>".to_owned()));
    out
}

/// As a browser sees it: control characters and space at the front do not count.
fn is_harmless(url: &str) -> bool {
    let url: String = url.chars().filter(|c| !c.is_control()).collect();
    let head = url.trim().split(['/', '?', '#']).next().unwrap_or_default().to_owned();
    match head.split_once(':') {
        None => true,
        Some((scheme, _)) => ["http", "https", "mailto"].contains(&scheme.to_ascii_lowercase().as_str()),
    }
}

fn own_pages(built: &Built) -> Vec<String> {
    let mut pages = built.pages();
    pages.retain(|page| !page.contains("javascript") && page != "index.html");
    pages
}

#[test]
fn on_our_pages_nothing_of_it_acts() {
    let (book, without) = (book(true), book(false));
    for version in Version::ALL {
        let (built, plain) = (book.build(version), without.build(version));
        let pages = own_pages(&built);
        assert!(pages.len() >= 5, "{pages:?}");
        for page in pages {
            assert_eq!(dangers(&built.page(&page)), [""; 0], "mdBook {version}, {page}");
        }
        // On its own page an author's markup acts as mdBook lets it; ours adds none.
        for (index, payload) in PAYLOADS.iter().enumerate() {
            let page = format!("{FOLDER}/d{index}.html");
            let mut allowed = dangers(&plain.page(&page));
            for danger in dangers(&built.page(&page)) {
                let at = allowed.iter().position(|known| *known == danger);
                let at = at.unwrap_or_else(|| panic!("mdBook {version}, {page}, {payload}: {danger}"));
                allowed.swap_remove(at);
            }
        }
    }
}

#[test]
fn in_markdown_it_is_text_too() {
    let built = book(true).build(Version::V05);
    let mut chapters = built.chapters();
    chapters.retain(|chapter| !chapter.contains("javascript"));
    assert!(chapters.len() >= 5, "{chapters:?}");
    for chapter in chapters {
        let text = built.markdown(&chapter);
        for event in mdbook_markdown::new_cmark_parser(&text, &mdbook_markdown::MarkdownOptions::default()) {
            match event {
                Event::Html(html) | Event::InlineHtml(html) => panic!("{chapter}: {html}"),
                Event::Start(Tag::Image { dest_url, .. }) => panic!("{chapter}: an image of {dest_url}"),
                Event::Start(Tag::Link { dest_url, .. }) => assert!(is_harmless(&dest_url), "{chapter}: {dest_url}"),
                _ => {}
            }
        }
    }
}

fn printed(book: &BookTest, command: &str, more: &[&str]) -> String {
    let mut args = vec![command, book.root().to_str().unwrap()];
    args.extend(more);
    let output = run(&args, b"");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() < Some(2), "{args:?}: {stderr}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn no_cell_of_a_table_is_a_formula() {
    let book = book(true);
    let mut rows = 0;
    for table in ["documents", "decisions", "questions"] {
        let text = printed(&book, "export", &["--format", "csv", "--table", table]);
        for record in csv::Reader::from_reader(text.as_bytes()).records() {
            for cell in &record.unwrap() {
                let starts = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
                assert!(!cell.starts_with(starts), "{cell}");
            }
            rows += 1;
        }
    }
    assert!(rows > PAYLOADS.len() * 4, "{rows} rows");
}

#[test]
fn a_calendar_has_its_own_lines_only() {
    let book = book(true);
    let text = printed(&book, "export", &["--format", "ics"]);
    let facts: Value = serde_json::from_str(&printed(&book, "export", &["--format", "json"])).unwrap();
    let documents = facts["documents"].as_array().unwrap();
    let questions = documents
        .iter()
        .flat_map(|each| each["open_questions"].as_array().unwrap());
    let dated = questions.filter(|each| each["due"]["date"].is_string() && each["resolved"] == false);
    let dated = dated.count();
    assert!(dated >= PAYLOADS.len() / 2, "{dated}");
    let calendar: Calendar = text.parse().unwrap();
    let events: Vec<_> = calendar.iter().filter_map(|each| each.as_event()).collect();
    assert_eq!(events.len(), dated);
    assert!(events.iter().all(|event| event.get_summary().is_some()));
    for line in text.replace("\r\n ", "").split("\r\n").filter(|line| !line.is_empty()) {
        let name = line.split([':', ';']).next().unwrap();
        let is_name = name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-');
        assert!(is_name && !line.contains(['\n', '\r']), "{line:?}");
    }
}

#[test]
fn a_feed_has_text_and_links_to_the_book_only() {
    let text = printed(&book(true), "export", &["--format", "atom"]);
    let feed = atom_syndication::Feed::read_from(text.as_bytes()).unwrap();
    assert!(feed.entries().len() >= PAYLOADS.len() / 2);
    assert!(!text.contains("<script") && !text.contains("<img"));
    for entry in feed.entries() {
        for link in entry.links() {
            assert!(link.href().starts_with(BASE), "{}", link.href());
        }
        // The words of a text construct, escaped once and not as markup.
        assert_eq!(entry.title().r#type, atom_syndication::TextType::Text);
    }
}

#[test]
fn annotations_are_one_a_line_and_findings_are_whole() {
    let book = book(true);
    let findings: Value = serde_json::from_str(&printed(&book, "check", &["--format", "json"])).unwrap();
    let count = findings["diagnostics"].as_array().unwrap().len();
    assert!(count > PAYLOADS.len(), "{count}");
    let text = printed(&book, "check", &["--format", "github"]);
    let (annotations, last) = text.trim_end().rsplit_once('\n').unwrap();
    assert!(last.starts_with("::notice title="), "{last}");
    assert_eq!(annotations.lines().count(), count);
    for line in annotations.lines() {
        assert!(
            line.starts_with("::warning file=") || line.starts_with("::error file="),
            "{line}"
        );
        assert!(!line.contains(char::is_control), "{line:?}");
    }
    let sarif: Value = serde_json::from_str(&printed(&book, "check", &["--format", "sarif"])).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), count);
    for result in results {
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert!(
            uri.as_str().unwrap().contains("src/javascript") && !uri.as_str().unwrap().contains(':'),
            "{uri}"
        );
    }
    let human = printed(&book, "check", &[]);
    assert!(
        !human.contains(|c: char| c.is_control() && c != '\n'),
        "escape codes for a terminal"
    );
}

#[test]
fn a_message_has_no_markup_of_theirs() {
    let text = printed(&book(true), "digest", &[]);
    assert!(text.contains("alert(1)"));
    for event in mdbook_markdown::new_cmark_parser(&text, &mdbook_markdown::MarkdownOptions::default()) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html}"),
            Event::Start(Tag::Image { dest_url, .. }) => panic!("an image of {dest_url}"),
            Event::Start(Tag::Link { dest_url, .. }) => assert!(dest_url.starts_with(BASE), "{dest_url}"),
            _ => {}
        }
    }
    let text = printed(&book(true), "digest", &["--format", "json"]);
    let _: Value = serde_json::from_str(&text).unwrap();
}
