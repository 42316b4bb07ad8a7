//! Tests of the schema as described in DESIGN.md.

use jiff::civil::date;

use super::*;
use crate::model::{
    Chapter, Deadline, Decision, DecisionLink, Document, DocumentKind, Fragment, OpenQuestion, Person, Reference,
    RegisterEntry, Status, When,
};
use crate::source::{LineMap, LineOrigin, Origin, Spanned};

fn words(text: &str) -> Fragment {
    Fragment {
        text: text.into(),
        ..Fragment::default()
    }
}

fn named(name: &str) -> Person {
    Person {
        name: Some(name.into()),
        ..Person::default()
    }
}

fn fact(label: &str, text: &str, is_known: bool) -> model::Fact {
    model::Fact {
        label: label.into(),
        text: text.into(),
        is_known,
        ..model::Fact::default()
    }
}

fn at(text: &str, when: When) -> DateText {
    DateText {
        text: text.into(),
        when,
        ..DateText::default()
    }
}

fn refunds() -> Document {
    Document {
        title: Spanned::new("Refunds".into(), Span::default()),
        kind: DocumentKind::Adr,
        status: Some(Status {
            text: "In Review".into(),
            state: "in-review".into(),
            ..Status::default()
        }),
        created: Some(at("2024-03-15", When::Day(date(2024, 3, 15)))),
        updated: Some(at("March", When::Invalid)),
        revisit: Some(Deadline(at("Oct 2026", When::Month(date(2026, 10, 31))))),
        authors: vec![named("Ada Obi")],
        reviewers: vec![Person {
            handle: Some("@tunde".into()),
            approved: Some(true),
            ..Person::default()
        }],
        target_release: Some("3.9.0".into()),
        links: vec![Reference {
            label: "RFC".into(),
            text: "RFC 12".into(),
            url: Some("https://example.com/12".into()),
            ..Reference::default()
        }],
        tags: vec!["payments".into()],
        affects: vec!["services/pay/**".into()],
        facts: vec![
            fact("Team", "Payments", false),
            fact("Status", "In Review, pending legal", true),
            fact("", "A remark", false),
        ],
        steps: Steps { done: 1, total: 2 },
        decisions: vec![Decision {
            id: "decision-1".into(),
            decision: words("Pay back at once"),
            decided_by: vec![named("Ada Obi")],
            span: Span::at(2),
            ..Decision::default()
        }],
        questions: vec![OpenQuestion {
            id: "question-1".into(),
            question: words("How?"),
            due: Some(Deadline(at("Q1", When::Month(date(2026, 3, 31))))),
            owners: vec![named("Ada Obi")],
            span: Span::at(4),
            ..OpenQuestion::default()
        }],
        registers: vec![RegisterEntry {
            subject: words("Paid twice"),
            facts: vec![words(""), words("Keys")],
            ..RegisterEntry::default()
        }],
        ..Document::default()
    }
}

fn exported(document: Document, source: Source) -> String {
    let corpus = Corpus {
        chapters: vec![
            Chapter::default(),
            Chapter {
                path: "payments/index.md".into(),
                document: Some(document),
                ..Chapter::default()
            },
        ],
        ..Corpus::default()
    };
    let sources = [Source::default(), source];
    json(&corpus, &sources, &Config::default(), date(2026, 11, 23)).unwrap()
}

fn source() -> Source {
    Source {
        path: "payments/index.md".into(),
        file: Some("payments/README.md".into()),
        text: "a\nb\nc\n".into(),
        ..Source::default()
    }
}

const EXPECTED: &str = r#"{
  "schema_version": 1,
  "generator": "mdbook-design-docs VERSION",
  "as_of": "2026-11-23",
  "documents": [
    {
      "path": "payments/README.md",
      "title": "Refunds",
      "kind": "adr",
      "status": {
        "text": "In Review",
        "state": "in-review"
      },
      "created": {
        "text": "2024-03-15",
        "date": "2024-03-15"
      },
      "updated": {
        "text": "March",
        "date": null
      },
      "revisit": {
        "text": "Oct 2026",
        "date": null,
        "standing": "overdue"
      },
      "review_until": null,
      "authors": [
        {
          "name": "Ada Obi",
          "email": null,
          "handle": null,
          "url": null
        }
      ],
      "reviewers": [
        {
          "name": null,
          "email": null,
          "handle": "@tunde",
          "url": null,
          "approved": true
        }
      ],
      "approvers": [],
      "deciders": [],
      "target_release": "3.9.0",
      "links": [
        {
          "label": "RFC",
          "text": "RFC 12",
          "url": "https://example.com/12"
        }
      ],
      "relations": [],
      "tags": [
        "payments"
      ],
      "affects": [
        "services/pay/**"
      ],
      "facts": [
        {
          "label": "Team",
          "text": "Payments"
        }
      ],
      "steps": {
        "done": 1,
        "total": 2
      },
      "decisions": [
        {
          "id": "decision-1",
          "date": null,
          "decision": "Pay back at once",
          "rationale": null,
          "decided_by": [
            "Ada Obi"
          ],
          "superseded": false,
          "supersedes": [],
          "superseded_by": [],
          "revisit": null,
          "line": 2
        }
      ],
      "open_questions": [
        {
          "id": "question-1",
          "question": "How?",
          "context": null,
          "asked": null,
          "due": {
            "text": "Q1",
            "date": null
          },
          "owners": [
            "Ada Obi"
          ],
          "resolved": false,
          "settled_by": null,
          "standing": "overdue",
          "line": 3
        }
      ],
      "records": [
        {
          "kind": "risks",
          "text": "Paid twice",
          "facts": [
            {
              "label": "Mitigation",
              "text": "Keys"
            }
          ],
          "line": 1
        }
      ]
    }
  ]
}
"#;

#[test]
fn version_1() {
    let expected = EXPECTED.replace("VERSION", env!("CARGO_PKG_VERSION"));
    assert_eq!(exported(refunds(), source()), expected);
}

#[test]
fn a_document_with_nothing_has_every_key() {
    let full: serde_json::Value = serde_json::from_str(&exported(refunds(), source())).unwrap();
    let empty = exported(Document::default(), source());
    let empty: serde_json::Value = serde_json::from_str(&empty).unwrap();
    let keys = |book: &serde_json::Value| -> Vec<String> {
        let document = book["documents"][0].as_object().unwrap();
        document.keys().cloned().collect()
    };
    assert_eq!(keys(&empty), keys(&full));
    assert!(empty["documents"][0]["status"].is_null());
    assert_eq!(empty["documents"][0]["authors"], serde_json::json!([]));
}

#[test]
fn what_follows_from_what_is_told() {
    let mut document = refunds();
    document.decisions[0].superseded = true;
    document.questions[0].settled_by = Some(DecisionLink {
        path: "payments/index.md".into(),
        anchor: "decision-1".into(),
    });
    let book: serde_json::Value = serde_json::from_str(&exported(document, source())).unwrap();
    let document = &book["documents"][0];
    assert_eq!(
        document["open_questions"][0]["settled_by"],
        serde_json::json!({"path": document["path"], "id": "decision-1"})
    );
    assert_eq!(document["decisions"][0]["superseded"], true);
}

#[test]
fn relations_are_told_from_both_sides() {
    let record = |path: &str, title: &str, status: &str| Source {
        path: path.to_owned(),
        text: format!(
            "# {title}\n\nDate: 2026-08-02\n\n## Status\n\n{status}\n\n## Context\n\nx\n\n## Decision\n\nx\n"
        ),
        ..Source::default()
    };
    let log = Source {
        path: "log.md".to_owned(),
        text: "# Decision Log\n\n| ID | Date | Decision |\n|--|--|--|\n| D-1 | 2026-01-02 | Use a queue |\n\
               | D-2 | 2026-01-03 | Use a bus (replaces D-1, amends ADR-4) |\n"
            .to_owned(),
        ..Source::default()
    };
    let sources = [
        record("0004-d.md", "4. Delta", "Superseded by ADR-0005"),
        record(
            "0005-e.md",
            "5. Echo",
            "Accepted\n\nSee [the log](log.md) and ADR-0009.",
        ),
        log,
    ];
    let config = Config::default();
    let corpus = crate::parse::corpus(&sources, &config);
    let book = json(&corpus, &sources, &config, date(2026, 3, 1)).unwrap();
    let book: serde_json::Value = serde_json::from_str(&book).unwrap();
    let documents = &book["documents"];
    let relation = |kind: &str, text: &str, path: &str, decision: Option<&str>| serde_json::json!({"kind": kind, "text": text, "path": path, "decision": decision});
    assert_eq!(
        documents[0]["relations"],
        serde_json::json!([
            relation("superseded-by", "ADR-0005", "0005-e.md", None),
            relation("amended-by", "D-2", "log.md", Some("decision-d-2")),
        ])
    );
    assert_eq!(
        documents[1]["relations"],
        serde_json::json!([
            relation("supersedes", "4. Delta", "0004-d.md", None),
            relation("refers-to", "Decision Log", "log.md", None),
        ])
    );
    let named = |document: usize, decision: usize, key: &str| documents[document]["decisions"][decision][key].clone();
    assert_eq!(named(0, 0, "superseded_by"), serde_json::json!(["5. Echo"]));
    assert_eq!(named(1, 0, "supersedes"), serde_json::json!(["4. Delta"]));
    assert_eq!(named(2, 0, "superseded_by"), serde_json::json!(["D-2"]));
    assert_eq!(named(2, 1, "supersedes"), serde_json::json!(["D-1"]));
}

#[test]
fn an_unfilled_status_has_no_text() {
    let mut document = refunds();
    document.status = Some(Status {
        state: Status::UNFILLED.into(),
        ..Status::default()
    });
    let out = exported(document, source());
    assert!(
        out.contains("\"text\": null,\n        \"state\": \"unfilled\""),
        "{out}"
    );
}

#[test]
fn what_is_included_has_the_line_of_its_include() {
    let origin = |file, line, own_line| LineOrigin { file, line, own_line };
    let source = Source {
        origin: Origin::Included(LineMap {
            files: vec!["payments/README.md".into(), "part.md".into()],
            lines: vec![origin(0, 1, 1), origin(1, 70, 2), origin(1, 71, 2)],
        }),
        ..source()
    };
    let out = exported(refunds(), source);
    assert_eq!(out.matches("\"line\": 2").count(), 2, "{out}");
}
