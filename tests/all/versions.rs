//! Versions of a book that are not as simple as files in a folder: merges, submodules, included files, moved
//! folders, texts that cannot be read, and settings of git.

use std::ffi::OsStr;
use std::fs;

use serde_json::Value;

use crate::support::repository::Repository;

const TOML: &str = "[book]\ntitle = \"T\"\n\n[preprocessor.design-docs]\n";
const SUMMARY: &str = "# Summary\n\n- [Parcels](parcels.md)\n";

/// A document with a status and a question.
fn design(status: &str, due: &str) -> String {
    format!(
        "# Parcels\n\n**Author:** Ada Obi\n**Status:** {status}\n\n{}",
        question(due)
    )
}

fn question(due: &str) -> String {
    format!("## Open Questions\n\n1. **Who carries them?**\n   - Owner: Ada Obi\n   - Due: {due}\n")
}

/// A repository with the book in `folder`, which is empty or ends in a slash.
fn repository(folder: &str) -> Repository {
    let repository = Repository::new();
    repository.write(&format!("{folder}book.toml"), TOML);
    repository.write(&format!("{folder}src/SUMMARY.md"), SUMMARY);
    repository.write(&format!("{folder}src/parcels.md"), design("Draft", "2026-10-01"));
    repository.commit("2026-01-01", "Ada Obi");
    repository
}

fn edit(repository: &Repository, day: &str, author: &str, text: &str) -> String {
    repository.write("src/parcels.md", text);
    repository.commit(day, author)
}

/// The changes of `diff` as `kind from to`.
fn changes(repository: &Repository, args: &[&str]) -> Vec<String> {
    let mut all = vec!["diff", "--format", "json", "--today", "2026-11-23"];
    all.extend(args);
    let diff = repository.json(&all);
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let changes = diff["changes"].as_array().unwrap().iter();
    changes
        .map(|change| ["kind", "from", "to"].map(|key| word(&change[key])).join(" "))
        .collect()
}

/// The history of the only document, as lines.
fn past(repository: &Repository, book: &str) -> Vec<String> {
    let told = repository.json(&["history", book, "--format", "json", "--today", "2026-11-23"]);
    let document = &told["documents"][0];
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let step = |step: &Value| ["date", "author", "from", "to"].map(|key| word(&step[key])).join(" ");
    let mut out = vec![format!("complete {}", told["complete"])];
    out.extend(document["statuses"].as_array().unwrap().iter().map(step));
    for question in document["open_questions"].as_array().unwrap() {
        out.push(format!("asked {}", word(&question["asked"])));
        out.extend(question["deadlines"].as_array().unwrap().iter().map(step));
    }
    out
}

const MOVED: [&str; 1] = ["deadline-moved 2026-10-01 2026-12-01"];

#[test]
fn a_merge_takes_nothing_from_whoever_made_the_change() {
    let repository = repository("");
    let git = |args: &[&str]| repository.git(args);
    git(&["checkout", "-q", "-b", "side"]);
    edit(&repository, "2026-02-01", "Tunde", &design("Draft", "2026-11-01"));
    git(&["checkout", "-q", "main"]);
    edit(&repository, "2026-02-02", "Chika", &design("In Review", "2026-10-01"));
    repository.git_on("2026-02-03", "Halima", &["merge", "-q", "-m", "m", "side"]);
    // A merge that says what neither side says is the author of that.
    git(&["checkout", "-q", "-b", "other"]);
    edit(&repository, "2026-02-04", "Tunde", &design("In Review", "2026-11-15"));
    git(&["checkout", "-q", "main"]);
    edit(&repository, "2026-02-05", "Chika", &design("In Review", "2026-11-20"));
    git(&["merge", "-q", "--no-commit", "-s", "ours", "other"]);
    edit(&repository, "2026-02-06", "Halima", &design("Approved", "2026-12-24"));
    assert_eq!(
        past(&repository, "."),
        [
            "complete true",
            "2026-01-01 Ada Obi - draft",
            "2026-02-02 Chika draft in-review",
            "2026-02-06 Halima in-review approved",
            "asked 2026-01-01",
            "2026-02-01 Tunde 2026-10-01 2026-11-01",
            "2026-02-05 Chika 2026-11-01 2026-11-20",
            "2026-02-06 Halima 2026-11-20 2026-12-24",
        ]
    );
}

#[test]
fn a_branch_that_was_merged_without_its_changes_has_changed_nothing() {
    let repository = repository("");
    repository.git(&["checkout", "-q", "-b", "side"]);
    edit(&repository, "2026-02-01", "Tunde", &design("Approved", "2026-11-01"));
    repository.git(&["checkout", "-q", "main"]);
    repository.git(&["merge", "-q", "--no-ff", "-m", "m", "-s", "ours", "side"]);
    assert_eq!(
        past(&repository, "."),
        ["complete true", "2026-01-01 Ada Obi - draft", "asked 2026-01-01"]
    );
}

#[test]
fn a_revert_takes_back_and_what_comes_back_is_as_old_as_it_was() {
    let repository = repository("");
    edit(
        &repository,
        "2026-02-01",
        "Tunde",
        "# Parcels\n\n**Author:** Ada Obi\n**Status:** Approved\n",
    );
    repository.git_on("2026-02-02", "Chika", &["revert", "--no-edit", "HEAD"]);
    fs::remove_file(repository.path("src/parcels.md")).unwrap();
    repository.commit("2026-02-03", "Tunde");
    repository.git_on("2026-02-04", "Chika", &["revert", "--no-edit", "HEAD"]);
    assert_eq!(
        past(&repository, "."),
        [
            "complete true", "2026-01-01 Ada Obi - draft", "2026-02-01 Tunde draft approved",
            "2026-02-02 Chika approved draft", "asked 2026-01-01",
        ]
    );
}

#[test]
fn a_text_that_cannot_be_read_is_a_gap_that_is_not_dated() {
    let repository = repository("");
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n";
    let base = edit(&repository, "2026-02-01", "Tunde", pointer);
    edit(&repository, "2026-02-02", "Tunde", &design("In Review", "2026-11-01"));
    edit(&repository, "2026-02-03", "Tunde", &design("Approved", "2026-11-01"));
    assert_eq!(
        past(&repository, "."),
        ["complete false", "2026-02-03 Tunde in-review approved", "asked -"]
    );
    let output = repository.run(&["diff", &base]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    let note =
        format!("note: src/parcels.md in {base} is not compared: it cannot be read: its text is stored with Git LFS\n");
    assert_eq!(stderr, note);
    assert_eq!(changes(&repository, &[&base]), Vec::<String>::new());
}

#[test]
fn a_text_that_was_not_utf_8_then_is_read() {
    let repository = repository("");
    let mut latin = b"# Caf\xe9\n\n**Author:** Ren\xe9\n**Status:** Draft\n\n".to_vec();
    latin.extend(question("2026-10-01").bytes());
    repository.write("src/parcels.md", &latin);
    let base = repository.commit("2026-02-01", "Tunde");
    edit(&repository, "2026-02-02", "Tunde", &design("In Review", "2026-12-01"));
    let expected = ["status-changed draft in-review", MOVED[0]];
    assert_eq!(changes(&repository, &[&base]), expected);
    assert!(past(&repository, ".").contains(&"asked 2026-01-01".to_owned()));
}

#[test]
fn an_included_file_belongs_to_its_chapter() {
    let repository = repository("");
    repository.write("book.toml", format!("{TOML}after = [\"links\"]\n"));
    let head = "# Parcels\n\n**Author:** Ada Obi\n**Status:** Draft\n\n{{#include parts/questions.txt}}\n";
    repository.write("src/parts/questions.txt", question("2026-10-01"));
    let base = edit(&repository, "2026-02-01", "Tunde", head);
    repository.write("src/parts/questions.txt", question("2026-12-01"));
    repository.commit("2026-02-02", "Chika");
    assert_eq!(changes(&repository, &[&base]), MOVED);
    assert_eq!(changes(&repository, &[&base, "HEAD"]), MOVED);
    assert_eq!(
        past(&repository, "."),
        [
            "complete true", "2026-01-01 Ada Obi - draft", "asked 2026-01-01",
            "2026-02-02 Chika 2026-10-01 2026-12-01",
        ]
    );
}

#[test]
fn a_book_whose_folder_was_moved_is_the_same_book() {
    let repository = repository("");
    let base = repository.head();
    fs::create_dir(repository.path("docs")).unwrap();
    repository.git(&["mv", "book.toml", "src", "docs/"]);
    repository.commit("2026-02-01", "Tunde");
    repository.write("docs/src/parcels.md", design("Draft", "2026-12-01"));
    repository.commit("2026-02-02", "Chika");
    assert_eq!(changes(&repository, &[&base, "--book", "docs"]), MOVED);
    assert_eq!(changes(&repository, &[&base, "HEAD", "--book", "docs"]), MOVED);
    assert_eq!(
        past(&repository, "docs")[2..],
        ["asked 2026-01-01", "2026-02-02 Chika 2026-10-01 2026-12-01"]
    );
}

#[test]
fn before_the_book_there_was_nothing() {
    let repository = Repository::new();
    repository.write("README.md", "# Code\n");
    let base = repository.commit("2026-01-01", "Ada Obi");
    repository.write("book.toml", TOML);
    repository.write("src/SUMMARY.md", SUMMARY);
    repository.write("src/parcels.md", design("Draft", "2026-10-01"));
    let output = repository.run(&["diff", &base]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        stderr,
        format!("note: {base} does not have this book yet, so every document is listed as new\n")
    );
    let expected = ["document-added - draft", "question-asked - 2026-10-01"];
    assert_eq!(changes(&repository, &[&base]), expected);
}

#[test]
fn a_file_that_was_renamed_without_git_is_the_same_document() {
    let repository = repository("");
    fs::rename(repository.path("src/parcels.md"), repository.path("src/boxes.md")).unwrap();
    repository.write("src/SUMMARY.md", SUMMARY.replace("parcels", "boxes"));
    assert_eq!(
        changes(&repository, &["HEAD"]),
        ["document-renamed parcels.md boxes.md"]
    );
    // Another document from the same template is another document.
    let other = design("Draft", "2026-10-01")
        .replace("Parcels", "Lockers")
        .replace("Who carries them", "Where are they");
    repository.write("src/boxes.md", other);
    let found = changes(&repository, &["HEAD"]);
    assert_eq!(
        found,
        [
            "document-added - draft", "question-asked - 2026-10-01", "document-removed draft -", "question-removed - -"
        ]
    );
    repository.commit("2026-02-01", "Tunde");
    assert_eq!(changes(&repository, &["HEAD~1", "HEAD"]), found);
    assert!(past(&repository, ".").contains(&"asked 2026-02-01".to_owned()));
}

#[test]
fn a_chapter_in_a_submodule_is_not_compared() {
    let outer = repository("");
    let inner = Repository::new();
    inner.write("other.md", design("Approved", "2026-10-01"));
    inner.commit("2026-01-01", "Ada Obi");
    let url = format!("file://{}", inner.root().display());
    outer.git(&["submodule", "add", "-q", &url, "src/shared"]);
    outer.write("src/SUMMARY.md", format!("{SUMMARY}- [Other](shared/other.md)\n"));
    outer.commit("2026-02-01", "Tunde");
    outer.write("src/parcels.md", design("Draft", "2026-12-01"));
    assert_eq!(
        changes(&outer, &["HEAD"]),
        MOVED,
        "it is on disk, and not in the commit"
    );
    let output = outer.run(&["diff", "HEAD"]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(
        stderr.contains("src/shared/other.md in HEAD is not compared: it cannot be read: it lies in a submodule"),
        "{stderr}"
    );
    // Within the submodule, its own repository counts.
    let book = outer.path("src/shared");
    fs::write(
        book.join("book.toml"),
        "[book]\nsrc = \".\"\n[preprocessor.design-docs]\n",
    )
    .unwrap();
    fs::write(book.join("SUMMARY.md"), "# Summary\n\n- [Other](other.md)\n").unwrap();
    let found = changes(&outer, &["HEAD", "--book", "src/shared"]);
    assert_eq!(found, ["document-added - approved", "question-asked - 2026-10-01"]);
}

#[test]
fn a_worktree_and_a_folder_below_are_the_repository() {
    let repository = repository("team/docs/");
    let base = repository.head();
    repository.write("team/docs/src/parcels.md", design("Draft", "2026-12-01"));
    repository.commit("2026-02-01", "Tunde");
    let other = repository.path("../of-its-own");
    let name = other.file_name().and_then(OsStr::to_str).unwrap().to_owned();
    let tree = tempfile::tempdir().unwrap();
    let path = tree.path().join(name);
    repository.git(&["worktree", "add", "-q", path.to_str().unwrap(), "HEAD"]);
    let book = path.join("team/docs");
    let args = [&base, "--book", book.to_str().unwrap()];
    assert_eq!(changes(&repository, &args), MOVED);
    assert_eq!(past(&repository, book.to_str().unwrap()).len(), 4);
    let annotations = repository.said(&["diff", &base, "--book", "team/docs", "--format", "github"]);
    assert!(
        annotations.starts_with("::notice file=team/docs/src/parcels.md,line=8,"),
        "{annotations}"
    );
}

#[cfg(unix)]
#[test]
fn neither_settings_nor_variables_nor_names_of_files_matter() {
    use std::os::unix::ffi::OsStrExt;
    let repository = repository("");
    let base = repository.head();
    for (key, value) in [
        ("color.ui", "always"),
        ("diff.renames", "false"),
        ("diff.relative", "true"),
        ("log.showRoot", "false"),
        ("diff.noprefix", "true"),
        ("log.showSignature", "true"),
        ("diff.external", "false"),
        ("log.date", "relative"),
        ("format.pretty", "oneline"),
        ("log.diffMerges", "combined"),
        ("i18n.logOutputEncoding", "latin1"),
    ] {
        repository.git(&["config", key, value]);
    }
    for name in [&b"src/:\n\x02 \xff.md"[..], b"src/-x.md", b"src/a\tb\"c.md"] {
        fs::write(repository.root().join(OsStr::from_bytes(name)), "x\n").unwrap();
    }
    repository.commit("2026-02-01", "Tunde");
    repository.git(&["mv", "src/parcels.md", "src/böxes.md"]);
    repository.write("src/SUMMARY.md", SUMMARY.replace("parcels", "böxes"));
    repository.write("src/böxes.md", design("Draft", "2026-12-01"));
    repository.commit("2026-02-02", "René Obi");
    let expected = ["document-renamed parcels.md böxes.md", MOVED[0]];
    assert_eq!(changes(&repository, &[&base, "HEAD"]), expected);
    assert_eq!(
        past(&repository, ".")[1..],
        [
            "2026-01-01 Ada Obi - draft",
            "asked 2026-01-01",
            "2026-02-02 René Obi 2026-10-01 2026-12-01"
        ]
    );
    // As in a hook of another repository.
    let variables = [
        ("GIT_DIR", "/nowhere/.git"),
        ("GIT_INDEX_FILE", "/nowhere"),
        ("GIT_LITERAL_PATHSPECS", "1"),
    ];
    let output = repository.run_with(&["history"], &variables);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_repository_without_a_commit_has_no_history() {
    let repository = Repository::new();
    repository.write("book.toml", TOML);
    let output = repository.run(&["history"]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr.starts_with("error: HEAD names no commit of this repository\n"),
        "{stderr}"
    );
}

#[test]
fn a_clone_without_old_texts_says_so() {
    let origin = repository("");
    edit(&origin, "2026-02-01", "Tunde", &design("In Review", "2026-10-01"));
    origin.git(&["config", "uploadpack.allowFilter", "true"]);
    let clone = Repository::clone_of(&origin, &["--filter=blob:none"]);
    assert_eq!(past(&clone, "."), ["complete false", "asked -"]);
    let output = clone.run(&["diff", "HEAD~1"]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        stderr,
        "note: src/parcels.md in HEAD~1 is not compared: it cannot be read: its text is not in this partial clone\n"
    );
}
