//! `supersede` on the example and on a small book: both documents say it, `check` agrees, and the
//! pages link to each other; or nothing is changed.

use std::path::Path;

use crate::support::book::{BookTest, Version, run};
use crate::support::{crawl, project};

const OLD: &str = "designs/payments/fraud-rules.md";
const NEW: &str = "designs/payments/refunds.md";

fn supersede(root: &Path, old: &str, new: &str) -> (Option<i32>, String, String) {
    let output = run(&["supersede", old, new, "--book", root.to_str().unwrap()], b"");
    let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code(), stdout, stderr)
}

fn texts(book: &BookTest) -> Vec<String> {
    book.sources().iter().map(|file| book.source(file)).collect()
}

#[test]
fn both_documents_of_the_example_say_it() {
    let book = BookTest::from_dir(project().join("book-example")).crlf();
    let new = book.root().join("src").join(NEW);
    let status = run(
        &[
            "status",
            new.to_str().unwrap(),
            "Approved",
            "--book",
            book.root().to_str().unwrap(),
        ],
        b"",
    );
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
    let (code, said, stderr) = supersede(book.root(), OLD, NEW);
    assert_eq!(code, Some(0), "{stderr}");
    assert!(
        said.contains("fraud-rules.md:") && said.contains("refunds.md:"),
        "{said}"
    );
    let (old, new) = (book.source(OLD), book.source(NEW));
    assert!(
        old.contains("Superseded by [Technical Design: Refunds](refunds.md)"),
        "{old}"
    );
    assert!(
        new.contains("**Supersedes:** [") && new.contains("](fraud-rules.md)"),
        "{new}"
    );
    assert_eq!(new.matches("\r\n").count(), new.matches('\n').count());
    let root = book.root().to_str().unwrap();
    let check = run(&["check", root, "--format", "short", "--warn", "decisions"], b"");
    let found = String::from_utf8(check.stdout).unwrap();
    assert!(!found.contains("supersedes]"), "{found}");
    let (code, again, _) = supersede(book.root(), OLD, NEW);
    assert_eq!(
        (code, again.matches("already up to date").count()),
        (Some(0), 2),
        "{again}"
    );
    assert_eq!((book.source(OLD), book.source(NEW)), (old, new));
    for version in Version::ALL {
        let built = book.build(version);
        crawl::assert_no_dead_links(&built, &[]);
        for (page, target) in [
            ("designs/payments/fraud-rules.html", "refunds.html"),
            ("designs/payments/refunds.html", "fraud-rules.html"),
        ] {
            let main = built.main_part(page);
            let header = main.split("dd-toc").next().unwrap();
            assert!(header.contains(target), "mdBook {version}: {header}");
        }
    }
}

fn small(old: &str, new: &str) -> BookTest {
    let files = [
        (
            "book.toml",
            "[book]\ntitle = \"T\"\n\n[preprocessor.design-docs]\ntoday = 2026-11-23\n".to_owned(),
        ),
        (
            "src/SUMMARY.md",
            "# Summary\n\n- [A](adr/0001-a.md)\n- [B](adr/0002-b.md)\n- [Page](page.md)\n".to_owned(),
        ),
        ("src/adr/0001-a.md", record("1. A", old)),
        ("src/adr/0002-b.md", record("2. B", new)),
        ("src/page.md", "# Page\n\nText.\n".to_owned()),
    ];
    BookTest::from_files(files.map(|(file, text)| (file.to_owned(), text)))
}

fn record(title: &str, status: &str) -> String {
    format!(
        "# {title}\n\nDate: 2026-01-01\n\n## Status\n\n{status}\n\n## Context\n\nx\n\n## Decision\n\ny\n\n## Consequences\n\nz\n"
    )
}

#[test]
fn the_records_of_adr_tools_keep_their_form() {
    let book = small("Accepted", "Proposed");
    let (code, said, stderr) = supersede(book.root(), "0001-a", "0002-b");
    assert_eq!(code, Some(0), "{stderr}");
    assert!(
        stderr.contains("is `Proposed`; it supersedes nothing until it is accepted"),
        "{stderr}"
    );
    assert_eq!(
        book.source("adr/0001-a.md"),
        record("1. A", "Superseded by [2. B](0002-b.md)")
    );
    assert_eq!(
        book.source("adr/0002-b.md"),
        record("2. B", "Proposed\n\nSupersedes [1. A](0001-a.md)")
    );
    let lines: Vec<&str> = said.lines().collect();
    assert!(
        lines[0].ends_with("0001-a.md:7: Superseded by [2. B](0002-b.md)"),
        "{said}"
    );
    assert!(
        lines[1].ends_with("0002-b.md:9: Supersedes [1. A](0001-a.md)"),
        "{said}"
    );
}

#[test]
fn what_is_not_certain_changes_neither() {
    for (old, new, args, said) in [
        (
            "Accepted",
            "Accepted",
            ["0001-a", "0001-a"],
            "0001-a.md: a document cannot supersede itself",
        ),
        (
            "Accepted",
            "Accepted",
            ["0001-a", "page"],
            "no document matches \"page\"",
        ),
        (
            "Accepted on 1 May 2026",
            "Accepted",
            ["0001-a", "0002-b"],
            "0001-a.md: line 7: the status cannot be",
        ),
        (
            "Accepted",
            "Rejected",
            ["0001-a", "0002-b"],
            "0002-b.md: line 7: its status is `Rejected`",
        ),
        (
            "Accepted",
            "Superseded by [1. A](0001-a.md)",
            ["0001-a", "0002-b"],
            "0002-b.md: it is itself superseded by adr/0001-a.md, so the two would make a ring",
        ),
    ] {
        let book = small(old, new);
        let before = texts(&book);
        let (code, _, stderr) = supersede(book.root(), args[0], args[1]);
        assert_eq!(code, Some(2), "{stderr}");
        assert!(stderr.contains(said), "{stderr}");
        assert_eq!(texts(&book), before);
    }
}

/// The second file cannot be written: the first is as it was.
#[cfg(unix)]
#[test]
fn if_the_new_document_cannot_be_written_the_old_one_stays() {
    use std::os::unix::fs::PermissionsExt;
    let book = small("Accepted", "Accepted");
    let before = texts(&book);
    let path = book.root().join("src/adr/0002-b.md");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o444)).unwrap();
    let (code, said, stderr) = supersede(book.root(), "0001-a", "0002-b");
    assert_eq!((code, said.as_str()), (Some(2), ""));
    assert!(stderr.contains("0002-b.md") && stderr.contains("read-only"), "{stderr}");
    assert_eq!(texts(&book), before);
}

#[cfg(unix)]
#[test]
fn links_stay_links_and_two_names_of_one_file_are_one_document() {
    let book = small("Accepted", "Accepted");
    let adr = book.root().join("src/adr");
    let real = book.root().join("real.md");
    std::fs::rename(adr.join("0001-a.md"), &real).unwrap();
    std::os::unix::fs::symlink("../../real.md", adr.join("0001-a.md")).unwrap();
    let (code, _, stderr) = supersede(book.root(), "0001-a", "0002-b");
    assert_eq!(code, Some(0), "{stderr}");
    assert!(std::fs::symlink_metadata(adr.join("0001-a.md")).unwrap().is_symlink());
    assert!(std::fs::read_to_string(&real).unwrap().contains("Superseded by [2. B]"));
    std::fs::remove_file(adr.join("0002-b.md")).unwrap();
    std::os::unix::fs::symlink("0001-a.md", adr.join("0002-b.md")).unwrap();
    let (code, _, stderr) = supersede(book.root(), "0001-a", "0002-b");
    assert_eq!(code, Some(2));
    assert!(stderr.contains("cannot supersede itself"), "{stderr}");
}
