//! Scans for the facts after a text: where they may begin, their labels, and where their values
//! end.

use std::ops::Range;

use crate::parse::markdown::inline::Run;
use crate::parse::record::affix::Fact;
use crate::parse::record::label::is_within_word;
use crate::parse::record::text::{MASK, Text};
use crate::parse::record::{Policy, Reader};
use crate::parse::values::replaced::ARROWS;
use crate::parse::values::status::TICKS;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::{Class, Key};

/// The scan of a text for facts.
pub(super) struct Scan<'s, 'r> {
    pub(super) text: &'s Text<'r>,
    pub(super) words: &'s str,
    pub(super) policy: Policy,
    pub(super) vocabulary: &'r Vocabulary<'r>,
    /// The byte after the last question mark.
    pub(super) asked_to: Option<usize>,
    /// Positions where no fact begins, so that each byte is tried once.
    pub(super) failed: Vec<bool>,
}

/// A fact, and the evidence for it.
pub(super) struct Found<'r> {
    pub(super) fact: Fact<'r>,
    pub(super) end: usize,
    pub(super) form: Form,
    /// Facts between the same dashes, bars or brackets share a number.
    pub(super) group: usize,
}

impl<'r> Found<'r> {
    /// A fact that takes the rest of the text, which ends at `end`.
    pub(super) fn to_end(key: Key, value: Vec<Run<'r>>, end: usize) -> Self {
        Self {
            fact: Fact { key, value },
            end,
            form: Form::Certain,
            group: 0,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Form {
    /// It has a label, an introducing word or an unambiguous form.
    Certain,
    Date,
    /// A name, and whether it follows a dash.
    Name {
        is_dashed: bool,
    },
}

/// Whether the character separates or encloses facts.
fn is_separator(ch: char) -> bool {
    ch.is_whitespace() || matches!(ch, ',' | ';' | '(' | ')' | '[' | ']' | '|' | '·' | '•' | '.' | '/') || is_dash(ch)
}

fn is_dash(ch: char) -> bool {
    matches!(ch, '—' | '–' | '-')
}

impl<'s, 'r> Scan<'s, 'r> {
    pub(super) fn of(text: &'s Text<'r>, reader: &Reader<'r>) -> Self {
        Self {
            text,
            words: text.words(),
            policy: reader.policy,
            vocabulary: reader.vocabulary,
            asked_to: None,
            failed: vec![false; text.words().len() + 1],
        }
    }

    /// A fact with a label, an introducing word or an unambiguous form.
    pub(super) fn certain(&self, key: Key, at: Range<usize>) -> Found<'r> {
        let end = at.end;
        Found::to_end(key, self.value(at), end)
    }

    /// The bytes at which facts may begin, in order.
    pub(super) fn cuts(&self) -> Vec<usize> {
        let mut out = Vec::new();
        let mut before = ' ';
        for (at, ch) in self.words.char_indices() {
            let rest = &self.words[at..];
            let is_cut = match ch {
                '(' | '[' | '—' | '–' | '|' | '·' | '•' | ';' | ',' => true,
                _ if TICKS.contains(&ch) => true,
                '-' => before == ' ' && rest[1..].starts_with([' ', '\u{a0}']) || self.arrow(at).is_some(),
                ' ' => matches!(before, '.' | '?' | '!') || self.asked_to == Some(at),
                _ => self.arrow(at).is_some(),
            };
            if is_cut || self.text.begins_apart(at) {
                out.push(at);
            }
            before = ch;
        }
        // Text inside brackets is not split.
        let within = self.brackets();
        out.retain(|&at| {
            let pair = within.get(within.partition_point(|(_, close)| *close < at));
            pair.is_none_or(|(open, _)| at <= *open)
        });
        out
    }

    /// The outermost pairs of brackets, in order.
    fn brackets(&self) -> Vec<(usize, usize)> {
        let mut open = Vec::new();
        let mut out: Vec<(usize, usize)> = Vec::new();
        for (at, byte) in self.words.bytes().enumerate() {
            match byte {
                b'(' | b'[' => open.push(at),
                b')' | b']' => {
                    if let Some(start) = open.pop() {
                        while out.pop_if(|(inner, _)| *inner > start).is_some() {}
                        out.push((start, at));
                    }
                }
                _ => {}
            }
        }
        out
    }

    /// The byte after the arrow at `at`, if it has white space on both sides.
    pub(super) fn arrow(&self, at: usize) -> Option<usize> {
        let rest = &self.words[at..];
        let arrow = ARROWS.iter().find(|arrow| rest.starts_with(**arrow))?;
        let end = at + arrow.len();
        let is_apart = |text: Option<char>| text.is_none_or(char::is_whitespace);
        let before = self.words[..at].chars().next_back();
        let is_arrow = is_apart(before.filter(|ch| *ch != '?')) && is_apart(self.words[end..].chars().next());
        is_arrow.then_some(end)
    }

    /// The byte after the separators at `at`, whether they begin another group, and whether they
    /// end in a dash.
    pub(super) fn skip(&self, at: usize) -> (usize, bool, bool) {
        let (mut is_new, mut is_dashed) = (false, false);
        let mut next = at;
        loop {
            let rest = &self.words[next..];
            if let Some(ch) = rest.chars().next().filter(|ch| is_separator(*ch)) {
                is_new |= matches!(ch, '(' | ')' | '[' | ']' | '|') || is_dash(ch);
                if !ch.is_whitespace() {
                    is_dashed = is_dash(ch);
                }
                next += ch.len_utf8();
                continue;
            }
            let word = &rest[..rest.find(' ').unwrap_or(0)];
            if word.is_empty() || next == at || !self.vocabulary.is(Class::And, word) {
                return (next, is_new, is_dashed);
            }
            next += word.len();
        }
    }

    /// The largest character boundary at most `length` bytes after `at`.
    pub(super) fn up_to(&self, at: usize, length: usize) -> usize {
        let mut to = (at + length).min(self.words.len());
        while !self.words.is_char_boundary(to) {
            to -= 1;
        }
        to
    }

    /// The end of the segment that begins at `at`: before the next separator other than a space.
    pub(super) fn segment_end(&self, at: usize) -> usize {
        // Longer segments are neither dates nor names.
        const LONGEST: usize = 200;
        let mut before = ' ';
        let to = self.up_to(at, LONGEST);
        for (offset, ch) in self.words[at..to].char_indices() {
            let rest = &self.words[at + offset..];
            let ends = match ch {
                ',' | ';' | '(' | ')' | '[' | ']' | '|' | '·' | '•' | '—' | '–' => true,
                '-' => before == ' ' && rest[1..].starts_with([' ', '\u{a0}']),
                '/' => before == ' ' && rest[1..].starts_with(' '),
                ' ' => self.begins_label(at + offset + 1),
                '.' => rest[1..].trim_start().is_empty() || rest[1..].starts_with(' ') && !before.is_ascii_digit(),
                _ => false,
            };
            if ends {
                return at + offset;
            }
            before = ch;
        }
        to
    }

    /// Whether a label that is known or bold begins at `at`: `due 2026-03-01 **Proposal:** …`.
    fn begins_label(&self, at: usize) -> bool {
        let is_bold = self.text.is_strong(at) && !self.text.is_strong(at - 1);
        let may_be = is_bold || self.words[at..].starts_with(char::is_uppercase);
        may_be
            && self
                .label(at, false)
                .is_some_and(|(_, _, is_known)| is_bold || is_known)
    }

    /// The value between two bytes, without a final full stop.
    pub(super) fn value(&self, range: Range<usize>) -> Vec<Run<'r>> {
        let text = &self.words[range.clone()];
        let kept = text.trim_end_matches(|ch: char| is_separator(ch) && ch != ')' && ch != ']');
        let is_open = |open, close| text.matches(open).count() < kept.matches(close).count();
        let kept = if is_open('(', ')') || is_open('[', ']') {
            kept.trim_end_matches([')', ']', '.', ' '])
        } else {
            kept
        };
        self.text.slice(range.start, range.start + kept.len())
    }

    /// The label at `at`, which must end in a colon: its meaning, the byte after the colon, and
    /// whether its words are known.
    pub(super) fn label(&self, at: usize, is_first: bool) -> Option<(Key, usize, bool)> {
        const LONGEST: usize = 48;
        let rest = &self.words[at..self.up_to(at, LONGEST + 1)];
        let is_end = |(colon, ch): &(usize, char)| match ch {
            ':' => !is_within_word(&self.words[at + colon + 1..]),
            _ => matches!(ch, '?' | '(' | '[' | ',' | ';'),
        };
        let (colon, _) = rest.char_indices().find(is_end).filter(|(_, sign)| *sign == ':')?;
        let label = rest[..colon].trim_end();
        let behind = at + colon + 1;
        let after = &self.words[behind..];
        let is_apart = after.is_empty() || after.starts_with(|ch: char| ch == MASK || ch.is_whitespace());
        if label.len() < 2 && !self.is_behind_question(at) || !is_apart {
            return None;
        }
        if let Some(key) = self.vocabulary.key(self.policy.scope, label) {
            let may_begin = match key {
                Key::Context | Key::Question | Key::Decision | Key::Rationale => false,
                key if key.is_promise() => self.begins_date(behind),
                Key::Answer => self.text.is_strong(at) || self.is_behind_question(at),
                _ => true,
            };
            return (!is_first || may_begin).then_some((key, behind, true));
        }
        // After a first fact, any label begins another: `(Owner: Ada) (Issue: #63)`.
        let is_label = !is_first
            && label.starts_with(|ch: char| ch.is_uppercase())
            && label.split(' ').count() <= 3
            && !label.contains(|ch: char| !(ch.is_alphanumeric() || matches!(ch, ' ' | '-' | '#')));
        is_label.then_some((Key::Context, behind, false))
    }

    /// Whether `at` immediately follows the last question mark.
    fn is_behind_question(&self, at: usize) -> bool {
        self.asked_to
            .is_some_and(|asked| asked <= at && self.words[asked..at].trim().is_empty())
    }

    /// The end of the value that begins at `from`: at the enclosing closing bracket, or where
    /// another fact begins.
    pub(super) fn value_end(&self, from: usize, key: Key, may_be_any: bool) -> usize {
        let mut depth = 0_usize;
        let mut before = ' ';
        for (offset, ch) in self.words[from..].char_indices() {
            let at = from + offset;
            match ch {
                ')' | ']' if depth == 0 => return at,
                ')' | ']' => depth -= 1,
                _ => {}
            }
            let begins = match ch {
                ',' | ';' | '(' | '[' | '|' | '·' | '•' | '—' | '–' => true,
                ' ' => matches!(before, '.' | '/') || self.text.begins_apart(at + 1),
                '-' | '/' => before == ' ',
                _ => false,
            };
            if begins && offset > 0 && self.ends_value(at, key, may_be_any) {
                return at;
            }
            // `Ada Obi by 2026-03-01`
            if ch == ' ' && key == self.policy.person && self.led(at + 1).is_some() {
                return at;
            }
            if matches!(ch, '(' | '[') {
                depth += 1;
            }
            before = ch;
        }
        self.words.len()
    }

    /// Whether a fact that ends the value of `key` begins after the separators at `at`.
    fn ends_value(&self, at: usize, key: Key, may_be_any: bool) -> bool {
        let (next, ..) = self.skip(at);
        if next >= self.words.len() {
            return false;
        }
        let is_sentence = self.words[..at].ends_with('.');
        self.label(next, true).is_some()
            || may_be_any
                && (is_sentence || self.words[at..].starts_with(['(', '[']) || self.begins_label(next))
                && self.label(next, false).is_some()
            || self.led(next).is_some()
            || key == self.policy.person && self.date_end(next).is_some()
    }
}
