//! What goes wrong outside: a reader that goes away, a disk that is full, a file that cannot be
//! read. Each is a clear error or silence, an exit code, and never half a file.

#![cfg(unix)]

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Output, Stdio};

use crate::support::book::{BINARY, BookTest, Version};
use crate::support::case;

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

/// A device on which nothing can be written, where there is one.
fn full() -> Option<Stdio> {
    let device = OpenOptions::new().write(true).open("/dev/full");
    device.ok().map(Stdio::from)
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

#[test]
fn a_full_disk_is_an_error() {
    let book = book();
    let root = book.root().to_str().unwrap();
    let input = book.wire_input(Version::V05, "html");
    let commands: &[(&[&str], &[u8])] = &[
        (&[], input.as_bytes()),
        (&["export", root, "--format", "json"], b""),
        (&["check", root], b""),
    ];
    for (args, input) in commands {
        let Some(full) = full() else {
            eprintln!("not run: there is no /dev/full");
            return;
        };
        let output = run(args, input, full);
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
    let book = book();
    let root = book.root().to_str().unwrap();
    let input = book.wire_input(Version::V05, "html");
    let commands: &[(&[&str], &[u8])] = &[
        (&[], input.as_bytes()),
        (&["export", root, "--format", "json"], b""),
        (&["check", root], b""),
    ];
    for (args, input) in commands {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = run(args, input, Stdio::from(writer));
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
