//! Reads what follows a text on the same line without being part of it:
//! `(owner: Ada, due 2026-03-01)`, `— Ada Obi, 2026-03-01`, `→ the answer`, `@ada by 2026-03-01`.
//!
//! Every position where such facts may begin is tried, from left to right. The first position from
//! which everything up to the end is a fact wins. If there is none, the text is not split.

mod fact;
mod scan;

use crate::parse::markdown::fold::QUESTION_MARKS;
use crate::parse::markdown::inline::Run;
use crate::parse::record::Reader;
use crate::parse::record::text::Text;
use crate::parse::vocabulary::concept::Key;
use scan::{Form, Found, Scan};

/// The maximum number of facts after a text.
const MOST_FACTS: usize = 24;

/// A fact and the runs of its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fact<'r> {
    pub(crate) key: Key,
    pub(crate) value: Vec<Run<'r>>,
}

/// The facts at the end of `text`, and the byte at which they begin.
pub(crate) fn tail<'r>(text: &Text<'r>, reader: &Reader<'r>) -> Option<(usize, Vec<Fact<'r>>)> {
    let mut scan = Scan::of(text, reader);
    scan.asked_to = asked_to(text.words());
    // The remaining text must not be empty.
    let text_from = scan.words.find(char::is_alphanumeric)?;
    let mut cuts = scan.cuts().into_iter().filter(|at| *at > text_from);
    cuts.find_map(|at| Some((at, scan.facts(at)?)))
}

/// The byte after the last question mark and the closing quotation marks or emphasis that follow
/// it.
fn asked_to(words: &str) -> Option<usize> {
    let (at, mark) = words.char_indices().rfind(|(_, ch)| QUESTION_MARKS.contains(ch))?;
    let behind = &words[at + mark.len_utf8()..];
    let rest = behind.trim_start_matches(['”', '"', '»', '’', '*', '_']);
    Some(words.len() - rest.len())
}

/// The facts of a text that consists only of facts.
pub(crate) fn alone<'r>(text: &[Run<'r>], reader: &Reader<'r>) -> Option<Vec<Fact<'r>>> {
    Scan::of(&Text::of(text), reader).facts(0)
}

/// Splits the value of a label where another fact begins in it: `Ada Obi, by 2026-03-01`. Returns
/// the value and the facts after it.
pub(crate) fn within_value<'r>(
    value: &[Run<'r>],
    key: Key,
    reader: &Reader<'r>,
) -> Option<(Vec<Run<'r>>, Vec<Fact<'r>>)> {
    let text = Text::of(value);
    let mut scan = Scan::of(&text, reader);
    let end = scan.value_end(0, key, false);
    let facts = if end < scan.words.len() {
        scan.facts(end)?
    } else {
        return None;
    };
    Some((scan.value(0..end), facts))
}

impl<'r> Scan<'_, 'r> {
    /// The facts from `from` to the end. None if there is anything else.
    fn facts(&mut self, from: usize) -> Option<Vec<Fact<'r>>> {
        let mut out: Vec<Found<'r>> = Vec::new();
        let (mut at, mut group, mut tried) = (from, 0, Vec::new());
        loop {
            if let Some(closing) = self.closing(at) {
                out.push(closing);
                break;
            }
            let (next, is_new_group, is_dashed) = self.skip(at);
            group += usize::from(is_new_group);
            if next >= self.words.len() {
                break;
            }
            if self.failed[next] {
                return None;
            }
            tried.push(next);
            let found = self.found(next, is_dashed, &out);
            if found.is_empty() {
                // A position that fails as the first fact may still succeed as a later one, because
                // only the first fact is checked strictly.
                for at in tried.into_iter().skip(usize::from(out.is_empty())) {
                    self.failed[at] = true;
                }
                return None;
            }
            // Before the end of a question, only labels and introducing words mark facts.
            if out.len() > MOST_FACTS || found.iter().any(|found| !self.may_stand(found.form, from)) {
                return None;
            }
            at = found.last().map_or(self.words.len(), |found| found.end);
            out.extend(found.into_iter().map(|found| Found { group, ..found }));
        }
        self.date_answer(&mut out, from);
        let is_believed = !out.is_empty() && out.iter().all(|found| self.is_believed(found, &out, from));
        is_believed.then(|| out.into_iter().map(|found| found.fact).collect())
    }

    /// The facts at `at`, given those found `before`. Empty if there is anything else.
    fn found(&self, at: usize, is_dashed: bool, before: &[Found<'r>]) -> Vec<Found<'r>> {
        let is_first = before.is_empty();
        let one = self.closing(at);
        let one = one.or_else(|| self.labelled(at, is_first)).or_else(|| self.led(at));
        let one = one.or_else(|| self.date(at)).or_else(|| self.state(at, is_dashed));
        let one = one.or_else(|| self.still_open(at, is_first));
        match one {
            Some(found) => vec![found],
            None => {
                let mut people = self.people(at, is_dashed);
                if people.is_empty() {
                    people.extend(self.remark(at, is_dashed, before));
                }
                people
            }
        }
    }

    /// `2026-03-27 — Resolved: …`: the date when the question was closed. In brackets,
    /// `(2026-03-27)`, the date is a fact of the question.
    fn date_answer(&self, found: &mut [Found<'r>], from: usize) {
        let is_bracketed = self.words[from..].trim_start().starts_with(['(', '[']);
        if let [.., day, last] = found
            && day.form == Form::Date
            && last.fact.key == Key::Answer
            && !is_bracketed
            && self.words[day.end..].trim_start().starts_with(['—', '–', '-', ':'])
        {
            day.fact.key = Key::Date;
            day.form = Form::Certain;
        }
    }

    /// Whether to accept a fact that is recognised only by its form.
    fn is_believed(&self, found: &Found<'r>, all: &[Found<'r>], from: usize) -> bool {
        let is_dashed = match found.form {
            Form::Certain => return true,
            // A date after a sentence may refer to anything in it.
            Form::Date => return !self.policy.asks || all.len() > 1 || self.is_right_behind(from),
            Form::Name { is_dashed } => is_dashed,
        };
        // `(Ada Obi) (2026-03-01)`: a date in the next pair of brackets belongs to the name, too.
        let is_pair = all.len() == 2 && !is_dashed;
        is_dashed && self.is_right_behind(from)
            || all.iter().any(|other| {
                let is_here = other.group == found.group;
                let is_date = other.fact.key == self.policy.date;
                let is_handle = other.form == Form::Certain && other.fact.key == self.policy.person;
                is_date && (is_here || is_pair) || is_handle && is_here
            })
    }

    /// Whether a fact of this form may occur from `from` on.
    fn may_stand(&self, form: Form, from: usize) -> bool {
        form == Form::Certain || !self.policy.asks || self.asked_to.is_some_and(|asked| asked <= from)
    }

    /// Whether only a bracketed remark separates `at` from the question mark.
    fn is_right_behind(&self, at: usize) -> bool {
        // None if `at` is before the question mark.
        let between = self.asked_to.and_then(|asked| self.words.get(asked..at));
        between
            .map(str::trim)
            .is_some_and(|between| between.is_empty() || between.starts_with('(') && between.ends_with(')'))
    }
}
