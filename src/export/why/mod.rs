//! `why`: what has been decided about a topic or a path.
//!
//! The hits are in groups: for a path, the documents that say that they affect it; then decisions in
//! force, decisions that are proposed, open questions, and decisions that are not in force any more.
//! Within a group, the best match comes first: [`words`] has the ranking for topics, and [`paths`]
//! the one for paths.

mod candidate;
mod paths;
mod standing;
mod words;
mod write;

use std::cmp::Reverse;

use super::ExportInput;
use super::record::DocumentRef;
use crate::model::OpenQuestion;
use candidate::{Candidate, Subject};
use paths::Asked;
use standing::{Kind, Standings};
use words::Weights;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Query<'q> {
    /// The topic or the path, as the author of the question wrote it.
    pub text: &'q str,
    /// The path from the root of the repository, if the query can be one.
    pub path: Option<&'q str>,
    /// Whether the path exists; otherwise it counts only if a document affects it.
    pub exists: bool,
    /// The maximum number of hits.
    pub limit: usize,
}

/// The hits of a query, best first.
#[derive(Debug)]
pub struct Answer<'a> {
    query: String,
    as_of: String,
    hits: Vec<write::Hit<'a>>,
    total: usize,
}

impl Answer<'_> {
    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.hits.is_empty()
    }
}

/// Finds what the book says about `query`.
pub fn why<'a>(book: &ExportInput<'a>, query: &Query<'_>) -> Answer<'a> {
    let asked = query.path.map(Asked::new);
    let affecting = asked
        .as_ref()
        .map(|asked| paths::affecting(book, asked))
        .unwrap_or_default();
    let is_path = asked.is_some() && (query.exists || !affecting.is_empty());
    let topic = match is_path {
        true => paths::words_of(query.path.unwrap_or_default()),
        false => query.text.to_owned(),
    };
    let weights = Weights::new(&topic, book.config);
    let mut candidates = candidates(book);
    let scores = weights.scores(&candidates);
    for (candidate, score) in candidates.iter_mut().zip(scores) {
        candidate.score = score;
        candidate.nearness = affecting.get(&candidate.at).copied();
    }
    candidates.retain(|candidate| {
        let is_document = matches!(candidate.subject, Subject::Document);
        candidate.nearness.is_some() || !is_document && candidate.score > 0.0
    });
    let total = candidates.len();
    sort(&mut candidates);
    candidates.truncate(query.limit);
    Answer {
        query: query.text.to_owned(),
        as_of: book.today.to_string(),
        hits: candidates.iter().map(|candidate| write::hit(book, candidate)).collect(),
        total,
    }
}

/// The best hits first: by group, by how closely its document affects the path, by the words of the
/// topic; among equals the newest decision and the earliest deadline.
fn sort(candidates: &mut [Candidate<'_>]) {
    candidates.sort_by(|one, other| {
        let nearness = one.nearness.is_none().cmp(&other.nearness.is_none());
        one.kind
            .cmp(&other.kind)
            .then(nearness)
            .then(one.nearness.cmp(&other.nearness))
            .then(other.score.total_cmp(&one.score))
            .then_with(|| Reverse(one.decided_on()).cmp(&Reverse(other.decided_on())))
            .then_with(|| one.is_undated().cmp(&other.is_undated()))
            .then_with(|| one.due_on().cmp(&other.due_on()))
    });
}

/// Everything that can be a hit, in the book's order.
fn candidates<'a>(book: &ExportInput<'a>) -> Vec<Candidate<'a>> {
    let mut out = Vec::new();
    let standings = Standings::new(book.config);
    for (at, page) in book.pages().enumerate() {
        out.push(Candidate::new(at, page, Subject::Document, Kind::Document));
        let decisions = page.document.decisions.iter();
        out.extend(decisions.map(|decision| {
            let kind = standings.kind(&page, decision);
            Candidate::new(at, page, Subject::Decision(decision), kind)
        }));
        let open = page.document.questions.iter().filter(|question| !question.resolved);
        out.extend(open.map(|question| question_of(at, page, question)));
    }
    out
}

fn question_of<'a>(at: usize, page: DocumentRef<'a>, question: &'a OpenQuestion) -> Candidate<'a> {
    Candidate::new(at, page, Subject::Question(question), Kind::OpenQuestion)
}
