//! The rows and the summary of the index of documents.

use super::*;
use crate::config::Config;
use crate::model::{Chapter, Deadline, Dependency, Person, StatedStatus, Steps};
use crate::render::index::entry::alone;
use crate::source::{Span, Spanned};
use jiff::civil::date;

fn document(status: &str, class: StatusClass) -> Document {
    Document {
        title: Spanned::new("A <b>".into(), Span::default()),
        status: Some(Status {
            text: status.into(),
            state: status.into(),
            class,
            ..Status::default()
        }),
        ..Document::default()
    }
}

/// A decision record that has been superseded.
fn adr() -> Document {
    let mut adr = document("superseded", StatusClass::Closed);
    adr.kind = DocumentKind::Adr;
    // It does not count: the document is closed.
    adr.revisit = Some(Deadline(DateText {
        when: When::Day(date(2026, 1, 1)),
        ..DateText::default()
    }));
    adr.deciders = vec![Person {
        handle: Some("@ada".into()),
        ..Person::default()
    }];
    adr
}

#[test]
fn a_document_in_force_says_when_it_was_to_be_looked_at_again() {
    let mut kept = adr();
    kept.status = document("accepted", StatusClass::Agreed).status;
    let config = Config {
        html: false,
        ..Config::default()
    };
    let writer = Writer::new(&config, date(2026, 3, 1));
    let chapter = Chapter {
        path: "a.md".into(),
        document: Some(kept),
        ..Chapter::default()
    };
    let entry = Entry {
        chapter: &chapter,
        document: chapter.document.as_ref().unwrap(),
        book: None,
    };
    let at = IndexWriter::alone(&writer, 0);
    assert_eq!(
        subject(entry, &at),
        "[A &lt;b&gt;](a.md) *decision record* — to be looked at again since 2026-01-01"
    );
}

/// A design whose creation date is also the deadline of a question.
fn design() -> Document {
    let mut design = document(Status::UNFILLED, StatusClass::Draft);
    let due = DateText {
        when: When::Day(date(2026, 1, 1)),
        ..DateText::default()
    };
    design.created = Some(due.clone());
    design.updated = Some(DateText::default());
    let question = |id: &str, due: Option<DateText>| OpenQuestion {
        id: id.into(),
        due: due.map(Deadline),
        ..OpenQuestion::default()
    };
    let ticked = |approved| Person {
        approved,
        ..Person::default()
    };
    design.reviewers = vec![ticked(Some(true)), ticked(None), ticked(Some(false))];
    design.steps = Steps { done: 3, total: 4 };
    design.questions = vec![question("undated", None), question("late", Some(due))];
    design
}

#[test]
fn tags_are_below_the_title_and_only_books_with_tags_have_the_filter() {
    let mut tagged = adr();
    tagged.tags = vec!["a & b".into(), "c".into()];
    let (keys, subject) = alone(&tagged, 0, |documents, at| {
        let table = table(documents, at, Page::WHOLE);
        let keys: Vec<&str> = table.filters.iter().map(|(key, _)| *key).collect();
        (keys, table.read().rows[0].cells[0].content.clone())
    });
    assert!(
        subject.ends_with("</a> decision record\n<small>a &amp; b, c</small>"),
        "{subject}"
    );
    assert_eq!(keys, ["folder", "show", "late", "waits", "tags"]);
    let keys = alone(&adr(), 0, |documents, at| {
        table(documents, at, Page::WHOLE).filters.len()
    });
    assert_eq!(keys, 4);
}

#[test]
fn a_row_knows_from_when_it_needs_attention() {
    let fine = |document: &Document| {
        alone(document, 0, |documents, at| {
            table(documents, at, Page::WHOLE).read().rows.remove(0).fine
        })
    };
    let mut design = document("approved", StatusClass::Agreed);
    assert_eq!(fine(&design), None);
    design.dependencies.push(Dependency {
        due: Deadline(DateText {
            when: When::Day(date(2026, 5, 1)),
            ..DateText::default()
        }),
        ..Dependency::default()
    });
    assert_eq!(fine(&design).as_deref(), Some("2026-05-01"));
    let question = |day| OpenQuestion {
        due: Some(Deadline(DateText {
            when: When::Day(day),
            ..DateText::default()
        })),
        ..OpenQuestion::default()
    };
    design.questions = vec![question(date(2026, 5, 2))];
    assert_eq!(fine(&design).as_deref(), Some("2026-05-01"));
    design.questions.push(question(date(2026, 4, 30)));
    assert_eq!(fine(&design), None, "the question is overdue first");
    design.dependencies[0].due.0.when = When::Day(date(2026, 2, 27));
    assert_eq!(fine(&design).as_deref(), Some("0"), "the day has passed");
    let stated = |state: &str, class| StatedStatus {
        label: "status".into(),
        status: Status {
            state: state.into(),
            class,
            ..Status::default()
        },
        ..StatedStatus::default()
    };
    design.stated.statuses = vec![
        stated("draft", StatusClass::Draft),
        stated("approved", StatusClass::Agreed),
    ];
    assert_eq!(fine(&design).as_deref(), Some("0"));
}

#[test]
fn every_document_says_how_it_stands() {
    let chapters = [adr(), design()].map(|document| Chapter {
        path: "a.md".into(),
        document: Some(document),
        ..Chapter::default()
    });
    let config = Config::default();
    let writer = Writer::new(&config, date(2026, 3, 1));
    let documents = chapters.each_ref().map(|chapter| Entry {
        chapter,
        document: chapter.document.as_ref().unwrap(),
        book: None,
    });
    let table = table(&documents, IndexWriter::alone(&writer, 0), Page::WHOLE).read();
    let contents = |row: usize| -> Vec<&str> {
        let cells = table.rows[row].cells.iter();
        cells.map(|cell| cell.content.as_str()).collect()
    };
    assert_eq!(
        contents(1),
        [
            "<a href=\"a.html\">A &lt;b&gt;</a> decision record",
            "superseded",
            "@ada",
            "",
            ""
        ]
    );
    assert_eq!(
        table.rows[1].cells[1].attributes,
        " class=\"dd-status\" data-status=\"superseded\" data-class=\"closed\""
    );
    assert_eq!(
        contents(0),
        [
            "<a href=\"a.html\">A &lt;b&gt;</a>\n<em class=\"dd-why\" data-dues=\"2026-01-01\">1 overdue</em>",
            "Status not set\n2026-01-01",
            "",
            "<a href=\"a.html#undated\">2 open</a>",
            "1 of 2 approved\n3 of 4 steps",
        ]
    );
    assert_eq!(
        table.summary,
        "<a href=\"index.html?\">2 design documents</a>: \
         <a href=\"index.html?status=unfilled\">1 without a status</a>, \
         <a href=\"index.html?status=superseded\">1 superseded</a>. \
         As of <time class=\"dd-asof\" datetime=\"2026-03-01\">2026-03-01</time>."
    );
}

#[test]
fn what_speaks_against_a_status_stands_below_the_title() {
    let text = "# T\n\n**Author:** Ada Obi\n**Date:** 2026-01-14\n**Status:** In Review\n\n## Context\n\nx\n\n---\n\n\
                **Last Updated:** 2026-02-01\n**Status:** Approved\n";
    let source = crate::source::Source {
        path: "t.md".to_owned(),
        text: text.to_owned(),
        ..Default::default()
    };
    let config = Config::default();
    let corpus = crate::parse::corpus(&[source], &config);
    let chapter = &corpus.chapters[0];
    let entry = Entry {
        chapter,
        document: chapter.document.as_ref().unwrap(),
        book: None,
    };
    let on = |day| {
        let writer = Writer::new(&config, day);
        subject(entry, &IndexWriter::alone(&writer, 0))
    };
    let why = |attributes: &str, said: &str| {
        format!(
            "<a href=\"t.html\">T</a>\n<em class=\"dd-why\" data-also=\"0 elsewhere: Approved\n{attributes}\">{said}</em>"
        )
    };
    let stale = "2026-05-02 no change since 2026-02-01";
    assert_eq!(on(date(2026, 5, 2)), why(stale, "elsewhere: Approved"));
    assert_eq!(
        on(date(2026, 5, 3)),
        why(stale, "elsewhere: Approved; no change since 2026-02-01")
    );
}
