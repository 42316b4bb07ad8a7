//! Other renderers beside HTML: each gets its own, and what we have to say is said once.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use super::{Company, OURS, book};
use crate::support::book::Version;
use crate::support::{crawl, files_below, html, none, read};

/// Fails at a link that leads to no file of the authors.
const LINKCHECK: &str = "[output.linkcheck2]\ncommand = \"mdbook-linkcheck2\"\nwarning-policy = \"error\"\n";

#[test]
#[ignore = "needs other programs, which `.ci/run company` installs"]
fn linkcheck_sees_what_the_authors_wrote() {
    let company = Company::new(&["mdbook-linkcheck2"]);
    let version = Version::V05;
    let tables = format!("[output.html]\n\n{LINKCHECK}\n{OURS}");
    let with = company.build(version, &tables);
    assert!(with.html_dir().join("open-questions.html").exists());
    assert_eq!(
        with.stderr.matches("Who pays for the archive?").count(),
        1,
        "{}",
        with.stderr
    );

    // It sees a link that is wrong, in the line that the author wrote.
    let broken = book(&tables);
    let path = broken.path().join("src/designs/caching.md");
    std::fs::write(&path, read(&path) + "\nSee [there](nowhere.md).\n").unwrap();
    let output = company
        .mdbook(version)
        .arg("build")
        .arg(broken.path())
        .output()
        .unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        said.contains("nowhere.md") && said.contains("caching.md:10:5"),
        "{said}"
    );
}

#[test]
#[ignore = "needs other programs, which `.ci/run company` installs"]
fn several_renderers() {
    let company = Company::new(&[]);
    for version in Version::ALL {
        let both = company.build(version, &format!("[output.html]\n\n[output.markdown]\n\n{OURS}"));
        let one = company.build(version, OURS);
        none("ids", &crawl::duplicate_ids(&both));
        for page in one.pages() {
            assert_eq!(one.main_part(&page), both.main_part(&page), "{page}");
        }
        for chapter in files_below(&both.html_dir().join("../markdown")) {
            let text = both.markdown(&chapter);
            assert!(
                !text.contains("class=\"dd-") && !text.contains("<script"),
                "{chapter}:\n{text}"
            );
        }
        assert!(
            both.markdown("open-questions.md")
                .contains("| Who pays for the archive?")
                || both.markdown("open-questions.md").contains("Who pays for the archive?")
        );
        assert_eq!(
            both.stderr.matches("Who pays for the archive?").count(),
            1,
            "{}",
            both.stderr
        );
    }
}

/// What EPUBCheck calls errors in `epub`, by their codes.
fn epub_errors(epub: &Path) -> BTreeMap<String, usize> {
    let jar = "/usr/share/java/epubcheck.jar";
    let output = Command::new("java").args(["-jar", jar]).arg(epub).output().unwrap();
    let said = String::from_utf8_lossy(&[&*output.stdout, &*output.stderr].concat()).into_owned();
    assert!(said.contains("EPUBCheck completed"), "{said}");
    let mut errors = BTreeMap::new();
    let codes = said.lines().filter_map(|line| {
        let rest = line.strip_prefix("ERROR(").or_else(|| line.strip_prefix("FATAL("))?;
        Some(rest.split_once(')')?.0.to_owned())
    });
    for code in codes {
        *errors.entry(code).or_default() += 1;
    }
    errors
}

#[test]
#[ignore = "needs other programs, which `.ci/run company` installs"]
fn an_epub_has_no_error_of_ours() {
    let company = Company::new(&["mdbook-epub"]);
    let errors = |ours: &str| {
        let book = book(&format!("[output.epub]\n\n{ours}"));
        let output = company
            .mdbook(Version::V05)
            .arg("build")
            .arg(book.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        epub_errors(&book.path().join("book/In company.epub"))
    };
    let (without, with) = (errors(""), errors(OURS));
    let more: Vec<String> = with
        .into_iter()
        .filter(|(code, count)| *count > without.get(code).copied().unwrap_or_default())
        .map(|(code, count)| format!("{count} {code}"))
        .collect();
    none("errors of EPUBCheck", &more);
}

/// A translation, with all that a catalogue must say of itself.
const GERMAN: &str = r#"
msgid ""
msgstr ""
"Project-Id-Version: T\n"
"POT-Creation-Date: 2026-11-27 20:00+0000\n"
"PO-Revision-Date: 2026-11-27 20:00+0000\n"
"Last-Translator: Ada <ada@example.com>\n"
"Language-Team: German\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Language: de\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "Open Questions"
msgstr "Offene Fragen"

msgid "Decision Log"
msgstr "Entscheidungen"

msgid "**Who pays for the archive?**"
msgstr "**Wer bezahlt das Archiv?**"
"#;

#[test]
#[ignore = "needs other programs, which `.ci/run company` installs"]
fn a_translated_book_asks_the_same_and_its_catalogue_has_none_of_our_words() {
    let company = Company::new(&["mdbook-gettext", "mdbook-xgettext"]);
    let run = |book: &Path, language: &str| {
        let mut mdbook = company.mdbook(Version::V05);
        let output = mdbook
            .env("MDBOOK_BOOK__LANGUAGE", language)
            .arg("build")
            .arg(book)
            .output();
        let output = output.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let translated = OURS.replace("\"links\"", "\"links\", \"gettext\"");
    let rows = |language: &str| {
        let book = book(&format!("[preprocessor.gettext]\nafter = [\"links\"]\n\n{translated}"));
        std::fs::create_dir(book.path().join("po")).unwrap();
        std::fs::write(book.path().join("po/de.po"), GERMAN).unwrap();
        run(book.path(), language);
        let main = html::main_part(&read(&book.path().join("book/open-questions.html")));
        let rows = html::rows(&main);
        let states: Vec<Vec<String>> = rows.into_iter().map(|row| row.states).collect();
        (states, main)
    };
    let ((english, _), (german, main)) = (rows("en"), rows("de"));
    assert_eq!(english, german);
    assert!(main.contains("Wer bezahlt das Archiv?"), "{main}");

    let messages = |ours: &str| {
        let book = book(&format!("[output.xgettext]\n\n{ours}"));
        run(book.path(), "en");
        let catalogue = read(&book.path().join("book/messages.pot"));
        catalogue
            .lines()
            .filter(|line| !line.contains("POT-Creation-Date"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(messages(OURS), messages(""));
}
