//! Compares two versions of a book: finds the documents that are the same, and what each says differently.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::SAME_FILE;
use super::change::{Change, Kind, Subject};
use super::document::{self, Version};
use super::likeness::folded;
use crate::model::{Corpus, Document};
use crate::source::Source;

/// One version of a book.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Its facts.
    pub corpus: &'a Corpus,
    /// The sources from which they were read.
    pub sources: &'a [Source],
    /// The files, relative to `src`, that could not be read in this version. They are not compared.
    pub unread: &'a BTreeSet<String>,
}

/// A file that has another name in the new version, according to git; paths are relative to `src`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    /// The old path.
    pub from: String,
    /// The new path.
    pub to: String,
    /// How much of the text is the same, in percent.
    pub score: u8,
}

/// The changes from one version to another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The changes, in the order of the new book; documents that were removed come last.
    pub changes: Vec<Change>,
    /// The documents that have another path now: the old path and the new one.
    pub renamed: Vec<(String, String)>,
}

/// The number of documents without a partner on each side whose lines are compared.
const MOST_COMPARED: usize = 60;

/// The changes from `old` to `new`.
pub fn compare(old: Side<'_>, new: Side<'_>, renames: &[Rename]) -> Comparison {
    // What cannot be read in one version is compared in none, whatever it is called there.
    let mut unread: HashSet<&str> = [old, new]
        .iter()
        .flat_map(|side| side.unread)
        .map(String::as_str)
        .collect();
    for Rename { from, to, .. } in renames {
        if old.unread.contains(from) || new.unread.contains(to) {
            unread.extend([from.as_str(), to.as_str()]);
        }
    }
    let all = |side| -> Vec<Version<'_>> {
        let versions = versions(side);
        versions.filter(|version| !unread.contains(version.path())).collect()
    };
    let (before, after) = (all(old), all(new));
    let partners = partners(&before, &after, renames);
    let mut out = Comparison::default();
    let mut is_gone = vec![true; before.len()];
    for (version, partner) in after.iter().zip(partners) {
        let Some(at) = partner else {
            out.changes.extend(document::added(version));
            continue;
        };
        is_gone[at] = false;
        if before[at].path() != version.path() {
            out.renamed
                .push((before[at].path().to_owned(), version.path().to_owned()));
        }
        out.changes.extend(document::changed(&before[at], version));
    }
    let gone = before.iter().zip(is_gone).filter(|(_, is_gone)| *is_gone);
    out.changes
        .extend(gone.flat_map(|(version, _)| document::removed(version)));
    out
}

/// The documents of a version.
fn versions(side: Side<'_>) -> impl Iterator<Item = Version<'_>> {
    side.corpus
        .documents()
        .filter_map(move |(chapter, _, document)| Version::new(side, chapter, document))
}

/// For each of `after`, the index of the same document in `before`.
fn partners(before: &[Version<'_>], after: &[Version<'_>], renames: &[Rename]) -> Vec<Option<usize>> {
    let by_path: HashMap<&str, usize> = before.iter().enumerate().map(|(at, each)| (each.path(), at)).collect();
    let mut is_free = vec![true; before.len()];
    let mut found = vec![None; after.len()];
    for (version, partner) in after.iter().zip(&mut found) {
        *partner = by_path.get(version.path()).copied();
        partner.iter().for_each(|&at| is_free[at] = false);
    }
    let renamed: BTreeMap<&str, &Rename> = renames.iter().map(|rename| (rename.to.as_str(), rename)).collect();
    for (version, partner) in after.iter().zip(&mut found).filter(|(_, partner)| partner.is_none()) {
        let Some(rename) = renamed.get(version.path()) else {
            continue;
        };
        let at = by_path.get(rename.from.as_str()).copied();
        *partner = at.filter(|&at| is_free[at] && (rename.score >= SAME_FILE || is_alike(&before[at], version)));
        partner.iter().for_each(|&at| is_free[at] = false);
    }
    // In the working tree git does not look at files that were not added yet, and among many files from one
    // template it may have chosen the wrong one.
    let free = (0..before.len()).filter(|&at| is_free[at]).take(MOST_COMPARED);
    let free: Vec<(usize, HashSet<String>)> = free.map(|at| (at, words(&before[at]))).collect();
    let alone = after.iter().zip(&mut found).filter(|(_, partner)| partner.is_none());
    for (version, partner) in alone.take(MOST_COMPARED) {
        let own = words(version);
        let is_same = |(at, words): &&(usize, HashSet<String>)| {
            is_free[*at] && !own.is_disjoint(words) && shares_half_of_its_lines(&before[*at], version)
        };
        *partner = free.iter().find(is_same).map(|(at, _)| *at);
        partner.iter().for_each(|&at| is_free[at] = false);
    }
    found
}

/// Whether two documents have the same title, or one question or decision in common: what they have only
/// from a template is not enough.
fn is_alike(one: &Version<'_>, other: &Version<'_>) -> bool {
    !words(one).is_disjoint(&words(other))
}

/// The title, the questions and the decisions of a document, without those that have no words.
fn words(version: &Version<'_>) -> HashSet<String> {
    let document = version.document;
    let questions = document.questions.iter().map(|question| &question.question.text);
    let decisions = document.decisions.iter().map(|decision| &decision.decision.text);
    let title = [&document.title.value];
    let all = title.into_iter().chain(questions).chain(decisions);
    all.map(|text| folded(text)).filter(|words| !words.is_empty()).collect()
}

fn shares_half_of_its_lines(one: &Version<'_>, other: &Version<'_>) -> bool {
    let mut lines: HashMap<&str, usize> = HashMap::new();
    one.text().lines().for_each(|line| *lines.entry(line).or_default() += 1);
    let mut shared = 0;
    for line in other.text().lines() {
        if let Some(left) = lines.get_mut(line).filter(|left| **left > 0) {
            *left -= 1;
            shared += 1;
        }
    }
    shared * 4 >= one.text().lines().count() + other.text().lines().count()
}

/// A change of a document as a whole.
pub(super) fn of_document(version: &Version<'_>, kind: Kind) -> Change {
    version.change(kind, Subject::Document, version.document.title.span, version.title())
}

/// The state of a document; None if its author has not chosen one.
pub(super) fn state(document: &Document) -> Option<String> {
    let status = document.status.as_ref().filter(|status| !status.is_unfilled());
    status
        .map(|status| status.state.clone())
        .filter(|state| !state.is_empty())
}
