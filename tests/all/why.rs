//! `why`: what the example has decided, asked as people and as coding agents ask.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::book::run;
use crate::support::project;

/// The exit code of `why` with these arguments, and what it prints.
fn why(root: &Path, args: &[&str]) -> (i32, String, String) {
    let mut all = vec!["why", "--book", root.to_str().unwrap()];
    all.extend(args);
    let output = run(&all, b"");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The hits as JSON.
fn hits(root: &Path, args: &[&str]) -> Vec<Value> {
    let (_, out, error) = why(root, &[args, &["--format", "json"]].concat());
    let answer: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{error}"));
    answer["hits"].as_array().unwrap().clone()
}

/// A book with these files, in `docs` of a repository.
fn book(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("docs");
    fs::create_dir_all(folder.path().join(".git")).unwrap();
    let toml = "[book]\ntitle = \"B\"\n[preprocessor.design-docs]\nafter = [\"links\"]\ntoday = 2026-11-23\n";
    let mut summary = String::new();
    for (name, text) in files {
        let path = root.join("src").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        summary += &format!("- [x]({name})\n");
    }
    fs::write(root.join("src/SUMMARY.md"), summary).unwrap();
    fs::write(root.join("book.toml"), toml).unwrap();
    folder
}

/// For each question, the answer in the first three lines.
#[test]
fn questions_on_the_example_are_answered_in_the_first_three_lines() {
    let root = project().join("book-example");
    for (question, expected) in [
        (
            "which database do orders use, PostgreSQL?",
            "0007-orders-stay-in-postgresql.md:9: decision: Orders stay in PostgreSQL",
        ),
        (
            "how long do idempotency keys live",
            "checkout-retries.md:150: decision: Keys live for 24 hours (2026-02-18, Ada Obi, Tunde Bello)",
        ),
        (
            "do we give the delivery fee back",
            "refunds.md:214: open question: Do we give the delivery fee back? (Ngozi Eze, due 2026-11-13, overdue)",
        ),
        ("SMS providers", ": decision: Two SMS providers, the cheaper one first"),
        (
            "services/stock/src/count.rs",
            "inventory-sync.md:18: document: Inventory Sync (approved, affects services/stock/**)",
        ),
        (
            "is the ledger ever changed?",
            "refunds.md:246: decision: Nothing in the ledger is ever changed, only added (2026-09-21, Ada Obi)",
        ),
    ] {
        let (code, out, error) = why(&root, &[question]);
        let first: Vec<&str> = out.lines().take(3).collect();
        assert!(
            first.iter().any(|line| line.contains(expected)),
            "{question}: {first:#?}{error}"
        );
        assert_eq!(code, 0, "{question}");
    }
}

const ADR_1: &str = "# ADR 1: Sessions in cookies\n\n- Status: Superseded by [ADR 3](0003.md)\n- Date: 2024-01-01\n\n\
                     ## Decision\n\nWe keep sessions in cookies.\n";
const ADR_2: &str = "# ADR 2: Sessions in the address\n\n- Status: Rejected\n- Date: 2024-02-01\n\n\
                     ## Decision\n\nNo.\n";
const ADR_3: &str = "# ADR 3: Sessions in Redis\n\n- Status: Accepted\n- Date: 2025-01-01\n\n\
                     ## Decision\n\nWe keep sessions in Redis.\n";
const ADR_4: &str = "# ADR 4: Sessions without a server\n\n- Status: Proposed\n- Date: 2026-11-01\n\n\
                     ## Decision\n\nWe sign them.\n";
const LOG: &str = "# Technical Design: Login\n\n- Status: Draft\n- Author: Ada Obi\n- Affects: `services/login/**`\n\n\
                   ## Open Questions\n\n1. How long does a session live?\n   - Owner: Ngozi Eze\n\
                   \x20  - Decision needed by: 2026-12-18\n\n## Decision Log\n\n\
                   | No. | Date | Decision | Status |\n|---|---|---|---|\n\
                   | D-1 | 2025-02-01 | Sessions end at midnight | Superseded by D-2 |\n\
                   | D-2 | 2025-03-01 | Sessions end after a day | |\n";

#[test]
fn what_a_document_accepted_is_out_of_force_with_its_document() {
    for (status, kind) in [
        ("Superseded", "superseded-decision"),
        ("Rejected", "rejected-decision"),
        ("Draft", "decision"),
    ] {
        let log = LOG.replace("Status: Draft", &format!("Status: {status}"));
        let log = log.replace("after a day | |", "after a day | Accepted |");
        let folder = book(&[("login.md", &log)]);
        let hits = hits(&folder.path().join("docs"), &["after a day"]);
        let hit = hits
            .iter()
            .find(|hit| hit["text"] == "Sessions end after a day")
            .unwrap();
        assert_eq!(hit["kind"], kind, "{status}");
    }
}

#[test]
fn what_is_in_force_comes_first_and_what_was_replaced_comes_with_its_successor() {
    let folder = book(&[
        ("adr/0001.md", ADR_1),
        ("adr/0002.md", ADR_2),
        ("adr/0003.md", ADR_3),
        ("adr/0004.md", ADR_4),
        ("login.md", LOG),
    ]);
    let hits = hits(&folder.path().join("docs"), &["session"]);
    let said: Vec<(&str, &str, &str)> = hits
        .iter()
        .map(|hit| ["kind", "text", "state"].map(|key| hit[key].as_str().unwrap()).into())
        .collect();
    assert_eq!(
        said,
        [
            ("decision", "Sessions end after a day", "in-force"),
            ("decision", "ADR 3: Sessions in Redis", "in-force"),
            ("proposed-decision", "ADR 4: Sessions without a server", "proposed"),
            ("open-question", "How long does a session live?", "upcoming"),
            ("superseded-decision", "Sessions end at midnight", "superseded"),
            ("superseded-decision", "ADR 1: Sessions in cookies", "superseded"),
            ("rejected-decision", "ADR 2: Sessions in the address", "rejected"),
        ]
    );
    let replaced = |at: usize| &hits[at]["replaced_by"];
    assert_eq!(
        *replaced(4),
        serde_json::json!([{"text": "Sessions end after a day", "path": "login.md", "line": 18}])
    );
    assert_eq!(
        *replaced(5),
        serde_json::json!([{"text": "ADR 3: Sessions in Redis", "path": "adr/0003.md", "line": 1}])
    );
    assert_eq!(hits[3]["by"], serde_json::json!(["Ngozi Eze"]));
    assert_eq!(hits[3]["date"], "2026-12-18");
    let (_, out, _) = why(&folder.path().join("docs"), &["sessions", "in", "cookies"]);
    let line = out.lines().last().unwrap();
    assert!(
        line.contains("src/adr/0001.md:1: superseded decision: ADR 1: Sessions in cookies (2024-01-01); replaced by ADR 3: Sessions in Redis (")
            && line.ends_with("src/adr/0003.md:1)"),
        "{line}"
    );
}

#[test]
fn a_path_finds_the_documents_that_affect_it_the_most_specific_first() {
    let wide = LOG
        .replace("Login", "Services")
        .replace("services/login/**", "services/**");
    let folder = book(&[("services.md", &wide), ("login.md", LOG), ("adr/0003.md", ADR_3)]);
    let root = folder.path().join("docs");
    let found = hits(&root, &["services/login/src/main.rs"]);
    let documents: Vec<&str> = found
        .iter()
        .filter(|hit| hit["kind"] == "document")
        .map(|hit| hit["path"].as_str().unwrap())
        .collect();
    assert_eq!(documents, ["login.md", "services.md"]);
    assert_eq!(found[2]["text"], "Sessions end after a day", "what they have decided");
    assert_eq!(found[2]["path"], "login.md");
    // A folder that exists needs no slash.
    fs::create_dir_all(folder.path().join("services/login")).unwrap();
    for path in ["services/login", "services"] {
        assert_eq!(hits(&root, &[path])[0]["kind"], "document", "{path}");
    }
    assert!(
        hits(&root, &["login"]).iter().all(|hit| hit["kind"] != "document"),
        "a word is not a path"
    );
}

#[test]
fn the_first_twenty_are_shown_and_then_how_many_more() {
    let rows: String = (1..=25)
        .map(|day| format!("| 2026-01-{day:02} | Queues, part {day} | Ada Obi |\n"))
        .collect();
    let text = format!(
        "# Technical Design: Queues\n\n- Status: Draft\n- Author: Ada Obi\n\n## Decision Log\n\n\
         | Date | Decision | Decided by |\n|---|---|---|\n{rows}"
    );
    let folder = book(&[("queues.md", &text)]);
    let root = folder.path().join("docs");
    let (_, out, _) = why(&root, &["queue"]);
    assert_eq!(out.lines().count(), 21, "{out}");
    assert!(out.ends_with("\n… and 5 more\n"), "{out}");
    let (_, out, _) = why(&root, &["queue", "--format", "json"]);
    let answer: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&answer["truncated"], &answer["total"]),
        (&Value::Bool(true), &Value::from(25))
    );
    assert_eq!(answer["query"], "queue");
    assert_eq!(answer["as_of"], "2026-11-23");
    assert_eq!(why(&root, &["queue", "--limit", "30"]).1.lines().count(), 25);
}

#[test]
fn nothing_found_is_said_with_exit_code_1() {
    let folder = book(&[("login.md", LOG)]);
    let root = folder.path().join("docs");
    assert_eq!(
        why(&root, &["blockchain"]),
        (1, String::new(), "nothing was found about \"blockchain\"\n".to_owned())
    );
    let (code, out, _) = why(&root, &["blockchain", "--format", "json"]);
    assert_eq!(code, 1);
    let answer: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(answer["hits"], serde_json::json!([]));
    assert_eq!(answer["truncated"], false);
    assert_eq!(why(&root, &[" "]).0, 2, "no topic");
}
