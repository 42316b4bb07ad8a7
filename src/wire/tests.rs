//! Tests of the messages of both mdBook versions. The two golden inputs are the output of mdBook
//! 0.4.52 and 0.5.4. Do not edit them; to cover more, add further contents that a book may have.

use std::fs;
use std::io;

use jiff::civil::date;
use serde_json::{Value, json};

use super::*;
use crate::diagnostic::Diagnostic;
use crate::lint::TopFindings;
use crate::render::{Appended, NewChapter, Part};
use crate::source::Span;
use crate::source::{Edit, Source};

const V04: &str = r##"[{"root":"/b","config":{"book":{"authors":[],"language":"en","multilingual":false,"src":"src","title":"T"},"output":{"html":{}},"preprocessor":{"design-docs":{"after":["links"],"command":"x"}}},"renderer":"html","mdbook_version":"0.4.52"},{"sections":[{"Chapter":{"name":"Über \"uns\"","content":"# Über\r\n\r\nA\tB \\ \"q\" \u0000\u001f 😀 \ud83d\ude00 / \/\r\n","number":null,"sub_items":[],"path":"über/ün s.md","source_path":"über/ün s.md","parent_names":[]}},"Separator",{"PartTitle":"Part One"},{"Chapter":{"name":"Draft","content":"","number":[1],"sub_items":[{"Chapter":{"name":"Two","content":"two","number":[1,1],"sub_items":[],"path":"sub/index.md","source_path":"sub/README.md","parent_names":["Draft"]}}],"path":null,"source_path":null,"parent_names":[]}}],"__non_exhaustive":null}]"##;

const V05: &str = r##"[{"root":"/b","config":{"book":{"authors":[],"language":"de","src":"src"}},"renderer":"html","mdbook_version":"0.5.4"},{"items":[{"Chapter":{"name":"One","content":"# One\n","number":[1],"sub_items":[{"Chapter":{"name":"Made","content":"made","number":null,"sub_items":[],"path":"made.md","source_path":null,"parent_names":["One"]}}],"path":"one.md","source_path":"one.md","parent_names":[],"later":{"x":[1,"]"]}}},{"Video":{"Chapter":"no"}},"Gap"],"later":[{"a":"]}"}]}]"##;

fn book_of(message: &str) -> &str {
    let at = message.find("\"},{\"").unwrap() + 3;
    &message[at..message.len() - 1]
}

fn edited(message: &str, edits: &[Vec<Edit>], chapters: &[NewChapter]) -> String {
    let book = read::read(message.as_bytes()).unwrap().book;
    let mut bytes = Vec::new();
    write::write(
        &book,
        |at| edits[at].clone(),
        || chapters.iter().map(appended).collect(),
        &mut bytes,
    )
    .unwrap();
    String::from_utf8(bytes).unwrap()
}

fn edit(start: usize, end: usize, text: &str) -> Vec<Edit> {
    vec![Edit {
        span: Span::new(start, end),
        text: text.to_owned(),
    }]
}

fn appended(chapter: &NewChapter) -> Appended<'static> {
    Appended {
        marker: String::new(),
        name: chapter.name.clone(),
        path: chapter.path.clone(),
        content: vec![Part::Text(chapter.content.clone())],
    }
}

fn new_chapter() -> NewChapter {
    NewChapter {
        name: "Decision log".into(),
        path: "decision-log.md".into(),
        content: "# \"All\"\n".into(),
    }
}

#[test]
fn chapters_come_depth_first_without_drafts() {
    let incoming = read::read(V04.as_bytes()).unwrap();
    let [first, second] = [0, 1].map(|at| incoming.book.open(at).into_owned());
    assert_eq!(incoming.book.heads().len(), 2);
    assert_eq!(first.name, "Über \"uns\"");
    assert_eq!(first.path, "über/ün s.md");
    assert_eq!(first.text, "# Über\r\n\r\nA\tB \\ \"q\" \0\u{1f} 😀 😀 / /\r\n");
    assert_eq!(second.path, "sub/index.md");
    assert_eq!(second.file.as_deref(), Some("sub/README.md"));
    let incoming = read::read(V05.as_bytes()).unwrap();
    let paths: Vec<_> = incoming.book.heads().iter().map(|source| &source.path).collect();
    assert_eq!(paths, ["one.md", "made.md"], "the parent first");
    assert_eq!(incoming.book.heads()[1].file, None);
    assert_eq!(incoming.context.settings().config.language, "de");
}

#[test]
fn without_changes_the_book_goes_out_as_it_came_in() {
    for message in [V04, V05] {
        assert_eq!(edited(message, &[vec![], vec![]], &[]), book_of(message));
    }
    let spaced = V05.replacen(",{\"items\"", " ,\r\n {\"items\"", 1);
    let spaced = format!("{} }}\n]\n", spaced.strip_suffix("}]").unwrap());
    let out = edited(&spaced, &[vec![], vec![]], &[]);
    let expected = book_of(V05).strip_suffix('}').unwrap();
    assert_eq!(out, format!("{expected} }}"));
}

#[test]
fn changed_texts_are_replaced_and_nothing_else() {
    let out = edited(V04, &[edit(2, 7, "\u{1}\"\u{2028}ü"), edit(3, 3, "!")], &[]);
    let expected = book_of(V04)
        .replace(
            r##""# Über\r\n\r\nA\tB \\ \"q\" \u0000\u001f 😀 \ud83d\ude00 / \/\r\n""##,
            "\"# \\u0001\\\"\u{2028}ü\\r\\n\\r\\nA\\tB \\\\ \\\"q\\\" \\u0000\\u001f 😀 \\ud83d\\ude00 / \\/\\r\\n\"",
        )
        .replace("\"two\"", "\"two!\"");
    assert_eq!(out, expected);
}

#[test]
fn new_chapters_stand_at_the_end_of_the_book() {
    for message in [V04, V05] {
        let out = edited(message, &[vec![], vec![]], &[new_chapter(), new_chapter()]);
        let mut expected: Value = serde_json::from_str(book_of(message)).unwrap();
        let key = if message == V04 { "sections" } else { "items" };
        let chapter = json!({"Chapter": {
            "name": "Decision log", "content": "# \"All\"\n", "number": null, "sub_items": [],
            "path": "decision-log.md", "source_path": null, "parent_names": [],
        }});
        let items = expected[key].as_array_mut().unwrap();
        items.extend([chapter.clone(), chapter]);
        assert_eq!(serde_json::from_str::<Value>(&out).unwrap(), expected);
    }
}

#[test]
fn a_chapter_may_have_its_fields_in_any_order() {
    let message = r#"[{"mdbook_version":"0.5.4"},{"z":[],"items":[{"Chapter":{"sub_items":[{"Chapter":{"path":"b.md","content":"b"}}],"content":"a","path":"a.md"}}]}]"#;
    let out = edited(message, &[edit(1, 1, "1"), edit(1, 1, "2")], &[]);
    let expected = r#"{"z":[],"items":[{"Chapter":{"sub_items":[{"Chapter":{"path":"b.md","content":"b2"}}],"content":"a1","path":"a.md"}}]}"#;
    assert_eq!(out, expected);
}

#[test]
fn an_empty_book_takes_chapters_and_0_4_its_marker() {
    let v04 = r#"[{"mdbook_version":"0.4.40"},{"sections":[ ]}]"#;
    let out = edited(v04, &[], &[new_chapter()]);
    let out: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(out["sections"].as_array().unwrap().len(), 1);
    assert!(out.as_object().unwrap().contains_key("__non_exhaustive"));
    let v05 = r#"[{"mdbook_version":"0.5.4"},{"items":[]}]"#;
    assert_eq!(edited(v05, &[], &[]), r#"{"items":[]}"#);
}

/// The output, the notes and the result of `preprocess` for `input`.
fn answer(input: &[u8]) -> (String, String, Result<(), Error>) {
    let (mut out, mut notes) = (Vec::new(), Vec::new());
    let result = DesignDocs::on(date(2026, 11, 23)).preprocess(input, &mut out, &mut notes);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(out), text(notes), result)
}

#[test]
fn a_renderer_that_leaves_out_new_chapters_is_named_once_with_the_way_out() {
    let said = |renderer: &str, more: &str| {
        let text = format!("# T\\n\\n**Author:** Ada\\n**Status:** Draft\\n\\n## Open Questions\\n\\n{more}");
        let context = json!({
            "renderer": renderer, "mdbook_version": "0.5.4",
            "config": {"preprocessor": {"design-docs": {"after": ["links"]}}, "output": {"html": {}, "pandoc": {}}},
        });
        let message = format!(r#"[{context},{{"items":[{{"Chapter":{{"path":"a.md","content":"{text}"}}}}]}}]"#);
        let (_, notes, result) = answer(message.as_bytes());
        assert!(result.is_ok());
        notes
    };
    let notes = said("pandoc", "");
    assert_eq!(notes.matches("leaves out").count(), 1, "{notes}");
    assert!(
        notes.contains("\"This week\", \"Design docs\", \"Decision log\", \"Open questions\"")
            && notes.contains("`<!-- design-docs -->`, `<!-- decision-log -->`, `<!-- open-questions -->`"),
        "{notes}"
    );
    assert!(!said("html", "").contains("leaves out"));
    let markers =
        "<!-- this-week -->\\n\\n<!-- design-docs -->\\n\\n<!-- decision-log -->\\n\\n<!-- open-questions -->\\n";
    assert!(!said("pandoc", markers).contains("leaves out"));
}

#[test]
fn what_is_no_book_is_an_error_and_writes_nothing() {
    let deep = "{\"Chapter\":{\"sub_items\":[".repeat(60);
    // With a text long enough to be left out of the skeleton.
    let long = |context: &str, path: &str, end: &str| -> &'static [u8] {
        let text = "a word ".repeat(40);
        let chapter = format!(r#"{{"name":"A","{path}":"a.md","content":"{text}{end}"}}"#);
        format!(r#"[{context},{{"items":[{{"Chapter":{chapter}}}]}}]"#)
            .leak()
            .as_bytes()
    };
    let unread = r#"{"renderer":"linkcheck","config":{"output":{"html":{},"linkcheck":{}}}}"#;
    let cases: &[(&[u8], &str)] = &[
        (b"", "it is empty"),
        (b" \n", "it is empty"),
        (b"\xff\xfe[]", "byte 0 is not UTF-8"),
        (b"hello", "it is not JSON at line 1 column 1"),
        (b"{}", "expected an array of a context and a book"),
        (b"[]", "invalid length 0"),
        (b"[{}]", "invalid length 1"),
        (b"[{},{\"items\":[]},3]", "invalid length 3"),
        (b"[{},{}]", "the book has neither `items` nor `sections`"),
        (b"[{},[]]", "expected a book with `items` or `sections`"),
        (b"[{},{\"items\":{}}]", "expected a sequence"),
        (b"[1,{\"items\":[]}]", "expected struct Context"),
        (
            br#"[{},{"items":[{"Chapter":{"path":"a","content":3}}]}]"#,
            "is not a string of Unicode",
        ),
        (
            br#"[{},{"items":[{"Chapter":{"path":"a","content":"\ud800"}}]}]"#,
            "chapter `` is not a string of Unicode",
        ),
        (long("{}", "path", "\n"), "chapter `A` is not a string of Unicode"),
        (long("{}", "path", "\\x"), "chapter `A` is not a string of Unicode"),
        (long("{}", "path", "\""), "it is not JSON"),
        (long("{}", "of a draft", "\\x"), "it is not JSON"),
        (
            long(unread, "path", "\\ud800"),
            "chapter `A` is not a string of Unicode",
        ),
        (format!("[{{}},{{\"items\":[{deep}").leak().as_bytes(), "nested deeper"),
        (&V05.as_bytes()[..V05.len() - 1], "it breaks off at line 1"),
        (&V04.as_bytes()[..V04.len() / 2], "it breaks off at line 1"),
    ];
    for (input, expected) in cases {
        let (out, _, result) = answer(input);
        let error = result.unwrap_err().to_string();
        assert!(error.contains(expected), "{error}\nlacks {expected}");
        assert!(error.contains("run `mdbook-design-docs check`"), "{error}");
        assert_eq!(out, "");
    }
}

#[test]
fn both_versions_are_answered() {
    for message in [V04, V05] {
        let (out, notes, result) = answer(message.as_bytes());
        result.unwrap();
        assert_eq!((out.as_str(), notes.as_str()), (book_of(message), ""));
    }
    let future = V05.replace("0.5.4", "0.7.0");
    let (out, notes, result) = answer(future.as_bytes());
    result.unwrap();
    assert_eq!(out, book_of(V05));
    assert_eq!(notes.lines().count(), 1);
    assert!(notes.starts_with(" WARN mdBook 0.7.0 is newer than"), "{notes}");
}

#[test]
fn a_bad_value_stops_the_build_and_an_unknown_key_does_not() {
    let with = |table: &str| V04.replace("\"after\":[\"links\"]", table);
    let (out, notes, result) = answer(with("\"due-soon-days\":\"x\"").as_bytes());
    assert!(matches!(result, Err(Error::Config)));
    assert_eq!(out, "");
    assert!(
        notes.contains("must be a whole number from 0 to 3650, not \"x\""),
        "{notes}"
    );
    let other = with("\"due-soon-days\":\"x\"").replace("\"html\":{}", "\"epub\":{},\"html\":{}");
    let other = other.replace("\"renderer\":\"html\"", "\"renderer\":\"epub\"");
    assert_eq!(answer(other.as_bytes()).1, notes, "also where html's run would report");
    let (out, notes, result) = answer(with("\"due-son-days\":3").as_bytes());
    result.unwrap();
    assert!(!out.is_empty());
    assert_eq!(
        notes,
        "[WARN] (mdbook_design_docs): unknown key `due-son-days`\n  --> book.toml\n  \
         help: did you mean `due-soon-days`?\n"
    );
}

#[test]
fn a_closed_stdout_is_known_as_such() {
    struct Closed;
    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let docs = DesignDocs::on(date(2026, 11, 23));
    let error = docs.preprocess(V05.as_bytes(), Closed, &mut Vec::new());
    assert!(error.unwrap_err().is_closed_pipe());
}

fn finding(source: usize, level: Level, at: usize) -> Diagnostic {
    Diagnostic {
        lint: "overdue-question",
        level,
        place: crate::diagnostic::Place {
            source,
            span: Span::at(at),
        },
        message: format!("finding at {at}"),
        label: None,
        help: None,
        fix: None,
    }
}

#[test]
fn a_build_shows_ten_findings_errors_first_with_places_on_disk() {
    let book = tempfile::tempdir().unwrap();
    let src = book.path().join("src");
    fs::create_dir(&src).unwrap();
    fs::write(src.join("a.md"), "one\n{{#include part.txt}}\nfour\n").unwrap();
    fs::write(src.join("part.txt"), "p1\np2\n").unwrap();
    let chapter = |file: &str, text: &str| Source {
        path: file.into(),
        file: Some(file.into()),
        text: text.into(),
        origin: crate::source::Origin::Passed,
        ..Source::default()
    };
    let sources = [chapter("a.md", "one\np1\np2\nfour\n"), chapter("gone.md", "x\ny\n")];
    let mut all = vec![
        finding(1, Level::Warn, 2),
        finding(0, Level::Warn, 10),
        finding(0, Level::Deny, 7),
        finding(0, Level::Allow, 0),
    ];
    all.extend((0..12).map(|_| finding(1, Level::Warn, 3)));
    let context = Context {
        root: book.path().to_owned(),
        ..Context::default()
    };
    let log = Console::default().log(&context);
    let top = TopFindings::new(all, notes::limit(&log));
    let said = notes::findings(&context, &sources, top, &log);
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(lines[0], "ERROR finding at 7 [overdue-question]");
    assert_eq!(lines[1], "  --> src/part.txt:2:1");
    assert_eq!(lines[2], " WARN finding at 10 [overdue-question]");
    assert_eq!(lines[3], "  --> src/a.md:3:1");
    assert_eq!(
        lines[5],
        "  --> src/gone.md:2:1 (the line is counted after other preprocessors)"
    );
    assert_eq!(
        lines[20],
        " WARN 5 more findings: run `mdbook-design-docs check` to see all"
    );
    assert_eq!(lines.len(), 21);
}
