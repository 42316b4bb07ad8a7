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
    use crate::source::Span;

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
}
