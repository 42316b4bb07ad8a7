//! The book's facts as a flat list, each with its document, for tables, calendars and feeds.

use super::{ExportInput, link};
use crate::model::{Chapter, Decision, Document, OpenQuestion, Person, Standing};
use crate::source::{Lines, Source, Span};

/// A document of the book.
#[derive(Clone, Copy)]
pub(super) struct DocumentRef<'a> {
    pub(super) chapter: &'a Chapter,
    pub(super) document: &'a Document,
    pub(super) source: &'a Source,
}

/// A decision and where it is recorded.
pub(super) struct Decided<'a> {
    pub(super) page: DocumentRef<'a>,
    pub(super) decision: &'a Decision,
    pub(super) line: usize,
}

/// A question, its document and its standing.
pub(super) struct Asked<'a> {
    pub(super) page: DocumentRef<'a>,
    pub(super) question: &'a OpenQuestion,
    pub(super) line: usize,
    pub(super) standing: Standing,
}

impl<'a> DocumentRef<'a> {
    /// The title, or a substitute for it.
    pub(super) fn title(&self) -> &'a str {
        self.chapter.title()
    }

    /// The path of the file, as in the JSON export.
    pub(super) fn path(&self) -> &'a str {
        self.source.shown_path()
    }

    /// The line of each span in the file `path`.
    pub(super) fn lines(&self, spans: impl Iterator<Item = Span>) -> Vec<usize> {
        let lines = Lines::new(&self.source.text);
        spans
            .map(|span| self.source.locate(&lines, span.start).own_line)
            .collect()
    }
}

impl<'a> ExportInput<'a> {
    pub(super) fn pages(&self) -> impl Iterator<Item = DocumentRef<'a>> {
        let sources = self.sources;
        self.corpus.documents().filter_map(move |(index, chapter, document)| {
            Some(DocumentRef {
                chapter,
                document,
                source: sources.get(index)?,
            })
        })
    }

    pub(super) fn decisions(&self) -> impl Iterator<Item = Decided<'a>> {
        self.pages().flat_map(|page| {
            let decisions = &page.document.decisions;
            let lines = page.lines(decisions.iter().map(|decision| decision.span));
            decisions
                .iter()
                .zip(lines)
                .map(move |(decision, line)| Decided { page, decision, line })
        })
    }

    pub(super) fn questions(&self) -> impl Iterator<Item = Asked<'a>> {
        let (today, due_soon) = (self.today, self.config.due_soon_days);
        self.pages().flat_map(move |page| {
            let questions = &page.document.questions;
            let lines = page.lines(questions.iter().map(|question| question.span));
            questions.iter().zip(lines).map(move |(question, line)| Asked {
                page,
                question,
                line,
                standing: question.standing(today, due_soon),
            })
        })
    }

    /// The URL of a document in the published book.
    pub(super) fn page_url(&self, page: &DocumentRef<'_>) -> Option<String> {
        Some(link::page(self.base_url?, page.chapter, ""))
    }

    /// The URL of a decision.
    pub(super) fn decision_url(&self, decided: &Decided<'_>) -> Option<String> {
        let anchor = link::decision_anchor(decided.decision, self.config);
        Some(link::page(self.base_url?, decided.page.chapter, anchor))
    }

    /// The URL of a question.
    pub(super) fn question_url(&self, asked: &Asked<'_>) -> Option<String> {
        let anchor = link::question_anchor(asked.question, self.config);
        Some(link::page(self.base_url?, asked.page.chapter, anchor))
    }
}

/// Whether `wanted` is the name, the handle or the email of `person`.
pub(super) fn is_named(person: &Person, wanted: &str) -> bool {
    let bare = |text: &str| text.trim().trim_start_matches('@').to_lowercase();
    let wanted = bare(wanted);
    [&person.name, &person.handle, &person.email]
        .into_iter()
        .flatten()
        .any(|known| bare(known) == wanted)
}

/// The people's names, as one cell.
pub(super) fn names(people: &[Person]) -> String {
    let names: Vec<_> = people.iter().map(Person::display).collect();
    names.join("; ")
}
