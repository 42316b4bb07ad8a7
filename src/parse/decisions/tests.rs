//! Dates, people and numbers before and after a decision.

use crate::config::Config;
use crate::source::Source;

/// The decisions in a list of one item: text, date, deciders and label.
fn read(item: &str) -> Vec<[String; 4]> {
    let source = Source {
        path: "limits.md".to_owned(),
        text: format!("# Limits\n\nAuthor: Ada\nStatus: Draft\n\n## Decision log\n\n- {item}\n"),
        ..Source::default()
    };
    let corpus = crate::parse::corpus(&[source], &Config::default());
    let document = corpus.chapters[0].document.as_ref().unwrap();
    let decisions = document.decisions.iter().map(|decision| {
        let by: Vec<_> = decision.decided_by.iter().map(|person| person.display()).collect();
        [
            decision.decision.text.clone(),
            decision.date.as_ref().map(|date| date.text.clone()).unwrap_or_default(),
            by.join(", "),
            decision.label.clone().unwrap_or_default(),
        ]
    });
    decisions.collect()
}

#[test]
fn a_date_and_names_stand_before_or_behind() {
    let day = "2026-03-01";
    for (item, expected) in [
        ("D4 (2026-03-01): Log it", ["Log it", day, "", "D4"]),
        ("D4 (2026-03-01) Log it", ["Log it", day, "", "D4"]),
        ("D4, 2026-03-01: Log it", ["Log it", day, "", "D4"]),
        ("**D4** 2026-03-01: Log it", ["Log it", day, "", "D4"]),
        ("**D4 (2026-03-01)**: Log it", ["Log it", day, "", "D4"]),
        ("D4: Log it (2026-03-01)", ["Log it", day, "", "D4"]),
        (
            "D4: Log it (Ada Obi, Mar 1, 2026).",
            ["Log it", "Mar 1, 2026", "Ada Obi", "D4"],
        ),
        (
            "2026-03-01 (Ada Obi, Chi Eze): Log it",
            ["Log it", day, "Ada Obi, Chi Eze", ""],
        ),
        ("13.03.2026 Log it", ["Log it", "13.03.2026", "", ""]),
        ("Mar 3, 2026: Log it", ["Log it", "Mar 3, 2026", "", ""]),
        ("3rd March 2026 - Log it", ["Log it", "3rd March 2026", "", ""]),
        ("Log it. (@ada, 2026-03-01)", ["Log it.", day, "@ada", ""]),
        (
            "Log it (by Ada Obi & Chi Eze; 2026-03-01)",
            ["Log it", day, "Ada Obi, Chi Eze", ""],
        ),
        ("2026-03-01: Log it (not all)", ["Log it (not all)", day, "", ""]),
        (
            "2026-03-01: Log it (Central Bank)",
            ["Log it (Central Bank)", day, "", ""],
        ),
    ] {
        assert_eq!(read(item), [expected.map(str::to_owned)], "{item}");
    }
    for item in [
        "Log it (Ada Obi)", "Log it (see D4, 2026-03-01)", "(2026-03-01)", "May we 3: log it", "1.2.3.4: Log it",
    ] {
        assert_eq!(read(item).len(), 0, "{item}");
    }
}

#[test]
fn a_tail_before_the_question_mark_is_no_fault() {
    let source = Source {
        path: "limits.md".to_owned(),
        text: "Decision Log\n===\n\n**Author:** \n**-A(-:** \n**Author:** \nShould we?\n".to_owned(),
        ..Source::default()
    };
    let corpus = crate::parse::corpus(&[source], &Config::default());
    assert_eq!(corpus.chapters[0].observed.fault, None);
}
