//! How authors write the facts of a document: each convention is a sample with what is read from
//! it, `tests/conventions/<group>/<name>.{md,txt,toml}`, and all of them are the manual's page
//! "What it understands". To add one, write the `.md`, a `.txt` with its name, a sentence about
//! it and a blank line, and run with `SNAPSHOTS=overwrite`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::PathBuf;

use jiff::civil::date;
use mdbook_design_docs::author::change;
use mdbook_design_docs::model::{Corpus, Document, DocumentKind};
use mdbook_design_docs::source::splice;
use mdbook_design_docs::{Analysis, Config, Source, parse};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::support::book::{BookTest, run};
use crate::support::{files_below, none, project, read, snapshot};

/// The groups in the page's order: the folder, the heading, and what is common to its samples.
/// No heading is one that a design document would have.
const GROUPS: &[(&str, &str, &str)] = &[
    (
        "1-metadata",
        "Where the metadata stands",
        "Author, reviewers, dates, status and the like are read wherever a document has them.",
    ),
    (
        "2-status",
        "How far it is",
        "A status is a known word; text after it is a remark.",
    ),
    (
        "3-people-and-dates",
        "Who and when",
        "People are identified by email address or handle, or else by name. Dates are never guessed.",
    ),
    (
        "4-decisions",
        "What was decided",
        "Decisions are read from tables, headings and lists. A decision record is one decision.",
    ),
    (
        "5-questions",
        "What is undecided",
        "Questions are read below a heading such as *Open Questions*, *Unresolved questions* or *Outstanding issues*. \
         A question is open until the author marks it as resolved.",
    ),
    (
        "6-left-alone",
        "What is left alone",
        "Other pages are not changed, and other tables are not read as decision logs.",
    ),
    (
        "7-your-own",
        "Words of your own",
        "Add the words of your team in `book.toml`.",
    ),
    (
        "8-german",
        "German",
        "Read with `languages = [\"de\"]`, in a book whose `language` is `de`, and in chapters that are clearly \
         German. Known gaps: compounds are not split, so add headings such as *Offene Sicherheitsfragen* and \
         *Datenbankentscheidungen* to [`sections`](configuration.md#sections). *Frage* and *Offen* alone do not begin \
         a section.",
    ),
    (
        "9-french",
        "French",
        "Known gaps: feminine and inclusive forms are known only for authors, reviewers and deciders, and only with \
         the middle dot, not with full stops (*Auteur.e.s*). *Validation* is not read as a heading of approvers.",
    ),
    (
        "10-spanish",
        "Spanish",
        "Known gaps: *Pendientes* and *Pregunta* alone do not begin a section, since task lists use them too. Two \
         family names joined by `y` may be read as two people.",
    ),
    (
        "11-portuguese",
        "Portuguese",
        "Brazil and Portugal share one list of words. Known gaps: only a few spellings from before 2009 are known, \
         and *Pendências* alone does not begin a section.",
    ),
    (
        "12-japanese",
        "Japanese",
        "Labels and columns are read, sentences are not: no date and no person is read from `11月13日までに佐藤が決める`. \
         Headings must match as a whole: *未決事項* is known, *配送に関する未決事項* is not; *課題* and *確認事項* alone do not begin a \
         section.",
    ),
    (
        "13-chinese",
        "Chinese",
        "Simplified and traditional characters are read. Known gaps: headings must match as a whole, so *待定问题* is \
         known and *支付模块待定问题* is not; *问题* and *待办* alone do not begin a section; few words specific to Hong Kong or \
         Taiwan are known.",
    ),
];

/// One sample.
struct Convention {
    group: String,
    name: String,
    title: String,
    sentence: String,
    sample: String,
    settings: Option<String>,
    reading: Vec<(String, String)>,
}

fn folder() -> PathBuf {
    project().join("tests/conventions")
}

fn conventions() -> Vec<Convention> {
    let mut samples: Vec<Convention> = files_below(&folder())
        .iter()
        .filter_map(|file| file.strip_suffix(".md"))
        .map(|path| {
            let (group, name) = path.split_once('/').unwrap();
            let told = read(&folder().join(format!("{path}.txt")));
            let mut told = told.lines();
            let settings = folder().join(format!("{path}.toml"));
            Convention {
                group: group.to_owned(),
                name: name.to_owned(),
                title: told.next().unwrap().to_owned(),
                sentence: told.next().unwrap().to_owned(),
                sample: read(&folder().join(format!("{path}.md"))),
                settings: settings.exists().then(|| read(&settings)),
                reading: Vec::new(),
            }
        })
        .collect();
    // Samples with the same settings are chapters of one book.
    let mut books: BTreeMap<Option<String>, Vec<usize>> = BTreeMap::new();
    for (index, sample) in samples.iter().enumerate() {
        books.entry(sample.settings.clone()).or_default().push(index);
    }
    for (settings, indices) in books {
        for (index, reading) in export(settings.as_deref().unwrap_or_default(), &samples, &indices) {
            samples[index].reading = reading;
        }
    }
    samples
}

/// The readings of the samples at `indices`, by `export` of a book of them.
fn export(settings: &str, samples: &[Convention], indices: &[usize]) -> Vec<(usize, Vec<(String, String)>)> {
    let path = |sample: &Convention| format!("{}/{}.md", sample.group, sample.name);
    let mut summary = "# Summary\n\n".to_owned();
    let mut files = vec![(
        "book.toml".to_owned(),
        format!(
            "[book]\ntitle = \"Conventions\"\n\n[preprocessor.design-docs]\nafter = [\"links\"]\n{}",
            keys(settings)
        ),
    )];
    for &index in indices {
        let sample = &samples[index];
        writeln!(summary, "- [{}]({})", sample.title, path(sample)).unwrap();
        files.push((format!("src/{}", path(sample)), sample.sample.clone()));
    }
    files.push(("src/SUMMARY.md".to_owned(), summary));
    let book = BookTest::from_files(files);
    let root = book.root().to_str().unwrap();
    let output = run(&["export", root, "--format", "json", "--today", "2026-02-15"], b"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let export: Value = serde_json::from_slice(&output.stdout).unwrap();
    let documents = export["documents"].as_array().unwrap();
    indices
        .iter()
        .map(|&index| {
            let path = path(&samples[index]);
            let document = documents.iter().find(|document| document["path"] == path.as_str());
            (index, document.map(reading).unwrap_or_default())
        })
        .collect()
}

/// The settings without the head of the table that they share.
fn keys(settings: &str) -> String {
    settings.replace("[preprocessor.design-docs]\n", "")
}

/// What was read, as far as there is anything: names and values.
fn reading(document: &Value) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut add = |name: &str, value: String| {
        if !value.is_empty() {
            out.push((name.to_owned(), value));
        }
    };
    add("title", text(&document["title"]));
    if document["kind"] != "design" {
        add("kind", text(&document["kind"]));
    }
    let status = &document["status"];
    if status.is_object() {
        add(
            "status",
            format!("{} (`{}`)", text(&status["text"]), text(&status["state"]))
                .trim()
                .to_owned(),
        );
    }
    add("created", day(&document["created"]));
    add("updated", day(&document["updated"]));
    add("revisit", due(&document["revisit"]));
    add("review until", due(&document["review_until"]));
    for role in ["authors", "reviewers", "approvers", "deciders"] {
        add(role, list(&document[role], person));
    }
    add("target release", text(&document["target_release"]));
    add(
        "links",
        list(&document["links"], |link| {
            format!("{}: {}", text(&link["label"]), text(&link["text"]))
        }),
    );
    for each in document["relations"].as_array().unwrap() {
        add(&text(&each["kind"]).replace('-', " "), text(&each["text"]));
    }
    add("tags", list(&document["tags"], text));
    add("affects", list(&document["affects"], text));
    for each in document["decisions"].as_array().unwrap() {
        let facts = [
            text(&each["decision"]),
            day(&each["date"]),
            list(&each["decided_by"], text),
            because(&text(&each["rationale"])),
            again(&due(&each["revisit"])),
        ];
        add("decision", joined(&facts));
    }
    for each in document["open_questions"].as_array().unwrap() {
        let facts = [
            text(&each["question"]),
            text(&each["context"]),
            day(&each["due"]),
            list(&each["owners"], text),
            text(&each["standing"]),
        ];
        add("question", joined(&facts));
    }
    out
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn because(reason: &str) -> String {
    if reason.is_empty() {
        String::new()
    } else {
        format!("because: {reason}")
    }
}

fn again(due: &str) -> String {
    if due.is_empty() {
        String::new()
    } else {
        format!("revisit: {due}")
    }
}

/// A deadline, and how it stands.
fn due(value: &Value) -> String {
    match value["standing"].as_str() {
        Some(standing) => format!("{} ({standing})", day(value)),
        None => String::new(),
    }
}

/// A date as read; in quotes what is none.
fn day(value: &Value) -> String {
    match (value["date"].as_str(), value["text"].as_str()) {
        (Some(date), _) => date.to_owned(),
        (None, Some(text)) => format!("“{text}”"),
        (None, None) => String::new(),
    }
}

fn person(value: &Value) -> String {
    let mut out = ["name", "handle", "email"]
        .iter()
        .map(|key| text(&value[*key]))
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    if let Some(approved) = value["approved"].as_bool() {
        out += if approved { " ✓" } else { " –" };
    }
    out
}

fn list(value: &Value, each: impl Fn(&Value) -> String) -> String {
    value
        .as_array()
        .into_iter()
        .flatten()
        .map(each)
        .collect::<Vec<_>>()
        .join(", ")
}

fn joined(facts: &[String]) -> String {
    facts
        .iter()
        .filter(|fact| !fact.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join(" · ")
}

#[test]
fn every_convention_is_read_as_it_is_told() {
    for convention in conventions() {
        let mut told = format!("{}\n{}\n\n", convention.title, convention.sentence);
        if convention.reading.is_empty() {
            told += "no design document\n";
        }
        for (name, value) in &convention.reading {
            writeln!(told, "{name}: {value}").unwrap();
        }
        let path = folder().join(format!("{}/{}.txt", convention.group, convention.name));
        snapshot::assert_matches(&path, &told);
    }
}

#[test]
fn the_manual_shows_every_convention() {
    let mut page = "# What it understands\n\n\
         Authors do not have to change how they write. Each form below has a sample and the facts that are \
         read in it; every sample is also a test.\n"
        .to_owned();
    let all = conventions();
    for (folder, heading, about) in GROUPS {
        write!(page, "\n## {heading}\n\n{about}\n").unwrap();
        for convention in all.iter().filter(|convention| convention.group == *folder) {
            show(convention, &mut page);
        }
    }
    for convention in &all {
        let is_shown = GROUPS.iter().any(|(folder, ..)| *folder == convention.group);
        assert!(is_shown, "{} has no group on the page", convention.group);
    }
    let path = project().join("book-example/src/reference/what-it-understands.md");
    snapshot::assert_matches(&path, &page);
    let source = Source {
        path: "reference/what-it-understands.md".to_owned(),
        text: page,
        ..Source::default()
    };
    let corpus = parse::corpus(&[source], &Config::default());
    assert!(
        corpus.documents().next().is_none(),
        "the page itself is no design document"
    );
}

fn show(convention: &Convention, page: &mut String) {
    let Convention {
        title,
        sentence,
        sample,
        ..
    } = convention;
    write!(page, "\n### {title}\n\n{sentence}\n\n````markdown\n{sample}````\n\n").unwrap();
    if let Some(settings) = &convention.settings {
        write!(page, "```toml\n{settings}```\n\n").unwrap();
    }
    if convention.reading.is_empty() {
        page.push_str("This is not a design document.\n");
        return;
    }
    page.push_str("| read | as |\n|------|----|\n");
    for (name, value) in &convention.reading {
        writeln!(page, "| {name} | {} |", cell(value)).unwrap();
    }
}

/// `value` as plain text of a cell.
fn cell(value: &str) -> String {
    let mut out = String::new();
    for ch in value.chars() {
        if matches!(ch, '|' | '*' | '_' | '[' | ']' | '<' | '>' | '\\' | '#' | '~' | '@') && ch != '@' {
            out.push('\\');
        }
        out.push(ch);
    }
    out
}

/// Every Markdown text of the tests, by its path, and the samples with CR LF.
fn texts() -> Vec<(String, String)> {
    let mut out = Vec::new();
    for folder in ["tests/conventions", "tests/books", "book-example/src"] {
        let files = files_below(&project().join(folder));
        for file in files
            .iter()
            .filter(|file| file.ends_with(".md") && !file.contains("expected/"))
        {
            let path = format!("{folder}/{file}");
            let text = read(&project().join(&path));
            if folder == "tests/conventions" {
                out.push((format!("{path}, CR LF"), text.replace('\n', "\r\n")));
            }
            out.push((path, text));
        }
    }
    out
}

fn parsed(path: &str, text: &str) -> (Source, Corpus) {
    let source = Source {
        path: path.to_owned(),
        name: path.to_owned(),
        text: text.to_owned(),
        ..Source::default()
    };
    let corpus = parse::corpus(std::slice::from_ref(&source), &Config::default());
    (source, corpus)
}

/// The words of a text in lower case.
/// In one spelling: the card has the composed one.
fn words(text: &str) -> BTreeSet<String> {
    let text: String = text.nfc().collect();
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Everything that the card has to show of a document.
fn told(document: &Document) -> String {
    let mut out = document.title.value.clone();
    let mut add = |text: &str| {
        out.push(' ');
        out.push_str(text);
    };
    document.status.iter().for_each(|status| add(&status.text));
    [&document.created, &document.updated]
        .into_iter()
        .flatten()
        .for_each(|date| add(&date.text));
    [&document.revisit, &document.review_until]
        .into_iter()
        .flatten()
        .for_each(|due| add(&due.0.text));
    let roles = [
        &document.authors, &document.reviewers, &document.approvers, &document.deciders,
    ];
    for person in roles.into_iter().flatten() {
        let parts = [&person.name, &person.handle, &person.email, &person.url];
        parts.into_iter().flatten().for_each(|part| add(part));
    }
    document.target_release.iter().for_each(|release| add(release));
    for link in &document.links {
        [&link.label, &link.text, link.url.as_ref().unwrap_or(&link.text)]
            .into_iter()
            .for_each(|part| add(part));
    }
    for fact in &document.facts {
        [&fact.label, &fact.text, &fact.markdown]
            .into_iter()
            .for_each(|part| add(part));
    }
    out
}

/// Words of labels, whose place the card's own labels take, and marks of Markdown and HTML.
const LABELS: &str = "author authors s email date status state created creation start updated last modified owner \
    owners reviewers reviewer approvers approver deciders decider decision makers target release title document \
    control doc field value role name approved metadata br and 1 tbd decided by proposed reviewed driver initial introduced createdon \
    lastupdated valid until revisit next review feedback comments autor autora estado situação auteur rice créé le statut relecteurs dernière mise à jour et décideurs \
    作成者 作成日 ステータス 承認者 最終更新日 作者 状态 评审人 创建日期 决策者 決策者 最後更新";

#[test]
fn what_the_card_replaces_it_tells() {
    let mut problems = Vec::new();
    for (path, text) in texts() {
        let (_, corpus) = parsed(&path, &text);
        let Some(document) = &corpus.chapters[0].document else {
            continue;
        };
        if document.status.as_ref().is_some_and(|status| status.text.is_empty()) {
            // The choices of a template are told by the word that it is unfilled.
            continue;
        }
        let known: BTreeSet<String> = &words(&told(document)) | &words(LABELS);
        for span in &document.layout.replaced {
            // A comment of the YAML is no text of the page.
            let shown: Vec<&str> = span
                .of(&text)
                .lines()
                .map(|line| line.split(" # ").next().unwrap_or(line))
                .collect();
            let lost: Vec<String> = words(&shown.join("\n")).difference(&known).cloned().collect();
            if !lost.is_empty() {
                problems.push(format!("{path}: {lost:?} of {:?}", span.of(&text)));
            }
        }
    }
    none("words lost", &problems);
}

#[test]
fn edits_leave_the_document_as_it_was() {
    let mut problems = Vec::new();
    let today = date(2026, 2, 15);
    for (path, text) in texts() {
        let (source, before) = parsed(&path, &text);
        let Some(document) = &before.chapters[0].document else {
            continue;
        };
        let mut places: Vec<usize> = document.questions.iter().map(|question| question.badge_at).collect();
        places.push(document.layout.header_at);
        places.extend(document.decisions.iter().filter_map(|decision| decision.anchor_at));
        if let Some(at) = places.iter().find(|at| !text.is_char_boundary(**at)) {
            problems.push(format!("{path}: byte {at} is within a character"));
            continue;
        }
        let analysis = Analysis::read(&[source], Config::default(), today);
        let edited = splice(&text, &analysis.pages().edits(0));
        let (_, after) = parsed(&path, &edited);
        let headings = |corpus: &Corpus| -> Vec<String> {
            let headings = &corpus.chapters[0].headings;
            headings.iter().map(|heading| heading.words.text.to_string()).collect()
        };
        if headings(&before) != headings(&after) {
            problems.push(format!("{path}: {:?} became {:?}", headings(&before), headings(&after)));
        }
        // The header has gone, so the document may no longer be recognised as one.
        let Some(again) = &after.chapters[0].document else {
            continue;
        };
        let questions = |document: &Document| document.questions.len();
        let decisions = |document: &Document| document.decisions.len();
        if questions(document) != questions(again) {
            problems.push(format!(
                "{path}: {} questions became {}",
                questions(document),
                questions(again)
            ));
        }
        let is_record = document.kind == DocumentKind::Adr;
        if !is_record && decisions(document) != decisions(again) {
            problems.push(format!(
                "{path}: {} decisions became {}",
                decisions(document),
                decisions(again)
            ));
        }
        for (question, now) in document.questions.iter().zip(&again.questions) {
            if !now.question.text.starts_with(&question.question.text) {
                problems.push(format!(
                    "{path}: {:?} became {:?}",
                    question.question.text, now.question.text
                ));
            }
        }
    }
    none("edits", &problems);
}

#[test]
fn a_change_is_what_was_asked_for_or_none() {
    let (today, config) = (date(2026, 11, 23), Config::default());
    let (mut set, mut problems) = (0, Vec::new());
    for (path, text) in texts() {
        let (source, before) = parsed(&path, &text);
        for word in ["In Review", "deprecated"] {
            let Ok(edits) = change::set_status(&source, &config, word, today) else {
                continue;
            };
            set += 1;
            let changed = splice(&text, &edits);
            let (again, after) = parsed(&path, &changed);
            let told = |corpus: &Corpus| corpus.chapters[0].document.clone().unwrap();
            let (one, other) = (told(&before), told(&after));
            let is_set = other
                .status
                .is_some_and(|status| status.state == word.to_lowercase().replace(' ', "-"));
            let is_same = (one.title.value, one.questions.len()) == (other.title.value, other.questions.len());
            let twice = change::set_status(&again, &config, word, today).map(|edits| splice(&changed, &edits));
            // What goes are whole links and pairs of marks.
            let count = |text: &str, mark: &str| text.matches(mark).count();
            let open = |text: &str| {
                (
                    count(text, "**") % 2,
                    count(text, "[").cast_signed() - count(text, "]").cast_signed(),
                )
            };
            let is_whole = open(&text) == open(&changed);
            if !is_set || !is_same || !is_whole || twice.as_ref() != Ok(&changed) {
                problems.push(format!("{path}: {word}: {edits:?}"));
            }
        }
    }
    none("changes", &problems);
    assert!(set > 100, "only {set} of all documents took a status");
}

#[test]
fn half_a_document_is_read_too() {
    let today = date(2026, 2, 15);
    for (path, text) in texts() {
        let step = (text.len() / 12).max(1);
        let ends = (0..text.len()).step_by(step).filter(|end| text.is_char_boundary(*end));
        for end in ends {
            let (source, _) = parsed(&path, &text[..end]);
            let analysis = Analysis::read(&[source], Config::default(), today);
            splice(&text[..end], &analysis.pages().edits(0));
        }
    }
}
