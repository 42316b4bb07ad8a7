//! The relations of a generated book, whose truth is known, in the export and on the pages of both
//! mdBooks.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;

use crate::support::book::{BookTest, Version, run};
use crate::support::none;

const DOCUMENTS: usize = 400;

/// One relation: the path of one document, its kind, the path of the other.
type Edge = (String, &'static str, String);

fn inverse(kind: &str) -> &'static str {
    match kind {
        "supersedes" => "superseded-by",
        "superseded-by" => "supersedes",
        "amends" => "amended-by",
        "depends-on" => "required-by",
        "refers-to" => "referred-by",
        other => panic!("{other}"),
    }
}

fn path(number: usize) -> String {
    format!("adr/{number:04}-topic-{number}.md")
}

/// The other document of document `number`, which is always an earlier one, so that there is no
/// ring.
fn other(number: usize) -> usize {
    ((number * 2_654_435_761) >> 7) % (number - 1) + 1
}

/// A document in one of six forms, and what it states.
fn document(number: usize, edges: &mut Vec<Edge>) -> String {
    let (title, to) = (format!("Topic {number} of the shop"), other(number));
    let (file, name) = (path(to), format!("Topic {to} of the shop"));
    let file = file.trim_start_matches("adr/");
    let body = "## Context\n\nOrders wait.\n\n## Decision\n\nWe pay.\n";
    let (kind, text) = match number % 6 {
        0 => (
            "supersedes",
            format!(
                "# {number}. {title}\n\nDate: 2026-03-01\n\n## Status\n\nAccepted\n\nSupersedes [{to}. {name}]({file})\n\n{body}"
            ),
        ),
        1 => (
            "supersedes",
            format!("---\nstatus: accepted\ndate: 2026-03-01\nsupersedes: {to:04}\n---\n# {title}\n\n{body}"),
        ),
        2 => (
            "depends-on",
            format!(
                "# {number}. {title}\n\n- Status: Accepted\n- Date: 2026-03-01\n- Depends on: ADR-{to:04}\n\n{body}"
            ),
        ),
        3 => (
            "amends",
            format!(
                "# {title}\n\n| Status | Accepted |\n|--|--|\n| Date | 2026-03-01 |\n| Amends | {name} |\n\n{body}"
            ),
        ),
        4 => (
            "depends-on",
            format!(
                "# {number}. {title}\n\n**Status:** Accepted  \n**Date:** 2026-03-01\n\n{body}\n## Dependencies\n\n- [the other]({file}), by then\n"
            ),
        ),
        _ => (
            "refers-to",
            format!(
                "# {number}. {title}\n\n**Status:** Accepted  \n**Date:** 2026-03-01\n\n{body}\nAs we said [there][1].\n\n[1]: ../{}\n",
                path(to)
            ),
        ),
    };
    edges.push((path(number), kind, path(to)));
    text
}

/// The files of the book, and every relation from both sides.
fn book() -> (Vec<(String, String)>, BTreeSet<Edge>) {
    let mut edges = Vec::new();
    let mut summary = String::new();
    let mut files = Vec::new();
    for number in 1..=DOCUMENTS {
        let text = match number {
            1 => "# 1. Topic 1 of the shop\n\n**Status:** Accepted  \n**Date:** 2026-03-01\n\n## Context\n\nx\n"
                .to_owned(),
            number => document(number, &mut edges),
        };
        let _ = writeln!(summary, "- [{number}]({})", path(number));
        files.push((format!("src/{}", path(number)), text));
    }
    files.push(("src/SUMMARY.md".to_owned(), summary));
    let toml = "[book]\ntitle = \"Shop\"\n\n[preprocessor.design-docs]\nafter = [\"links\"]\ntoday = 2026-11-23\n\
                timezone = \"Africa/Lagos\"\n";
    files.push(("book.toml".to_owned(), toml.to_owned()));
    let mut all = BTreeSet::new();
    for (from, kind, to) in edges {
        all.insert((to.clone(), inverse(kind), from.clone()));
        all.insert((from, kind, to));
    }
    (files, all)
}

/// The label of each row on a page, with its kind.
const ROWS: [(&str, &str); 7] = [
    ("Depends on", "depends-on"),
    ("Required by", "required-by"),
    ("Supersedes", "supersedes"),
    ("Superseded by", "superseded-by"),
    ("Amends", "amends"),
    ("Amended by", "amended-by"),
    ("Referred to by", "referred-by"),
];

/// The relations in the card of a page: its kinds and the targets of its links.
fn on_page(page: &str) -> BTreeSet<(&'static str, String)> {
    let mut found = BTreeSet::new();
    let Some((_, rows)) = page.split_once("<dl class=\"dd-relations\">") else {
        return found;
    };
    for row in rows.split("</dl>").next().unwrap().split("<dt>").skip(1) {
        let (label, value) = row.split_once("</dt>").unwrap();
        let kind = ROWS.iter().find(|(known, _)| *known == label).unwrap().1;
        for link in value.split("href=\"").skip(1) {
            let href = link.split('"').next().unwrap();
            found.insert((kind, href.replace("../adr/", "adr/").replace(".html", ".md")));
        }
    }
    found
}

#[test]
fn every_relation_is_told_from_both_sides_and_nothing_else() {
    let (files, expected) = book();
    let book = BookTest::from_files(files);
    let output = run(&["export", book.root().to_str().unwrap(), "--format", "json"], b"");
    let export: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut found = BTreeSet::new();
    for document in export["documents"].as_array().unwrap() {
        for relation in document["relations"].as_array().unwrap() {
            let text = |key: &str| relation[key].as_str().unwrap_or("nowhere").to_owned();
            let kinds = ROWS.iter().map(|(_, kind)| *kind).chain(["refers-to"]);
            let kind = kinds.into_iter().find(|kind| *kind == text("kind")).unwrap();
            found.insert((document["path"].as_str().unwrap().to_owned(), kind, text("path")));
        }
    }
    let wrong: Vec<String> = expected
        .symmetric_difference(&found)
        .map(|edge| format!("{edge:?}"))
        .collect();
    none("relations of the export", &wrong);

    for version in Version::ALL {
        let built = book.build(version);
        let mut wrong = Vec::new();
        for number in 1..=DOCUMENTS {
            let path = path(number);
            let own = expected
                .iter()
                .filter(|(from, kind, _)| *from == path && *kind != "refers-to");
            let own: BTreeSet<(&str, String)> = own.map(|(_, kind, to)| (*kind, to.clone())).collect();
            let page = built.page(&path.replace(".md", ".html"));
            let found = on_page(&page);
            // One successor that is in force stands in the banner.
            let is_said = |(kind, to): &&(&str, String)| {
                let banner = page
                    .split("dd-banner\">")
                    .nth(1)
                    .and_then(|rest| rest.split("</p>").next());
                *kind == "superseded-by" && banner.is_some_and(|banner| banner.contains(&to.replace(".md", ".html")))
            };
            let missing: Vec<_> = own.difference(&found).filter(|edge| !is_said(edge)).collect();
            let more: Vec<_> = found.difference(&own).collect();
            if !missing.is_empty() || !more.is_empty() {
                wrong.push(format!("{path}: missing {missing:?}, more {more:?}"));
            }
        }
        none(&format!("the pages of mdBook {version}"), &wrong);
    }
}
