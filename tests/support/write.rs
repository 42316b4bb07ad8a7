//! Generates unusual Markdown: every form in which authors write facts, mixed at random, and
//! documents of ours cut and joined at random places.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// A document of known and random blocks, with either kind of line end.
pub fn document() -> impl Strategy<Value = String> {
    let blocks = vec(block(), 0..24).prop_map(|blocks| blocks.join("\n"));
    (front(), blocks, any::<bool>(), any::<bool>()).prop_map(|(front, blocks, crlf, bom)| {
        let text = format!("{}{front}{blocks}", if bom { "\u{feff}" } else { "" });
        if crlf { text.replace('\n', "\r\n") } else { text }
    })
}

/// A document of `all` with up to eight changes: pieces removed, duplicated or replaced with random
/// text.
pub fn mutated(all: Vec<String>) -> impl Strategy<Value = String> {
    let change = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), words());
    (select(all), vec(change, 0..8)).prop_map(|(mut text, changes)| {
        for (from, to, new) in changes {
            let at = |index: prop::sample::Index, text: &str| {
                let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
                starts[index.index(starts.len())]
            };
            let (from, to) = (at(from, &text), at(to, &text));
            match from.cmp(&to) {
                // Replace a short range; otherwise insert the words.
                std::cmp::Ordering::Less if to - from < 200 => text.replace_range(from..to, &new),
                std::cmp::Ordering::Less => text.insert_str(from, &new),
                _ => {
                    let piece = text[to..from].chars().take(300).collect::<String>();
                    text.insert_str(from, &piece);
                }
            }
        }
        text
    })
}

fn front() -> impl Strategy<Value = String> {
    let line = (label(), words()).prop_map(|(label, value)| format!("{label}: {value}\n"));
    let nested = select(vec![
        "- @ada\n", "  - x: y\n", "tags: [a, b\n", "&a [*a]\n", "\t\n", ": :\n", "---\n", "...\n",
    ]);
    let lines = vec(prop_oneof![4 => line, 1 => nested.prop_map(str::to_owned)], 0..6);
    prop_oneof![
        3 => Just(String::new()),
        1 => lines.prop_map(|lines| format!("---\n{}---\n", lines.concat())),
    ]
}

fn block() -> impl Strategy<Value = String> {
    let of = |start: &'static str| words().prop_map(move |words| format!("{start}{words}\n"));
    let labelled = (select(vec!["", "- ", "* ", "> ", "1. ", "  - "]), label(), words());
    let list = vec((select(LIST_STARTS.to_vec()), words()), 1..8);
    prop_oneof![
        4 => (select(vec!["#", "##", "###", "######"]), heading()).prop_map(|(level, words)| format!("{level} {words}\n")),
        2 => vec(labelled, 1..6).prop_map(|lines| lines
            .into_iter()
            .map(|(start, label, value)| format!("{start}**{label}:** {value}\n"))
            .collect()),
        2 => list.prop_map(|items| items.into_iter().map(|(start, words)| format!("{start}{words}\n")).collect()),
        2 => table(),
        1 => of(""),
        1 => of("> "),
        1 => of("```\n"),
        1 => of("[^1]: "),
        1 => of("Term\n: "),
        1 => select(HTML.to_vec()).prop_map(|html| format!("{html}\n")),
        1 => "\\PC{0,40}",
        1 => Just("\n---\n".to_owned()),
        1 => heading().prop_map(|words| format!("{words}\n===\n")),
    ]
}

fn table() -> impl Strategy<Value = String> {
    let heads = vec(select(COLUMNS.to_vec()), 1..6);
    let rows = vec(vec(words(), 0..7), 0..5);
    (heads, rows).prop_map(|(heads, rows)| {
        let mut out = format!("| {} |\n|{}\n", heads.join(" | "), "---|".repeat(heads.len()));
        for row in rows {
            out.push_str(&format!("| {} |\n", row.join(" | ")));
        }
        out
    })
}

fn heading() -> impl Strategy<Value = String> {
    let known = select(HEADINGS.to_vec()).prop_map(str::to_owned);
    prop_oneof![4 => known, 1 => words()]
}

fn label() -> impl Strategy<Value = String> {
    let known = select(LABELS.to_vec()).prop_map(str::to_owned);
    prop_oneof![6 => known, 1 => "[a-zA-Z ()-]{0,12}"]
}

/// The pieces of a line.
fn words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => select(PIECES.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,8}",
        1 => "[ -~]{0,8}",
    ];
    vec(piece, 0..7).prop_map(|pieces| pieces.concat())
}

const LIST_STARTS: &[&str] = &[
    "- ", "* ", "+ ", "1. ", "2) ", "- [ ] ", "- [x] ", "  - ", "    - ", "   1. ", "- > ", "- # ", "",
];

const HEADINGS: &[&str] = &[
    "Technical Design: Refunds", "Open Questions", "❓ Open Questions", "‚ùì Open Questions", "Decision Log",
    "Resolved Questions", "Metadata", "Table of Contents", "Contents", "Status", "Decision", "Rollout Plan",
    "Reviewers", "Approvals", "Deciders", "Timeline", "Date", "Q1: Should we?", "Decision 1: Use a queue", "Context",
    "Consequences", "Superseded", "{#id}", "a {#own .x k=v}", "`code` *em* [l](#x)", "", "PUT /x/{id}",
];

const LABELS: &[&str] = &[
    "Author", "Status", "Date", "Reviewers", "Approvers", "Deciders", "Created", "Last Updated", "Target Release",
    "RFC", "Jira", "Title", "Email", "Context", "Owner", "Due", "Decision needed by", "Answer", "Resolved", "Decision",
    "Rationale", "Decided by", "Supersedes", "Superseded by", "Attendees", "Depends on", "Mood", "Q",
];

const COLUMNS: &[&str] = &[
    "Date", "Decision", "Rationale", "Decided By", "Question", "Owner", "Due", "Status", "#", "ID", "Answer", "Notes",
    "Choice", "Reviewer", "Author", "",
];

const HTML: &[&str] = &[
    "<!-- toc -->",
    "<!-- /toc -->",
    "<!-- decision-log -->",
    "<!-- open-questions -->",
    "<!-- design-docs -->",
    "<!-- design-docs: allow overdue-question -->",
    "<div>",
    "</div>",
    "<h2>Raw</h2>",
    "<script>alert(1)</script>",
    "<details><summary>x</summary>",
    "<!-- never closed",
    "<br>",
    "<a id=\"x\">",
];

const PIECES: &[&str] = &[
    " ", " ", "\n", "  \n", "\\\n", "a", "Ada Obi", "@ada", "ada@example.com", "<ada@example.com>", "2026-01-02",
    "2026-02-30", "05/02/2018", "Jan 9, 2018", "TBD", "[date]", "Phase 1", "Draft", "In Review", "✅", "~~", "**", "*",
    "_", "`", "``", "[x](y.md#z)", "[x](#a)", "[x](javascript:alert(1))", "[x]", "[^1]", "![i](i.png)", "<b>", "</b>",
    "<br>", "<!--", "-->", "|", "\\|", "?", ": ", " - ", " — ", "(", ")", "[", "]", "{", "}", "{{#include x}}",
    "&amp;", "&#10;", "&", "<", ">", "\"", "'", "--", "...", "#", "Should we?", "Owner: Ada", "Resolved: yes", "→",
    "RESOLVED", "and ", ", ", "https://example.com/a(b)", "ÜBER", "İ", "ß", "🎉", "\u{a0}", "\u{200d}", "\u{10ffff}",
    "\t", "üìã", "‚ùì", "superseded by ADR-7", "yyyy-mm-dd", "1.", "None", "👍",
];
