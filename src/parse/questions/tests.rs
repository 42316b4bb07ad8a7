//! What authors write around a question without a label: its owner, its date, the answer.

use crate::config::Config;
use crate::source::Source;

/// The question, its owner and its date in `- {item}`.
fn read(item: &str) -> (String, String, String) {
    let source = Source {
        path: "refunds.md".to_owned(),
        text: format!("# Refunds\n\nStatus: Draft\n\n## Open Questions\n\n- {item}\n"),
        ..Source::default()
    };
    let corpus = crate::parse::corpus(&[source], &Config::default());
    let question = &corpus.chapters[0].document.as_ref().unwrap().questions[0];
    (
        question.question.text.clone(),
        question
            .owners
            .first()
            .map(|owner| owner.display().to_owned())
            .unwrap_or_default(),
        question.due.as_ref().map(|due| due.0.text.clone()).unwrap_or_default(),
    )
}

/// Asserts the owner and the date of the question in `- Who pays the fee?{rest}`.
#[track_caller]
fn assert_told(rest: &str, owner: &str, due: &str) {
    let item = format!("Who pays the fee?{rest}");
    let expected = ("Who pays the fee?".to_owned(), owner.to_owned(), due.to_owned());
    assert_eq!(read(&item), expected, "{item}");
}

#[test]
fn owners_and_dates_need_no_label() {
    let day = "2026-03-01";
    for (rest, owner, due) in [
        (" (@ada)", "@ada", ""),
        (" @ada", "@ada", ""),
        (" (@ada, by 2026-03-01)", "@ada", day),
        (" (Ada Obi, 2026-03-01)", "Ada Obi", day),
        (" (Ada, due 2026-03-01)", "Ada", day),
        (" (Ada, 2026-03-01)", "Ada", day),
        (" Due 2026-03-01", "", day),
        (" (needed by 2026-03-01, owner Ada)", "Ada", day),
        (" — finance", "finance", ""),
        (" — Ada Obi, 2026-03-01", "Ada Obi", day),
        (" — Ada Obi by 2026-03-01", "Ada Obi", day),
        (" - Ada Obi, 2026-03-01", "Ada Obi", day),
        (" @ada by 2026-03-01", "@ada", day),
    ] {
        assert_told(rest, owner, due);
    }
    for item in [
        "[@ada] Who pays the fee?", "@ada: Who pays the fee?", "**[@ada]**: Who pays the fee?",
    ] {
        assert_eq!(read(item), read("Who pays the fee? (@ada)"), "{item}");
    }
    let bracketed = read("**[Ada Obi]**: Who pays the fee?");
    assert_eq!(bracketed, read("Who pays the fee? (owner: Ada Obi)"));
    for text in ["Who pays the fee? (Central Bank)", "Who pays the fee? (Lagos)"] {
        assert_eq!(read(text).0, text, "a name alone may be anything");
    }
}

#[test]
fn no_date_is_part_of_an_owner() {
    let day = "2026-03-01";
    for (rest, owner, due) in [
        (" (owner: Ada Obi, by 2026-03-01)", "Ada Obi", day),
        (" (owner: Ada Obi, due: 2026-03-01)", "Ada Obi", day),
        (" (Owner: Ada Obi; due 2026-03-01)", "Ada Obi", day),
        (" Owner: Ada Obi, due March 1, 2026", "Ada Obi", "March 1, 2026"),
        (" Owner: Ada Obi by 2026-03-01", "Ada Obi", day),
        (" Owner: Ada Obi / due 2026-03-01", "Ada Obi", day),
        (" (owner: **Ada Obi** (2026-03-01))", "Ada Obi", day),
        ("\n  - *Owner:* Ada Obi *Due:* 2026-03-01", "Ada Obi", day),
        ("\n  - **Due:** 2026-03-01 **Owner:** Ada Obi", "Ada Obi", day),
        ("\n  - Due: 2026-03-01 (Owner: Ada Obi)", "Ada Obi", day),
        (" Owner: Ada Obi, asked on 2026-01-01", "Ada Obi", ""),
        (" (owner: Ada Obi, Tunde Bello)", "Ada Obi", ""),
        (" Owner: none yet", "", ""),
        (" Owner: TBC, Due: TBC", "", "TBC"),
    ] {
        assert_told(rest, owner, due);
    }
}
