//! The pages in a real browser: builds the books that `tests/browser` looks at, and runs it.
//! On a machine without Chromium, Node or the packages it says so and passes; `.ci/run` has
//! them all.

use std::path::Path;
use std::process::Command;

use serde_json::{Map, Value, json};

use crate::support::book::{BookTest, Built, Version};
use crate::support::{files_below, project, read};

const CHROMIUM: &[&str] = &[
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

#[test]
fn the_pages_work_in_a_browser() {
    let here = project().join("tests/browser");
    let chromium = std::env::var("CHROMIUM").ok();
    let chromium = chromium
        .as_deref()
        .or_else(|| CHROMIUM.iter().copied().find(|path| Path::new(path).exists()));
    let missing = [
        ("Chromium (set CHROMIUM to its path)", chromium.is_none()),
        (
            "Node 20 or newer",
            Command::new("node").arg("--version").output().is_err(),
        ),
        (
            "the packages: run `npm ci` in tests/browser",
            !here.join("node_modules/playwright-core").exists(),
        ),
    ];
    let missing: Vec<&str> = missing.iter().filter(|(_, is)| *is).map(|(what, _)| *what).collect();
    if !missing.is_empty() {
        let missing = missing.join(", ");
        assert!(
            std::env::var("CI").is_err(),
            "the browser tests cannot run: no {missing}"
        );
        eprintln!("\n!! THE BROWSER TESTS DID NOT RUN: no {missing}\n");
        return;
    }
    let built = books();
    let mut folders = Map::new();
    for (name, built) in &built {
        folders.insert(name.clone(), json!(built.html_dir()));
    }
    let output = Command::new("node")
        .args(["--test", "--test-reporter=spec"])
        .current_dir(&here)
        .env("CHROMIUM", chromium.unwrap_or_default())
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
    let language =
        |code: &'static str| kin(&move |toml| toml.replace("language = \"en\"", &format!("language = \"{code}\"")));
    let own = |toml: String| toml;
    vec![
        ("0.4".into(), example(&own).build(Version::V04)),
        ("0.5".into(), example(&own).build(Version::V05)),
        ("east".into(), zone("Pacific/Kiritimati")),
        ("west".into(), zone("Pacific/Pago_Pago")),
        ("german".into(), language("de")),
        ("arabic".into(), language("ar")),
        ("large".into(), large().only_pages().build(Version::V05)),
    ]
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

/// A book with 5,000 questions and as many decisions.
fn large() -> BookTest {
    const DOCUMENTS: usize = 250;
    let mut summary = "# Summary\n".to_owned();
    let mut files = Vec::new();
    for number in 0..DOCUMENTS {
        let path = format!("designs/{number:03}.md");
        summary += &format!("- [Design {number}]({path})\n");
        let mut text = format!(
            "# Design {number}\n\n**Author:** Person {}\n**Status:** Draft\n\n## Open Questions\n\n",
            number % 40
        );
        for question in 1..=20 {
            let day = format!("2026-{:02}-{:02}", 1 + (number + question) % 12, 1 + question);
            text += &format!(
                "{question}. **What about part {question} of design {number}?**\n    - Decision needed by: {day}\n    - Owner: Person {}\n\n",
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
        files.push((format!("src/{path}"), text));
    }
    files.push(("src/SUMMARY.md".into(), summary));
    files.push((
        "book.toml".into(),
        "[book]\ntitle = \"Large\"\n\n[preprocessor.design-docs]\nafter = [\"links\"]\ntimezone = \"UTC\"\ntoday = 2026-06-15\n"
            .into(),
    ));
    BookTest::from_files(files)
}
