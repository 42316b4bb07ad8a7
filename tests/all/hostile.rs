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

/// The document is read and edited, with HTML and without, within the time.
#[track_caller]
pub(super) fn assert_ends(what: &str, text: String) {
    let begun = Instant::now();
    for html in [true, false] {
        run(&[source("a.md", text.as_str())], html);
    }
    let took = begun.elapsed();
    assert!(took < AT_MOST, "{what} took {took:?}");
}

#[test]
fn nesting_ends() {
    let deep = 10_000;
    assert_ends(
        "quotes",
        format!("{HEAD}## Open Questions\n\n{} Why?\n", ">".repeat(deep)),
    );
    assert_ends(
        "quoted metadata",
        format!("# T\n\n{} **Status:** Draft\n", "> ".repeat(deep)),
    );
    assert_ends(
        "lists",
        format!("{HEAD}## Open Questions\n\n{}Why?\n", "- ".repeat(deep)),
    );
    assert_ends(
        "numbered lists",
        format!("{HEAD}## Decision Log\n\n{}2026-01-02: Use it\n", "1. ".repeat(deep)),
    );
    assert_ends(
        "mixed",
        format!("{HEAD}## Open Questions\n\n{}Why?\n", "> - ".repeat(deep)),
    );
    assert_ends(
        "emphasis",
        format!(
            "{HEAD}## Open Questions\n\n- {}Why?{}\n",
            "*a **b ".repeat(deep),
            "** *".repeat(deep)
        ),
    );
    assert_ends(
        "brackets",
        format!("{HEAD}## Open Questions\n\n- {}Why?\n", "[".repeat(deep)),
    );
    assert_ends(
        "links",
        format!(
            "{HEAD}## Open Questions\n\n- {}Why?{}\n",
            "[".repeat(deep),
            "](a)".repeat(deep)
        ),
    );
    let levels: String = (0..300).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect();
    assert_ends("indented lists", format!("{HEAD}## Open Questions\n\n{levels}"));
}

#[test]
fn long_lines_and_large_tables_end() {
    let long = "word ".repeat(400_000);
    assert_ends("a paragraph", format!("{HEAD}{long}\n"));
    assert_ends("a heading", format!("{HEAD}## {long}\n"));
    assert_ends("a label", format!("# T\n\n**Status:** {long}\n"));
    assert_ends("a question", format!("{HEAD}## Open Questions\n\n1. {long}?\n"));
    let cells = "a | ".repeat(100_000);
    assert_ends(
        "a row",
        format!("{HEAD}| {cells}\n|{}\n| {cells}\n", "-|".repeat(100_000)),
    );
    let rows = "| 2026-01-02 | Use it | Ada |\n".repeat(20_000);
    assert_ends(
        "rows",
        format!("{HEAD}## Decision Log\n\n| Date | Decision | By |\n|--|--|--|\n{rows}"),
    );
    assert_ends("quotes and ticks", format!("{HEAD}{}\n", "`".repeat(1_000_000)));
    assert_ends(
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
    assert_ends("aliases", text);
    let nested = format!(
        "---\nstatus: Draft\na: {}{}\n---\n# T\n",
        "[".repeat(50_000),
        "]".repeat(50_000)
    );
    assert_ends("sequences", nested);
    let maps: String = (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert_ends("maps", format!("---\nstatus: Draft\n{maps}---\n# T\n"));
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
    assert_eq!(analysis.pages().new_chapters().len(), 4);
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
        vec!["ask", name, "x\u{202e}", "--book", root],
        vec!["supersede", name, "x", "--book", root],
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
