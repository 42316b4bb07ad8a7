//! Makes ids unique in the whole book: mdBook 0.4 puts all chapters on one page, `print.html`, and
//! keeps the generated ids there unchanged. mdBook 0.5 makes them unique itself.

use rustc_hash::FxHashSet;

use crate::config::{Config, IdRules};
use crate::model::Chapter;
use crate::parse::values::id::slug;

/// Appends the chapter to the ids of questions and decisions that an earlier chapter already uses,
/// and issues each lost id only once.
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
        // Only links from outside the book can lead here. They then arrive at the top of the page,
        // where the card is.
        let lost_ids = &mut document.layout.lost_ids;
        lost_ids.retain(|id| used.insert(id.clone()) || linked.contains(id));
    }
}

/// The id with the chapter appended: `question-who-pays--billing-refunds`.
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
