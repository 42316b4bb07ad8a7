//! What git knows, on the pages: on repositories that the tests build.

use serde_json::{Value, json};

use crate::support::book::{BookTest, Built, Version, run};
use crate::support::html::text;
use crate::support::repository::Repository;
use crate::support::{project, read};

const TOML: &str = "[book]\ntitle = \"Handbook\"\nlanguage = \"en\"\n\n[preprocessor.design-docs]\n\
                    today = \"2026-11-23\"\ntimezone = \"UTC\"\n";

const ON: &str = "\n[preprocessor.design-docs.history]\nenabled = true\n";

const DOCUMENT: &str = "\
# Technical Design: Refunds

**Status:** @STATUS@
**Author:** Ada Obi

## Open questions

| # | Question | Owner | Decide by |
|---|---|---|---|
| 1 | Do we give the delivery fee back? | Ngozi Eze | @DUE@ |
@MORE@";

const SECOND: &str = "| 2 | Who tells the vendor of a refund? | Ada Obi | 2027-02-01 |\n";

fn document(status: &str, due: &str, more: &str) -> String {
    DOCUMENT
        .replace("@STATUS@", status)
        .replace("@DUE@", due)
        .replace("@MORE@", more)
}

fn files(settings: &str) -> [(String, String); 3] {
    let summary = "# Summary\n\n- [Refunds](designs/refunds.md)\n".to_owned();
    [
        ("book.toml".to_owned(), format!("{TOML}{settings}")),
        ("src/SUMMARY.md".to_owned(), summary),
        (FILE.to_owned(), document("In Review", "2026-10-16", "")),
    ]
}

const FILE: &str = "src/designs/refunds.md";

/// A book in a repository: asked on 1 September, in review since then; its deadline moves on 1 October and
/// on 20 November, when a second question is asked.
fn book(settings: &str) -> (BookTest, Repository) {
    let book = BookTest::from_files(files(settings));
    let repository = Repository::at(book.root());
    repository.commit("2026-09-01", "Ada Obi");
    repository.write(FILE, document("In Review", "2026-11-13", ""));
    repository.commit("2026-10-01", "Ngozi Eze");
    repository.write(FILE, document("In Review", "2027-01-15", SECOND));
    repository.commit("2026-11-20", "Ngozi Eze");
    (book, repository)
}

/// The words of a page, with one space between them.
fn words(built: &Built, page: &str) -> String {
    let words = text(&built.main_part(page));
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines of stderr about the history.
fn notes(built: &Built) -> Vec<&str> {
    built
        .stderr
        .lines()
        .filter(|line| line.contains("histor") || line.contains("shallow"))
        .collect()
}

#[test]
fn pages_tell_what_git_knows() {
    let (book, _repository) = book(ON);
    for version in Version::ALL {
        let built = book.build(version);
        assert_eq!(notes(&built), [""; 0]);
        let page = words(&built, "designs/refunds.html");
        for said in [
            "Due 2027-01-15 asked 2026-09-01 · deadline moved 2 times",
            "Due 2027-02-01 asked 2026-11-20",
            "Days in review 83 (as of 2026-11-23)",
        ] {
            assert!(page.contains(said), "{said} in {page}");
        }
        let index = built.main_part("open-questions.html");
        assert!(index.contains("data-col=\"date-asked date\">Asked</th>"), "{index}");
        let index = words(&built, "open-questions.html");
        for said in [
            "Due 2027-01-15 2026-09-01 deadline moved 2 times Ngozi Eze",
            "Due 2027-02-01 2026-11-20 Ada Obi",
        ] {
            assert!(index.contains(said), "{said} in {index}");
        }
        let week = words(&built, "this-week.html");
        for said in [
            "Asked in the last seven days 1 Who tells the vendor of a refund?",
            "Deadline moved in the last seven days 1 Do we give the delivery fee back?",
        ] {
            assert!(week.contains(said), "{said} in {week}");
        }
        let markdown = built.markdown("designs/refunds.md");
        assert!(
            markdown.contains("*(due 2027-01-15; asked 2026-09-01, deadline moved 2 times)*"),
            "{markdown}"
        );
        assert!(
            markdown.contains("- **Days in review:** 83 (as of 2026-11-23)"),
            "{markdown}"
        );
    }
}

#[test]
fn a_question_that_was_settled_is_of_this_week() {
    let (book, repository) = book(ON);
    let resolved = SECOND
        .replace("Who tells", "~~Who tells")
        .replace("refund?", "refund?~~ The courier.");
    repository.write(FILE, document("Approved", "2027-01-15", &resolved));
    repository.commit("2026-11-22", "Ada Obi");
    let built = book.build(Version::V05);
    let week = words(&built, "this-week.html");
    assert!(
        week.contains("Resolved in the last seven days 1 Who tells the vendor of a refund?"),
        "{week}"
    );
    let page = words(&built, "designs/refunds.html");
    assert!(page.contains("Days in review 82 "), "{page}");
    assert!(!page.contains("asked 2026-11-20"), "{page}");
}

/// What is not committed has no day, and what was moved is not counted yet.
#[test]
fn only_what_is_committed_is_told() {
    let (book, repository) = book(ON);
    let third = "| 3 | Which currency does an entry have? | Ada Obi | 2027-03-01 |\n";
    let reworded = SECOND.replace("of a refund", "about a refund");
    repository.write(
        FILE,
        document("In Review", "2027-04-01", &(third.to_owned() + &reworded)),
    );
    let page = words(&book.build(Version::V05), "designs/refunds.html");
    for said in [
        "Due 2027-04-01 asked 2026-09-01 · deadline moved 2 times",
        "Due 2027-03-01 2 Who tells the vendor about a refund? Ada Obi 2027-02-01 Due 2027-02-01 asked 2026-11-20",
    ] {
        assert!(page.contains(said), "{said} in {page}");
    }
}

#[test]
fn without_the_setting_pages_are_as_before() {
    let (book, repository) = book("");
    let pages = |built: &Built| -> Vec<String> { built.pages().iter().map(|page| built.page(page)).collect() };
    let inside = pages(&book.build(Version::V05));
    std::fs::remove_dir_all(repository.path(".git")).unwrap();
    let outside = book.build(Version::V05);
    assert_eq!(inside, pages(&outside));
    assert_eq!(notes(&outside), [""; 0]);
    assert!(
        !inside
            .iter()
            .any(|page| page.contains("data-col=\"date-asked") || page.contains("asked 2026"))
    );
}

#[test]
fn a_build_without_a_repository_says_so_once() {
    let book = BookTest::from_files(files(ON));
    for version in Version::ALL {
        let built = book.build(version);
        let notes = notes(&built);
        assert_eq!(notes.len(), 1, "{}", built.stderr);
        assert!(
            notes[0].contains("the pages tell no history: git: not a git repository"),
            "{notes:?}"
        );
        assert!(words(&built, "designs/refunds.html").contains("Overdue 2026-10-16"));
        assert!(!built.page("open-questions.html").contains("date-asked"));
    }
    // A repository in which nothing was committed.
    Repository::at(book.root());
    let built = book.build(Version::V05);
    assert!(
        notes(&built)[0].contains("nothing has been committed yet"),
        "{}",
        built.stderr
    );
}

#[test]
fn a_shallow_clone_dates_nothing_by_its_edge() {
    let (_book, repository) = book(ON);
    let clone = |depth: &str| {
        let clone = Repository::clone_of(&repository, &[depth]);
        let book = BookTest::from_dir(clone.root());
        std::fs::rename(clone.path(".git"), book.root().join(".git")).unwrap();
        book.build(Version::V05)
    };
    let built = clone("--depth=1");
    let said = notes(&built);
    assert_eq!(said.len(), 1, "{}", built.stderr);
    assert!(said[0].contains("`fetch-depth: 0` with actions/checkout"), "{said:?}");
    for page in built.pages() {
        let page = words(&built, &page);
        for wrong in ["asked 20", "deadline moved", "Days in review", "Asked in the last"] {
            assert!(!page.contains(wrong), "{wrong} in {page}");
        }
    }
    // The second commit is the edge: what the third one did is known.
    let page = words(&clone("--depth=2"), "designs/refunds.html");
    assert!(page.contains("Due 2027-01-15 deadline moved once"), "{page}");
    assert!(page.contains("Due 2027-02-01 asked 2026-11-20"), "{page}");
}

#[test]
fn texts_that_the_clone_lacks_are_said_once() {
    let (_book, repository) = book(ON);
    repository.git(&["config", "uploadpack.allowFilter", "true"]);
    let clone = Repository::clone_of(&repository, &["--filter=blob:none"]);
    let book = BookTest::from_dir(clone.root());
    std::fs::rename(clone.path(".git"), book.root().join(".git")).unwrap();
    // What it would get from there.
    repository.git(&["config", "uploadpack.allowFilter", "false"]);
    let built = book.build(Version::V05);
    let said: Vec<&str> = built
        .stderr
        .lines()
        .filter(|line| line.contains("partial clone"))
        .collect();
    assert_eq!(said.len(), 1, "{}", built.stderr);
    let page = words(&built, "designs/refunds.html");
    assert!(!page.contains("asked 2026-09-01"), "{page}");
    assert!(page.contains("Due 2027-02-01"), "{page}");
}

#[test]
fn a_wrong_key_is_named_with_the_right_one() {
    let (book, _repository) = book("\n[preprocessor.design-docs.history]\nenable = true\n");
    let built = book.build(Version::V05);
    assert!(built.stderr.contains("`enable`"), "{}", built.stderr);
    assert!(built.stderr.contains("`enabled`"), "{}", built.stderr);
    assert!(!words(&built, "designs/refunds.html").contains("asked 2026"));
}

#[test]
fn an_export_has_the_days() {
    let export = |repository: &Repository| -> Value {
        let output = run(
            &["export", repository.root().to_str().unwrap(), "--format", "json"],
            b"",
        );
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    };
    for (settings, expected) in [(ON, json!(["2026-09-01", "2026-11-20"])), ("", json!([null, null]))] {
        let (_book, repository) = book(settings);
        let told = export(&repository);
        let schema: Value = serde_json::from_str(&read(&project().join("schemas/export-1.json"))).unwrap();
        assert!(jsonschema::is_valid(&schema, &told));
        let questions = told["documents"][0]["open_questions"].as_array().unwrap();
        let asked: Value = questions.iter().map(|question| question["asked"].clone()).collect();
        assert_eq!(asked, expected, "{settings}");
    }
}
