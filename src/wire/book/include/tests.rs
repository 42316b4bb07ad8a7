//! Compares the expansion with mdBook's on the same texts.

use std::fs;

use mdbook_driver::builtin_preprocessors::LinkPreprocessor;
use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use mdbook_preprocessor::config::Config;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use super::*;

const CODE: &str = "// ANCHOR: all\r\nfn a() {}\r\n// ANCHOR: inner\nfn b() {}\n// ANCHOR_END: inner\nfn c() {}\n// ANCHOR_END: all\nlast";

/// Directives that mdBook reads in a peculiar way.
const TEXTS: &[&str] = &[
    "plain {{ text }} {{#}} {{#include}} {{#include   }} {{include code.rs}}",
    "before\n{{#include code.rs}}\nafter\n",
    "{{#include code.rs:2}} {{#include code.rs:2:3}} {{#include code.rs::3}} {{#include code.rs:4:}}",
    "{{#include code.rs:3:2}}|{{#include code.rs:0}}|{{#include code.rs:99}}|{{#include code.rs:2:x:9}}|{{#include code.rs::}}",
    "{{#include code.rs:all}}\n{{#include code.rs:inner}}\n{{#include code.rs:none}}",
    "{{#rustdoc_include code.rs:4}}\n\n{{#rustdoc_include code.rs:inner}}\n{{#rustdoc_include code.rs}}",
    "{{#playground code.rs}} {{#playground code.rs editable ignore}} {{#playpen code.rs}}{{#playground empty}}",
    "{{#title New title}}text {{#title}} {{ #title x}}",
    "\\{{#include code.rs}} and {{#include code.rs}} }} rest\n\\{{#include\ncode.rs}} \\{{#}}",
    "{{  #include\n\tcode.rs:2 }} {{{#include code.rs:2}}} {{#include code.rs:2} }",
    "{{#include gone.rs}} {{#unknown {{#include code.rs:2}} {{#unknown x}} {{#include code.rs:2}}",
    "{{#include sub/nested.md}} tail\r\nand {{#include ./sub/../empty}}|",
    "{{#include loop.md}}",
    "ünïcödé\u{2003}{{#include\u{2003}code.rs:2}}{{#include ünï.md}}",
];

fn folder() -> tempfile::TempDir {
    let book = tempfile::tempdir().unwrap();
    let src = book.path().join("src");
    fs::create_dir_all(src.join("deep/sub")).unwrap();
    let files = [
        ("deep/code.rs", CODE),
        ("deep/empty", ""),
        ("deep/loop.md", "l {{#include loop.md}}\nx"),
        ("deep/ünï.md", "ü\r\nï\r\n"),
        (
            "deep/sub/nested.md",
            "n1\n{{#include ../code.rs:2}}\n\\{{#include x}}\n{{#include more.md}}",
        ),
        ("deep/sub/more.md", "\u{feff}m1\nm2\n\n"),
    ];
    for (name, text) in files {
        fs::write(src.join(name), text).unwrap();
    }
    book
}

fn by_mdbook(book: &Path, text: &str) -> String {
    let chapter = Chapter::new("C", text.to_owned(), "deep/c.md", Vec::new());
    let context = PreprocessorContext::new(book.to_owned(), Config::default(), "html".to_owned());
    let links = LinkPreprocessor::new();
    let book = links.run(&context, Book::new_with_items(vec![chapter.into()])).unwrap();
    match &book.items[0] {
        BookItem::Chapter(chapter) => chapter.content.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_text_is_the_same_as_mdbooks() {
    let book = folder();
    let src = book.path().join("src");
    let all = TEXTS.concat();
    for text in TEXTS.iter().copied().chain([all.as_str()]) {
        let expected = by_mdbook(book.path(), text);
        let expanded = expand(text, "deep/c.md", &src);
        let got = expanded.as_ref().map_or(text, |expanded| &expanded.text);
        assert_eq!(got, expected, "of {text:?}");
        if let Some(expanded) = expanded {
            let lines = expanded.text.split_inclusive('\n').count();
            assert_eq!(expanded.map.lines.len(), lines, "of {text:?}");
        }
    }
}

#[test]
fn any_mixture_of_the_syntax_is_read_as_mdbook_reads_it() {
    const PIECES: &[&str] = &[
        "{{#include code.rs}}", "{{", "}}", "#include ", "code.rs", ":2", ":all", "\\", "{", "}", " ", "\n",
        "#title x", "#playground ", "ü", "#", "{{#rustdoc_include code.rs:4", "\r\n",
    ];
    let book = folder();
    let src = book.path().join("src");
    let mut state = 7_u64;
    for _ in 0..3_000 {
        let mut text = String::new();
        for _ in 0..12 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let piece = usize::try_from(state >> 33).unwrap() % PIECES.len();
            text.push_str(PIECES[piece]);
        }
        let expanded = expand(&text, "deep/c.md", &src);
        let got = expanded.map_or_else(|| text.clone(), |expanded| expanded.text);
        assert_eq!(got, by_mdbook(book.path(), &text), "of {text:?}");
    }
}

#[test]
fn every_line_knows_its_place() {
    let book = folder();
    let src = book.path().join("src");
    let text = "one\n{{#include sub/nested.md}}\n{{#include code.rs:all}} {{#include gone}}\nlast\n";
    let expanded = expand(text, "deep/c.md", &src).unwrap();
    let places: Vec<_> = expanded
        .text
        .lines()
        .zip(&expanded.map.lines)
        .map(|(text, at)| {
            let file = expanded.map.files[at.file].as_str();
            (text.trim_start_matches('\u{feff}'), file, at.line, at.own_line)
        })
        .collect();
    assert_eq!(
        places,
        [
            ("one", "deep/c.md", 1, 1),
            ("n1", "deep/sub/nested.md", 1, 2),
            ("fn a() {}", "deep/sub/../code.rs", 2, 2),
            ("{{#include x}}", "deep/sub/nested.md", 3, 2),
            ("m1", "deep/sub/more.md", 1, 2),
            ("m2", "deep/sub/more.md", 2, 2),
            ("", "deep/c.md", 2, 2),
            ("fn a() {}", "deep/code.rs", 2, 3),
            ("fn b() {}", "deep/code.rs", 4, 3),
            ("fn c() {} {{#include gone}}", "deep/code.rs", 6, 3),
            ("last", "deep/c.md", 4, 4),
        ]
    );
    let missing: Vec<_> = expanded
        .missing
        .iter()
        .map(|each| (&*each.by, each.line, &*each.file))
        .collect();
    assert_eq!(missing, [("deep/c.md", 3, "deep/gone")]);
}

#[test]
fn a_text_without_directives_is_left_alone() {
    for text in ["", "plain", "{{ handlebars }}", "{{#if x}} {{/if}}", "{{#"] {
        assert!(expand(text, "c.md", Path::new("src")).is_none(), "{text}");
    }
}

#[test]
fn a_file_that_includes_itself_again_and_again_ends() {
    let book = folder();
    let src = book.path().join("src");
    fs::write(
        src.join("deep/loops.md"),
        "l\n".to_owned() + &"{{#include loops.md}}\n".repeat(9),
    )
    .unwrap();
    let expanded = expand("{{#include loops.md}}\n", "deep/c.md", &src).unwrap();
    assert!(expanded.text.len() < 1_000_000, "{} bytes", expanded.text.len());
    let missing = &expanded.missing;
    assert!((1..=90).contains(&missing.len()), "{}", missing.len());
    assert_eq!(
        missing[0].why,
        "the chapter includes too much; does a file include itself?"
    );
    let left = expanded.text.matches("{{#include loops.md}}").count();
    assert_eq!(left, missing.len(), "their directives are left as they are");
}
