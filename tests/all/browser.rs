//! The pages in a real browser: builds the books that `tests/browser` looks at, and runs it.
//! It is ignored unless asked for, as `.ci/run browser` does; then Chromium, Node and the packages
//! must be there.

use std::path::PathBuf;
use std::process::Command;

use serde_json::{Map, Value, json};

use crate::support::book::{BookTest, Built, Version, run};
use crate::support::{files_below, none, project, read, require};

/// Where Chromium and its kin are put, one a line; `.ci/run` reads it as well.
const PLACES: &str = include_str!("../browser/chromium.txt");

/// Node, with the packages, and Chromium: what runs the tests and what they look through.
struct Browser {
    chromium: PathBuf,
    folder: PathBuf,
}

impl Browser {
    /// The programs, which must all be there.
    #[track_caller]
    fn new() -> Self {
        let folder = project().join("tests/browser");
        let chromium = std::env::var_os("CHROMIUM")
            .map(PathBuf::from)
            .or_else(|| PLACES.lines().map(PathBuf::from).find(|path| path.exists()))
            .filter(|path| path.exists());
        let mut missing = Vec::new();
        if chromium.is_none() {
            missing.push("there is no Chromium: set CHROMIUM to its path".to_owned());
        }
        if node().is_none_or(|major| major < 20) {
            missing.push("there is no Node 20 or newer".to_owned());
        }
        for package in ["playwright-core", "axe-core"] {
            if !folder.join("node_modules").join(package).exists() {
                missing.push(format!("{package} is not there: run `npm ci` in tests/browser"));
            }
        }
        none("the browser tests cannot run", &missing);
        Self {
            chromium: chromium.unwrap(),
            folder,
        }
    }
}

/// The first number of Node's version, `v20.20.2`.
fn node() -> Option<u32> {
    let output = Command::new("node").arg("--version").output().ok()?;
    let version = String::from_utf8(output.stdout).ok()?;
    version.trim().trim_start_matches('v').split('.').next()?.parse().ok()
}

#[test]
fn the_pages_work_in_a_browser_is_run_where_it_is_required() {
    require("BROWSER_TESTS", || drop(Browser::new()));
}

#[test]
fn chromium_is_looked_for_on_every_system() {
    for start in ["/usr/bin/", "/Applications/", "C:/Program Files/"] {
        assert!(PLACES.lines().any(|path| path.starts_with(start)), "{start}");
    }
    assert!(PLACES.lines().all(|path| !path.trim().is_empty()));
}

#[test]
#[ignore = "needs Chromium and Node, which `.ci/run browser` looks for"]
fn the_pages_work_in_a_browser() {
    let browser = Browser::new();
    let built = books();
    let mut folders = Map::new();
    for (name, built) in &built {
        folders.insert(name.clone(), json!(built.html_dir()));
    }
    let output = Command::new("node")
        .args(["--test", "--test-reporter=spec"])
        .current_dir(&browser.folder)
        .env("CHROMIUM", &browser.chromium)
        .env("BOOKS", Value::Object(folders).to_string())
        .env("SCREENSHOTS", project().join("target/screenshots"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    eprintln!("{said}");
    assert!(
        output.status.success(),
        "{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// The example under both mdBooks, and kin of it that differ in one thing.
fn books() -> Vec<(String, Built)> {
    let kin = |change: &dyn Fn(String) -> String| example(change).build(Version::V05);
    let zone = |zone: &'static str| kin(&move |toml| toml.replace("Africa/Lagos", zone));
    let in_language =
        |code: &'static str| move |toml: String| toml.replace("language = \"en\"", &format!("language = \"{code}\""));
    let language = |code: &'static str| kin(&in_language(code));
    let without = |toml: String| {
        toml.replace(
            "[preprocessor.design-docs]\n",
            "[preprocessor.design-docs]\nrenderers = [\"none\"]\n",
        )
    };
    let own = |toml: String| toml;
    vec![
        ("0.4".into(), example(&own).build(Version::V04)),
        ("0.5".into(), example(&own).build(Version::V05)),
        ("east".into(), zone("Pacific/Kiritimati")),
        ("west".into(), zone("Pacific/Pago_Pago")),
        ("german".into(), language("de")),
        ("arabic".into(), language("ar")),
        ("arabic-0.4".into(), example(&in_language("ar")).build(Version::V04)),
        ("plain-0.4".into(), example(&without).build(Version::V04)),
        ("plain-0.5".into(), example(&without).build(Version::V05)),
        ("cases".into(), cases().build(Version::V05)),
        ("cases-0.4".into(), cases().build(Version::V04)),
        ("large".into(), large(250, None).only_pages().build(Version::V05)),
        ("years-0.4".into(), with_downloads(large(60, Some(300)), Version::V04)),
        ("years-0.5".into(), with_downloads(large(60, Some(300)), Version::V05)),
    ]
}

/// The book with the files that its pages offer beside them, as a workflow publishes it.
fn with_downloads(book: BookTest, version: Version) -> Built {
    let book = book.only_pages();
    let built = book.build(version);
    let (root, folder) = (book.root().to_owned(), built.html_dir());
    let args = [
        "export",
        root.to_str().unwrap(),
        "--downloads",
        folder.to_str().unwrap(),
    ];
    let output = run(&args, b"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    built
}

fn example(change: &dyn Fn(String) -> String) -> BookTest {
    let dir = project().join("book-example");
    let files = files_below(&dir)
        .into_iter()
        .filter(|file| file == "book.toml" || file.starts_with("src/"));
    BookTest::from_files(files.map(|file| {
        let text = read(&dir.join(&file));
        let text = if file == "book.toml" { change(text) } else { text };
        (file, text)
    }))
}

/// A book with words, names and statuses that are hard on a table.
fn cases() -> BookTest {
    let head = |title: &str, status: &str| format!("# {title}\n\n**Author:** Ada Obi\n**Status:** {status}\n\n");
    let name = "payments.ledger.reconciliation.window.maximum_clock_skew_seconds";
    let long = "Draft for discussion with the payments team and the bank; parts 1 and 2 are agreed, part 3 waits";
    let context = "A long context that goes on and on about what it would cost us to wait. ".repeat(6);
    let mut wide = head("Wide", "In Review");
    wide += &format!(
        "## Open Questions\n\n1. **Do we keep `{name}`?**\n    - Context: {context}\n    - Decision needed by: 2026-11-13\n    \
         - Owner: Ngozi Eze\n\n2. **Do we keep {name} as well?**\n    - Owner: {name}\n\n"
    );
    wide += "## Decision Log\n\n| Date | Decision | Rationale | Decided By |\n|--|--|--|--|\n";
    for (day, who) in (1..).zip([
        "Ada Obi", "Ada Obi, Tunde Bello", "Tunde Bello", "Zoë Eze", "Zoë Eze, Ada Obi", "Ada Obi",
    ]) {
        wide += &format!("| 2026-11-{day:02} | Choice {day} | x | {who} |\n");
    }
    wide += &format!("\n## {name} in a heading\n");
    let files = [
        ("wide.md", wide),
        (
            "long.md",
            head("Long", long) + "## Open Questions\n\n- Who pays? (Ada Obi, by 2026-11-20)\n",
        ),
        (
            "SUMMARY.md",
            "# Summary\n\n- [Wide](wide.md)\n- [Long](long.md)\n".to_owned(),
        ),
    ];
    let files = files.map(|(file, text)| (format!("src/{file}"), text));
    let toml = "[book]\ntitle = \"Cases\"\n\n[preprocessor.design-docs]\nafter = [\"links\"]\ntimezone = \"UTC\"\n\
                today = 2026-11-23\n";
    BookTest::from_files(files.into_iter().chain([("book.toml".to_owned(), toml.to_owned())]))
}

/// A book with 20 questions and as many decisions in each of its documents. Where it is to have
/// no more than `page_rows` on a page, every fourth question was settled years ago and its log
/// stands in a chapter of its own.
fn large(documents: usize, page_rows: Option<usize>) -> BookTest {
    let mut summary = "# Summary\n".to_owned();
    let mut toml = "[book]\ntitle = \"Large\"\n\n[preprocessor.design-docs]\nafter = [\"links\"]\ntimezone = \"UTC\"\n\
                    today = 2026-06-15\n"
        .to_owned();
    let mut files = Vec::new();
    if let Some(rows) = page_rows {
        toml += &format!("\n[preprocessor.design-docs.index]\npage-rows = {rows}\ndownloads = [\"csv\", \"ics\"]\n");
        toml += "\n[output.html]\nsite-url = \"/handbook/\"\n";
        summary += "- [What we decided](log/decided.md)\n";
        files.push((
            "src/log/decided.md".into(),
            "# What we decided\n\n<!-- decision-log -->\n".into(),
        ));
    }
    for number in 0..documents {
        let path = format!("designs/{number:03}.md");
        summary += &format!("- [Design {number}]({path})\n");
        files.push((format!("src/{path}"), design(number, page_rows.is_some())));
    }
    files.push(("src/SUMMARY.md".into(), summary));
    files.push(("book.toml".into(), toml));
    BookTest::from_files(files)
}

fn design(number: usize, some_settled: bool) -> String {
    let mut text = format!(
        "# Design {number}\n\n**Author:** Person {}\n**Status:** Draft\n\n## Open Questions\n\n",
        number % 40
    );
    for question in 1..=20 {
        let is_settled = some_settled && question % 4 == 0;
        let (year, strike) = if is_settled {
            (2023 + question % 3, "~~")
        } else {
            (2026, "")
        };
        let day = format!("{year}-{:02}-{:02}", 1 + (number + question) % 12, 1 + question);
        text += &format!(
            "{question}. {strike}**What about part {question} of design {number}?**{strike}\n    \
             - Decision needed by: {day}\n    - Owner: Person {}\n\n",
            (number * 7 + question) % 60
        );
    }
    text += "## Decision Log\n\n| Date | Decision | Rationale | Decided By |\n|--|--|--|--|\n";
    for decision in 1..=20 {
        let day = format!("20{:02}-{:02}-{:02}", 20 + decision % 7, 1 + number % 12, decision);
        text += &format!(
            "| {day} | Do {decision} in design {number} | It is simpler | Person {} |\n",
            number % 60
        );
    }
    text
}
