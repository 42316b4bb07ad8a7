//! Builds the relations of a book once all its chapters have been read: looks up what documents and
//! decisions name, adds the inverse of each relation, and finds what is in force.

mod names;
mod number;
mod succession;

use rayon::prelude::*;

use crate::model::{Chapter, Item, Mention, Relation, RelationKind, Relations, Unresolved};
use crate::parse::vocabulary::Vocabulary;
use crate::source::Span;
use names::{Found, Names};
use number::Number;
use succession::Standing;

/// The relations between the documents and decisions in `chapters`. Marks the decisions that have
/// been superseded, and resolves the links of each chapter.
pub(crate) fn relate(chapters: &mut [Chapter], vocabulary: &Vocabulary<'_>) -> Relations {
    let numbers: Vec<Option<Number>> = chapters
        .iter()
        .map(|chapter| number::of_document(chapter, vocabulary))
        .collect();
    let names = Names::new(chapters, &numbers, vocabulary);
    let read: Vec<Read> = (0..chapters.len())
        .into_par_iter()
        .map(|index| read(index, &names))
        .collect();
    let (mut stated, mut unresolved, mut targets) = (Vec::new(), Vec::new(), Vec::with_capacity(read.len()));
    for read in read {
        stated.extend(read.relations);
        unresolved.extend(read.unresolved);
        targets.push(read.links);
    }
    let mut all = both_sides(stated);
    let standing = Standing::of(&mut all, chapters);
    let mut relations = Relations::new(all, standing.successors);
    relations.rings = standing.rings;
    relations.unresolved = unresolved;
    relations.same_number = number::shared(chapters, &numbers);
    for (chapter, targets) in chapters.iter_mut().zip(targets) {
        for (link, to) in chapter.observed.links.iter_mut().zip(targets) {
            link.to = to;
        }
    }
    succession::mark(chapters, &relations);
    relations
}

/// What a chapter states.
#[derive(Default)]
struct Read {
    relations: Vec<Relation>,
    unresolved: Vec<Unresolved>,
    /// The chapter to which each of its links leads.
    links: Vec<Option<usize>>,
}

fn read(index: usize, names: &Names<'_>) -> Read {
    let mut out = Read::default();
    let chapter = names.chapter(index);
    let document = Item::document(index);
    for link in &chapter.observed.links {
        let to = match link.path.as_str() {
            "" => Some(index),
            path => names.linked(index, path),
        };
        out.links.push(to);
        let other = to.filter(|to| *to != index && chapter.document.is_some());
        if let Some(to) = other.and_then(|to| names.part(to, &link.fragment)) {
            out.relations
                .push(relation(document, RelationKind::RefersTo, to, link.span));
        }
    }
    let Some(facts) = &chapter.document else { return out };
    for mention in &facts.stated.mentions {
        out.take(document, mention, names);
    }
    for (at, decision) in facts.decisions.iter().enumerate() {
        for mention in &decision.mentions {
            out.take(facts.item(index, at), mention, names);
        }
    }
    out
}

impl Read {
    fn take(&mut self, from: Item, mention: &Mention, names: &Names<'_>) {
        let candidates = match names.look_up(from, mention) {
            Found::Item(to) => {
                let is_link_to_itself = to == from && mention.kind == RelationKind::RefersTo;
                if !is_link_to_itself {
                    let stated = relation(from, mention.kind, to, mention.span);
                    let text = mention.text.as_str().into();
                    self.relations.push(Relation { text, ..stated });
                }
                return;
            }
            Found::Ambiguous(candidates) => candidates,
            Found::Missing => Vec::new(),
            Found::Unknown => {
                let is_elsewhere = mention.url.is_some() && mention.kind != RelationKind::RefersTo;
                if mention.is_certain || is_elsewhere && mention.kind != RelationKind::DependsOn {
                    self.relations.push(outside(from, mention));
                }
                return;
            }
        };
        // A link to a page that is not there is no relation, and other tools report it. Among
        // dependencies, words that two documents have for a title may mean neither.
        let may_be_nothing = mention.kind == RelationKind::DependsOn && !mention.is_certain && !candidates.is_empty();
        if mention.kind != RelationKind::RefersTo && !may_be_nothing {
            self.relations.push(outside(from, mention));
            let mention = mention.clone();
            self.unresolved.push(Unresolved {
                from,
                mention,
                candidates,
            });
        }
    }
}

fn relation(from: Item, kind: RelationKind, to: Item, span: Span) -> Relation {
    Relation {
        from,
        kind,
        to: Some(to),
        text: Box::default(),
        url: None,
        span: Some(span),
        is_in_effect: true,
    }
}

/// A relation to something that is not in this book.
fn outside(from: Item, mention: &Mention) -> Relation {
    Relation {
        from,
        kind: mention.kind,
        to: None,
        text: mention.text.as_str().into(),
        url: mention.url.as_deref().map(Into::into),
        span: Some(mention.span),
        is_in_effect: true,
    }
}

/// The relations with their inverses, sorted by item, each once.
fn both_sides(stated: Vec<Relation>) -> Vec<Relation> {
    let inverse = |relation: &Relation| {
        let to = relation.to?;
        Some(Relation {
            from: to,
            kind: relation.kind.inverse(),
            to: Some(relation.from),
            text: Box::default(),
            url: None,
            span: None,
            is_in_effect: true,
        })
    };
    let mut all: Vec<Relation> = stated.iter().filter_map(inverse).collect();
    all.extend(stated);
    // Relations to other books, which have no `to`, stay apart by their texts. Of equal ones, the
    // one that this side states comes first.
    all.sort_by(|one, other| {
        let key = |relation: &Relation| (relation.from, relation.to, relation.kind);
        let stated = |relation: &Relation| (relation.text.is_empty(), relation.span.is_none(), relation.span);
        key(one).cmp(&key(other)).then_with(|| stated(one).cmp(&stated(other)))
    });
    all.dedup_by(|next, kept| {
        let is_same = (next.from, next.to, next.kind) == (kept.from, kept.to, kept.kind);
        is_same && (next.to.is_some() || next.text == kept.text)
    });
    // A reference adds nothing to a stronger relation, which sorts before it.
    all.dedup_by(|next, kept| {
        let is_reference = matches!(next.kind, RelationKind::RefersTo | RelationKind::ReferredBy);
        is_reference && next.to.is_some() && (next.from, next.to) == (kept.from, kept.to) && next.kind != kept.kind
    });
    all.sort_by_key(|relation| {
        let stated = (relation.span.is_none(), relation.span);
        (relation.from, relation.kind, stated, relation.to)
    });
    all
}

#[cfg(test)]
mod tests;
