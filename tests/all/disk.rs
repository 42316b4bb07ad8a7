//! What a book names and what is there: a chapter without a file, a folder or a pipe in the place
//! of a file, a setting that comes from the environment.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::NamedTempFile;

use crate::support::book::{BINARY, BookTest, Version};
use crate::support::read;

const TOML: &str = "[book]\ntitle = \"T\"\n\n[preprocessor.design-docs]\nafter = [\"links\"]\n";
const DOCUMENT: &str = "# Stamps\n\n**Author:** Ada Obi\n**Date:** 2026-09-14\n**Status:** Draft\n";

fn book(toml: &str, files: &[(&str, &str)]) -> BookTest {
    let files = files.iter().copied().chain([("book.toml", toml)]);
    BookTest::from_files(files.map(|(path, text)| (path.to_owned(), text.to_owned())))
}

/// What the program answers on 2026-11-23: exit code, stdout and stderr. It has half a minute.
#[track_caller]
fn run(root: &Path, args: &[&str], env: &[(&str, &str)], input: &str) -> (i32, String, String) {
    let mut command = Command::new(BINARY);
    command.args(args).args(["--today", "2026-11-23"]).current_dir(root);
    command.env_remove("SOURCE_DATE_EPOCH").env_remove("CLICOLOR_FORCE");
    command.envs(env.iter().copied());
    let (out, err) = (NamedTempFile::new().unwrap(), NamedTempFile::new().unwrap());
    command.stdin(Stdio::piped());
    command.stdout(out.reopen().unwrap()).stderr(err.reopen().unwrap());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if begun.elapsed() > Duration::from_secs(30) {
            child.kill().unwrap();
            panic!("{args:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    (status.code().unwrap(), read(out.path()), read(err.path()))
}

#[track_caller]
fn assert_says(said: &str, words: &[&str]) {
    for words in words {
        assert!(said.contains(words), "no {words:?} in\n{said}");
    }
}

/// Both kinds of chapter, in a folder, with spaces, and drafts.
const SUMMARY: &str = "# Summary\n\n[Preface](./preface.md)\n\n- [Stamps](stamps.md)\n- [Letters](post/letters%20a.md)\n  \
                       - [Later]()\n- [Parcels](<post/./parcels.md>)\n";

#[test]
fn a_chapter_without_a_file_is_found_where_the_summary_names_it() {
    let book = book(TOML, &[("src/SUMMARY.md", SUMMARY), ("src/stamps.md", DOCUMENT)]);
    let (code, out, err) = run(book.root(), &["check"], &[], "");
    assert_eq!(code, 0, "{out}{err}");
    assert_says(
        &out,
        &[
            "warning[missing-chapter]: this chapter's file does not exist: src/preface.md",
            "--> src/SUMMARY.md:3:1",
            "src/post/letters a.md",
            "--> src/SUMMARY.md:6:3",
            "src/post/parcels.md",
            "--> src/SUMMARY.md:8:3",
            "3 warnings in 1 of 1 document",
        ],
    );
    assert_eq!(out.matches("[missing-chapter]").count(), 3, "no draft: {out}");
    let (code, out, _) = run(
        book.root(),
        &["check", "--deny", "missing-chapter", "--format", "json"],
        &[],
        "",
    );
    assert_eq!(code, 1);
    let json: Value = serde_json::from_str(&out).unwrap();
    assert_says(&json.to_string(), &["\"src/SUMMARY.md\"", "\"missing-chapter\""]);
    for format in ["sarif", "github"] {
        let (_, out, _) = run(book.root(), &["check", "--format", format], &[], "");
        assert_says(&out, &["src/SUMMARY.md", "missing-chapter"]);
    }
    for path in ["preface.md", "post/letters a.md", "post/parcels.md"] {
        let path = book.root().join("src").join(path);
        assert!(!path.exists(), "it is not made");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "# Words\n").unwrap();
    }
    let (code, out, _) = run(book.root(), &["check"], &[], "");
    assert_eq!((code, &*out), (0, "nothing to report in 1 document\n"));
}

#[test]
fn the_other_commands_read_a_book_with_a_chapter_that_is_not_there() {
    let book = book(TOML, &[("src/SUMMARY.md", SUMMARY), ("src/stamps.md", DOCUMENT)]);
    for args in [
        &["export", "--format", "json"][..],
        &["digest"],
        &["fix"],
        &["status", "Stamps", "Approved"],
    ] {
        let (code, out, err) = run(book.root(), args, &[], "");
        assert_eq!(code, 0, "{args:?}: {err}");
        assert!(!out.contains("SUMMARY.md"), "it is no chapter: {out}");
    }
}

#[test]
fn an_include_that_cannot_be_taken_says_why() {
    let text = format!(
        "{DOCUMENT}\n{{{{#include gone.md}}}}\n\n{{{{#include part}}}}\n\n{{{{#include latin.md}}}}\n\n{{{{#include more.md}}}}\n"
    );
    let book = book(
        TOML,
        &[
            ("src/SUMMARY.md", "- [Stamps](post/stamps.md)\n"),
            ("src/post/stamps.md", &text),
            ("src/post/more.md", "more\n{{#include gone.md}}\n"),
            ("src/post/part/x.md", ""),
        ],
    );
    fs::write(book.root().join("src/post/latin.md"), b"stra\xdfe\n").unwrap();
    let (code, _, err) = run(book.root(), &["check"], &[], "");
    assert_eq!(code, 0, "{err}");
    assert_says(
        &err,
        &[
            "warning: src/post/stamps.md:7: src/post/gone.md is not included: the file does not exist\n",
            "warning: src/post/stamps.md:9: src/post/part is not included: it cannot be read: it is a folder\n",
            "warning: src/post/stamps.md:11: src/post/latin.md is not included: it is not UTF-8\n",
            "warning: src/post/more.md:2: src/post/gone.md is not included: the file does not exist\n",
        ],
    );
}

/// Puts something else than a file at `path`.
#[cfg(unix)]
fn put(what: &str, path: &Path) {
    let _ = fs::remove_file(path);
    match what {
        "it is a named pipe" => assert!(Command::new("mkfifo").arg(path).status().unwrap().success()),
        "it is a socket" => drop(std::os::unix::net::UnixListener::bind(path).unwrap()),
        "it is a device" => std::os::unix::fs::symlink("/dev/zero", path).unwrap(),
        _ => fs::create_dir(path).unwrap(),
    }
}

#[test]
#[cfg(unix)]
fn a_pipe_or_a_folder_in_the_place_of_a_file_is_named_and_never_waited_for() {
    let names = [
        "src/stamps.md", "src/part.md", "src/SUMMARY.md", "book.toml", "other.json",
    ];
    for what in [
        "it is a named pipe", "it is a socket", "it is a device", "it is a folder",
    ] {
        for name in names {
            let external = "\n[[preprocessor.design-docs.external]]\nname = \"Post\"\nfile = \"other.json\"\n\
                            url = \"https://example.com/\"\n";
            let toml = if name == "other.json" {
                format!("{TOML}{external}")
            } else {
                TOML.to_owned()
            };
            let book = book(
                &toml,
                &[
                    ("src/SUMMARY.md", "- [Stamps](stamps.md)\n- [Letters](letters.md)\n"),
                    ("src/stamps.md", DOCUMENT),
                    ("src/letters.md", "# Letters\n\n{{#include part.md}}\n"),
                    ("src/part.md", ""),
                ],
            );
            put(what, &book.root().join(name));
            // What is included or shown of another book costs no more than itself.
            let is_fatal = !["src/part.md", "other.json"].contains(&name);
            for args in [&["check"][..], &["export", "--format", "json"], &["fix"], &["digest"]] {
                let (code, _, err) = run(book.root(), args, &[], "");
                assert_says(&err, &[name, what]);
                assert_eq!(code == 2, is_fatal, "{what}, {name}, {args:?}: {code}, {err}");
            }
            for args in [&["init"][..], &["new", "Parcels"]] {
                let (_, _, err) = run(book.root(), args, &[], "");
                assert!(!is_fatal || err.contains(what), "{what}, {name}, {args:?}: {err}");
            }
        }
    }
}

#[test]
fn a_setting_from_the_environment_is_told_by_its_variable() {
    const ROOT: &str = "MDBOOK_PREPROCESSOR__DESIGN_DOCS";
    let toml = format!("{TOML}due-soon-days = 7\n\n[preprocessor.design-docs.toc]\ndepth = 3\n");
    let book = book(
        &toml,
        &[
            ("src/SUMMARY.md", "- [Stamps](stamps.md)\n"),
            ("src/stamps.md", DOCUMENT),
        ],
    );
    for (name, value, said) in [
        // Also in the file, in a table of the file, and nowhere else.
        ("__DUE_SOON_DAYS", "soon", "`due-soon-days` must be "),
        ("__TOC__DEPTH", "9", "`depth` must be "),
        ("__TOC", "{\"depth\": 9}", "`depth` must be "),
        ("__TODAY", "2026-02-30", "`today` must be "),
        ("__MILESTONES", "{\"Phase 1\": 3}", "`Phase 1` must be "),
        ("__TOK", "1", "unknown key `tok`"),
        ("", "{\"toc\": {\"depth\": 9}}", "`depth` must be "),
    ] {
        let name = format!("{ROOT}{name}");
        let place = format!("--> {name}\n");
        let (_, _, err) = run(book.root(), &["check"], &[(&name, value)], "");
        assert_says(&err, &[said, &place]);
        assert!(!err.contains("book.toml:"), "{err}");
        // mdBook passes on what the environment says as if it stood in the file.
        let mut input: Value = serde_json::from_str(&book.wire_input(Version::V05, "html")).unwrap();
        let config = &mut input[0]["config"]["preprocessor"]["design-docs"];
        let value: Value = serde_json::from_str(value).unwrap_or_else(|_| value.into());
        match name.strip_prefix(ROOT).unwrap().trim_start_matches("__") {
            "" => *config = value.clone(),
            "TOC__DEPTH" => config["toc"]["depth"] = value.clone(),
            key => config[key.to_lowercase().replace('_', "-")] = value.clone(),
        }
        input[0]["root"] = book.root().to_str().unwrap().into();
        let (_, _, err) = run(book.root(), &[], &[(&name, &value.to_string())], &input.to_string());
        assert_says(&err, &[said, &place]);
        assert!(!err.contains("book.toml:"), "{err}");
    }
    // What the environment does not say is the file's.
    let file = toml.replace("depth = 3", "depth = 9");
    fs::write(book.root().join("book.toml"), file).unwrap();
    let name = format!("{ROOT}__DUE_SOON_DAYS");
    let (_, _, err) = run(book.root(), &["check"], &[(&name, "8")], "");
    assert_says(&err, &["`depth` must be ", "--> book.toml:9:9"]);
}
