//! Every lint does what its text says: the examples in it are run, and the reference is made of it.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use mdbook_design_docs::Analysis;
use mdbook_design_docs::config::{self, Config};
use mdbook_design_docs::diagnostic::{Diagnostic, Level};
use mdbook_design_docs::lint::{self, Group, LINTS, Lint};
use mdbook_design_docs::model::{Chapter, Unlisted};

use mdbook_design_docs::source::{Edit, Source, splice};
use mdbook_design_docs::wire::{self, Context};

use crate::support::{case, files_below, none, project, read, snapshot};

const TODAY: Date = date(2026, 11, 23);

/// The versions whose rules a text's examples are run under.
const VERSIONS: [&str; 2] = ["0.4.52", "0.5.4"];

/// A fenced block of a lint's text.
struct Block<'t> {
    /// What stands behind the fence: `md,fails`.
    info: &'t str,
    text: String,
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut out: Vec<Block<'_>> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        match line.strip_prefix("```") {
            Some(info) if !is_open => {
                out.push(Block {
                    info,
                    text: String::new(),
                });
                is_open = true;
            }
            Some(_) => is_open = false,
            None if is_open => {
                let block = out.last_mut().unwrap();
                block.text.push_str(line);
                block.text.push('\n');
            }
            None => {}
        }
    }
    assert!(!is_open, "a block is not closed:\n{text}");
    out
}

/// The chapters of an example: one, or each behind `<!-- file: a.md -->`.
fn chapters(example: &str) -> Vec<Source> {
    let source = |path: &str, text: &str| Source {
        path: path.to_owned(),
        file: Some(path.to_owned()),
        name: path.to_owned(),
        text: text.to_owned(),
        ..Source::default()
    };
    let parts: Vec<&str> = example.split("<!-- file: ").collect();
    match parts.as_slice() {
        [only] => vec![source("refunds.md", only)],
        [_, rest @ ..] => rest
            .iter()
            .map(|part| {
                let (path, text) = part.split_once(" -->\n").unwrap();
                source(path, text.trim_start())
            })
            .collect(),
        [] => Vec::new(),
    }
}

/// The configuration that book.toml asks for; nothing in it may be wrong.
#[track_caller]
pub fn configured(toml: &str, version: &str) -> Config {
    let table: toml::Table = toml::from_str(toml).unwrap();
    let context = Context {
        config: serde_json::to_value(table).unwrap(),
        renderer: "html".to_owned(),
        mdbook_version: version.to_owned(),
        ..Context::default()
    };
    let read = context.settings();
    assert_eq!(read.problems, [], "{toml}");
    read.config
}

fn found(sources: &[Source], config: &Config) -> Vec<Diagnostic> {
    let mut analysis = Analysis::read(sources, config.clone(), TODAY);
    let corpus = &mut analysis.corpus;
    if let Some(summary) = sources.iter().position(|source| source.path == "SUMMARY.md") {
        let is_there = |file: &str| sources.iter().any(|source| source.path == file);
        let text = &sources[summary].text;
        corpus.absent = wire::absent(text, "src", summary, is_there);
        let is_listed = |chapter: &&Chapter| text.contains(&format!("({})", chapter.path));
        let unlisted = corpus.chapters.iter().filter(|chapter| !is_listed(chapter));
        corpus.unlisted = Unlisted {
            source: summary,
            folder: "src".to_owned(),
            chapters: unlisted.cloned().collect(),
        };
    }
    analysis.findings()
}

#[test]
fn every_example_does_what_its_lint_says() {
    for lint in LINTS {
        for version in VERSIONS {
            run_examples(lint, version);
        }
    }
}

#[track_caller]
fn run_examples(lint: &Lint, version: &str) {
    let mut toml = "[preprocessor.design-docs]\nafter = [\"links\"]\n".to_owned();
    let mut ran = BTreeSet::new();
    for block in blocks(lint.text) {
        let what = format!("{}, {}, mdBook {version}", lint.name, block.info);
        match block.info {
            // What book.toml says holds for the examples below it.
            "toml,config" => {
                toml.clone_from(&block.text);
                configured(&toml, version);
            }
            "md,fails" | "md,passes" => {
                let mut config = configured(&toml, version);
                config.lints.entry(lint.name.to_owned()).or_insert(Level::Warn);
                // Only one text is about the order.
                config.misplaced.retain(|_| lint.name == "unordered-preprocessor");
                let names: Vec<_> = found(&chapters(&block.text), &config)
                    .iter()
                    .map(|each| each.lint)
                    .collect();
                let own = names.iter().filter(|name| **name == lint.name).count();
                // A comment without effect leaves its finding where it was.
                let others = names.iter().any(|name| *name != lint.name) && lint.name != "allow-without-reason";
                assert_eq!(own > 0, block.info == "md,fails", "{what}: {names:?}\n{}", block.text);
                assert!(!others, "{what}: {names:?}\n{}", block.text);
            }
            other => panic!("{what}: nobody runs `{other}`"),
        }
        ran.insert(block.info);
    }
    let all = BTreeSet::from(["md,fails", "md,passes", "toml,config"]);
    assert_eq!(ran, all, "{}", lint.name);
}

#[test]
fn every_text_has_the_same_parts() {
    for lint in LINTS {
        let first = lint.text.lines().next().unwrap_or_default();
        assert!(
            first.ends_with('.') && !first.starts_with('#'),
            "{}: {first}",
            lint.name
        );
        let parts: Vec<_> = lint
            .text
            .lines()
            .filter_map(|line| line.strip_prefix("## "))
            .filter(|heading| EXPECTED.contains(heading))
            .collect();
        assert_eq!(parts, EXPECTED, "{}", lint.name);
        let file = lint.name.replace('-', "_");
        let exists = project().join(format!("src/lint/{file}.rs")).exists();
        assert!(exists, "{} does not lie in its own file", lint.name);
    }
    const EXPECTED: &[&str] = &[
        "Why it matters", "What it looks at", "Example", "What to do", "Configuration",
    ];
}

#[test]
fn the_list_of_lints_is_complete() {
    let src = project().join("src/lint");
    let texts = files_below(&src).into_iter().filter_map(|file| {
        let name = file.strip_suffix(".md")?;
        Some(name.replace('_', "-"))
    });
    let listed: BTreeSet<String> = lint::names().into_iter().map(str::to_owned).collect();
    assert_eq!(texts.collect::<BTreeSet<_>>(), listed);
    assert_eq!(listed.len(), LINTS.len(), "a name twice");
    for group in Group::ALL {
        assert!(LINTS.iter().any(|lint| lint.group == group), "{group:?} has no lint");
        assert!(!listed.contains(group.word()), "{} is a lint too", group.word());
    }
}

#[test]
fn what_depends_on_the_day_never_breaks_a_build() {
    let loud = LINTS.iter().filter(|lint| lint.level == Level::Deny);
    let names: Vec<_> = loud.map(|lint| lint.name.to_owned()).collect();
    none("lints that deny without being asked", &names);
}

#[test]
fn levels_are_set_by_lint_and_by_group_and_the_lint_stands_above() {
    let source = chapters("# Refunds\n\n**Author:** Ada Obi  \n**Date:** 2026-02-30  \n**Status:** Imlpemented\n");
    let levels = |toml: &str| -> Vec<(&str, Level)> {
        let config = configured(&format!("[preprocessor.design-docs.lints]\n{toml}"), "0.5.4");
        let found = found(&source, &config).into_iter();
        let found = found.filter(|each| each.lint != "unordered-preprocessor");
        found.map(|each| (each.lint, each.level)).collect()
    };
    assert_eq!(
        levels(""),
        [("invalid-date", Level::Warn), ("unknown-status", Level::Warn)]
    );
    assert_eq!(levels("metadata = \"allow\""), []);
    assert_eq!(
        levels("metadata = \"deny\"\ninvalid-date = \"allow\""),
        [("unknown-status", Level::Deny)]
    );
}

#[test]
fn what_runs_on_the_wrong_side_is_said_once_for_the_book() {
    let page = |path: &str| {
        format!(
            "<!-- file: {path} -->\n# About {path}\n\n**Author:** Ada Obi  \n**Date:** 2026-09-14  \n**Status:** Draft\n"
        )
    };
    let pages = [page("a.md"), page("b.md")].join("\n");
    let said = |toml: &str| -> Vec<String> {
        let found = found(&chapters(&pages), &configured(toml, "0.5.4")).into_iter();
        found
            .map(|each| format!("{} {}", each.message, each.help.unwrap_or_default()))
            .collect()
    };
    let others = "[preprocessor.gettext]\nafter = [\"links\"]\n[preprocessor.external-links]\n";
    assert_eq!(
        said(&format!("{others}[preprocessor.design-docs]\nafter = [\"links\"]\n")),
        [
            "design-docs runs before `gettext`, so it reads the text before the translation \
             add \"gettext\" to `after` in [preprocessor.design-docs] in book.toml",
            "design-docs runs after `external-links`, so it reads HTML in place of links \
             add \"external-links\" to `before` in [preprocessor.design-docs] in book.toml",
        ]
    );
    assert_eq!(
        said(&format!(
            "{others}[preprocessor.design-docs]\nafter = [\"links\", \"gettext\"]\nbefore = [\"external-links\"]\n"
        )),
        [""; 0]
    );
}

#[test]
fn a_word_that_is_no_status_is_one_finding_in_the_whole_book() {
    let page = |path: &str, status: &str, more: &str| {
        format!(
            "<!-- file: {path} -->\n# About {path}\n\n**Author:** Ada Obi  \n**Date:** 2026-09-14  \n**Status:** {status}\n{more}\n"
        )
    };
    let allow = "<!-- design-docs: allow unknown-status -- theirs -->";
    let pages = [
        page("a.md", "Simmering", ""),
        page("b.md", "Baked", ""),
        page("c.md", "simmering", ""),
        page("d.md", "Imlpemented", ""),
        page("e.md", "Simmering", &format!("{allow}\n")).replace("# About", &format!("{allow}\n\n# About")),
        page("f.md", "Imlpemented", ""),
        page("g.md", "Simmering", ""),
    ];
    let config = configured("[preprocessor.design-docs]\nafter = [\"links\"]", "0.5.4");
    let sources = chapters(&pages.concat());
    let all = found(&sources, &config);
    let seen: Vec<_> = all
        .iter()
        .filter(|each| each.lint == "unknown-status")
        .map(|each| {
            (
                each.place.source,
                each.message.as_str(),
                each.label.as_deref(),
                each.fix.is_some(),
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            (
                0,
                "unknown status `Simmering`; it is also in 2 other chapters",
                Some("also in `c.md` and `g.md`"),
                false
            ),
            (1, "unknown status `Baked`", None, false),
            (3, "unknown status `Imlpemented`", None, true),
            (5, "unknown status `Imlpemented`", None, true),
        ]
    );
}

#[test]
fn a_comment_allows_where_it_stands_and_only_with_a_reason() {
    let names = |text: &str| -> Vec<&str> {
        let config = configured("[preprocessor.design-docs]\nafter = [\"links\"]", "0.5.4");
        found(&chapters(text), &config).iter().map(|each| each.lint).collect()
    };
    let page = |top: &str, first: &str, second: &str| {
        let question = |asked: &str, comment: &str| {
            format!("1. **{asked}** {comment}\n   - Decision needed by: 2026-01-01\n   - Owner: Ada Obi\n")
        };
        let questions = question("Why?", first) + &question("How?", second);
        format!("{top}# Refunds\n\n**Author:** Ada Obi  \n**Status:** Draft\n\n## Open Questions\n\n{questions}")
    };
    let allow = |what: &str| format!("<!-- design-docs: allow {what} -->");
    let overdue = "overdue-question";
    assert_eq!(names(&page("", "", "")), [overdue, overdue]);
    assert_eq!(names(&page("", &allow("overdue-question -- May"), "")), [overdue]);
    let top = |what: &str| format!("{}\n\n", allow(what));
    assert_eq!(names(&page(&top("overdue-question -- May"), "", "")), [""; 0]);
    assert_eq!(names(&page(&top("time -- May"), "", "")), [""; 0], "a group");
    assert_eq!(
        names(&page(&top("overdue-question"), "", "")),
        ["allow-without-reason", overdue, overdue]
    );
    assert_eq!(
        names(&page(&top("overdu-question -- x"), "", "")),
        ["unused-allow", overdue, overdue]
    );
    assert_eq!(
        names(&page(&top("invalid-date -- x"), "", "")),
        ["unused-allow", overdue, overdue]
    );
}

#[test]
fn after_all_fixes_there_is_nothing_left_to_fix() {
    let books = files_below(&project().join("tests/books"));
    let books = books.iter().filter_map(|file| file.strip_suffix("/book.toml"));
    let mut roots: Vec<_> = books.map(case).collect();
    assert!(!roots.is_empty());
    roots.push(project().join("book-example"));
    let mut fixed = 0;
    for root in roots {
        let mut book = wire::load(&root, &[]).unwrap();
        let mut config = book.context.settings().config;
        for lint in LINTS {
            config.lints.insert(lint.name.to_owned(), Level::Warn);
        }
        fixed += fix(&mut book.sources, &config);
        let left: Vec<String> = found(&book.sources, &config)
            .into_iter()
            .filter(|each| each.fix.is_some() || MUST_BE_CURED.contains(&each.lint))
            .map(|each| format!("{}: {} [{}]", root.display(), each.message, each.lint))
            .collect();
        none("fixes left", &left);
    }
    assert!(fixed > 30, "only {fixed} fixes were tried");
    const MUST_BE_CURED: &[&str] = &["mangled-encoding", "swallowed-braces"];
}

/// Carries out every fix; how many there were.
fn fix(sources: &mut [Source], config: &Config) -> usize {
    let all = found(sources, config);
    let fixes = all.iter().filter(|each| each.fix.is_some()).count();
    for (index, source) in sources.iter_mut().enumerate() {
        let own = all.iter().filter(|each| each.place.source == index);
        let mut edits: Vec<Edit> = own
            .filter_map(|each| each.fix.as_ref())
            .flat_map(|fix| fix.edits.clone())
            .collect();
        edits.sort_by_key(|edit| edit.span);
        for pair in edits.windows(2) {
            assert!(pair[0].span.end <= pair[1].span.start, "fixes overlap: {pair:?}");
        }
        source.text = splice(&source.text, &edits);
    }
    fixes
}

#[test]
fn the_template_is_told_of_everything_at_its_place() {
    let book = wire::load(&case("template"), &[]).unwrap();
    let template = book
        .sources
        .iter()
        .position(|source| source.path == "template.md")
        .unwrap();
    for version in VERSIONS {
        let context = Context {
            mdbook_version: version.to_owned(),
            ..book.context.clone()
        };
        let found = found(&book.sources, &context.settings().config);
        let own: Vec<&Diagnostic> = found.iter().filter(|each| each.place.source == template).collect();
        let text = &book.sources[template].text;
        let of = |lint: &str| -> Vec<&str> {
            let own = own.iter().filter(|each| each.lint == lint);
            own.map(|each| each.place.span.of(text)).collect()
        };
        assert_eq!(of("broken-anchor").len(), 14, "mdBook {version}");
        assert!(of("broken-anchor").iter().all(|link| link.starts_with('#')));
        assert_eq!(of("swallowed-braces"), ["{id}"]);
        assert_eq!(of("unfilled-placeholder"), ["[Feature Name]"]);
        assert_eq!(of("mangled-encoding").len(), text.matches('\u{f8ff}').count() + 5);
    }
}

#[test]
fn the_reference_of_lints_is_made_of_their_texts() {
    let mut page =
        "# Lints\n\nThe findings of `check` and of a build, by group. Each lint has a level: `allow` is silent, \
                    `warn` reports, and `deny` makes `check` exit with 1. The default level is given below each \
                    name.\n\n"
            .to_owned();
    page += LEVELS;
    for group in Group::ALL {
        page += &format!("\n## Group `{}`\n\n{}\n", group.word(), group.text());
        for lint in LINTS.iter().filter(|lint| lint.group == group) {
            let text = below_a_lint(lint.text);
            let text = text.replace("```md,fails", "```md").replace("```md,passes", "```md");
            // mdBook's `links` takes its directives in code too.
            let text = text.replace("```toml,config", "```toml").replace("{{#", "\\{{#");
            page += &format!("\n### {}\n\nDefault: `{}`\n\n{text}", lint.name, lint.level.word());
        }
    }
    snapshot::assert_matches(&project().join("book-example/src/reference/lints.md"), &page);
}

/// A lint's text with its headings two levels deeper; what its examples show stays as it is.
fn below_a_lint(text: &str) -> String {
    let mut is_code = false;
    let lines = text.split_inclusive('\n').map(|line| {
        is_code ^= line.starts_with("```");
        let is_heading = line.starts_with('#') && !is_code;
        format!("{}{line}", if is_heading { "##" } else { "" })
    });
    lines.collect()
}

#[test]
fn the_reference_shows_examples_as_explain_does() {
    let page = read(&project().join("book-example/src/reference/lints.md"));
    for lint in LINTS {
        for example in blocks(lint.text).iter().filter(|block| block.info.starts_with("md,")) {
            let shown = example.text.replace("{{#", "\\{{#");
            assert!(page.contains(&shown), "{}:\n{shown}", lint.name);
        }
    }
}

/// What holds for all lints.
const LEVELS: &str = "\
Set levels in book.toml by the name of a lint or of a group; the level of a lint overrides that of its group:

```toml
[preprocessor.design-docs.lints]
time = \"deny\"
stale-review = \"allow\"
```

A comment allows findings in one place or one document. It must give a reason:

```md
<!-- design-docs: allow overdue-question -- the bank answers in May -->
```

In a line the comment applies to that line, and on a line of its own to the block below: a paragraph, a list, a \
table, a heading. Before the first heading, or directly below it, it applies to the whole document. Separate several \
names with commas; the name of a group means all of its lints.
";

#[test]
fn the_reference_of_the_configuration_is_complete_and_runs() {
    let page = read(&project().join("book-example/src/reference/configuration.md"));
    let mut told = Vec::new();
    for section in page.split("\n## ").skip(1) {
        let (key, text) = section.split_once('\n').unwrap();
        assert!(text.contains("\nDefault: "), "{key} has no default");
        let (_, example) = text.split_once("```toml\n").unwrap();
        configured(example.split("```").next().unwrap(), "0.5.4");
        told.push(key);
    }
    assert_eq!(told, config::KEYS);
}

/// The lints found in a book of these chapters, apart from those about questions and metadata that
/// a short example lacks.
fn names_in(book: &str) -> Vec<&'static str> {
    let config = configured("[preprocessor.design-docs]\nafter = [\"links\"]", "0.5.4");
    found(&chapters(book), &config).iter().map(|each| each.lint).collect()
}

const HEAD: &str = "# Refunds\n\n**Author:** Ada Obi  \n**Date:** 2026-09-14  \n**Status:** Approved  \n";

#[test]
fn what_cannot_be_told_is_not_reported() {
    for text in [
        // Ids that others make, or that stand in HTML.
        "\n[a](#x) [b](../outside.md#y) [c](https://a.example/#z) [d](#top) [e](#fn-1)\n\n<a name=\"x\"></a>\n",
        "\n[a](#from-elsewhere)\n\n{{some directive}}\n",
        "\n[a](ordinary.md#%C3%BCber)\n\n<!-- file: ordinary.md -->\n## Über\n",
        // Attributes are no lost text, and code that shows damage is none.
        "\n## A {#a .b key=value}\n\n## B `{id}`\n\nThe bytes look like `Ã©` there.\n",
        // Another status, another matter; two words for one stage.
        "**Implementation Status:** Not started\n",
        // Superseded elsewhere, or by words.
        "**Supersedes:** [ADR 1](https://a.example/1), the old wiki page\n",
        // Brackets of prose.
        "\nUse [name] or {id} here; dates have the form YYYY-MM-DD [optional].\n",
        // A milestone that is over, in a question that is settled.
        "\n## Open Questions\n\n- [x] Why? **Resolved:** so. Decision needed by: Phase 1\n",
    ] {
        let first = format!("<!-- file: refunds.md -->\n{HEAD}{text}");
        assert_eq!(names_in(&first), [""; 0], "{text}");
    }
}

#[test]
fn numbered_records_are_found_by_their_number() {
    let record = |number: u32, title: &str, more: &str| {
        format!(
            "<!-- file: adr/{number:04}-{title}.md -->\n# {title}\n\n**Author:** Ada Obi  \n**Date:** 2026-09-14  \n{more}\n\n"
        )
    };
    let old = record(1, "card", "**Status:** Superseded by ADR-2");
    let new = record(2, "transfer", "**Status:** Accepted  \n**Supersedes:** ADR-0001");
    assert_eq!(names_in(&format!("{old}{new}")), [""; 0]);
    assert_eq!(names_in(&old), ["dangling-supersedes"]);
    let third = record(3, "cash", "**Status:** Accepted  \n**Supersedes:** ADR 1");
    assert_eq!(names_in(&format!("{old}{new}{third}")), ["conflicting-supersedes"]);
    let circle = record(1, "card", "**Status:** Accepted  \n**Supersedes:** ADR-2");
    assert!(names_in(&format!("{circle}{new}")).contains(&"conflicting-supersedes"));
}

#[test]
fn a_marker_for_what_the_book_does_not_have_is_reported() {
    let document = "# Refunds\n\n- Author: Ada Obi (@ada)\n- Status: In Review\n- Tags: Billing\n\n\
                    ## Decision log\n\n| Date | Decision | Decided by |\n|---|---|---|\n| 2026-02-20 | By card | Tunde Bello |\n";
    let said = |filter: &str| {
        let source = |path: &str, text: &str| Source {
            path: path.to_owned(),
            text: text.to_owned(),
            ..Source::default()
        };
        let team = format!("# Team\n\n<!-- decision-log {filter} -->\n");
        let sources = [source("team.md", &team), source("payments/refunds.md", document)];
        let findings = Analysis::read(&sources, Config::default(), TODAY).findings();
        let of_marker = findings.iter().filter(|finding| finding.lint == "invalid-marker");
        of_marker
            .map(|finding| format!("{} {}", finding.message, finding.help.as_deref().unwrap_or("-")))
            .collect::<Vec<_>>()
            .join("; ")
    };
    for known in [
        "owner=\"ada obi\"", "owner=\"@ada\"", "owner=\"Tunde Bello\"", "tag=\"billing\"", "status=\"in review\"",
        "status=\"draft\"", "folder=\"payments\"", "folder=\"payments/**\"", "folder=\"**/refunds.md\"",
    ] {
        assert_eq!(said(known), "", "{known}");
    }
    for (unknown, expected) in [
        (
            "owner=\"Ada Obii\"",
            "no document names the person `Ada Obii` did you mean `Ada Obi`?",
        ),
        ("owner=\"Musa\"", "no document names the person `Musa` -"),
        (
            "tag=\"biling\"",
            "no document has the tag `biling` did you mean `Billing`?",
        ),
        (
            "status=\"in reviw\"",
            "no document has the status `in reviw` did you mean `in-review`?",
        ),
        ("folder=\"payment\"", "no document is in the folder `payment` -"),
        ("folder=\"orders/**\"", "no document is in the folder `orders/**` -"),
    ] {
        assert_eq!(said(unknown), expected);
    }
}
