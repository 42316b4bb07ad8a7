//! Recognises the facts after a text by their labels, by introducing words or by their form.

use crate::model::When;
use crate::parse::markdown::fold::{folded_in_place, is_edge};
use crate::parse::markdown::inline::words;
use crate::parse::record::affix::scan::{Form, Found, Scan};
use crate::parse::record::closing::{is_closing_label, opens_resolved, says_open, strip_start, without_mark};
use crate::parse::record::label::first;
use crate::parse::record::name::{are_names, is_handle, is_name, is_person};
use crate::parse::values::date::{may_be_date, when};
use crate::parse::values::status::TICKS;
use crate::parse::vocabulary::concept::{Class, Key};

/// The maximum length in bytes of a mark that closes a record.
const LONGEST_MARK: usize = 120;

impl<'r> Scan<'_, 'r> {
    /// The mark at `at` that closes the record, and the answer: `→ the answer`,
    /// `**Resolved:** yes`.
    pub(super) fn closing(&self, at: usize) -> Option<Found<'r>> {
        if !self.policy.asks {
            return None;
        }
        let rest = &self.words[at..];
        let trimmed = rest.trim_start_matches(|ch: char| ch.is_whitespace() || matches!(ch, ')' | ']'));
        let start = at + rest.len() - trimmed.len();
        let is_tick = trimmed.starts_with(TICKS);
        let is_arrow = self.arrow(start).is_some();
        if !is_tick && !is_arrow && !self.is_mark(start) {
            return None;
        }
        let answer = |end: usize| without_mark(&self.text.slice(start, end), self.vocabulary);
        // Whether the answer is still open is in its first words; to read all of them at each arrow
        // would take quadratic time.
        let first = answer(self.up_to(start, LONGEST_MARK));
        let may_be_open = is_arrow || !is_tick && !first.is_empty();
        let is_open = may_be_open && says_open(&words(&first), self.vocabulary);
        let end = self.words.len();
        (!is_open).then(|| Found::to_end(Key::Answer, answer(end), end))
    }

    /// Whether the words at `at` close the record. Only a short prefix is checked: marks are short,
    /// and reading all of the remaining text would take quadratic time.
    fn is_mark(&self, at: usize) -> bool {
        let runs = self.text.slice(at, self.up_to(at, LONGEST_MARK));
        let is_label = || {
            let label = first(&strip_start(&runs)).map(|(label, _)| label);
            label.is_some_and(|label| is_closing_label(&label, self.vocabulary))
        };
        opens_resolved(&runs, self.vocabulary) || is_label()
    }

    /// `Owner: Ada Obi`.
    pub(super) fn labelled(&self, at: usize, is_first: bool) -> Option<Found<'r>> {
        let (key, colon, is_known) = self.label(at, is_first)?;
        // An unknown label is part of the value.
        let from = if is_known { colon } else { at };
        Some(self.certain(key, from..self.value_end(colon, key, true)))
    }

    /// `due 2026-03-01`, `owner Ada`, `by Ada Obi`: a word that introduces a date or a person.
    pub(super) fn led(&self, at: usize) -> Option<Found<'r>> {
        if !self.vocabulary.may_lead(&self.words[at..]) {
            return None;
        }
        let end = self.segment_end(at);
        let segment = &self.words[at..end];
        let spaces: Vec<usize> = word_ends(segment).take(3).collect();
        spaces.into_iter().rev().find_map(|space| {
            let lead = &segment[..space];
            let value_at = at + segment.len() - segment[space..].trim_start().len();
            let key = self.vocabulary.key(self.policy.scope, lead);
            let is = |class| folded_in_place(lead, |lead| self.vocabulary.is(class, lead));
            let date_key = key.filter(|key| matches!(key, Key::Due | Key::Date));
            if (date_key.is_some() || is(Class::DueLead))
                && let Some(end) = self.date_end(value_at)
            {
                return Some(self.certain(date_key.unwrap_or(self.policy.date), value_at..end));
            }
            let leads_to_person = key == Some(self.policy.person) || is(self.policy.person_lead);
            let are_people = || {
                are_names(self.words[value_at..end].trim(), |name| {
                    is_person(name, self.vocabulary) || key.is_some() && is_name(name, self.vocabulary)
                })
            };
            (leads_to_person && are_people()).then(|| self.certain(self.policy.person, value_at..end))
        })
    }

    /// `2026-03-01`.
    pub(super) fn date(&self, at: usize) -> Option<Found<'r>> {
        let end = self.date_end(at)?;
        Some(Found {
            form: Form::Date,
            ..self.certain(self.policy.date, at..end)
        })
    }

    /// Whether a date begins at `at`. Only a short prefix is read, and no labels in it: looking for the
    /// end of the date would look for a label, and so on.
    pub(super) fn begins_date(&self, at: usize) -> bool {
        const LONGEST: usize = 32;
        let text = self.words[at..self.up_to(at, LONGEST)].trim_start();
        may_be_date(text, self.vocabulary)
            && matches!(
                when(text, self.vocabulary),
                When::Day(_) | When::Month(_) | When::Milestone(Some(_)) | When::Ambiguous { .. }
            )
    }

    /// The end of the date that begins at `at`. The date may contain a comma: `March 1, 2026`.
    pub(super) fn date_end(&self, at: usize) -> Option<usize> {
        let end = self.segment_end(at);
        let is_date = |end: usize| {
            let text = &self.words[at..end];
            may_be_date(text, self.vocabulary)
                && !text.contains(": ")
                && matches!(
                    when(text, self.vocabulary),
                    When::Day(_) | When::Month(_) | When::Milestone(Some(_)) | When::Ambiguous { .. }
                )
        };
        if is_date(end) {
            return Some(end);
        }
        let is_comma = self.words[end..].starts_with(',') && self.words[at..].starts_with(char::is_alphabetic);
        let longer = is_comma.then(|| self.segment_end(end + 1))?;
        is_date(longer).then_some(longer)
    }

    /// `— ACCEPTED`: the status of a decision after its text.
    pub(super) fn state(&self, at: usize, is_dashed: bool) -> Option<Found<'r>> {
        if self.policy.asks || !is_dashed {
            return None;
        }
        let end = self.segment_end(at);
        let segment = self.words[at..end].trim();
        let is_mark = segment.contains(char::is_uppercase) && !segment.contains(char::is_lowercase);
        let is_state = is_mark && folded_in_place(segment, |segment| self.vocabulary.status(segment).is_some());
        is_state.then(|| self.certain(Key::Status, at..end))
    }

    /// `(unresolved)`, `(TBD)` after other facts: the question stays open, as it would without
    /// them.
    pub(super) fn still_open(&self, at: usize, is_first: bool) -> Option<Found<'r>> {
        if !self.policy.asks || is_first || !self.words[..at].ends_with(['(', '[']) {
            return None;
        }
        let end = self.segment_end(at);
        let is_open = folded_in_place(&self.words[at..end], |words| {
            let classes = [Class::Open, Class::OpenState, Class::NotYet];
            classes.into_iter().any(|class| self.vocabulary.is(class, words))
        });
        is_open.then(|| self.certain(Key::Status, at..end))
    }

    /// A name, handles, or a person followed by a date: `Ada Obi by 2026-03-01`, `@ada 2026-03-01`.
    pub(super) fn people(&self, at: usize, is_dashed: bool) -> Vec<Found<'r>> {
        let end = self.segment_end(at);
        let segment = &self.words[at..end];
        let person = |end: usize| self.certain(self.policy.person, at..end);
        let handles = segment
            .split_inclusive(' ')
            .take_while(|word| is_handle(word.trim_end()));
        let handles: usize = handles.map(str::len).sum();
        if handles > 0 {
            return vec![person(at + handles)];
        }
        for (space, _) in segment.match_indices(' ').take(6) {
            if let Some(date) = self
                .led(at + space + 1)
                .filter(|led| led.fact.key != self.policy.person)
                && is_person(&segment[..space], self.vocabulary)
            {
                return vec![person(at + space), date];
            }
        }
        let form = Form::Name { is_dashed };
        let are_names = are_names(segment, |name| is_name(name, self.vocabulary));
        let names = are_names.then(|| Found { form, ..person(end) });
        names.into_iter().collect()
    }

    /// The text after a second dash: `— finance — decide in May`.
    pub(super) fn remark(&self, at: usize, is_dashed: bool, before: &[Found<'r>]) -> Option<Found<'r>> {
        let is_behind_name = matches!(before, [name] if name.form == Form::Name { is_dashed: true });
        let end = self.words.len();
        (is_dashed && is_behind_name).then(|| Found::to_end(Key::Context, self.text.slice(at, end), end))
    }
}

/// The ends of the words in a segment: at spaces, and between a number and Chinese or Japanese
/// letters.
fn word_ends(segment: &str) -> impl Iterator<Item = usize> {
    let mut before = ' ';
    segment.char_indices().filter_map(move |(at, ch)| {
        let is_end = ch == ' ' || is_edge(before, ch);
        before = ch;
        is_end.then_some(at)
    })
}
