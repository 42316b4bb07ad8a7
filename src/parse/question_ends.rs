//! What authors set before and behind a question without a label: who is to see to it, by when,
//! and the answer.

use super::Reader;
use super::date::deadline;
use super::inline::{Run, cut, trim, words};
use super::label::{Key, Scope, fold, split};
use super::person_list::is_handle;
use super::question::{Draft, append};
use super::question_tail::{dashed_owner, is_name, strip_start};
use super::settled::{is_settled, is_settled_label, opens_settled, says_open, without_mark};
use crate::model::When;

/// Owner and date without labels.
#[derive(Debug, Clone, Default)]
struct BareFacts<'r> {
    owner: Vec<Run<'r>>,
    due: Option<Vec<Run<'r>>>,
}

impl<'r> Draft<'r> {
    /// `**[Ada]**: question` and `@ada: question` name the owner first.
    pub(crate) fn take_owner_first(&mut self) {
        if self.take_handle_first() {
            return;
        }
        let Some(first) = self.question.first() else { return };
        let text = first.text.trim();
        let inner = text.trim_end_matches(':').trim_start_matches('[').trim_end_matches(']');
        let bracketed = first.strong && text.trim_end_matches(':').len() == inner.len() + 2;
        let is_handle = inner.starts_with('@') && !inner.contains(' ') && text.ends_with(':');
        if !(bracketed || is_handle)
            || inner.is_empty()
            || inner.chars().any(|ch| ch.is_ascii_digit())
            || super::section::heading_words(inner).len() < 2
        {
            return;
        }
        if is_settled(&fold(inner)) || inner.split(' ').count() > 4 {
            return;
        }
        let at = first.text.find(inner).unwrap_or(0);
        self.owner = vec![cut(first, at, at + inner.len())];
        let mut rest = self.question[1..].to_vec();
        if let Some(next) = rest.first_mut() {
            let kept = next.text.trim_start_matches([':', ' ', '—', '–', '-']);
            *next = cut(next, next.text.len() - kept.len(), next.text.len());
        }
        self.question = trim(&rest);
    }

    /// `@ada: question`, `[@ada] question`, `(@ada) question`; whether it was so.
    fn take_handle_first(&mut self) -> bool {
        let Some(first) = self.question.first() else {
            return false;
        };
        let bare = first.text.trim_start_matches(['[', '(']);
        let start = first.text.len() - bare.len();
        let length = bare.find([':', ']', ')', ' ']).unwrap_or(bare.len());
        let after = &bare[length..];
        let is_closed = after.starts_with(':') || (start > 0 && after.starts_with([']', ')']));
        if first.code || !is_handle(&bare[..length]) || !is_closed || after.len() < 3 {
            return false;
        }
        let from = first.text.len() - after.trim_start_matches([':', ']', ')', ' ']).len();
        self.owner = vec![cut(first, start, start + length)];
        self.question[0] = cut(first, from, first.text.len());
        self.question = trim(&self.question);
        true
    }

    fn take_bare(&mut self, facts: BareFacts<'r>) {
        if self.owner.is_empty() {
            self.owner = facts.owner;
        }
        self.due = self.due.take().or(facts.due);
    }

    /// `… ? → the answer`, `… ? — architect`.
    pub(crate) fn take_last_words(&mut self, reader: &Reader<'r>) {
        let Some(at) = self
            .question
            .iter()
            .rposition(|run| run.text.contains('?') && !run.code)
        else {
            return;
        };
        let mark = self.question[at].text.rfind('?').unwrap_or(0) + 1;
        let mut rest = vec![cut(&self.question[at], mark, self.question[at].text.len())];
        rest.extend_from_slice(&self.question[at + 1..]);
        let rest = trim(&rest);
        let text = words(&rest);
        let after = |marks: &[char]| text.strip_prefix(marks).map(str::trim).filter(|text| !text.is_empty());
        let arrow = after(&['→', '✅', '✔', '☑']).or_else(|| {
            let text = text.strip_prefix("->").or(text.strip_prefix("=>"))?;
            Some(text.trim())
        });
        if let Some(answer) = arrow {
            if says_open(answer) {
                return;
            }
            self.resolved = true;
            self.answer = without_mark(&rest);
        } else if let Some(answer) = labelled_answer(&strip_start(&rest)) {
            self.resolved = true;
            self.answer = answer;
        } else if opens_settled(&strip_start(&rest)) {
            self.resolved = true;
            self.answer = without_mark(&strip_start(&rest));
        } else if let Some(dash) = text.find(['—', '–', '-']).filter(|_| self.owner.is_empty())
            && (dash == 0 || text.starts_with('('))
            && let Some((owner, remark)) = dashed_owner(&rest)
        {
            self.owner = owner;
            append(&mut self.context, &remark);
        } else if let Some(facts) = bare_facts(&rest, reader) {
            self.take_bare(facts);
        } else {
            return;
        }
        let mut head = self.question[..at].to_vec();
        head.push(cut(&self.question[at], 0, mark));
        self.question = head;
    }
}

/// `Answer: the small one` behind a question.
fn labelled_answer<'r>(rest: &[Run<'r>]) -> Option<Vec<Run<'r>>> {
    let part = split(rest)?.into_iter().next()?;
    (is_settled_label(&fold(&part.label)) && !says_open(&words(&part.value))).then_some(part.value)
}

/// `(@ada, by 2026-03-01)`, `(Ada Obi, 2026-03-01)`, `Due 2026-03-01`, `@ada`: facts that their
/// form alone tells; None where anything else stands among them.
fn bare_facts<'r>(rest: &[Run<'r>], reader: &Reader<'r>) -> Option<BareFacts<'r>> {
    let mut out = BareFacts::default();
    let mut names = Vec::new();
    for run in rest {
        let mut from = 0;
        for piece in run.text.split_inclusive([',', ';', '(', ')', '[', ']']) {
            let at = from;
            from += piece.len();
            let text = piece
                .trim_matches(|ch: char| ch.is_whitespace() || matches!(ch, ',' | ';' | '(' | ')' | '[' | ']' | '.'));
            if text.is_empty() || text == "and" {
                continue;
            }
            let start = at + piece.find(text)?;
            let part = |length: usize| cut(run, start + text.len() - length, start + text.len());
            let (lead, value) = led_by(text, reader);
            match lead {
                Some(Key::Owner) if is_name(value) || is_handle(value) => append(&mut out.owner, &[part(value.len())]),
                None if text.split(' ').all(is_handle) => append(&mut out.owner, &[part(text.len())]),
                Some(Key::Due) | None if matches!(deadline(value, reader.config), When::Day(_) | When::Month(_)) => {
                    out.due = Some(vec![part(value.len())]);
                }
                None if is_name(text) && text.contains(' ') => names.push(part(text.len())),
                _ => return None,
            }
        }
    }
    // A name alone may be anything that is written with capitals.
    if !names.is_empty() && out.due.is_none() && out.owner.is_empty() {
        return None;
    }
    append(&mut out.owner, &names);
    (out.due.is_some() || !out.owner.is_empty()).then_some(out)
}

/// `due 2026-03-01`, `owner Ada`: what the words before a value mean, and the value.
fn led_by<'t>(text: &'t str, reader: &Reader<'_>) -> (Option<Key>, &'t str) {
    let spaces = text.match_indices(' ').map(|(at, _)| at).take(3).collect::<Vec<_>>();
    for at in spaces.into_iter().rev() {
        let (lead, value) = (&text[..at], text[at..].trim());
        let key = reader.labels.key(Scope::Question, lead);
        if matches!(key, Some(Key::Owner | Key::Due)) {
            return (key, value);
        }
        if matches!(fold(lead).as_str(), "by" | "before" | "until" | "due on") {
            return (Some(Key::Due), value);
        }
    }
    (None, text)
}
