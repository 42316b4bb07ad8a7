//! A design document: its facts, and the places needed for rendering.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use super::{
    DateText, Deadline, Decision, Dependency, Item, OpenQuestion, Person, RegisterEntry, RelationKind, StatedStatus,
    Statements, Status, StatusClass,
};
use crate::source::{Span, Spanned, worded};

worded! {
    /// What kind of document it is.
    #[derive(Default)]
    pub enum DocumentKind {
        /// A design, proposal or RFC.
        #[default]
        Design = "design",
        /// An architecture decision record: the document is the decision.
        Adr = "adr",
        /// A log of decisions.
        Log = "log",
    }
}

/// A design document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Its title: the H1, else its name in SUMMARY.md.
    pub title: Spanned<String>,
    /// Its kind.
    pub kind: DocumentKind,
    /// Its status, if it has one.
    pub status: Option<Status>,
    /// When it was created.
    pub created: Option<DateText>,
    /// When it was last changed.
    pub updated: Option<DateText>,
    /// The day on which it is to be looked at again.
    pub revisit: Option<Deadline>,
    /// The day until which comments are awaited.
    pub review_until: Option<Deadline>,
    /// Who wrote it or owns it.
    pub authors: Vec<Person>,
    /// Who is asked to review it.
    pub reviewers: Vec<Person>,
    /// Who must approve it.
    pub approvers: Vec<Person>,
    /// Who decides.
    pub deciders: Vec<Person>,
    /// The target release.
    pub target_release: Option<String>,
    /// Tickets, specs and other documents named in the metadata.
    pub links: Vec<Reference>,
    /// Every other fact of the metadata, in the author's words and order.
    pub facts: Vec<Fact>,
    /// The tags, teams, areas and components that it names, as written; they are facts, too.
    pub tags: Vec<String>,
    /// The paths and globs in the repository that it is about, relative to the repository's root;
    /// they are facts, too.
    pub affects: Vec<String>,
    /// The decisions it records, in its order.
    pub decisions: Vec<Decision>,
    /// Its open and resolved questions, in its order.
    pub questions: Vec<OpenQuestion>,
    /// Its entries in the book's registers, in its order.
    pub registers: Vec<RegisterEntry>,
    /// The progress of its rollout plan.
    pub steps: Steps,
    /// What it depends on.
    pub dependencies: Vec<Dependency>,
    /// Whether another document has replaced it, as it says itself or as the other says.
    pub superseded: bool,
    /// The days that it has been in review, until today if it is; None unless `history` is on and git knows.
    pub days_in_review: Option<i64>,
    /// Every statement of its status, dates and predecessors.
    pub stated: Statements,
    /// Facts of questions and decisions that Markdown renders outside their items.
    pub detached: Vec<Detached>,
    /// Places for rendering.
    pub layout: Layout,
    /// Whether it has sections and the topic of not one of them is known, as in a language that is not
    /// read.
    pub has_unread_sections: bool,
}

impl Document {
    /// Whether the document as a whole is its only decision.
    pub fn is_one_decision(&self) -> bool {
        let is_title = || matches!(self.decisions.as_slice(), [only] if only.span == self.title.span);
        self.kind == DocumentKind::Adr && is_title()
    }

    /// The decision at an index, as the item of the relations: the document if that is its only
    /// decision.
    pub fn item(&self, chapter: usize, decision: usize) -> Item {
        let decision = Some(decision).filter(|_| !self.is_one_decision());
        Item { chapter, decision }
    }

    /// The statuses that contradict an earlier one, each with that one. `Implementation status` is
    /// not the document's: only statuses with the same subject are compared.
    pub fn status_contradictions(&self) -> Vec<(&StatedStatus, &StatedStatus)> {
        let mut first: HashMap<&str, &StatedStatus> = HashMap::new();
        let stated = self
            .stated
            .statuses
            .iter()
            .filter(|stated| !stated.status.is_unfilled());
        let contradicting = stated.filter_map(|stated| {
            let first = *first.entry(stated.subject()).or_insert(stated);
            let (one, other) = (&first.status, &stated.status);
            (one.state != other.state && one.class != other.class).then_some((first, stated))
        });
        contradicting.collect()
    }

    /// The last day on which the document in review, or a decision in it, was dated. Future days do
    /// not count. None if it is not in review.
    pub fn in_review_since(&self, today: Date) -> Option<Date> {
        let is_in_review = self.status.as_ref()?.class == StatusClass::Review;
        let stated = self.stated.dates.iter().filter_map(|stated| stated.date.date());
        let decided = self
            .decisions
            .iter()
            .filter_map(|decision| decision.date.as_ref()?.date());
        let past = stated.chain(decided).filter(|day| *day <= today);
        past.max().filter(|_| is_in_review)
    }

    /// Its owners: the authors, or if it names none, the deciders.
    pub fn owners(&self) -> &[Person] {
        match self.authors.is_empty() {
            true => &self.deciders,
            false => &self.authors,
        }
    }

    /// Everyone whom its metadata and its questions name.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        let of_document = [&self.authors, &self.deciders, &self.reviewers, &self.approvers];
        let owners = self.questions.iter().flat_map(|question| &question.owners);
        of_document.into_iter().flatten().chain(owners)
    }
}

/// Facts that belong to the item before them, although Markdown has ended that item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detached {
    /// The facts.
    pub span: Span,
    /// Where each of their lines begins; empty if it is not certain how to indent them.
    pub lines: Vec<usize>,
    /// The number of spaces to add to each of their lines.
    pub indent: usize,
}

/// A labelled link in the metadata.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Reference {
    /// `RFC`.
    pub label: String,
    /// `RFC 12`.
    pub text: String,
    /// As the author wrote it; relative links are relative to the document.
    pub url: Option<String>,
    /// The author's Markdown for the value.
    #[serde(skip)]
    pub markdown: String,
}

/// A labelled fact whose label is not known; it is shown as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fact {
    /// The author's label.
    pub label: String,
    /// Whether the label has a meaning of ours, and the document's other fields hold its value as
    /// far as we read it.
    pub is_known: bool,
    /// The words of the value.
    pub text: String,
    /// The author's Markdown for the value, on one line, for the document's own page.
    pub markdown: String,
    /// If the label says that the value names other documents: how this one relates to them.
    pub relation: Option<RelationKind>,
}

/// Progress through a checklist.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Steps {
    /// Ticked.
    pub done: usize,
    /// All.
    pub total: usize,
}

/// The places where rendering may edit the document, apart from badges and anchors.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// The place for the header card: the start of a line, a block boundary.
    pub header_at: usize,
    /// The blocks that the header card replaces, whole lines each, in order, disjoint.
    pub replaced: Vec<Span>,
    /// Ids of replaced headings, which the header card takes over so that links to them still work.
    pub lost_ids: Vec<String>,
    /// Where the table of contents goes.
    pub toc: TocPlace,
    /// Whether the chapter's lines end in CR LF, so that inserted lines do too.
    pub crlf: bool,
}

/// Where a document's table of contents goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TocPlace {
    /// After the header card.
    #[default]
    AfterHeader,
    /// Instead of a `<!-- toc -->` line.
    Marker(Span),
    /// Instead of the author's list, under the author's heading.
    HandWritten(Span),
}

/// A heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text; documents from the same template share most headings.
    pub words: Arc<HeadingWords>,
    /// The whole heading.
    pub span: Span,
    /// The byte at which its text begins.
    pub text_at: usize,
}

/// The text of a heading, with the id that the mdBook in use will give it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeadingWords {
    /// Its words.
    pub text: Box<str>,
    /// Its inline HTML, if that differs from the words.
    pub markup: Option<Box<str>>,
    /// The id in the built page; empty if mdBook gives it none.
    pub id: Box<str>,
}

impl HeadingWords {
    /// The inline HTML, escaped, without links: for a table of contents.
    pub fn html(&self) -> &str {
        self.markup.as_deref().unwrap_or(&self.text)
    }
}
