//! The questions that were asked or resolved within a week, and those whose deadline was moved, as git
//! knows it.

use jiff::civil::Date;

use super::{ItemOf, List, Week};
use crate::model::Past;
use crate::render::index::days::DayRange;
use crate::render::index::entry::Entry;

/// The last week.
const LAST_WEEK: DayRange = DayRange::new(-7, 0);

impl<'a> Week<'a> {
    /// The lists, which are empty unless `history` is on.
    pub(super) fn past(&self, documents: &[Entry<'a>]) -> [List; 3] {
        let words = self.at.writer.words;
        let asked = questions(documents, |past| past.asked);
        let moved = questions(documents, |past| past.last_moved);
        let resolved = questions(documents, |past| past.resolved_on);
        // Of a deadline that was moved, its new day is of interest.
        let moved = moved.filter_map(|(day, item)| match item {
            ItemOf::Past(_, question) if question.resolved => None,
            ItemOf::Past(entry, question) => Some((day, ItemOf::Question(entry, question))),
            item => Some((day, item)),
        });
        [
            self.list(words.newly_asked, "dd-newly-asked", LAST_WEEK, asked),
            self.list(words.newly_moved, "dd-newly-moved", LAST_WEEK, moved),
            self.list(words.newly_resolved, "dd-newly-resolved", LAST_WEEK, resolved),
        ]
    }
}

/// The questions that have such a day.
fn questions<'e, 'a>(
    documents: &'e [Entry<'a>],
    day: fn(&Past) -> Option<Date>,
) -> impl Iterator<Item = (Date, ItemOf<'a>)> + use<'e, 'a> {
    documents.iter().flat_map(move |&entry| {
        let questions = entry.document.questions.iter();
        questions.filter_map(move |question| Some((day(&question.past)?, ItemOf::Past(entry, question))))
    })
}
