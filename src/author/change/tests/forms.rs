//! The forms in which authors write a status, a list of decisions and short rows: each is changed
//! completely, or rejected with a reason and left unchanged.

use super::*;

fn headed(head: &str) -> String {
    format!("# Lockers\n\n{head}\n\n## Context\n\nWe need them.\n")
}

#[track_caller]
fn becomes(before: &str, after: &str) {
    let (before, after) = (headed(before), headed(after));
    assert_eq!(with_status(&before, "deprecated"), after);
    let windows = with_status(&before.replace('\n', "\r\n"), "deprecated");
    assert_eq!(windows, after.replace('\n', "\r\n"));
}

#[track_caller]
fn is_refused(head: &str, why: &str) {
    let error = set_status(&source(&headed(head)), &Config::default(), "deprecated", TODAY).unwrap_err();
    assert!(error.contains(why), "{head}\n{error}");
}

#[test]
fn a_status_goes_with_all_its_markup() {
    for (value, new) in [
        ("Superseded by [Parcels](parcels.md)", "Deprecated"),
        ("**Accepted** (since the spring)", "Deprecated"),
        ("**Accepted** 🎉", "Deprecated"),
        ("🎉 **Accepted**", "Deprecated"),
        ("*Draft*, see [the ticket](https://example.com/7)", "Deprecated"),
        ("`Draft` (wip)", "Deprecated"),
        ("Implemented in [#12](https://example.com/12)", "Deprecated"),
        ("[Accepted](https://example.com/7)", "Deprecated"),
        ("[Accepted **for now**](https://example.com/7)", "Deprecated"),
        ("[**Accepted** in part](https://example.com/7).", "Deprecated"),
        ("\\<Draft\\>", "Deprecated"),
        ("Draft &amp; rough", "Deprecated"),
        ("Accepted <https://example.com/7>", "Deprecated"),
        ("_**Accepted**_", "_**Deprecated**_"),
        ("`Draft`", "`Deprecated`"),
        ("~~Draft~~ Accepted", "~~Draft~~ Deprecated"),
        ("~~Draft~~ **Accepted** by all", "~~Draft~~ Deprecated"),
        ("<span>Accepted</span>", "<span>Deprecated</span>"),
        (
            "Accepted <!-- Draft or Accepted -->", "Deprecated <!-- Draft or Accepted -->",
        ),
        ("[Draft → In Review → Accepted]", "Deprecated"),
    ] {
        for frame in [
            "**Author:** Ada Obi\n**Status:** @\n**Date:** 2026-01-10",
            "Author: Ada Obi\nStatus: @\nDate: 2026-01-10",
            "**Author:** Ada Obi | **Status:** @ | **Date:** 2026-01-10",
            "- **Author:** Ada Obi\n- **Status:** @\n- **Date:** 2026-01-10",
            "| | |\n|---|---|\n| Author | Ada Obi |\n| Status | @ |\n| Date | 2026-01-10 |",
            "| Author | Status | Date |\n|---|---|---|\n| Ada Obi | @ | 2026-01-10 |",
            "> **Author:** Ada Obi  \n> **Status:** @  \n> **Date:** 2026-01-10",
            "**Author:** Ada Obi\n\n## Status\n\n@",
            "**Author:** Ada Obi\n\nStatus\n------\n\n@",
            "**Author:** Ada Obi\n\n## Status\n\n- @",
            "**Author:** Ada Obi\n\n## Status: @",
        ] {
            // A separate rule: text in brackets below a heading is a template's placeholder.
            becomes(&frame.replace('@', value), &frame.replace('@', new));
        }
    }
}

#[test]
fn bold_around_the_label_stays() {
    becomes(
        "**Author:** Ada Obi  \n**Status: Draft**",
        "**Author:** Ada Obi  \n**Status: Deprecated**",
    );
    is_refused(
        "**Author:** Ada Obi  \n**Status: Draft** (wip)",
        "line 4: the status cannot be replaced: its emphasis",
    );
}

#[test]
fn the_tick_moves() {
    let boxes = "**Author:** Ada Obi\n\n## Status\n\n- [x] Accepted\n- [ ] Deprecated\n- [ ] Draft";
    let ticked = "**Author:** Ada Obi\n\n## Status\n\n- [ ] Accepted\n- [x] Deprecated\n- [ ] Draft";
    becomes(boxes, ticked);
    becomes(ticked, ticked);
    becomes(&boxes.replace("[x]", "[ ]"), ticked);
    is_refused("**Author:** Ada Obi\n\n## Status\n\n- [ ] Accepted", "no one box");
    is_refused(
        &boxes.replace("Deprecated", "Gone"),
        "no one box of its status says deprecated",
    );
    let nested = "- **Author:** Ada Obi\n- **Status:**\n  - [X] Accepted\n  - [ ] Deprecated";
    becomes(
        nested,
        "- **Author:** Ada Obi\n- **Status:**\n  - [ ] Accepted\n  - [x] Deprecated",
    );
}

#[test]
fn what_only_the_old_status_tells_is_not_thrown_away() {
    for (head, why) in [
        (
            "Author: Ada\n\n## Status\n\nProposed 2026-08-01",
            "line 7: the status cannot be replaced: the date",
        ),
        (
            "Author: Ada\n\n## Status\n\n- Proposed 2026-08-01 by Ada",
            "line 7: the status cannot be replaced: the date",
        ),
        (
            "Author: Ada\nStatus: Accepted (1 May 2026)",
            "line 4: the status cannot be replaced: the date",
        ),
        (
            "Author: Ada\nStatus: Accepted in May 2026",
            "the date in it would be lost",
        ),
        (
            "Author: Ada\nStatus: Proposed -> **Accepted**",
            "it names several statuses",
        ),
        (
            "Author: Ada\nStatus: ☐ Proposed ☑ Accepted",
            "it names several statuses",
        ),
        (
            "Author: Ada\n\n## Status\n\nAccepted\n\nSuperseded by [B](b.md)",
            "several lines tell its history",
        ),
        (
            "Author: Ada\n\n## Status\n\n- Proposed\n- Accepted",
            "several lines tell its history",
        ),
        (
            "- Author: Ada\n- Status: Accepted\n  as all of us\n  have said",
            "over several lines",
        ),
        (
            "Author: Ada\nStatus: ~~Draft~~ Proposed ~~Final~~ now",
            "is struck through",
        ),
        ("Author: Ada\nStatus: Draft ![draft](draft.svg)", "more than words"),
        ("Author: Ada\nStatus: Draft <b>and</b> rough", "more than words"),
        ("Author: Ada\nStatus: Draft <!-- x --> rough", "more than words"),
        ("Author: Ada\nStatus: Draft[^1]\n\n[^1]: For now.", "more than words"),
    ] {
        is_refused(head, why);
    }
}

#[test]
fn a_history_goes_on() {
    for (history, next) in [
        (
            "- Proposed 2026-08-01",
            "- Proposed 2026-08-01\n- Deprecated 2026-11-23",
        ),
        (
            "* **Proposed** (2026-08-01)\n* **Accepted** (2026-09-01)",
            "* **Proposed** (2026-08-01)\n* **Accepted** (2026-09-01)\n* **Deprecated** (2026-11-23)",
        ),
        (
            "- Accepted: 2026-09-01\n- Proposed: 2026-08-01",
            "- Deprecated: 2026-11-23\n- Accepted: 2026-09-01\n- Proposed: 2026-08-01",
        ),
        (
            "- Proposed 2026-08-01\n- Deprecated 2026-09-01",
            "- Proposed 2026-08-01\n- Deprecated 2026-09-01",
        ),
    ] {
        let head = "**Author:** Ada Obi\n\n## Status\n\n";
        becomes(&format!("{head}{history}"), &format!("{head}{next}"));
    }
    for (history, next) in [
        ("Draft → Accepted", "Draft → Accepted → Deprecated"),
        ("Draft -> Accepted", "Draft -> Accepted -> Deprecated"),
        ("Draft => Deprecated", "Draft => Deprecated"),
        (
            "Draft 2026-08-01 → Accepted 2026-09-01",
            "Draft 2026-08-01 → Accepted 2026-09-01 → Deprecated 2026-11-23",
        ),
    ] {
        let head = "**Author:** Ada Obi  \n**Status:** ";
        becomes(&format!("{head}{history}"), &format!("{head}{next}"));
    }
}

#[test]
fn front_matter_keeps_its_form() {
    let with =
        |status: &str| format!("---\nauthor: Ada\n{status}\ndate: 2026-01-10\n---\n\n# X\n\n## Decision\n\nText.\n");
    for (before, after) in [
        ("status: Draft", "status: Deprecated"),
        (
            "status: draft   # draft for now", "status: deprecated   # draft for now",
        ),
        ("status: \"Draft\"", "status: \"Deprecated\""),
        ("status: 'Draft # 2' # rough", "status: 'Deprecated' # rough"),
        ("status: [Draft]", "status: [Deprecated]"),
        ("status:\n  - Draft # rough", "status:\n  - Deprecated # rough"),
        ("status:\n- \"Draft\"", "status:\n- \"Deprecated\""),
        ("status: {draft}", "status: {deprecated}"),
        (
            "status: Draft → Final # rough",
            "status: Draft → Final → Deprecated # rough",
        ),
    ] {
        assert_eq!(with_status(&with(before), "deprecated"), with(after));
    }
    let rough = "Draft: for # now";
    assert_eq!(
        with_status(&with("status: Final # now"), rough),
        with("status: \"Draft: for # now\" # now")
    );
    let quoted = with("status: 'Final'");
    assert_eq!(with_status(&quoted, rough), with("status: 'Draft: for # now'"));
    let error = set_status(&source(&quoted), &Config::default(), "Draft (Ada's)", TODAY);
    assert_eq!(error.unwrap_err(), UNSURE);
    for before in [
        "status: [Draft, Accepted]", "status: Accepted (2026-05-01)", "status: >\n  Draft for\n  now",
        "status: &now Draft",
    ] {
        let error = set_status(&source(&with(before)), &Config::default(), "deprecated", TODAY).unwrap_err();
        assert!(
            error.starts_with("line 3: the status cannot be replaced"),
            "{before}: {error}"
        );
    }
}

#[test]
fn the_day_of_the_last_change_goes_as_a_whole_too() {
    becomes(
        "**Author:** Ada Obi\n**Status:** Draft\n**Last Updated:** *2026-06-05* (see [#3](3.md))",
        "**Author:** Ada Obi\n**Status:** Deprecated\n**Last Updated:** 2026-11-23",
    );
}

fn listed(items: &str) -> String {
    format!(
        "# Loyalty points\n\nAuthor: Ada Obi\nStatus: Draft\n\n## Open Questions\n\n1. When do they end?\n   - Owner: Ada Obi\n\n## Decisions\n\n{items}"
    )
}

fn year() -> NewDecision {
    NewDecision {
        text: "After a year".into(),
        decided_by: "Tunde Bello".into(),
        ..NewDecision::default()
    }
}

#[test]
fn a_list_of_decisions_gets_an_item_in_its_own_form() {
    for (items, added) in [
        (
            "- 2026-11-05: not for sale\n- not for us\n",
            "- 2026-11-05: not for sale\n- not for us\n- 2026-11-23: After a year\n",
        ),
        (
            "* **2026-11-05** — not for sale",
            "* **2026-11-05** — not for sale\n* **2026-11-23** — After a year",
        ),
        (
            "- D-07 (2026-11-05): not for sale\n",
            "- D-07 (2026-11-05): not for sale\n- D-08 (2026-11-23): After a year\n",
        ),
        (
            "- D-1: not for sale\n- ~~D-2: for all~~\n",
            "- D-1: not for sale\n- ~~D-2: for all~~\n- D-3: After a year\n",
        ),
        (
            "- 2026-11-05: not for sale\n  - Rationale: cheap  \n\nMore.\n",
            "- 2026-11-05: not for sale\n  - Rationale: cheap  \n- 2026-11-23: After a year\n\nMore.\n",
        ),
        (
            "1. 2026-11-04: one\n2. 2026-11-05: two\n",
            "1. 2026-11-04: one\n2. 2026-11-05: two\n3. 2026-11-23: After a year\n",
        ),
        (
            "- not for sale (Ada Obi, 2026-11-05)\n",
            "- not for sale (Ada Obi, 2026-11-05)\n- After a year (Tunde Bello, 2026-11-23)\n",
        ),
        (
            "- 2026-11-05: not for sale\n\n- 2026-11-06: for us\n\n## Next\n",
            "- 2026-11-05: not for sale\n\n- 2026-11-06: for us\n\n- 2026-11-23: After a year\n\n## Next\n",
        ),
        (
            "- 2026-11-06: for us\n- 2026-11-05: not for sale\n",
            "- 2026-11-23: After a year\n- 2026-11-06: for us\n- 2026-11-05: not for sale\n",
        ),
    ] {
        assert_eq!(decided(&listed(items), &year()), listed(added));
    }
}

#[test]
fn reasons_and_names_stand_below_an_item_that_has_no_place_for_them() {
    let decision = NewDecision {
        rationale: "It is fair".into(),
        is_by_given: true,
        question: Some("1".into()),
        ..year()
    };
    let after = decided(&listed("- 2026-11-05: not for sale\n"), &decision);
    let item = "- 2026-11-23: After a year\n  - Rationale: It is fair\n  - Decided by: Tunde Bello\n";
    assert!(after.ends_with(item), "{after}");
    assert!(
        after.contains("**Resolved 2026-11-23:** [After a year](#decisions)"),
        "{after}"
    );
}

#[test]
fn a_refusal_says_what_the_document_has() {
    for items in [
        "- not for sale\n", "### Sales\n\nNot for sale.\n", "- 2026-11-05: not for sale\n  to us\n",
    ] {
        let error = decide(&source(&listed(items)), &Config::default(), &year(), TODAY).unwrap_err();
        assert!(
            error.starts_with("line 11: below its heading of decisions there is neither"),
            "{error}"
        );
    }
}

#[test]
fn a_short_row_gets_the_cells_that_it_lacks() {
    let with = |rows: &str| {
        format!(
            "# Technical Design: X\n\n**Author:** Ada\n**Status:** Draft\n\n## Open Questions\n\n\
             | Question | Owner | Answer | Status |\n|-|-|-|-|\n{rows}\nBoth are about money.\n\n## Decision Log\n\n| Date | Decision |\n|-|-|\n"
        )
    };
    let link = "[After a year](#decision-log)";
    for (before, after) in [
        (
            "| Why this? | Ann |\n| When? | Bob | |\n",
            format!("| Why this? | Ann | {link} | Resolved |\n| When? | Bob | |\n"),
        ),
        (
            "| When? | Bob |\n| Why this? |\n",
            format!("| When? | Bob |\n| Why this? |  | {link} | Resolved |\n"),
        ),
        ("Why this? | Ann\n", format!("Why this? | Ann | {link} | Resolved |\n")),
    ] {
        let decision = NewDecision {
            question: Some("why this".into()),
            ..year()
        };
        let row = "| 2026-11-23 | After a year |\n";
        assert_eq!(decided(&with(before), &decision), with(&after) + row);
        let windows = decided(&with(before).replace('\n', "\r\n"), &decision);
        assert_eq!(windows, (with(&after) + row).replace('\n', "\r\n"));
    }
}

#[test]
fn the_answer_is_a_link_whatever_the_decision_ends_in() {
    for text in [
        r"Put it below C:\", r"Not in `a\b` but in D:\\", "Ask [them]", "Use *it",
    ] {
        let decision = NewDecision {
            text: text.into(),
            question: Some("1".into()),
            ..year()
        };
        let after = decided(DESIGN, &decision);
        let links = parse::edit_targets(&source(&after), &Config::default())
            .unwrap()
            .1
            .link_targets;
        assert_eq!(links.len(), 1, "{after}");
    }
}

#[test]
fn what_has_no_place_in_the_table_is_told() {
    let decision = NewDecision {
        rationale: "It is fair".into(),
        is_by_given: true,
        ..year()
    };
    let left_out = |columns: &str| {
        let dashes = "--|".repeat(columns.matches('|').count() - 1);
        let text = headed(&format!(
            "**Author:** Ada\n**Status:** Draft\n\n## Decision Log\n\n{columns}\n|{dashes}"
        ));
        decide(&source(&text), &Config::default(), &decision, TODAY).unwrap().1
    };
    assert_eq!(left_out("| Date | Decision |"), ["the reason", "who has decided"]);
    assert_eq!(left_out("| Date | Decision | Why |"), ["who has decided"]);
    assert!(left_out("| Date | Decision | Why | By |").is_empty());
}
