//! Records of every kind, in the forms that authors use.

use crate::config::{Config, Form, RecordKind};
use crate::model::{Corpus, RegisterEntry};
use crate::parse::corpus;
use crate::source::Source;
use jiff::civil::date;

fn read(text: &str) -> Vec<RegisterEntry> {
    let source = Source {
        path: "a/b.md".into(),
        name: "B".into(),
        text: format!("# B\n\n**Author:** Ada\n**Status:** Draft\n\n{text}"),
        ..Source::default()
    };
    let mut config = Config::default();
    config.index.registers = true;
    let corpus = corpus(&[source], &config);
    corpus
        .documents()
        .flat_map(|(_, _, document)| document.registers.clone())
        .collect()
}

#[test]
fn tables_are_read_by_their_columns() {
    let found = read(
        "## Risks\n\n| Risk | Severity | Mitigation |\n|--|--|--|\n| Risk 1 | High/Medium/Low | Mitigation strategy |\n\
         | Paid *twice* | High | See [keys](keys.md) |\n\n\
         ### Alerts\n\n| Alert | Condition | Severity | Action |\n|--|--|--|--|\n| Alert 1 | Condition | Critical/Warning | Who |\n\
         | Slow | p99 | Critical | Page |\n",
    );
    assert_eq!(found.len(), 2, "{found:#?}");
    assert_eq!(
        (found[0].subject.text.as_str(), found[0].facts[0].text.as_str()),
        ("Paid twice", "High")
    );
    assert_eq!(found[0].facts[1].markdown(), "See [keys](a/keys.md)");
    assert_eq!(found[1].kind, 1);
    let details: Vec<_> = found[1].facts.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(details, ["Critical", "p99", "Page"]);
}

#[test]
fn dependencies_have_the_day_of_their_sentence() {
    let found = read(
        "### Timeline Dependencies\n- Dependency 1 must be complete by [date]\n\
         - The contract must be signed by 2026-12-15.\n- [x] The office moves\n- Waits for the depot\n",
    );
    let seen: Vec<_> = found
        .iter()
        .map(|one| (one.due.as_ref().and_then(|due| due.day()), one.done))
        .collect();
    assert_eq!(seen, [(Some(date(2026, 12, 15)), false), (None, true), (None, false)]);
}

#[test]
fn terms_are_told_from_their_definitions() {
    let found = read(
        "### Glossary\n- **Term 1**: Definition\n- **Kobo**: a hundredth of a naira\n- **Danfo:** a bus\n\
         - SLA - what we promise\n- nothing\n",
    );
    let seen: Vec<_> = found
        .iter()
        .map(|one| (one.subject.markdown(), one.facts[0].text.as_str()))
        .collect();
    assert_eq!(
        seen,
        [
            ("Kobo", "a hundredth of a naira"),
            ("Danfo", "a bus"),
            ("SLA", "what we promise")
        ]
    );
}

/// A configuration with a team's own kind of record.
fn with_assumptions() -> Config {
    let mut config = Config::default();
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    config.records.push(RecordKind {
        name: "assumptions".into(),
        sections: words(&["Assumptions", "What we take for granted"]),
        columns: words(&["Assumption", "Owner", "Status", "Valid until"]),
        deadline: Some(3),
        form: Form::Facts,
    });
    config
}

/// The texts of the team's records, their facts separated by bars, their dates, and whether they
/// are done.
fn own(text: &str) -> Vec<(String, String, Option<jiff::civil::Date>, bool)> {
    let source = Source {
        path: "a.md".into(),
        text: format!("# B\n\n**Author:** Ada\n**Status:** Draft\n\n{text}"),
        ..Source::default()
    };
    // A build reads them even if no generated page lists the registers.
    let config = with_assumptions();
    let corpus = crate::parse::corpus(&[source], &config);
    let entries = corpus.documents().flat_map(|(_, _, document)| &document.registers);
    let facts = |one: &RegisterEntry| {
        one.facts
            .iter()
            .map(|fact| fact.text.as_str())
            .collect::<Vec<_>>()
            .join("|")
    };
    let of = |one: &RegisterEntry| {
        let day = one.due.as_ref().and_then(|due| due.day());
        (one.subject.text.clone(), facts(one), day, one.done)
    };
    entries.map(of).collect()
}

#[test]
fn a_kind_of_the_teams_own_is_read_in_every_shape() {
    let day = Some(date(2026, 12, 1));
    let bank = || {
        (
            "The bank answers at once".to_owned(),
            "Ada Obi||2026-12-01".to_owned(),
            day,
            false,
        )
    };
    for text in [
        "## Assumptions\n\n| Assumption | Valid until | Owner |\n|--|--|--|\n| The bank answers at once | 2026-12-01 | Ada Obi |\n",
        "## 4. Assumptions\n\n| What | Owner | Valid until |\n|--|--|--|\n| The bank answers at once | Ada Obi | 2026-12-01 |\n",
        "## What we take for granted\n\n- The bank answers at once\n  - Owner: Ada Obi\n  - Valid until: 2026-12-01\n",
        "## Assumptions\n\n- The bank answers at once (owner: Ada Obi, valid until: 2026-12-01)\n",
        "## Assumptions\n\n- The bank answers at once — Ada Obi, 2026-12-01\n",
        "## Assumptions\n\n- **Assumption:** The bank answers at once\n  **Owner:** Ada Obi\n  **Valid until:** 2026-12-01\n",
        "## Assumptions\n\n10. The bank answers at once\n   - Owner: Ada Obi\n   - Valid until: 2026-12-01\n",
        "## Assumptions\n\n### The bank answers at once\n\n- Owner: Ada Obi\n- Valid until: 2026-12-01\n",
        "## Assumptions\n\n### The bank answers at once\n\n**Owner:** Ada Obi\n**Valid until:** 2026-12-01\n",
        "## Assumptions\n\n### Of others\n\n- The bank answers at once\n  - Owner: Ada Obi, 2026-12-01\n",
        "## Assumptions\n\n**Assumption:** The bank answers at once\n**Owner:** Ada Obi\n**Valid until:** 2026-12-01\n",
        "## Assumptions\n\n<table><tr><th>Assumption</th><th>Owner</th><th>Valid until</th></tr>\
         <tr><td>The bank answers at once</td><td>Ada Obi</td><td>2026-12-01</td></tr></table>\n",
    ] {
        assert_eq!(own(text), [bank()], "{text}");
    }
}

#[test]
fn marks_and_a_status_say_that_a_record_is_done() {
    let found = own(
        "## Assumptions\n\n- [x] One\n- ~~Two~~\n- Three (done)\n- Four\n  - Status: Done\n- Five\n  - Status: open\n- [ ] Six\n",
    );
    let done: Vec<_> = found.iter().map(|(text, _, _, done)| (text.as_str(), *done)).collect();
    let expected = [
        ("One", true),
        ("Two", true),
        ("Three (done)", true),
        ("Four", true),
        ("Five", false),
        ("Six", false),
    ];
    assert_eq!(done, expected);
}

#[test]
fn what_no_column_holds_stays_in_the_text() {
    let found = read(
        "## Risks\n\n- Paid twice (2026-03-01)\n- D-7: no keys — Ada Obi\n- Lost\n  - Severity: High\n  - Mitigation: keys\n",
    );
    let seen: Vec<_> = found
        .iter()
        .map(|one| {
            (
                one.subject.text.as_str(),
                one.facts[0].text.as_str(),
                one.facts[1].text.as_str(),
            )
        })
        .collect();
    let expected = [
        ("Paid twice (2026-03-01)", "", ""),
        ("D-7: no keys — Ada Obi", "", ""),
        ("Lost", "High", "keys"),
    ];
    assert_eq!(seen, expected);
}

#[test]
fn nothing_is_read_elsewhere_or_from_a_template() {
    for text in [
        "## Background\n\n- The bank answers at once (valid until: 2026-12-01)\n",
        "## Assumptions\n\n- [Assumption]\n- Assumption 1\n- None\n",
        "## Assumptions\n\n### Open Questions\n\n- Does the bank answer at once?\n  - Owner: Ada Obi\n",
        "## Out of scope\n\n### Assumptions\n\n- The bank answers at once\n",
        "## Assumptions\n\nWe take little for granted.\n",
    ] {
        assert_eq!(own(text), [], "{text}");
    }
}

#[test]
fn facts_beside_their_record_are_named() {
    let list = "10. The bank answers at once\n   - Owner: Ada Obi\n   - Valid until: 2026-12-01\n";
    let source = Source {
        path: "a.md".into(),
        text: format!("# B\n\n**Author:** Ada\n**Status:** Draft\n\n## Assumptions\n\n{list}"),
        ..Source::default()
    };
    let corpus = crate::parse::corpus(std::slice::from_ref(&source), &with_assumptions());
    let (_, _, document) = corpus.documents().next().unwrap();
    let spans: Vec<_> = document.detached.iter().map(|one| one.span.of(&source.text)).collect();
    assert_eq!(spans, ["- Owner: Ada Obi\n   - Valid until: 2026-12-01"]);
}

#[test]
fn a_value_that_was_replaced_is_not_the_value() {
    for text in [
        "| Assumption | Owner | Valid until |\n|--|--|--|\n| One | ~~Ada Obi~~ Tunde | ~~2026-01-01~~ 2026-12-01 |\n",
        "- One\n  - Owner: ~~Ada Obi~~ Tunde\n  - Valid until: 2026-01-01 → 2026-12-01\n",
    ] {
        let found = own(&format!("## Assumptions\n\n{text}"));
        assert_eq!(
            found,
            [(
                "One".to_owned(),
                "Tunde||2026-12-01".to_owned(),
                Some(date(2026, 12, 1)),
                false
            )]
        );
    }
}

#[test]
fn our_own_registers_are_read_where_they_are_shown() {
    let source = |path: &str, text: &str| Source {
        path: path.into(),
        text: text.into(),
        ..Source::default()
    };
    let design = source(
        "a.md",
        "# T\n\n**Status:** Draft\n**Author:** Ada\n\n## Glossary\n\n- **Depot**: a shed\n",
    );
    let log = source("b.md", "# Log\n\n<!-- decision-log -->\n");
    let glossary = source("b.md", "# Words\n\n<!-- glossary -->\n");
    let config = Config::default();
    let count = |corpus: &Corpus| -> usize {
        let documents = corpus.documents();
        documents.map(|(_, _, document)| document.registers.len()).sum()
    };
    assert_eq!(count(&corpus(&[design.clone(), log.clone()], &config)), 0);
    assert_eq!(count(&corpus(&[design.clone(), glossary], &config)), 1);
    let sources = [design, log];
    let mut for_export = corpus(&sources, &config);
    crate::parse::read_registers(&mut for_export, &sources, &config);
    assert_eq!(count(&for_export), 1);
}

#[test]
fn dependencies_are_read_in_subsections_and_not_where_they_are_left_out() {
    let dated = |name: &str| format!("- {name} must be complete by 2026-06-30\n");
    let text = [
        "## Timeline Dependencies\n",
        &dated("The lease"),
        "### External\n",
        &dated("The bank"),
        "#### Abroad\n",
        &dated("The customs"),
        "### Risks\n",
        &dated("The storm"),
        "## Non-goals\n### Timeline Dependencies\n",
        &dated("The moon"),
    ]
    .join("\n");
    let source = Source {
        path: "a.md".into(),
        text: format!("# B\n\n**Author:** Ada\n**Status:** Draft\n\n{text}"),
        ..Source::default()
    };
    let corpus = corpus(&[source], &Config::default());
    let documents = corpus.documents().flat_map(|(_, _, document)| &document.dependencies);
    let names: Vec<_> = documents
        .map(|one| one.text.split(" must").next().unwrap_or_default())
        .collect();
    assert_eq!(names, ["The lease", "The bank", "The customs"]);
}
