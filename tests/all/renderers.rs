//! What renderers other than HTML get: plain Markdown whose links lead somewhere.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

use crate::support::book::{BookTest, Version, run};
use crate::support::html::{self, Piece, attribute};
use crate::support::none;

const TOML: &str = "[book]\ntitle = \"Handbook\"\n\n[preprocessor.design-docs]\nafter = [\"links\"]\n\
                    timezone = \"UTC\"\ntoday = 2026-11-23\nindex.people = true\n";

const REFUNDS: &str = "# Refunds\n\n**Author:** Ada Obi\n**Status:** Draft\n\n## 📖 Context\n\nWords.\n\n\
    ## ❓ Open Questions\n\n1. **Red or *blue*?**\n   - Context: See [the ledger](../pay/ledger.md#🎯-goals).\n   \
    - Decision needed by: 2026-12-01\n   - Owner: Ada Obi\n2. **Now?**\n   - Owner: Ngozi Eze\n\n\
    Setext *heading*\n---\n\n> ### Quoted\n\n\
    ## Decision Log\n\n| Date | Decision | Rationale | Decided By |\n|---|---|---|---|\n\
    | 2026-11-01 | Round | Rolls | Ada Obi |\n";

const LEDGER: &str = "# Ledger\n\n**Author:** Ngozi Eze\n**Status:** Approved\n**Depends on:** [Refunds](../designs/refunds.md)\n\n\
    <a id=\"open-questions\"></a>\n\n## 🎯 Goals\n\nWords.\n\n## Open Questions\n\n\
    | # | Question | Owner | Due |\n|---|---|---|---|\n| 1 | Who pays? | Ada Obi | 2026-11-01 |\n";

fn book() -> BookTest {
    book_with(TOML)
}

fn book_with(toml: &str) -> BookTest {
    let files = [
        ("book.toml", toml),
        (
            "src/SUMMARY.md",
            "# Summary\n\n- [Refunds](designs/refunds.md)\n- [Ledger](pay/ledger.md)\n- [Weekly](team/README.md)\n",
        ),
        ("src/designs/refunds.md", REFUNDS),
        ("src/pay/ledger.md", LEDGER),
        ("src/team/README.md", "# Weekly\n\n<!-- this-week -->\n"),
    ];
    BookTest::from_files(files.map(|(file, text)| (file.to_owned(), text.to_owned())))
}

/// The Markdown that a renderer gets, by the paths of the chapters.
fn markdown(version: Version, renderer: &str) -> BTreeMap<String, String> {
    let output = run(&[], book().wire_input(version, renderer).as_bytes());
    assert!(output.status.success());
    let received: Value = serde_json::from_slice(&output.stdout).unwrap();
    let items = received["items"].as_array().or_else(|| received["sections"].as_array());
    let chapters = items.unwrap().iter().map(|item| &item["Chapter"]);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    chapters
        .map(|chapter| (text(&chapter["path"]), text(&chapter["content"])))
        .collect()
}

fn parsed(markdown: &str) -> Parser<'_> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    Parser::new_ext(markdown, options)
}

#[test]
fn facts_and_contents_are_two_tight_lists() {
    for version in Version::ALL {
        let chapters = markdown(version, "markdown");
        let text = &chapters["designs/refunds.md"];
        let (head, _) = text.split_once("\n## ").unwrap();
        let events: Vec<Event<'_>> = parsed(head).collect();
        let lists = events
            .iter()
            .filter(|event| matches!(event, Event::Start(Tag::List(_))));
        assert_eq!(lists.count(), 2, "{head}");
        let mut paragraphs = Vec::new();
        for (at, event) in events.iter().enumerate() {
            if *event == Event::End(TagEnd::Paragraph) {
                paragraphs.push(&events[at - 2]);
            }
        }
        assert_eq!(
            paragraphs,
            [&Event::Text("Contents".into())],
            "a paragraph in a list is a loose list: {head}"
        );
    }
}

/// The pages that mdbook-epub 0.5 makes: the HTML of the Markdown, with no link changed and no id
/// given to a heading.
fn epub(version: Version) -> BTreeMap<String, String> {
    let pages = markdown(version, "epub").into_iter().map(|(path, text)| {
        let mut page = String::new();
        pulldown_cmark::html::push_html(&mut page, parsed(&text));
        (path.replace(".md", ".html"), page)
    });
    pages.collect()
}

fn attributes<'p>(page: &'p str, key: &'p str) -> impl Iterator<Item = String> + 'p {
    html::pieces(page).into_iter().filter_map(move |piece| match piece {
        Piece::Open(_, attributes) => attribute(&attributes, key).map(str::to_owned),
        _ => None,
    })
}

/// The page and the place that `href` leads to from `page`.
fn target(page: &str, href: &str) -> (String, String) {
    let (path, id) = href.split_once('#').unwrap_or((href, ""));
    if path.is_empty() {
        return (page.to_owned(), id.to_owned());
    }
    let mut folders: Vec<&str> = page.split('/').collect();
    folders.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(folders.pop()),
            part => folders.push(part),
        }
    }
    (folders.join("/"), id.to_owned())
}

#[test]
fn in_an_epub_every_link_of_ours_leads_somewhere() {
    for version in Version::ALL {
        let pages = epub(version);
        let mut dead = Vec::new();
        let mut count = 0;
        for (path, page) in &pages {
            let mut ids: Vec<String> = attributes(page, "id").collect();
            for id in &ids {
                assert!(
                    id.starts_with(|letter: char| letter.is_alphabetic() || letter == '_'),
                    "no XML name: {id}"
                );
            }
            ids.sort();
            let all = ids.len();
            ids.dedup();
            assert_eq!(ids.len(), all, "{path}: {ids:?}");
            for href in attributes(page, "href") {
                let (to, id) = target(path, &href);
                let is_there = pages
                    .get(&to)
                    .is_some_and(|to| id.is_empty() || attributes(to, "id").any(|it| it == id));
                count += 1;
                if !is_there {
                    dead.push(format!("{path}: {href}"));
                }
            }
        }
        // A link in the text is the author's alone.
        let own = ["designs/refunds.html: ../pay/ledger.md#%F0%9F%8E%AF-goals"];
        assert_eq!(dead, own, "mdBook {version}");
        assert!(count > 30, "{count} links");
        let questions = &pages["open-questions.html"];
        for href in [
            "designs/refunds.html#question-red-or-blue",
            "pay/ledger.html#question-who-pays",
            "pay/ledger.html\"",
        ] {
            assert!(questions.contains(&format!("href=\"{href}")), "{href}: {questions}");
        }
        let log = &pages["decision-log.html"];
        assert!(log.contains("href=\"designs/refunds.html#decision-round\""), "{log}");
        assert!(
            pages["team/index.html"].contains("href=\"../people.html#ada-obi\""),
            "{}",
            pages["team/index.html"]
        );
    }
}

#[test]
fn switched_off_an_epub_is_the_authors_alone() {
    let off = ["header", "toc", "badges", "index"].map(|part| format!("{part}.enabled = false\n"));
    let toml = TOML.replace("index.people = true\n", &off.concat());
    let input = book_with(&toml).wire_input(Version::V05, "epub");
    let output = run(&[], input.as_bytes());
    let sent: Value = serde_json::from_str(&input).unwrap();
    let received: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(sent[1], received);
}

#[test]
fn for_pandoc_questions_have_anchors_and_decisions_their_section() {
    for version in Version::ALL {
        let chapters = markdown(version, "pandoc");
        let questions = &chapters["open-questions.md"];
        assert!(
            questions.contains("(designs/refunds.md#question-red-or-blue)"),
            "{questions}"
        );
        let log = &chapters["decision-log.md"];
        assert!(log.contains("(designs/refunds.md#decision-log)"), "{log}");
        // For Typst a label belongs to what stands before it.
        let text = &chapters["designs/refunds.md"];
        assert!(
            text.contains("*(due 2026-12-01)*<a id=\"question-red-or-blue\"></a>"),
            "{text}"
        );
        assert_eq!(text.matches("<a id").count(), 2, "{text}");
    }
}

#[test]
fn other_renderers_get_no_html() {
    for version in Version::ALL {
        let with: Vec<String> = markdown(version, "markdown")
            .into_iter()
            .filter(|(_, text)| text.replace("<a id=\"open-questions\"></a>", "").contains('<'))
            .map(|(path, _)| path)
            .collect();
        none("chapters with a tag", &with);
    }
}
