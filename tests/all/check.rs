//! `check` and `explain` as a person, a CI job and a machine run them.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use crate::support::book::{BINARY, BookTest, Version};
use crate::support::{none, project, read, schema};

const BOOK: &str = "[book]\ntitle = \"T\"\n\n[preprocessor.design-docs]\nafter = [\"links\"]\n";

/// A document with one question, asked by `owner`, that was due in 2024.
fn document(title: &str, owner: &str) -> String {
    format!(
        "# {title}\n\n**Author:** Ada Obi\n**Status:** In Review\n\n## Open Questions\n\n\
         1. **Do we retry {title}?**\n   - Decision needed by: 2024-01-31\n   - Owner: {owner}\n"
    )
}

fn files(chapters: &[(&str, String)]) -> Vec<(String, String)> {
    let mut summary = String::from("# Summary\n\n");
    let mut files = vec![("book.toml".to_owned(), BOOK.to_owned())];
    for (path, text) in chapters {
        summary += &format!("- [{path}](<{path}>)\n");
        files.push((format!("src/{path}"), text.clone()));
    }
    files.push(("src/SUMMARY.md".to_owned(), summary));
    files
}

fn book(chapters: &[(&str, String)]) -> BookTest {
    BookTest::from_files(files(chapters))
}

fn two() -> BookTest {
    book(&[
        ("a.md", document("Refunds", "Ada Obi")),
        ("sub/b.md", document("Payouts", "Tunde Ojo")),
    ])
}

/// Runs the program in `folder` on 2026-11-23, without what the environment says of colours.
fn run_in(folder: &Path, args: &[&str]) -> Output {
    Command::new(BINARY)
        .args(args)
        .args(["--today", "2026-11-23"])
        .current_dir(folder)
        .env_remove("SOURCE_DATE_EPOCH")
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[track_caller]
fn assert_code(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "{}{}", out(output), err(output));
}

#[track_caller]
fn json_of(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", out(output)))
}

#[test]
fn a_person_sees_the_line_the_help_and_the_count() {
    let book = two();
    let output = run_in(book.root(), &["check"]);
    assert_code(&output, 0);
    let said = out(&output);
    assert!(said.contains("warning[overdue-question]: "), "{said}");
    assert!(said.contains(" --> src/a.md:8:"), "{said}");
    assert!(said.contains("**Do we retry Refunds?**"), "{said}");
    assert!(said.contains("= help: "), "{said}");
    assert!(said.trim_end().ends_with("in 2 of 2 documents"), "{said}");
    assert!(!said.contains('\u{1b}'), "no terminal, no colours");
    let parent = book.root().parent().unwrap();
    let name = book.root().file_name().unwrap().to_str().unwrap();
    let said = out(&run_in(parent, &["check", name]));
    assert!(
        said.contains(&format!(" --> {name}/src/a.md:8:")),
        "from where we are: {said}"
    );
}

#[test]
fn an_editor_gets_a_line_for_each_finding() {
    let book = two();
    let output = run_in(book.root(), &["check", "--format", "short", "--allow", "questions"]);
    assert_code(&output, 0);
    assert_eq!(
        out(&output),
        "src/a.md:8:6: warning: this question was to be decided by 2024-01-31: \"Do we retry Refunds?\" \
         [overdue-question]\n\
         src/sub/b.md:8:6: warning: this question was to be decided by 2024-01-31: \"Do we retry Payouts?\" \
         [overdue-question]\n"
    );
    assert!(err(&output).contains("2 warnings"), "{}", err(&output));
}

/// Everything that the program has said on stderr up to a line with `end`.
fn said_until(stderr: &mut impl BufRead, end: &str) -> String {
    let mut said = String::new();
    while !said.contains(end) {
        assert!(stderr.read_line(&mut said).unwrap() > 0, "it has ended: {said}");
    }
    said
}

#[test]
fn a_watched_book_is_checked_again_after_each_change() {
    let book = two();
    let mut child = Command::new(BINARY)
        .args(["check", "--watch", "--format", "short", "--today", "2026-11-23"])
        .current_dir(book.root())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    let mut next = || said_until(&mut stderr, "waiting for changes\n");
    assert!(next().contains("2 warnings in 2 of 2 documents"));
    let path = book.root().join("src/sub/b.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("2024-01-31", "2027-01-31")).unwrap();
    assert!(next().contains("1 warning in 1 of 2 documents"));
    let toml = book.root().join("book.toml");
    fs::write(&toml, "[book\n").unwrap();
    assert!(next().contains("error"), "a broken book.toml does not end it");
    fs::write(&toml, BOOK).unwrap();
    assert!(next().contains("1 warning in 1 of 2 documents"));
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn colours_are_forced_and_forbidden_as_everywhere() {
    let book = two();
    let coloured = |name: &str| {
        let mut command = Command::new(BINARY);
        command
            .args(["check", "--today", "2026-11-23"])
            .current_dir(book.root());
        command
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE")
            .env(name, "1");
        out(&command.output().unwrap()).contains('\u{1b}')
    };
    assert!(coloured("CLICOLOR_FORCE"));
    assert!(!coloured("NO_COLOR"));
}

#[test]
fn exit_codes_say_what_a_gate_needs() {
    let book = two();
    let code = |args: &[&str], code| assert_code(&run_in(book.root(), args), code);
    code(&["check"], 0);
    code(&["check", "--deny", "overdue-question"], 1);
    code(&["check", "--deny", "warnings"], 1);
    code(&["check", "--deny", "time"], 1);
    code(&["check", "--deny", "time", "--warn", "overdue-question"], 0);
    code(
        &[
            "check", "--deny", "warnings", "--warn", "overdue-question", "--allow", "warnings",
        ],
        0,
    );
    code(&["check", "--format", "json", "--deny", "overdue-question"], 1);
    code(&["check", "--deny", "overdue-questions"], 2);
    code(&["check", "--format", "xml"], 2);
    code(&["check", "no-such-folder"], 2);
    code(&["check", "src/a.md"], 2);
    code(&["check", "src"], 2);
    let empty = tempfile::tempdir().unwrap();
    assert_code(&run_in(empty.path(), &["check"]), 2);
    let no_chapters = BookTest::from_files(files(&[]));
    assert_code(&run_in(no_chapters.root(), &["check"]), 2);
    fs::write(book.root().join("src/sub/b.md"), b"# \xff\n").unwrap();
    let output = run_in(book.root(), &["check", "--deny", "warnings"]);
    assert_code(&output, 2);
    assert!(
        out(&output).contains("src/a.md"),
        "the rest is reported: {}",
        out(&output)
    );
}

#[test]
fn a_book_without_documents_is_not_shown_as_checked() {
    for (include, help) in [
        ("", "list those that are under `include`"),
        (
            "include = [\"src/designs/**\"]\n",
            "no path matches the patterns in `include`",
        ),
    ] {
        let book = book(&[("a.md", "# Cooking\n".into())]);
        fs::write(book.root().join("book.toml"), format!("{BOOK}{include}")).unwrap();
        let output = run_in(book.root(), &["check"]);
        assert_code(&output, 0);
        let said = err(&output);
        assert!(
            said.contains("no chapter was recognised as a design document") && said.contains(help),
            "{said}"
        );
    }
}

#[test]
fn a_mistyped_lint_is_told_with_what_was_meant() {
    for args in [
        ["check", "--deny", "overdue-quesion"].as_slice(),
        &["explain", "overdue-quesion"],
    ] {
        let output = run_in(two().root(), args);
        assert_code(&output, 2);
        let said = err(&output);
        assert!(said.contains("did you mean `overdue-question`?"), "{said}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn explain_has_a_page_for_every_lint() {
    let root = project();
    let list = run_in(root, &["explain"]);
    assert_code(&list, 0);
    let names: Vec<String> = out(&list)
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next().map(str::to_owned))
        .collect();
    assert!(names.contains(&"overdue-question".to_owned()), "{names:?}");
    for name in names {
        let page = run_in(root, &["explain", &name]);
        assert_code(&page, 0);
        assert!(out(&page).starts_with(&format!("{name} (")), "{}", out(&page));
        assert!(out(&page).lines().count() > 3, "{}", out(&page));
    }
}

#[test]
fn json_is_as_its_schema_says() {
    let schema: Value = serde_json::from_str(&read(&project().join("schemas/diagnostics-1.json"))).unwrap();
    let book = two();
    let report = json_of(&run_in(book.root(), &["check", "--format", "json"]));
    none("the report", &schema::problems(&schema, &report));
    assert_eq!(report["as_of"], "2026-11-23");
    assert_eq!(report["documents"], 2);
    let found = &report["diagnostics"][0];
    assert_eq!(found["lint"], "overdue-question");
    assert_eq!(found["start"]["line"], 8);
    assert_eq!(found["line_is_certain"], true);
    // The check can fail.
    let mut wrong = report.clone();
    wrong["diagnostics"][0]["level"] = json!("fatal");
    wrong["diagnostics"][0]["fingerprint"] = json!("x");
    wrong["as_of"] = Value::Null;
    assert_eq!(schema::problems(&schema, &wrong).len(), 3);
    fs::write(book.root().join("src/sub/b.md"), b"# \xff\n").unwrap();
    let report = json_of(&run_in(book.root(), &["check", "--format", "json"]));
    none("the report", &schema::problems(&schema, &report));
    assert_eq!(report["unread"].as_array().unwrap().len(), 1);
}

#[test]
fn machines_get_paths_from_the_top_of_the_repository() {
    let repository = tempfile::tempdir().unwrap();
    fs::create_dir(repository.path().join(".git")).unwrap();
    let root = repository.path().join("docs/handbook");
    for (path, text) in files(&[("a.md", document("Refunds", "Ada Obi"))]) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let expected = "docs/handbook/src/a.md";
    for (folder, book) in [(&root, "."), (&repository.path().to_owned(), "docs/handbook")] {
        let run = |format| run_in(folder, &["check", book, "--format", format]);
        let report = json_of(&run("json"));
        assert_eq!(report["book"], "docs/handbook");
        assert_eq!(report["diagnostics"][0]["path"], expected);
        assert!(out(&run("github")).contains(&format!("file={expected},line=8,")));
        let place = json_of(&run("sarif"))["runs"][0]["results"][0]["locations"][0].take();
        assert_eq!(place["physicalLocation"]["artifactLocation"]["uri"], expected);
    }
}

#[test]
#[cfg(unix)]
fn annotations_survive_strange_names_and_words() {
    let title = "100%: a, b";
    let book = book(&[("a, b:c 100%.md", document(title, "::error::x"))]);
    let output = run_in(book.root(), &["check", "--format", "github"]);
    assert_code(&output, 0);
    let said = out(&output);
    for line in said.lines() {
        let (properties, message) = line.strip_prefix("::warning ").unwrap().split_once("::").unwrap();
        let file = properties
            .split(',')
            .find_map(|each| each.strip_prefix("file="))
            .unwrap();
        assert_eq!(unescaped(file), "src/a, b:c 100%.md");
        assert!(properties.split(',').all(|each| each.contains('=')), "{properties}");
        assert!(!message.contains('%') || unescaped(message).contains('%'), "{message}");
    }
    let overdue = said
        .lines()
        .find(|line| line.contains("title=overdue-question"))
        .unwrap();
    assert!(overdue.contains("100%25: a, b"), "{overdue}");
    assert!(overdue.contains("%0Ahelp: "), "{overdue}");
}

/// As GitHub's runner reads it.
fn unescaped(text: &str) -> String {
    let text = text.replace("%3A", ":").replace("%2C", ",");
    text.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
}

#[test]
fn sarif_is_what_code_scanning_takes() {
    let book = book(&[
        ("a b.md", document("Refunds", "Ada Obi")),
        ("sub/b.md", document("Payouts", "Tunde")),
    ]);
    let log = json_of(&run_in(book.root(), &["check", "--format", "sarif"]));
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "mdbook-design-docs");
    let rules = driver["rules"].as_array().unwrap();
    for rule in rules {
        for text in ["shortDescription", "fullDescription", "help"] {
            assert!(!rule[text]["text"].as_str().unwrap().is_empty(), "{rule}");
        }
    }
    let results = run["results"].as_array().unwrap();
    assert!(results.len() >= 2);
    let mut prints = Vec::new();
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["warning", "error"].contains(&result["level"].as_str().unwrap()));
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.starts_with("src/") && !uri.contains(' '), "{uri}");
        let base = place["artifactLocation"]["uriBaseId"].as_str().unwrap();
        assert!(run["originalUriBaseIds"][base].is_object());
        let region = &place["region"];
        let point = |line: &str, column: &str| (region[line].as_u64().unwrap(), region[column].as_u64().unwrap());
        let (start, end) = (point("startLine", "startColumn"), point("endLine", "endColumn"));
        assert!(start.0 > 0 && start.1 > 0 && start <= end, "{region}");
        prints.push(result["partialFingerprints"]["lintedLine/v1"].clone());
    }
    prints.sort_by_key(Value::to_string);
    prints.dedup();
    assert_eq!(prints.len(), results.len(), "each finding has its own");
}

#[test]
fn fingerprints_survive_moved_lines() {
    let prints = |text: String| {
        let report = json_of(&run_in(book(&[("a.md", text)]).root(), &["check", "--format", "json"]));
        let all = report["diagnostics"].as_array().unwrap().clone();
        let overdue = all.iter().find(|each| each["lint"] == "overdue-question").unwrap();
        (overdue["fingerprint"].clone(), overdue["start"]["line"].clone())
    };
    let text = document("Refunds", "Ada Obi");
    let moved = text.replace("## Open", "## Why\n\nBecause.\n\n## Open");
    let (before, after) = (prints(text), prints(moved));
    assert_eq!(before.0, after.0);
    assert_ne!(before.1, after.1);
}

#[test]
fn an_old_handbook_is_adopted_and_gets_better() {
    let book = two();
    let root = book.root();
    let check = |more: &[&str]| run_in(root, &[&["check", "--deny", "warnings"], more].concat());
    let change = |file: &str, text: String| fs::write(root.join("src").join(file), text).unwrap();
    let known = ["--baseline", "known.toml"];

    assert_code(&check(&known), 2);
    assert_code(&check(&["--write-baseline", "known.toml"]), 0);
    let written = read(&root.join("known.toml"));
    assert!(
        written.contains("[findings.\"sub/b.md\"]\noverdue-question."),
        "{written}"
    );
    assert_code(&check(&known), 0);
    assert!(out(&check(&known)).contains("in the baseline"));

    // What has only moved is known; what is new counts.
    let moved = document("Refunds", "Ada Obi").replace("## Open", "Text.\n\n## Open");
    change("a.md", moved.clone());
    assert_code(&check(&known), 0);
    let second = "2. **And payouts?**\n   - Decision needed by: 2024-02-01\n   - Owner: Ada Obi\n";
    change("a.md", moved + second);
    let output = check(&known);
    assert_code(&output, 1);
    assert!(out(&output).contains("And payouts?"), "{}", out(&output));
    assert!(!out(&output).contains("Do we retry"), "{}", out(&output));

    // What is cured can be dropped, without what is new being adopted.
    change(
        "sub/b.md",
        document("Payouts", "Tunde Ojo").replace("2024-01-31", "2030-01-31"),
    );
    assert!(err(&check(&known)).contains("fixed since known.toml was written"));
    let both = [known.as_slice(), &["--write-baseline", "known.toml"]].concat();
    assert_code(&check(&both), 1);
    let pruned = read(&root.join("known.toml"));
    assert!(!pruned.contains("sub/b.md") && pruned.contains("a.md"), "{pruned}");
    assert_code(&check(&known), 1);

    fs::write(root.join("src/a.md"), b"\xff").unwrap();
    assert_code(&check(&both), 2);
    assert_eq!(read(&root.join("known.toml")), pruned, "nothing is forgotten unread");
    fs::write(root.join("known.toml"), pruned + "<<<<<<< HEAD\n").unwrap();
    let output = check(&known);
    assert_code(&output, 2);
    assert!(err(&output).contains("known.toml:7:"), "{}", err(&output));
}

#[test]
fn included_lines_are_those_on_disk() {
    let text = document("Refunds", "Ada Obi");
    let (head, questions) = text.split_once("## Open").unwrap();
    let book = book(&[
        ("a.md", format!("{head}{{{{#include parts/q.md}}}}\n")),
        ("parts/q.md", format!("## Open{questions}")),
    ]);
    let summary = "# Summary\n\n- [A](a.md)\n";
    fs::write(book.root().join("src/SUMMARY.md"), summary).unwrap();
    let said = out(&run_in(book.root(), &["check"]));
    assert!(said.contains(" --> src/parts/q.md:3:"), "{said}");
    #[cfg(unix)]
    for version in Version::ALL {
        let stderr = book.build(version).stderr;
        assert!(
            stderr.contains("  --> src/parts/q.md:3:"),
            "mdBook {version}:\n{stderr}"
        );
    }
}

#[test]
#[cfg(unix)]
fn a_build_reports_once_in_the_form_of_its_mdbook() {
    let book = two();
    for version in Version::ALL {
        // Built for HTML and for Markdown.
        let stderr = book.build(version).stderr;
        let findings: Vec<_> = stderr
            .lines()
            .filter(|line| line.ends_with("[overdue-question]"))
            .collect();
        assert_eq!(findings.len(), 2, "mdBook {version}:\n{stderr}");
        let is_native = |line: &str| match version {
            Version::V04 => line[19..].starts_with(" [WARN] (mdbook_design_docs): "),
            Version::V05 => line.starts_with(" WARN "),
        };
        assert!(
            findings.iter().all(|line| is_native(line)),
            "mdBook {version}:\n{stderr}"
        );
        assert!(!stderr.contains('\u{1b}'), "{stderr}");
    }
}

#[test]
fn an_item_among_dated_decisions_is_asked_for_its_date() {
    let text = |items: &str| {
        let head = "# Parcels\n\n**Author:** Ada Obi\n**Status:** Draft\n\n## Decisions\n\n";
        format!("{head}{items}")
    };
    let book = book(&[
        ("a.md", text("- 2026-11-05: By bicycle\n- Never on Sundays\n")),
        ("b.md", text("- By boat\n- Never by night\n")),
        (
            "c.md",
            text("- 2026-11-05: By train\n- By hand\n- By post\n- By cart\n"),
        ),
    ]);
    let output = run_in(book.root(), &["check"]);
    let said = String::from_utf8(output.stdout).unwrap();
    let findings: Vec<&str> = said
        .lines()
        .filter(|line| line.contains("[undated-decision]"))
        .collect();
    assert_eq!(
        findings,
        ["warning[undated-decision]: nothing says when this was decided: \"Never on Sundays\""],
        "{said}"
    );
}
