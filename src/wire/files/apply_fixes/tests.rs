//! Fixes on files, with hand-made findings.

use std::fs;

use super::*;
use crate::diagnostic::{Level, Place};
use crate::wire::book::load::{Loaded, load_from};
use crate::wire::files::workspace::save;

struct Case {
    folder: tempfile::TempDir,
    workspace: Workspace,
}

fn case(files: &[(&str, &str)]) -> Case {
    let folder = tempfile::tempdir().unwrap();
    for (file, text) in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let workspace = Workspace::default();
    Case { folder, workspace }
}

impl Case {
    fn load(&self) -> Loaded {
        load_from(&self.workspace, &self.folder.path().join("book"), &[]).unwrap()
    }

    /// One round of a lint that replaces every `from` with `to`, with one fix for each.
    fn round(&mut self, changes: &[(&str, &str)]) -> Round {
        let book = self.load();
        let found = findings(&book, changes);
        self.apply_fixes(&book, &found)
    }

    fn apply_fixes(&mut self, book: &Loaded, found: &[Diagnostic]) -> Round {
        let src = self.folder.path().join("book/src");
        apply_fixes(&mut self.workspace, &src, &book.sources, found)
    }

    fn save(&self) -> Vec<String> {
        let all = self.workspace.changed();
        let errors = all.filter_map(|(path, edit)| save(path, edit).err());
        errors.map(|error| error.to_string()).collect()
    }

    fn text(&self, file: &str) -> String {
        fs::read_to_string(self.folder.path().join(file)).unwrap()
    }
}

fn findings(book: &Loaded, changes: &[(&str, &str)]) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    for (index, source) in book.sources.iter().enumerate() {
        for (from, to) in changes {
            for (at, _) in source.text.match_indices(from) {
                out.push(finding(index, at..at + from.len(), to));
            }
        }
    }
    out
}

fn finding(source: usize, range: Range<usize>, text: &str) -> Diagnostic {
    let span = Span::from(range);
    let edit = Edit {
        span,
        text: text.to_owned(),
    };
    Diagnostic {
        lint: "test",
        level: Level::Warn,
        place: Place { source, span },
        message: String::new(),
        label: None,
        help: None,
        fix: Some(Box::new(Fix {
            what: "write it so".into(),
            edits: vec![edit],
        })),
    }
}

const SUMMARY: (&str, &str) = ("book/src/SUMMARY.md", "- [A](a.md)\n- [B](sub/b.md)\n");

#[test]
fn marks_and_line_ends_stay() {
    let mut case = case(&[
        SUMMARY,
        ("book/src/a.md", "\u{feff}# A\r\n\r\nüx bad\r\nlast"),
        ("book/src/sub/b.md", "# B\nbad\n"),
    ]);
    let round = case.round(&[("bad", "good\nnew")]);
    assert_eq!((round.done, round.waiting, round.skipped.len()), (2, 0, 0));
    assert!(case.text("book/src/a.md").contains("bad"), "nothing is written yet");
    assert!(case.save().is_empty());
    assert_eq!(case.text("book/src/a.md"), "\u{feff}# A\r\n\r\nüx good\r\nnew\r\nlast");
    assert_eq!(case.text("book/src/sub/b.md"), "# B\ngood\nnew\n");
}

#[test]
fn what_overlaps_waits_for_the_next_round() {
    let mut case = case(&[SUMMARY, ("book/src/a.md", "abc\n"), ("book/src/sub/b.md", "\n")]);
    let changes = [("abc", "bc!"), ("bc", "d")];
    let round = case.round(&changes);
    assert_eq!((round.done, round.waiting), (1, 1));
    let round = case.round(&changes);
    assert_eq!((round.done, round.waiting), (1, 0));
    assert_eq!(case.round(&changes).done, 0);
    let (_, edit) = case.workspace.changed().next().unwrap();
    assert_eq!((edit.old.as_str(), edit.new.as_str(), edit.fixes), ("abc\n", "d!\n", 2));
}

#[test]
fn included_text_is_fixed_where_it_was_written() {
    let mut case = case(&[
        SUMMARY,
        ("book/src/a.md", "\u{feff}bad\n{{#include sub/part.md}}\nbad\n"),
        ("book/src/sub/b.md", "x\n\n{{#include part.md:2:3}}\n"),
        ("book/src/sub/part.md", "one\r\nbad two\r\nthree\r\n"),
    ]);
    let round = case.round(&[("bad", "good")]);
    assert_eq!(
        (round.done, round.skipped.len()),
        (3, 0),
        "both chapters include it, one fix"
    );
    assert!(case.save().is_empty());
    assert_eq!(case.text("book/src/sub/part.md"), "one\r\ngood two\r\nthree\r\n");
    assert_eq!(
        case.text("book/src/a.md"),
        "\u{feff}good\n{{#include sub/part.md}}\ngood\n"
    );
    assert_eq!(case.round(&[("bad", "good")]).done, 0);
}

#[test]
fn a_line_of_two_files_is_left_alone() {
    let mut case = case(&[
        SUMMARY,
        ("book/src/a.md", "bad {{#include part.md}} bad\n"),
        ("book/src/sub/b.md", "bad\n{{#include ../part.md}}\nx\n"),
        ("book/src/part.md", "two bad"),
    ]);
    let round = case.round(&[("bad", "good")]);
    assert_eq!(round.skipped.len(), 3, "{:?}", round.skipped);
    assert_eq!(round.done, 2);
    assert_eq!(round.skipped[0].1, "where it was written is not certain");
    // The end of an included line belongs to the chapter, the text before it does not.
    let book = case.load();
    let text = &book.sources[1].text;
    let at = text.find("good\nx").unwrap();
    let round = case.apply_fixes(&book, &[finding(1, at..at + 5, "good, ")]);
    assert_eq!(round.skipped.len(), 1, "{:?}", case.workspace);
}

#[test]
fn nothing_outside_the_chapters_is_touched() {
    let mut case = case(&[
        (
            "book/src/SUMMARY.md",
            "- [A](a.md)\n- [L](linked.md)\n- [O](../outside.md)\n",
        ),
        ("book/src/a.md", "{{#include ../code.rs}}\n"),
        ("book/code.rs", "bad\n"),
        ("book/outside.md", "bad\n"),
        ("elsewhere.md", "bad\n"),
    ]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("../../elsewhere.md", case.folder.path().join("book/src/linked.md")).unwrap();
    #[cfg(not(unix))]
    fs::write(case.folder.path().join("book/src/linked.md"), "").unwrap();
    let round = case.round(&[("bad", "good")]);
    assert_eq!(round.done, 0);
    assert!(round.skipped.len() >= 2);
    assert!(
        round.skipped.iter().all(|(_, why)| why.contains("outside")),
        "{round:?}"
    );
    assert!(case.workspace.changed().next().is_none());
}

#[cfg(unix)]
#[test]
fn a_link_within_the_chapters_stays_a_link() {
    let mut case = case(&[SUMMARY, ("book/src/sub/b.md", "bad\n")]);
    let link = case.folder.path().join("book/src/a.md");
    std::os::unix::fs::symlink("sub/b.md", &link).unwrap();
    assert_eq!(case.round(&[("bad", "good")]).done, 1);
    assert!(case.save().is_empty());
    assert!(link.is_symlink());
    assert_eq!(case.text("book/src/a.md"), "good\n");
}

#[test]
fn a_file_that_has_changed_is_not_overwritten() {
    let mut case = case(&[SUMMARY, ("book/src/a.md", "bad\n"), ("book/src/sub/b.md", "bad\n")]);
    assert_eq!(case.round(&[("bad", "good")]).done, 2);
    fs::write(case.folder.path().join("book/src/a.md"), "bad, and more\n").unwrap();
    let errors = case.save();
    assert_eq!(errors.len(), 1);
    assert!(errors[0].contains("has changed"), "{errors:?}");
    assert_eq!(case.text("book/src/a.md"), "bad, and more\n");
    assert_eq!(case.text("book/src/sub/b.md"), "good\n", "the others are written");
}

#[test]
fn a_file_that_changed_between_reading_and_opening_is_left_alone() {
    let mut case = case(&[SUMMARY, ("book/src/a.md", "bad\n"), ("book/src/sub/b.md", "\n")]);
    let book = case.load();
    fs::write(case.folder.path().join("book/src/a.md"), "new bad\n").unwrap();
    let round = case.apply_fixes(&book, &findings(&book, &[("bad", "good")]));
    assert_eq!((round.done, round.skipped.len()), (0, 1));
}

#[test]
fn insertions_do_not_guess_their_order() {
    let touches = |one: Range<usize>, other: Range<usize>| touch(one.into(), &other);
    assert!(touches(3..3, 3..3) && touches(3..3, 3..5) && touches(1..3, 3..3));
    assert!(!touches(1..3, 3..5) && touches(1..4, 3..5) && !touches(2..2, 3..5));
}
