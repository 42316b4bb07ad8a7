//! Asks a question in documents of every form: the diff is what an author would write, and the
//! document that is read back has the question with its owner and its deadline.

use jiff::civil::date;

use super::*;
use crate::source::splice;

const TODAY: Date = date(2026, 11, 23);

fn source(text: &str) -> Source {
    Source::chapter("a.md", text)
}

fn question(owner: Option<&str>, due: Option<&str>) -> NewQuestion {
    NewQuestion {
        text: "Who | pays?".into(),
        owner: owner.map(str::to_owned),
        due: due.map(str::to_owned),
    }
}

fn whole() -> NewQuestion {
    question(Some("Ada Obi"), Some("2026-12-01"))
}

#[track_caller]
fn asked(text: &str, question: &NewQuestion) -> String {
    match ask(&source(text), &Config::default(), question, TODAY) {
        Ok(added) => splice(text, &added.edits),
        Err(error) => panic!("{error}:\n{text}"),
    }
}

fn refused(text: &str, question: &NewQuestion) -> String {
    ask(&source(text), &Config::default(), question, TODAY).unwrap_err()
}

fn with(questions: &str) -> String {
    format!(
        "# Technical Design: X\n\n**Author:** Ada\n**Status:** Draft\n\n## Open Questions\n\n{questions}\n## Review\n\nNone.\n"
    )
}

/// Asks in a section with these questions, also with CRLF, and reads the question back.
#[track_caller]
fn becomes(question: &NewQuestion, before: &str, after: &str) {
    let (before, after) = (with(before), with(after));
    assert_eq!(asked(&before, question), after);
    let windows = asked(&before.replace('\n', "\r\n"), question);
    assert_eq!(windows, after.replace('\n', "\r\n"));
    let count = |text: &str| read(&source(text), &Config::default()).unwrap().0.questions.len();
    assert_eq!(count(&after), count(&before) + 1, "{after}");
    let (document, _) = read(&source(&after), &Config::default()).unwrap();
    let last = document
        .questions
        .iter()
        .find(|each| each.question.text.ends_with(&question.text))
        .unwrap();
    let owners: Vec<&str> = last.owners.iter().map(Person::display).collect();
    assert_eq!(owners, question.owner.iter().map(String::as_str).collect::<Vec<_>>());
    let due = last.due.as_ref().and_then(|due| due.day());
    assert_eq!(due.map(|day| day.to_string()), question.due);
}

#[test]
fn a_question_is_asked_in_the_form_of_the_others() {
    for (before, after) in [
        // A table with every column: numbered, open in the team's word.
        (
            "| # | Question | Owner | Due | Status |\n|-|-|-|-|-|\n| 1 | Why? | Bob Eze | 2026-12-03 | Pending |\n| 2 | When? | Bob Eze | 2026-12-03 | Closed |\n",
            "| # | Question | Owner | Due | Status |\n|-|-|-|-|-|\n| 1 | Why? | Bob Eze | 2026-12-03 | Pending |\n| 2 | When? | Bob Eze | 2026-12-03 | Closed |\n| 3 | Who \\| pays? | Ada Obi | 2026-12-01 | Pending |\n",
        ),
        // Another order, a column for the day on which it was asked, and one of ours.
        (
            "| Due | Raised | Team | Owner | Question | ID |\n|-|-|-|-|-|-|\n| TBD | 2026-11-01 | A | Bob Eze | Why? | Q-07 |\n",
            "| Due | Raised | Team | Owner | Question | ID |\n|-|-|-|-|-|-|\n| TBD | 2026-11-01 | A | Bob Eze | Why? | Q-07 |\n| 2026-12-01 | 2026-11-23 |  | Ada Obi | Who \\| pays? | Q-08 |\n",
        ),
        // A table without outer bars, with no row yet.
        (
            "Question | Owner | Needed by\n--|--|--\n",
            "Question | Owner | Needed by\n--|--|--\nWho \\| pays? | Ada Obi | 2026-12-01\n",
        ),
        // A numbered list with bold questions and labelled sub-items.
        (
            "1. **Why?**\n   - Context: x\n   - **Owner:** Bob Eze\n   - **Due:** 2026-12-03\n\n2. **When?**\n   - **Owner:** Bob Eze\n",
            "1. **Why?**\n   - Context: x\n   - **Owner:** Bob Eze\n   - **Due:** 2026-12-03\n\n2. **When?**\n   - **Owner:** Bob Eze\n\n3. **Who | pays?**\n   - **Owner:** Ada Obi\n   - **Decision needed by:** 2026-12-01\n",
        ),
        // A bullet list with the facts in brackets.
        (
            "- Why? (owner: Bob Eze, due: 2026-12-03)\n- When?\n",
            "- Why? (owner: Bob Eze, due: 2026-12-03)\n- When?\n- Who | pays? (owner: Ada Obi, due: 2026-12-01)\n",
        ),
        // A bullet list without facts.
        (
            "* Why?\n* When?\n",
            "* Why?\n* When?\n* Who | pays? (Owner: Ada Obi, Decision needed by: 2026-12-01)\n",
        ),
        // Task boxes; the last question is answered and struck through.
        (
            "- [ ] Why? — Bob Eze, 2026-12-03\n- [x] ~~When?~~\n",
            "- [ ] Why? — Bob Eze, 2026-12-03\n- [x] ~~When?~~\n- [ ] Who | pays? — Ada Obi, 2026-12-01\n",
        ),
        // Questions with a label each.
        (
            "- **Q1:** Why?\n  - Owner: Bob Eze\n- **Q2:** When?\n",
            "- **Q1:** Why?\n  - Owner: Bob Eze\n- **Q2:** When?\n- **Q3:** Who | pays?\n  - Owner: Ada Obi\n  - Decision needed by: 2026-12-01\n",
        ),
        // Every item is written as `1.`.
        (
            "1. Why?\n1. When?\n",
            "1. Why?\n1. When?\n1. Who | pays? (Owner: Ada Obi, Decision needed by: 2026-12-01)\n",
        ),
    ] {
        becomes(&whole(), before, after);
    }
}

#[test]
fn headings_paragraphs_and_examples_are_followed_too() {
    for (before, after) in [
        // Headings with facts below.
        (
            "### Q1: Why?\n\n- **Owner:** Bob Eze\n\n### Q2: When?\n\nSoon.\n",
            "### Q1: Why?\n\n- **Owner:** Bob Eze\n\n### Q2: When?\n\nSoon.\n\n### Q3: Who | pays?\n\n- **Owner:** Ada Obi\n- **Decision needed by:** 2026-12-01\n",
        ),
        // Headings between rules.
        (
            "### Why?\n\n**Owner:** Bob Eze\n\n---\n\n### When?\n\n**Owner:** Bob Eze\n\n---\n",
            "### Why?\n\n**Owner:** Bob Eze\n\n---\n\n### When?\n\n**Owner:** Bob Eze\n\n---\n\n### Who | pays?\n\n**Owner:** Ada Obi\n**Decision needed by:** 2026-12-01\n\n---\n",
        ),
        // Paragraphs.
        (
            "**Q1: Why?**\n\n- Owner: Bob Eze\n\n**Q2: When?**\n",
            "**Q1: Why?**\n\n- Owner: Bob Eze\n\n**Q2: When?**\n\n**Q3: Who | pays?**\n\n- Owner: Ada Obi\n- Decision needed by: 2026-12-01\n",
        ),
        // Groups; the resolved ones stay last.
        (
            "### Payments\n\n- Why?\n- When?\n\n### Resolved\n\n- Where?\n",
            "### Payments\n\n- Why?\n- When?\n- Who | pays? (Owner: Ada Obi, Decision needed by: 2026-12-01)\n\n### Resolved\n\n- Where?\n",
        ),
        // The examples of a team's template stay, for the author to replace.
        (
            "1. **Question 1**\n   - Context\n   - Decision needed by: [date]\n   - Owner: [name]\n",
            "1. **Question 1**\n   - Context\n   - Decision needed by: [date]\n   - Owner: [name]\n2. **Who | pays?**\n   - Decision needed by: 2026-12-01\n   - Owner: Ada Obi\n",
        ),
        // The section of a new document.
        (
            "<!--\n1. **The question?**\n-->\n",
            "<!--\n1. **The question?**\n-->\n\n1. **Who | pays?**\n   - Owner: Ada Obi\n   - Decision needed by: 2026-12-01\n",
        ),
    ] {
        becomes(&whole(), before, after);
    }
}

#[test]
fn facts_that_are_not_given_are_not_written() {
    for (question, before, after) in [
        (
            question(None, None),
            "1. **Why?**\n   - Owner: Bob Eze\n",
            "1. **Why?**\n   - Owner: Bob Eze\n2. **Who | pays?**\n",
        ),
        (
            question(None, Some("2026-12-01")),
            "- Why? (owner: Bob Eze)\n",
            "- Why? (owner: Bob Eze)\n- Who | pays? (Decision needed by: 2026-12-01)\n",
        ),
        (
            question(Some("Ada Obi"), None),
            "| Question | Owner | Due |\n|-|-|-|\n| Why? | | |\n",
            "| Question | Owner | Due |\n|-|-|-|\n| Why? | | |\n| Who \\| pays? | Ada Obi |  |\n",
        ),
    ] {
        becomes(&question, before, after);
    }
}

#[test]
fn a_section_is_begun_before_the_log_and_the_review() {
    let head = "# Technical Design: X\n\n**Author:** Ada\n**Status:** Draft\n\n## Reviewers\n\n- Bob\n\n## Goals\n\nx";
    let section = "## Open Questions\n\n1. **Who | pays?**\n   - Owner: Ada Obi\n   - Decision needed by: 2026-12-01";
    for tail in [
        "\n\n## Decision Log\n\n| Date | Decision |\n|-|-|\n",
        "\n\n## Approvers\n\n- Bob\n\n## Annex\n\nx\n",
        "\n\n---\n\n**Last Updated:** 2026-11-23\n",
        "\n",
        "",
    ] {
        let added = ask(&source(&format!("{head}{tail}")), &Config::default(), &whole(), TODAY).unwrap();
        assert_eq!(added.begins, Some("Open Questions"));
        let after = splice(&format!("{head}{tail}"), &added.edits);
        assert_eq!(after, format!("{head}\n\n{section}{tail}"));
    }
}

#[test]
fn a_new_document_and_other_languages_are_asked_too() {
    let design = crate::author::template::DESIGN.replace("[Title]", "Lockers");
    let after = asked(&design, &whole());
    assert!(
        after.contains("-->\n\n1. **Who | pays?**\n   - Owner: Ada Obi\n"),
        "{after}"
    );
    for (language, heading, owner) in [
        ("de", "## Offene Fragen", "- Verantwortlich: Ada Obi"),
        ("fr", "## Questions ouvertes", "- Responsable: Ada Obi"),
        ("es", "## Preguntas abiertas", "- Responsable: Ada Obi"),
        ("pt", "## Questões em aberto", "- Responsável: Ada Obi"),
        ("ja", "## 未解決の質問", "- 担当: Ada Obi"),
        ("zh", "## 未解决问题", "- 负责人: Ada Obi"),
    ] {
        let config = Config {
            language: language.to_owned(),
            ..Config::default()
        };
        for text in [
            "# RFC 7: X\n\n- Author: Ada\n- Status: Draft\n\n## A\n\nx\n".to_owned(),
            format!("# RFC 7: X\n\n- Author: Ada\n- Status: Draft\n\n{heading}\n\n- A?\n"),
        ] {
            let added = ask(&source(&text), &config, &whole(), TODAY).unwrap_or_else(|why| panic!("{language}: {why}"));
            let after = splice(&text, &added.edits);
            assert!(after.contains(heading), "{after}");
            assert!(added.begins.is_none() || after.contains(owner), "{after}");
        }
    }
}

#[test]
fn the_day_of_the_last_change_goes_too() {
    let text = with("- Why?\n").replace("**Status:** Draft", "**Status:** Draft\n**Last Updated:** 2026-01-02");
    assert!(asked(&text, &whole()).contains("**Last Updated:** 2026-11-23\n"));
}

#[test]
fn a_milestone_is_a_deadline_and_a_date_is_written_as_iso() {
    let mut config = Config::default();
    config.milestones.insert("beta".into(), date(2027, 3, 1));
    let text = with("- Why?\n");
    let due = |due: &str| {
        let added = ask(&source(&text), &config, &question(None, Some(due)), TODAY).map(|added| added.edits)?;
        Ok::<_, String>(splice(&text, &added))
    };
    assert!(due("Beta").unwrap().contains("needed by: Beta)"));
    assert!(due("1 December 2026").unwrap().contains("needed by: 2026-12-01)"));
    assert!(due("03/04/2026").unwrap_err().contains("is 2026-04-03 or 2026-03-04"));
    assert!(due("2026-02-30").unwrap_err().contains("is not a date"));
    assert!(due("whenever").unwrap_err().contains("neither a date"));
}

#[test]
fn what_is_not_certain_is_refused() {
    let again = NewQuestion {
        text: "why".into(),
        ..whole()
    };
    assert_eq!(
        refused(&with("- Q1: Why?\n"), &again),
        "line 8: it asks this already: \"Q1: Why?\""
    );
    assert_eq!(
        refused(&with("- [x] Why?\n"), &again),
        "line 8: it asks this already, and has resolved it: \"Why?\""
    );
    for (questions, why) in [
        (
            "None.\n",
            "line 6: its section of open questions holds text in which no question is found",
        ),
        ("| Question | Due |\n|-|-|\n| Why? | |\n", "no column for the owner"),
        (
            "<table><tr><th>Question</th></tr><tr><td>Why?</td></tr></table>\n",
            "line 6: ",
        ),
        ("[NEEDS CLARIFICATION: why?]\n", "line 6: "),
    ] {
        let error = refused(&with(questions), &whole());
        assert!(error.contains(why), "{questions}{error}");
    }
    assert!(refused("# Notes\n\nA page.\n", &whole()).contains("not recognised"));
    let not_a_name = NewQuestion {
        owner: Some("2026-01-02, and so on".into()),
        ..whole()
    };
    assert!(refused(&with("- Why?\n"), &not_a_name).contains("read back differently"));
}
