//! What pages weigh and how they can be asked: mdBook holds every tag of every page in memory, so a
//! row, a card and a table of contents have few of them.

use std::fmt::Write;

use crate::support::book::{BookTest, Built, Version};
use crate::support::html::{self, Piece};

/// The most tags of a row without markup of the author's own.
const ROW: usize = 10;
/// The most tags of a card with five facts, a list of approvals and the links to the indices.
const CARD: usize = 32;
/// The most tags of the contents of fourteen sections.
const CONTENTS: usize = 60;

const TOML: &str = "[book]\ntitle = \"T\"\n[preprocessor.design-docs]\nafter = [\"links\"]\ntoday = \"2026-11-23\"\ntimezone = \"UTC\"\n";

fn book(chapters: &[(&str, &str)]) -> BookTest {
    let mut summary = "# Summary\n\n".to_owned();
    for (path, _) in chapters {
        writeln!(summary, "- [{path}]({path})").unwrap();
    }
    let files = chapters
        .iter()
        .map(|(path, text)| (format!("src/{path}"), (*text).to_owned()));
    let frame = [
        ("book.toml".to_owned(), TOML.to_owned()),
        ("src/SUMMARY.md".to_owned(), summary),
    ];
    BookTest::from_files(files.chain(frame))
}

/// A design with fourteen sections and one of everything that its card and the indices show.
fn design(title: &str) -> String {
    let mut text = format!(
        "# Technical Design: {title}\n\n**Author:** Ada Obi\n**Created:** 2026-09-14\n**Last Updated:** 2026-11-02\n\
         **Target Release:** 3.9.0\n**Status:** In Review\n**Tags:** payments\n\n"
    );
    for section in 1..=11 {
        write!(text, "## Section {section}\n\n### Part of {section}\n\nWords.\n\n").unwrap();
    }
    text += "## Open Questions\n\n1. **Who pays for {title}?**\n   - Context: It is not free.\n   \
             - Decision needed by: 2026-11-13\n   - Owner: Ngozi Eze, Tunde Bello\n\n\
             2. **When does it end?**\n   - Decision needed by: 2026-12-13\n   - Owner: Zoë Eze\n\n\
             ## Decision Log\n\n| Date | Decision | Rationale | Decided By |\n|---|---|---|---|\n\
             | 2026-11-17 | No levels | Nobody knew which level they had elsewhere | Ada Obi, Tunde Bello |\n\n\
             ## Review & Approval\n\n### Reviewers\n\n- [x] @ngozi - Support\n- [ ] @tunde - Final approval\n\n\
             ## Rollout Plan\n\n### Phase 1\n\n- [x] One\n- [ ] Two\n";
    text.replace("{title}", title)
}

fn built(version: Version) -> Built {
    let [one, two, three] = ["Refunds", "Lockers", "Ledger"].map(design);
    book(&[
        ("designs/refunds.md", &one),
        ("lockers.md", &two),
        ("ledger.md", &three),
    ])
    .build(version)
}

/// The opening tags in `page`.
fn tags(page: &str) -> usize {
    html::pieces(page)
        .iter()
        .filter(|piece| matches!(piece, Piece::Open(..)))
        .count()
}

/// What stands from `start` up to `end`.
fn between<'p>(page: &'p str, start: &str, end: &str) -> &'p str {
    let at = page.find(start).unwrap_or_else(|| panic!("{start} is not on the page"));
    let rest = &page[at..];
    &rest[..rest.find(end).unwrap()]
}

/// The rows of the body of an index.
fn rows(built: &Built, page: &str) -> Vec<String> {
    let main = built.main_part(page);
    let body = between(&main, "<tbody>", "</tbody>");
    let rows = body.split("<tr").skip(1);
    rows.map(|row| format!("<tr{row}")).collect()
}

#[test]
fn a_row_has_few_tags() {
    for version in Version::ALL {
        let built = built(version);
        for page in ["design-docs.html", "decision-log.html", "open-questions.html"] {
            let rows = rows(&built, page);
            assert!(rows.len() >= 3, "{page}: {rows:?}");
            for row in rows {
                assert!(tags(&row) <= ROW, "mdBook {version}, {page}: {} in {row}", tags(&row));
            }
        }
    }
}

#[test]
fn a_card_and_the_contents_have_few_tags() {
    for version in Version::ALL {
        let main = built(version).main_part("designs/refunds.html");
        let card = between(&main, "<div class=\"dd-header\"", "</div>");
        for said in [
            "1 of 2 approved", "2 open questions", "1 decision", "Target release", "open-questions.html",
        ] {
            assert!(card.contains(said), "{said} in {card}");
        }
        assert!(tags(card) <= CARD, "mdBook {version}: {} in {card}", tags(card));
        let contents = between(&main, "<nav class=\"dd-toc\"", "</nav>");
        assert_eq!(contents.matches("<a ").count(), 15, "{contents}");
        assert!(tags(contents) <= CONTENTS, "mdBook {version}: {}", tags(contents));
    }
}

#[test]
fn the_question_and_the_decision_are_the_links() {
    for version in Version::ALL {
        let built = built(version);
        let page = built.main_part("designs/refunds.html");
        for (index, words) in [
            ("open-questions.html", "Who pays for Refunds?"),
            ("decision-log.html", "No levels"),
        ] {
            let main = built.main_part(index);
            let link = format!(">{words}</a>");
            let before = main
                .split(&link)
                .find(|part| part.contains("designs/refunds.html#"))
                .unwrap();
            let (_, anchor) = before.rsplit_once("designs/refunds.html#").unwrap();
            let id = format!("id=\"{}\"", anchor.trim_end_matches('"'));
            assert!(page.contains(&id), "mdBook {version}: {id}");
        }
    }
}

#[test]
fn a_link_that_becomes_part_of_a_link_keeps_its_words() {
    let text = "# Ledger\n\n**Author:** Ada Obi\n**Status:** Draft\n\n## Open Questions\n\n\
                - Do we keep [`x.y` of old](other.md)? (Ada Obi, by 2026-12-01)\n";
    for version in Version::ALL {
        let built = book(&[("ledger.md", text), ("other.md", "# Other\n")]).build(version);
        let row = rows(&built, "open-questions.html").remove(0);
        let link = between(&row, "<a href=\"ledger.html#", "</a>");
        assert!(
            link.ends_with(">Do we keep <code>x.y</code> of old?"),
            "mdBook {version}: {link}"
        );
        let plain = built.markdown("open-questions.md");
        assert!(plain.contains("[`x.y` of old](other.md)"), "{plain}");
        assert!(
            plain.contains("[due soon 2026-12-01](ledger.md#open-questions)"),
            "{plain}"
        );
    }
}

#[test]
fn the_beginning_that_titles_share_is_left_out_of_the_indices() {
    let built = built(Version::V05);
    for page in ["design-docs.html", "decision-log.html", "open-questions.html"] {
        let main = built.main_part(page);
        assert!(main.contains(">Refunds</a>"), "{page}");
        assert!(!main.contains("Technical Design"), "{page}");
    }
}

#[test]
fn sections_of_the_first_level_are_listed_and_counted() {
    let text = "- Feature Name: `locker_pickup`\n- Start Date: 2026-09-14\n- Status: Draft\n\n# Summary\n\nWords.\n\n\
                # Guide\n\n## Opening a locker\n\nWords.\n\n# Unresolved questions\n\n- Who owns the lockers?\n\n# Future\n\nMore.\n";
    for version in Version::ALL {
        let main = book(&[("locker.md", text)]).build(version).main_part("locker.html");
        let contents = between(&main, "<nav class=\"dd-toc\"", "</nav>");
        for id in ["summary", "guide", "opening-a-locker", "unresolved-questions", "future"] {
            assert!(contents.contains(&format!("href=\"#{id}\"")), "{id} in {contents}");
        }
        let card = between(&main, "<div class=\"dd-header\"", "</div>");
        assert!(
            card.contains("<a href=\"#unresolved-questions\">1 open question</a>"),
            "{card}"
        );
        assert!(card.contains("locker_pickup"), "{card}");
    }
}

#[test]
fn counts_lead_to_what_is_counted() {
    let built = built(Version::V05);
    let documents = built.main_part("design-docs.html");
    for link in [
        "<a href=\"open-questions.html?due=open&amp;document=Refunds\">2 open</a>",
        "<a href=\"design-docs.html?status=in-review\">3 in review</a>",
    ] {
        assert!(documents.contains(link), "{link} in {documents}");
    }
    let questions = built.main_part("open-questions.html");
    assert!(
        questions.contains("href=\"open-questions.html?due=overdue\">3 overdue</a>"),
        "{questions}"
    );
}

/// An index never says that nothing is open where headings were not understood.
#[test]
fn an_index_names_the_documents_whose_headings_it_cannot_read() {
    let book = |document: &str, language: &str| {
        let toml = format!(
            "[book]\ntitle = \"T\"\nlanguage = \"{language}\"\n[preprocessor.design-docs]\nafter = [\"links\"]\ntoday = 2026-11-23\n"
        );
        let files = [
            ("book.toml", toml.as_str()),
            ("src/SUMMARY.md", "# Summary\n\n- [Rimborsi](pay/a.md)\n- [B](b.md)\n"),
            ("src/pay/a.md", document),
            (
                "src/b.md",
                "# B\n\n**Author:** Ada Obi\n**Status:** Draft\n\n## Context\n\nWords.\n\n## Goals\n\nMore.\n",
            ),
        ];
        BookTest::from_files(files.map(|(file, text)| (file.to_owned(), text.to_owned())))
    };
    let italian = "# Rimborsi\n\n**Author:** Ada Obi\n**Status:** Draft\n\n## Contesto\n\nParole.\n\n\
                   ## Questioni aperte\n\n1. **Chi paga?**\n   - Owner: Ada Obi\n";
    for version in Version::ALL {
        let built = book(italian, "it").build(version);
        for index in ["open-questions", "decision-log"] {
            let main = built.main_part(&format!("{index}.html"));
            assert!(
                main.contains("No heading could be understood in <a href=\"pay/a.html\">Rimborsi</a>."),
                "{main}"
            );
            assert!(
                !main.contains("No questions are open") && !main.contains("No decisions"),
                "{main}"
            );
            let text = built.markdown(&format!("{index}.md"));
            assert!(text.contains("understood in [Rimborsi](pay/a.md)."), "{text}");
        }
        // Where one heading is read, the others are of other topics.
        let built = book(&italian.replace("Contesto", "Context"), "en").build(version);
        assert!(built.main_part("open-questions.html").contains("No questions are open"));
        // A translated book has its language, in which headings are read.
        let german = italian.replace("Questioni aperte", "Offene Fragen");
        let built = book(&german, "de").build(version);
        let main = built.main_part("open-questions.html");
        assert!(main.contains("Chi paga?") && !main.contains("Überschrift"), "{main}");
    }
}
