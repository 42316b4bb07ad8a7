//! Real books in which other people's preprocessors and renderers run before and after us,
//! built by the real `mdbook`s: what is theirs comes out as without us, what is ours as without
//! them. `.ci/run company` installs them all; without it these tests are ignored.

mod beside;
mod features;
mod plugins;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::support::book::{BINARY, Built, Version};
use crate::support::html::{self, attribute};
use crate::support::{files_below, none, project, require};

/// Ours, as every book of these tests has it.
const OURS: &str = "[preprocessor.design-docs]\nafter = [\"links\"]\ntimezone = \"UTC\"\ntoday = 2026-11-23\n";

/// Ours, all switched off.
const SILENT: &str = "header.enabled = false\ntoc.enabled = false\nbadges.enabled = false\nindex.enabled = false\n";

/// The chapters that are design documents, and the heading from which on we change no more than
/// to add what is ours.
const DOCUMENTS: &[(&str, &str)] = &[
    ("designs/ledger.html", "id=\"overview\""),
    ("designs/storage/index.html", "id=\"overview\""),
    ("designs/storage/retention.html", "id=\"how-long\""),
    ("designs/caching.html", "id=\"overview\""),
];

/// Our index chapters.
const INDICES: &[&str] = &[
    "this-week.html", "design-docs.html", "decision-log.html", "open-questions.html",
];

/// A folder with `bin/mdbook-toc` and its kin, `mdbook-0.4/bin/mdbook` and `mdbook-0.5/bin/mdbook`.
struct Company(PathBuf);

impl Company {
    /// The folder, which must have both mdBooks and these programs.
    #[track_caller]
    fn new(programs: &[&str]) -> Self {
        let company = Self(std::env::var_os("COMPANY").map_or_else(|| project().join("target/company"), PathBuf::from));
        none("programs (set COMPANY to their folder)", &company.missing(programs));
        company
    }

    /// Which of both mdBooks and these programs are not there.
    fn missing(&self, programs: &[&str]) -> Vec<String> {
        let suffix = std::env::consts::EXE_SUFFIX;
        let mdbooks = Version::ALL.map(|version| format!("mdbook-{version}/bin/mdbook{suffix}"));
        let programs = programs.iter().map(|name| format!("bin/{name}{suffix}"));
        let missing = mdbooks.into_iter().chain(programs).map(|name| self.0.join(name));
        let missing = missing.filter(|path| !path.exists());
        missing.map(|path| format!("{} is not there", path.display())).collect()
    }

    /// `mdbook`, with ours and theirs on the path.
    fn mdbook(&self, version: Version) -> Command {
        let mut command = Command::new(self.0.join(format!("mdbook-{version}/bin/mdbook")));
        let ours = Path::new(BINARY).parent().unwrap().to_owned();
        let own = std::env::var_os("PATH").unwrap_or_default();
        let path = [ours, self.0.join("bin")]
            .into_iter()
            .chain(std::env::split_paths(&own));
        command
            .env("PATH", std::env::join_paths(path).unwrap())
            .env_remove("SOURCE_DATE_EPOCH")
            .env_remove("RUST_LOG")
            .env_remove("MDBOOK_LOG");
        command
    }

    /// Builds the book of these tests, `tables` in its book.toml.
    #[track_caller]
    fn build(&self, version: Version, tables: &str) -> Built {
        let book = book(tables);
        let output = self.mdbook(version).arg("build").arg(book.path()).output().unwrap();
        built(version, book, &output, tables)
    }
}

#[test]
fn these_tests_run_where_they_are_required() {
    require("COMPANY_TESTS", || drop(Company::new(&[])));
}

/// The book of these tests.
fn book(tables: &str) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    copy(&project().join("tests/company/src"), &dir.path().join("src"));
    write_toml(dir.path(), tables);
    dir
}

fn write_toml(root: &Path, tables: &str) {
    let toml = format!("[book]\ntitle = \"In company\"\n\n{tables}");
    std::fs::write(root.join("book.toml"), toml).unwrap();
}

fn copy(from: &Path, to: &Path) {
    for file in files_below(from) {
        let to = to.join(&file);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(from.join(&file), to).unwrap();
    }
}

/// What was built in `book`, or a panic with all that was said.
#[track_caller]
fn built(version: Version, book: TempDir, output: &Output, tables: &str) -> Built {
    let said = String::from_utf8_lossy(&[&*output.stdout, &*output.stderr].concat()).into_owned();
    assert!(output.status.success(), "mdBook {version}\n{tables}\n{said}");
    // mdBook goes on, or even succeeds, without a preprocessor that it cannot find.
    assert!(
        !said.contains("not found") && !said.contains("not installed"),
        "mdBook {version}\n{tables}\n{said}"
    );
    let has_others = book.path().join("book/html").exists();
    Built::of(version, book, said, has_others)
}

/// Whether a tag is one that we add.
fn is_ours(name: &str, attributes: &[(String, String)]) -> bool {
    let value = |key| attribute(attributes, key).unwrap_or_default();
    let is_named = |key| value(key).split(' ').any(|word| word.starts_with("dd-"));
    // The anchors of decisions and questions, and what style and script we bring.
    is_named("class")
        || attributes.iter().any(|(key, _)| key == "data-dd")
        || (name == "a"
            && ["decision-", "question-"]
                .iter()
                .any(|start| value("id").starts_with(start)))
}

/// The part of a document's page in which nothing of the author's is replaced, ours taken out.
#[track_caller]
fn theirs(built: &Built, page: &str, from: &str) -> String {
    let main = built.main_part(page);
    let at = main
        .find(from)
        .unwrap_or_else(|| panic!("{page} has no {from}:\n{main}"));
    let left = html::without(&main[at..], is_ours);
    // A badge stands behind a space.
    let left = left.split_whitespace().collect::<Vec<_>>().join(" ");
    left.replace(" </", "</")
}

/// What is ours on a page, in the order of the page.
fn ours(built: &Built, page: &str) -> Vec<String> {
    html::pieces(&built.main_part(page))
        .into_iter()
        .filter_map(|piece| match piece {
            html::Piece::Open(name, attributes) if is_ours(&name, &attributes) => {
                Some(format!("{name} {attributes:?}"))
            }
            _ => None,
        })
        .collect()
}

/// Every file below the folder of the pages whose bytes differ from those in `other`.
fn different(one: &Built, other: &Built) -> Vec<String> {
    let (here, there) = (one.html_dir(), other.html_dir());
    let mut files = files_below(&here);
    files.extend(files_below(&there));
    files.sort();
    files.dedup();
    files.retain(|file| std::fs::read(here.join(file)).ok() != std::fs::read(there.join(file)).ok());
    files
}
