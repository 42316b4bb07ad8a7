//! What stands behind a text on its own line and is not part of it: `(owner: Ada, due 2026-03-01)`,
//! `— Ada Obi, 2026-03-01`, `→ the answer`, `@ada by 2026-03-01`.
//!
//! Each place is tried where such facts may begin, from left to right. The first from which
//! everything up to the end is facts wins; without one the text stays whole.

mod fact;
mod scan;

use crate::parse::markdown::fold::QUESTION_MARKS;
use crate::parse::markdown::inline::Run;
use crate::parse::record::Reader;
use crate::parse::record::text::Text;
use crate::parse::vocabulary::concept::Key;
use scan::{Form, Found, Scan};

/// More facts than this stand behind no text.
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

/// Behind the last question mark, and what closes a quotation or a stress around the question.
fn asked_to(words: &str) -> Option<usize> {
    let (at, mark) = words.char_indices().rfind(|(_, ch)| QUESTION_MARKS.contains(ch))?;
    let behind = &words[at + mark.len_utf8()..];
    let rest = behind.trim_start_matches(['”', '"', '»', '’', '*', '_']);
    Some(words.len() - rest.len())
}

/// The facts of a text that is nothing else.
pub(crate) fn alone<'r>(text: &[Run<'r>], reader: &Reader<'r>) -> Option<Vec<Fact<'r>>> {
    Scan::of(&Text::of(text), reader).facts(0)
}

/// The value of a label cut where another fact begins in it, `Ada Obi, by 2026-03-01`, and the
/// facts from there on.
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
    /// The facts from `from` to the end; None where anything else stands there.
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
                // With other facts before it this may still be one: only the first is so strict.
                for at in tried.into_iter().skip(usize::from(out.is_empty())) {
                    self.failed[at] = true;
                }
                return None;
            }
            // Left of a question only labels and words that lead to facts count.
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

    /// The facts at `at`, behind those `before`; none where something else stands there.
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

    /// `2026-03-27 — Resolved: …`: the day on which it was closed. In brackets, `(2026-03-27)`, it
    /// is a fact of the question.
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

    /// Whether a fact can be trusted that is recognised only by its form.
    fn is_believed(&self, found: &Found<'r>, all: &[Found<'r>], from: usize) -> bool {
        let is_dashed = match found.form {
            Form::Certain => return true,
            // A day behind a sentence may be of anything in it.
            Form::Date => return !self.policy.asks || all.len() > 1 || self.is_right_behind(from),
            Form::Name { is_dashed } => is_dashed,
        };
        // `(Ada Obi) (2026-03-01)`: a date alone in the brackets behind belongs to the name, too.
        let is_pair = all.len() == 2 && !is_dashed;
        is_dashed && self.is_right_behind(from)
            || all.iter().any(|other| {
                let is_here = other.group == found.group;
                let is_date = other.fact.key == self.policy.date;
                let is_handle = other.form == Form::Certain && other.fact.key == self.policy.person;
                is_date && (is_here || is_pair) || is_handle && is_here
            })
    }

    /// Whether a fact of this form may stand from `from` on.
    fn may_stand(&self, form: Form, from: usize) -> bool {
        form == Form::Certain || !self.policy.asks || self.asked_to.is_some_and(|asked| asked <= from)
    }

    /// Whether only a remark in brackets stands between the question mark and `at`.
    fn is_right_behind(&self, at: usize) -> bool {
        let Some(asked) = self.asked_to else { return false };
        let between = self.words[asked..at].trim();
        between.is_empty() || between.starts_with('(') && between.ends_with(')')
    }
}
