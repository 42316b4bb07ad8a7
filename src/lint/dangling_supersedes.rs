//! The lint `dangling-supersedes`.

use super::BookView;
use super::findings::{Findings, lint, listed, shortened};
use crate::model::{Item, RelationKind, Unresolved};

lint!("dangling-supersedes", dangling_supersedes, Decisions, Warn, Book);

fn check<'b>(book: &'b BookView<'b>, findings: &mut Findings<'_>) {
    for unresolved in &book.corpus.relations.unresolved {
        let Unresolved {
            from,
            mention,
            candidates,
        } = unresolved;
        let text = shortened(&mention.text);
        let verb = verb(mention.kind);
        let (what, place) = match from.decision {
            Some(_) => ("decision", "log"),
            None => ("document", "book"),
        };
        if candidates.is_empty() {
            let help = match from.decision {
                Some(_) => "correct the number, or add the row",
                None => "correct the reference, or add the document to SUMMARY.md",
            };
            let message = format!("this {what} {verb} \"{text}\", which is not in this {place}");
            findings.add(from.chapter, mention.span, message).help(help);
        } else {
            let names = listed(candidates.iter().map(|item| candidate(book, *item)));
            let message = format!("this {what} {verb} \"{text}\", which names {names}");
            findings
                .add(from.chapter, mention.span, message)
                .help("link to the one that you mean, or give the others numbers of their own");
        }
    }
}

/// What a relation says of the document that states it.
fn verb(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::DependsOn => "depends on",
        RelationKind::RequiredBy => "is required by",
        RelationKind::Supersedes => "supersedes",
        RelationKind::SupersededBy => "is superseded by",
        RelationKind::Amends => "amends",
        RelationKind::AmendedBy => "is amended by",
        RelationKind::RefersTo => "refers to",
        RelationKind::ReferredBy => "is referred to by",
    }
}

/// A document by its file, a decision by its text.
fn candidate<'b>(book: &BookView<'b>, item: Item) -> &'b str {
    match book.corpus.decision(item) {
        Some(decision) => &decision.decision.text,
        None => book.path(item.chapter),
    }
}
