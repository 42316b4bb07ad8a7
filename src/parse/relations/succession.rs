//! Finds what is in force: which supersessions have taken effect, which items replaced the others at
//! the end of all supersessions, and which go round in a ring.

use crate::config::StatusClass;
use crate::model::{Chapter, Item, Relation, RelationKind, Relations, Status};

/// The maximum number of successors that are kept of each item.
const MOST_SUCCESSORS: usize = 10;

/// What the supersessions of a book lead to.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// What is in force instead of each superseded item, sorted by item.
    pub(super) successors: Vec<(Item, Vec<Item>)>,
    /// Groups of items that supersede each other.
    pub(super) rings: Vec<Vec<Item>>,
}

impl Standing {
    /// Marks the supersessions in `all` that have taken effect, and follows them.
    pub(super) fn of(all: &mut [Relation], chapters: &[Chapter]) -> Self {
        for relation in &mut *all {
            let successor = match relation.kind {
                RelationKind::Supersedes => Some(relation.from),
                RelationKind::SupersededBy => relation.to,
                _ => None,
            };
            relation.is_in_effect = successor.is_none_or(|item| has_been_in_force(item, chapters));
        }
        let replaced = all.iter().filter_map(|relation| {
            let is_replaced = relation.kind == RelationKind::SupersededBy && relation.is_in_effect;
            Some((relation.from, relation.to.filter(|_| is_replaced)?))
        });
        let replaced: Vec<(Item, Item)> = replaced.collect();
        Graph::new(
            &replaced,
            &superseded_by_own_words(chapters).collect::<Vec<_>>(),
            chapters,
        )
        .solve()
    }
}

/// Whether an item is in force, or once was: a proposal has replaced nothing yet.
fn has_been_in_force(item: Item, chapters: &[Chapter]) -> bool {
    // Rows of a log are decided, whatever the state of the document around them.
    let document = chapters[item.chapter].document.as_ref();
    let status = document
        .filter(|_| item.decision.is_none())
        .and_then(|document| document.status.as_ref());
    status.is_none_or(Status::has_been_in_force)
}

/// The documents and decisions that say themselves that something has superseded them.
fn superseded_by_own_words(chapters: &[Chapter]) -> impl Iterator<Item = Item> {
    let documents = chapters.iter().enumerate();
    let documents = documents.filter_map(|(chapter, facts)| Some((chapter, facts.document.as_ref()?)));
    documents.flat_map(|(chapter, document)| {
        let own = document.status.as_ref().filter(|status| status.is_superseded());
        let decisions = document.decisions.iter().enumerate();
        let decisions = decisions.filter(|(_, decision)| decision.superseded);
        let decisions = decisions.map(move |(index, _)| document.item(chapter, index));
        own.map(|_| Item::document(chapter)).into_iter().chain(decisions)
    })
}

/// The superseded items and their successors, as indices into sorted `items`.
struct Graph {
    items: Vec<Item>,
    /// The successors of each item.
    next: Vec<Vec<usize>>,
    /// The items that each has replaced.
    previous: Vec<Vec<usize>>,
    /// Whether the item has been superseded, by its own words or another's.
    is_replaced: Vec<bool>,
    /// Whether the item is of a document that is closed: deprecated, or rejected.
    is_closed: Vec<bool>,
}

impl Graph {
    /// The graph of pairs of an old and a new item, and of those whose successor may not be known.
    fn new(replaced: &[(Item, Item)], superseded: &[Item], chapters: &[Chapter]) -> Self {
        let mut items: Vec<Item> = replaced.iter().flat_map(|(old, new)| [*old, *new]).collect();
        items.extend(superseded);
        items.sort_unstable();
        items.dedup();
        let at = |item: &Item| items.binary_search(item).unwrap_or_default();
        let mut next = vec![Vec::new(); items.len()];
        let mut previous = vec![Vec::new(); items.len()];
        for (old, new) in replaced {
            next[at(old)].push(at(new));
            previous[at(new)].push(at(old));
        }
        let mut is_replaced: Vec<bool> = next.iter().map(|next: &Vec<usize>| !next.is_empty()).collect();
        for item in superseded {
            is_replaced[at(item)] = true;
        }
        let is_closed = |item: &Item| {
            let document = chapters[item.chapter].document.as_ref();
            let status = document.and_then(|document| document.status.as_ref());
            status.is_some_and(|status| status.class == StatusClass::Closed)
        };
        Self {
            is_closed: items.iter().map(is_closed).collect(),
            is_replaced,
            next,
            previous,
            items,
        }
    }

    /// Works from the items that are in force back to those that they replaced. What is never
    /// reached is in a ring, or leads into one.
    fn solve(self) -> Standing {
        let mut ends: Vec<Vec<usize>> = vec![Vec::new(); self.items.len()];
        let mut open: Vec<usize> = self.next.iter().map(Vec::len).collect();
        let mut ready: Vec<usize> = (0..open.len()).filter(|at| open[*at] == 0).collect();
        while let Some(at) = ready.pop() {
            let mut found: Vec<usize> = match self.is_replaced[at] {
                false if self.is_closed[at] => Vec::new(),
                false => vec![at],
                true => self.next[at]
                    .iter()
                    .flat_map(|next| ends[*next].iter().copied())
                    .collect(),
            };
            found.sort_unstable();
            found.dedup();
            found.truncate(MOST_SUCCESSORS);
            ends[at] = found;
            for &previous in &self.previous[at] {
                open[previous] -= 1;
                if open[previous] == 0 {
                    ready.push(previous);
                }
            }
        }
        let rings = self.rings(&open);
        let successors = (0..self.items.len()).filter(|at| self.is_replaced[*at]).map(|at| {
            let ends = ends[at].iter().map(|end| self.items[*end]);
            (self.items[at], ends.collect())
        });
        Standing {
            successors: successors.collect(),
            rings,
        }
    }

    /// The groups of items that lead to each other, among those with `open` successors.
    fn rings(&self, open: &[usize]) -> Vec<Vec<Item>> {
        let mut is_left: Vec<bool> = open.iter().map(|open| *open > 0).collect();
        let mut to_group = is_left.clone();
        let mut rings = Vec::new();
        // Each item comes after those that it leads to. What leads back to the last one is its ring.
        let order: Vec<usize> = (0..open.len())
            .flat_map(|start| reached(start, &self.next, &mut is_left))
            .collect();
        for start in order.into_iter().rev() {
            let group = reached(start, &self.previous, &mut to_group);
            if group.len() > 1 || group.first().is_some_and(|only| self.next[*only].contains(only)) {
                let mut ring: Vec<Item> = group.into_iter().map(|at| self.items[at]).collect();
                ring.sort_unstable();
                rings.push(ring);
            }
        }
        rings.sort_unstable();
        rings
    }
}

/// What is reached from `start` through what `is_left`, and is not left then: each after all that is
/// reached through it.
fn reached(start: usize, edges: &[Vec<usize>], is_left: &mut [bool]) -> Vec<usize> {
    let mut out = Vec::new();
    let mut path: Vec<(usize, usize)> = Vec::new();
    path.extend(std::mem::take(&mut is_left[start]).then_some((start, 0)));
    while let Some((at, seen)) = path.last_mut() {
        let (at, next) = (*at, edges[*at].get(*seen).copied());
        *seen += 1;
        match next {
            Some(next) => path.extend(std::mem::take(&mut is_left[next]).then_some((next, 0))),
            None => {
                out.push(at);
                path.pop();
            }
        }
    }
    out
}

/// Marks the documents and decisions that have been superseded.
pub(super) fn mark(chapters: &mut [Chapter], relations: &Relations) {
    for (chapter, facts) in chapters.iter_mut().enumerate() {
        let Some(document) = &mut facts.document else { continue };
        document.superseded = relations.in_force_instead(Item::document(chapter)).is_some();
        let items: Vec<Item> = (0..document.decisions.len())
            .map(|index| document.item(chapter, index))
            .collect();
        for (decision, item) in document.decisions.iter_mut().zip(items) {
            decision.superseded |= relations.in_force_instead(item).is_some();
        }
    }
}
