//! The edits of each of the two documents. Each is read again before it is accepted.

use jiff::civil::Date;

use super::name::{NAMES, name};
use super::{Book, Member, Replacement, named, replacements};
use crate::author::change::{UNSURE, confirmed, place, read, reread, sorted};
use crate::author::same::Meant;
use crate::author::slots::{status_edits, updated_edits};
use crate::model::{Document, Mention, RelationKind, Status};
use crate::parse::{self, EditTargets, Slot, ValuePlace};
use crate::source::{Edit, Source};

impl Book<'_> {
    /// The edits of the old document: its status, and its own label for successors if it has one.
    pub(super) fn old_side(self, old: Member<'_>, new: Member<'_>, is_named: bool) -> Result<Vec<Edit>, String> {
        let (document, targets) = read(old.source, self.config)?;
        let is_superseded = document.status.as_ref().is_some_and(|status| status.is_superseded());
        if is_named && is_superseded {
            return Ok(Vec::new());
        }
        let label = &targets.relatives.superseded_by;
        let meant = Meant {
            labels: &labels(&targets, &label.label),
            status: true,
            updated: !targets.updated.is_empty(),
            ..Meant::default()
        };
        let mut reason = None;
        for edits in self.old_drafts((old, new), (&document, &targets), is_named)? {
            let (after, _) = reread(old.source, &edits, self.config)?;
            let mut all = after
                .stated
                .statuses
                .iter()
                .map(|stated| &stated.status)
                .chain(&after.status);
            let is_kept = names(&after, RelationKind::Supersedes) == names(&document, RelationKind::Supersedes);
            let is_set = after.status.is_some() && all.all(|status| status.is_superseded());
            let is_stated = is_kept && is_set && is_dated(&after, &targets, self.today);
            let found = match is_stated && self.states(old, after.clone(), (old, new)) {
                true => confirmed(edits, &document, &after, &meant),
                false => Err(unsure(old.source, targets.status.first())),
            };
            match found {
                Ok(edits) => return Ok(edits),
                Err(why) => reason = reason.or(Some(why)),
            }
        }
        Err(reason.unwrap_or_else(|| unplaced(old.source, &label.label, label.own)))
    }

    /// The changes of the old document to try, the best one first.
    fn old_drafts(
        self,
        (old, new): (Member<'_>, Member<'_>),
        (document, targets): (&Document, &EditTargets),
        is_named: bool,
    ) -> Result<Vec<Vec<Edit>>, String> {
        let label = &targets.relatives.superseded_by;
        let has_boxes = targets.status.iter().any(|slot| matches!(slot, Slot::Boxes(_)));
        // The status names the successor unless the document has another place for it.
        let is_apart = label.own.is_some() || has_boxes || is_named;
        let updated = updated_edits(old.source, targets, self.today)?;
        let mut drafts = Vec::new();
        for at in 0..NAMES {
            let name = |is_yaml| self.name(old, new, is_yaml, at);
            let Some(statuses) = self.statuses(old.source, document, targets, is_apart, &name)? else {
                continue;
            };
            let edits = [updated.clone(), statuses].concat();
            if !is_apart || is_named {
                drafts.push(sorted(edits));
                continue;
            }
            for place in &label.places {
                let own = name(place.is_yaml).map(|value| filled(place, &value));
                drafts.extend(own.map(|own| sorted([edits.clone(), vec![own]].concat())));
            }
        }
        Ok(drafts)
    }

    /// The edits that set the status wherever it is stated, with the name of the successor unless
    /// that stands apart. None if the successor has no such name.
    fn statuses(
        self,
        source: &Source,
        document: &Document,
        targets: &EditTargets,
        is_apart: bool,
        name: &dyn Fn(bool) -> Option<String>,
    ) -> Result<Option<Vec<Edit>>, String> {
        let set = |slots: &[Slot], word: &str| {
            let slots = EditTargets {
                status: slots.to_vec(),
                ..EditTargets::default()
            };
            status_edits(source, document, &slots, word, (self.config, self.today))
        };
        if is_apart || targets.status.is_empty() {
            return set(&targets.status, Status::SUPERSEDED).map(Some);
        }
        let relatives = &targets.relatives;
        let old = document.status.as_ref().map_or("", |status| &status.text);
        let is_lower = old.contains(char::is_alphabetic) && !old.contains(char::is_uppercase);
        let lead = match is_lower {
            true => relatives.replaced_by.to_lowercase(),
            false => relatives.replaced_by.to_owned(),
        };
        let mut edits = Vec::new();
        for slot in &targets.status {
            let is_yaml = slot.span().is_some_and(|span| relatives.front.contains(span));
            let Some(name) = name(is_yaml) else { return Ok(None) };
            edits.extend(set(std::slice::from_ref(slot), &format!("{lead} {name}"))?);
        }
        Ok(Some(edits))
    }

    /// The edits of the new document.
    pub(super) fn new_side(self, old: Member<'_>, new: Member<'_>) -> Result<Vec<Edit>, String> {
        let (document, targets) = read(new.source, self.config)?;
        let label = &targets.relatives.supersedes;
        let updated = updated_edits(new.source, &targets, self.today)?;
        let meant = Meant {
            labels: &labels(&targets, &label.label),
            updated: !targets.updated.is_empty(),
            ..Meant::default()
        };
        let before = names(&document, RelationKind::Supersedes);
        for place in &label.places {
            for at in 0..NAMES {
                let Some(name) = self.name(new, old, place.is_yaml, at) else {
                    continue;
                };
                let mut edits = updated.clone();
                edits.push(filled(place, &name));
                let edits = sorted(edits);
                let (after, _) = reread(new.source, &edits, self.config)?;
                let now = names(&after, RelationKind::Supersedes);
                let is_added = now.len() == before.len() + 1 && before.iter().all(|name| now.contains(name));
                let is_kept = names(&after, RelationKind::SupersededBy) == names(&document, RelationKind::SupersededBy);
                let is_stated = is_added && is_kept && is_dated(&after, &targets, self.today);
                if is_stated && self.states(new, after.clone(), (old, new)) {
                    return confirmed(edits, &document, &after, &meant);
                }
            }
        }
        Err(unplaced(new.source, &label.label, label.own))
    }

    /// Whether the book states the replacement in `member`, if its document is `after`.
    fn states(self, member: Member<'_>, after: Document, (old, new): (Member<'_>, Member<'_>)) -> bool {
        let mut corpus = self.corpus.clone();
        corpus.chapters[member.index].document = Some(after);
        parse::relate(&mut corpus, self.config);
        replacements(&corpus).contains(&Replacement {
            stated_in: member.index,
            old: old.index,
            new: new.index,
        })
    }

    fn name(self, from: Member<'_>, to: Member<'_>, is_yaml: bool, at: usize) -> Option<String> {
        let document = self.corpus.chapters[to.index].document.as_ref()?;
        name(document, from.source.shown_path(), to.source.shown_path(), is_yaml, at)
    }
}

fn filled(place: &ValuePlace, value: &str) -> Edit {
    Edit {
        span: place.span,
        text: format!("{}{value}{}", place.before, place.after),
    }
}

/// The labels of the facts that may change.
fn labels(targets: &EditTargets, relation: &str) -> Vec<String> {
    let mut labels = targets.labels.clone();
    labels.extend([
        relation.to_owned(),
        relation.to_lowercase(),
        relation.to_lowercase().replace(' ', "-"),
    ]);
    labels
}

fn names(document: &Document, kind: RelationKind) -> Vec<(String, Option<String>)> {
    let words = |mention: &Mention| (mention.text.clone(), mention.url.clone());
    named(document, kind).into_iter().map(words).collect()
}

/// Whether the date of the last change, if the document has one, is `today`.
fn is_dated(after: &Document, targets: &EditTargets, today: Date) -> bool {
    let updated = after.updated.as_ref().and_then(|updated| updated.date());
    targets.updated.is_empty() || updated == Some(today)
}

fn unsure(source: &Source, slot: Option<&Slot>) -> String {
    match slot.and_then(Slot::span) {
        Some(span) => format!("{}: {UNSURE}", place(source, span.start)),
        None => UNSURE.to_owned(),
    }
}

/// There is no place for the relation with this label.
fn unplaced(source: &Source, label: &str, own: Option<usize>) -> String {
    match own {
        Some(at) => format!(
            "{}: a name cannot be added to its \"{label}\" with certainty; add it by hand",
            place(source, at)
        ),
        None => format!("its metadata leave no certain place for \"{label}\"; add the line by hand"),
    }
}
