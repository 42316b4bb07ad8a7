//! Input that is meant to hurt: it ends in bounded time and memory, and what it carries comes
//! out as text.

use std::time::{Duration, Instant};

use jiff::civil::{Date, date};
use mdbook_design_docs::config::Config;
use mdbook_design_docs::source::{Source, splice};
use mdbook_design_docs::{Analysis, DesignDocs};

use crate::support::message::message;

const TODAY: Date = date(2026, 11, 23);

fn source(path: &str, text: impl Into<String>) -> Source {
    Source {
        path: path.to_owned(),
        name: path.to_owned(),
        text: text.into(),
        ..Source::default()
    }
}

/// What the book becomes: the chapters, then the index chapters.
fn run(sources: &[Source], html: bool) -> Vec<String> {
    let config = Config {
        html,
        ..Config::default()
    };
    let analysis = Analysis::read(sources, config, TODAY);
    let pages = analysis.pages();
    let edited = sources.iter().enumerate();
    let edited = edited.map(|(at, source)| splice(&source.text, &pages.edits(at)));
    let new = pages.new_chapters().into_iter().map(|chapter| chapter.content);
    edited.chain(new).collect()
}

const HEAD: &str = "# T\n\n**Author:** Ada Obi\n**Status:** Draft\n\n";

/// As much of a construct as takes this long is no matter of taste.
const AT_MOST: Duration = Duration::from_secs(60);

#[track_caller]
fn ends(what: &str, text: String) {
    let begun = Instant::now();
    for html in [true, false] {
        run(&[source("a.md", text.as_str())], html);
    }
    let took = begun.elapsed();
    assert!(took < AT_MOST, "{what} took {took:?}");
}

/// The time for `count` of a construct; the least of three, as others use the machine too.
fn time(text: &dyn Fn(usize) -> String, count: usize) -> Duration {
    let sources = [source("a.md", text(count))];
    let one = || {
        let begun = Instant::now();
        run(&sources, true);
        begun.elapsed()
    };
    [one(), one(), one()].into_iter().min().unwrap_or_default()
}

#[test]
#[expect(clippy::too_many_lines, reason = "a list of cases")]
fn nothing_takes_quadratic_time() {
    type Construct = (&'static str, fn(usize) -> String);
    let constructs: &[Construct] = &[
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
    ];
    let mut slow = Vec::new();
    for (name, text) in constructs {
        let (few, many) = (time(text, 300), time(text, 3000));
        // Ten times as much takes ten times as long, a hundred times if it is quadratic.
        if many > few * 35 && many > Duration::from_millis(200) {
            slow.push(format!("{name}: {few:?} for 300, {many:?} for 3000"));
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}

#[test]
fn nesting_ends() {
    let deep = 10_000;
    ends(
        "quotes",
        format!("{HEAD}## Open Questions\n\n{} Why?\n", ">".repeat(deep)),
    );
    ends(
        "quoted metadata",
        format!("# T\n\n{} **Status:** Draft\n", "> ".repeat(deep)),
    );
    ends(
        "lists",
        format!("{HEAD}## Open Questions\n\n{}Why?\n", "- ".repeat(deep)),
    );
    ends(
        "numbered lists",
        format!("{HEAD}## Decision Log\n\n{}2026-01-02: Use it\n", "1. ".repeat(deep)),
    );
    ends(
        "mixed",
        format!("{HEAD}## Open Questions\n\n{}Why?\n", "> - ".repeat(deep)),
    );
    ends(
        "emphasis",
        format!(
            "{HEAD}## Open Questions\n\n- {}Why?{}\n",
            "*a **b ".repeat(deep),
            "** *".repeat(deep)
        ),
    );
    ends(
        "brackets",
        format!("{HEAD}## Open Questions\n\n- {}Why?\n", "[".repeat(deep)),
    );
    ends(
        "links",
        format!(
            "{HEAD}## Open Questions\n\n- {}Why?{}\n",
            "[".repeat(deep),
            "](a)".repeat(deep)
        ),
    );
    let levels: String = (0..300).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect();
    ends("indented lists", format!("{HEAD}## Open Questions\n\n{levels}"));
}

#[test]
fn long_lines_and_large_tables_end() {
    let long = "word ".repeat(400_000);
    ends("a paragraph", format!("{HEAD}{long}\n"));
    ends("a heading", format!("{HEAD}## {long}\n"));
    ends("a label", format!("# T\n\n**Status:** {long}\n"));
    ends("a question", format!("{HEAD}## Open Questions\n\n1. {long}?\n"));
    let cells = "a | ".repeat(100_000);
    ends(
        "a row",
        format!("{HEAD}| {cells}\n|{}\n| {cells}\n", "-|".repeat(100_000)),
    );
    let rows = "| 2026-01-02 | Use it | Ada |\n".repeat(20_000);
    ends(
        "rows",
        format!("{HEAD}## Decision Log\n\n| Date | Decision | By |\n|--|--|--|\n{rows}"),
    );
    ends("quotes and ticks", format!("{HEAD}{}\n", "`".repeat(1_000_000)));
    ends(
        "no letters",
        format!(
            "{HEAD}## Open Questions\n\n- {}?\n",
            "\u{200d}\u{fe0f}✅".repeat(50_000)
        ),
    );
}

#[test]
fn yaml_that_explodes_is_read_line_by_line() {
    let levels = (1..30).map(|n| format!("b{n}: &b{n} [{}]\n", vec![format!("*b{}", n - 1); 9].join(",")));
    let text = format!(
        "---\nstatus: Draft\nb0: &b0 x\n{}---\n# T\n",
        levels.collect::<String>()
    );
    ends("aliases", text);
    let nested = format!(
        "---\nstatus: Draft\na: {}{}\n---\n# T\n",
        "[".repeat(50_000),
        "]".repeat(50_000)
    );
    ends("sequences", nested);
    let maps: String = (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    ends("maps", format!("---\nstatus: Draft\n{maps}---\n# T\n"));
}

#[test]
fn chapters_nested_without_end_are_an_error() {
    let chapter = r#"{"Chapter":{"name":"a","content":"a","path":"a.md","sub_items":["#;
    let message = format!(
        r#"[{{"mdbook_version":"0.5.4"}},{{"items":[{}{}]}}]"#,
        chapter.repeat(10_000),
        "]}}".repeat(10_000)
    );
    let mut out = Vec::new();
    let result = DesignDocs::on(TODAY).preprocess(message.as_bytes(), &mut out, &mut Vec::new());
    let error = result.unwrap_err().to_string();
    assert!(error.contains("nested deeper") && out.is_empty(), "{error}");
}

/// Markup in every fact of a document.
const MARKED: &str = r#"# T <script>alert(1)</script> `<img src=x onerror=alert(2)>`

**Author:** Ada <script>alert(3)</script> [x](javascript:alert(4)) <ada"><script>alert(5)</script>@x.org>
**Status:** "><script>alert(6)</script>
**Reviewers:** [Bad](JaVaScRiPt:alert(7)), [Data](data:text/html,<script>alert(8)</script>)
**RFC:** [x](vbscript:alert(9)) [y](  javascript:alert(10))

## Open Questions

1. Why <script>alert(11)</script> <img src=x onerror=alert(12)> [x](javascript:alert(13)) [y](<java&#10;script:alert(14)>)?
   - Owner: "><script>alert(15)</script>
   - Due: 2026-01-02"><script>alert(16)</script>
   - Context: [a](data:text/html;base64,PHNjcmlwdD4=) <a href="javascript:alert(17)">b</a>

## Decision Log

| Date | Decision | Rationale | Decided By |
|------|----------|-----------|------------|
| "><script>alert(18)</script> | Use <script>alert(19)</script> [x](javascript:alert(20)) | `</td><script>alert(21)</script>` | <script>alert(22)</script> |
"#;

#[test]
fn markup_in_facts_comes_out_as_text_on_other_pages() {
    let front = "---\nstatus: \"<script>alert(23)</script>\"\nauthors: ['<img src=x onerror=alert(24)>']\n\
                 mood: '[x](javascript:alert(25))'\n---\n";
    for html in [true, false] {
        let sources = [
            source("a\"><script>.md", format!("{front}{MARKED}")),
            source("b.md", MARKED),
        ];
        let config = Config {
            html,
            ..Config::default()
        };
        for chapter in Analysis::read(&sources, config, TODAY).pages().new_chapters() {
            let page = rendered(&chapter.content);
            for bad in ["<script>alert", "<img", "<td><script", "onerror=alert(2)>`"] {
                assert!(!page.contains(bad), "{bad} on {}: {page}", chapter.path);
            }
            for (scheme, attribute) in hrefs(&page) {
                let known = ["", "http", "https", "mailto"];
                assert!(known.contains(&scheme.as_str()), "{attribute} on {}", chapter.path);
            }
        }
    }
}

/// What mdBook makes of a chapter, our own script left out.
fn rendered(markdown: &str) -> String {
    let options = mdbook_markdown::MarkdownOptions::default();
    let parser = mdbook_markdown::new_cmark_parser(markdown, &options);
    let mut page = String::new();
    pulldown_cmark::html::push_html(&mut page, parser);
    match (page.find("<script data-dd="), page.find("</script>")) {
        (Some(start), Some(end)) => format!("{}{}", &page[..start], &page[end..]),
        _ => page,
    }
}

/// The scheme and the whole of each link.
fn hrefs(page: &str) -> Vec<(String, String)> {
    let starts = page
        .match_indices("href=\"")
        .map(|(at, start)| &page[at + start.len()..]);
    starts
        .filter_map(|rest| rest.split('"').next())
        .map(|href| {
            let head = href.split(['/', '?', '#']).next().unwrap_or_default();
            let scheme = head.split_once(':').map_or("", |(scheme, _)| scheme);
            (scheme.trim().to_ascii_lowercase(), href.to_owned())
        })
        .collect()
}

#[test]
fn appended_chapters_stay_in_the_book_and_overwrite_nothing() {
    let taken = [
        "design-docs.md", "Decision-Log.md", "open-questions/index.md", "OPEN-QUESTIONS.md",
    ];
    let mut sources: Vec<Source> = taken.iter().map(|path| source(path, "# Mine\n")).collect();
    sources.push(source("../../etc/a.md", format!("{HEAD}## Open Questions\n\n- Why?\n")));
    let analysis = Analysis::read(&sources, Config::default(), TODAY);
    let mut paths: Vec<String> = sources.iter().map(|source| source.path.to_lowercase()).collect();
    for chapter in &analysis.pages().new_chapters() {
        let path = chapter.path.to_lowercase();
        assert!(
            !path.starts_with('/') && !path.contains("..") && !path.contains(['\\', ':']),
            "{path}"
        );
        assert!(!paths.contains(&path), "{path} is there already");
        paths.push(path);
    }
    assert_eq!(analysis.pages().new_chapters().len(), 3);
}

#[test]
fn a_text_over_which_the_parser_fails_does_not_cost_the_book() {
    let broken = format!("{HEAD}- [ ] \\\n  - \n");
    let sound = format!("{HEAD}## Open Questions\n\n- Who pays?\n");
    let table = serde_json::json!({"after": ["links"], "today": "2026-11-23"});
    let input = message([("broken.md", broken.as_str()), ("sound.md", &sound)], &table);
    let output = crate::support::book::run(&[], input.as_bytes());
    let (stdout, stderr) = (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    );
    assert!(output.status.success(), "{stderr}");
    assert!(
        stderr.contains("[unreadable-markdown]") && stderr.contains("broken.md:7:1"),
        "{stderr}"
    );
    assert!(!stderr.contains("panicked"), "{stderr}");
    let book: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let content = |at: usize| book["items"][at]["Chapter"]["content"].as_str().unwrap();
    assert!(content(0).ends_with("- [ ] \\\n  - \n"), "{}", content(0));
    assert!(content(1).contains("dd-header"));
}

#[test]
fn what_a_terminal_obeys_or_a_reader_is_misled_by_is_in_nothing_that_is_said() {
    use crate::support::book::run;
    let page = "# Design: Slips \u{202e}spils\u{2066}\n\n**Author:** Ada\u{9b}1m Obi\n**Date:** 2026-01-02\n\
        **Status:** \u{9b}31mHid\u{1b}[8mden\u{85}\n\n## Open Questions\n\n1. **Pay \u{202e}yad yreve\u{202c} \u{7f}now?**\n   \
        - Decision needed by: 2026-02-01\n   - Owner: Zoe\u{2067} Eze\n2. **\u{2028}When?**\n\n\u{fc}\u{ec}\u{e3}\u{9d} text\n";
    let toml = "[book]\ntitle = \"T\"\n[preprocessor.design-docs]\nafter = [\"links\"]\ntoday = \"2026-11-23\"\n\
        \"od\\u0085d\" = 1\n";
    let name = "slips\u{9b}2J\u{202e}.md";
    let book = crate::support::book::BookTest::from_files([
        ("book.toml".to_owned(), toml.to_owned()),
        (
            "src/SUMMARY.md".to_owned(),
            format!("# Summary\n\n- [x]({name})\n- [y](missing\u{9b}.md)\n"),
        ),
        (format!("src/{name}"), page.to_owned()),
    ]);
    let root = book.root().to_str().unwrap();
    let is_bad = |c: char| {
        c.is_control() && !"\n\t".contains(c)
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}')
    };
    let mut said = Vec::new();
    for args in [
        vec!["check", root],
        vec!["check", root, "--format", "json"],
        vec!["check", root, "--format", "github"],
        vec!["check", root, "--format", "sarif"],
        vec!["digest", root],
        vec!["digest", root, "--format", "json"],
        vec!["export", root, "--format", "json"],
        vec!["status", name, "Accepted", "--book", root],
        vec!["decide", name, "x", "--book", root, "--question", "None\u{202e}"],
    ] {
        let output = run(&args, b"");
        let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        said.push((format!("{args:?}"), text.concat()));
    }
    for version in ["0.4.52", "0.5.4"] {
        let input = message(
            [(name, page)],
            &serde_json::json!({"after": ["links"], "today": "2026-11-23", "od\u{9b}d": 1}),
        );
        let input = input.replace("0.5.4", version);
        let output = run(&[], input.as_bytes());
        said.push((version.to_owned(), String::from_utf8(output.stderr).unwrap()));
    }
    for (what, text) in said {
        assert!(!text.is_empty(), "{what} says nothing");
        let bad: Vec<char> = text.chars().filter(|&c| is_bad(c)).collect();
        assert!(bad.is_empty(), "{what}: {bad:?}\n{text}");
    }
}
