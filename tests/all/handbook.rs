//! A generated handbook of 400 documents whose every fact is known: all of them, and nothing
//! else, in the export, on the index pages of both mdBooks and in `check`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::support::book::{BookTest, Built, Version, run};
use crate::support::crawl;
use crate::support::handbook::{Date, Day, Document, Handbook, Person, generate};
use crate::support::html::{self, Piece, Row, fold};
use crate::support::json::differences;
use crate::support::none;

const DOCUMENTS: usize = 400;
const SEED: u64 = 2026;

/// The handbook, written once for all tests.
fn handbook() -> &'static (Handbook, BookTest) {
    static HANDBOOK: OnceLock<(Handbook, BookTest)> = OnceLock::new();
    HANDBOOK.get_or_init(|| {
        let handbook = generate(DOCUMENTS, SEED);
        let book = BookTest::from_files(handbook.files.clone()).only_pages();
        (handbook, book)
    })
}

/// Its pages, built once for all tests.
fn built(version: Version) -> &'static Built {
    static BUILT: [OnceLock<Built>; 2] = [OnceLock::new(), OnceLock::new()];
    BUILT[version as usize].get_or_init(|| handbook().1.build(version))
}

#[test]
fn the_export_says_everything_and_nothing_else() {
    let (handbook, book) = handbook();
    let root = book.root().to_str().unwrap();
    let output = run(&["export", root, "--format", "json"], b"");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}\n{stderr}", output.status);
    let export: Value = serde_json::from_slice(&output.stdout).unwrap();
    let documents = export["documents"].as_array().unwrap();
    let found: BTreeMap<&str, &Value> = documents
        .iter()
        .map(|document| (document["path"].as_str().unwrap(), document))
        .collect();
    let mut problems = Vec::new();
    for document in &handbook.documents {
        match found.get(document.path.as_str()) {
            None => problems.push(format!("{}: not in the export", document.path)),
            Some(found) => {
                problems.extend(differences(&document.path, &expected(document), found));
                problems.extend(reviewer_differences(document, found));
            }
        }
    }
    let known: BTreeSet<&str> = handbook.documents.iter().map(|d| d.path.as_str()).collect();
    let others = found.keys().filter(|path| !known.contains(*path));
    problems.extend(others.map(|path| format!("{path}: is no design document")));
    let order: Vec<_> = documents.iter().map(|d| d["path"].as_str().unwrap()).collect();
    let expected_order: Vec<_> = handbook.documents.iter().map(|d| d.path.as_str()).collect();
    if problems.is_empty() && order != expected_order {
        problems.push("the documents are not in the book's order".to_owned());
    }
    none("the export", &problems);
}

fn iso(date: Option<&Date>) -> Option<String> {
    date.and_then(|date| date.day).map(|day: Day| day.to_string())
}

/// The document as `export` must say it. Reviewers are compared without their order.
fn expected(document: &Document) -> Value {
    let person = |person: &Person| json!({"name": person.name, "email": person.email, "handle": person.handle});
    let decisions = document.decisions.iter().map(|decision| {
        json!({
            "date": {"text": decision.date.text, "date": iso(Some(&decision.date))},
            "decision": decision.decision,
            "rationale": decision.rationale,
            "decided_by": decision.decided_by,
            "line": decision.line,
        })
    });
    let questions = document.questions.iter().map(|question| {
        let mut out = json!({
            "question": question.question,
            "context": question.context,
            "owners": question.owners,
            "resolved": question.resolved,
            "standing": question.standing,
            "line": question.line,
        });
        if let Some(due) = &question.due {
            out["due"] = json!({"text": due.text, "date": iso(Some(due))});
        }
        out
    });
    json!({
        "title": document.title,
        "kind": "design",
        "status": {"text": document.status, "state": document.state},
        "created": {"text": document.created.text, "date": iso(Some(&document.created))},
        "updated": {"text": document.updated.text, "date": iso(Some(&document.updated))},
        "authors": document.authors.iter().map(person).collect::<Vec<_>>(),
        "approvers": [],
        "deciders": [],
        "target_release": document.target_release,
        "links": document.links.iter().map(|link| json!({
            "label": link.label, "text": link.text, "url": link.url,
        })).collect::<Vec<_>>(),
        "decisions": decisions.collect::<Vec<_>>(),
        "open_questions": questions.collect::<Vec<_>>(),
    })
}

/// The header's and the checklist's reviewers are one set of people with their ticks.
fn reviewer_differences(document: &Document, found: &Value) -> Option<String> {
    let shown = |who: &str, approved: Option<bool>| format!("{who} {approved:?}");
    let expected: BTreeSet<String> = document
        .reviewers
        .iter()
        .map(|person| shown(person.display(), person.approved))
        .collect();
    let found: BTreeSet<String> = found["reviewers"]
        .as_array()?
        .iter()
        .map(|person| {
            let who = person["name"].as_str().or(person["handle"].as_str());
            shown(who.unwrap_or_default(), person["approved"].as_bool())
        })
        .collect();
    (expected != found).then(|| format!("{}.reviewers: expected {expected:?}, found {found:?}", document.path))
}

#[test]
fn every_decision_is_on_the_decision_log_of_0_4() {
    decision_log(Version::V04);
}

#[test]
fn every_decision_is_on_the_decision_log_of_0_5() {
    decision_log(Version::V05);
}

fn decision_log(version: Version) {
    let rows = body_rows(version, "decision-log.html");
    let mut problems = Vec::new();
    let mut days = vec![None; rows.len()];
    let mut total = 0;
    for document in &handbook().0.documents {
        for decision in &document.decisions {
            total += 1;
            let place = format!("{}:{}", document.path, decision.line);
            let Some(at) = row_of(&rows, &decision.decision) else {
                problems.push(format!("{place}: no row for `{}`", decision.decision));
                continue;
            };
            days[at] = decision.date.day;
            let names = decision.decided_by.iter().map(String::as_str);
            let wanted = names.chain([decision.rationale.as_str()]);
            problems.extend(row_problems(&place, document, &rows[at], wanted));
            problems.extend(date_problem(&place, &decision.date, &rows[at]));
        }
    }
    if rows.len() != total {
        problems.push(format!("{total} decisions, but {} rows", rows.len()));
    }
    if !days.is_sorted_by(|newer, older| newer >= older) {
        problems.push("the newest is not first".to_owned());
    }
    none(&format!("the decision log of mdBook {version}"), &problems);
}

#[test]
fn every_question_is_on_the_index_of_0_4() {
    open_questions(Version::V04);
}

#[test]
fn every_question_is_on_the_index_of_0_5() {
    open_questions(Version::V05);
}

fn open_questions(version: Version) {
    let rows = body_rows(version, "open-questions.html");
    let mut problems = Vec::new();
    let mut total = 0;
    for document in &handbook().0.documents {
        for question in &document.questions {
            total += 1;
            let place = format!("{}:{}", document.path, question.line);
            let Some(at) = row_of(&rows, &question.question) else {
                problems.push(format!("{place}: no row for `{}`", question.question));
                continue;
            };
            let state = html::attribute(&rows[at].attributes, "data-state");
            if state != Some(question.standing) {
                problems.push(format!(
                    "{place}: expected data-state `{}`, found {state:?}",
                    question.standing
                ));
            }
            let owners = question.owners.iter().map(String::as_str);
            problems.extend(row_problems(&place, document, &rows[at], owners));
            if let Some(due) = &question.due
                && !question.resolved
            {
                problems.extend(date_problem(&place, due, &rows[at]));
            }
        }
    }
    if rows.len() != total {
        problems.push(format!("{total} questions, but {} rows", rows.len()));
    }
    let is_overdue = |row: &Row| html::attribute(&row.attributes, "data-state") == Some("overdue");
    if !rows.is_sorted_by(|one, two| is_overdue(one) >= is_overdue(two)) {
        problems.push("what is overdue does not come first".to_owned());
    }
    none(&format!("the open questions of mdBook {version}"), &problems);
}

#[test]
fn every_document_is_on_the_index() {
    for version in Version::ALL {
        let rows = body_rows(version, "design-docs.html");
        let mut problems = Vec::new();
        let documents = &handbook().0.documents;
        for document in documents {
            let page = document.path.replace(".md", ".html");
            let row = rows
                .iter()
                .find(|row| row.links.iter().any(|link| link.starts_with(&page)));
            match row {
                None => problems.push(format!("{}: no row", document.path)),
                Some(row) => {
                    let author = document.authors[0].display();
                    let wanted = [document.status, author];
                    problems.extend(row_problems(&document.path, document, row, wanted));
                }
            }
        }
        if rows.len() != documents.len() {
            problems.push(format!("{} documents, but {} rows", documents.len(), rows.len()));
        }
        none(&format!("the documents of mdBook {version}"), &problems);
    }
}

#[test]
fn every_document_has_its_header_contents_and_badges() {
    for version in Version::ALL {
        let mut problems = Vec::new();
        for document in &handbook().0.documents {
            let page = built(version).page(&document.path.replace(".md", ".html"));
            let found = marks(&page);
            let badges: Vec<&str> = document.questions.iter().map(|q| q.standing).collect();
            let expected = (1, vec![document.state.to_owned()], 1);
            let seen = (found.headers, found.statuses, found.contents);
            if seen != expected {
                problems.push(format!(
                    "{}: headers, statuses and contents: expected {expected:?}, found {seen:?}",
                    document.path
                ));
            }
            if found.badges != badges {
                problems.push(format!(
                    "{}: badges: expected {badges:?}, found {:?}",
                    document.path, found.badges
                ));
            }
        }
        none(&format!("the pages of mdBook {version}"), &problems);
    }
}

#[derive(Default)]
struct Marks {
    headers: usize,
    statuses: Vec<String>,
    contents: usize,
    badges: Vec<String>,
}

/// What of ours stands on a page.
fn marks(page: &str) -> Marks {
    let mut out = Marks::default();
    for piece in html::pieces(page) {
        let Piece::Open(_, attributes) = piece else {
            continue;
        };
        let value = |key| html::attribute(&attributes, key).unwrap_or_default();
        let has = |class| value("class").split_whitespace().any(|word| word == class);
        out.headers += usize::from(has("dd-header"));
        out.contents += usize::from(has("dd-toc"));
        if has("dd-status") {
            out.statuses.push(value("data-status").to_owned());
        }
        if has("dd-due") {
            out.badges.push(value("data-state").to_owned());
        }
    }
    out
}

#[test]
fn no_link_is_dead() {
    for version in Version::ALL {
        crawl::assert_no_dead_links(built(version), &[]);
        none("ids", &crawl::duplicate_ids(built(version)));
    }
}

#[test]
fn ordinary_chapters_come_out_as_they_went_in() {
    let handbook = generate(40, SEED);
    let book = BookTest::from_files(handbook.files.clone());
    for version in Version::ALL {
        let built = book.build(version);
        for path in &handbook.ordinary {
            assert_eq!(built.markdown(path), book.source(path), "{path}, mdBook {version}");
        }
    }
}

#[test]
fn check_names_every_overdue_question_with_its_place() {
    let (handbook, book) = handbook();
    let root = book.root().to_str().unwrap();
    let output = run(&["check", root], b"");
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    let found: Vec<(String, usize)> = findings(&said, "overdue-question");
    let expected: BTreeSet<(String, usize)> = overdue(handbook).collect();
    let mut problems = Vec::new();
    for (path, line) in &expected {
        if !found.iter().any(|(shown, at)| shown.ends_with(path) && at == line) {
            problems.push(format!("{path}:{line}: is overdue, but not reported"));
        }
    }
    for (shown, line) in &found {
        if !expected.iter().any(|(path, at)| shown.ends_with(path) && at == line) {
            problems.push(format!("{shown}:{line}: is reported, but not overdue"));
        }
    }
    if found.len() != expected.len() {
        problems.push(format!("{} are overdue, {} reported", expected.len(), found.len()));
    }
    none("check", &problems);
    assert_eq!(output.status.code(), Some(0), "overdue questions are a warning");
    let denied = run(&["check", root, "--deny", "overdue-question"], b"");
    assert_eq!(denied.status.code(), Some(1), "denied, they are an error");
}

#[test]
#[cfg(unix)]
fn a_build_shows_the_first_ten_findings_and_how_to_see_the_rest() {
    let total = overdue(&handbook().0).count();
    for version in Version::ALL {
        let stderr = &built(version).stderr;
        let shown = stderr.matches("--> ").count();
        assert_eq!(shown, 10, "mdBook {version}:\n{stderr}");
        assert!(stderr.contains("mdbook-design-docs check"), "{stderr}");
        // Other lints may have findings too, so the rest is at least this many.
        let rest = stderr
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|number| number.parse::<usize>().ok())
            .any(|number| (total - 10..total * 10).contains(&number));
        assert!(rest, "the count of the rest, at least {}:\n{stderr}", total - 10);
    }
}

/// The places of all overdue questions.
fn overdue(handbook: &Handbook) -> impl Iterator<Item = (String, usize)> {
    handbook.documents.iter().flat_map(|document| {
        let overdue = document.questions.iter().filter(|q| q.standing == "overdue");
        overdue.map(|question| (document.path.clone(), question.line))
    })
}

/// The places of `lint` in `check`'s human output: `warning[lint]: …`, then `--> path:line:column`.
fn findings(said: &str, lint: &str) -> Vec<(String, usize)> {
    let mut out = Vec::new();
    let mut is_wanted = false;
    for line in said.lines() {
        if let Some((_, place)) = line.split_once("--> ") {
            let mut parts = place.trim().rsplitn(3, ':');
            let (_column, line, path) = (parts.next(), parts.next(), parts.next());
            if is_wanted && let (Some(line), Some(path)) = (line, path) {
                out.push((path.replace('\\', "/"), line.parse().unwrap()));
            }
            is_wanted = false;
        } else if ["warning", "error", "note"].iter().any(|level| line.starts_with(level)) {
            is_wanted = line.contains(lint);
        }
    }
    out
}

fn body_rows(version: Version, page: &str) -> Vec<Row> {
    let path = built(version).html_dir().join(page);
    assert!(path.exists(), "mdBook {version} built no {page}");
    let mut rows = html::rows(&html::main_part(&built(version).page(page)));
    rows.retain(|row| row.is_body);
    rows
}

/// The row that has `words` in it; they are one of a kind.
fn row_of(rows: &[Row], words: &str) -> Option<usize> {
    let words = fold(words);
    rows.iter().position(|row| row.text.contains(&words))
}

/// What the row lacks of `wanted`, and whether it leads to its place in the document.
fn row_problems<'a>(
    place: &str,
    document: &Document,
    row: &Row,
    wanted: impl IntoIterator<Item = &'a str>,
) -> Vec<String> {
    let page = document.path.replace(".md", ".html");
    let mut problems: Vec<String> = wanted
        .into_iter()
        .filter(|words| !row.text.contains(&fold(words)))
        .map(|words| format!("{place}: the row lacks `{words}`: {}", row.text))
        .collect();
    if !row.links.iter().any(|link| link.starts_with(&page)) {
        problems.push(format!("{place}: the row does not lead to {page}: {:?}", row.links));
    }
    problems
}

/// A full date is a `<time>`; anything else stands there as it is written.
fn date_problem(place: &str, date: &Date, row: &Row) -> Option<String> {
    match date.day {
        Some(day) => (!row.times.contains(&day.to_string()) && !row.text.contains(&day.to_string()))
            .then(|| format!("{place}: the row lacks the date {day}: {}", row.text)),
        // Template text left as it was says nothing that a reader needs.
        None if date.text.starts_with('[') => None,
        None => (!row.text.contains(&fold(&date.text)))
            .then(|| format!("{place}: the row lacks `{}`: {}", date.text, row.text)),
    }
}
