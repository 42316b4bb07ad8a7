//! `new`: a document that a build recognises, in its place, and nothing else changed.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::support::book::{BINARY, BookTest, Version, run};
use crate::support::{crawl, files_below, project, read};

/// Runs `new` as somebody whom git knows.
fn new(root: &Path, args: &[&str]) -> Output {
    Command::new(BINARY)
        .args(["new", "--book", root.to_str().unwrap()])
        .args(args)
        .env_remove("SOURCE_DATE_EPOCH")
        .env("GIT_CONFIG_COUNT", "2")
        .env("GIT_CONFIG_KEY_0", "user.name")
        .env("GIT_CONFIG_VALUE_0", "Ada Obi")
        .env("GIT_CONFIG_KEY_1", "user.email")
        .env("GIT_CONFIG_VALUE_1", "ada@example.com")
        .output()
        .unwrap()
}

#[track_caller]
fn made(root: &Path, args: &[&str]) -> String {
    let output = new(root, args);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {stderr}");
    let path = String::from_utf8(output.stdout).unwrap();
    let src = root.join("src");
    let path = Path::new(path.trim_end()).strip_prefix(&src).unwrap();
    path.to_str().unwrap().replace('\\', "/")
}

fn example() -> BookTest {
    BookTest::from_dir(project().join("book-example"))
}

fn document(root: &Path, path: &str) -> Value {
    let output = run(&["export", root.to_str().unwrap(), "--format", "json"], b"");
    let export: Value = serde_json::from_slice(&output.stdout).unwrap();
    let documents = export["documents"].as_array().unwrap();
    let found = documents.iter().find(|document| document["path"] == path);
    found.unwrap_or_else(|| panic!("{path} is not recognised")).clone()
}

#[test]
fn a_new_design_is_a_design_with_its_author_and_date() {
    let book = example();
    let path = made(
        book.root(),
        &["Gift *cards* & vouchers", "--folder", "designs/payments/"],
    );
    assert_eq!(path, "designs/payments/gift-cards-vouchers.md");
    let document = document(book.root(), &path);
    assert_eq!(document["kind"], "design");
    assert_eq!(document["status"]["state"], "draft");
    assert_eq!(document["authors"][0]["name"], "Ada Obi");
    assert_eq!(document["authors"][0]["email"], "ada@example.com");
    for date in ["created", "updated"] {
        assert_eq!(document[date]["date"], "2026-11-23", "{date}");
    }
    for nothing in ["decisions", "open_questions", "reviewers", "links"] {
        assert_eq!(document[nothing], serde_json::json!([]), "{nothing}");
    }
    let summary = read(&book.root().join("src/SUMMARY.md"));
    let after = "  - [Fraud rules](designs/payments/fraud-rules.md)\n";
    let line = "  - [Gift \\*cards\\* & vouchers](designs/payments/gift-cards-vouchers.md)\n";
    let before = read(&project().join("book-example/src/SUMMARY.md"));
    assert_eq!(summary, before.replace(after, &format!("{after}{line}")));
    for version in Version::ALL {
        let built = book.build(version);
        crawl::assert_no_dead_links(&built, &[]);
        let main = built.main_part("designs/payments/gift-cards-vouchers.html");
        assert!(
            main.contains("dd-header") && main.contains("dd-toc"),
            "mdBook {version}"
        );
        assert!(
            !main.contains("Metadata"),
            "its facts are in the header: mdBook {version}"
        );
    }
}

#[test]
fn a_folder_that_numbers_its_records_goes_on() {
    let book = example();
    let path = made(book.root(), &["Amounts are in kobo", "--folder", "designs/adr"]);
    assert_eq!(path, "designs/adr/0008-amounts-are-in-kobo.md");
    let document = document(book.root(), &path);
    assert_eq!(document["kind"], "adr");
    assert_eq!(document["status"]["state"], "proposed");
    let again = new(book.root(), &["Amounts are in kobo", "--folder", "designs/adr"]);
    assert_eq!(again.status.code(), Some(2));
    let stderr = String::from_utf8_lossy(&again.stderr);
    assert!(stderr.contains("0008-amounts-are-in-kobo.md"), "{stderr}");
}

#[test]
fn a_draft_of_the_summary_is_begun() {
    let book = example();
    let path = made(book.root(), &["Warehouse robots"]);
    assert_eq!(path, "designs/warehouse-robots.md");
    let before = read(&project().join("book-example/src/SUMMARY.md"));
    assert_eq!(
        read(&book.root().join("src/SUMMARY.md")),
        before.replace(
            "[Warehouse robots]()",
            "[Warehouse robots](designs/warehouse-robots.md)"
        )
    );
}

#[test]
fn the_teams_own_template_is_filled_in() {
    let book = example();
    let toml = book.root().join("book.toml");
    let text = read(&toml).replace("after = [", "template = \"designs/template.md\"\nafter = [");
    std::fs::write(&toml, text).unwrap();
    let path = made(book.root(), &["Cold chain", "--author", "Musa Danjuma"]);
    let template = read(&project().join("book-example/src/designs/template.md"));
    let written = read(&book.root().join("src").join(&path));
    let changed: Vec<(&str, &str)> = template
        .lines()
        .zip(written.lines())
        .filter(|(one, other)| one != other)
        .collect();
    assert_eq!(template.lines().count(), written.lines().count());
    assert_eq!(changed.len(), 6, "{changed:#?}");
    assert!(written.starts_with("# Technical Design: Cold chain\n\n**Author:** Musa Danjuma | **Email:** ["));
    assert!(
        written
            .trim_end()
            .ends_with("**Last Updated:** 2026-11-23  \n**Status:** Draft")
    );
    assert_eq!(document(book.root(), &path)["authors"][0]["name"], "Musa Danjuma");
}

#[test]
fn nothing_is_overwritten_and_nothing_left_half_done() {
    let book = example();
    let files = files_below(book.root());
    let summary = read(&book.root().join("src/SUMMARY.md"));
    for (args, said) in [
        (&["Refunds", "--folder", "designs/payments"][..], "refunds.md"),
        (&["Refunds", "--folder", "../elsewhere"], "not below the book's src"),
        (&["?!"], "no file name can be made of"),
        (&[" "], "a title is one line"),
        (
            &["X", "--template", "nowhere.md"],
            "could not read the template nowhere.md",
        ),
    ] {
        let output = new(book.root(), args);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr.contains(said), "{args:?}: {stderr}");
    }
    assert_eq!(files_below(book.root()), files);
    assert_eq!(read(&book.root().join("src/SUMMARY.md")), summary);
}

#[test]
fn an_empty_book_gets_its_first_design() {
    let book = BookTest::from_files(
        [
            (
                "book.toml",
                "[book]\ntitle = \"Ours\"\n\n[preprocessor.design-docs]\nafter = [\"links\"]\n",
            ),
            ("src/SUMMARY.md", "# Summary\r\n\r\n- [Chapter 1](./chapter_1.md)"),
            ("src/chapter_1.md", "# Chapter 1\n"),
        ]
        .map(|(file, text)| (file.to_owned(), text.to_owned())),
    );
    let path = made(book.root(), &["First", "--today", "2026-05-01"]);
    assert_eq!(path, "designs/first.md");
    assert_eq!(
        read(&book.root().join("src/SUMMARY.md")),
        "# Summary\r\n\r\n- [Chapter 1](./chapter_1.md)\r\n- [First](designs/first.md)\r\n"
    );
    for version in Version::ALL {
        let built = book.build(version);
        assert!(built.page("design-docs.html").contains("Technical Design: First"));
    }
}

/// The forms in which coding agents write specifications.
const FORMS: [(&str, &str, &str); 3] = [
    (
        "spec-kit",
        "# Feature Specification: [FEATURE NAME]\n\n**Feature Branch**: `[###-feature-name]`  \n**Created**: [DATE]  \n\
         **Status**: Draft  \n**Input**: User description: \"{{title}}\"\n\n## Requirements *(mandatory)*\n\n\
         - **FR-001**: It MUST refund [NEEDS CLARIFICATION: within how many days?]\n\n## Success Criteria *(mandatory)*\n",
        "Feature Specification: Gift cards",
    ),
    (
        "openspec",
        "# {{title}}\n\n## Context\n\n## Goals / Non-Goals\n\n**Goals:**\n\n**Non-Goals:**\n\n## Decisions\n\n## Risks / Trade-offs\n\n\
         ## Open Questions\n",
        "Gift cards",
    ),
    (
        "kiro",
        "# Design Document\n\n## Overview\n\n## Architecture\n\n## Components and Interfaces\n\n## Data Models\n\n\
         ## Error Handling\n\n## Testing Strategy\n",
        "Gift cards",
    ),
];

#[test]
fn a_specification_begins_in_the_form_of_the_teams_agent() {
    for (form, template, title) in FORMS {
        let book = example();
        let file = book.root().join("agent.md");
        std::fs::write(&file, template).unwrap();
        let toml = book.root().join("book.toml");
        // A form without metadata says of itself only what its headings say.
        let text = read(&toml).replace("after = [", "include = [\"designs/**\", \"specs/**\"]\nafter = [");
        std::fs::write(&toml, text).unwrap();
        let args = [
            "Gift cards",
            "--folder",
            "specs/001-gift-cards",
            "--template",
            file.to_str().unwrap(),
        ];
        let path = made(book.root(), &args);
        assert_eq!(path, "specs/001-gift-cards/gift-cards.md");
        let written = read(&book.root().join("src").join(&path));
        assert_eq!(
            written.lines().count(),
            template.lines().count(),
            "{form}: it is the template, filled in"
        );
        let document = document(book.root(), &path);
        assert_eq!(document["title"], title, "{form}");
        if form == "spec-kit" {
            assert_eq!(document["created"]["date"], "2026-11-23");
            assert_eq!(document["status"]["state"], "draft");
            assert_eq!(document["open_questions"][0]["question"], "within how many days?");
            assert!(written.contains("User description: \"Gift cards\""), "{written}");
        }
    }
}

/// Runs git in the book's folder.
fn git(root: &Path, args: &[&str]) {
    let output = Command::new("git")
        .args([
            "-c", "user.name=Ada Obi", "-c", "user.email=ada@example.com", "-c", "init.defaultBranch=main",
        ])
        .args(args)
        .current_dir(root)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Puts a file into a new branch, and goes back.
fn branched(root: &Path, branch: &str, file: &str) {
    git(root, &["checkout", "-q", "-b", branch]);
    std::fs::create_dir_all(root.join(file).parent().unwrap()).unwrap();
    std::fs::write(root.join(file), "# X\n").unwrap();
    git(root, &["add", "."]);
    git(root, &["commit", "-q", "-m", "x"]);
    git(root, &["checkout", "-q", "main"]);
}

#[test]
fn numbers_that_other_branches_have_taken_are_left_out() {
    let book = example();
    let root = book.root();
    let adr = ["--folder", "designs/adr"];
    git(root, &["init", "-q"]);
    git(root, &["add", "."]);
    git(root, &["commit", "-q", "-m", "x"]);
    branched(root, "feature/x", "src/designs/adr/0008-use-kafka.md");
    branched(root, "other", "src/designs/payments/0010-not-here.md");
    // A branch of a remote that is not checked out here.
    branched(root, "theirs", "src/designs/adr/0009-use-a-log.md");
    git(root, &["update-ref", "refs/remotes/origin/theirs", "theirs"]);
    git(root, &["branch", "-q", "-D", "theirs"]);
    let output = new(root, &["Use a queue", adr[0], adr[1]]);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{stderr}");
    assert!(
        stderr.contains("note: 0008 is taken in branch feature/x (0008-use-kafka.md)\n")
            && stderr.contains("note: 0009 is taken in branch origin/theirs (0009-use-a-log.md)\n"),
        "{stderr}"
    );
    let path = String::from_utf8(output.stdout).unwrap();
    assert!(path.ends_with("0010-use-a-queue.md\n"), "{path}");
    // The file that is not committed yet counts too.
    assert_eq!(
        made(root, &["Use a topic", adr[0], adr[1]]),
        "designs/adr/0011-use-a-topic.md"
    );
    // A folder that only a branch has.
    branched(root, "first", "src/designs/rfc/001-first.md");
    assert_eq!(
        made(root, &["Second", "--folder", "designs/rfc"]),
        "designs/rfc/002-second.md"
    );
}

#[test]
fn without_git_the_book_alone_gives_the_number() {
    let book = example();
    for broken in [false, true] {
        if broken {
            std::fs::create_dir(book.root().join(".git")).unwrap();
        }
        let title = if broken { "Use a log" } else { "Use a queue" };
        let mut command = Command::new(BINARY);
        command.args(["new", title, "--folder", "designs/adr", "--author", "Ada Obi"]);
        command.current_dir(book.root()).env(
            "PATH",
            if broken {
                std::env::var("PATH").unwrap()
            } else {
                String::new()
            },
        );
        let output = command.output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success() && stderr.is_empty(), "{stderr}");
        let path = String::from_utf8(output.stdout).unwrap();
        let number = if broken { "0009" } else { "0008" };
        assert!(path.contains(&format!("/{number}-")), "{path}");
    }
}

#[test]
fn thousands_of_branches_take_little_time() {
    const BRANCHES: usize = 3000;
    let book = example();
    let root = book.root();
    git(root, &["init", "-q"]);
    git(root, &["add", "."]);
    git(root, &["commit", "-q", "-m", "x"]);
    let head = Command::new("git")
        .args(["rev-parse", "HEAD"])
        .current_dir(root)
        .output()
        .unwrap();
    let head = String::from_utf8(head.stdout).unwrap();
    let refs: String = (0..BRANCHES)
        .map(|at| format!("{} refs/heads/b{at}\n", head.trim()))
        .collect();
    std::fs::write(
        root.join(".git/packed-refs"),
        format!("# pack-refs with: sorted \n{refs}"),
    )
    .unwrap();
    let begun = std::time::Instant::now();
    made(root, &["Use a queue", "--folder", "designs/adr"]);
    let seconds = begun.elapsed().as_secs();
    assert!(seconds < 5, "{seconds} s");
}
