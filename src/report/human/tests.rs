//! Tests of the report for people.

use super::*;
use crate::diagnostic::{Diagnostic, Fix, Place};
use crate::report::Sites;
use crate::source::{Edit, Origin, Source, Span};

fn edit(start: usize, end: usize, text: &str) -> Edit {
    Edit {
        span: Span::new(start, end),
        text: text.into(),
    }
}

fn finding(text: &str, marked: &str) -> (Vec<Source>, Diagnostic) {
    let start = text.find(marked).unwrap();
    let source = Source {
        path: "payments/index.md".into(),
        file: Some("payments/README.md".into()),
        text: text.to_owned(),
        ..Source::default()
    };
    let diagnostic = Diagnostic {
        lint: "overdue-question",
        level: Level::Warn,
        place: Place {
            source: 0,
            span: Span::new(start, start + marked.len()),
        },
        message: "this question was to be decided 12 days ago".into(),
        label: Some("was due on 2026-11-11".into()),
        help: Some("decide it, or set a later date".into()),
        fix: None,
    };
    (vec![source], diagnostic)
}

fn shown(text: &str, marked: &str) -> String {
    let (sources, diagnostic) = finding(text, marked);
    let mut sites = Sites::new(&sources, "src");
    long(&sites.entry(&diagnostic).unwrap(), false)
}

#[test]
fn check_shows_the_line() {
    let expected = "\
warning[overdue-question]: this question was to be decided 12 days ago
 --> src/payments/README.md:3:9
  |
3 | - A: üx 2026-11-11 open
  |         ^^^^^^^^^^ was due on 2026-11-11
  |
  = help: decide it, or set a later date

";
    for end in ["\n", "\r\n"] {
        let text = ["# T", "", "- A: üx 2026-11-11 open", "more", ""].join(end);
        assert_eq!(shown(&text, "2026-11-11"), expected, "{end:?}");
    }
}

#[test]
fn a_mark_over_a_line_end_stays_on_its_line() {
    let out = shown("a\r\nwhole line\r\nnext\r\n", "whole line\r\n");
    assert!(out.contains("2 | whole line\n  | ^^^^^^^^^^ was"), "{out}");
}

#[test]
fn tabs_do_not_shift_the_mark() {
    let out = shown("\tx\tDUE\n", "DUE");
    assert!(out.contains("README.md:1:4"), "{out}");
    let lines: Vec<_> = out.lines().collect();
    assert_eq!(lines[3].find("DUE"), lines[4].find("^^^"), "{out}");
}

#[test]
fn a_huge_line_is_cut_around_the_place() {
    let text = format!("{}DUE{}", "ä ".repeat(1_000_000), " z".repeat(1_000_000));
    let out = shown(&text, "DUE");
    assert!(out.len() < 2_000);
    assert!(out.contains("README.md:1:2000001"), "{out}");
    assert!(out.contains("DUE z z"), "{out}");
}

#[test]
fn a_long_passage_shows_its_first_line() {
    let passage = "line\n".repeat(50);
    let out = shown(&format!("a\n{passage}b"), &passage);
    assert!(out.contains("2 | line\n  | ^^^^"), "{out}");
    assert!(!out.contains("3 |"), "{out}");
}

#[test]
fn a_place_at_the_end_of_the_text_is_shown() {
    let (sources, mut diagnostic) = finding("abc", "abc");
    for text in ["", "abc", "abc\n", "ü"] {
        let sources = [Source {
            text: text.to_owned(),
            ..sources[0].clone()
        }];
        diagnostic.place.span = Span::new(90, 95);
        let mut sites = Sites::new(&sources, "src");
        long(&sites.entry(&diagnostic).unwrap(), false);
    }
}

#[test]
fn a_fix_is_shown_as_a_patch() {
    let (sources, mut diagnostic) = finding("# T\n\nStatus: Aproved\n", "Aproved");
    diagnostic.fix = Some(Box::new(Fix {
        what: "write `Approved`".into(),
        edits: vec![edit(13, 20, "Approved")],
    }));
    let mut sites = Sites::new(&sources, "src");
    let expected = "\
warning[overdue-question]: this question was to be decided 12 days ago
 --> src/payments/README.md:3:9
  |
3 | Status: Aproved
  |         ^^^^^^^ was due on 2026-11-11
  |
  = help: decide it, or set a later date
help: write `Approved`
  |
3 | Status: Approved
  |           +

";
    assert_eq!(long(&sites.entry(&diagnostic).unwrap(), false), expected);
}

#[test]
fn a_fix_with_many_changes_shows_the_first() {
    let text = "ab\n".repeat(40);
    let (sources, mut diagnostic) = finding(&text, "ab");
    let edits = (0..40).map(|line| edit(line * 3, line * 3 + 2, "xy")).collect();
    diagnostic.fix = Some(Box::new(Fix {
        what: "write it so".into(),
        edits,
    }));
    let out = long(&Sites::new(&sources, "src").entry(&diagnostic).unwrap(), false);
    assert!(out.contains("6 + xy"), "{out}");
    assert!(!out.contains("7 + xy"), "{out}");
    assert!(out.contains("… and 34 more changes"), "{out}");
}

#[test]
fn a_terminal_is_not_given_orders() {
    let (sources, mut diagnostic) = finding("a \u{1b}[31mb\n", "b");
    diagnostic.message = "the status \u{1b}[31m is unknown".into();
    diagnostic.label = Some("\u{1b}[31m".into());
    diagnostic.help = Some("\u{1b}[31m".into());
    let out = long(&Sites::new(&sources, "src").entry(&diagnostic).unwrap(), false);
    assert!(!out.contains('\u{1b}'), "{out:?}");
}

#[test]
fn an_uncertain_place_says_so() {
    let (mut sources, diagnostic) = finding("a\nb\n", "b");
    sources[0].origin = Origin::Passed;
    let out = long(&Sites::new(&sources, "src").entry(&diagnostic).unwrap(), false);
    assert!(
        out.contains("note: the line is counted in the text that other"),
        "{out}"
    );
}

#[test]
fn the_summary_counts() {
    use Level::{Deny, Warn};
    assert_eq!(summary(&[], 0, 40), "nothing to report in 40 documents\n");
    assert_eq!(summary(&[], 0, 0), "nothing to report in no documents\n");
    assert_eq!(summary(&[Warn], 1, 1), "1 warning in 1 of 1 document\n");
    assert_eq!(
        summary(&[Warn, Deny, Warn, Deny], 3, 40),
        "2 errors and 2 warnings in 3 of 40 documents\n"
    );
}
