//! Writes that one document replaces another, in both: each in its own form.

mod name;
mod sides;

use jiff::civil::Date;

use super::change::{place, read};
use crate::config::Config;
use crate::model::{Corpus, Document, Mention, RelationKind, Status, StatusClass};
use crate::source::{Edit, Source, Span};

/// A document of the book: its chapter's index, and its file.
#[derive(Debug, Clone, Copy)]
pub struct Member<'s> {
    /// The index of its chapter.
    pub index: usize,
    /// Its file as it is on disk.
    pub source: &'s Source,
}

/// The edits of both documents; none where it is written already.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Both {
    /// Those of the document that is replaced.
    pub old: Vec<Edit>,
    /// Those of the document that replaces it.
    pub new: Vec<Edit>,
    /// The status of the new document, if it does not hold yet.
    pub pending: Option<String>,
}

/// Why nothing is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The index of the chapter that it is about.
    pub index: usize,
    /// The reason, and what to do.
    pub what: String,
}

/// A statement that one document replaces another, by the indices of their chapters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Replacement {
    /// The document that makes the statement.
    stated_in: usize,
    old: usize,
    new: usize,
}

/// Every statement in the book that one of its documents replaces another.
fn replacements(corpus: &Corpus) -> Vec<Replacement> {
    let stated = corpus.relations.iter().filter(|relation| relation.span.is_some());
    let replacement = |(old, new), stated_in| Replacement { stated_in, old, new };
    let found = stated.filter_map(|relation| {
        let (own, other) = (relation.from, relation.to?);
        let is_between_documents = own.decision.is_none() && other.decision.is_none();
        match relation.kind {
            RelationKind::Supersedes if is_between_documents => {
                Some(replacement((other.chapter, own.chapter), own.chapter))
            }
            RelationKind::SupersededBy if is_between_documents => {
                Some(replacement((own.chapter, other.chapter), own.chapter))
            }
            _ => None,
        }
    });
    found.collect()
}

/// The other documents that a document names in this relation.
fn named(document: &Document, kind: RelationKind) -> Vec<&Mention> {
    let mentions = document.stated.mentions.iter();
    mentions.filter(|mention| mention.kind == kind).collect()
}

/// A book, and the day of the change.
#[derive(Debug, Clone, Copy)]
struct Book<'b> {
    corpus: &'b Corpus,
    config: &'b Config,
    today: Date,
}

/// The edits with which `old` is superseded by `new`.
///
/// # Errors
/// If one of the two cannot be written with certainty, with the reason.
pub fn supersede(
    corpus: &Corpus,
    config: &Config,
    old: Member<'_>,
    new: Member<'_>,
    today: Date,
) -> Result<Both, Refusal> {
    let book = Book { corpus, config, today };
    let about = |member: Member<'_>| {
        let index = member.index;
        move |what| Refusal { index, what }
    };
    let stated = replacements(corpus);
    for member in [old, new] {
        book.is_no_template(member).map_err(about(member))?;
    }
    if is_replaced(new.index, old.index, &stated) {
        let what = format!(
            "it is itself superseded by {}, so the two would make a ring; correct that status first",
            old.source.shown_path()
        );
        return Err(about(new)(what));
    }
    let pending = book.may_supersede(new).map_err(about(new))?;
    book.is_free(old, new, &stated).map_err(about(old))?;
    let says = |member: Member<'_>| {
        let mut all = stated.iter();
        all.any(|each| each.stated_in == member.index && (each.old, each.new) == (old.index, new.index))
    };
    Ok(Both {
        old: book.old_side(old, new, says(old)).map_err(about(old))?,
        new: match says(new) {
            true => Vec::new(),
            false => book.new_side(old, new).map_err(about(new))?,
        },
        pending,
    })
}

/// Whether `old` is replaced by `new`, directly or through other documents.
fn is_replaced(old: usize, new: usize, stated: &[Replacement]) -> bool {
    let mut by_old: Vec<(usize, usize)> = stated.iter().map(|each| (each.old, each.new)).collect();
    by_old.sort_unstable();
    by_old.dedup();
    let mut seen = std::collections::BTreeSet::from([old]);
    let mut next = vec![old];
    while let Some(at) = next.pop() {
        let from = by_old.partition_point(|(old, _)| *old < at);
        for (_, newer) in by_old[from..].iter().take_while(|(old, _)| *old == at) {
            if *newer == new {
                return true;
            }
            next.extend(seen.insert(*newer).then_some(*newer));
        }
    }
    false
}

impl Book<'_> {
    fn is_no_template(self, member: Member<'_>) -> Result<(), String> {
        let chapter = &self.corpus.chapters[member.index];
        let path = member.source.shown_path();
        let name = path.rsplit('/').next().unwrap_or_default();
        let title = chapter.headings.first().map_or(Span::default(), |heading| heading.span);
        let mut placeholders = chapter.observed.placeholders.iter();
        let is_template = name.to_lowercase().contains("template")
            || self.config.template.as_deref() == Some(path)
            || placeholders.any(|each| title.contains(each.span));
        match is_template {
            true => Err("it is a template; name a document that was made from it".to_owned()),
            false => Ok(()),
        }
    }

    /// Checks that the new document is not closed. Returns its status if it does not hold yet.
    fn may_supersede(self, new: Member<'_>) -> Result<Option<String>, String> {
        let (document, _) = read(new.source, self.config)?;
        let Some(status) = &document.status else {
            return Ok(None);
        };
        match status.class {
            StatusClass::Closed => Err(format!(
                "{}: its status is `{}`, so it cannot supersede another document; change its status first",
                place(new.source, status.span.start),
                status.text
            )),
            StatusClass::Draft | StatusClass::Review | StatusClass::Paused => Ok(Some(match status.is_unfilled() {
                true => "not set".to_owned(),
                false => format!("`{}`", status.text),
            })),
            _ => Ok(None),
        }
    }

    /// Checks that the old document has one status, and that no other document has replaced it.
    fn is_free(self, old: Member<'_>, new: Member<'_>, stated: &[Replacement]) -> Result<(), String> {
        let (document, _) = read(old.source, self.config)?;
        let statuses: Vec<&Status> = document.stated.statuses.iter().map(|stated| &stated.status).collect();
        if let [first, rest @ ..] = statuses.as_slice()
            && let Some(other) = rest.iter().find(|other| other.state != first.state)
        {
            return Err(format!(
                "it has two statuses that differ: {} says `{}`, {} says `{}`; make them the same first: \
                 `mdbook-design-docs status {} STATE` sets both",
                place(old.source, first.span.start),
                first.text,
                place(old.source, other.span.start),
                other.text,
                old.source.shown_path()
            ));
        }
        let has_another = |each: &&Replacement| each.old == old.index && each.new != new.index;
        if let Some(other) = stated.iter().find(has_another) {
            let path = |index: usize| {
                let chapter = &self.corpus.chapters[index];
                chapter.file.as_deref().unwrap_or(&chapter.path)
            };
            return Err(format!(
                "{} says that {} supersedes it; correct that first, or supersede {} instead",
                path(other.stated_in),
                path(other.new),
                path(other.new)
            ));
        }
        // The same name may stand at the top and at the end.
        let mut successors = named(&document, RelationKind::SupersededBy);
        successors.sort_by_key(|named| (&named.text, &named.url));
        successors.dedup_by_key(|named| (&named.text, &named.url));
        let own = stated
            .iter()
            .filter(|each| each.stated_in == old.index && each.old == old.index);
        match successors.first().filter(|_| successors.len() > own.count()) {
            Some(other) => Err(format!(
                "{}: it names another successor, \"{}\"; correct that by hand",
                place(old.source, other.span.start),
                other.text
            )),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
