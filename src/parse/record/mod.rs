//! How a fact is stated. A question, a decision, a reviewer, a risk: whatever a record tells of, it
//! stands on a line, in an item, in a row or in a heading with facts behind or below it, and is read
//! by the same code. Its kind says by a [`Policy`] what its dates and people mean.

pub(crate) mod adopt;
pub(crate) mod affix;
pub(crate) mod closing;
pub(crate) mod columns;
pub(crate) mod head;
pub(crate) mod label;
mod marks;
pub(crate) mod name;
mod reader;
pub(crate) mod section;
pub(crate) mod text;

use pulldown_cmark::Tag;

use crate::model::BadgeForm;
use crate::parse::markdown::fold::{QUESTION_MARKS, folded_in_place};
use crate::parse::markdown::inline::{Run, append, broken_lines, cut, lines, runs, space, span_of, trim, words};
use crate::parse::markdown::item::ItemText;
use crate::parse::values::replaced::current;
use crate::parse::vocabulary::concept::{Class, Key, Scope};
pub(crate) use affix::Fact;
use closing::{is_settled_words, opens_settled, says_open};
use label::{first, split};
pub(crate) use reader::Reader;
use text::Text;

/// The meaning of the facts of a kind of record.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Policy {
    /// Whose words its labels and columns are.
    pub(crate) scope: Scope,
    /// The meaning of a date without a label.
    pub(crate) date: Key,
    /// The role of a person without a label.
    pub(crate) person: Key,
    /// The words that lead to a person.
    pub(crate) person_lead: Class,
    /// Whether it asks: then only what stands behind the question is told by its form alone.
    pub(crate) asks: bool,
    /// Whether ticks, strokes and words such as `RESOLVED` close it.
    pub(crate) closes: bool,
}

/// A record as its author wrote it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Record<'r> {
    /// Its text, without facts and marks.
    pub(crate) text: Vec<Run<'r>>,
    /// The author's number.
    pub(crate) number: Option<String>,
    /// Of an item of a task list: whether it is ticked.
    pub(crate) ticked: Option<bool>,
    /// Whether a mark closes it.
    pub(crate) closed: bool,
    pub(crate) facts: Vec<Fact<'r>>,
    pub(crate) from_list: bool,
    pub(crate) badge_at: usize,
    pub(crate) badge_form: BadgeForm,
}

impl<'r> Record<'r> {
    /// The record of one stretch of text.
    pub(crate) fn line(text: &[Run<'r>], policy: &Policy, reader: &Reader<'r>) -> Self {
        let mut out = Self::default();
        out.text = out.labelled_head(text, policy, reader);
        if policy.closes {
            out.take_marks(reader);
        }
        if let Some((owner, rest)) = name::first(&out.text, reader.vocabulary).filter(|_| policy.asks) {
            out.add(policy.person, owner);
            out.text = rest;
        }
        if !policy.asks {
            out.take_head(policy, reader);
        }
        out.take_tail(policy, reader);
        out
    }

    /// The number, the date and the people before the text.
    fn take_head(&mut self, policy: &Policy, reader: &Reader<'r>) {
        let text = Text::of(&self.text);
        if let Some(head) = head::head(&text, policy, reader.vocabulary) {
            self.number = head.number;
            self.facts.extend(head.facts);
            self.text = text.slice(head.end, text.words().len());
        }
    }

    /// The text of a record without the lines of labels in it.
    fn labelled_head(&mut self, text: &[Run<'r>], policy: &Policy, reader: &Reader<'r>) -> Vec<Run<'r>> {
        let mut kept: Vec<Run<'r>> = Vec::new();
        for (index, line) in lines(text).enumerate() {
            let line = trim(line);
            let label = first(&line).map(|(label, _)| label);
            let key = label.as_deref().and_then(|label| key(label, policy, reader));
            match key {
                Some(_) if index > 0 => self.take_line(&line, policy, reader),
                // `**Q:** …` and `Decision: …`: the label says what the record is.
                Some(Key::Question | Key::Decision | Key::Column(0)) if is_label_alone(&line) => {
                    kept.extend(without_label(&line, reader));
                }
                _ => {
                    if !kept.is_empty() {
                        kept.push(space(line.first()));
                    }
                    kept.extend(line);
                }
            }
        }
        kept
    }

    /// Adds a fact.
    pub(crate) fn add(&mut self, key: Key, value: Vec<Run<'r>>) {
        self.facts.push(Fact { key, value });
    }

    /// The last value of a fact.
    pub(crate) fn value(&self, key: Key) -> Option<&[Run<'r>]> {
        let fact = self.facts.iter().rev().find(|fact| fact.key == key);
        fact.map(|fact| fact.value.as_slice())
    }

    /// All values of a fact, one behind the other.
    pub(crate) fn values(&self, key: Key) -> Vec<Run<'r>> {
        let mut out = Vec::new();
        for fact in self.facts.iter().filter(|fact| fact.key == key) {
            append(&mut out, &fact.value);
        }
        out
    }

    /// Whether there is such a fact, with anything in it.
    pub(crate) fn has(&self, key: Key) -> bool {
        self.value(key).is_some_and(|value| !value.is_empty())
    }

    /// Facts behind the text on its own line.
    fn take_tail(&mut self, policy: &Policy, reader: &Reader<'r>) {
        // Most texts have none of the signs behind which facts stand.
        if !affix::may_have_tail(&self.text) {
            return;
        }
        let text = Text::of(&self.text);
        let Some((at, facts)) = affix::tail(&text, policy, reader.vocabulary) else {
            return;
        };
        self.text = without_end(text.slice(0, at));
        for fact in facts {
            let is_open = !fact.value.is_empty() && says_open(&words(&fact.value), reader.vocabulary);
            self.closed |= fact.key == Key::Answer && !is_open;
            self.take(Some(fact.key), "", fact.value, policy, reader);
        }
    }

    /// What stands in a block below: labelled lines are facts, the rest is context.
    pub(crate) fn take_block(&mut self, block: usize, policy: &Policy, reader: &Reader<'r>) {
        let tree = reader.tree;
        match tree.tag(block) {
            Some(Tag::List(_)) => {
                for item in tree.children(block) {
                    let content = ItemText::of(tree, item);
                    self.take_lines(&content.runs, policy, reader);
                    for child in tree.siblings(content.rest, tree.nodes[item].end) {
                        self.take_block(child, policy, reader);
                    }
                }
            }
            Some(Tag::Paragraph) => self.take_lines(&runs(tree, block + 1, tree.nodes[block].end), policy, reader),
            // `| Owner | Ada Obi |`
            Some(Tag::Table(_)) => {
                for (label, value) in reader.labelled_lines(block) {
                    if let Some(key) = key(&label, policy, reader) {
                        self.take(Some(key), &label, value, policy, reader);
                    }
                }
            }
            Some(Tag::BlockQuote(_)) => {
                for child in tree.children(block) {
                    self.take_block(child, policy, reader);
                }
            }
            _ => {}
        }
    }

    /// The lines of a paragraph below the record.
    pub(crate) fn take_lines(&mut self, text: &[Run<'r>], policy: &Policy, reader: &Reader<'r>) {
        let mut last = None;
        for (before, line) in broken_lines(text) {
            let label = first(line).map(|(label, _)| label);
            let is_known = label.as_deref().is_some_and(|label| {
                key(label, policy, reader).is_some() || policy.closes && is_settled_words(label, reader.vocabulary)
            });
            if is_known {
                self.take_line(line, policy, reader);
                last = self.facts.last().map(|fact| fact.key);
            } else if before.is_some_and(|before| before.is_html_break())
                && last == Some(policy.person)
                && let Some(fact) = self.facts.last_mut()
            {
                // `Owner: Ada Obi<br>Tunde Bello`
                fact.value.extend(before);
                fact.value.extend_from_slice(line);
            } else if policy.closes && opens_settled(line, reader.vocabulary) {
                self.closed = true;
                self.add(Key::Answer, line.to_vec());
                last = None;
            } else if is_unfilled(&words(line), policy, reader) {
                // A bullet of the template that is not filled in.
            } else {
                let key = if last == Some(Key::Answer) {
                    Key::Answer
                } else {
                    Key::Context
                };
                self.add(key, line.to_vec());
            }
        }
    }

    /// The labelled facts of one line.
    fn take_line(&mut self, line: &[Run<'r>], policy: &Policy, reader: &Reader<'r>) {
        for part in split(line, reader.vocabulary).unwrap_or_default() {
            let key = key(&part.label, policy, reader);
            self.take(key, &part.label, part.value, policy, reader);
        }
    }

    /// Takes a labelled value, and the facts that stand within it.
    pub(crate) fn take(
        &mut self,
        key: Option<Key>,
        label: &str,
        value: Vec<Run<'r>>,
        policy: &Policy,
        reader: &Reader<'r>,
    ) {
        let is_own = |key: Key| matches!(key, Key::Column(_)) && (key == policy.date || key == policy.person);
        let is_cut = matches!(key, Some(Key::Owner | Key::Due | Key::Date | Key::Decider)) || key.is_some_and(is_own);
        let within = key
            .filter(|_| is_cut)
            .and_then(|key| affix::within_value(&current(&value, reader.vocabulary), key, policy, reader.vocabulary));
        let (value, facts) = within.unwrap_or((value, Vec::new()));
        self.take_known(key, label, value, policy, reader);
        for fact in facts {
            self.take_known(Some(fact.key), "", fact.value, policy, reader);
        }
    }

    /// Takes a labelled value in which no other fact stands.
    fn take_known(&mut self, key: Option<Key>, label: &str, value: Vec<Run<'r>>, policy: &Policy, reader: &Reader<'r>) {
        let vocabulary = reader.vocabulary;
        if !policy.closes {
            if let Some(key) = key {
                self.add(key, value);
            }
            return;
        }
        // `Resolved: no`
        let is_no = || folded_in_place(&words(&value), |value| vocabulary.is(Class::No, value));
        if folded_in_place(label, |label| vocabulary.is(Class::Settled, label)) && is_no() {
            return;
        }
        match key {
            Some(Key::Status) => self.closed |= is_settled_words(&words(&value), vocabulary),
            Some(Key::Answer) => {
                if !says_open(&words(&value), vocabulary) {
                    self.closed = true;
                    self.add(Key::Answer, value);
                }
            }
            // `RESOLVED 2026-10-01: …`
            None if is_settled_words(label, vocabulary) => {
                self.closed = true;
                self.add(Key::Answer, value);
            }
            Some(key @ (Key::Due | Key::Owner | Key::Date)) => self.add(key, value),
            _ => self.add(Key::Context, value),
        }
    }

    /// How many runs its text has up to the end of a question in bold at its start: what follows
    /// is context.
    pub(crate) fn lead(&self) -> usize {
        let bold = self.text.iter().take_while(|run| run.strong).count();
        let asks = || {
            let text = words(&self.text[..bold]);
            text.ends_with(QUESTION_MARKS) && text.chars().count() >= 12
        };
        if bold > 0 && bold < self.text.len() && asks() {
            bold
        } else {
            self.text.len()
        }
    }

    /// The byte at which the text itself ends.
    pub(crate) fn text_end(&self) -> usize {
        span_of(&self.text[..self.lead()]).end
    }
}

/// The meaning of a label; `A3` answers `Q3`.
pub(crate) fn key(label: &str, policy: &Policy, reader: &Reader<'_>) -> Option<Key> {
    let is_answer = || {
        folded_in_place(label, |folded| {
            let number = folded.strip_prefix("answer ").or(folded.strip_prefix('a'))?;
            (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(Key::Answer)
        })
    };
    let answer = || policy.closes.then(is_answer).flatten();
    reader.vocabulary.key(policy.scope, label).or_else(answer)
}

/// A label of the template's alone on its line.
fn is_unfilled(line: &str, policy: &Policy, reader: &Reader<'_>) -> bool {
    matches!(
        reader.vocabulary.key(policy.scope, line),
        Some(Key::Context | Key::Owner | Key::Due)
    ) && line.split(' ').count() <= 3
}

/// Whether the label is set apart from what follows it, by bold or by being plain.
fn is_label_alone(line: &[Run<'_>]) -> bool {
    line.first()
        .is_some_and(|run| !run.strong || !run.text.trim_end_matches(':').contains(": "))
}

/// The line without the label with which it begins; the rest of it stays whole.
fn without_label<'r>(line: &[Run<'r>], reader: &Reader<'_>) -> Vec<Run<'r>> {
    let parts = split(line, reader.vocabulary).unwrap_or_default();
    let start = parts
        .first()
        .and_then(|part| part.value.first())
        .map(|run| run.span.start);
    let Some(start) = start else { return line.to_vec() };
    let mut out: Vec<Run<'r>> = Vec::new();
    for run in line {
        if run.span.start >= start {
            out.push(*run);
        } else if run.span.end > start && run.span.end - run.span.start == run.text.len() {
            out.push(cut(run, start - run.span.start, run.text.len()));
        }
    }
    out
}

/// A text without the separators and open brackets at its end.
fn without_end(mut runs: Vec<Run<'_>>) -> Vec<Run<'_>> {
    while let Some(last) = runs.last() {
        let kept = last.text.trim_end_matches(|ch: char| {
            ch.is_whitespace() || matches!(ch, '(' | '[' | '—' | '–' | '|' | ';' | ',' | '·' | '•')
        });
        let kept = kept.strip_suffix(" -").unwrap_or(kept).trim_end().len();
        if kept == last.text.len() {
            break;
        }
        if let Some(part) = runs.pop().filter(|_| kept > 0) {
            runs.push(cut(&part, 0, kept));
        }
    }
    runs
}
