//! `export --format json`, version 1. Other programs depend on it: changing a key or its meaning
//! requires a new `schema_version`; adding a key does not.

use jiff::civil::Date;
use serde::Serialize;

use crate::config::{Config, GENERATOR};
use crate::diagnostic::harmless_json;
use crate::model::{self, Corpus, DateText, Deadline, Item, Person, Reference, RelationKind, Standing, Steps};
use crate::source::{Lines, Source, Span};

/// The top-level object. Its keys are ordered and always present.
#[derive(Serialize)]
struct BookJson<'a> {
    schema_version: u32,
    generator: &'static str,
    as_of: String,
    documents: Vec<Document<'a>>,
}

#[derive(Serialize)]
struct Document<'a> {
    path: &'a str,
    title: &'a str,
    kind: &'static str,
    status: Option<Status<'a>>,
    created: Option<Day<'a>>,
    updated: Option<Day<'a>>,
    revisit: Option<Due<'a>>,
    review_until: Option<Due<'a>>,
    authors: &'a [Person],
    reviewers: Vec<Reviewer<'a>>,
    approvers: &'a [Person],
    deciders: &'a [Person],
    target_release: Option<&'a str>,
    links: &'a [Reference],
    relations: Vec<Relation<'a>>,
    tags: &'a [String],
    affects: &'a [String],
    facts: Vec<Fact<'a>>,
    steps: Steps,
    decisions: Vec<Decision<'a>>,
    open_questions: Vec<Question<'a>>,
    records: Vec<Record<'a>>,
}

#[derive(Serialize)]
struct Status<'a> {
    text: Option<&'a str>,
    state: &'a str,
}

#[derive(Serialize)]
struct Day<'a> {
    text: &'a str,
    date: Option<String>,
}

/// A day on which something is to be looked at again, or until which comments are awaited.
#[derive(Serialize)]
struct Due<'a> {
    #[serde(flatten)]
    day: Day<'a>,
    standing: &'static str,
}

#[derive(Serialize)]
struct Reviewer<'a> {
    #[serde(flatten)]
    person: &'a Person,
    approved: Option<bool>,
}

#[derive(Serialize)]
struct Decision<'a> {
    id: &'a str,
    date: Option<Day<'a>>,
    decision: &'a str,
    rationale: Option<&'a str>,
    decided_by: Vec<&'a str>,
    superseded: bool,
    supersedes: Vec<&'a str>,
    superseded_by: Vec<&'a str>,
    revisit: Option<Due<'a>>,
    line: usize,
}

/// Another document or decision to which this document or one of its decisions relates.
#[derive(Serialize)]
struct Relation<'a> {
    kind: &'static str,
    text: &'a str,
    path: Option<&'a str>,
    decision: Option<&'a str>,
}

#[derive(Serialize)]
struct Question<'a> {
    id: &'a str,
    question: &'a str,
    context: Option<&'a str>,
    asked: Option<String>,
    due: Option<Day<'a>>,
    owners: Vec<&'a str>,
    resolved: bool,
    settled_by: Option<Place<'a>>,
    standing: &'static str,
    line: usize,
}

/// A record of a register: a risk, an alert, or a record of a kind that the team has declared.
#[derive(Serialize)]
struct Record<'a> {
    kind: &'a str,
    text: &'a str,
    facts: Vec<Fact<'a>>,
    line: usize,
}

/// A labelled value in the author's words.
#[derive(Serialize)]
struct Fact<'a> {
    label: &'a str,
    text: &'a str,
}

/// A reference to a decision anywhere in the book.
#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    id: &'a str,
}

/// The facts of `corpus`, read from `sources`, as of `today`, in the book's order.
///
/// # Errors
/// None in practice: serde_json can write plain data.
pub fn json(corpus: &Corpus, sources: &[Source], config: &Config, today: Date) -> serde_json::Result<String> {
    let documents = corpus.documents().filter_map(|(index, _, document)| {
        let page = DocumentContext {
            corpus,
            sources,
            source: sources.get(index)?,
            lines: Lines::new(&sources.get(index)?.text),
            config,
            today,
        };
        Some(page.document(index, document))
    });
    let book = BookJson {
        schema_version: 1,
        generator: GENERATOR,
        as_of: today.to_string(),
        documents: documents.collect(),
    };
    let mut text = harmless_json(serde_json::to_string_pretty(&book)?);
    text.push('\n');
    Ok(text)
}

/// The context of one document's facts.
struct DocumentContext<'a> {
    corpus: &'a Corpus,
    sources: &'a [Source],
    source: &'a Source,
    lines: Lines<'a>,
    config: &'a Config,
    today: Date,
}

impl<'a> DocumentContext<'a> {
    fn document(&self, index: usize, document: &'a model::Document) -> Document<'a> {
        let decisions = document.decisions.iter().enumerate();
        Document {
            path: self.source.shown_path(),
            title: &document.title.value,
            kind: document.kind.word(),
            status: document.status.as_ref().map(|status| Status {
                text: filled(&status.text),
                state: &status.state,
            }),
            created: document.created.as_ref().map(day),
            updated: document.updated.as_ref().map(day),
            revisit: self.due(document.revisit.as_ref(), document.due_revisit()),
            review_until: self.due(document.review_until.as_ref(), document.due_review()),
            authors: &document.authors,
            reviewers: document.reviewers.iter().map(reviewer).collect(),
            approvers: &document.approvers,
            deciders: &document.deciders,
            target_release: document.target_release.as_deref(),
            links: &document.links,
            relations: self.relations(index),
            tags: &document.tags,
            affects: &document.affects,
            facts: document.facts.iter().filter_map(fact).collect(),
            steps: document.steps,
            decisions: decisions
                .map(|(at, each)| self.decision(document, each, document.item(index, at)))
                .collect(),
            open_questions: document.questions.iter().map(|each| self.question(each)).collect(),
            records: document.registers.iter().filter_map(|each| self.record(each)).collect(),
        }
    }

    /// What the document and its decisions relate to, outside the document.
    fn relations(&self, index: usize) -> Vec<Relation<'a>> {
        let all = self.corpus.relations.of_chapter(index).iter();
        let all = all.filter(|relation| relation.is_shown() && relation.to.is_none_or(|to| to.chapter != index));
        let relation = |relation: &'a model::Relation| Relation {
            kind: relation.kind.word(),
            text: self.corpus.text_of(relation),
            path: relation
                .to
                .and_then(|to| Some(self.sources.get(to.chapter)?.shown_path())),
            decision: relation.to.and_then(|to| Some(self.corpus.decision(to)?.id.as_str())),
        };
        all.map(relation).collect()
    }

    fn decision(&self, document: &model::Document, decision: &'a model::Decision, item: Item) -> Decision<'a> {
        let named = |kind: RelationKind| {
            let all = self.corpus.relations.of(item).iter();
            let of_kind = all.filter(move |relation| relation.kind == kind && relation.is_shown());
            of_kind.map(|relation| self.corpus.name_of(relation)).collect()
        };
        Decision {
            id: &decision.id,
            date: decision.date.as_ref().map(day),
            decision: &decision.decision.text,
            rationale: filled(&decision.rationale.text),
            decided_by: names(&decision.decided_by),
            superseded: decision.superseded,
            supersedes: named(RelationKind::Supersedes),
            superseded_by: named(RelationKind::SupersededBy),
            revisit: self.due(decision.revisit.as_ref(), decision.due_revisit(document)),
            line: self.line(decision.span),
        }
    }

    /// A deadline, and how it stands if it counts.
    fn due(&self, due: Option<&'a Deadline>, counts: Option<&Deadline>) -> Option<Due<'a>> {
        let standing = |due: &Deadline| due.standing(self.today, self.config.due_soon_days);
        due.map(|due| Due {
            day: day(&due.0),
            standing: counts.map_or(Standing::Resolved, standing).word(),
        })
    }

    fn question(&self, question: &'a model::OpenQuestion) -> Question<'a> {
        Question {
            id: &question.id,
            question: &question.question.text,
            context: filled(&question.context.text),
            asked: question.past.asked.map(|day| day.to_string()),
            due: question.due.as_ref().map(|due| day(&due.0)),
            owners: names(&question.owners),
            resolved: question.resolved,
            settled_by: question.settled_by.as_ref().and_then(|link| self.place(link)),
            standing: question.standing(self.today, self.config.due_soon_days).word(),
            line: self.line(question.span),
        }
    }

    fn record(&self, entry: &'a model::RegisterEntry) -> Option<Record<'a>> {
        let kind = self.config.records.get(entry.kind)?;
        let facts = kind.columns.iter().skip(1).zip(&entry.facts);
        let facts = facts.filter(|(_, fact)| !fact.is_empty());
        Some(Record {
            kind: &kind.name,
            text: &entry.subject.text,
            facts: facts
                .map(|(label, fact)| Fact {
                    label,
                    text: &fact.text,
                })
                .collect(),
            line: self.line(entry.span),
        })
    }

    /// The decision as the export names it elsewhere: by its document's path and its id.
    fn place(&self, link: &model::DecisionLink) -> Option<Place<'a>> {
        let (index, _, document) = self
            .corpus
            .documents()
            .find(|(_, chapter, _)| chapter.path == link.path)?;
        let decision = document.decisions.iter().find(|each| each.anchor() == link.anchor)?;
        Some(Place {
            path: self.sources.get(index)?.shown_path(),
            id: &decision.id,
        })
    }

    /// The line in the file `path`; for included text, the line of the include.
    fn line(&self, span: Span) -> usize {
        self.source.locate(&self.lines, span.start).own_line
    }
}

fn filled(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn day(date: &DateText) -> Day<'_> {
    Day {
        text: &date.text,
        date: date.date().map(|date| date.to_string()),
    }
}

fn reviewer(person: &Person) -> Reviewer<'_> {
    Reviewer {
        person,
        approved: person.approved,
    }
}

/// A labelled fact that no other key of the document holds.
fn fact(fact: &model::Fact) -> Option<Fact<'_>> {
    let has_own_key = fact.is_known || fact.label.is_empty();
    (!has_own_key).then_some(Fact {
        label: &fact.label,
        text: &fact.text,
    })
}

fn names(people: &[Person]) -> Vec<&str> {
    people.iter().map(Person::display).collect()
}

#[cfg(test)]
mod tests;
