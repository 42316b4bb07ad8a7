//! Every id stands once on a page, and each of our links leads to its own place: our ids differ from
//! those that headings, footnotes and the author's HTML have.

use std::collections::BTreeMap;

use mdbook_design_docs::config::Config;
use mdbook_design_docs::source::Source;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::support::book::{BookTest, Built, Version};
use crate::support::html::{self, Piece};
use crate::support::write;

fn book(texts: &[String]) -> BookTest {
    let toml = "[book]\ntitle = \"T\"\n[preprocessor.design-docs]\nafter = [\"links\"]\ntoday = \"2026-11-23\"\ntimezone = \"UTC\"\n";
    let summary: String = (0..texts.len()).map(|at| format!("- [{at}]({at}.md)\n")).collect();
    let chapters = texts.iter().enumerate();
    let chapters = chapters.map(|(at, text)| (format!("src/{at}.md"), text.clone()));
    let files = [
        ("book.toml".to_owned(), toml.to_owned()),
        ("src/SUMMARY.md".to_owned(), format!("# Summary\n\n{summary}")),
    ];
    BookTest::from_files(files.into_iter().chain(chapters)).only_pages()
}

/// The elements with ids on a page, by their ids.
fn ids(main: &str) -> BTreeMap<String, Vec<String>> {
    let mut out: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for piece in html::pieces(main) {
        if let Piece::Open(name, attributes) = piece {
            let named = html::attribute(&attributes, "name").filter(|_| name == "a");
            let own = html::attribute(&attributes, "id");
            for id in own.into_iter().chain(named.filter(|name| own != Some(name))) {
                let class = html::attribute(&attributes, "class").unwrap_or_default();
                out.entry(id.to_owned()).or_default().push(format!("{name}.{class}"));
            }
        }
    }
    out
}

/// What is wrong with the ids of a page, and with the places to which our links to it lead.
fn problems(text: &str, page: &str, built: &Built, plain: &Built) -> Vec<String> {
    let before = ids(&plain.main_part(page));
    let after = ids(&built.main_part(page));
    let mut out = Vec::new();
    for (id, elements) in &after {
        // What mdBook or the author has twice is theirs.
        if elements.len() > 1 && elements.len() > before.get(id).map_or(0, Vec::len) {
            out.push(format!("`{id}` stands on {page} at {elements:?}"));
        }
    }
    let source = Source {
        path: "0.md".to_owned(),
        text: text.trim_start_matches('\u{feff}').to_owned(),
        ..Source::default()
    };
    let config = Config {
        dialect: built.version.dialect(),
        ..Config::default()
    };
    let corpus = mdbook_design_docs::parse::corpus(&[source], &config);
    let Some(document) = &corpus.chapters[0].document else {
        return out;
    };
    let questions = document.questions.iter().map(|question| (&question.id, "span.dd-due"));
    let decisions = document
        .decisions
        .iter()
        .filter(|decision| decision.heading_id.is_none() && decision.anchor_at.is_some());
    for (id, element) in questions.chain(decisions.map(|decision| (&decision.id, "a."))) {
        match after.get(id) {
            // The line of the question or decision has made way for the card.
            None => {}
            Some(at) if at.as_slice() == [element] => {}
            Some(at) => out.push(format!("`{id}` on {page} is {at:?}, not our {element}")),
        }
    }
    out
}

fn assert_unique(texts: &[String]) {
    let book = book(texts);
    let off = ["header", "toc", "badges", "index"].iter();
    for version in Version::ALL {
        let built = book.build(version);
        let plain = off.clone().fold(self::book(texts), |book, part| {
            book.set(&format!("preprocessor.design-docs.{part}.enabled"), false)
        });
        let plain = plain.build(version);
        for (at, text) in texts.iter().enumerate() {
            let found = problems(text, &format!("{at}.html"), &built, &plain);
            assert!(found.is_empty(), "mdBook {version}: {found:?}\n{text}");
        }
    }
}

/// A decision and a question whose ids something else on the page has already.
const CLASHES: &[&str] = &[
    "## Decision: Use a queue\n\nWords.\n",
    "## Question: who pays\n\nWords.\n",
    "## Elsewhere {#decision-use-a-queue}\n",
    "<a id=\"decision-use-a-queue\"></a>\n",
    "<a name=\"question-who-pays\"></a>\n",
    "Words <b id='question-who-pays'>here</b>.\n",
    "<h2>Decision: Use a queue</h2>\n",
    "<h2 id=\"decision-use-a-queue\">Use it</h2>\n",
    "Words[^decision-use-a-queue].\n\n[^decision-use-a-queue]: A note.\n",
    "Decision use a queue\n: what we do\n",
    "<div id=\"decision-use-a-queue--2\"></div>\n\n### Decision: Use a queue\n",
];

#[test]
fn an_anchor_of_ours_is_told_from_what_has_its_id_already() {
    let texts = CLASHES.iter().map(|clash| {
        format!(
            "# Design: Slips\n\n**Author:** Ada Obi\n**Status:** Draft\n\n## Open Questions\n\n1. **Who pays?**\n\n{clash}\n\
             ## Decision Log\n\n| Date | Decision | Decided By |\n|---|---|---|\n| 2026-01-05 | Use a queue | Ada Obi |\n"
        )
    });
    assert_unique(&texts.collect::<Vec<_>>());
}

#[test]
fn the_log_links_to_the_row_and_not_to_the_heading() {
    let text = "# Design: Slips\n\n**Author:** Ada Obi\n**Status:** Draft\n\n## Decision: Use a queue\n\nLong text.\n\n\
        ## Decision Log\n\n| Date | Decision | Decided By |\n|---|---|---|\n| 2026-01-05 | Use a queue | Ada Obi |\n";
    for version in Version::ALL {
        let built = book(&[text.to_owned()]).build(version);
        let rows = html::rows(&built.main_part("decision-log.html"));
        let links: Vec<_> = rows
            .iter()
            .filter(|row| row.is_body)
            .map(|row| row.links[0].as_str())
            .collect();
        assert_eq!(links, ["0.html#decision-use-a-queue--2"], "mdBook {version}");
        let page = built.main_part("0.html");
        assert!(
            page.contains("<td><a id=\"decision-use-a-queue--2\"></a>2026-01-05</td>"),
            "{page}"
        );
    }
}

#[test]
fn an_id_that_goes_with_the_metadata_is_not_given_again_where_the_author_has_it() {
    let text = "# Design: Slips\n\n## Metadata\n\n- **Author:** Ada Obi\n- **Status:** Draft\n\n## Goals\n\n<a id=\"metadata\"></a>Short.\n";
    assert_unique(&[text.to_owned()]);
}

#[test]
fn documents_of_chance_have_each_id_once() {
    const AT_ONCE: u32 = 64;
    let mut runner = TestRunner::new(ProptestConfig::default());
    let documents = proptest::collection::vec(write::document(), AT_ONCE as usize);
    for _ in 0..(ProptestConfig::default().cases / AT_ONCE).max(1) {
        assert_unique(&documents.new_tree(&mut runner).unwrap().current());
    }
}

#[test]
fn the_page_of_all_chapters_has_each_id_of_ours_once() {
    let text = |name: &str| {
        format!(
            "# Design: {name}\n\n## Metadata\n\n- **Author:** Ada Obi\n- **Status:** Draft\n\n## Open Questions\n\n1. **Who pays?**\n\n\
             ## Decision Log\n\n| Date | Decision | Decided By |\n|---|---|---|\n| 2026-01-05 | Use a queue | Ada Obi |\n"
        )
    };
    let texts = [
        text("One"),
        text("Two"),
        text("Three"),
        "# Words\n\n## Decision: Use a queue\n\nSo.\n".to_owned(),
    ];
    for version in Version::ALL {
        let built = book(&texts).set("output.html.print.enable", true).build(version);
        for (id, elements) in ids(&built.main_part("print.html")) {
            assert_eq!(elements.len(), 1, "mdBook {version}: `{id}` at {elements:?}");
        }
        let mut links = html::rows(&built.main_part("open-questions.html"));
        links.retain(|row| row.is_body);
        let expected = match version {
            Version::V04 => [
                "0.html#question-who-pays", "1.html#question-who-pays--1", "2.html#question-who-pays--2",
            ],
            Version::V05 => [
                "0.html#question-who-pays", "1.html#question-who-pays", "2.html#question-who-pays",
            ],
        };
        let links: Vec<_> = links.iter().map(|row| row.links[0].as_str()).collect();
        assert_eq!(links, expected, "mdBook {version}");
    }
}
