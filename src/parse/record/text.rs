//! Inline text as one string, which can be cut back to runs: the grammar of records works on its
//! bytes, wherever the author changed the style.

use crate::parse::markdown::fold::{push_narrow, whole};
use crate::parse::markdown::inline::{Run, cut, trim};

/// The words of some runs in one string. Code and what is struck through are masked: no label and
/// no date is read from them.
#[derive(Debug, Clone)]
pub(crate) struct Text<'r> {
    runs: Vec<Run<'r>>,
    /// Where each run begins.
    starts: Vec<usize>,
    words: String,
}

/// What stands for a byte of code, or of a text that is struck through.
pub(super) const MASK: char = '\u{1}';

impl<'r> Text<'r> {
    pub(crate) fn of(runs: &[Run<'r>]) -> Self {
        let mut words = String::with_capacity(runs.iter().map(|run| run.text.len()).sum());
        let mut starts = Vec::with_capacity(runs.len());
        // A record that is struck through as a whole is no longer valid.
        let is_all_struck = is_struck(runs);
        for run in runs {
            starts.push(words.len());
            if run.code || run.struck && !is_all_struck {
                words.extend(std::iter::repeat_n(MASK, run.text.len()));
            } else {
                // A break of HTML parts words as a space does.
                push_narrow(if run.is_break { " " } else { run.text }, &mut words);
            }
        }
        Self {
            runs: runs.to_vec(),
            starts,
            words,
        }
    }

    /// The words, masked.
    pub(crate) fn words(&self) -> &str {
        &self.words
    }

    /// The runs between two bytes, without white space at either end.
    pub(crate) fn slice(&self, from: usize, to: usize) -> Vec<Run<'r>> {
        let first = self.starts.partition_point(|start| *start <= from).saturating_sub(1);
        let mut out = Vec::new();
        for (run, start) in self.runs.iter().zip(&self.starts).skip(first) {
            if *start >= to {
                break;
            }
            let (from, to) = (
                whole(run.text, from.saturating_sub(*start)),
                whole(run.text, to - start),
            );
            if from < to {
                out.push(cut(run, from, to));
            }
        }
        trim(&out)
    }

    /// The run in which byte `at` stands.
    fn run_at(&self, at: usize) -> Option<&Run<'r>> {
        let index = self.starts.partition_point(|start| *start <= at).checked_sub(1)?;
        self.runs.get(index)
    }

    /// Whether byte `at` stands in bold or in italics.
    pub(crate) fn is_set_apart(&self, at: usize) -> bool {
        self.run_at(at).is_some_and(|run| run.strong || run.emphasis)
    }

    /// Whether byte `at` stands in bold.
    pub(crate) fn is_strong(&self, at: usize) -> bool {
        self.run_at(at).is_some_and(|run| run.strong)
    }

    /// Where runs begin that are set apart from the one before them.
    pub(crate) fn set_apart(&self) -> impl Iterator<Item = usize> {
        let pairs = self.runs.windows(2).zip(self.starts.iter().skip(1));
        pairs
            .filter(|(pair, _)| {
                let style = |run: &Run<'_>| (run.strong, run.emphasis);
                style(&pair[1]) != style(&pair[0]) && style(&pair[1]) != (false, false)
            })
            .map(|(_, start)| *start)
    }
}

/// Whether all of the text is struck through.
pub(crate) fn is_struck(runs: &[Run<'_>]) -> bool {
    runs.iter().all(|run| run.struck || run.is_blank())
}
