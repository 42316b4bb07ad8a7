//! Computes the ids that the mdBook version in use gives the headings of a chapter.
//!
//! Neither version has a public function for it, and the two share little: 0.4 searches the HTML of
//! the finished page (`v04`), 0.5 walks its tree of the chapter (`v05`). This module holds the
//! common parts: a survey of the chapter, and the two ways of making ids unique.

mod expression;
pub(crate) mod heading;
pub(crate) mod html;
pub(crate) mod outline;
pub(crate) mod page_ids;
#[cfg(test)]
mod tests;
mod v04;
mod v05;

use std::collections::hash_map::Entry;
use std::hash::BuildHasher;
use std::ops::Deref;
use std::sync::Arc;

use pulldown_cmark::{Event, Tag};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::config::{Dialect, IdRules};
use crate::model::HeadingWords;
use crate::parse::markdown::tree::{NodeKind, Tree};
use crate::source::Span;

/// Headings of a page by ascending node index, each with its id. The id is empty if mdBook gives
/// none.
///
/// Headings in a footnote are left out if mdBook drops it, because it is not referenced or an
/// earlier one has the same name.
pub(crate) type Ids = Vec<(usize, Id)>;

/// The id of a heading.
#[derive(Debug, Clone)]
pub(crate) enum Id {
    /// Derived from the heading's text alone; shared with the other forms of that text.
    Plain(Arc<HeadingWords>),
    /// Any other id.
    Own(Box<str>),
}

impl Deref for Id {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Plain(words) => &words.id,
            Self::Own(id) => id,
        }
    }
}

/// The ids of a page from which text is cut.
pub(crate) struct Given {
    /// Ids of the headings that remain.
    pub(crate) kept: Ids,
    /// The ids that the removed headings would have had.
    pub(crate) lost: Ids,
    /// Whether each id is independent of the other headings.
    pub(crate) are_independent: bool,
}

/// The ids after the text within `removed` (sorted, disjoint) and the headings in it are cut.
pub(crate) fn ids(tree: &Tree<'_>, dialect: Dialect, removed: &[Span]) -> Given {
    let (mut kept, are_independent) = ids_without(tree, dialect, &[]);
    let goes = |node: usize| within(removed, tree.nodes[node].span.start);
    let lost: Ids = if removed.is_empty() {
        Ids::new()
    } else {
        kept.extract_if(.., |(node, _)| goes(*node)).collect()
    };
    if !are_independent && !removed.is_empty() {
        kept = ids_without(tree, dialect, removed).0;
    }
    Given {
        kept,
        lost,
        are_independent,
    }
}

/// The ids of the headings `nodes` (ascending), if nothing else on the page affects them.
pub(crate) fn ids_alone(tree: &Tree<'_>, dialect: Dialect, nodes: Vec<usize>) -> Ids {
    let survey = Survey {
        targets: nodes,
        ..Survey::default()
    };
    given(tree, dialect, &survey, &[]).0
}

/// The `kept` ids of [`ids`].
pub(crate) fn kept_ids(tree: &Tree<'_>, dialect: Dialect, removed: &[Span]) -> Ids {
    ids_without(tree, dialect, removed).0
}

/// The ids without the text in `removed`, and whether each is independent of the other headings.
fn ids_without(tree: &Tree<'_>, dialect: Dialect, removed: &[Span]) -> (Ids, bool) {
    let survey = Survey::of(tree, dialect.ids, removed);
    let (ids, has_twins) = given(tree, dialect, &survey, removed);
    let is_alone = survey.notes.is_empty() && survey.numbers.is_empty() && !survey.raw_headings;
    (ids, is_alone && !has_twins)
}

/// The ids of the surveyed headings, and whether two of them collided before they were made unique.
fn given(tree: &Tree<'_>, dialect: Dialect, survey: &Survey<'_>, removed: &[Span]) -> (Ids, bool) {
    match dialect.ids {
        IdRules::V04 => v04::ids(tree, survey, removed),
        IdRules::V05 => v05::ids(tree, survey),
    }
}

/// Whether two of the ids may be equal. A hash collision gives a false positive, which callers
/// detect. Duplicates are rare, and sorting is cheaper than counting.
fn may_have_twins<'i>(ids: impl Iterator<Item = &'i str>) -> bool {
    let mut hashes: Vec<u64> = ids.map(|id| FxBuildHasher.hash_one(id)).collect();
    hashes.sort_unstable();
    hashes.windows(2).any(|pair| pair[0] == pair[1])
}

/// Whether byte `at` lies within one of the sorted spans.
pub(crate) fn within(spans: &[Span], at: usize) -> bool {
    let next = spans.partition_point(|span| span.start <= at);
    next > 0 && at < spans[next - 1].end
}

/// The content of a chapter that affects ids.
#[derive(Default)]
struct Survey<'t> {
    /// Headings, and for 0.5 the terms of definition lists, which share the id namespace.
    targets: Vec<usize>,
    /// The number shown for a footnote reference, by the footnote's name.
    numbers: FxHashMap<&'t str, usize>,
    /// The footnote definitions.
    notes: Vec<Note<'t>>,
    /// Whether the author's HTML may open a heading, which 0.4 cannot distinguish from Markdown's.
    raw_headings: bool,
}

/// A footnote definition. Both versions move it to the end of the page.
struct Note<'t> {
    node: usize,
    /// The first node after it.
    end: usize,
    name: &'t str,
    /// Whether it is the first of this name; the others are dropped.
    first: bool,
}

impl<'t> Survey<'t> {
    /// Visits all nodes once, unless headings are known to be all that matters.
    fn of(tree: &'t Tree<'_>, rules: IdRules, removed: &[Span]) -> Self {
        let v05 = rules == IdRules::V05;
        if v05 && !tree.has.notes {
            let mut targets = tree.headings.clone();
            if !removed.is_empty() {
                targets.retain(|&node| !within(removed, tree.nodes[node].span.start));
            }
            return Self {
                targets,
                ..Self::default()
            };
        }
        let mut survey = Self::default();
        let mut defined: FxHashSet<&str> = FxHashSet::default();
        let mut at = 0;
        while let Some(node) = tree.nodes.get(at) {
            let gone = || within(removed, node.span.start);
            match &node.kind {
                NodeKind::Open(Tag::Heading { .. }) if !gone() => survey.targets.push(at),
                NodeKind::Open(Tag::DefinitionListTitle) if v05 && !gone() => survey.targets.push(at),
                NodeKind::Open(Tag::FootnoteDefinition(name)) if !gone() => {
                    let first = defined.insert(name);
                    if v05 && !first {
                        // 0.5 skips its content; 0.4 still counts the footnote references in it.
                        at = node.end;
                        continue;
                    }
                    survey.notes.push(Note {
                        node: at,
                        end: node.end,
                        name,
                        first,
                    });
                }
                NodeKind::Leaf(Event::FootnoteReference(name)) if !gone() && (v05 || !v04::is_text(tree, at)) => {
                    let next = survey.numbers.len() + 1;
                    survey.numbers.entry(name).or_insert(next);
                }
                NodeKind::Leaf(Event::Html(html) | Event::InlineHtml(html))
                    if !v05 && !survey.raw_headings && v04::opens_heading(html) && !gone() =>
                {
                    survey.raw_headings = true;
                }
                _ => {}
            }
            at += 1;
        }
        survey
    }

    /// The footnote that contains a node.
    fn note_around(&self, node: usize) -> Option<&Note<'t>> {
        let next = self.notes.partition_point(|note| note.node < node);
        let note = self.notes.get(next.checked_sub(1)?)?;
        (node < note.end).then_some(note)
    }

    /// Whether mdBook keeps a footnote.
    fn keeps(&self, note: &Note<'_>) -> bool {
        note.first && self.numbers.contains_key(note.name)
    }
}

/// The ids issued so far, each with the next number to try after it.
#[derive(Default)]
struct Issued {
    next: FxHashMap<String, u32>,
    /// Whether an id was requested twice.
    has_twins: bool,
}

impl Issued {
    /// 0.4 counts by name and does not check the ids it has issued: `a a a-1` collide.
    fn counted(&mut self, id: String) -> String {
        match self.next.entry(id) {
            Entry::Vacant(entry) => {
                let id = entry.key().clone();
                entry.insert(1);
                id
            }
            Entry::Occupied(mut entry) => {
                self.has_twins = true;
                let id = format!("{}-{}", entry.key(), entry.get());
                *entry.get_mut() += 1;
                id
            }
        }
    }

    /// 0.5 tries numbers from 1 each time until an id is free. None if the id is free as it is.
    /// Issued ids are never released, so continuing from the last number finds the same id without
    /// quadratic time.
    fn unique(&mut self, id: &str) -> Option<String> {
        let Some(next) = self.next.get(id) else {
            self.next.insert(id.to_owned(), 1);
            return None;
        };
        let mut number = *next;
        self.has_twins = true;
        loop {
            let candidate = format!("{id}-{number}");
            number += 1;
            if let Entry::Vacant(entry) = self.next.entry(candidate) {
                let issued = entry.key().clone();
                entry.insert(1);
                self.next.insert(id.to_owned(), number);
                return Some(issued);
            }
        }
    }
}

/// The id that the author wrote as `{#id}` or `{id=…}`.
fn explicit<'t>(tag: Option<&'t Tag<'_>>) -> Option<&'t str> {
    let Some(Tag::Heading { id, attrs, .. }) = tag else {
        return None;
    };
    id.as_deref().or_else(|| {
        let (_, value) = attrs.iter().find(|(name, _)| &**name == "id")?;
        Some(value.as_deref().unwrap_or_default())
    })
}

/// The ids that 0.4 gives to the headings in an author's HTML, before it makes them unique.
pub(crate) fn raw_heading_ids(html: &str) -> Vec<String> {
    let found = expression::Found::all(html).filter(|found| !found.has_id && !found.skipped);
    let mut plain = String::new();
    found.map(|found| v04::slug(found.content, &mut plain)).collect()
}

/// The id that 0.5 gives to the term of a definition list, before it makes it unique.
pub(crate) fn term_id(words: &str) -> String {
    v05::slug(words)
}

/// The part of a heading's words that both versions keep: letters and digits, with ASCII in lower
/// case and other characters mapped by `case`. White space becomes a hyphen.
fn id_of<C: IntoIterator<Item = char>>(words: &str, case: impl Fn(char) -> C) -> String {
    let mut id = String::with_capacity(words.len());
    for ch in words.chars() {
        if ch.is_ascii_alphanumeric() || matches!(ch, '_' | '-') {
            id.push(ch.to_ascii_lowercase());
        } else if ch.is_alphanumeric() {
            id.extend(case(ch).into_iter().filter(|ch| ch.is_alphanumeric()));
        } else if ch.is_whitespace() {
            id.push('-');
        }
    }
    id
}
