//! The rows of an index that a marker with filters asks for:
//! `<!-- open-questions owner="Ada Obi" due="overdue" -->`.
//!
//! A handbook may have such a marker in each chapter, so the rows are looked up by their owners, tags,
//! days and paths, and a marker costs about as much as the rows that it shows.

use std::sync::Arc;

use jiff::civil::Date;

use super::catalog::{Catalog, Facts, MOST_ROWS, Wanted};
use crate::model::{Due, Filter, IndexKind};
use crate::render::index::days::DayRange;
use crate::render::index::decisions::{self, Settled};
use crate::render::index::entry::{Entries, Entry, IndexWriter};
use crate::render::index::paginate::Page;
use crate::render::index::table::{Table, Window};
use crate::render::index::{documents, open_questions};
use crate::render::words::capitalized;
use crate::render::writer::Writer;

/// The rows of all indices that can be filtered.
pub(super) struct Filtered<'a> {
    questions: Catalog<'a, open_questions::Asked<'a>>,
    decisions: Catalog<'a, decisions::Recorded<'a>>,
    documents: Catalog<'a, Entry<'a>>,
    settled: Arc<Settled<'a>>,
}

impl<'a> Filtered<'a> {
    pub(super) fn new(documents: &Entries<'a>, writer: &Writer<'_>) -> Self {
        let all = documents.of(IndexKind::Questions);
        let mut asked = open_questions::asked(all, Page::WHOLE, writer);
        asked.retain(|(_, question, _)| !question.resolved);
        Self {
            questions: Catalog::new(asked, |(entry, question, _)| Facts::of_question(*entry, question)),
            decisions: Catalog::new(decisions::recorded(all, Page::WHOLE), |(entry, decision)| {
                Facts::of_decision(*entry, decision)
            }),
            documents: Catalog::new(
                documents::sorted(documents.of(IndexKind::Documents), Page::WHOLE),
                |entry| Facts::of_document(*entry),
            ),
            settled: Arc::new(decisions::settled(all)),
        }
    }

    /// The table of the rows of `kind` that `filter` asks for; `title` is that of the whole index.
    pub(super) fn table(&self, kind: IndexKind, filter: &Filter, title: &str, at: IndexWriter<'a>) -> Table<'a> {
        let range = range(filter);
        let wanted = Wanted::new(filter, range, at.writer);
        let (mut table, days) = match kind {
            IndexKind::Questions => {
                let (asked, days) = self.questions.select(&wanted);
                (open_questions::list(asked, &[], &at), days)
            }
            IndexKind::Decisions => {
                let (decisions, days) = self.decisions.select(&wanted);
                (decisions::list(decisions, &[], Arc::clone(&self.settled), &at), days)
            }
            _ => {
                let (documents, days) = self.documents.select(&wanted);
                (documents::list(documents, &at), days)
            }
        };
        let today = at.writer.today;
        let is_shown = |day: &Option<Date>| range.is_none_or(|range| day.is_some_and(|day| range.has(today, day)));
        let all = days.iter().filter(|day| is_shown(day)).count();
        let shown = days.iter().take(MOST_ROWS).filter(|day| is_shown(day)).count();
        table.summary = summary(title, filter, (shown, all), at.writer);
        table.filters = Vec::new();
        table.window = Some(Arc::new(Window { range, days, today }));
        table
    }
}

fn range(filter: &Filter) -> Option<DayRange> {
    let due = filter.due.and_then(|due| match due {
        Due::Overdue => Some(DayRange::until(-1)),
        Due::Within(days) => Some(DayRange::new(0, i64::from(days))),
        Due::Undated => None,
    });
    due.or_else(|| filter.days.map(|days| DayRange::new(-i64::from(days), 0)))
}

/// `Open questions: 3 · Owner: Ada Obi · overdue. As of …`, with the counts of the rows that are shown
/// and of all.
fn summary(title: &str, filter: &Filter, (shown, all): (usize, usize), writer: &Writer<'_>) -> String {
    let words = writer.words;
    let named = |name: &str, value: &Option<String>| Some(format!("{}: {}", capitalized(name), value.as_ref()?));
    let due = filter.due.map(|due| match due {
        Due::Overdue => words.overdue.to_owned(),
        Due::Undated => words.no_date.to_owned(),
        Due::Within(0) => words.due_today.to_owned(),
        Due::Within(days) => words.due_within.fill(days.into()),
    });
    let parts = [
        named(words.owner, &filter.owner),
        named(words.folder, &filter.folder),
        named(words.tags, &filter.tag),
        named(words.status, &filter.status),
        due,
        filter.days.map(|days| words.in_last_days.fill(days.into())),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let count = match shown < all {
        true => writer.phrase(words.n_shown, &[&writer.counted(shown), &all.to_string()]),
        false => writer.counted(shown),
    };
    let said = writer.text(&parts.join(" · "));
    format!("{}: {count} · {said}. {}", writer.text(title), writer.as_of())
}

#[cfg(test)]
mod tests;
