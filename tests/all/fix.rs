//! `fix`, from the diff to the files. Lints with fixes are used where this build has them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use crate::support::book::{BINARY, BookTest, run};
use crate::support::{case, files_below, read};

fn fix(root: &Path, more: &[&str]) -> Output {
    let mut args = vec!["fix", root.to_str().unwrap(), "--today", "2026-11-23"];
    args.extend(more);
    run(&args, b"")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[track_caller]
fn assert_code(output: &Output, code: i32) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{}{said}", out(output));
}

/// Kills the program at many moments: every file is the old one or the new one, never a part.
#[test]
fn a_fix_that_is_killed_leaves_whole_files() {
    const FILES: usize = 60;
    let old = format!(
        "# T\n\n**Author:** Ada\n**Status:** Draft\n\n{}",
        "Itâ€™s so.\n\n".repeat(40)
    );
    let new = old.replace("â€™", "’");
    let mut summary = String::from("# Summary\n\n");
    let mut files = Vec::new();
    for number in 0..FILES {
        summary += &format!("- [T](d{number}.md)\n");
        files.push((format!("src/d{number}.md"), old.clone()));
    }
    files.push(("src/SUMMARY.md".to_owned(), summary));
    files.push(("book.toml".to_owned(), "[book]\ntitle = \"T\"\n".to_owned()));
    let book = BookTest::from_files(files);
    let paths: Vec<_> = (0..FILES)
        .map(|number| book.root().join(format!("src/d{number}.md")))
        .collect();
    for wait in (0..).map(|round| Duration::from_millis(round * 7)) {
        let mut child = Command::new(BINARY)
            .args(["fix", "--write", "--only", "mangled-encoding"])
            .current_dir(book.root())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(wait);
        child.kill().unwrap();
        child.wait().unwrap();
        let texts: Vec<_> = paths.iter().map(|path| read(path)).collect();
        assert!(texts.iter().all(|text| *text == old || *text == new));
        if texts.iter().all(|text| *text == new) {
            return;
        }
    }
}

/// A document of which each "’" was saved as UTF-8 and read as Windows-1252.
fn mangled() -> BookTest {
    let text = "# Refunds\r\n\r\n**Author:** Ada Obi\r\n**Status:** Draft\r\n\r\n## Summary\r\n\r\n\
                We donâ€™t retry. Itâ€™s rare.\r\n";
    BookTest::from_files(
        [
            (
                "book.toml",
                "[book]\ntitle = \"T\"\n\n[preprocessor.design-docs]\nafter = [\"links\"]\n",
            ),
            ("src/SUMMARY.md", "# Summary\n\n- [Refunds](refunds.md)\n"),
            ("src/refunds.md", text),
        ]
        .map(|(file, text)| (file.to_owned(), text.to_owned())),
    )
}

#[test]
fn what_is_wrong_with_the_arguments_or_the_book_is_2() {
    let book = mangled();
    assert_code(&fix(&book.root().join("none"), &[]), 2);
    assert_code(&fix(book.root(), &["--only", "no-such-lint"]), 2);
    assert_code(&fix(book.root(), &["--only", "warnings"]), 2);
    fs::write(book.root().join("src/refunds.md"), b"# \xff\n").unwrap();
    assert_code(&fix(book.root(), &[]), 2);
}

#[test]
fn a_book_with_nothing_to_fix_is_left_alone() {
    let book = BookTest::from_dir(case("plain"));
    for more in [[].as_slice(), &["--write"]] {
        let output = fix(book.root(), more);
        assert_code(&output, 0);
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn damaged_encoding_is_shown_then_put_right_then_gone() {
    let book = mangled();
    let file = book.root().join("src/refunds.md");
    let before = read(&file);
    let only = ["--only", "mangled-encoding"];
    let shown = fix(book.root(), &only);
    assert_code(&shown, 1);
    let diff = out(&shown);
    assert!(diff.contains("\n-We donâ€™t retry. Itâ€™s rare.\r\n"), "{diff}");
    assert!(diff.contains("\n+We don’t retry. It’s rare.\r\n"), "{diff}");
    assert_eq!(read(&file), before, "a look changes nothing");

    let written = fix(book.root(), &[&only[..], &["--write"]].concat());
    assert_code(&written, 0);
    assert!(out(&written).contains("src/refunds.md"), "{}", out(&written));
    let expected = before.replace("â€™", "’");
    assert_eq!(read(&file), expected, "nothing else changes, line ends neither");
    assert_eq!(
        files_below(book.root()),
        ["book.toml", "src/SUMMARY.md", "src/refunds.md"]
    );

    let again = fix(book.root(), &[&only[..], &["--write"]].concat());
    assert_code(&again, 0);
    assert!(again.stdout.is_empty(), "{}", out(&again));
    assert_code(&fix(book.root(), &only), 0);
}

#[test]
fn after_fix_there_is_nothing_left_to_fix_in_any_book() {
    for name in ["template", "front-matter", "nested-index", "plain"] {
        let book = BookTest::from_dir(case(name));
        let files = |book: &BookTest| -> Vec<String> {
            let src = book.root().join("src");
            files_below(&src).iter().map(|file| read(&src.join(file))).collect()
        };
        assert_code(&fix(book.root(), &["--write"]), 0);
        let fixed = files(&book);
        assert_code(&fix(book.root(), &[]), 0);
        assert_code(&fix(book.root(), &["--write"]), 0);
        assert_eq!(files(&book), fixed, "{name}");
    }
}
