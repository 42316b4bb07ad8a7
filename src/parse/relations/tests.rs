//! What documents and decisions name, as seen from both sides.

use crate::config::Config;
use crate::model::{Corpus, Item};
use crate::source::Source;

fn corpus(chapters: &[(&str, &str)]) -> Corpus {
    let sources = chapters.iter().map(|(path, text)| Source::chapter(path, text));
    let sources: Vec<Source> = sources.collect();
    crate::parse::corpus(&sources, &Config::default())
}

#[test]
fn an_address_on_the_web_may_be_that_of_a_chapter() {
    let text = "\nSee [B](https://github.com/danfo/docs/blob/main/handbook/src/adr/b.md#x), \
                [C](https://danfo.github.io/docs/c.html) and <https://github.com/danfo/docs/blob/main/README.md>.\n";
    let sources = [
        ("a.md", design("A", text)),
        ("adr/b.md", design("B", "")),
        ("c.md", design("C", "")),
        ("index.md", design("I", "")),
    ];
    let sources: Vec<Source> = sources
        .into_iter()
        .map(|(path, text)| Source {
            path: path.to_owned(),
            file: Some(path.replace("index", "README")),
            text,
            ..Source::default()
        })
        .collect();
    let config = Config {
        repository: Some("https://github.com/danfo/docs".to_owned()),
        ..Config::default()
    };
    assert_eq!(
        relations(&crate::parse::corpus(&sources, &config)),
        [
            "a.md refers-to adr/b.md", "a.md refers-to c.md", "adr/b.md referred-by a.md", "c.md referred-by a.md",
        ]
    );
    assert_eq!(relations(&crate::parse::corpus(&sources, &Config::default())), [""; 0]);
}

/// An item as `path` or `path D-1`.
fn shown(corpus: &Corpus, item: Item) -> String {
    let path = &corpus.chapters[item.chapter].path;
    match corpus.decision(item) {
        Some(decision) => format!("{path} {}", decision.label.as_deref().unwrap_or("?")),
        None => path.clone(),
    }
}

/// Every relation as `a.md supersedes b.md`; `?` before one that has not taken effect.
fn relations(corpus: &Corpus) -> Vec<String> {
    let all = corpus.relations.iter().map(|relation| {
        let other = relation
            .to
            .map_or_else(|| format!("\"{}\"", relation.text), |to| shown(corpus, to));
        let effect = if relation.is_in_effect { "" } else { "?" };
        format!(
            "{effect}{} {} {other}",
            shown(corpus, relation.from),
            relation.kind.word()
        )
    });
    all.collect()
}

/// A decision record with this status section.
fn record(title: &str, status: &str) -> String {
    format!("# {title}\n\nDate: 2026-08-02\n\n## Status\n\n{status}\n\n## Context\n\nx\n\n## Decision\n\ny\n")
}

fn design(title: &str, facts: &str) -> String {
    format!("# {title}\n\n**Author:** Ada Obi  \n**Status:** Approved  \n{facts}\n\n## Context\n\nx\n")
}

#[test]
fn a_document_is_named_by_link_path_number_and_title() {
    let chapters = [
        ("adr/0001-a.md", record("1. Alpha", "Accepted")),
        ("adr/0002-b.md", record("2. Beta", "Accepted\n\nSupersedes [1. Alpha](0001-a.md)")),
        ("adr/0003-c.md", record("3. Gamma", "Accepted\n\nSupersedes ADR-2")),
        ("adr/0004-d.md", "---\nstatus: accepted\ndate: 2026-03-01\nsupersedes: 0003\n---\n# Delta\n\n## Context and Problem Statement\n\nx\n\n## Decision Outcome\n\ny\n".to_owned()),
        ("pay/refunds.md", design("Refunds", "**Depends on:** Delta, ADR-3, ../adr/0002-b.md, the bank  ")),
        ("pay/cards.md", design("Cards", "**Amends:** [the refunds](refunds.md)  ")),
    ];
    let chapters: Vec<(&str, &str)> = chapters.iter().map(|(path, text)| (*path, text.as_str())).collect();
    assert_eq!(
        relations(&corpus(&chapters)),
        [
            "adr/0001-a.md superseded-by adr/0002-b.md",
            "adr/0002-b.md required-by pay/refunds.md",
            "adr/0002-b.md supersedes adr/0001-a.md",
            "adr/0002-b.md superseded-by adr/0003-c.md",
            "adr/0003-c.md required-by pay/refunds.md",
            "adr/0003-c.md supersedes adr/0002-b.md",
            "adr/0003-c.md superseded-by adr/0004-d.md",
            "adr/0004-d.md required-by pay/refunds.md",
            "adr/0004-d.md supersedes adr/0003-c.md",
            "pay/refunds.md depends-on adr/0004-d.md",
            "pay/refunds.md depends-on adr/0003-c.md",
            "pay/refunds.md depends-on adr/0002-b.md",
            "pay/refunds.md depends-on \"the bank\"",
            "pay/refunds.md amended-by pay/cards.md",
            "pay/cards.md amends pay/refunds.md",
        ]
    );
}

#[test]
fn a_link_in_the_text_is_a_reference_and_a_dependency_is_more() {
    let a = design(
        "A",
        "\n\n## Dependencies\n\n- [B](b.md), by May\n- ADR-7: the queue\n\n## Notes\n\nSee [C](c.md#part), [B](b.md) and [us](#notes).\n",
    );
    let a = format!("{a}\n```admonish note\nAnd [D](d.md).\n```\n");
    let (b, c, d, adr) = (
        design("B", ""),
        design("C", ""),
        design("D", ""),
        record("ADR-7: Queue", "Accepted"),
    );
    let corpus = corpus(&[
        ("a.md", &a),
        ("b.md", &b),
        ("c.md", &c),
        ("d.md", &d),
        ("queue.md", &adr),
        ("guide.md", "# Guide\n\n[A](a.md)\n"),
    ]);
    assert_eq!(
        relations(&corpus),
        [
            "a.md depends-on b.md", "a.md depends-on queue.md", "a.md refers-to c.md", "a.md refers-to d.md",
            "b.md required-by a.md", "c.md referred-by a.md", "d.md referred-by a.md", "queue.md required-by a.md",
        ]
    );
}

#[test]
fn versions_of_programs_are_no_documents() {
    let a = design("A", "**Requires:** Node 18, ADR-18, PR 345  ");
    let node = design("Carts", "");
    let corpus = corpus(&[("0017-a.md", &a), ("0018-carts.md", &node)]);
    assert_eq!(
        relations(&corpus),
        [
            "0017-a.md depends-on \"Node 18\"", "0017-a.md depends-on 0018-carts.md",
            "0017-a.md depends-on \"PR 345\"", "0018-carts.md required-by 0017-a.md",
        ]
    );
    assert_eq!(corpus.relations.unresolved, []);
}

#[test]
fn decisions_of_a_log_are_named_by_label_and_anchor() {
    let log = "# Decision Log\n\n| ID | Date | Decision | Status | Supersedes |\n|--|--|--|--|--|\n\
               | D-01 | 2026-01-02 | Use a queue | Active | |\n\
               | D-02 | 2026-01-03 | Use a cache (supersedes D-1) | Superseded by [D-03](#decision-d-03). | |\n\
               | D-03 | 2026-01-04 | Use a bus, which replaces the cache | Active | D-02, D-09 |\n";
    let other = design("Carts", "**Depends on:** [the bus](log.md#decision-d-03)  ");
    let corpus = corpus(&[("log.md", log), ("carts.md", &other)]);
    assert_eq!(
        relations(&corpus),
        [
            "log.md D-01 superseded-by log.md D-02", "log.md D-02 supersedes log.md D-01",
            "log.md D-02 superseded-by log.md D-03", "log.md D-03 required-by carts.md",
            "log.md D-03 supersedes log.md D-02", "log.md D-03 supersedes \"D-09\"", "carts.md depends-on log.md D-03",
        ]
    );
    let decisions = &corpus.chapters[0].document.as_ref().unwrap().decisions;
    let superseded: Vec<bool> = decisions.iter().map(|decision| decision.superseded).collect();
    assert_eq!(superseded, [true, true, false]);
    let unresolved: Vec<&str> = corpus
        .relations
        .unresolved
        .iter()
        .map(|each| each.mention.text.as_str())
        .collect();
    assert_eq!(unresolved, ["D-09"]);
}

#[test]
fn a_proposal_supersedes_nothing_yet() {
    let chapters = [
        ("1-a.md", record("1. A", "Accepted")),
        ("2-b.md", record("2. B", "Proposed\n\nSupersedes [1. A](1-a.md)")),
        ("3-c.md", record("3. C", "Rejected\n\nSupersedes [1. A](1-a.md)")),
    ];
    let chapters: Vec<(&str, &str)> = chapters.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let corpus = corpus(&chapters);
    assert_eq!(
        relations(&corpus)
            .iter()
            .filter(|relation| relation.starts_with('?'))
            .count(),
        4
    );
    assert_eq!(corpus.relations.in_force_instead(Item::document(0)), None);
    assert!(!corpus.chapters[0].document.as_ref().unwrap().decisions[0].superseded);
}

#[test]
fn what_is_in_force_is_at_the_end_of_all_supersessions() {
    let chapters = [
        ("1-a.md", record("1. A", "Superseded by [2. B](2-b.md)")),
        (
            "2-b.md",
            record("2. B", "Superseded by [3. C](3-c.md) and [4. D](4-d.md)"),
        ),
        ("3-c.md", record("3. C", "Accepted")),
        ("4-d.md", record("4. D", "Accepted")),
        ("5-e.md", record("5. E", "Superseded by [6. F](6-f.md)")),
        ("6-f.md", record("6. F", "Superseded by [5. E](5-e.md)")),
        ("7-g.md", record("7. G", "Superseded by [5. E](5-e.md)")),
        ("8-h.md", record("8. H", "Accepted\n\nSupersedes [8. H](8-h.md)")),
        ("9-i.md", record("9. I", "Superseded by [10. J](10-j.md)")),
        ("10-j.md", record("10. J", "Superseded by the guide of the bank")),
    ];
    let chapters: Vec<(&str, &str)> = chapters.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let corpus = corpus(&chapters);
    let now = |chapter| {
        corpus
            .relations
            .in_force_instead(Item::document(chapter))
            .map(<[Item]>::to_vec)
    };
    let documents = |all: &[usize]| Some(all.iter().map(|at| Item::document(*at)).collect::<Vec<_>>());
    assert_eq!(now(0), documents(&[2, 3]));
    assert_eq!(now(1), documents(&[2, 3]));
    assert_eq!(now(2), None);
    assert_eq!(now(6), documents(&[]));
    assert_eq!(now(8), documents(&[]));
    assert_eq!(now(9), documents(&[]));
    let rings: Vec<Vec<usize>> = corpus
        .relations
        .rings
        .iter()
        .map(|ring| ring.iter().map(|item| item.chapter).collect())
        .collect();
    assert_eq!(rings, [vec![4, 5], vec![7]]);
}

#[test]
fn years_and_dates_are_no_numbers_of_documents() {
    let text = design("Plan 2026: carts", "");
    let other = design("Plan 2026: cards", "");
    let corpus = corpus(&[
        ("app-2026-04-29-a.md", &text),
        ("app-2026-04-30-b.md", &other),
        ("2026-04-29-c.md", &text),
    ]);
    assert_eq!(corpus.relations.same_number, [[]; 0]);
}

#[test]
fn what_says_so_itself_is_superseded_without_a_known_successor() {
    let (a, b) = (record("A", "Superseded"), design("B", "**Depends on:** [A](a.md)  "));
    let corpus = corpus(&[("a.md", &a), ("b.md", &b)]);
    assert_eq!(corpus.relations.in_force_instead(Item::document(0)), Some(&[][..]));
    assert!(corpus.chapters[0].document.as_ref().unwrap().superseded);
    assert!(!corpus.chapters[1].document.as_ref().unwrap().superseded);
}

#[test]
fn rings_that_lead_to_each_other_are_two() {
    let by = |numbers: &[usize]| {
        let links = numbers.iter().map(|number| format!("[{number}]({number}.md)"));
        record("T", &format!("Superseded by {}", links.collect::<Vec<_>>().join(", ")))
    };
    let texts = [by(&[1]), by(&[0, 2]), by(&[3]), by(&[4]), by(&[3])];
    let paths: Vec<String> = (0..texts.len()).map(|number| format!("{number}.md")).collect();
    let chapters: Vec<(&str, &str)> = paths
        .iter()
        .zip(&texts)
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let rings = corpus(&chapters).relations.rings;
    let rings: Vec<Vec<usize>> = rings
        .iter()
        .map(|ring| ring.iter().map(|item| item.chapter).collect())
        .collect();
    assert_eq!(rings, [[0, 1], [3, 4]]);
}

#[test]
fn rows_of_a_table_are_named_by_number_in_a_column() {
    let log = "# Decision Log\n\n| # | Date | Decision | Superseded by |\n|--|--|--|--|\n\
               | 1 | 2026-01-02 | Use a queue | 2 |\n| 2 | 2026-01-03 | Use 1 bus | |\n";
    let corpus = corpus(&[("log.md", log)]);
    assert_eq!(
        relations(&corpus),
        ["log.md 1 superseded-by log.md 2", "log.md 2 supersedes log.md 1"]
    );
}

#[test]
fn a_number_of_a_document_and_its_translations_names_the_document() {
    let (a, b) = (
        record("27. A", "Accepted"),
        record("28. B", "Accepted\n\nSupersedes ADR-27"),
    );
    let corpus = corpus(&[("adr/0027-a.md", &a), ("adr/0027-a.de.md", &a), ("adr/0028-b.md", &b)]);
    assert_eq!(
        relations(&corpus),
        [
            "adr/0027-a.md superseded-by adr/0028-b.md",
            "adr/0028-b.md supersedes adr/0027-a.md"
        ]
    );
}

#[test]
fn a_number_used_twice_names_neither() {
    let log = "# A log\n\n**Author:** Ada Obi\n**Status:** Draft\n\n## Decision Log\n\n| ID | Date | Decision | Rationale |\n|--|--|--|--|\n\
               | D-1 | 2026-09-01 | Go | Cheap |\n| D-1 | 2026-09-02 | Stop | Dear |\n| D-2 | 2026-09-03 | Wait | Replaces D-1 |\n";
    let (a, b) = (record("27. A", "Accepted"), record("27. B", "Accepted"));
    let c = record("28. C", "Accepted\n\nSupersedes ADR-0027");
    let chapters = [
        ("adr/0027-a.md", a.as_str()),
        ("adr/0027-b.md", &b),
        ("adr/0028-c.md", &c),
        ("adr/0028-c.de.md", &c),
        ("log.md", log),
    ];
    let corpus = corpus(&chapters);
    let shown = |items: &[Item]| items.iter().map(|item| shown(&corpus, *item)).collect::<Vec<_>>();
    let twice: Vec<Vec<String>> = corpus.relations.same_number.iter().map(|same| shown(same)).collect();
    assert_eq!(
        twice,
        [["adr/0027-a.md", "adr/0027-b.md"], ["log.md D-1", "log.md D-1"]]
    );
    let unresolved = corpus.relations.unresolved.iter();
    let unresolved: Vec<(&str, usize)> = unresolved
        .map(|each| (each.mention.text.as_str(), each.candidates.len()))
        .collect();
    assert_eq!(unresolved, [("ADR-0027", 2), ("ADR-0027", 2), ("D-1", 2)]);
    let decisions = &corpus.chapters[4].document.as_ref().unwrap().decisions;
    assert!(decisions.iter().all(|decision| !decision.superseded));
}
