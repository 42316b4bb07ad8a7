//! The relations between the documents and decisions of a book, in both directions.

use crate::source::{Span, worded};

worded! {
    /// How a document or a decision relates to another.
    pub enum RelationKind {
        /// It cannot be built, or does not hold, without the other.
        DependsOn = "depends-on",
        /// The inverse.
        RequiredBy = "required-by",
        /// It has replaced the other.
        Supersedes = "supersedes",
        /// The inverse.
        SupersededBy = "superseded-by",
        /// It changes part of the other, which stays in force.
        Amends = "amends",
        /// The inverse.
        AmendedBy = "amended-by",
        /// It links to the other.
        RefersTo = "refers-to",
        /// The inverse.
        ReferredBy = "referred-by",
    }
}

impl RelationKind {
    /// The relation as seen from the other side.
    pub const fn inverse(self) -> Self {
        match self {
            Self::DependsOn => Self::RequiredBy,
            Self::RequiredBy => Self::DependsOn,
            Self::Supersedes => Self::SupersededBy,
            Self::SupersededBy => Self::Supersedes,
            Self::Amends => Self::AmendedBy,
            Self::AmendedBy => Self::Amends,
            Self::RefersTo => Self::ReferredBy,
            Self::ReferredBy => Self::RefersTo,
        }
    }
}

/// Another document or decision that a text names, before it is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// How the text relates to it.
    pub kind: RelationKind,
    /// In the author's words: `ADR-0123`.
    pub text: String,
    /// The target of its link.
    pub url: Option<String>,
    /// Whether a label or a column says that this is the name of a document or a decision. In
    /// prose, words that name nothing are no reference.
    pub is_certain: bool,
    /// Its place.
    pub span: Span,
}

/// A document, or one of the decisions in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Item {
    /// The index of its chapter.
    pub chapter: usize,
    /// The index of the decision among the document's; None for the document, and for the decision
    /// that a document as a whole records.
    pub decision: Option<usize>,
}

impl Item {
    /// The document of a chapter.
    pub const fn document(chapter: usize) -> Self {
        Self {
            chapter,
            decision: None,
        }
    }
}

/// A relation, as seen from one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// This side.
    pub from: Item,
    /// How it relates to the other side.
    pub kind: RelationKind,
    /// The other side; None if that is not in this book.
    pub to: Option<Item>,
    /// The author's words for the other side; empty if only the other side states the relation.
    pub text: Box<str>,
    /// The target of the author's link, if the other side is not in this book.
    pub url: Option<Box<str>>,
    /// Where this side states it.
    pub span: Option<Span>,
    /// For a supersession, whether it has taken effect: a proposal supersedes nothing yet.
    pub is_in_effect: bool,
}

impl Relation {
    /// Whether this side shows it: what has taken effect, and what it states itself.
    pub fn is_shown(&self) -> bool {
        self.is_in_effect || self.span.is_some()
    }
}

/// A name that leads to no single document or decision of this book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    /// Who names it.
    pub from: Item,
    /// As what.
    pub mention: Mention,
    /// What it could be; empty if there is no such document or decision.
    pub candidates: Vec<Item>,
}

/// The relations of a book.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Relations {
    /// Every relation, from both sides, by the item on this side.
    all: Vec<Relation>,
    /// The names that could not be resolved, in the order of the book.
    pub unresolved: Vec<Unresolved>,
    /// Groups of documents that have the same number in the same folder, and of decisions that have
    /// the same label in the same document.
    pub same_number: Vec<Vec<Item>>,
    /// Groups of items that supersede each other, so that none is in force.
    pub rings: Vec<Vec<Item>>,
    /// What is in force instead of an item that has been superseded, by item.
    successors: Vec<(Item, Vec<Item>)>,
}

impl Relations {
    /// The relations in `all`, which is sorted by its items, and `successors`, which is, too.
    pub(crate) fn new(all: Vec<Relation>, successors: Vec<(Item, Vec<Item>)>) -> Self {
        Self {
            all,
            successors,
            ..Self::default()
        }
    }

    /// The relations of the chapter's document and of its decisions.
    pub fn of_chapter(&self, chapter: usize) -> &[Relation] {
        self.between(Item::document(chapter), Item::document(chapter + 1))
    }

    /// The relations of a document or of a decision.
    pub fn of(&self, item: Item) -> &[Relation] {
        let next = Item {
            decision: Some(item.decision.map_or(0, |decision| decision + 1)),
            ..item
        };
        self.between(item, next)
    }

    fn between(&self, from: Item, to: Item) -> &[Relation] {
        let rest = &self.all[self.all.partition_point(|relation| relation.from < from)..];
        &rest[..rest.partition_point(|relation| relation.from < to)]
    }

    /// Every relation, from both sides.
    pub fn iter(&self) -> impl Iterator<Item = &Relation> {
        self.all.iter()
    }

    /// The items in force that have replaced `item`, at the end of all supersessions. None if it
    /// has not been superseded. Empty if it is in a ring, or its successors are not in this book.
    pub fn in_force_instead(&self, item: Item) -> Option<&[Item]> {
        let found = self.successors.binary_search_by_key(&item, |(item, _)| *item).ok()?;
        Some(&self.successors[found].1)
    }
}
