//! The most pressing findings of a book, for a build: it shows a few, and all those of a large
//! book take more room than the documents that they are about.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;

use super::{Book, Lint, Reader, found, of_chapter, rank};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Level, Place};
use crate::model::{Chapter, Corpus};
use crate::source::Span;

/// The louder first, then the more pressing lint, then the book's order.
type Rank = (Reverse<Level>, usize, Place, usize);

/// The first few of the findings that come by.
#[derive(Debug, Default)]
pub struct Pressing {
    most: usize,
    levels: Vec<Level>,
    /// One more than are asked for: the loudest of the others.
    best: BTreeMap<Rank, Diagnostic>,
    count: usize,
}

impl Pressing {
    /// For at most so many findings, all at one of the `levels`.
    pub fn new(most: usize, levels: Vec<Level>) -> Self {
        Self {
            most,
            levels,
            ..Self::default()
        }
    }

    /// Lets the findings of a chapter or of the book come by, all that one lint has at one place.
    pub fn add(&mut self, findings: Vec<Diagnostic>) {
        for (index, each) in findings.into_iter().enumerate() {
            if !self.levels.contains(&each.level) {
                continue;
            }
            self.count += 1;
            let rank = (Reverse(each.level), rank(each.lint), each.place, index);
            let is_full = self.best.len() > self.most;
            if is_full && self.best.last_key_value().is_some_and(|(last, _)| *last < rank) {
                continue;
            }
            self.best.insert(rank, each);
            if is_full {
                self.best.pop_last();
            }
        }
    }

    /// Who reads what `lint` finds in the chapter `source`, if that is told of next: its words
    /// need not be found where what is kept already is more pressing than its first could be.
    fn reader(&self, lint: &Lint, level: Level, source: usize) -> Reader {
        if !self.levels.contains(&level) {
            return Reader::Nobody;
        }
        let span = Span::default();
        let first = (Reverse(level), rank(lint.name), Place { source, span }, 0);
        let is_full = self.best.len() > self.most;
        match self.best.last_key_value() {
            Some((last, _)) if is_full && *last < first => Reader::Count,
            _ => Reader::All,
        }
    }

    /// The findings, the most pressing first; and the level of the loudest that is not among
    /// them, with how many these are.
    pub fn finish(mut self) -> (Vec<Diagnostic>, Option<(Level, usize)>) {
        let rest = self.count.saturating_sub(self.most);
        let next = (rest > 0).then(|| self.best.pop_last()).flatten();
        let next = next.map(|(_, diagnostic)| (diagnostic.level, rest));
        (self.best.into_values().collect(), next)
    }
}

/// As [`check`](super::check), for those that `pressing` wants.
pub fn press(corpus: &Corpus, config: &Config, today: Date, pressing: Pressing) -> Pressing {
    let book = Book::new(corpus, config, today);
    let pressing = Mutex::new(pressing);
    let lock = || pressing.lock().unwrap_or_else(PoisonError::into_inner);
    // Where findings are allowed, it has to be known of all of them first.
    let rest = found(&book, |source, chapter: &Chapter| {
        if !chapter.observed.allows.is_empty() {
            return of_chapter(&book, source, chapter, |_, _| Reader::All).told;
        }
        let reader = |lint: &Lint, level| lock().reader(lint, level, source);
        let findings = of_chapter(&book, source, chapter, reader);
        let mut pressing = lock();
        pressing.count += findings.counted;
        pressing.add(findings.told);
        Vec::new()
    });
    lock().add(rest);
    pressing.into_inner().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint;
    use crate::model::{Allow, Chapter, Deadline, Document, OpenQuestion};
    use crate::source::{Span, Spanned};
    use jiff::civil::date;

    fn chapter(questions: usize, allowed: Option<&str>) -> Chapter {
        let question = |at| OpenQuestion {
            span: Span::new(at, at + 1),
            due: Some(Deadline::default()),
            ..OpenQuestion::default()
        };
        let mut chapter = Chapter {
            document: Some(Document {
                questions: (10..10 + questions).map(question).collect(),
                ..Document::default()
            }),
            ..Chapter::default()
        };
        let name = |name: &str| Spanned::new(name.to_owned(), Span::default());
        chapter.observed.allows.extend(allowed.map(|lint| Allow {
            names: vec![name(lint)],
            has_reason: true,
            covers: Span::new(0, 100),
            span: Span::default(),
        }));
        chapter
    }

    #[test]
    fn they_are_the_first_of_all() {
        let corpus = Corpus {
            chapters: vec![
                chapter(3, None),
                chapter(2, Some("undated-question")),
                chapter(1, Some("invalid-date")),
            ],
            ..Corpus::default()
        };
        let (config, today) = (Config::default(), date(2026, 3, 1));
        let mut all = lint::check(&corpus, &config, today);
        all.sort_by_key(|each| (Reverse(each.level), rank(each.lint), each.place));
        assert!(all.len() > 9, "{all:?}");
        for most in [0, 1, 4, all.len(), 99] {
            let pressing = Pressing::new(most, vec![Level::Warn, Level::Deny]);
            let (first, rest) = press(&corpus, &config, today, pressing).finish();
            assert_eq!(first, all[..most.min(all.len())]);
            assert_eq!(
                rest,
                all.get(most).map(|next| (next.level, all.len() - most)),
                "after {most}"
            );
        }
        let none = press(&corpus, &config, today, Pressing::new(9, vec![Level::Deny]));
        assert_eq!(none.finish(), (Vec::new(), None));
    }
}
