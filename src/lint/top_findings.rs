//! The most urgent findings of a book, for the build, which shows only a few.

use std::cmp::Reverse;

use jiff::civil::Date;
use rayon::prelude::*;

use super::{BookView, of_book, of_chapter, rank};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Corpus;

/// The findings to return.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// The maximum number.
    pub most: usize,
    /// The minimum level.
    pub least: Level,
}

/// The most urgent findings, by level, then by the lint's rank, then in the order of the book.
#[derive(Debug, Default)]
pub struct TopFindings {
    /// The findings within the limit.
    pub findings: Vec<Diagnostic>,
    /// The number of other findings.
    pub left_out: usize,
    /// The highest level among those.
    pub loudest: Option<Level>,
}

impl TopFindings {
    pub(crate) fn new(mut findings: Vec<Diagnostic>, limit: Limit) -> Self {
        findings.retain(|finding| finding.level >= limit.least);
        findings.sort_by_key(|finding| (Reverse(finding.level), rank(finding.lint), finding.place));
        let left_out = findings.len().saturating_sub(limit.most);
        let loudest = findings.get(limit.most).map(|finding| finding.level);
        findings.truncate(limit.most);
        Self {
            findings,
            left_out,
            loudest,
        }
    }

    /// The findings of both, reduced to `limit`.
    fn and(mut self, other: Self, limit: Limit) -> Self {
        self.findings.extend(other.findings);
        let top = Self::new(self.findings, limit);
        Self {
            findings: top.findings,
            left_out: top.left_out + self.left_out + other.left_out,
            loudest: top.loudest.max(self.loudest).max(other.loudest),
        }
    }
}

/// As [`check`], but keeps only the findings within `limit`: all findings of a large handbook take
/// more memory than its documents (20 MB more at 2,000 documents).
pub fn top_findings(corpus: &Corpus, config: &Config, today: Date, limit: Limit) -> TopFindings {
    let book = BookView::new(corpus, config, today);
    // Allow comments must be applied to all findings of their chapter.
    let (whole, cut): (Vec<usize>, Vec<usize>) =
        (0..corpus.chapters.len()).partition(|&at| !corpus.chapters[at].observed.allows.is_empty());
    let findings = |source: usize| of_chapter(&book, source, &corpus.chapters[source]);
    let top = cut
        .into_par_iter()
        .map(|source| TopFindings::new(findings(source), limit))
        .reduce(TopFindings::default, |one, other| one.and(other, limit));
    let whole = whole.into_iter().flat_map(findings);
    let findings = of_book(&book, whole.chain(top.findings).collect());
    TopFindings { findings, ..top }.and(TopFindings::default(), limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;
    use crate::lint::check;
    use crate::model::{Allow, Chapter, Deadline, Document, OpenQuestion};
    use crate::source::{Span, Spanned};
    use jiff::civil::date;

    #[test]
    fn the_most_pressing_findings_come_first() {
        let finding = |lint, level, source| Diagnostic {
            lint,
            level,
            place: Place {
                source,
                span: Span::default(),
            },
            message: String::new(),
            label: None,
            help: None,
            fix: None,
        };
        let all = vec![
            finding("non-iso-date", Level::Warn, 0),
            finding("overdue-question", Level::Warn, 1),
            finding("non-iso-date", Level::Deny, 2),
            finding("overdue-question", Level::Warn, 0),
        ];
        let order = [2, 3, 1, 0].map(|at: usize| all[at].clone());
        for most in 0..6 {
            let least = Level::Warn;
            let top = TopFindings::new(all.clone(), Limit { most, least });
            assert_eq!(top.findings, order[..most.min(4)]);
            assert_eq!(top.left_out, 4_usize.saturating_sub(most));
            assert_eq!(top.loudest, order.get(most).map(|next| next.level), "after {most}");
        }
        let limit = Limit {
            most: 9,
            least: Level::Deny,
        };
        assert_eq!(TopFindings::new(all, limit).findings, order[..1]);
    }

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

    /// Cutting chapter by chapter gives what sorting all findings gives.
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
        let mut all = check(&corpus, &config, today);
        all.sort_by_key(|each| (Reverse(each.level), rank(each.lint), each.place));
        assert!(all.len() > 9, "{all:?}");
        for most in [0, 1, 4, all.len(), 99] {
            let least = Level::Warn;
            let top = top_findings(&corpus, &config, today, Limit { most, least });
            assert_eq!(top.findings, all[..most.min(all.len())]);
            assert_eq!(top.left_out, all.len().saturating_sub(most), "after {most}");
            assert_eq!(top.loudest, all.get(most).map(|next| next.level), "after {most}");
        }
        let (most, least) = (9, Level::Deny);
        let none = top_findings(&corpus, &config, today, Limit { most, least });
        assert_eq!((none.findings, none.left_out, none.loudest), (Vec::new(), 0, None));
    }
}
