//! `diff` on repositories that the tests build.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use mdbook_design_docs::history::Kind;
use serde_json::Value;

use crate::support::book::BINARY;
use crate::support::repository::Repository;
use crate::support::story::{Story, differences};
use crate::support::{none, project, read, schema};

const TOML: &str = "[book]\ntitle = \"T\"\n\n[preprocessor.design-docs]\n";

/// A repository with a book of one document.
fn repository(design: &str) -> Repository {
    let repository = Repository::new();
    repository.write("book.toml", TOML);
    repository.write("src/SUMMARY.md", "# Summary\n\n- [Parcels](parcels.md)\n");
    repository.write("src/parcels.md", design);
    repository.commit("2026-01-01", "Ada Obi");
    repository
}

/// The changes as `kind | text | from | to`.
fn changes(repository: &Repository, args: &[&str]) -> Vec<String> {
    let mut all = vec!["diff", "--format", "json", "--today", "2026-11-23"];
    all.extend(args);
    said(&repository.json(&all))
}

fn said(diff: &Value) -> Vec<String> {
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let changes = diff["changes"].as_array().unwrap().iter();
    changes
        .map(|change| {
            let parts = ["kind", "text", "from", "to"].map(|key| word(&change[key]));
            parts.join(" | ")
        })
        .collect()
}

const DESIGN: &str = "# Parcels\n\n**Author:** Ada Obi\n**Status:** Draft\n\n## Reviewers\n\n- [ ] Tunde Bello\n\n\
    ## Open Questions\n\n\
    1. **Who carries them?**\n   - Owner: Tunde Bello\n   - Due: 2026-10-01\n\
    2. **Do we give the delivery fee back?**\n   - Owner: Ada Obi\n   - Due: 2026-10-02\n\
    3. **Which depot is first?**\n   - Owner: Ada Obi\n   - Due: 2026-10-03\n\n\
    ## Decision Log\n\n| Date | Decision | Rationale | Decided By |\n|------|------|------|------|\n\
    | 2026-01-05 | By bicycle | cheap | Ada Obi |\n";

/// A text of the document, another one, and the one change that it makes.
const EDITS: &[(&str, &str, &str)] = &[
    ("Draft", "In Review", "status-changed | Parcels | draft | in-review"),
    ("- [ ] Tunde", "- [x] Tunde", "approved | Tunde Bello | - | -"),
    (
        "2026-10-02",
        "2026-12-24",
        "deadline-moved | Do we give the delivery fee back? | 2026-10-02 | 2026-12-24",
    ),
    (
        "Owner: Tunde Bello",
        "Owner: Chika",
        "owner-changed | Who carries them? | Tunde Bello | Chika",
    ),
    (
        "Do we give the delivery fee back?",
        "Is the delivery fee given back?",
        "question-changed | Is the delivery fee given back? | Do we give the delivery fee back? | Is the delivery fee given back?",
    ),
    (
        "By bicycle",
        "By cargo bicycle",
        "decision-changed | By cargo bicycle | By bicycle | By cargo bicycle",
    ),
    (
        "| cheap |",
        "| cheap and quiet |",
        "decision-changed | By bicycle | cheap | cheap and quiet",
    ),
    (
        "3. **Which depot is first?**\n   - Owner: Ada Obi\n   - Due: 2026-10-03\n",
        "",
        "question-removed | Which depot is first? | - | -",
    ),
    (
        "   - Due: 2026-10-03\n",
        "   - Due: 2026-10-03\n4. **What does it weigh?**\n   - Due: 2026-12-01\n",
        "question-asked | What does it weigh? | - | 2026-12-01",
    ),
    (
        "| 2026-01-05 |",
        "| 2026-01-04 | On foot | healthy | Ada Obi |\n| 2026-01-05 |",
        "decision-added | On foot | - | -",
    ),
    (
        "| 2026-01-05 | By bicycle | cheap | Ada Obi |\n",
        "",
        "decision-removed | By bicycle | - | -",
    ),
    (
        "1. **Who carries them?**",
        "1. ~~**Who carries them?**~~ **Resolved:** we do",
        "question-resolved | Who carries them? | - | we do",
    ),
];

#[test]
fn each_kind_of_change_is_told_in_the_working_tree() {
    let repository = repository(DESIGN);
    assert_eq!(changes(&repository, &["HEAD"]), Vec::<String>::new());
    let edit = |pairs: &[(&str, &str)]| {
        let mut text = DESIGN.to_owned();
        for (old, new) in pairs {
            assert!(text.contains(old), "{old}");
            text = text.replace(old, new);
        }
        repository.write("src/parcels.md", text);
        changes(&repository, &["HEAD"])
    };
    for (old, new, expected) in EDITS {
        assert_eq!(edit(&[(old, new)]), [*expected], "{new}");
    }
}

#[test]
fn between_any_two_commits_of_a_story_exactly_what_the_script_did_is_told() {
    let mut kinds = BTreeSet::new();
    for seed in 1..=3 {
        let story = Story::new(seed, 60);
        let last = story.commits.len() - 1;
        for (from, to) in [
            (0, 1),
            (0, last),
            (last, 0),
            (5, 20),
            (12, 18),
            (21, 22),
            (22, 23),
            (20, 40),
            (33, 37),
            (30, last),
            (45, 46),
        ] {
            let (old, new) = (&story.commits[from], &story.commits[to]);
            let args = ["diff", "--book", "docs", "--format", "json", &old.id, &new.id];
            let diff = story.repository.json(&args);
            let mut told: Vec<String> = diff["changes"].as_array().unwrap().iter().map(placed).collect();
            told.sort();
            assert_eq!(
                told.join("\n"),
                differences(&old.book, &new.book).join("\n"),
                "{seed}: {from} to {to}"
            );
            let kind = |line: &String| line.split(' ').next().unwrap().to_owned();
            kinds.extend(told.iter().map(kind));
        }
    }
    assert_eq!(kinds.len(), Kind::ALL.len(), "{kinds:?}");
}

/// A change with its document.
fn placed(change: &Value) -> String {
    let word = |key: &str| change[key].as_str().unwrap_or("-").to_owned();
    ["kind", "path", "text", "from", "to"].map(word).join(" | ")
}

/// The output of git is what counts, whatever the message.
#[track_caller]
fn fails(repository: &Repository, args: &[&str], expected: &str) {
    let output = repository.run(args);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains(expected) && output.stdout.is_empty(), "{stderr}");
}

#[test]
fn what_git_cannot_do_is_said_in_a_sentence() {
    let repository = repository(DESIGN);
    fails(
        &repository,
        &["diff", "nowhere"],
        "error: nowhere names no commit of this repository\n",
    );
    fails(&repository, &["diff", "HEAD", "HEAD:src"], "HEAD:src names no commit");
    for option in ["--upload-pack=touch x", "--output=x"] {
        let output = repository.run(&["diff", "--", option]);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains("is not a revision of git"), "{stderr}");
    }
    assert!(!repository.path("x").exists());
    fails(
        &repository,
        &["diff", "HEAD", "--book", "none"],
        "error: none: the folder does not exist",
    );
    fails(
        &repository,
        &["diff", "HEAD", "HEAD", "--book", "src"],
        "in HEAD: src/src/SUMMARY.md: the file does not exist",
    );
    let without = repository.run_with(&["diff", "HEAD"], &[("PATH", "/nowhere")]);
    let stderr = String::from_utf8_lossy(&without.stderr);
    assert_eq!(without.status.code(), Some(2));
    assert_eq!(stderr, "error: git was not found; it must be installed and in PATH\n");
    std::fs::remove_dir_all(repository.path(".git")).unwrap();
    let variables = [(
        "GIT_CEILING_DIRECTORIES",
        repository.root().parent().unwrap().to_str().unwrap(),
    )];
    let nowhere = repository.run_with(&["diff", "HEAD"], &variables);
    let stderr = String::from_utf8_lossy(&nowhere.stderr);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(
        stderr.starts_with("error: git: not a git repository") && stderr.lines().count() == 1,
        "{stderr}"
    );
}

#[test]
fn a_repository_of_somebody_else_is_refused_in_the_words_of_git() {
    let repository = repository(DESIGN);
    let output = repository.run_with(&["diff", "HEAD"], &[("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr.contains("dubious ownership") && stderr.contains("safe.directory"),
        "{stderr}"
    );
}

#[test]
fn json_is_as_its_schema_says_and_the_exit_code_tells_of_a_difference() {
    let schema: Value = serde_json::from_str(&read(&project().join("schemas/diff-1.json"))).unwrap();
    let repository = repository(DESIGN);
    let same = repository.run(&["diff", "HEAD", "--exit-code"]);
    assert_eq!(same.status.code(), Some(0));
    assert_eq!(
        String::from_utf8_lossy(&same.stdout),
        "**No document, decision or question has changed.**\n"
    );
    // A question that is due today is no finding; one that was due yesterday is one.
    repository.write("src/parcels.md", DESIGN.replace("2026-10-01", "2026-09-01"));
    let args = [
        "diff", "HEAD", "--findings", "--format", "json", "--today", "2026-09-15",
    ];
    let diff = repository.json(&args);
    none("the diff", &schema::problems(&schema, &diff));
    assert_eq!(diff["head"], Value::Null);
    assert_eq!(diff["base"], repository.head().as_str());
    assert_eq!(diff["changes"][0]["line"], 12);
    assert_eq!(diff["findings"].as_array().unwrap().len(), 1, "{diff:#}");
    assert_eq!(diff["findings"][0]["lint"], "overdue-question");
    let differs = repository.run(&["diff", "HEAD", "--exit-code"]);
    assert_eq!(differs.status.code(), Some(1));
    let mut wrong = diff.clone();
    wrong["changes"][0]["kind"] = "question-forgotten".into();
    assert_eq!(schema::problems(&schema, &wrong).len(), 1);
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.word()).collect();
    assert_eq!(
        schema["$defs"]["change"]["properties"]["kind"]["enum"],
        Value::from(kinds)
    );
}

#[test]
fn a_person_reads_a_sentence_and_then_each_change_and_github_gets_annotations() {
    let repository = repository(DESIGN);
    let text = DESIGN.replace("2026-10-02", "2026-12-24").replace(
        "1. **Who carries them?**",
        "1. ~~Who carries them?~~ **Resolved:** *we* do",
    );
    repository.write(
        "src/parcels.md",
        text.replace(
            "3. **Which depot is first?**\n   - Owner: Ada Obi\n   - Due: 2026-10-03\n",
            "",
        ),
    );
    assert_eq!(
        repository.said(&["diff", "HEAD", "--base-url", "https://example.com"]),
        "**Moves 1 deadline, resolves 1 question, removes 1 open question.**\n\n### Parcels (`parcels.md`)\n\n\
         - resolved: [Who carries them?](https://example.com/parcels.html#question-who-carries-them) – we do\n\
         - deadline 2026-10-02 → 2026-12-24 (83 days later): \
         [Do we give the delivery fee back?](https://example.com/parcels.html#question-do-we-give-the-delivery-fee-back)\n\
         - question removed: Which depot is first?\n"
    );
    assert_eq!(
        repository.said(&["diff", "HEAD", "--format", "github"]),
        "::notice file=src/parcels.md,line=12,title=question-resolved::resolved: Who carries them? – we do\n\
         ::notice file=src/parcels.md,line=15,title=deadline-moved::deadline 2026-10-02 → 2026-12-24 (83 days later): \
         Do we give the delivery fee back?\n\
         ::notice file=src/parcels.md,title=question-removed::question removed: Which depot is first?\n"
    );
    let short = repository.said(&["diff", "HEAD", "--limit", "1"]);
    assert!(short.ends_with("\n\n… and 2 more changes.\n"), "{short}");
}

/// The workflow of the manual's page for pull requests.
fn workflow() -> Value {
    let page = read(&project().join("book-example/src/how-to/what-changed.md"));
    let (_, block) = page.split_once("\n```yaml\n").unwrap();
    serde_saphyr::from_str(block.split("\n```").next().unwrap()).unwrap()
}

/// What a step of the workflow has done: the summary, and the calls of `gh`.
fn steps(repository: &Repository, comments: &str) -> (String, String) {
    let job = &workflow()["jobs"]["diff"];
    let programs = Path::new(BINARY).parent().unwrap();
    // It answers with the ids of the comments, and notes how it was called.
    let gh = "#!/bin/sh\ncase \"$*\" in *--paginate*) printf \"$COMMENTS\";; *) echo \"$*\" >> .git/calls;; esac\n";
    repository.write(".git/bin/gh", gh);
    repository.write(".git/outputs", "");
    repository.write(".git/calls", "");
    repository.write(".git/summary", "");
    let scripts = job["steps"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|step| step["shell"] == "bash");
    for step in scripts {
        let outputs = std::fs::read_to_string(repository.path(".git/outputs")).unwrap();
        let path = format!(
            "{}:{}:{}",
            repository.path(".git/bin").display(),
            programs.display(),
            std::env::var("PATH").unwrap()
        );
        let output = Command::new("bash")
            .args([
                "--noprofile",
                "--norc",
                "-eo",
                "pipefail",
                "-c",
                step["run"].as_str().unwrap(),
            ])
            .current_dir(repository.root())
            .env("PATH", path)
            .env("COMMENTS", comments)
            .env("CODE", outputs.trim().trim_start_matches("code="))
            .env("PULL", "7")
            .env("GITHUB_REPOSITORY", "owner/name")
            .env("GITHUB_STEP_SUMMARY", repository.path(".git/summary"))
            .env("GITHUB_OUTPUT", repository.path(".git/outputs"))
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    (
        read(&repository.path(".git/summary")),
        read(&repository.path(".git/calls")),
    )
}

#[cfg(unix)]
#[test]
fn the_workflow_of_the_manual_writes_one_comment_and_needs_no_more_than_that() {
    use std::os::unix::fs::PermissionsExt;
    let workflow = workflow();
    let job = &workflow["jobs"]["diff"];
    let permissions = serde_json::json!({"contents": "read", "pull-requests": "write"});
    assert_eq!(
        (&job["permissions"], &workflow["permissions"]),
        (&permissions, &Value::Null)
    );
    let comment = job["steps"].as_array().unwrap().last().unwrap();
    assert_eq!(
        comment["continue-on-error"], true,
        "a token that may not write fails nothing"
    );
    assert!(
        comment["if"]
            .as_str()
            .unwrap()
            .contains("head.repo.full_name == github.repository")
    );

    // As it is checked out: the merge of a pull request.
    let repository = repository(DESIGN);
    repository.write(".git/bin/gh", "");
    let gh = repository.path(".git/bin/gh");
    std::fs::set_permissions(&gh, std::fs::Permissions::from_mode(0o755)).unwrap();
    repository.git(&["checkout", "-q", "-b", "change"]);
    repository.write("src/parcels.md", DESIGN.replace("2026-10-02", "2026-12-24"));
    repository.commit("2026-01-02", "Tunde Bello");
    repository.git(&["checkout", "-q", "main"]);
    repository.git(&["merge", "-q", "--no-ff", "-m", "m", "change"]);
    let (summary, calls) = steps(&repository, "");
    assert!(summary.starts_with("**Moves 1 deadline.**\n"), "{summary}");
    assert_eq!(
        calls,
        "api --method POST repos/owner/name/issues/7/comments -F body=@comment.md\n"
    );
    let comment = read(&repository.path("comment.md"));
    assert_eq!(comment, format!("<!-- mdbook-design-docs diff -->\n{summary}"));
    let (_, calls) = steps(&repository, "12\\n345\\n");
    assert_eq!(
        calls,
        "api --method PATCH repos/owner/name/issues/comments/12 -F body=@comment.md\n"
    );
    // A pull request that changes nothing: no new comment, and an old one is put right.
    repository.git(&["commit", "-q", "--allow-empty", "-m", "x"]);
    let (summary, calls) = steps(&repository, "");
    assert_eq!(
        (summary.as_str(), calls.as_str()),
        ("**No document, decision or question has changed.**\n", "")
    );
    let (_, calls) = steps(&repository, "12");
    assert!(calls.starts_with("api --method PATCH "), "{calls}");
}

#[test]
fn a_decision_that_is_replaced_names_its_successor() {
    let record = |number: u8, title: &str, status: &str| {
        format!(
            "# {number}. {title}\n\nDate: 2026-01-02\n\n## Status\n\n{status}\n\n## Context\n\nIt is.\n\n## Decision\n\n{title}.\n\n## Consequences\n\nNone.\n"
        )
    };
    let repository = repository(DESIGN);
    let summary = "# Summary\n\n- [Parcels](parcels.md)\n- [Old](adr/0001-old.md)\n";
    repository.write("src/SUMMARY.md", summary);
    repository.write("src/adr/0001-old.md", record(1, "Use a queue", "Accepted"));
    repository.commit("2026-01-02", "Ada Obi");
    repository.write("src/SUMMARY.md", format!("{summary}- [New](adr/0002-new.md)\n"));
    let superseded = "Superseded by [2. Use a log](0002-new.md)";
    repository.write("src/adr/0001-old.md", record(1, "Use a queue", superseded));
    repository.write("src/adr/0002-new.md", record(2, "Use a log", "Accepted"));
    let told = changes(&repository, &["HEAD"]);
    assert_eq!(
        told,
        [
            "status-changed | 1. Use a queue | accepted | superseded",
            "decision-superseded | 1. Use a queue | - | 2. Use a log",
            "document-added | 2. Use a log | - | accepted",
            "decision-added | 2. Use a log | - | -",
        ]
    );
    let text = repository.said(&["diff", "HEAD"]);
    assert!(
        text.starts_with("**Records 1 decision, supersedes 1. Use a queue, changes the status of 1 document"),
        "{text}"
    );
}
