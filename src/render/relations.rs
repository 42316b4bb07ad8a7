//! The relations of a document to others: rows of its header card, a banner if it is superseded, and
//! marks behind links to superseded documents.

use std::borrow::Cow;

use maud::html;

use crate::model::{Chapter, Corpus, Document, Fact, Item, Relation, RelationKind};
use crate::render::link;
use crate::render::splice::Pieces;
use crate::render::words::{Words, fill};
use crate::render::writer::Writer;

/// The maximum number of documents that a row names.
const MOST_NAMED: usize = 10;

/// A document as its relations are shown: on its own page.
#[derive(Clone, Copy)]
pub(super) struct Related<'a> {
    corpus: &'a Corpus,
    item: Item,
    chapter: &'a Chapter,
    writer: &'a Writer<'a>,
}

impl<'a> Related<'a> {
    pub(super) fn new(corpus: &'a Corpus, index: usize, chapter: &'a Chapter, writer: &'a Writer<'a>) -> Self {
        Self {
            corpus,
            item: Item::document(index),
            chapter,
            writer,
        }
    }

    /// The rows: a label, and the other documents with their statuses.
    pub(super) fn rows(self, document: &Document) -> Vec<(&'static str, String)> {
        let all = self.corpus.relations.of_chapter(self.item.chapter);
        let shown = RelationKind::ALL.iter().filter_map(|&kind| {
            let label = label(kind, self.writer.words)?;
            let has_own_words = |fact: &Fact| fact.relation == Some(kind) && !self.replaces(fact);
            let are_named = document.facts.iter().any(has_own_words);
            let others = all.iter().filter(|relation| {
                let is_here = relation.to.is_none_or(|to| to.chapter == self.item.chapter);
                let is_named = are_named && relation.span.is_some();
                relation.kind == kind && relation.is_shown() && !is_here && !is_named
            });
            let mut others: Vec<&Relation> = others.collect();
            // Another document is named once, whatever of it refers to this one.
            others.dedup_by_key(|relation| (relation.span, relation.to.map(|to| to.chapter)));
            let is_in_banner = kind == RelationKind::SupersededBy
                && !document.facts.iter().any(|fact| fact.relation == Some(kind))
                && self.are_in_force(&others);
            (!others.is_empty() && !is_in_banner).then(|| (label, self.list(&others)))
        });
        shown.collect()
    }

    /// Whether a row shows everything that a fact says: each document that it names is known.
    pub(super) fn replaces(self, fact: &Fact) -> bool {
        let Some(kind) = fact.relation.filter(|_| fact.is_known) else {
            return false;
        };
        let own = self.corpus.relations.of(self.item).iter();
        let stated: Vec<&Relation> = own
            .filter(|relation| relation.kind == kind && relation.span.is_some())
            .collect();
        let is_elsewhere = |relation: &&Relation| relation.to.is_some_and(|to| to.chapter != self.item.chapter);
        let is_shown = label(kind, self.writer.words).is_some() && stated.len() <= MOST_NAMED;
        is_shown && !stated.is_empty() && stated.iter().all(is_elsewhere)
    }

    /// Names what is in force instead of a superseded document.
    pub(super) fn banner(self) -> Option<String> {
        let now = self.corpus.relations.in_force_instead(self.item)?;
        let links: Vec<String> = now.iter().map(|item| self.link(*item, &self.title(*item))).collect();
        if links.is_empty() {
            return None;
        }
        Some(self.writer.phrase(self.writer.words.in_force_now, &[&links.join(", ")]))
    }

    /// Inserts a mark behind each link to a superseded document.
    pub(super) fn marks(self, pieces: &mut Pieces<'_>) {
        for link in &self.chapter.observed.links {
            let (Some(to), Some(at)) = (link.to, link.mark_at) else {
                continue;
            };
            if to != self.item.chapter && self.is_superseded(to) && !self.replaced(to) {
                let word = self.writer.words.superseded;
                let mark = match self.writer.html {
                    true => html! { " " span.dd-muted { "(" (word) ")" } }.into_string(),
                    false => format!(" ({word})"),
                };
                pieces.inline(at, mark);
            }
        }
    }

    fn is_superseded(self, chapter: usize) -> bool {
        let document = self
            .corpus
            .chapters
            .get(chapter)
            .and_then(|chapter| chapter.document.as_ref());
        document.is_some_and(|document| document.superseded)
    }

    /// Whether this document itself has replaced the other, and need not say so again.
    fn replaced(self, other: usize) -> bool {
        let mut own = self.corpus.relations.of(self.item).iter();
        own.any(|relation| relation.kind == RelationKind::Supersedes && relation.to == Some(Item::document(other)))
    }

    /// Whether these are the documents that the banner names.
    fn are_in_force(self, others: &[&Relation]) -> bool {
        let now = self.corpus.relations.in_force_instead(self.item).unwrap_or_default();
        others
            .iter()
            .all(|relation| relation.to.is_some_and(|to| now.contains(&to)))
    }

    fn list(self, others: &[&Relation]) -> String {
        let shown = others
            .iter()
            .take(MOST_NAMED)
            .filter_map(|relation| self.entry(relation));
        let mut list = shown.collect::<Vec<_>>().join(", ");
        if others.len() > MOST_NAMED {
            let more = fill(self.writer.words.and_n_more, &(others.len() - MOST_NAMED).to_string());
            list.push(' ');
            list.push_str(&self.writer.text(&more));
        }
        list
    }

    /// A link with the author's words, else the title, and the status of the other document.
    fn entry(self, relation: &Relation) -> Option<String> {
        let to = relation.to?;
        let text = match relation.text.trim() {
            "" => self.title(to),
            text => Cow::Borrowed(text),
        };
        let link = self.link(to, &text);
        let document = self.corpus.chapters.get(to.chapter)?.document.as_ref()?;
        let status = document
            .status
            .as_ref()
            .filter(|status| !status.is_unfilled() && to.decision.is_none());
        Some(match status {
            None => link,
            Some(status) => format!("{link} ({})", self.writer.text(&status.text)),
        })
    }

    /// The title of a document; for a decision, also its label.
    fn title(self, item: Item) -> Cow<'a, str> {
        let title = self.corpus.title_of(Item::document(item.chapter));
        match self
            .corpus
            .decision(item)
            .and_then(|decision| decision.label.as_deref())
        {
            Some(label) => format!("{title}, {label}").into(),
            None => title.into(),
        }
    }

    fn link(self, to: Item, text: &str) -> String {
        let text = self.writer.text(text);
        let Some(chapter) = self.corpus.chapters.get(to.chapter) else {
            return text;
        };
        let decision = self.corpus.decision(to);
        let anchor = decision.and_then(|decision| link::decision_anchor(chapter, decision, self.writer));
        let depth = link::depth(&self.chapter.path);
        let href = link::to_chapter(&chapter.path, anchor.unwrap_or_default(), depth, self.writer);
        self.writer.link(&href, &text)
    }
}

/// The label of a row. None for the links in the document's own text.
fn label(kind: RelationKind, words: &'static Words) -> Option<&'static str> {
    Some(match kind {
        RelationKind::DependsOn => words.depends_on,
        RelationKind::RequiredBy => words.required_by,
        RelationKind::Supersedes => words.supersedes,
        RelationKind::SupersededBy => words.superseded_by,
        RelationKind::Amends => words.amends,
        RelationKind::AmendedBy => words.amended_by,
        RelationKind::RefersTo => return None,
        RelationKind::ReferredBy => words.referred_by,
    })
}

#[cfg(test)]
mod tests;
