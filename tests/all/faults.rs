//! What goes wrong outside: a reader that goes away, a disk that is full, a file that cannot be
//! read. Each is a clear error or silence, an exit code, and never half a file.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use crate::support::book::{BINARY, BookTest, Version};
use crate::support::{case, files_below};

fn book() -> BookTest {
    BookTest::from_dir(case("template"))
}

/// Our program with `args`, its stdin `input` and its stdout `stdout`.
fn run(args: &[&str], input: &[u8], stdout: Stdio) -> Output {
    let mut child = Command::new(BINARY)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(stdout)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

/// A device on which nothing can be written.
fn full() -> Stdio {
    OpenOptions::new().write(true).open("/dev/full").unwrap().into()
}

/// One error that says `what`, with an exit code.
#[track_caller]
fn assert_fails(output: &Output, what: &str) {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.code().is_some_and(|code| code != 0),
        "{:?}: {stderr}",
        output.status
    );
    let errors = stderr.lines().filter(|line| line.starts_with("error"));
    assert_eq!(errors.count(), 1, "{stderr}");
    assert!(stderr.contains(what) && !stderr.contains("panicked"), "{stderr}");
}

/// Every command that prints, for the book at `root`: its arguments and its stdin.
fn printing<'a>(root: &'a str, input: &'a str) -> Vec<(Vec<&'a str>, &'a [u8])> {
    let mut commands: Vec<(Vec<&str>, &[u8])> = vec![(vec![], input.as_bytes())];
    for format in ["human", "json", "github", "sarif"] {
        commands.push((vec!["check", root, "--format", format], b""));
    }
    for format in ["json", "csv", "ics", "atom"] {
        let base = "https://handbook.example.com/";
        commands.push((vec!["export", root, "--base-url", base, "--format", format], b""));
    }
    for args in [
        &["digest", root][..],
        &["digest", root, "--format", "json"],
        &["fix", root, "--only", "non-iso-date"],
        &["explain"],
        &["explain", "overdue-question"],
        &["schema"],
        &["completions", "bash"],
        &["man"],
        &["--help"],
        &["check", "--help"],
        &["--version"],
    ] {
        commands.push((args.to_vec(), b""));
    }
    commands
}

/// The book with a date that `fix` would put right, so that every command has something to say.
fn printing_book() -> BookTest {
    let book = book();
    let path = book.root().join("src/extra.md");
    fs::write(
        &path,
        "# Extra\n\n**Status:** Draft\n**Author:** Ada\n**Date:** Jan 9, 2018\n",
    )
    .unwrap();
    let summary = book.root().join("src/SUMMARY.md");
    let text = fs::read_to_string(&summary).unwrap();
    fs::write(&summary, format!("{text}\n- [Extra](extra.md)\n")).unwrap();
    book
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "needs /dev/full")]
fn a_full_disk_is_an_error() {
    let book = printing_book();
    let root = book.root().to_str().unwrap();
    let input = book.wire_input(Version::V05, "html");
    for (args, input) in printing(root, &input) {
        let output = run(&args, input, full());
        assert_fails(&output, "could not write to stdout");
    }
}

#[test]
fn a_file_that_cannot_be_written_is_named() {
    let book = book();
    let root = book.root().to_str().unwrap();
    let below = book.root().join("missing/out.json");
    for target in [below.to_str().unwrap(), root] {
        let output = run(
            &["export", root, "--format", "json", "--output", target],
            b"",
            Stdio::null(),
        );
        assert_fails(&output, target);
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error_to_tell() {
    let book = printing_book();
    let root = book.root().to_str().unwrap();
    let input = book.wire_input(Version::V05, "html");
    for (args, input) in printing(root, &input) {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = run(&args, input, Stdio::from(writer));
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.code().is_some_and(|code| code != 0),
            "{args:?}: {:?}",
            output.status
        );
        assert!(
            !stderr.contains("panicked") && !stderr.contains("error"),
            "{args:?}: {stderr}"
        );
    }
}

#[test]
fn an_input_that_breaks_off_writes_nothing() {
    let input = book().wire_input(Version::V05, "html");
    for length in [0, 1, input.len() / 2, input.len() - 1] {
        let output = run(&[], &input.as_bytes()[..length], Stdio::piped());
        assert_fails(&output, "stdin is not");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_chapter_that_cannot_be_read_is_named_and_the_rest_is_checked() {
    let book = book();
    let root = book.root().to_str().unwrap();
    let chapter = book.sources().remove(0);
    let path = book.root().join("src").join(&chapter);
    // Root may read everything; then a folder in the file's place does.
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if File::open(&path).is_ok() {
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
    }
    let output = run(&["check", root], b"", Stdio::piped());
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(
        stderr.contains(&chapter) && stderr.contains("cannot be read"),
        "{stderr}"
    );
    let output = run(&["export", root, "--format", "json"], b"", Stdio::piped());
    assert_ne!(
        output.status.code(),
        Some(0),
        "part of the facts would pass for all of them"
    );
}

#[test]
fn a_book_that_is_gone_while_mdbook_runs_is_no_matter() {
    let (input, root) = {
        let book = book();
        (book.wire_input(Version::V05, "html"), book.root().to_owned())
    };
    assert!(!root.exists());
    let output = run(&[], input.as_bytes(), Stdio::piped());
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !output.stdout.is_empty(), "{stderr}");
}

/// Every file of a book with its bytes.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let names = files_below(root).into_iter();
    names
        .map(|name| (name.clone(), fs::read(root.join(name)).unwrap()))
        .collect()
}

/// A book with something to do for every command that writes.
fn writing_book() -> BookTest {
    let filler = "Nobody has asked for this yet, and everybody will. ".repeat(40);
    let document = format!(
        "# Queues\n\n**Author:** Ada Obi\n**Status:** Draft\n**Date:** Jan 9, 2018\n\n{filler}\n\n\
         ## Decision Log\n\n| Date | Decision | Rationale | Decided By |\n|---|---|---|---|\n\
         | 2026-01-02 | Use one | It is there | Ada Obi |\n"
    );
    let older = format!("# Lines\n\n**Author:** Ada Obi\n**Status:** Approved\n**Date:** 2017-01-09\n\n{filler}\n");
    let toml = "[book]\ntitle = \"T\"\n\n[preprocessor.design-docs]\nbase-url = \"https://example.com/\"\n\
                index = { downloads = [\"csv\", \"ics\", \"json\", \"atom\"] }\n";
    let files = [
        ("book.toml", toml),
        (
            "src/SUMMARY.md",
            "# Summary\n\n- [Queues](designs/queues.md)\n- [Lines](designs/lines.md)\n",
        ),
        ("src/designs/queues.md", &document),
        ("src/designs/lines.md", &older),
        ("built/index.html", "<p>"),
        ("facts.json", "{}\n"),
    ];
    BookTest::from_files(files.map(|(name, text)| (name.to_owned(), text.to_owned())))
}

/// Every command that writes files, run in the book's folder.
const WRITING: &[&[&str]] = &[
    &["fix", "--write", "--only", "non-iso-date"],
    &["new", "Carts", "--author", "Ada Obi"],
    &["status", "src/designs/queues.md", "accepted"],
    &["decide", "src/designs/queues.md", "Use two"],
    &[
        "ask", "src/designs/queues.md", "Who pays?", "--owner", "Ada Obi", "--due", "2026-12-01",
    ],
    &["supersede", "src/designs/lines.md", "src/designs/queues.md"],
    &["export", "--format", "json", "--output", "facts.json"],
    &["export", "--downloads", "built"],
    &["check", "--write-baseline", "known.toml"],
    &["init", "--timezone", "Africa/Lagos", "--github-pages"],
];

/// A command that writes, to be run in `root`.
fn writing(binary: impl AsRef<OsStr>, root: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(binary);
    command.args(args).arg("--today").arg("2026-11-23").current_dir(root);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    command
}

/// What each of [`WRITING`] makes of the book when nothing goes wrong.
fn written(args: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let book = writing_book();
    let before = files(book.root());
    let output = writing(BINARY, book.root(), args).output().unwrap();
    let after = files(book.root());
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && after != before, "{args:?}: {stderr}");
    after
}

/// No file is anything but what it was or what it was to become.
#[track_caller]
fn assert_whole(
    found: &BTreeMap<String, Vec<u8>>,
    before: &BTreeMap<String, Vec<u8>>,
    after: &BTreeMap<String, Vec<u8>>,
) {
    for (name, bytes) in found {
        let is_whole = before.get(name) == Some(bytes) || after.get(name) == Some(bytes);
        assert!(is_whole, "{name} is half written:\n{}", String::from_utf8_lossy(bytes));
    }
    for name in before.keys() {
        assert!(found.contains_key(name), "{name} is gone");
    }
}

/// A limit on the size of files is met as a full disk is: some bytes go in, then none.
#[test]
fn where_nothing_more_fits_each_file_stays_as_it_was() {
    for args in WRITING {
        let after = written(args);
        for blocks in [0, 1] {
            let book = writing_book();
            let before = files(book.root());
            let limited = format!("trap '' XFSZ; ulimit -f {blocks} && exec \"$0\" \"$@\"");
            let mut all = vec!["-c", &limited, BINARY];
            all.extend(*args);
            let output = writing("sh", book.root(), &all).output().unwrap();
            let found = files(book.root());
            assert_whole(&found, &before, &after);
            // Some files of a few lines fit into a block.
            if blocks == 0 {
                assert_fails(&output, "rror");
                assert_eq!(
                    found.keys().collect::<Vec<_>>(),
                    before.keys().collect::<Vec<_>>(),
                    "{args:?}"
                );
                assert!(found == before, "{args:?}");
            } else if found != after {
                assert_fails(&output, "rror");
            }
        }
    }
}

/// Kills each command at many moments of its life.
#[test]
fn a_command_that_is_killed_leaves_whole_files() {
    for args in WRITING {
        let after = written(args);
        let begun = Instant::now();
        written(args);
        let whole = begun.elapsed();
        let mut killed = 0;
        for moment in 0..24 {
            let book = writing_book();
            let before = files(book.root());
            let mut child = writing(BINARY, book.root(), args).spawn().unwrap();
            std::thread::sleep(whole * moment / 24);
            child.kill().unwrap();
            killed += u32::from(!child.wait().unwrap().success());
            let mut found = files(book.root());
            // What was being written has a name of its own, which nothing else reads.
            found.retain(|name, _| {
                !name
                    .rsplit('/')
                    .next()
                    .is_some_and(|file| file.starts_with(".design-docs-"))
            });
            assert_whole(&found, &before, &after);
        }
        assert!(killed > 0, "{args:?} was always done before it was killed");
    }
}

/// Root may write everywhere, so there it is somebody else who tries.
#[test]
fn a_folder_that_may_not_be_written_is_named() {
    for args in WRITING {
        let book = writing_book();
        let root = book.root();
        for folder in [
            root.to_owned(),
            root.join("src"),
            root.join("src/designs"),
            root.join("built"),
        ] {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o555)).unwrap();
        }
        let before = files(root);
        let nobody = tempfile::tempdir().unwrap();
        let mut command = if fs::write(root.join("probe"), "").is_ok() {
            fs::remove_file(root.join("probe")).unwrap();
            fs::set_permissions(nobody.path(), fs::Permissions::from_mode(0o755)).unwrap();
            let binary = nobody.path().join("mdbook-design-docs");
            // Copied by somebody else: another test's child could hold the file open for writing.
            let copied = Command::new("cp").arg(BINARY).arg(&binary).status().unwrap();
            assert!(copied.success());
            let mut command = writing(binary, root, args);
            command.uid(65534).gid(65534);
            command
        } else {
            writing(BINARY, root, args)
        };
        let output = command.output().unwrap();
        assert_fails(&output, "ermission denied");
        assert!(files(root) == before, "{args:?}");
        for folder in [
            root.to_owned(),
            root.join("src"),
            root.join("src/designs"),
            root.join("built"),
        ] {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
        }
    }
}

/// A device is written to and stays one; a link in the folder of downloads is not followed.
#[test]
fn what_is_written_to_is_what_was_meant() {
    let book = writing_book();
    let root = book.root();
    let null = fs::metadata("/dev/null").unwrap().file_type();
    assert!(!null.is_file());
    let output = writing(BINARY, root, &["export", "--format", "json", "--output", "/dev/null"])
        .output()
        .unwrap();
    assert!(output.status.success());
    assert_eq!(fs::metadata("/dev/null").unwrap().file_type(), null);

    let outside = tempfile::tempdir().unwrap();
    let secret = outside.path().join("secret");
    fs::write(&secret, "mine").unwrap();
    std::os::unix::fs::symlink(&secret, root.join("built/decision-log.csv")).unwrap();
    let output = writing(BINARY, root, &["export", "--downloads", "built"])
        .output()
        .unwrap();
    assert!(output.status.success());
    assert_eq!(fs::read_to_string(&secret).unwrap(), "mine");
    assert!(
        fs::read_to_string(root.join("built/decision-log.csv"))
            .unwrap()
            .starts_with("\u{feff}id,")
    );
}

/// A title is words, whatever they are.
#[test]
fn a_new_document_stays_in_the_book() {
    for title in [
        "../../evil", "/etc/evil", "..\\..\\evil", "a/b/../../../evil", "C:\\evil", "evil\u{202e}", ".evil",
    ] {
        let book = writing_book();
        let before = files(book.root());
        let output = writing(BINARY, book.root(), &["new", title, "--author", "Ada"])
            .output()
            .unwrap();
        let after = files(book.root());
        let new: Vec<&String> = after.keys().filter(|name| !before.contains_key(*name)).collect();
        if output.status.success() {
            assert_eq!(new.len(), 1, "{title}");
            assert!(
                new[0].starts_with("src/designs/") && new[0].ends_with("evil.md"),
                "{title}: {new:?}"
            );
        } else {
            assert!(new.is_empty(), "{title}: {new:?}");
        }
    }
    for folder in ["..", "../x", "/tmp", "a/../../b", "c:x", "..\\x"] {
        let book = writing_book();
        let before = files(book.root());
        let output = writing(BINARY, book.root(), &["new", "Carts", "--folder", folder])
            .output()
            .unwrap();
        assert_fails(&output, "not below the book's src");
        assert!(files(book.root()) == before, "{folder}");
    }
}

/// A folder where a file should be, and bytes that are no text.
#[test]
fn what_cannot_be_read_is_named() {
    let put_folder = |path: &Path| {
        let _ = fs::remove_file(path);
        fs::create_dir_all(path).unwrap();
    };
    let put_bytes = |path: &Path| fs::write(path, b"# \xff\xfe\n").unwrap();
    let cases: &[(&str, &[&str])] = &[
        ("book.toml", &["check"]),
        ("src/SUMMARY.md", &["check"]),
        ("src/SUMMARY.md", &["new", "Carts"]),
        ("src/designs/queues.md", &["check"]),
        ("src/designs/queues.md", &["export", "--format", "json"]),
        ("src/designs/queues.md", &["digest"]),
        ("src/designs/queues.md", &["fix"]),
        (
            "src/designs/queues.md",
            &["status", "src/designs/queues.md", "accepted"],
        ),
        ("src/designs/queues.md", &["decide", "src/designs/queues.md", "Use two"]),
        ("src/designs/queues.md", &["ask", "src/designs/queues.md", "Who pays?"]),
        (
            "src/designs/queues.md",
            &["supersede", "src/designs/lines.md", "src/designs/queues.md"],
        ),
        ("src/known.toml", &["check", "--baseline", "src/known.toml"]),
        ("src/own.md", &["new", "Carts", "--template", "src/own.md"]),
    ];
    for put in [&put_folder as &dyn Fn(&Path), &put_bytes] {
        for (file, args) in cases {
            let book = writing_book();
            put(&book.root().join(file));
            let before = files(book.root());
            let output = writing(BINARY, book.root(), args).output().unwrap();
            let name = file.rsplit('/').next().unwrap();
            let stderr = String::from_utf8_lossy(&output.stderr);
            let first = stderr
                .lines()
                .find(|line| line.starts_with("error"))
                .unwrap_or_default();
            assert!(
                first.contains(name) && !stderr.contains("panicked"),
                "{args:?}: {stderr}"
            );
            assert_eq!(output.status.code(), Some(2), "{args:?}");
            assert!(files(book.root()) == before, "{args:?}");
        }
    }
}

/// Chapters come and go while the book is read: each command ends, with what it has or an error.
#[test]
fn a_chapter_that_goes_meanwhile_is_an_error_or_was_read() {
    let book = writing_book();
    let path = book.root().join("src/designs/queues.md");
    let text = fs::read(&path).unwrap();
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                let _ = fs::remove_file(&path);
                std::thread::sleep(std::time::Duration::from_micros(300));
                fs::write(&path, &text).unwrap();
                std::thread::sleep(std::time::Duration::from_micros(300));
            }
        });
        for round in 0..40 {
            let args: &[&str] = [
                &["check"][..],
                &["export", "--format", "json"],
                &["digest"],
                &["fix", "--only", "non-iso-date"],
            ][round % 4];
            let output = writing(BINARY, book.root(), args).output().unwrap();
            let stderr = String::from_utf8_lossy(&output.stderr);
            let code = output.status.code();
            assert!(
                code.is_some_and(|code| code <= 2) && !stderr.contains("panicked"),
                "{args:?}: {stderr}"
            );
            assert_eq!(code == Some(2), stderr.contains("error: "), "{args:?}: {stderr}");
        }
        is_over.store(true, Ordering::Relaxed);
    });
}
