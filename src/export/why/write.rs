//! The answer as lines for people, and as JSON for programs.

use serde::Serialize;

use super::Answer;
use super::candidate::{Candidate, Subject};
use super::standing::{Kind, replaced_by, state};
use crate::diagnostic::harmless_json;
use crate::export::ExportInput;
use crate::export::record::{Asked, Decided, DocumentRef};
use crate::model::{Person, Standing};
use crate::source::Span;

/// A longer text is shortened in the lines for people.
const LETTERS: usize = 240;

/// One hit. Its keys are ordered and always present.
#[derive(Debug, Serialize)]
pub(super) struct Hit<'a> {
    kind: &'static str,
    text: &'a str,
    path: &'a str,
    line: usize,
    url: Option<String>,
    date: Option<String>,
    by: Vec<&'a str>,
    state: Option<String>,
    replaced_by: Vec<ReplacedBy<'a>>,
    #[serde(skip)]
    group: Kind,
    /// The patterns with which a document affects the path.
    #[serde(skip)]
    affects: &'a [String],
}

#[derive(Debug, Serialize)]
struct ReplacedBy<'a> {
    text: &'a str,
    path: Option<&'a str>,
    line: Option<usize>,
}

#[derive(Serialize)]
struct Json<'a> {
    schema_version: u32,
    query: &'a str,
    as_of: &'a str,
    hits: &'a [Hit<'a>],
    total: usize,
    truncated: bool,
}

/// The facts of a candidate that is shown.
pub(super) fn hit<'a>(book: &ExportInput<'a>, candidate: &Candidate<'a>) -> Hit<'a> {
    let page = candidate.page;
    let line = line(&page, candidate.span());
    let (text, _) = candidate.texts();
    let mut hit = Hit {
        kind: candidate.kind.word(),
        text,
        path: page.path(),
        line,
        url: None,
        date: None,
        by: Vec::new(),
        state: None,
        replaced_by: Vec::new(),
        group: candidate.kind,
        affects: &[],
    };
    match candidate.subject {
        Subject::Document => {
            hit.url = book.page_url(&page);
            hit.by = names(page.document.owners());
            let status = page.document.status.as_ref();
            hit.state = status.map(|status| status.state.clone());
            hit.affects = &page.document.affects;
        }
        Subject::Decision(decision) => {
            hit.url = book.decision_url(&Decided { page, decision, line });
            hit.date = decision.day().map(|day| day.to_string());
            hit.by = names(&decision.decided_by);
            hit.state = Some(state(candidate.kind, &page));
            if candidate.kind == Kind::Superseded {
                let replaced = replaced_by(book, &page, decision).into_iter();
                hit.replaced_by = replaced.map(|other| replacement(other.text, other.place)).collect();
            }
        }
        Subject::Question(question) => {
            let standing = question.standing(book.today, book.config.due_soon_days);
            hit.url = book.question_url(&Asked {
                page,
                question,
                line,
                standing,
            });
            hit.date = question.day().map(|day| day.to_string());
            hit.by = names(&question.owners);
            hit.state = Some(standing.word().to_owned());
        }
    }
    hit
}

fn replacement<'a>(text: &'a str, place: Option<(DocumentRef<'a>, Span)>) -> ReplacedBy<'a> {
    ReplacedBy {
        text,
        path: place.map(|(page, _)| page.path()),
        line: place.map(|(page, span)| line(&page, span)),
    }
}

fn line(page: &DocumentRef<'_>, span: Span) -> usize {
    page.lines(std::iter::once(span)).first().copied().unwrap_or(1)
}

fn names(people: &[Person]) -> Vec<&str> {
    people.iter().map(Person::display).collect()
}

impl Answer<'_> {
    /// One line for each hit; `shown` is the path of a file for the reader.
    pub fn text(&self, shown: impl Fn(&str) -> String) -> String {
        let mut out = String::new();
        for hit in &self.hits {
            out += &format!("{}:{}: {}\n", shown(hit.path), hit.line, hit.said(&shown));
        }
        let more = self.total - self.hits.len();
        if more > 0 {
            out += &format!("… and {more} more\n");
        }
        out
    }

    /// The same as JSON, version 1; paths are relative to the book's src, as in the export.
    ///
    /// # Errors
    /// None in practice: serde_json can write plain data.
    pub fn json(&self) -> serde_json::Result<String> {
        let answer = Json {
            schema_version: 1,
            query: &self.query,
            as_of: &self.as_of,
            hits: &self.hits,
            total: self.total,
            truncated: self.total > self.hits.len(),
        };
        Ok(harmless_json(serde_json::to_string_pretty(&answer)?) + "\n")
    }
}

impl Hit<'_> {
    /// `decision: We refund the fee (2026-03-01, Ada Obi)`.
    fn said(&self, shown: &impl Fn(&str) -> String) -> String {
        let kind = self.kind.replace('-', " ");
        let mut facts: Vec<String> = Vec::new();
        let by = self.by.join(", ");
        let date = self.date.as_deref();
        match self.group {
            Kind::Document => {
                facts.extend(self.state.clone());
                facts.push(format!("affects {}", self.affects.join(", ")));
            }
            Kind::OpenQuestion => {
                facts.push(if by.is_empty() { "no owner".to_owned() } else { by });
                facts.push(date.map_or_else(|| "no date".to_owned(), |day| format!("due {day}")));
                facts.extend(self.state.clone().filter(|state| *state == Standing::Overdue.word()));
            }
            _ => {
                facts.extend(date.map(str::to_owned));
                facts.extend(Some(by).filter(|by| !by.is_empty()));
                let is_said = |state: &String| self.group != Kind::Decision && !kind.starts_with(state.as_str());
                facts.extend(self.state.clone().filter(is_said));
            }
        }
        let mut out = format!("{kind}: {}", shortened(self.text));
        if !facts.is_empty() {
            out += &format!(" ({})", facts.join(", "));
        }
        for (at, other) in self.replaced_by.iter().enumerate() {
            out += if at == 0 { "; replaced by " } else { ", " };
            out += &shortened(other.text);
            if let (Some(path), Some(line)) = (other.path, other.line) {
                out += &format!(" ({}:{line})", shown(path));
            }
        }
        out
    }
}

/// `text` on one line, without its end if it is long.
fn shortened(text: &str) -> String {
    let mut letters = text.chars().map(|ch| if ch.is_control() { ' ' } else { ch });
    let mut out: String = letters.by_ref().take(LETTERS).collect();
    if letters.next().is_some() {
        out.push('…');
    }
    out
}
