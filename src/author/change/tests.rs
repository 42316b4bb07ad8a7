//! Changes one fact in documents of every form: the diff is what an author would write.

use jiff::civil::date;

use super::*;

mod forms;

const TODAY: Date = date(2026, 11, 23);

fn source(text: &str) -> Source {
    Source::chapter("a.md", text)
}

#[track_caller]
fn with_status(text: &str, word: &str) -> String {
    match set_status(&source(text), &Config::default(), word, TODAY) {
        Ok(edits) => splice(text, &edits),
        Err(error) => panic!("{error}:\n{text}"),
    }
}

#[track_caller]
fn decided(text: &str, decision: &NewDecision) -> String {
    match decide(&source(text), &Config::default(), decision, TODAY) {
        Ok((edits, _)) => splice(text, &edits),
        Err(error) => panic!("{error}:\n{text}"),
    }
}

fn decision(question: Option<&str>) -> NewDecision {
    NewDecision {
        text: "Ask [them] | not us".into(),
        rationale: "Because".into(),
        decided_by: "Ada Obi".into(),
        question: question.map(str::to_owned),
        is_by_given: false,
        status: None,
    }
}

const DESIGN: &str = "# Technical Design: Refunds

**Author:** Ada Obi | **Email:** ada@example.com  
**Date:** 2026-01-02  
**Status:** **Draft**  
**Reviewers:** Tunde Bello

## Open Questions

1. **Do we ask?**
   - Context: We never did.
   - Owner: Ada Obi

2. **Why at all?**

---

## Decision Log

| Date | Decision | Rationale | Decided By |
|------|----------|-----------|------------|
| YYYY-MM-DD | Decision summary | Why this was chosen | Name |

---

**Last Updated:** 2026-01-02  
**Status:** Draft
";

#[test]
fn both_lines_of_the_status_and_the_last_change() {
    let expected = DESIGN
        .replace("**Status:** **Draft**", "**Status:** **In Review**")
        .replace(
            "**Last Updated:** 2026-01-02  \n**Status:** Draft",
            "**Last Updated:** 2026-11-23  \n**Status:** In Review",
        );
    assert_eq!(with_status(DESIGN, "in-review"), expected);
    assert_eq!(with_status(DESIGN, "In Review"), expected);
    let windows = with_status(&DESIGN.replace('\n', "\r\n"), "in-review");
    assert_eq!(windows, expected.replace('\n', "\r\n"));
}

#[test]
fn a_status_may_have_a_link() {
    let word = "Superseded by [ADR 12](adr-12.md)";
    let text = "# A\n\n**Author:** Ada\n**Status:** Accepted\n\n## Context\n\nx\n";
    assert_eq!(with_status(text, word), text.replace("Accepted", word));
    let text = "---\nauthor: Ada\nstatus: accepted\n---\n# A\n\n## Context\n\nx\n";
    assert_eq!(with_status(text, word), text.replace("accepted", word));
}

#[test]
fn every_form_of_a_status() {
    for (before, after) in [
        (
            "---\ntitle: X\nstatus: draft # for now\nauthor: Ada\nlast-updated: 2026-01-01\n---\n\n# X\n\n## Decision\n\na\n",
            "---\ntitle: X\nstatus: accepted # for now\nauthor: Ada\nlast-updated: 2026-11-23\n---\n\n# X\n\n## Decision\n\na\n",
        ),
        (
            "# ADR 1: X\n\n## Status\n\nProposed\n\n## Context\n\na\n\n## Decision\n\nb\n\n## Consequences\n\nc\n",
            "# ADR 1: X\n\n## Status\n\nAccepted\n\n## Context\n\na\n\n## Decision\n\nb\n\n## Consequences\n\nc\n",
        ),
        (
            "# X\n\n| Author | Ada |\n|--|--|\n| Status | Draft |\n",
            "# X\n\n| Author | Ada |\n|--|--|\n| Status | Accepted |\n",
        ),
        (
            "# X\n\n- Author: Ada\n- Status: draft\n\ntext\n",
            "# X\n\n- Author: Ada\n- Status: accepted\n\ntext\n",
        ),
        (
            "# X\n\n**Author:** Ada\n**Status:** [Draft | In Review | Accepted]\n",
            "# X\n\n**Author:** Ada\n**Status:** Accepted\n",
        ),
    ] {
        assert_eq!(with_status(before, "accepted"), after);
    }
}

#[test]
fn what_cannot_be_set_is_refused() {
    let refused = |text: &str, word: &str| set_status(&source(text), &Config::default(), word, TODAY).unwrap_err();
    assert!(
        refused(DESIGN, "blue").starts_with("\"blue\" is not a status"),
        "{}",
        refused(DESIGN, "blue")
    );
    assert!(refused("# Notes\n\nA page.\n", "draft").contains("not recognised"));
    let none = "# X\n\n**Author:** Ada\n**Date:** 2026-01-02\n\n## Open Questions\n\n1. Why?\n   - Owner: Ada\n";
    assert!(refused(none, "draft").contains("no status to change"));
}

#[test]
fn the_first_decision_takes_the_place_of_the_example() {
    let expected = DESIGN
        .replace(
            "| YYYY-MM-DD | Decision summary | Why this was chosen | Name |",
            "| 2026-11-23 | Ask [them] \\| not us | Because | Ada Obi |",
        )
        .replace(
            "   - Owner: Ada Obi\n",
            "   - Owner: Ada Obi\n   - **Resolved 2026-11-23:** [Ask \\[them\\] | not us](#decision-log)\n",
        )
        .replace("**Last Updated:** 2026-01-02", "**Last Updated:** 2026-11-23");
    assert_eq!(decided(DESIGN, &decision(Some("1"))), expected);
    let by_words = decided(DESIGN, &decision(Some("do we ASK")));
    assert_eq!(by_words, expected);
    let mut with_status = decision(Some("1"));
    with_status.status = Some("approved".into());
    let expected = expected
        .replace("**Draft**", "**Approved**")
        .replace("\n**Status:** Draft\n", "\n**Status:** Approved\n");
    assert_eq!(decided(DESIGN, &with_status), expected);
}

#[test]
fn an_item_without_anything_below_it_gets_its_first() {
    let after = decided(DESIGN, &decision(Some("2")));
    assert!(
        after.contains("2. **Why at all?**\n   - **Resolved 2026-11-23:** ["),
        "{after}"
    );
}

#[test]
fn rows_go_where_the_latest_stand() {
    let table = |rows: &str| {
        format!(
            "# Technical Design: X\n\n**Author:** Ada\n**Status:** Draft\n\n## Decision Log\n\n| ID | By | Decision | Date | Extra |\n|-|-|-|-|-|\n{rows}"
        )
    };
    let new = "| D-03 | Ada Obi | Ask [them] \\| not us | 2026-11-23 |  |\n";
    let old = "| D-01 | Ada | a | 2026-01-01 | |\n| D-02 | Ada | b | 2026-01-02 | x |\n";
    assert_eq!(decided(&table(old), &decision(None)), table(&format!("{old}{new}")));
    let reversed = "| D-02 | Ada | b | 2026-01-02 | x |\n| D-01 | Ada | a | 2026-01-01 | |\n";
    assert_eq!(
        decided(&table(reversed), &decision(None)),
        table(&format!("{new}{reversed}"))
    );
    let open = old.trim_end();
    assert_eq!(decided(&table(open), &decision(None)), table(&format!("{open}\n{new}")));
    let first = "|  | Ada Obi | Ask [them] \\| not us | 2026-11-23 |  |\n";
    assert_eq!(decided(&table(""), &decision(None)), table(first));
    assert_eq!(
        decided(&table("\ntext\n"), &decision(None)),
        table(&format!("{first}\ntext\n"))
    );
}

#[test]
fn a_log_is_begun_below_the_questions() {
    let head = "# Technical Design: X\n\n**Author:** Ada\n**Status:** Draft\n\n### Open Questions\n\n1. **Why?**\n   - Owner: Ada";
    let log = "### Decision Log\n\n| Date | Decision | Rationale | Decided By |\n|------|----------|-----------|------------|\n\
               | 2026-11-23 | Ask [them] \\| not us | Because | Ada Obi |";
    let closed = "\n   - **Resolved 2026-11-23:** [Ask \\[them\\] | not us](#decision-log)";
    for tail in ["\n\n---\n\n### Review\n", "\n", ""] {
        let after = decided(&format!("{head}{tail}"), &decision(Some("why")));
        assert_eq!(after, format!("{head}{closed}\n\n{log}{tail}"));
    }
}

#[test]
fn questions_of_every_form_are_closed() {
    let with = |questions: &str| {
        format!(
            "# Technical Design: X\n\n**Author:** Ada\n**Status:** Draft\n\n## Open Questions\n\n{questions}\n## Decision Log\n\n| Date | Decision |\n|-|-|\n"
        )
    };
    for (question, answered) in [
        (
            "### Why this?\n\nBecause.\n\n---\n",
            "### Why this?\n\nBecause.\n\n**Resolved",
        ),
        ("* Why this? Owner: Ada\n", "* Why this? Owner: Ada\n  - **Resolved"),
        (
            "- [ ] Why this?\n  * Owner: Ada\n",
            "- [ ] Why this?\n  * Owner: Ada\n  * **Resolved",
        ),
        ("**Q1: Why this?**\n\n- Owner: Ada\n", "**Q1: Why this?**\n\n**Resolved"),
    ] {
        let after = decided(&with(question), &decision(Some("why this")));
        assert!(after.contains(answered), "{after}");
    }
}

#[test]
fn a_row_is_closed_in_its_own_columns() {
    let with = |table: &str| {
        format!(
            "# Technical Design: X\n\n**Author:** Ada\n**Status:** Draft\n\n## Open Questions\n\n{table}\n## Decision Log\n\n| Date | Decision |\n|-|-|\n"
        )
    };
    let link = "[Ask \\[them\\] \\| not us](#decision-log)";
    for (before, after) in [
        (
            "| # | Question | Owner |\n|-|-|-|\n| 1 | Why this? | Ada |\n",
            format!("| # | Question | Owner |\n|-|-|-|\n| 1 | ~~Why this?~~ **Resolved 2026-11-23:** {link} | Ada |\n"),
        ),
        (
            "| Question | Status | Owner |\n|-|-|-|\n| Why this? | **Open** | Ada |\n| And this? | open | Ada |\n",
            format!(
                "| Question | Status | Owner |\n|-|-|-|\n| Why this? | Resolved 2026-11-23: {link} | Ada |\n| And this? | open | Ada |\n"
            ),
        ),
        (
            "| Question | Status | Answer |\n|-|-|-|\n| Who? | closed | Us |\n| Why this? | open |  |\n",
            format!(
                "| Question | Status | Answer |\n|-|-|-|\n| Who? | closed | Us |\n| Why this? | closed | {link} |\n"
            ),
        ),
        (
            "| Question | Resolution |\n|-|-|\n| Why this? | TBD |\n",
            format!("| Question | Resolution |\n|-|-|\n| Why this? | {link} |\n"),
        ),
        (
            "| Question | Resolution |\n|-|-|\n| Why this? ||\n",
            format!("| Question | Resolution |\n|-|-|\n| Why this? | {link} |\n"),
        ),
        (
            "Question | Answer | State\n--|--|--\nWhy this? | perhaps **so** | Open\n",
            format!("Question | Answer | State\n--|--|--\nWhy this? | {link} — perhaps **so** | Resolved \n"),
        ),
    ] {
        let row = "| 2026-11-23 | Ask [them] \\| not us |\n";
        assert_eq!(decided(&with(before), &decision(Some("why this"))), with(&after) + row);
        let windows = decided(&with(before).replace('\n', "\r\n"), &decision(Some("why this")));
        assert_eq!(windows, (with(&after) + row).replace('\n', "\r\n"));
    }
}

#[test]
fn a_question_must_be_one_and_open() {
    let refused =
        |question: &str| decide(&source(DESIGN), &Config::default(), &decision(Some(question)), TODAY).unwrap_err();
    assert_eq!(
        refused("where"),
        "it asks nothing like \"where\"\n  1. Do we ask?\n  2. Why at all?"
    );
    assert!(refused("?").starts_with("\"?\" may be one of several questions"));
    let none = decide(
        &source("# Technical Design: X\n\n**Author:** A\n**Status:** Draft\n"),
        &Config::default(),
        &decision(None),
        TODAY,
    );
    assert!(none.unwrap_err().contains("## Decision Log"));
}

#[test]
fn a_link_to_the_section_is_read_as_one_to_the_decision() {
    let decision = NewDecision {
        text: "Use `a|b` & Vec<T>, see [there](x.md) [now]".into(),
        ..decision(Some("1"))
    };
    let after = decided(DESIGN, &decision);
    let link = "[Use `a|b` & Vec\\<T>, see there \\[now\\]](#decision-log)";
    assert!(after.contains(link), "{after}");
    let corpus = parse::corpus(&[source(&after)], &Config::default());
    let document = corpus.chapters[0].document.as_ref().unwrap();
    let settled = document.questions[0].settled_by.as_ref().unwrap();
    assert_eq!(settled.anchor, document.decisions[0].anchor());
}
