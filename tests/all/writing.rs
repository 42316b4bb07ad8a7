//! Files that are links, files that others change, and commands that run at once: whatever exits
//! with 0 has done what it says, and nothing else.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::support::book::{BINARY, BookTest, run};
use crate::support::read;

const DESIGN: &str = "# Design: Parcels\n\n**Author:** Ada Obi  \n**Status:** In Review\n\n\
    ## Open Questions\n\n1. **Who carries them?**\n   - Owner: Tunde Bello\n\n\
    ## Decision Log\n\n| Date | Decision | Rationale | Decided By |\n|------|------|------|------|\n\
    | 2026-01-05 | By bicycle | cheap | Ada Obi |\n";

fn book() -> BookTest {
    BookTest::from_files(
        [
            (
                "book.toml",
                "[book]\ntitle = \"T\"\n\n[preprocessor.design-docs]\nafter = [\"links\"]\ntoday = 2026-11-23\n",
            ),
            ("src/SUMMARY.md", "# Summary\n\n- [Parcels](parcels.md)\n"),
            ("src/parcels.md", DESIGN),
        ]
        .map(|(file, text)| (file.to_owned(), text.to_owned())),
    )
}

#[track_caller]
fn done(root: &Path, args: &[&str]) {
    let output = run_in(root, args).wait_with_output().unwrap();
    assert!(
        output.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn run_in(root: &Path, args: &[&str]) -> Child {
    let mut command = Command::new(BINARY);
    command.args(args).current_dir(root).env_remove("SOURCE_DATE_EPOCH");
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Moves a file out of the book and puts a link in its place.
#[cfg(unix)]
fn linked(root: &Path, file: &str) -> std::path::PathBuf {
    let real = root.join("elsewhere").join(file.replace('/', "-"));
    fs::create_dir_all(real.parent().unwrap()).unwrap();
    fs::rename(root.join(file), &real).unwrap();
    std::os::unix::fs::symlink(&real, root.join(file)).unwrap();
    real
}

#[cfg(unix)]
#[test]
fn every_command_leaves_links_as_links() {
    let book = book();
    let root = book.root();
    fs::write(root.join("book.toml"), "[book]\ntitle = \"T\"\n").unwrap();
    for file in ["known.toml", "facts.json"] {
        fs::write(root.join(file), "").unwrap();
    }
    let files = [
        "book.toml", "src/SUMMARY.md", "src/parcels.md", "known.toml", "facts.json",
    ];
    let real = files.map(|file| linked(root, file));
    done(root, &["init", "--timezone", "Africa/Lagos"]);
    done(root, &["status", "parcels", "approved"]);
    done(root, &["decide", "parcels", "By the team", "--question", "1"]);
    done(root, &["new", "Lockers"]);
    done(root, &["ask", "parcels", "Who pays?"]);
    done(root, &["supersede", "parcels", "lockers"]);
    done(root, &["check", "--write-baseline", "known.toml"]);
    done(root, &["export", "--format", "json", "--output", "facts.json"]);
    for file in files {
        assert!(fs::symlink_metadata(root.join(file)).unwrap().is_symlink(), "{file}");
    }
    let [toml, summary, parcels, known, facts] = real.map(|file| read(&file));
    assert!(toml.contains("[preprocessor.design-docs]"), "{toml}");
    assert!(summary.contains("[Lockers](lockers.md)"), "{summary}");
    assert!(
        parcels.contains("**Status:** Superseded by [")
            && parcels.contains("| By the team |")
            && parcels.contains("Who pays?"),
        "{parcels}"
    );
    assert!(!known.is_empty() && facts.starts_with('{'));
}

#[cfg(unix)]
#[test]
fn a_chapter_outside_the_book_is_not_fixed() {
    let book = book();
    let path = book.root().join("src/parcels.md");
    fs::write(&path, DESIGN.replace("2026-01-05", "5 January 2026")).unwrap();
    let real = linked(book.root(), "src/parcels.md");
    let before = read(&real);
    let output = run(
        &[
            "fix",
            book.root().to_str().unwrap(),
            "--write",
            "--only",
            "non-iso-date",
        ],
        b"",
    );
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("lies outside the book's folder"), "{said}");
    assert_eq!(read(&real), before);
}

#[cfg(unix)]
#[test]
fn a_file_with_several_names_is_not_parted_from_them() {
    let book = book();
    let path = book.root().join("src/parcels.md");
    fs::hard_link(&path, book.root().join("same.md")).unwrap();
    let output = run_in(book.root(), &["status", "parcels", "approved"])
        .wait_with_output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("hard link"), "{said}");
    assert_eq!(read(&path), DESIGN);
}

#[test]
fn commands_that_run_at_once_lose_nothing() {
    const ROUNDS: usize = 5;
    for _ in 0..ROUNDS {
        let book = book();
        let each = |number: usize| match number {
            0..3 => vec!["decide".to_owned(), "parcels".to_owned(), format!("Choice {number}")],
            3..6 => vec!["new".to_owned(), format!("Document {number}")],
            8.. => vec!["ask".to_owned(), "parcels".to_owned(), format!("Why {number}?")],
            _ => vec![
                "status".to_owned(),
                "parcels".to_owned(),
                ["draft", "approved"][number - 6].to_owned(),
            ],
        };
        let children: Vec<Child> = (0..11)
            .map(|number| {
                let args = each(number);
                run_in(book.root(), &args.iter().map(String::as_str).collect::<Vec<_>>())
            })
            .collect();
        for (number, child) in children.into_iter().enumerate() {
            let output = child.wait_with_output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{:?}: {said}", each(number));
        }
        let design = read(&book.root().join("src/parcels.md"));
        let summary = read(&book.root().join("src/SUMMARY.md"));
        for number in 0..3 {
            assert!(design.contains(&format!("| Choice {number} |")), "{design}");
        }
        for number in 8..11 {
            assert!(design.contains(&format!("**Why {number}?**")), "{design}");
        }
        for number in 3..6 {
            assert!(summary.contains(&format!("(document-{number}.md)")), "{summary}");
            assert!(book.root().join(format!("src/document-{number}.md")).is_file());
        }
        let is_set = design.contains("**Status:** Draft") || design.contains("**Status:** Approved");
        assert!(is_set, "{design}");
        let left = fs::read_dir(book.root()).unwrap().count();
        assert_eq!(left, 2, "no lock is left behind");
    }
}

#[test]
fn what_is_given_is_one_line() {
    let book = book();
    for (args, said) in [
        (
            &["new", "Lockers", "--author", "Ada\nObi"][..],
            "a name is one line of text",
        ),
        (&["new", "Lockers\u{2028}and more"], "a title is one line of text"),
        (
            &["status", "parcels", "Approved\n\n# More"],
            "a status is one line of text",
        ),
        (
            &["decide", "parcels", "X", "--by", "Ada\r\nObi"],
            "a name is one line of text",
        ),
        (
            &["decide", "parcels", "X", "--status", " "],
            "a status is one line of text",
        ),
        (&["ask", "parcels", "Why?\n\n# More"], "a question is one line of text"),
        (
            &["ask", "parcels", "Why?", "--owner", " "],
            "a name is one line of text",
        ),
        (&["ask", "parcels", "?!"], "describe the question in words"),
        (&["new", "Read me", "--folder", "."], ""),
        (&["new", "Readme", "--folder", "."], "would have the same page as"),
        (
            &["new", "Summary", "--folder", "."],
            "a document of that name already exists: SUMMARY.md",
        ),
    ] {
        let output = run_in(book.root(), args).wait_with_output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            output.status.code(),
            Some(if said.is_empty() { 0 } else { 2 }),
            "{args:?}: {stderr}"
        );
        assert!(stderr.contains(said), "{args:?}: {stderr}");
    }
    assert_eq!(read(&book.root().join("src/parcels.md")), DESIGN);
}
