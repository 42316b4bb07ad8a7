//! Compares a book read from disk with the book that mdBook builds.

use std::fs;
use std::sync::{Arc, Mutex};

use mdbook_driver::MDBook;
use mdbook_preprocessor::book::{Book, BookItem};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use super::*;

fn book(files: &[(&str, &str)]) -> tempfile::TempDir {
    let book = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = book.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    book
}

const SUMMARY: &str = "# Summary\n\n[Preface](./README.md)\n\n# Part\n\n- [One](sub/./Readme.md)\n  - [Nested](sub/a%20b.md)\n- [Draft]()\n  - [Under a draft](sub/ü.md)\n- [Outside](../outside.md)\n---\n[End](end.md)\n";

const FILES: &[(&str, &str)] = &[
    ("src/SUMMARY.md", SUMMARY),
    ("src/README.md", "\u{feff}# Hi\r\n"),
    ("src/sub/Readme.md", "{{#include ü.md}}\n"),
    ("src/sub/a b.md", "spaced\n"),
    ("src/sub/ü.md", "\\{{#include x}}\n"),
    ("src/end.md", "{{#include gone}}\n"),
    ("outside.md", "out\n"),
];

/// Path, file, name and text.
type Chapter = (String, String, String, String);

/// Keeps the chapters that mdBook would pass to us.
struct Seen(Arc<Mutex<Vec<Chapter>>>);

impl Preprocessor for Seen {
    fn name(&self) -> &str {
        "design-docs"
    }

    fn run(&self, _: &PreprocessorContext, book: Book) -> mdbook_preprocessor::errors::Result<Book> {
        for item in book.iter() {
            if let BookItem::Chapter(chapter) = item
                && let (Some(path), Some(file)) = (&chapter.path, &chapter.source_path)
            {
                let text = |path: &Path| path.to_string_lossy().into_owned();
                self.0
                    .lock()
                    .unwrap()
                    .push((text(path), text(file), chapter.name.clone(), chapter.content.clone()));
            }
        }
        Ok(book)
    }
}

fn by_mdbook(root: &Path) -> Vec<Chapter> {
    let seen = Arc::default();
    let mut book = MDBook::load(root).unwrap();
    book.with_preprocessor(Seen(Arc::clone(&seen)));
    let renderer = mdbook_driver::builtin_renderers::MarkdownRenderer::new();
    book.preprocess_book(&renderer).unwrap();
    seen.lock().unwrap().clone()
}

fn by_us(root: &Path) -> Vec<Chapter> {
    let loaded = load(root, &[]).unwrap();
    assert!(loaded.errors.is_empty(), "{:?}", loaded.errors);
    let sources = loaded.sources.into_iter();
    sources
        .map(|each| (each.path, each.file.unwrap(), each.name, each.text))
        .collect()
}

#[test]
fn the_chapters_are_those_that_mdbook_passes_on() {
    let tables = [
        "",
        "[preprocessor.design-docs]\ncommand = \"true\"\nafter = [\"links\"]\n",
        "[preprocessor.design-docs]\ncommand = \"true\"\n",
        "[preprocessor.design-docs]\ncommand = \"true\"\nafter = [\"index\"]\nbefore = [\"links\"]\n",
        "[build]\nuse-default-preprocessors = false\n[preprocessor.design-docs]\ncommand = \"true\"\n",
    ];
    for table in tables {
        let book = book(FILES);
        fs::write(book.path().join("book.toml"), table).unwrap();
        let ours = by_us(book.path());
        assert_eq!(ours.len(), 6);
        assert_eq!(ours, by_mdbook(book.path()), "{table}");
    }
}

#[test]
fn a_book_without_book_toml_is_read() {
    let book = book(FILES);
    let ours = by_us(book.path());
    assert_eq!(
        ours[0],
        (
            "index.md".into(),
            "README.md".into(),
            "Preface".into(),
            "# Hi\r\n".into()
        )
    );
    assert_eq!(
        ours[1].3, "{{#include x}}\n",
        "includes are expanded as the manual has it"
    );
    let missing = load(book.path(), &[]).unwrap().missing.remove(0);
    assert_eq!(
        (&*missing.by, missing.line, &*missing.file, &*missing.why),
        ("end.md", 1, "gone", "the file does not exist")
    );
}

#[test]
fn a_chapter_that_mdbook_would_create_is_not_created() {
    let book = book(&[("src/SUMMARY.md", "- [New \"&amp;\" `<x>`](new.md)\n")]);
    let ours = by_us(book.path());
    assert_eq!(ours[0].3, "# New \"&amp;\" &lt;x&gt;\n");
    assert!(!book.path().join("src/new.md").exists());
    assert_eq!(ours, by_mdbook(book.path()));
    fs::remove_file(book.path().join("src/new.md")).unwrap();
    fs::write(book.path().join("book.toml"), "[build]\ncreate-missing = false\n").unwrap();
    let error = load(book.path(), &[]).unwrap().errors.remove(0).to_string();
    assert!(error.contains("new.md: the file does not exist"), "{error}");
}

#[test]
fn every_unreadable_chapter_is_named() {
    let book = book(&[
        ("src/SUMMARY.md", "- [A](a.md)\n- [B](b.md)\n- [C](c.md)\n"),
        ("src/b.md", "fine\n"),
        ("src/c.md/x", ""),
    ]);
    fs::write(book.path().join("src/a.md"), b"one\ntwo \xff\n").unwrap();
    let loaded = load(book.path(), &[]).unwrap();
    assert_eq!(loaded.sources.len(), 1);
    let errors: Vec<_> = loaded.errors.iter().map(ToString::to_string).collect();
    assert!(errors[0].contains("a.md: line 2 is not UTF-8"), "{errors:?}");
    assert!(errors[1].contains("c.md: it cannot be read: "), "{errors:?}");
}

#[test]
fn what_is_no_book_is_an_error_that_names_it() {
    let here = book(&[("book.toml", ""), ("file", "")]);
    let error = |path: &Path| load(path, &[]).unwrap_err().to_string();
    assert!(error(&here.path().join("nowhere")).contains("nowhere: the folder does not exist"));
    assert!(error(&here.path().join("file")).contains("file: it is not a folder"));
    assert!(error(here.path()).contains("SUMMARY.md: the file does not exist"));
    let empty = book(&[("src/SUMMARY.md", "# Summary\n\n- [Draft]()\n")]);
    assert!(error(empty.path()).contains("SUMMARY.md: it names no chapters"));
}

#[test]
fn the_environment_moves_the_book() {
    let book = book(&[("text/SUMMARY.md", "- [A](a.md)\n"), ("text/a.md", "a")]);
    let set = ("MDBOOK_BOOK__SRC".to_owned(), "text".to_owned());
    assert_eq!(load(book.path(), &[set]).unwrap().sources.len(), 1);
}

#[test]
fn a_book_that_only_0_4_builds_is_read_as_0_4_reads_it() {
    let book = book(&[("src/SUMMARY.md", "- [A](a.md)\n")]);
    let definition_lists = |toml: &str| {
        fs::write(book.path().join("book.toml"), toml).unwrap();
        let context = load(book.path(), &[]).unwrap().context;
        context.settings().config.dialect.definition_lists
    };
    assert!(definition_lists("[book]\ntitle = \"T\"\n"));
    assert!(!definition_lists("[book]\nmultilingual = false\n"));
}
