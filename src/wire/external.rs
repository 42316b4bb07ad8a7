//! Reads the JSON exports of other books, which `external` in book.toml names.
//!
//! A missing or invalid file does not fail the build: its rows are omitted, and it is a finding at
//! its place in book.toml. The standing of deadlines is that of today, not of the day of the
//! export.

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;

use crate::config::{self, Config, External, Part, Problem};
use crate::model::{
    self, Chapter, DateText, Deadline, DocumentKind, ExternalBook, Fragment, Person, Standing, StatusClass, When,
};
use crate::parse;
use crate::wire::book::load::rendered;
use crate::wire::context::Context;
use crate::wire::error::unreadable;
use crate::wire::files::file::read_file;

/// The supported version of the export.
const VERSION: u64 = 1;

impl Context {
    /// The books listed in `settings`; problems with their files are added to it.
    pub fn external(&self, settings: &mut config::Read) -> Vec<ExternalBook> {
        let mut books = Vec::new();
        for (number, book) in settings.config.external.iter().enumerate() {
            match self.read(book, &settings.config) {
                Ok(book) => books.push(book),
                Err((message, help)) => settings.problems.push(Problem {
                    key: vec!["external".to_owned(), number.to_string(), "file".to_owned()],
                    part: Part::Value,
                    message: format!("{} is left out: {}: {message}", book.name, book.file),
                    help: Some(help.to_owned()),
                    fatal: false,
                }),
            }
        }
        books
    }

    fn read(&self, book: &External, config: &Config) -> Result<ExternalBook, (String, &'static str)> {
        const MAKE: &str = "in that book, run `mdbook-design-docs export --format json --output FILE`";
        let bytes = read_file(&self.folder().join(&book.file)).map_err(|error| (unreadable(&error), MAKE))?;
        let json: Value = serde_json::from_slice(&bytes).map_err(|error| (format!("it is not JSON: {error}"), MAKE))?;
        let version = &json["schema_version"];
        match version.as_u64() {
            Some(VERSION) => {}
            Some(_) => {
                let help = "make it with the same version of mdbook-design-docs as this book's";
                return Err((format!("its schema_version is {version}, not {VERSION}"), help));
            }
            None => return Err(("it is not an export of mdbook-design-docs".to_owned(), MAKE)),
        }
        let export: Export =
            serde_json::from_value(json).map_err(|error| (format!("it is not an export: {error}"), MAKE))?;
        Ok(ExternalBook {
            name: book.name.clone(),
            url: book.url.clone(),
            as_of: export.as_of.and_then(|date| date.parse().ok()),
            chapters: export
                .documents
                .into_iter()
                .map(|document| document.chapter(config))
                .collect(),
        })
    }
}

/// The parts of an export that the indices show; everything else is ignored.
#[derive(Deserialize)]
struct Export {
    as_of: Option<String>,
    documents: Vec<Document>,
}

#[derive(Deserialize)]
struct Document {
    path: String,
    title: String,
    kind: Option<String>,
    status: Option<Status>,
    revisit: Option<Due>,
    review_until: Option<Due>,
    #[serde(default)]
    decisions: Vec<Decision>,
    #[serde(default)]
    open_questions: Vec<Question>,
}

#[derive(Deserialize)]
struct Status {
    text: Option<String>,
    state: String,
}

#[derive(Deserialize)]
struct Decision {
    id: String,
    date: Option<Day>,
    decision: String,
    rationale: Option<String>,
    #[serde(default)]
    decided_by: Vec<String>,
    /// Exports of earlier versions do not have it.
    #[serde(default)]
    superseded: bool,
    revisit: Option<Due>,
}

/// A deadline of a document or a decision.
#[derive(Deserialize)]
struct Due {
    #[serde(flatten)]
    day: Day,
    standing: String,
}

#[derive(Deserialize)]
struct Question {
    id: String,
    question: String,
    context: Option<String>,
    due: Option<Day>,
    #[serde(default)]
    owners: Vec<String>,
    #[serde(default)]
    resolved: bool,
}

#[derive(Deserialize)]
struct Day {
    text: String,
    date: Option<String>,
}

impl Document {
    fn chapter(self, config: &Config) -> Chapter {
        let review_until = self.review_until.and_then(|due| due.read(config));
        let mut document = model::Document {
            revisit: self.revisit.and_then(|due| due.read(config)),
            kind: match self.kind.as_deref() {
                Some("adr") => DocumentKind::Adr,
                Some("log") => DocumentKind::Log,
                _ => DocumentKind::Design,
            },
            status: self.status.map(|status| model::Status {
                text: status.text.unwrap_or_default(),
                state: status.state,
                // The class is that book's own affair; comments are awaited only in a review.
                class: match review_until {
                    Some(_) => StatusClass::Review,
                    None => StatusClass::Unknown,
                },
                ..model::Status::default()
            }),
            review_until,
            decisions: self.decisions.into_iter().map(|each| each.read(config)).collect(),
            questions: self.open_questions.into_iter().map(|each| each.read(config)).collect(),
            ..model::Document::default()
        };
        document.title.value = self.title;
        Chapter {
            path: rendered(&self.path),
            document: Some(document),
            ..Chapter::default()
        }
    }
}

impl Decision {
    fn read(self, config: &Config) -> model::Decision {
        model::Decision {
            id: self.id,
            date: self.date.map(|day| day.read(config)),
            decision: parse::plain(&self.decision),
            rationale: fragment(self.rationale.as_deref()),
            decided_by: self.decided_by.into_iter().map(person).collect(),
            superseded: self.superseded,
            revisit: self.revisit.and_then(|due| due.read(config)),
            // The page has the anchor that its own build inserted.
            anchor_at: Some(0),
            ..model::Decision::default()
        }
    }
}

impl Question {
    fn read(self, config: &Config) -> model::OpenQuestion {
        model::OpenQuestion {
            id: self.id,
            question: parse::plain(&self.question),
            context: fragment(self.context.as_deref()),
            due: self.due.map(|day| Deadline(day.read(config))),
            owners: self.owners.into_iter().map(person).collect(),
            resolved: self.resolved,
            ..model::OpenQuestion::default()
        }
    }
}

impl Due {
    /// The deadline. None if it does not count, as that book knows from the status.
    fn read(self, config: &Config) -> Option<Deadline> {
        let counts = self.standing != Standing::Resolved.word();
        counts.then(|| Deadline(self.day.read(config)))
    }
}

impl Day {
    /// The date as the other book read it; a date that it could not read is read with this book's
    /// milestones and date order.
    fn read(self, config: &Config) -> DateText {
        let date: Option<Date> = self.date.and_then(|date| date.parse().ok());
        DateText {
            when: date.map_or_else(|| parse::deadline(&self.text, config), When::Day),
            text: self.text,
            ..DateText::default()
        }
    }
}

fn fragment(text: Option<&str>) -> Fragment {
    text.map(parse::plain).unwrap_or_default()
}

/// A person of an export, which has only display names: name, else handle, else email.
fn person(called: String) -> Person {
    let mut person = Person::default();
    let place = match called.find('@') {
        Some(0) => &mut person.handle,
        Some(_) => &mut person.email,
        None => &mut person.name,
    };
    *place = Some(called);
    person
}

#[cfg(test)]
mod tests {
    use std::fs;

    use jiff::civil::date;
    use serde_json::json;

    use super::*;
    use crate::model::Promise;

    fn read(file: &str) -> (Vec<ExternalBook>, Vec<Problem>) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("platform.json"), file).unwrap();
        let external = json!([
            {"name": "Platform", "file": "platform.json", "url": "https://example.com/platform"},
            {"name": "Gone", "file": "gone.json", "url": "https://example.com/gone/"},
        ]);
        let context = Context {
            root: folder.path().to_owned(),
            config: json!({"preprocessor": {"design-docs": {"external": external}}}),
            ..Context::default()
        };
        let mut settings = context.settings();
        assert_eq!(settings.problems, []);
        (context.external(&mut settings), settings.problems)
    }

    #[test]
    fn an_export_is_read_as_it_stands_today() {
        let (books, problems) = read(
            &json!({"schema_version": 1, "as_of": "2026-01-01", "documents": [{
                "path": "queues/README.md", "title": "Queues", "key_of_the_future": 1,
                "status": {"text": "In Review", "state": "in-review"},
                "revisit": {"text": "2026-02-01", "date": "2026-02-01", "standing": "resolved"},
                "review_until": {"text": "2026-03-02", "date": "2026-03-02", "standing": "upcoming"},
                "decisions": [
                    {"id": "decision-a", "decision": "*a* <b>", "decided_by": ["@tunde"],
                     "revisit": {"text": "Feb 2026", "date": null, "standing": "upcoming"}},
                ],
                "open_questions": [
                    {"id": "q", "question": "Why?", "standing": "upcoming",
                     "due": {"text": "2 March 2026", "date": "2026-03-02"}},
                    {"id": "r", "question": "When?", "due": {"text": "Feb 2026", "date": null}},
                ],
            }]})
            .to_string(),
        );
        assert_eq!(problems.len(), 1);
        assert!(
            problems[0]
                .message
                .starts_with("Gone is left out: gone.json: the file does not exist"),
            "{problems:?}"
        );
        assert_eq!(problems[0].key, ["external", "1", "file"]);
        let book = &books[0];
        assert_eq!(book.url, "https://example.com/platform/");
        assert_eq!(book.as_of, Some(date(2026, 1, 1)));
        assert_eq!(book.chapters[0].path, "queues/index.md");
        let document = book.chapters[0].document.as_ref().unwrap();
        let today = date(2026, 3, 3);
        assert!(
            document
                .questions
                .iter()
                .all(|question| question.standing(today, 14) == Standing::Overdue)
        );
        let promises: Vec<_> = document.promises().map(|(promise, due)| (promise, due.day())).collect();
        assert_eq!(promises, [(Promise::Review, Some(date(2026, 3, 2)))]);
        let decision = &document.decisions[0];
        let revisit = decision.due_revisit(document).unwrap();
        assert_eq!(revisit.standing(today, 14), Standing::Overdue);
        assert_eq!(decision.decided_by[0].handle.as_deref(), Some("@tunde"));
        assert_eq!(decision.decision.text, "*a* <b>");
        assert_eq!(decision.decision.markdown(), r"\*a\* \<b>", "words, not markup");
    }

    #[test]
    fn what_is_no_export_is_left_out() {
        for (file, said) in [
            ("{", "it is not JSON: "),
            ("[]", "it is not an export of mdbook-design-docs"),
            (r#"{"schema_version": 2}"#, "its schema_version is 2, not 1"),
            (
                r#"{"schema_version": 1, "documents": [{"path": 7}]}"#,
                "it is not an export: ",
            ),
        ] {
            let (books, problems) = read(file);
            assert_eq!(books, []);
            assert!(problems[0].message.contains(said), "{file}: {problems:?}");
        }
    }
}
