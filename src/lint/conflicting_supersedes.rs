//! The lint `conflicting-supersedes`.

use std::collections::{HashMap, HashSet};

use super::BookView;
use super::findings::{Findings, lint, listed, shortened};
use crate::model::{Item, Relation, RelationKind, Status, StatusClass};
use crate::source::Span;

lint!("conflicting-supersedes", conflicting_supersedes, Decisions, Warn, Book);

fn check<'b>(book: &'b BookView<'b>, findings: &mut Findings<'_>) {
    let relations = &book.corpus.relations;
    for ring in &relations.rings {
        in_ring(book, ring, findings);
    }
    let in_rings: HashSet<Item> = relations.rings.iter().flatten().copied().collect();
    let between_documents = relations.iter().filter(|relation| {
        let is_document = relation.from.decision.is_none() && relation.to.is_some_and(|to| to.decision.is_none());
        is_document && !in_rings.contains(&relation.from)
    });
    let stated: Vec<(&Relation, Item, Span)> = between_documents
        .filter_map(|relation| Some((relation, relation.to?, relation.span?)))
        .collect();
    let successors = stated
        .iter()
        .filter(|(relation, ..)| relation.kind == RelationKind::SupersededBy);
    let mut claims = Claims {
        agreed: successors.map(|(relation, to, _)| (relation.from, *to)).collect(),
        ..Claims::default()
    };
    claims.ended = claims.agreed.iter().map(|(old, _)| *old).collect();
    for (relation, other, span) in stated {
        match relation.kind {
            RelationKind::Supersedes if relation.is_in_effect => {
                claims.check(book, relation.from, other, span, findings);
            }
            RelationKind::SupersededBy if !relation.is_in_effect => {
                not_in_force(book, relation.from, other, span, findings)
            }
            _ => {}
        }
    }
}

/// Reports a document that is superseded by a proposal, or by a document that was rejected.
fn not_in_force(book: &BookView<'_>, old: Item, new: Item, span: Span, findings: &mut Findings<'_>) {
    let status = status(book, new).map_or("", |status| status.text.as_str());
    let message = format!(
        "this document is superseded by `{}`, which calls itself `{}`",
        book.path(new.chapter),
        shortened(status)
    );
    findings
        .add(old.chapter, span, message)
        .label("neither of the two is in force")
        .help("name the document that is in force, or give this one its old status back");
}

/// Reports documents that supersede each other.
fn in_ring(book: &BookView<'_>, ring: &[Item], findings: &mut Findings<'_>) {
    let Some(first) = ring.first() else { return };
    let replaces = |relation: &&Relation| {
        let is_succession = matches!(relation.kind, RelationKind::Supersedes | RelationKind::SupersededBy);
        is_succession && relation.to.is_some_and(|to| ring.binary_search(&to).is_ok())
    };
    let mut stated = ring
        .iter()
        .flat_map(|item| book.corpus.relations.of(*item))
        .filter(replaces);
    let span = stated.find_map(|relation| Some((relation.from.chapter, relation.span?)));
    let (chapter, span) = span.unwrap_or((first.chapter, Span::default()));
    let what = if first.decision.is_some() {
        "decision"
    } else {
        "document"
    };
    let others = ring.iter().map(|item| item.chapter).filter(|other| *other != chapter);
    let others = listed(others.map(|other| book.path(other)));
    let message = match ring {
        [_] => format!("this {what} supersedes itself"),
        _ if others.is_empty() => format!("this {what} and others on this page supersede each other"),
        [_, _] => format!("this {what} and {others} supersede each other"),
        _ => format!("this {what}, {others} supersede each other in a ring"),
    };
    findings
        .add(chapter, span, message)
        .label("none of them is in force")
        .help("find the latest of them, and take out the line that says that it is superseded");
}

/// Which documents say that they have replaced which.
#[derive(Default)]
struct Claims {
    /// Pairs of an old document and a successor that it names itself.
    agreed: HashSet<(Item, Item)>,
    /// The documents that name a successor.
    ended: HashSet<Item>,
    /// The first document that claims to have replaced each.
    first: HashMap<Item, Item>,
}

impl Claims {
    /// Reports a second document that claims to have replaced `old`, or that `old` calls itself in
    /// force.
    fn check(&mut self, book: &BookView<'_>, new: Item, old: Item, span: Span, findings: &mut Findings<'_>) {
        let first = *self.first.entry(old).or_insert(new);
        // A document that names its successors may have several.
        let is_agreed = self.agreed.contains(&(old, new));
        let (old_path, first_path) = (book.path(old.chapter), book.path(first.chapter));
        if first != new && !is_agreed {
            let message = format!("`{first_path}` supersedes `{old_path}` already");
            findings
                .add(new.chapter, span, message)
                .help("name the document that this one really follows");
            return;
        }
        let Some(status) = status(book, old).filter(|_| !self.ended.contains(&old)) else {
            return;
        };
        let holds = matches!(
            status.class,
            StatusClass::Draft | StatusClass::Review | StatusClass::Agreed | StatusClass::Done
        );
        if holds && !status.is_unfilled() {
            let message = format!("`{old_path}` is superseded here, but calls itself `{}`", status.text);
            findings
                .add(new.chapter, span, message)
                .help("give it the status `Superseded by` with a link to this document");
        }
    }
}

fn status<'b>(book: &BookView<'b>, item: Item) -> Option<&'b Status> {
    let document = book.corpus.chapters.get(item.chapter)?.document.as_ref()?;
    document.status.as_ref()
}
