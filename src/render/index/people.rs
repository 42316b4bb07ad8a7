//! The people of the book, with the documents they own, their open questions and their reviews.

use std::collections::{BTreeSet, HashMap};

use maud::{PreEscaped, html};

use super::days::Days;
use super::table::{Cell, Column, Row, Rows, Table};
use super::{Entry, IndexWriter};
use crate::config::Anchors;
use crate::model::{Document, OpenQuestion, Person, StatusClass};
use crate::render::words::fill;
use crate::render::{badge, link};

/// A person, known by all names that documents use.
#[derive(Default)]
pub(super) struct KnownPerson<'a> {
    pub(super) name: &'a str,
    owns: Vec<Entry<'a>>,
    /// The open questions that this person is to decide.
    pub(super) owes: Vec<(Entry<'a>, &'a OpenQuestion)>,
    /// The documents that wait for this person's review.
    pub(super) reviews: Vec<Entry<'a>>,
    /// The names under which the questions show this person.
    pub(super) as_owner: BTreeSet<&'a str>,
}

impl KnownPerson<'_> {
    /// The days of the open questions.
    pub(super) fn days(&self) -> Days {
        Days::of(self.owes.iter().map(|(_, question)| *question))
    }
}

/// Everyone with documents, questions or reviews, by name.
pub(super) fn table<'a>(documents: &[Entry<'a>], at: IndexWriter<'a>) -> Table<'a> {
    let words = at.writer.words;
    let mut people = gathered(documents);
    people.retain(|person| !(person.owns.is_empty() && person.owes.is_empty() && person.reviews.is_empty()));
    people.sort_by_cached_key(|person| person.name.trim_start_matches('@').to_lowercase());
    let count = at.writer.text(&words.n_people.fill(people.len()));
    let slugs = slugs(people.iter().map(|person| person.name));
    let people: Vec<_> = people.into_iter().zip(slugs).collect();
    Table {
        summary: format!("{count} {}. {}", at.in_documents(documents), at.writer.as_of()),
        columns: vec![
            Column::subject(words.person, "person text"),
            Column::short(words.owes, "").labelled(),
            Column::short(words.to_review, "").labelled(),
            Column::short(words.owns, "").labelled(),
        ],
        rows: Rows::new(people, move |(person, slug)| row(person, slug, &at)),
        empty: at.writer.text(words.no_entries),
        ..Table::default()
    }
}

fn row<'a>(person: &KnownPerson<'a>, slug: &str, at: &IndexWriter<'a>) -> Row {
    let writer = at.writer;
    let standing = |question: &OpenQuestion| question.standing(writer.today, writer.config.due_soon_days);
    let mut owes: Vec<_> = person
        .owes
        .iter()
        .map(|&(entry, question)| (standing(question), question.day(), entry, question))
        .collect();
    owes.sort_by_key(|(standing, due, ..)| (*standing, *due));
    let owed = owes.iter().map(|(standing, _, entry, question)| {
        let href = at.href(*entry, link::question_anchor(entry.chapter, question, writer));
        let badge = badge::in_index(question, *standing, &href, writer);
        format!("{} {badge}", writer.text(&question.question.text))
    });
    let documents = |entries: &[Entry<'a>]| list(entries.iter().map(|entry| titled(*entry, at)), None, at);
    let name = match writer.html {
        true => html! { span id=(slug) { (person.name) } }.into_string(),
        false => writer.text(person.name) + &link::anchor(slug, Anchors::BehindText, writer),
    };
    let cells = [
        name,
        list(owed, overdue(person, at), at),
        documents(&person.reviews),
        documents(&person.owns),
    ];
    Row {
        cells: cells.map(Cell::from).to_vec(),
        ..Row::default()
    }
}

/// The document's title with its status.
fn titled<'a>(entry: Entry<'a>, at: &IndexWriter<'a>) -> String {
    let title = at.document(entry);
    match &entry.document.status {
        Some(status) => format!("{title} {}", at.writer.status(status)),
        None => title,
    }
}

/// The number of a person's overdue questions, which a script recounts.
fn overdue(person: &KnownPerson<'_>, at: &IndexWriter<'_>) -> Option<String> {
    let writer = at.writer;
    let mut days: Vec<_> = person.owes.iter().filter_map(|(_, question)| question.day()).collect();
    days.sort_unstable();
    let now = days.partition_point(|day| *day < writer.today);
    let days: Vec<String> = days.iter().map(ToString::to_string).collect();
    let said = fill(writer.words.n_overdue, &now.to_string());
    (!days.is_empty()).then(|| {
        html! { " " span.dd-count data-count="overdue" data-dues=(days.join(" ")) hidden[now == 0] { (said) } }
            .into_string()
    })
}

/// The number of items, with `more` behind it, above the items, which open at a click.
fn list(items: impl Iterator<Item = String>, more: Option<String>, at: &IndexWriter<'_>) -> String {
    let items: Vec<String> = items.collect();
    match (items.is_empty(), at.writer.html) {
        (true, _) => String::new(),
        (_, true) => html! {
            details {
                summary { (items.len()) @if let Some(more) = more { (PreEscaped(more)) } }
                ul { @for item in &items { "\n" li { (PreEscaped(item)) } } }
            }
        }
        .into_string(),
        (_, false) => items.join("; "),
    }
}

/// The id of each name: `ada-obi`. Two people of one name have different ids.
pub(super) fn slugs<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    names
        .map(|name| {
            let lower = name.to_lowercase();
            let words = lower
                .split(|letter: char| !letter.is_alphanumeric())
                .filter(|word| !word.is_empty());
            let slug = words.collect::<Vec<_>>().join("-");
            let count = seen.entry(slug.clone()).or_default();
            *count += 1;
            match *count {
                1 => slug,
                count => format!("{slug}-{count}"),
            }
        })
        .collect()
}

/// Everyone who is named in the documents.
pub(super) fn gathered<'a>(documents: &[Entry<'a>]) -> Vec<KnownPerson<'a>> {
    let mut crowd = Crowd::default();
    // Names come first: a handle alone belongs to the only person whose name can form it.
    for is_named in [true, false] {
        for person in documents.iter().flat_map(|entry| entry.document.people()) {
            if person.name.is_some() == is_named {
                crowd.meet(person);
            }
        }
    }
    for &entry in documents {
        let document = entry.document;
        for person in document.owners() {
            crowd.add_fact(person, |known| known.owns.push(entry));
        }
        for at in crowd.waiting(document) {
            crowd.people[at].reviews.push(entry);
        }
        for question in document.questions.iter().filter(|question| !question.resolved) {
            for person in &question.owners {
                crowd.add_fact(person, |known| {
                    known.owes.push((entry, question));
                    known.as_owner.insert(person.display());
                });
            }
        }
    }
    crowd.people
}

/// People, indexed by all of their names.
#[derive(Default)]
struct Crowd<'a> {
    people: Vec<KnownPerson<'a>>,
    known: HashMap<String, usize>,
    /// The handles that a name can form; None if several names can form it.
    likely: HashMap<String, Option<usize>>,
}

impl<'a> Crowd<'a> {
    fn meet(&mut self, person: &'a Person) {
        let keys: Vec<String> = person.keys().collect();
        if keys.is_empty() {
            return;
        }
        let found = keys.iter().find_map(|key| self.known.get(key).copied());
        let likely = || self.likely.get(keys.first()?.strip_prefix('@')?).copied().flatten();
        let at = found.or_else(likely).unwrap_or_else(|| {
            self.people.push(KnownPerson {
                name: person.display(),
                ..KnownPerson::default()
            });
            self.people.len() - 1
        });
        for key in keys {
            self.known.entry(key).or_insert(at);
        }
        for handle in person.name.iter().flat_map(|name| handles(name)) {
            let likely = self.likely.entry(handle).or_insert(Some(at));
            if *likely != Some(at) {
                *likely = None;
            }
        }
    }

    fn find(&self, person: &Person) -> Option<usize> {
        person.keys().find_map(|key| self.known.get(&key).copied())
    }

    fn add_fact(&mut self, person: &'a Person, fact: impl FnOnce(&mut KnownPerson<'a>)) {
        if let Some(at) = self.find(person) {
            fact(&mut self.people[at]);
        }
    }

    /// The people who were asked to review the document and have not approved it.
    fn waiting(&self, document: &Document) -> BTreeSet<usize> {
        let is_asked = document.status.as_ref().is_none_or(|status| {
            let class = matches!(
                status.class,
                StatusClass::Review | StatusClass::Draft | StatusClass::Unknown
            );
            class && !status.is_unfilled()
        });
        let asked = document.reviewers.iter().chain(&document.approvers);
        let asked = asked.filter(|_| is_asked);
        let approved: Vec<usize> = asked
            .clone()
            .filter(|person| person.approved == Some(true))
            .filter_map(|person| self.find(person))
            .collect();
        asked
            .filter_map(|person| self.find(person))
            .filter(|at| !approved.contains(at))
            .collect()
    }
}

/// `tunde`, `bello`, `tbello`, `tundebello`, `tunde-bello` and the like, for Tunde Bello.
fn handles(name: &str) -> Vec<String> {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    match words.as_slice() {
        [] => Vec::new(),
        [only] => vec![(*only).to_owned()],
        [first, .., last] => {
            let initial: String = first.chars().take(1).collect();
            let mut handles = vec![(*first).to_owned(), (*last).to_owned(), format!("{initial}{last}")];
            handles.extend(["", "-", ".", "_"].map(|between| words.join(between)));
            handles
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::{Chapter, DateText, Deadline, Fragment, Status, When};
    use crate::render::writer::Writer;
    use jiff::civil::date;

    fn person(name: &str, handle: Option<&str>, approved: Option<bool>) -> Person {
        Person {
            name: (!name.is_empty()).then(|| name.to_owned()),
            handle: handle.map(str::to_owned),
            approved,
            ..Person::default()
        }
    }

    #[test]
    fn everybody_sees_what_is_theirs() {
        let chapter = Chapter {
            path: "a.md".into(),
            ..Chapter::default()
        };
        let document = Document {
            authors: vec![person("Ada Obi", None, None)],
            reviewers: vec![
                person("Tunde Bello", None, None),
                person("Musa Danjuma", None, None),
                person("", Some("@mdanjuma"), Some(true)),
            ],
            status: Some(Status {
                text: "In Review".into(),
                state: "in-review".into(),
                class: StatusClass::Review,
                ..Status::default()
            }),
            questions: vec![OpenQuestion {
                id: "q".into(),
                question: Fragment {
                    text: "Why <b>?".into(),
                    ..Fragment::default()
                },
                due: Some(Deadline(DateText {
                    when: When::Day(date(2026, 1, 1)),
                    ..DateText::default()
                })),
                owners: vec![person("", Some("@tunde"), None)],
                ..OpenQuestion::default()
            }],
            ..Document::default()
        };
        let config = Config {
            html: false,
            ..Config::default()
        };
        let writer = Writer::new(&config, date(2026, 3, 1));
        let documents = [Entry {
            chapter: &chapter,
            document: &document,
            book: None,
        }];
        let table = table(&documents, IndexWriter::alone(&writer, 0)).read();
        let contents = |row: &Row| row.cells.iter().map(|cell| cell.content.clone()).collect::<Vec<_>>();
        let rows: Vec<_> = table.rows.iter().map(|row| contents(row).join(" / ")).collect();
        assert_eq!(
            rows,
            [
                "Ada Obi /  /  / [a.md](a.md) In Review",
                "Tunde Bello / Why &lt;b&gt;? [overdue 2026-01-01](a.md) / [a.md](a.md) In Review / ",
            ],
            "who has approved is not asked again"
        );
    }
}
