//! `init` on books of every form: what it adds, what it leaves alone, and that the result builds.

use std::path::Path;

use serde_json::Value;

use crate::support::book::{BookTest, Version, run};
use crate::support::{case, files_below, project, read};

#[track_caller]
fn init(root: &Path, args: &[&str]) -> String {
    let mut all = vec!["init", root.to_str().unwrap()];
    all.extend(args);
    let output = run(&all, b"");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{all:?}: {stderr}");
    String::from_utf8(output.stdout).unwrap()
}

/// A book as `mdbook init` leaves it.
fn fresh() -> BookTest {
    BookTest::from_files(
        [
            (
                "book.toml",
                "# The team's book.\n[book]\nauthors = [\"Ada\"]   # and others\nlanguage = \"en\"\nsrc = \"src\"\ntitle = \"Ours\"\n",
            ),
            ("src/SUMMARY.md", "# Summary\n\n- [Chapter 1](./chapter_1.md)\n"),
            ("src/chapter_1.md", "# Chapter 1\n"),
        ]
        .map(|(file, text)| (file.to_owned(), text.to_owned())),
    )
}

#[test]
fn a_fresh_book_gets_the_preprocessor_and_keeps_everything_else() {
    let book = fresh();
    let toml = book.root().join("book.toml");
    let before = read(&toml);
    let said = init(book.root(), &["--timezone", "Africa/Lagos"]);
    assert!(
        said.contains("added [preprocessor.design-docs], time zone Africa/Lagos"),
        "{said}"
    );
    assert!(said.contains("No design documents yet."), "{said}");
    let after = read(&toml);
    assert_eq!(
        after,
        format!("{before}\n[preprocessor.design-docs]\nafter = [\"links\"]\ntimezone = \"Africa/Lagos\"\n")
    );
    let files = files_below(book.root());
    let said = init(book.root(), &[]);
    assert!(said.contains("already has the preprocessor"), "{said}");
    assert_eq!(read(&toml), after, "twice is once");
    assert_eq!(files_below(book.root()), files);
    for version in Version::ALL {
        assert_eq!(book.build(version).stderr, "", "mdBook {version}");
    }
}

#[test]
fn it_shows_what_it_recognises_and_what_it_would_report() {
    let book = BookTest::from_dir(project().join("book-example"));
    let said = init(book.root(), &[]);
    assert!(said.contains("11 design documents in "), "{said}");
    assert!(
        said.contains("  designs/payments/refunds.md: Technical Design: Refunds\n"),
        "{said}"
    );
    assert!(said.contains("  overdue-question: "), "{said}");
    let toml = read(&book.root().join("book.toml"));
    let added = toml
        .strip_prefix(&read(&project().join("book-example/book.toml")))
        .unwrap();
    let left_out =
        ["this-week", "open-questions", "people"].map(|name| format!("\"{name}.md\" = {{ enable = false }}\n"));
    let why = "# Take a line out if its index moves: mdBook stops at a path that no chapter has.\n";
    assert_eq!(
        added,
        format!("\n[output.html.search.chapter]\n{why}{}", left_out.concat())
    );
    init(book.root(), &[]);
    assert_eq!(read(&book.root().join("book.toml")), toml, "twice is once");
}

/// A design document of a few lines.
const DESIGN: &str = "# A design\n\n**Author:** Ada Obi  \n**Status:** Draft  \n**Date:** 2026-09-14\n";

/// A book of these files; all of them are chapters but those in `loose`.
fn book_of(files: &[(&str, &str)], loose: &[(&str, &str)]) -> BookTest {
    let line = |(file, _): &(&str, &str)| format!("- [{file}]({file})\n");
    let summary: String = files.iter().map(line).collect();
    let all = files
        .iter()
        .chain(loose)
        .map(|(file, text)| (format!("src/{file}"), (*text).to_owned()));
    let own = [
        ("book.toml", String::new()),
        ("src/SUMMARY.md", format!("# Summary\n\n{summary}")),
    ];
    BookTest::from_files(own.map(|(file, text)| (file.to_owned(), text)).into_iter().chain(all))
}

#[test]
fn it_counts_by_folder_and_proposes_an_include_that_takes_just_these() {
    let guide = "# A guide\n\nWords.\n";
    let mut files = vec![("intro.md", guide), ("rfcs/README.md", guide), ("rfcs/style.md", guide)];
    files.extend(["rfcs/1.md", "rfcs/2.md", "rfcs/3.md", "rfcs/4.md", "rfcs/old/5.md"].map(|file| (file, DESIGN)));
    files.extend(["how/a.md", "how/b.md", "how/c.md"].map(|file| (file, guide)));
    files.push(("how/d.md", DESIGN));
    let book = book_of(&files, &[]);
    let said = init(book.root(), &[]);
    for line in [
        "  rfcs/: 4 of 6 chapters\n",
        "  rfcs/old/: 1 of 1 chapter\n",
        "  how/: 1 of 4 chapters\n",
        "Nearly all chapters of rfcs/ are design documents; of the 5 chapters elsewhere, 1 document may be",
        "  include = [\"rfcs/**\"]\n  exclude = [\"rfcs/README.md\", \"rfcs/style.md\"]\n",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    let (_, lines) = said.split_once("  include").unwrap();
    let lines: Vec<&str> = lines.lines().take(2).collect();
    let toml = book.root().join("book.toml");
    let ours = "[preprocessor.design-docs]\n";
    let include = format!("{ours}include{}\n", lines.join("\n"));
    std::fs::write(&toml, read(&toml).replace(ours, &include)).unwrap();
    let said = init(book.root(), &[]);
    assert!(said.contains("5 design documents in 12 chapters"), "{said}");
    assert!(!said.contains("Nearly all"), "it has been followed: {said}");
}

#[test]
fn no_include_is_proposed_where_it_would_not_help() {
    let guide = "# A guide\n\nWords.\n";
    let designs = ["d/1.md", "d/2.md", "d/3.md"].map(|file| (file, DESIGN));
    let proposes = |more: &[(&str, &str)]| {
        let book = book_of(&[&designs[..], more].concat(), &[]);
        init(book.root(), &[]).contains("include = ")
    };
    assert!(!proposes(&[("a.md", guide)]), "none is elsewhere");
    assert!(
        !proposes(&[("a.md", guide), ("b.md", DESIGN)]),
        "half of what is elsewhere is no chance"
    );
    let guides = ["e.md", "f.md", "g.md", "h.md"].map(|file| (file, guide));
    assert!(proposes(&[&guides[..], &[("b.md", DESIGN)]].concat()));
}

#[test]
fn files_that_no_summary_lists_are_named_once() {
    let include = "# Words\n\n{{#include parts/included.md}}\n";
    let draft =
        "# Technical Design: [Feature Name]\n\n**Author:** [Name]  \n**Status:** Draft  \n**Date:** 2026-09-14\n";
    let loose = [
        ("rfcs/1.md", DESIGN),
        ("rfcs/2.MD", DESIGN),
        ("rfcs/notes.md", "# Notes\n\nWords.\n"),
        ("rfcs/0000-template.md", DESIGN),
        ("rfcs/form.md", draft),
        ("parts/included.md", DESIGN),
        (".cache/3.md", DESIGN),
        ("other/book.toml", ""),
        ("other/4.md", DESIGN),
        ("old/5.md", DESIGN),
    ];
    let book = book_of(&[("intro.md", include), ("a.md", DESIGN)], &loose);
    let toml = book.root().join("book.toml");
    std::fs::write(
        &toml,
        "[preprocessor.design-docs]\nafter = [\"links\"]\nexclude = [\"old/**\"]\n",
    )
    .unwrap();
    let line = "2 files below src look like design documents and are not in SUMMARY.md: rfcs/1.md, rfcs/2.MD\n";
    assert!(init(book.root(), &[]).contains(line), "{}", init(book.root(), &[]));
    let check = |more: &[&str]| {
        let args = [&["check", book.root().to_str().unwrap()], more].concat();
        let output = run(&args, b"");
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, said) = check(&[]);
    assert_eq!(
        (code, said.matches("unlisted-document").count()),
        (Some(0), 1),
        "{said}"
    );
    assert!(
        said.contains(line.trim_end()) && said.contains("src/SUMMARY.md:1:1"),
        "{said}"
    );
    assert_eq!(check(&["--deny", "setup"]).0, Some(1));
    std::fs::write(
        &toml,
        "[preprocessor.design-docs]\nafter = [\"links\"]\ninclude = [\"a.md\"]\n",
    )
    .unwrap();
    assert_eq!(
        check(&["--deny", "setup"]).0,
        Some(0),
        "the team has said which are documents"
    );
}

#[test]
fn every_book_of_the_tests_stays_as_it_is_or_builds_as_before() {
    for name in ["front-matter", "hostile", "nested-index", "plain", "template"] {
        let book = BookTest::from_dir(case(name));
        let before = book.build(Version::V05);
        init(book.root(), &[]);
        let once = read(&book.root().join("book.toml"));
        init(book.root(), &[]);
        assert_eq!(read(&book.root().join("book.toml")), once, "{name}");
        let after = book.build(Version::V05);
        assert_eq!(after.pages(), before.pages(), "{name}");
    }
}

#[test]
fn the_workflow_is_one_that_github_reads() {
    let book = fresh();
    let root = book.root();
    std::fs::create_dir_all(root.join(".git")).unwrap();
    std::fs::write(root.join(".git/HEAD"), "ref: refs/heads/trunk\n").unwrap();
    let path = root.join(".github/workflows/handbook.yml");
    let said = init(root, &["--github-pages"]);
    assert!(said.contains("handbook.yml: written"), "{said}");
    let text = read(&path);
    let workflow: Value = serde_saphyr::from_str(&text).unwrap();
    let on = &workflow["on"];
    assert_eq!(on["push"]["branches"][0], "trunk");
    assert_eq!(on["schedule"][0]["cron"], "17 3 * * *");
    for trigger in ["pull_request", "workflow_dispatch"] {
        assert!(on.get(trigger).is_some(), "{trigger}");
    }
    assert!(text.contains("60 days"), "the schedule's end is told");
    assert_eq!(workflow["permissions"]["contents"], "read");
    assert_eq!(workflow["jobs"]["publish"]["permissions"]["pages"], "write");
    let steps = workflow["jobs"]["build"]["steps"].as_array().unwrap();
    let named = |name: &str| steps.iter().find(|step| step["name"] == name).unwrap();
    assert_eq!(named("Check")["run"], "mdbook-design-docs check --format github");
    assert_eq!(named("Check")["if"], "github.event_name == 'pull_request'");
    assert_eq!(steps.last().unwrap()["with"]["path"], "book");
    assert!(init(root, &["--github-pages"]).contains("already exists"));
    assert_eq!(read(&path), text, "twice is once");
}

#[test]
fn a_book_with_history_gets_all_commits() {
    for (table, depth) in [
        ("", Value::Null),
        ("\n[preprocessor.design-docs.history]\nenabled = false\n", Value::Null),
        ("\n[preprocessor.design-docs.history]\nenabled = true\n", 0.into()),
    ] {
        let book = fresh();
        let root = book.root();
        init(root, &[]);
        let toml = read(&root.join("book.toml")) + table;
        std::fs::write(root.join("book.toml"), toml).unwrap();
        init(root, &["--github-pages"]);
        let text = read(&root.join(".github/workflows/handbook.yml"));
        let workflow: Value = serde_saphyr::from_str(&text).unwrap();
        let checkout = &workflow["jobs"]["build"]["steps"][0];
        assert_eq!(checkout["uses"], "actions/checkout@v4");
        assert_eq!(checkout["with"]["fetch-depth"], depth, "{table}");
    }
}

#[test]
fn a_workflow_of_the_teams_own_is_not_replaced() {
    let book = fresh();
    let root = book.root();
    let path = root.join(".github/workflows/handbook.yml");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let before = read(&root.join("book.toml"));
    // Also where it is not UTF-8.
    for ours in [b"name: Ours\n".as_slice(), b"name: \xdcbersicht\n"] {
        std::fs::write(&path, ours).unwrap();
        let output = run(&["init", root.to_str().unwrap(), "--github-pages"], b"");
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(std::fs::read(&path).unwrap(), ours);
        assert_eq!(read(&root.join("book.toml")), before, "nothing was changed");
    }
    init(root, &["--github-pages", "--force"]);
    assert!(read(&path).contains("mdbook-design-docs"));
}

#[test]
fn a_book_in_a_subfolder_has_its_workflow_at_the_root() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    std::fs::create_dir_all(root.join(".git")).unwrap();
    let book = root.join("docs/handbook");
    std::fs::create_dir_all(book.join("src")).unwrap();
    std::fs::write(book.join("src/SUMMARY.md"), "- [A](a.md)\n").unwrap();
    std::fs::write(
        book.join("book.toml"),
        "[preprocessor.design-docs.index]\ndownloads = [\"ics\"]\n\n[output.html]\n\n[output.linkcheck]\n",
    )
    .unwrap();
    init(&book, &["--github-pages"]);
    let text = read(&root.join(".github/workflows/handbook.yml"));
    assert!(text.contains("working-directory: \"docs/handbook\""), "{text}");
    assert!(text.contains("path: \"docs/handbook/book/html\""));
    assert!(text.contains("run: mdbook-design-docs export --downloads \"book/html\""));
}

#[test]
fn what_is_no_book_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_str().unwrap();
    let output = run(&["init", root], b"");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr.contains("`mdbook init "), "{stderr}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    let output = run(&["init", root, "--timezone", "Lagos"], b"");
    assert!(String::from_utf8_lossy(&output.stderr).contains("Africa/Lagos"));
}

/// A large book whose search finds our indices before the documents is told so, until they are left
/// out.
#[test]
fn a_large_book_is_told_about_its_search() {
    let files: Vec<(String, String)> = (0..30)
        .map(|number| {
            (
                format!("d/{number}.md"),
                DESIGN.replacen("# ", &format!("# {number} "), 1),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let said = |files: &[(&str, &str)]| {
        let book = book_of(files, &[]);
        let before = "[preprocessor.design-docs]\n";
        std::fs::write(book.root().join("book.toml"), before).unwrap();
        let check = || {
            let root = book.root().display().to_string();
            let out = crate::support::book::run(&["--today", "2026-11-23", "check", &root], b"");
            String::from_utf8(out.stderr).unwrap()
        };
        let first = check();
        init(book.root(), &[]);
        assert!(!check().contains("search"), "init has left them out");
        first
    };
    let many = said(&files);
    let expected = "the book's search finds this-week.md and 3 other indices before the documents with a title";
    assert!(many.contains(expected), "{many}");
    assert!(many.contains("book.toml:1:"), "{many}");
    assert!(many.contains("\"open-questions.md\".enable = false"), "{many}");
    assert!(!said(&files[..29]).contains("search"));
}
