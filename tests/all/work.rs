//! Ten times as much of a construct takes about ten times the work, counted in instructions: a
//! clock would count what else the machine does. `.ci/run large` counts, with optimised code.

#[cfg(target_os = "linux")]
use std::{
    fs::File,
    process::{Command, Stdio},
};

#[cfg(target_os = "linux")]
use crate::support::{book::BINARY, message::message, none};

use super::hostile::assert_ends;

const HEAD: &str = "# T\n\n**Author:** Ada Obi\n**Status:** Draft\n\n";

/// A name, and a document with so many of it.
type Construct = (&'static str, fn(usize) -> String);

const CONSTRUCTS: &[Construct] = &[
    ("rows of decisions", |n| {
        let rows = (0..n).map(|n| format!("| 2026-01-02 | Use {n} | because | Ada, Tunde |\n"));
        format!(
            "{HEAD}## Decision Log\n\n| Date | Decision | Rationale | Decided By |\n|--|--|--|--|\n{}",
            rows.collect::<String>()
        )
    }),
    ("questions", |n| {
        let items = (0..n).map(|n| format!("1. Should we {n}?\n   - Owner: Ada\n   - Due: 2026-01-02\n"));
        format!("{HEAD}## Open Questions\n\n{}", items.collect::<String>())
    }),
    ("risks", |n| {
        let items = (0..n).map(|n| format!("- Paid {n} times\n  - Severity: High\n"));
        format!("{HEAD}## Risks\n\n{}", items.collect::<String>())
    }),
    ("facts of risks alone", |n| {
        format!("{HEAD}## Risks\n\n- Lost\n{}", "- Severity: High\n\n1. x\n\n".repeat(n))
    }),
    ("headings of risks", |n| {
        let risks = (0..n).map(|n| format!("### Paid {n} times\n\n**Severity:** High\n\n#### x\n\n"));
        format!("{HEAD}## Risks\n\n{}", risks.collect::<String>())
    }),
    ("nested registers", |n| {
        format!(
            "{HEAD}{}",
            "# Risks\n\n## Risks\n\n### x\n\n- a\n\n### Alerts\n\n- b\n\n".repeat(n)
        )
    }),
    ("signs in a question", |n| {
        format!(
            "{HEAD}## Open Questions\n\n- Who pays? {}x y z\n",
            "(a) — b, c; [d] → ".repeat(n)
        )
    }),
    ("facts in a question", |n| {
        format!(
            "{HEAD}## Open Questions\n\n- Who pays? {}x y z\n",
            "(owner: Ada, due 2026-01-02) — Ada, by 2026-01-02; ".repeat(n)
        )
    }),
    ("labels in a question", |n| {
        format!(
            "{HEAD}## Open Questions\n\n- Who pays? {}\n",
            "Owner: Ada. Due: then. ".repeat(n)
        )
    }),
    ("open brackets in a decision", |n| {
        format!("{HEAD}## Decisions\n\n- D-1: {}(2026-01-02\n", "(a, [b; ".repeat(n))
    }),
    ("answers that are open", |n| {
        format!("{HEAD}## Open Questions\n\n- Who pays? {}\n", "→ tbd ".repeat(n))
    }),
    ("successors without a name", |n| {
        let phrases = "*superseded by* x ".repeat(n);
        format!("{HEAD}## Decisions\n\n| Date | Decision |\n|--|--|\n| 2026-01-02 | Use it {phrases}1 |\n")
    }),
    ("marks that close nothing", |n| {
        format!(
            "{HEAD}## Open Questions\n\n- Who pays? {}\n",
            "— resolved or not, ".repeat(n)
        )
    }),
    ("facts beside an item", |n| {
        format!("{HEAD}## Open Questions\n\n- Who pays?\n{}", "- Owner: Ada\n".repeat(n))
    }),
    ("lists of facts beside items", |n| {
        format!(
            "{HEAD}## Open Questions\n\n{}",
            "10. Who pays?\n   - Owner: Ada\n".repeat(n)
        )
    }),
    ("marks for clarification", |n| {
        format!(
            "{HEAD}{}",
            "- it [NEEDS CLARIFICATION: which?] `[NEEDS CLARIFICATION: no]`\n".repeat(n)
        )
    }),
    ("a heading of many parts", |n| {
        format!(
            "{HEAD}## {}\n\n- a?\n",
            "open questions and decisions & logs: ".repeat(n)
        )
    }),
    ("rows of HTML", |n| {
        let rows = "<tr><td>2026-01-02</td><td>Use <b>it</b></td><td>Ada</td></tr>\n".repeat(n);
        format!(
            "{HEAD}## Decision Log\n\n<table>\n<tr><th>Date</th><th>Decision</th><th>By</th></tr>\n{rows}</table>\n"
        )
    }),
    ("rows of numbers of questions", |n| {
        let rows = (0..n).map(|n| format!("| Q{n} | yes |\n"));
        let asked = (0..n).map(|n| format!("- Q{n}: Who pays?\n"));
        format!(
            "{HEAD}## Open Questions\n\n{}\n| Question | Recommendation |\n|--|--|\n{}",
            asked.collect::<String>(),
            rows.collect::<String>()
        )
    }),
    ("topics with decisions", |n| {
        format!(
            "# T\n\n**Status:** Draft\n\n{}",
            "## A\n\n**Decision:** b\n\n**Rationale:** c\n\n".repeat(n)
        )
    }),
    ("headings of one name", |n| {
        format!("{HEAD}{}", "## A\n\ntext\n\n".repeat(n))
    }),
    ("headings of many names", |n| {
        format!("{HEAD}{}", (0..n).map(|n| format!("## A {n}\n\n")).collect::<String>())
    }),
    ("damaged headings", |n| {
        format!("{HEAD}{}", "## ‚ùì A {x}\n\n[a](#b)\n\n".repeat(n))
    }),
    ("links", |n| format!("{HEAD}{}", "[a](#b) [c](d.md#e)\n".repeat(n))),
    ("reviewers", |n| {
        let items = (0..n).map(|n| format!("- [x] Ada Obi{n} (@ada{n})\n"));
        format!("{HEAD}## Reviewers\n\n{}", items.collect::<String>())
    }),
    ("reviewers whose handles stand apart", |n| {
        let names = (0..n).map(|n| format!("Ife{n} Obi, "));
        let items = (0..n).map(|n| format!("- [x] @ife{n} - Costs and risk\n"));
        format!(
            "{HEAD}**Reviewers:** {}\n\n## Reviewers\n\n{}",
            names.collect::<String>(),
            items.collect::<String>()
        )
    }),
    ("lines of a status", |n| {
        format!("{HEAD}## Status\n\nAccepted\n{}", "by the team, now\n".repeat(n))
    }),
    ("values that were moved", |n| {
        let moves = "2026-01-02, moved to → 2026-01-03 (was ".repeat(n);
        format!(
            "{HEAD}**Created:** {moves}\n**Reviewers:** {}\n",
            "[Ada → ~~x~~ - a, ".repeat(n)
        )
    }),
    ("deadlines of several days", |n| {
        format!(
            "{HEAD}## Open Questions\n\n- Who?\n  - Due: {}\n",
            "Jan 2 – or / ".repeat(n)
        )
    }),
    ("comments above front matter", |n| {
        format!("{}---\nstatus: Draft\n---\n# T\n", "<!-- x -->\n".repeat(n))
    }),
    ("keys of front matter", |n| {
        let keys = (0..n).map(|n| format!("key{n}: value\nempty{n}:\n"));
        format!("---\nstatus: Draft\n{}---\n# T\n", keys.collect::<String>())
    }),
    ("labelled lines", |n| {
        let lines = (0..n).map(|n| format!("**Label {n}:** value\n"));
        format!("# T\n\n**Status:** Draft\n{}", lines.collect::<String>())
    }),
    ("metadata sections", |n| {
        format!("{HEAD}{}", "## Metadata\n\n- Status: Draft\n- Author: A\n\n".repeat(n))
    }),
    ("status sections", |n| {
        format!("{HEAD}{}", "## Status\n\nDraft\n\n".repeat(n))
    }),
    ("decision headings", |n| {
        format!(
            "{HEAD}## Decisions\n\n{}",
            (0..n)
                .map(|n| format!("### Decision {n}: Use it\n\n"))
                .collect::<String>()
        )
    }),
    ("nested logs", |n| {
        format!(
            "{HEAD}{}",
            "# Decisions\n## Decisions\n### Decision 1: Use it\n\n".repeat(n)
        )
    }),
    ("placeholders", |n| {
        format!("{HEAD}{}", "[date] {name} <name> TBD\n\n".repeat(n))
    }),
    ("comments", |n| {
        format!("{HEAD}{}", "<!-- toc -->\n\n<!-- x -->\n\n".repeat(n))
    }),
    ("allows", |n| {
        format!(
            "{HEAD}{}",
            "<!-- design-docs: allow overdue-question -->\n\nx\n\n".repeat(n)
        )
    }),
    ("allows beside what they allow", |n| {
        format!(
            "{HEAD}## Open Questions\n\n{}",
            "<!-- design-docs: allow undated-question unowned-question -- x -->\n1. Who pays?\n\n".repeat(n)
        )
    }),
    ("plain labels on a line", |n| {
        format!(
            "# T\n\nStatus: Draft {}\n\nStatus: Draft {}\n",
            "Owner: ".repeat(n),
            "| Owner: [a](b) ".repeat(n)
        )
    }),
    ("placeholders on a line", |n| {
        format!("{HEAD}{}\n", "[date] {name} a: ".repeat(n))
    }),
    ("footnotes", |n| {
        format!(
            "{HEAD}{}",
            (0..n).map(|n| format!("a[^{n}]\n\n[^{n}]: b\n\n")).collect::<String>()
        )
    }),
    ("a cell of links", |n| {
        format!(
            "{HEAD}## Decision Log\n\n| Decision | Date | By |\n|--|--|--|\n| {} | 2026-01-02 | A |\n",
            "[a](b.md) `c` ~~d~~ ".repeat(n)
        )
    }),
    ("owners of a question", |n| {
        let names = (0..n).map(|n| format!("Ada Obi{n}, *Chi* Eze (x), "));
        format!(
            "{HEAD}## Open Questions\n\n1. Who?\n   - Owner: {}\n",
            names.collect::<String>()
        )
    }),
    ("labels on a line", |n| {
        let labels = "*Owner:* Ada *Due:* x **Due:** y ".repeat(n);
        format!(
            "**Author:** {0}\n{HEAD}## Open Questions\n\n1. Who?\n   - {0}\n",
            labels
        )
    }),
    ("names in brackets", |n| {
        format!(
            "{HEAD}## Decision Log\n\n- Use it ({}2026-03-01)\n",
            "Ada Obi, ".repeat(n)
        )
    }),
    ("stray rows", |n| {
        format!(
            "{HEAD}## Decision Log\n\n| Decision | Date | By |\n|--|--|--|\n{}",
            "\n| a | 2026-01-02 | A |\n".repeat(n)
        )
    }),
    ("names of other documents", |n| {
        let names = (0..n).map(|n| format!("ADR-{n}, [a](a{n}.md), (b, "));
        format!(
            "# T\n\n**Author:** Ada Obi\n**Supersedes:** {}\n",
            names.collect::<String>()
        )
    }),
    ("successors in a status", |n| {
        format!(
            "# T\n\n**Author:** Ada Obi\n**Status:** {}\n",
            "superseded by ADR-1 ".repeat(n)
        )
    }),
    ("decisions that replace each other", |n| {
        let rows = (0..n).map(|row| format!("| D-{row} | 2026-01-02 | Use it, replaces D-{} |\n", row * 7 % n));
        let rows: String = rows.collect();
        format!("{HEAD}## Decision Log\n\n| ID | Date | Decision |\n|--|--|--|\n{rows}")
    }),
    ("decisions of one number", |n| {
        let rows = "| D-1 | 2026-01-02 | Use it, replaces D-1 |\n".repeat(n);
        format!("{HEAD}## Decision Log\n\n| ID | Date | Decision |\n|--|--|--|\n{rows}")
    }),
    ("dependencies", |n| {
        format!("{HEAD}{}", "## Dependencies\n\n- [a](b.md): ADR-1, x\n\n".repeat(n))
    }),
    ("tags and paths", |n| {
        let (tags, paths) = ("t, [u](v) #w ".repeat(n), "`a/{b,c}/*` d/e, ".repeat(n));
        format!("# T\n\n**Author:** Ada Obi\n**Tags:** {tags}\n**Affects:** {paths}\n")
    }),
];

#[test]
fn three_thousand_of_each_end() {
    for (name, text) in CONSTRUCTS {
        assert_ends(name, text(3000));
    }
}

/// How many instructions the program takes for a book of this one chapter, as Valgrind counts them.
#[cfg(target_os = "linux")]
fn instructions(text: &str) -> u64 {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("input.json");
    let input = message(
        [("a.md", text)],
        &serde_json::json!({"after": ["links"], "today": "2026-11-23"}),
    );
    std::fs::write(&file, input).unwrap();
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", BINARY])
        .env("RAYON_NUM_THREADS", "1")
        .stdin(File::open(file).unwrap())
        .stdout(Stdio::null())
        .output()
        .expect("Valgrind is installed");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let counted = said.lines().find_map(|line| line.split_once("Collected : "));
    counted
        .and_then(|(_, count)| count.trim().parse().ok())
        .expect("a count")
}

#[test]
#[cfg(target_os = "linux")]
#[ignore = "needs Valgrind and optimised code: `.ci/run large`"]
fn nothing_takes_quadratic_time() {
    const FEW: usize = 100;
    let start = instructions("# T\n");
    let mut slow = Vec::new();
    for (name, text) in CONSTRUCTS {
        let [few, many] = [FEW, 10 * FEW].map(|count| instructions(&text(count)).saturating_sub(start));
        let times = many as f64 / few as f64;
        eprintln!(
            "{name}: {} and {} million, {times:.1} times",
            few / 1_000_000,
            many / 1_000_000
        );
        if times > 13.0 {
            slow.push(format!("{name}: {times:.1} times the work"));
        }
    }
    none("constructs", &slow);
}
