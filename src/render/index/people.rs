//! The people of the book: what each owns, is to decide and is asked to review.

use std::collections::HashMap;

use maud::{PreEscaped, html};

use super::table::{Column, Row, Table};
use super::{Entry, Place};
use crate::model::{OpenQuestion, Person, StatusClass};
use crate::render::{badge, tally};

/// Somebody, as far as the documents tell who is who.
#[derive(Default)]
struct Somebody<'a> {
    name: &'a str,
    owns: Vec<Entry<'a>>,
    owes: Vec<(Entry<'a>, &'a OpenQuestion)>,
    reviews: Vec<Entry<'a>>,
}

/// Everybody who owns, owes or is asked something, by name.
pub(super) fn table(documents: &[Entry<'_>], at: &Place<'_>) -> Table {
    let words = at.pen.words;
    let mut people = gathered(documents);
    people.retain(|person| !(person.owns.is_empty() && person.owes.is_empty() && person.reviews.is_empty()));
    people.sort_by_cached_key(|person| person.name.trim_start_matches('@').to_lowercase());
    let count = at.pen.text(&words.n_people.fill(people.len()));
    Table {
        summary: format!("{count} {}. {}", at.in_documents(documents), at.pen.as_of()),
        columns: vec![
            Column::subject(words.person, "person text"),
            Column::short(words.owes, ""),
            Column::short(words.to_review, ""),
            Column::short(words.owns, ""),
        ],
        rows: people.iter().map(|person| row(person, at)).collect(),
        empty: words.no_entries,
        ..Table::default()
    }
}

fn row(person: &Somebody<'_>, at: &Place<'_>) -> Row {
    let pen = at.pen;
    let standing = |question: &OpenQuestion| question.standing(pen.today, pen.config.due_soon_days);
    let mut owes: Vec<_> = person
        .owes
        .iter()
        .map(|&(entry, question)| (standing(question), tally::due(question), entry, question))
        .collect();
    owes.sort_by_key(|(standing, due, ..)| (*standing, *due));
    let owed = owes.iter().map(|(standing, _, entry, question)| {
        let href = at.href(*entry, tally::question_anchor(entry.chapter, question, pen));
        let badge = badge::in_index(question, *standing, &href, pen);
        format!("{} {badge}", pen.text(&question.question.text))
    });
    let documents = |entries: &[Entry<'_>]| list(entries.iter().map(|entry| titled(*entry, at)), at);
    Row {
        state: None,
        cells: vec![
            pen.text(person.name),
            list(owed, at),
            documents(&person.reviews),
            documents(&person.owns),
        ],
    }
}

/// The document with its status.
fn titled(entry: Entry<'_>, at: &Place<'_>) -> String {
    let title = at.document(entry);
    match &entry.document.status {
        Some(status) => format!("{title} {}", at.pen.status(status)),
        None => title,
    }
}

fn list(items: impl Iterator<Item = String>, at: &Place<'_>) -> String {
    let items: Vec<String> = items.collect();
    match (items.is_empty(), at.pen.html) {
        (true, _) => String::new(),
        (_, true) => html! { ul { @for item in &items { "\n" li { (PreEscaped(item)) } } } }.into_string(),
        (_, false) => items.join("; "),
    }
}

fn gathered<'a>(documents: &[Entry<'a>]) -> Vec<Somebody<'a>> {
    let mut crowd = Crowd::default();
    // Whoever writes a document gives name, address and handle; a question gives one of them.
    for &entry in documents {
        let document = entry.document;
        let owners = match document.authors.is_empty() {
            true => &document.deciders,
            false => &document.authors,
        };
        for person in owners {
            crowd.add(person, |somebody| somebody.owns.push(entry));
        }
        let reviewers = document.reviewers.iter().chain(&document.approvers);
        let class = document.status.as_ref().map(|status| status.class);
        let is_asked = matches!(
            class,
            None | Some(StatusClass::Review | StatusClass::Draft | StatusClass::Unknown)
        );
        for person in reviewers {
            let waits = is_asked && person.approved != Some(true);
            crowd.add(person, |somebody| {
                if waits
                    && somebody
                        .reviews
                        .last()
                        .is_none_or(|last| !std::ptr::eq(last.document, document))
                {
                    somebody.reviews.push(entry);
                }
            });
        }
    }
    for &entry in documents {
        let open = entry.document.questions.iter().filter(|question| !question.resolved);
        for question in open {
            for person in &question.owners {
                crowd.add(person, |somebody| somebody.owes.push((entry, question)));
            }
        }
    }
    crowd.people
}

/// People, found again by any of their names.
#[derive(Default)]
struct Crowd<'a> {
    people: Vec<Somebody<'a>>,
    known: HashMap<String, usize>,
}

impl<'a> Crowd<'a> {
    fn add(&mut self, person: &'a Person, tell: impl FnOnce(&mut Somebody<'a>)) {
        if person.display().is_empty() {
            return;
        }
        let keys = [&person.email, &person.handle, &person.name];
        let keys: Vec<String> = keys
            .into_iter()
            .flatten()
            .map(|key| key.trim().to_lowercase())
            .collect();
        let found = keys.iter().find_map(|key| self.known.get(key).copied());
        let at = found.unwrap_or_else(|| {
            self.people.push(Somebody::default());
            self.people.len() - 1
        });
        for key in keys {
            self.known.entry(key).or_insert(at);
        }
        let somebody = &mut self.people[at];
        // A name says more than a handle.
        if somebody.name.is_empty() || (somebody.name.contains('@') && person.name.is_some()) {
            somebody.name = person.display();
        }
        tell(somebody);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::{Chapter, DateText, Deadline, Document, Fragment, Status, When};
    use crate::render::pen::Pen;
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
                person("Tunde Bello", Some("@tunde"), Some(false)),
                person("Musa", None, Some(true)),
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
        let pen = Pen::new(&config, date(2026, 3, 1));
        let documents = [Entry {
            chapter: &chapter,
            document: &document,
        }];
        let table = table(&documents, &Place { pen: &pen, depth: 0 });
        let rows: Vec<_> = table.rows.iter().map(|row| row.cells.join(" / ")).collect();
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
