//! Ids that are unique in the whole book: mdBook 0.4 puts all chapters on one page, `print.html`,
//! and leaves there the ids that we have written. mdBook 0.5 tells them apart itself.

use rustc_hash::FxHashSet;

use crate::config::{Config, IdRules};
use crate::model::Chapter;
use crate::parse::values::id::slug;

/// Tells questions and decisions of later chapters from what has their id in earlier ones, by the
/// chapter; and does not give a lost id twice.
pub(crate) fn tell_apart(chapters: &mut [Chapter], config: &Config) {
    if config.dialect.ids != IdRules::V04 {
        return;
    }
    let mut used: FxHashSet<String> = FxHashSet::default();
    let mut linked: FxHashSet<String> = FxHashSet::default();
    for chapter in chapters.iter() {
        used.extend(chapter.headings.iter().map(|heading| heading.words.id.to_string()));
        used.extend(chapter.observed.ids.iter().cloned());
        linked.extend(chapter.observed.links.iter().map(|link| link.fragment.clone()));
    }
    for Chapter { path, document, .. } in chapters {
        let Some(document) = document else { continue };
        let questions = document.questions.iter_mut().map(|question| &mut question.id);
        let decisions = document
            .decisions
            .iter_mut()
            .filter(|decision| decision.heading_id.is_none());
        for id in questions.chain(decisions.map(|decision| &mut decision.id)) {
            if !used.insert(id.clone()) {
                *id = other(id, path, &used);
                used.insert(id.clone());
            }
        }
        // Nothing leads there, unless from outside: and such a link arrives at the top, where the card is.
        let lost_ids = &mut document.layout.lost_ids;
        lost_ids.retain(|id| used.insert(id.clone()) || linked.contains(id));
    }
}

/// `question-who-pays--billing-refunds`.
fn other(id: &str, path: &str, used: &FxHashSet<String>) -> String {
    let chapter = slug(path.strip_suffix(".md").unwrap_or(path));
    let mut out = format!("{id}--{chapter}");
    let mut number = 1;
    while used.contains(&out) {
        number += 1;
        out = format!("{id}--{chapter}--{number}");
    }
    out
}
