//! Books under `tests/books`, built by both mdBooks.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::book::{BookTest, Built, Version, run};
use crate::support::{case, crawl, files_below, html, none, project, snapshot};

/// Links that the author of a case wrote dead, as (page, href).
type Dead = &'static [(&'static str, &'static str)];

/// Every case, with its dead links.
const CASES: &[(&str, Dead)] = &[
    ("template", &[]),
    ("front-matter", &[]),
    (
        "nested-index",
        &[
            ("guide/index.html", "missing.html"),
            // mdBook renders README.md as index.html but leaves links to it as they are.
            ("index.html", "guide/README.html"),
            ("guide/index.html", "depots/README.html#why"),
            ("guide/depots/scanners.html", "../README.html"),
            ("guide/depots/scanners.html", "../README.html#plan"),
        ],
    ),
    (
        "hostile",
        &[
            // The first page is its own copy.
            ("tom.html", "odd.html#nowhere-%22x"),
            ("index.html", "odd.html#nowhere-%22x"),
        ],
    ),
];

/// The users' template, as it is and filled in: the pages are long, so only our parts are compared.
#[test]
fn template() {
    let book = BookTest::from_dir(case("template"));
    let expected = case("template").join("expected");
    for version in Version::ALL {
        let built = sound("template", &book, version);
        for index in ["design-docs.md", "decision-log.md", "open-questions.md"] {
            snapshot::assert_matches(&expected.join(index), &built.markdown(index));
        }
        let ledger = built.markdown("payments/refund-ledger.md");
        let (header, rest) = ledger.split_once("\n---\n").unwrap();
        snapshot::assert_matches(&expected.join("refund-ledger-header.md"), header);
        // Below the table of contents, only the deadlines are added and the footer is moved.
        let added = [
            " *(overdue 2026-11-20, Ngozi Eze)*", " *(due 2026-11-23)*", " *(due 2026-12-01)*",
            " *(waits for Phase 2)*", " *(no date, \\[date\\])*", " *(resolved)*",
        ];
        let body = |text: &str| text.split_once("### Background").unwrap().1.to_owned();
        let without = added.iter().fold(body(rest), |body, deadline| {
            assert_eq!(body.matches(deadline).count(), 1, "{deadline}");
            body.replacen(deadline, "", 1)
        });
        let source = body(&book.source("payments/refund-ledger.md"));
        let source = source.split_once("---\n\n**Last Updated:**").unwrap().0;
        assert_eq!(without.trim_end(), source.trim_end(), "mdBook {version}");
        let states = |page: &str| -> Vec<String> {
            let page = built.main_part(page);
            let badges = page.split("class=\"dd-due\" data-state=\"").skip(1);
            badges
                .filter_map(|rest| Some(rest.split('"').next()?.to_owned()))
                .collect()
        };
        let contents = |page: &str| {
            let page = built.main_part(page);
            let nav = page.split("<nav class=\"dd-toc\"").nth(1).unwrap();
            nav.split("</nav>").next().unwrap().matches("<a ").count()
        };
        let order = ["overdue", "due-today", "due-soon", "milestone", "undated", "resolved"];
        assert_eq!(states("payments/refund-ledger.html"), order, "mdBook {version}");
        assert_eq!(states("open-questions.html"), order, "mdBook {version}");
        assert_eq!(contents("payments/refund-ledger.html"), 18, "mdBook {version}");
        // What is still to be filled in is no fact.
        let template = built.main_part("template.html");
        for said in ["Status not set", "Rollout: 0 of 10 steps", "0 of 4 approved"] {
            assert!(template.contains(said), "{said}");
        }
    }
}

#[test]
fn front_matter() {
    assert_case("front-matter");
}

#[test]
fn nested_index() {
    assert_case("nested-index");
}

#[test]
fn hostile() {
    assert_case("hostile");
}

/// The case as `version` builds it: every link leads somewhere, and no id stands twice.
fn sound(name: &str, book: &BookTest, version: Version) -> Built {
    let dead = CASES.iter().find(|(case, _)| *case == name).unwrap().1;
    let built = book.build(version);
    crawl::assert_no_dead_links(&built, dead);
    // mdBook 0.4 numbers each base alone: `Dup`, `Dup 1`, `Dup` give `dup-1` twice.
    let mut twice = crawl::duplicate_ids(&built);
    twice.retain(|problem| version != Version::V04 || problem != "odd.html: id `dup-1` stands there twice");
    none("ids", &twice);
    built
}

/// The Markdown and the pages' main parts are those under `expected`, with both mdBooks.
fn assert_case(name: &str) {
    let book = BookTest::from_dir(case(name));
    for version in Version::ALL {
        let built = sound(name, &book, version);
        let expected = case(name).join("expected").join(version.to_string());
        let mut written = BTreeSet::new();
        for chapter in built.chapters() {
            let file = format!("markdown/{chapter}");
            snapshot::assert_matches(&expected.join(&file), &built.markdown(&chapter));
            written.insert(file);
        }
        for page in built.pages() {
            let file = format!("html/{page}");
            snapshot::assert_matches(&expected.join(&file), &built.main_part(&page));
            written.insert(file);
        }
        let left: Vec<String> = files_below(&expected)
            .into_iter()
            .filter(|file| !written.contains(file))
            .map(|file| format!("{name}/expected/{version}/{file} belongs to no page"))
            .collect();
        none("snapshots", &left);
    }
}

#[test]
fn a_book_without_documents_gets_no_index_chapters() {
    let book = BookTest::from_dir(case("plain"));
    for version in Version::ALL {
        let built = book.build(version);
        assert_eq!(built.chapters(), book.sources(), "mdBook {version}");
        for chapter in book.sources() {
            assert_eq!(built.markdown(&chapter), book.source(&chapter), "{chapter}");
        }
        assert_eq!(built.stderr, "", "mdBook {version}");
    }
}

/// Every book there is: the cases, the one without documents and the example.
fn all_books() -> Vec<(String, BookTest)> {
    let mut out: Vec<_> = CASES
        .iter()
        .map(|(name, _)| *name)
        .chain(["plain"])
        .map(|name| (name.to_owned(), BookTest::from_dir(case(name))))
        .collect();
    let example = BookTest::from_dir(project().join("book-example"));
    out.push(("book-example".to_owned(), example));
    out
}

/// The book that went in and the one that came out.
fn sent_and_received(book: &BookTest, version: Version, renderer: &str) -> (Value, Value) {
    let input = book.wire_input(version, renderer);
    let mut sent: Value = serde_json::from_str(&input).unwrap();
    let output = run(&[], input.as_bytes());
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {stderr}", output.status);
    let received = serde_json::from_slice(&output.stdout).unwrap();
    (sent[1].take(), received)
}

#[test]
fn switched_off_the_output_is_the_input_byte_for_byte() {
    for has_crlf in [false, true] {
        for (name, book) in all_books() {
            let book = if has_crlf { book.crlf() } else { book };
            let off = ["header", "toc", "badges", "index"].iter().fold(book, |book, part| {
                book.set(&format!("preprocessor.design-docs.{part}.enabled"), false)
            });
            for version in Version::ALL {
                let (sent, received) = sent_and_received(&off, version, "html");
                let what = format!("{name}, CRLF {has_crlf}, mdBook {version}");
                none(&what, &text_differences(&sent, &received));
                assert_eq!(sent, received, "{what}");
            }
        }
    }
}

#[test]
fn crlf_changes_nothing_but_line_ends() {
    for ((name, unix), (_, windows)) in all_books().into_iter().zip(all_books()) {
        let windows = windows.crlf();
        for version in Version::ALL {
            for renderer in ["html", "markdown"] {
                let (_, unix) = sent_and_received(&unix, version, renderer);
                let (_, windows) = sent_and_received(&windows, version, renderer);
                let unified = with_unix_lines(windows);
                let what = format!("{name} for {renderer}, mdBook {version}");
                none(&what, &text_differences(&unix, &unified));
            }
        }
    }
}

/// `value` with LF in every string.
fn with_unix_lines(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.replace("\r\n", "\n")),
        Value::Array(items) => items.into_iter().map(with_unix_lines).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(key, value)| (key, with_unix_lines(value)))
            .collect(),
        other => other,
    }
}

/// The first line in which each chapter differs.
fn text_differences(one: &Value, two: &Value) -> Vec<String> {
    let (one, two) = (chapters(one), chapters(two));
    let mut out = Vec::new();
    if one.len() != two.len() {
        let paths = |of: &[(String, String)]| of.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
        out.push(format!("chapters {:?}, then {:?}", paths(&one), paths(&two)));
    }
    for ((path, one), (_, two)) in one.iter().zip(&two) {
        if one == two {
            continue;
        }
        let mut lines = one.split('\n').zip(two.split('\n')).enumerate();
        out.push(match lines.find(|(_, (one, two))| one != two) {
            Some((at, (one, two))) => format!("{path}:{}: {one:?}, then {two:?}", at + 1),
            None => format!("{path}: {} bytes, then {}", one.len(), two.len()),
        });
    }
    out
}

/// The path and the text of every chapter of a book on the wire.
fn chapters(book: &Value) -> Vec<(String, String)> {
    fn walk(items: &Value, out: &mut Vec<(String, String)>) {
        for item in items.as_array().into_iter().flatten() {
            if let Some(chapter) = item.get("Chapter") {
                let text = |key: &str| chapter[key].as_str().unwrap_or_default().to_owned();
                out.push((text("path"), text("content")));
                walk(&chapter["sub_items"], out);
            }
        }
    }
    let mut out = Vec::new();
    walk(book.get("items").unwrap_or(&book["sections"]), &mut out);
    out
}

#[test]
fn what_is_not_filled_in_is_no_decision_and_no_question() {
    let book = BookTest::from_dir(case("template"));
    let root = book.root().to_str().unwrap();
    let output = run(&["export", root, "--format", "json"], b"");
    let export: Value = serde_json::from_slice(&output.stdout).unwrap();
    let template = export["documents"]
        .as_array()
        .unwrap()
        .iter()
        .find(|document| document["path"] == "template.md")
        .expect("the template is a design document");
    assert_eq!(template["status"]["state"], "unfilled", "{template:#}");
    for empty in ["decisions", "open_questions", "reviewers", "authors"] {
        let count = template[empty].as_array().map(Vec::len);
        // The review list names `@engineer1`: that is somebody, as far as anyone can tell.
        let allowed = if empty == "reviewers" { 4 } else { 0 };
        assert!(count <= Some(allowed), "{empty}: {:#}", template[empty]);
    }
}

#[test]
fn the_templates_own_contents_lead_somewhere() {
    let book = BookTest::from_dir(case("template"));
    for version in Version::ALL {
        let main = book.build(version).main_part("template.html");
        let links = html::pieces(&main)
            .into_iter()
            .filter(|piece| match piece {
                html::Piece::Open(name, attributes) => {
                    name == "a"
                        && html::attribute(attributes, "href").is_some_and(|href| href.ends_with("-open-questions"))
                }
                _ => false,
            })
            .count();
        assert!(links > 0, "mdBook {version}: no link to the open questions");
    }
}

#[test]
fn markup_in_names_and_cells_does_nothing_on_our_pages() {
    let book = BookTest::from_dir(case("hostile"));
    for version in Version::ALL {
        let built = book.build(version);
        for path in ["design-docs.html", "decision-log.html", "open-questions.html"] {
            let page = built.page(path);
            for piece in html::pieces(&html::main_part(&page)) {
                if let html::Piece::Open(name, attributes) = piece {
                    let acts = attributes.iter().any(|(key, _)| key.starts_with("on"));
                    assert!(!acts, "mdBook {version}, {path}: <{name} {attributes:?}>");
                }
            }
            for script in page.split("<script").skip(1) {
                let code = script.split("</script").next().unwrap_or_default();
                assert!(!code.contains("alert(1)"), "mdBook {version}, {path}: {code}");
            }
        }
    }
}
