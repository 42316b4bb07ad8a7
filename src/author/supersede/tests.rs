//! Supersedes documents of every form: the diff is what an author would write, and the book that is
//! read back says in both documents that one replaces the other.

use jiff::civil::date;

use super::name::{link, relative};
use super::*;
use crate::source::splice;

const TODAY: Date = date(2026, 11, 23);

/// The old document, the new one, and a third.
fn book(old: &str, new: &str) -> Vec<Source> {
    let third = "# ADR 3: Third\n\n- Status: Accepted\n- Date: 2026-01-03\n\n## Decision\n\nc\n";
    let files = [("adr/0001-a.md", old), ("adr/0002-b.md", new), ("adr/0003-c.md", third)];
    let source = |(path, text): (&str, &str)| Source {
        path: path.into(),
        file: Some(path.into()),
        name: path.into(),
        text: text.into(),
        ..Source::default()
    };
    files.into_iter().map(source).collect()
}

fn tried(book: &[Source], old: usize, new: usize) -> Result<Both, Refusal> {
    let config = Config::default();
    let member = |index: usize| Member {
        index,
        source: &book[index],
    };
    let corpus = crate::parse::corpus(book, &config);
    supersede(&corpus, &config, member(old), member(new), TODAY)
}

fn written(book: &[Source], both: &Both) -> Vec<Source> {
    let mut after = book.to_vec();
    after[0].text = splice(&book[0].text, &both.old);
    after[1].text = splice(&book[1].text, &both.new);
    after
}

/// Both documents after the first is superseded by the second; and the second time nothing changes.
#[track_caller]
fn superseded(old: &str, new: &str) -> (String, String) {
    let before = book(old, new);
    let both = tried(&before, 0, 1).unwrap_or_else(|refusal| panic!("{refusal:?}\n{old}\n{new}"));
    let after = written(&before, &both);
    let again = tried(&after, 0, 1).unwrap_or_else(|refusal| panic!("{refusal:?}\n{}", after[0].text));
    assert_eq!((again.old, again.new), (Vec::new(), Vec::new()), "{}", after[1].text);
    let stated = replacements(&crate::parse::corpus(&after, &Config::default()));
    for stated_in in [0, 1] {
        let wanted = Replacement {
            stated_in,
            old: 0,
            new: 1,
        };
        assert!(stated.contains(&wanted), "{stated:?}\n{}", after[stated_in].text);
    }
    (after[0].text.clone(), after[1].text.clone())
}

#[track_caller]
fn refused(old: &str, new: &str) -> String {
    tried(&book(old, new), 0, 1).unwrap_err().what
}

const A: &str = "# 1. A\n\n@\n\n## Context\n\nWe need it.\n\n## Decision\n\nWe use it.\n\n## Consequences\n\nGood.\n";

fn document(title: &str, head: &str) -> String {
    let text = A.replace("1. A", title);
    match head.strip_prefix("---\n") {
        Some(_) => format!("{head}\n\n{}", text.replace("@\n\n", "")),
        None => text.replace('@', head),
    }
}

/// The metadata of both documents: before and after.
#[track_caller]
fn become_these(old: (&str, &str), new: (&str, &str)) {
    let files = |old: &str, new: &str| (document("1. A", old), document("2. B", new));
    let (before, after) = (files(old.0, new.0), files(old.1, new.1));
    assert_eq!(superseded(&before.0, &before.1), after);
    let windows = |text: &str| text.replace('\n', "\r\n");
    let now = superseded(&windows(&before.0), &windows(&before.1));
    assert_eq!(now, (windows(&after.0), windows(&after.1)));
}

const LABELS: (&str, &str) = (
    "**Status:** Accepted  \n**Date:** 2026-01-01",
    "**Status:** Superseded by [2. B](0002-b.md)  \n**Date:** 2026-01-01",
);
const NEW_LABELS: (&str, &str) = (
    "**Status:** Accepted  \n**Date:** 2026-01-01",
    "**Status:** Accepted  \n**Supersedes:** [1. A](0001-a.md)  \n**Date:** 2026-01-01",
);

#[test]
fn the_old_document_is_superseded_in_its_own_form() {
    for old in [
        LABELS,
        (
            "- Status: accepted\n- Date: 2026-01-01",
            "- Status: superseded by [2. B](0002-b.md)\n- Date: 2026-01-01",
        ),
        (
            "| Status | **Accepted** |\n|--|--|\n| Date | 2026-01-01 |",
            "| Status | **Superseded by [2. B](0002-b.md)** |\n|--|--|\n| Date | 2026-01-01 |",
        ),
        (
            "| Status | Date |\n|--|--|\n| Accepted | 2026-01-01 |",
            "| Status | Date |\n|--|--|\n| Superseded by [2. B](0002-b.md) | 2026-01-01 |",
        ),
        (
            "Date: 2026-01-01\n\n## Status\n\nAccepted",
            "Date: 2026-01-01\n\n## Status\n\nSuperseded by [2. B](0002-b.md)",
        ),
        (
            "Date: 2026-01-01\n\n## Status\n\n- Proposed 2026-01-01\n- Accepted 2026-02-01",
            "Date: 2026-01-01\n\n## Status\n\n- Proposed 2026-01-01\n- Accepted 2026-02-01\n- Superseded by [2. B](0002-b.md) 2026-11-23",
        ),
        (
            "**Date:** 2026-01-01  \n**Status:** Proposed → Accepted",
            "**Date:** 2026-01-01  \n**Status:** Proposed → Accepted → Superseded by [2. B](0002-b.md)",
        ),
        (
            "Date: 2026-01-01\n\n## Status\n\n- [x] Accepted\n- [ ] Superseded",
            "Date: 2026-01-01\n\n## Status\n\n- [ ] Accepted\n- [x] Superseded\n\nSuperseded by [2. B](0002-b.md)",
        ),
        (
            "---\nstatus: accepted # for now\ndate: 2026-01-01\n---",
            "---\nstatus: superseded by ADR-0002 # for now\ndate: 2026-01-01\n---",
        ),
        (
            "---\nstatus: \"Accepted\"\nsuperseded-by:\n---",
            "---\nstatus: \"Superseded\"\nsuperseded-by: ADR-0002\n---",
        ),
        (
            "---\nstatus: accepted\nsuperseded_by: null\ndate: 2026-01-01\n---",
            "---\nstatus: superseded\nsuperseded_by: ADR-0002\ndate: 2026-01-01\n---",
        ),
        (
            "| Status | Accepted |\n|--|--|\n| Superseded by | |\n| Date | 2026-01-01 |",
            "| Status | Superseded |\n|--|--|\n| Superseded by | [2. B](0002-b.md) |\n| Date | 2026-01-01 |",
        ),
        (
            "- **Status:** Accepted\n- **Superseded by:** —\n- **Last Updated:** 2026-01-01",
            "- **Status:** Superseded\n- **Superseded by:** [2. B](0002-b.md)\n- **Last Updated:** 2026-11-23",
        ),
        (
            "> **Status:** Accepted  \n> **Date:** 2026-01-01",
            "> **Status:** Superseded by [2. B](0002-b.md)  \n> **Date:** 2026-01-01",
        ),
    ] {
        become_these(old, NEW_LABELS);
    }
}

#[test]
fn the_new_document_supersedes_in_its_own_form() {
    for new in [
        NEW_LABELS,
        (
            "Date: 2026-01-01\nStatus: Accepted",
            "Date: 2026-01-01\nStatus: Accepted\nSupersedes: [1. A](0001-a.md)",
        ),
        (
            "**Date:** 2026-01-01  \n**Status:** Accepted",
            "**Date:** 2026-01-01  \n**Status:** Accepted  \n**Supersedes:** [1. A](0001-a.md)",
        ),
        (
            "* **status**: accepted\n* **date**: 2026-01-01",
            "* **status**: accepted\n* **supersedes**: [1. A](0001-a.md)\n* **date**: 2026-01-01",
        ),
        (
            "| Status | Accepted |\n|--|--|\n| Date | 2026-01-01 |",
            "| Status | Accepted |\n|--|--|\n| Supersedes | [1. A](0001-a.md) |\n| Date | 2026-01-01 |",
        ),
        (
            "| Field | Value |\n|--|--|\n| **Date** | 2026-01-01 |\n| **Status** | Accepted |",
            "| Field | Value |\n|--|--|\n| **Date** | 2026-01-01 |\n| **Status** | Accepted |\n| **Supersedes** | [1. A](0001-a.md) |",
        ),
        (
            "Date: 2026-01-01\n\n## Status\n\nAccepted",
            "Date: 2026-01-01\n\n## Status\n\nAccepted\n\nSupersedes [1. A](0001-a.md)",
        ),
        (
            "Date: 2026-01-01\n\n## Status\n\nAccepted\n\nSupersedes [3. C](0003-c.md)",
            "Date: 2026-01-01\n\n## Status\n\nAccepted\n\nSupersedes [3. C](0003-c.md)\n\nSupersedes [1. A](0001-a.md)",
        ),
        (
            "Date: 2026-01-01\n\n## Status\n\n- Proposed 2026-01-01\n- Accepted 2026-02-01",
            "Date: 2026-01-01\n\n## Status\n\n- Proposed 2026-01-01\n- Accepted 2026-02-01\n\nSupersedes [1. A](0001-a.md)",
        ),
    ] {
        become_these(LABELS, new);
    }
}

#[test]
fn a_predecessor_is_added_to_others_and_to_front_matter() {
    for new in [
        (
            "---\nstatus: accepted\ndate: 2026-01-01\n---",
            "---\nstatus: accepted\nsupersedes: ADR-0001\ndate: 2026-01-01\n---",
        ),
        (
            "---\nstatus: accepted\nsupersedes:\n  - ADR-0003\n---",
            "---\nstatus: accepted\nsupersedes:\n  - ADR-0003\n  - ADR-0001\n---",
        ),
        (
            "---\nstatus: accepted\nsupersedes: [\"ADR-0003\"]\n---",
            "---\nstatus: accepted\nsupersedes: [\"ADR-0003\", \"ADR-0001\"]\n---",
        ),
        (
            "---\nstatus: accepted\nsupersedes: ADR-0003 # c\n---",
            "---\nstatus: accepted\nsupersedes: ADR-0003, ADR-0001 # c\n---",
        ),
        (
            "**Status:** Accepted  \n**Supersedes:** [3. C](0003-c.md)",
            "**Status:** Accepted  \n**Supersedes:** [3. C](0003-c.md), [1. A](0001-a.md)",
        ),
        (
            "- Status: Accepted\n- Supersedes: none",
            "- Status: Accepted\n- Supersedes: [1. A](0001-a.md)",
        ),
        (
            "- Status: Accepted\n- Supersedes:\n  - [3. C](0003-c.md)\n- Date: 2026-01-01",
            "- Status: Accepted\n- Supersedes:\n  - [3. C](0003-c.md)\n  - [1. A](0001-a.md)\n- Date: 2026-01-01",
        ),
        (
            "**Author:** Ada | **Status:** Accepted | **Date:** 2026-01-01",
            "**Author:** Ada | **Status:** Accepted | **Date:** 2026-01-01\n**Supersedes:** [1. A](0001-a.md)",
        ),
        (
            "> - **Status:** Accepted\n> - **Date:** 2026-01-01",
            "> - **Status:** Accepted\n> - **Supersedes:** [1. A](0001-a.md)\n> - **Date:** 2026-01-01",
        ),
    ] {
        become_these(LABELS, new);
    }
}

#[test]
fn only_the_side_that_does_not_say_it_is_written() {
    let (old, new) = (document("1. A", LABELS.0), document("2. B", NEW_LABELS.1));
    let both = tried(&book(&old, &new), 0, 1).unwrap();
    assert_eq!((both.old.len(), both.new.len()), (1, 0));
    let (old, new) = (document("1. A", LABELS.1), document("2. B", NEW_LABELS.0));
    let both = tried(&book(&old, &new), 0, 1).unwrap();
    assert_eq!((both.old.len(), both.new.len()), (0, 1));
    // The label says it, but the status does not.
    let head = "- Status: Accepted\n- Superseded by: [2. B](0002-b.md)";
    let after = superseded(&document("1. A", head), &new).0;
    assert_eq!(after, document("1. A", &head.replace("Accepted", "Superseded")));
}

#[test]
fn a_title_cannot_break_what_it_stands_in() {
    for (title, escaped) in [
        ("[Queue] | not *bus*", "\\[Queue\\] \\| not \\*bus\\*"),
        ("<b> & `c` \\", "\\<b> \\& c \\\\"),
        ("{{#include a.md}}", "\\{\\{#include a.md}}"),
    ] {
        let written = title
            .replace('*', "\\*")
            .replace('<', "\\<")
            .replace("[Queue]", "\\[Queue\\]");
        for (old, frame) in [
            (
                "| Status | Accepted |\n|--|--|\n| Date | 2026-01-01 |",
                "| Status | @ |",
            ),
            (
                "**Status:** Accepted | **Date:** 2026-01-01",
                "**Status:** @ | **Date:**",
            ),
        ] {
            let after = superseded(&document("1. A", old), &document(&written, NEW_LABELS.0)).0;
            let status = format!("Superseded by [{escaped}](0002-b.md)");
            assert!(after.contains(&frame.replace('@', &status)), "{after}");
        }
    }
    // A title that would be read as a status or a date: the file's name is used.
    let after = superseded(
        &document("1. A", "**Status:** Accepted  \n**Date:** 2026-01-01"),
        &document("Accepted; rejected", NEW_LABELS.0),
    );
    assert!(after.0.contains("uperseded by ["), "{}", after.0);
}

#[test]
fn links_are_relative_to_the_file() {
    for (from, to, expected) in [
        ("a.md", "b.md", "b.md"),
        ("x/a.md", "x/b.md", "b.md"),
        ("x/y/a.md", "x/b.md", "../b.md"),
        ("a.md", "x/b.md", "x/b.md"),
        ("x/a.md", "xy/b.md", "../xy/b.md"),
    ] {
        assert_eq!(relative(from, to), expected);
    }
    assert_eq!(link("A b", "a b.md"), "[A b](<a b.md>)");
    let mut elsewhere = book(
        &document("1. A", "---\nstatus: accepted\n---"),
        &document("2. B", NEW_LABELS.0),
    );
    for (source, path) in elsewhere.iter_mut().zip(["old/a.md", "my designs/b.md"]) {
        source.path = path.to_owned();
        source.file = Some(path.to_owned());
    }
    let both = tried(&elsewhere, 0, 1).unwrap_err();
    assert_eq!(both.index, 0, "a path with a space is no name in front matter");
    elsewhere[1].path = "designs/b.md".to_owned();
    elsewhere[1].file = None;
    let after = written(&elsewhere, &tried(&elsewhere, 0, 1).unwrap());
    assert!(
        after[0].text.contains("status: superseded by ../designs/b.md\n"),
        "{}",
        after[0].text
    );
    assert!(after[1].text.contains("[1. A](../old/a.md)"), "{}", after[1].text);
}

#[test]
fn what_is_not_certain_is_refused() {
    let (old, new) = (document("1. A", LABELS.0), document("2. B", NEW_LABELS.0));
    for (old_head, why) in [
        (
            "Status: Accepted on 1 May 2026",
            "line 3: the status cannot be replaced: the date",
        ),
        (
            "Status: Superseded by [3. C](0003-c.md)",
            "says that adr/0003-c.md supersedes it",
        ),
        (
            "Status: Superseded by the other one",
            "line 3: it names another successor, \"the other one\"",
        ),
        ("Date: 2026-01-01", "it has no status to change"),
    ] {
        let error = refused(
            &document("1. A", &format!("Author: Ada\n{old_head}")).replace("Author: Ada\n", ""),
            &new,
        );
        assert!(error.contains(why), "{old_head}: {error}");
    }
    let two = format!("{old}\n---\n\n**Status:** Draft\n");
    let error = refused(&two, &new);
    assert!(
        error.contains("two statuses that differ: line 3 says `Accepted`, line 20 says `Draft`"),
        "{error}"
    );
    let rejected = document("2. B", "Status: Rejected\nDate: 2026-01-01");
    assert!(refused(&old, &rejected).contains("line 3: its status is `Rejected`"));
    let table = document("2. B", "| Status | Date |\n|--|--|\n| Accepted | 2026-01-01 |");
    assert!(refused(&old, &table).contains("no certain place for \"Supersedes\""));
    let template = document("[Title]", LABELS.0);
    assert!(refused(&template, &new).contains("it is a template"));
    let amended = document(
        "1. A",
        "**Status:** Accepted, supersedes [3. C](0003-c.md)  \n**Date:** 2026-01-01",
    );
    assert!(refused(&amended, &new).contains("by hand"));
}

#[test]
fn a_ring_is_refused() {
    let (old, new) = (document("1. A", NEW_LABELS.0), document("2. B", LABELS.0));
    let direct = document("2. B", "**Status:** Accepted  \n**Superseded by:** [1. A](0001-a.md)");
    assert!(refused(&old, &direct).contains("make a ring"));
    let mut far = book(&old, &new);
    far[1].text = document("2. B", "**Status:** Accepted  \n**Superseded by:** [3. C](0003-c.md)");
    far[0].text = document("1. A", "**Status:** Accepted  \n**Supersedes:** [3. C](0003-c.md)");
    assert!(tried(&far, 0, 1).unwrap_err().what.contains("make a ring"));
}

#[test]
fn a_proposal_supersedes_nothing_yet() {
    let (old, new) = (
        document("1. A", LABELS.0),
        document("2. B", "Status: Proposed\nDate: 2026-01-01"),
    );
    assert_eq!(
        tried(&book(&old, &new), 0, 1).unwrap().pending.as_deref(),
        Some("`Proposed`")
    );
}
