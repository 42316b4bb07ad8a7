//! Inline text as one string that can be mapped back to runs. The grammar of records works on its
//! bytes, regardless of changes in style.

use crate::parse::markdown::fold::{push_narrow, whole};
use crate::parse::markdown::inline::{Run, cut, trim};

/// The words of some runs in one string. Code and struck-through text are masked, so that no label
/// or date is read from them.
#[derive(Debug, Clone)]
pub(crate) struct Text<'r> {
    runs: Vec<Run<'r>>,
    /// Where each run begins.
    starts: Vec<usize>,
    words: String,
}

/// Replaces each byte of code or struck-through text.
pub(super) const MASK: char = '\u{1}';

impl<'r> Text<'r> {
    pub(crate) fn of(runs: &[Run<'r>]) -> Self {
        let mut words = String::with_capacity(runs.iter().map(|run| run.text.len()).sum());
        let mut starts = Vec::with_capacity(runs.len());
        // A record that is entirely struck through is obsolete, but its facts are still read.
        let is_all_struck = is_struck(runs);
        for run in runs {
            starts.push(words.len());
            if run.code || run.struck && !is_all_struck {
                words.extend(std::iter::repeat_n(MASK, run.text.len()));
            } else {
                // An HTML line break separates words as a space does.
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

    /// Whether byte `at` is bold.
    pub(crate) fn is_strong(&self, at: usize) -> bool {
        let behind = self.starts.partition_point(|start| *start <= at);
        behind > 0 && self.runs[behind - 1].strong
    }

    /// Whether a run begins at byte `at` that differs in bold or italics from the one before it.
    pub(crate) fn begins_apart(&self, at: usize) -> bool {
        let style = |run: &Run<'_>| (run.strong, run.emphasis);
        match self.starts.binary_search(&at) {
            Ok(index @ 1..) => {
                let own = style(&self.runs[index]);
                own != style(&self.runs[index - 1]) && own != (false, false)
            }
            _ => false,
        }
    }
}

/// Whether all of the text is struck through.
pub(crate) fn is_struck(runs: &[Run<'_>]) -> bool {
    runs.iter().all(|run| run.struck || run.is_blank())
}

/// The bold runs at the start of a text, and the rest.
pub(crate) fn bold_lead<'t, 'r>(runs: &'t [Run<'r>]) -> (&'t [Run<'r>], &'t [Run<'r>]) {
    runs.split_at(runs.iter().take_while(|run| run.strong).count())
}
