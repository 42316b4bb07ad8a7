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
    assert!(said.contains("has the preprocessor already"), "{said}");
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
    assert!(said.contains("10 design documents in "), "{said}");
    assert!(
        said.contains("  designs/payments/refunds.md: Technical Design: Refunds\n"),
        "{said}"
    );
    assert!(said.contains("  overdue-question: "), "{said}");
    assert_eq!(
        read(&book.root().join("book.toml")),
        read(&project().join("book-example/book.toml"))
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
    assert!(init(root, &["--github-pages"]).contains("is there already"));
    assert_eq!(read(&path), text, "twice is once");
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
