//! What stands behind a text on its own line and is not part of it: `(owner: Ada, due 2026-03-01)`,
//! `— Ada Obi, 2026-03-01`, `→ the answer`, `@ada by 2026-03-01`.
//!
//! Each place is tried where such facts may begin, from left to right. The first from which
//! everything up to the end is facts wins; without one the text stays whole.

mod scan;

use crate::parse::markdown::fold::{QUESTION_MARKS, folded_in_place};
use crate::parse::markdown::inline::{Run, words};
use crate::parse::record::Policy;
use crate::parse::record::closing::{is_settled_label, opens_settled, says_open, strip_start, without_mark};
use crate::parse::record::label::first;
use crate::parse::record::name::{are_names, is_handle, is_name, is_person};
use crate::parse::record::text::Text;
use crate::parse::values::status::TICKS;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::{Class, Key};
use scan::{Form, Found, Scan};

/// More facts than this stand behind no text.
const MOST_FACTS: usize = 24;

/// More bytes than this are no mark that closes a record.
const LONGEST_MARK: usize = 120;

/// A fact and the runs of its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fact<'r> {
    pub(crate) key: Key,
    pub(crate) value: Vec<Run<'r>>,
}

/// Whether a text has a sign behind which facts may stand, or changes its style.
pub(crate) fn may_have_tail(text: &[Run<'_>]) -> bool {
    let is_sign = |ch: char| {
        matches!(
            ch,
            '?' | '('
                | '['
                | ':'
                | ';'
                | ','
                | '|'
                | '-'
                | '!'
                | '='
                | '.'
                | '–'
                | '—'
                | '·'
                | '•'
                | '？'
                | '؟'
                | '：'
                | '（'
        ) || matches!(u32::from(ch), 0x2190..=0x2bff)
    };
    let style = |run: &Run<'_>| (run.strong, run.emphasis);
    text.windows(2).any(|pair| style(&pair[0]) != style(&pair[1])) || text.iter().any(|run| run.text.contains(is_sign))
}

/// The facts at the end of `text`, and the byte at which they begin.
pub(crate) fn tail<'r>(
    text: &Text<'r>,
    policy: &Policy,
    vocabulary: &Vocabulary<'_>,
) -> Option<(usize, Vec<Fact<'r>>)> {
    let scan = Scan {
        asked_to: asked_to(text.words()),
        ..Scan::of(text, policy, vocabulary)
    };
    let mut failed = vec![false; scan.words.len() + 1];
    scan.cuts().into_iter().find_map(|at| {
        let facts = scan.facts(at, &mut failed)?;
        // The remaining text must not be empty.
        let is_text = scan.words[..at].chars().any(char::is_alphanumeric);
        is_text.then_some((at, facts))
    })
}

/// Behind the last question mark, and what closes a quotation or a stress around the question.
fn asked_to(words: &str) -> Option<usize> {
    let (at, mark) = words.char_indices().rfind(|(_, ch)| QUESTION_MARKS.contains(ch))?;
    let behind = &words[at + mark.len_utf8()..];
    let rest = behind.trim_start_matches(['”', '"', '»', '’', '*', '_']);
    Some(words.len() - rest.len())
}

/// The facts of a text that is nothing else.
pub(crate) fn alone<'r>(text: &[Run<'r>], policy: &Policy, vocabulary: &Vocabulary<'_>) -> Option<Vec<Fact<'r>>> {
    let text = Text::of(text);
    let mut failed = vec![false; text.words().len() + 1];
    Scan::of(&text, policy, vocabulary).facts(0, &mut failed)
}

/// The value of a label cut where another fact begins in it, `Ada Obi, by 2026-03-01`, and the
/// facts from there on.
pub(crate) fn within_value<'r>(
    value: &[Run<'r>],
    key: Key,
    policy: &Policy,
    vocabulary: &Vocabulary<'_>,
) -> Option<(Vec<Run<'r>>, Vec<Fact<'r>>)> {
    let text = Text::of(value);
    let scan = Scan::of(&text, policy, vocabulary);
    let end = scan.value_end(0, key, false);
    let mut failed = vec![false; scan.words.len() + 1];
    let facts = (end < scan.words.len())
        .then(|| scan.facts(end, &mut failed))
        .flatten()?;
    Some((scan.value(0..end), facts))
}

impl<'r> Scan<'_, 'r> {
    /// The facts from `at` to the end; None where anything else stands there.
    fn facts(&self, from: usize, failed: &mut [bool]) -> Option<Vec<Fact<'r>>> {
        let mut out: Vec<(Found<'r>, usize)> = Vec::new();
        let (mut at, mut group, mut tried) = (from, 0, Vec::new());
        loop {
            if let Some(closing) = self.closing(at) {
                out.extend(closing.into_iter().map(|found| (found, group)));
                break;
            }
            let (next, is_new_group, is_dashed) = self.skip(at);
            group += usize::from(is_new_group);
            if next >= self.words.len() {
                break;
            }
            if failed[next] {
                return None;
            }
            tried.push(next);
            let is_first = out.is_empty();
            let found = self.closing(next).or_else(|| self.fact(next, is_first, is_dashed));
            let Some(found) = found.or_else(|| self.remark(next, is_dashed, &out)) else {
                // With other facts before it this may still be one: only the first is so strict.
                for at in tried.into_iter().skip(usize::from(is_first)) {
                    failed[at] = true;
                }
                return None;
            };
            // Left of a question only labels and words that lead to facts count.
            if out.len() > MOST_FACTS || found.iter().any(|found| !self.may_stand(found.form, from)) {
                return None;
            }
            at = found.last().map_or(self.words.len(), |found| found.end);
            out.extend(found.into_iter().map(|found| (found, group)));
        }
        // `2026-03-27 — Resolved: …`: the day on which it was closed. In brackets, `(2026-03-27)`, it
        // tells of the question.
        let is_bracketed = self.words[from..].trim_start().starts_with(['(', '[']);
        if let [.., (before, _), (last, _)] = &mut out[..]
            && before.form == Form::Date
            && last.fact.key == Key::Answer
            && !is_bracketed
            && self.words[before.end..].trim_start().starts_with(['—', '–', '-', ':'])
        {
            before.fact.key = Key::Date;
            before.form = Form::Told;
        }
        let is_believed = out
            .iter()
            .all(|(found, group)| self.is_believed(found, *group, &out, from));
        (is_believed && !out.is_empty()).then(|| out.into_iter().map(|(found, _)| found.fact).collect())
    }

    /// The facts at `at`.
    fn fact(&self, at: usize, is_first: bool, is_dashed: bool) -> Option<Vec<Found<'r>>> {
        let one = |found: Found<'r>| Some(vec![found]);
        if let Some((key, colon, label_end)) = self.label(at, is_first) {
            let end = self.value_end(colon, key, true);
            let from = if label_end.is_none() { at } else { colon };
            let value = self.value(from..end);
            return one(Found {
                fact: Fact { key, value },
                end,
                form: Form::Told,
            });
        }
        if let Some(found) = self.led(at) {
            return one(found);
        }
        if let Some(end) = self.date_end(at) {
            return one(Found {
                fact: Fact {
                    key: self.policy.date,
                    value: self.value(at..end),
                },
                end,
                form: Form::Date,
            });
        }
        self.state(at, is_dashed)
            .or_else(|| self.still_open(at, is_first))
            .or_else(|| self.person(at, is_dashed))
    }

    /// `(unresolved)`, `(TBD)` behind other facts: the question is open, as without it.
    fn still_open(&self, at: usize, is_first: bool) -> Option<Vec<Found<'r>>> {
        let end = self.segment_end(at);
        let is_open = |words: &str| {
            let classes = [Class::Open, Class::OpenState, Class::NotYet];
            classes.into_iter().any(|class| self.vocabulary.is(class, words))
        };
        let is_bracketed = self.words[..at].ends_with(['(', '[']);
        (self.policy.asks && !is_first && is_bracketed && folded_in_place(&self.words[at..end], is_open)).then(|| {
            vec![Found {
                fact: Fact {
                    key: Key::Status,
                    value: self.value(at..end),
                },
                end,
                form: Form::Told,
            }]
        })
    }

    /// `— ACCEPTED`: the state of a decision behind its words.
    fn state(&self, at: usize, is_dashed: bool) -> Option<Vec<Found<'r>>> {
        let end = self.segment_end(at);
        let segment = self.words[at..end].trim();
        let is_mark = segment.chars().any(char::is_uppercase) && !segment.contains(char::is_lowercase);
        let is_state = || folded_in_place(segment, |segment| self.vocabulary.status(segment).is_some());
        (!self.policy.asks && is_dashed && is_mark && is_state()).then(|| {
            vec![Found {
                fact: Fact {
                    key: Key::Status,
                    value: self.value(at..end),
                },
                end,
                form: Form::Told,
            }]
        })
    }

    /// A name, handles, or a person with a date behind: `Ada Obi by 2026-03-01`, `@ada 2026-03-01`.
    fn person(&self, at: usize, is_dashed: bool) -> Option<Vec<Found<'r>>> {
        let end = self.segment_end(at);
        let segment = &self.words[at..end];
        let person = |end: usize, form| Found {
            fact: Fact {
                key: self.policy.person,
                value: self.value(at..end),
            },
            end,
            form,
        };
        let handles: usize = segment
            .split_inclusive(' ')
            .take_while(|word| is_handle(word.trim_end()))
            .map(str::len)
            .sum();
        if handles > 0 {
            return Some(vec![person(at + handles, Form::Told)]);
        }
        let spaces = segment.match_indices(' ').map(|(space, _)| at + space);
        for space in spaces.take(6) {
            let who = &self.words[at..space];
            if let Some(found) = self.led(space + 1).filter(|found| found.fact.key != self.policy.person)
                && is_person(who, self.vocabulary)
            {
                return Some(vec![person(space, Form::Told), found]);
            }
        }
        are_names(segment, |name| is_name(name, self.vocabulary)).then(|| vec![person(end, Form::Name { is_dashed })])
    }

    /// What closes the record from `at` on, and the answer: `→ the answer`, `**Resolved:** yes`.
    fn closing(&self, at: usize) -> Option<Vec<Found<'r>>> {
        if !self.policy.closes {
            return None;
        }
        let rest = &self.words[at..];
        let trimmed = rest.trim_start_matches(|ch: char| ch.is_whitespace() || matches!(ch, ')' | ']'));
        let start = at + rest.len() - trimmed.len();
        let closed = |value: Vec<Run<'r>>| {
            Some(vec![Found {
                fact: Fact {
                    key: Key::Answer,
                    value,
                },
                end: self.words.len(),
                form: Form::Told,
            }])
        };
        let is_tick = trimmed.starts_with(TICKS);
        if is_tick || self.arrow(start).is_some() {
            let answer = without_mark(&self.text.slice(start, self.words.len()), self.vocabulary);
            let is_open = !is_tick && says_open(&words(&answer), self.vocabulary);
            return if is_open { None } else { closed(answer) };
        }
        // Most begin with another word, and need no closer look.
        let word = trimmed.trim_start_matches(|ch: char| !ch.is_alphanumeric());
        let word = &word[..word.find(|ch: char| !ch.is_alphanumeric()).unwrap_or(word.len())];
        let closes = folded_in_place(word, |word| {
            self.vocabulary.is(Class::Settled, word) || self.vocabulary.is(Class::Answers, word)
        });
        if !closes {
            return None;
        }
        // A mark is short, and looking at all that follows would take quadratic time.
        let runs = self.text.slice(start, self.up_to(start, LONGEST_MARK));
        let is_label = || {
            let label = first(&strip_start(&runs)).map(|(label, _)| label);
            label.is_some_and(|label| is_settled_label(&label, self.vocabulary))
        };
        let closes = opens_settled(&runs, self.vocabulary) || is_label();
        let answer = closes.then(|| without_mark(&self.text.slice(start, self.words.len()), self.vocabulary))?;
        let is_open = !answer.is_empty() && says_open(&words(&answer), self.vocabulary);
        if is_open { None } else { closed(answer) }
    }

    /// The text after a second dash: `— finance — decide in May`.
    fn remark(&self, at: usize, is_dashed: bool, before: &[(Found<'r>, usize)]) -> Option<Vec<Found<'r>>> {
        let is_behind_name = matches!(
            before,
            [(
                Found {
                    form: Form::Name { is_dashed: true },
                    ..
                },
                _
            )]
        );
        (is_dashed && is_behind_name).then(|| {
            vec![Found {
                fact: Fact {
                    key: Key::Context,
                    value: self.text.slice(at, self.words.len()),
                },
                end: self.words.len(),
                form: Form::Told,
            }]
        })
    }

    /// Whether a fact can be trusted that is recognised only by its form.
    fn is_believed(&self, found: &Found<'r>, group: usize, all: &[(Found<'r>, usize)], from: usize) -> bool {
        match found.form {
            Form::Told => true,
            // A day behind a sentence may be of anything in it.
            Form::Date => !self.policy.asks || all.len() > 1 || self.is_right_behind(from),
            Form::Name { is_dashed } => {
                // `(Ada Obi) (2026-03-01)`: a date alone in the brackets behind belongs to the name, too.
                let dates = all.iter().filter(|(other, _)| other.fact.key == self.policy.date);
                let groups: Vec<usize> = dates.map(|(_, of)| *of).collect();
                let is_pair = all.len() == 2 && !is_dashed;
                let has_date = groups.contains(&group) || is_pair && !groups.is_empty();
                let is_beside_handle = all.iter().any(|(other, of)| {
                    *of == group && other.form == Form::Told && other.fact.key == self.policy.person
                });
                has_date || is_beside_handle || is_dashed && self.is_right_behind(from)
            }
        }
    }

    /// Whether a fact of this form may stand from `from` on.
    fn may_stand(&self, form: Form, from: usize) -> bool {
        form == Form::Told || !self.policy.asks || self.asked_to.is_some_and(|asked| asked <= from)
    }

    /// Whether only a remark in brackets stands between the question mark and `at`.
    fn is_right_behind(&self, at: usize) -> bool {
        let Some(asked) = self.asked_to else { return false };
        let between = self.words[asked..at].trim();
        between.is_empty() || between.starts_with('(') && between.ends_with(')')
    }
}
