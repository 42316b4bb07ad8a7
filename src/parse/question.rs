//! One question being read: the question itself, and what the lines in and below it say of
//! its date, owner, context and answer.

use mdbook_markdown::pulldown_cmark::Tag;

use super::Reader;
use super::date::{deadline, is_placeholder};
use super::fragment::fragment;
use super::id::Ids;
use super::inline::{Run, append, cut, lines, runs, space, span_of, trim, words};
use super::item::ItemText;
use super::label::{Key, Labelled, Scope, first, fold, folded_in_place, split};
use super::person::people_in;
use super::question_ends::{last_words, owner_and_date, owner_first};
use super::question_tail::{strip_end, tail_facts, tail_start};
use super::settled::{
    is_mark, is_none, is_settled, is_template_question, opens_settled, says_open, strip_start, without_mark,
    without_open_mark,
};
use super::status::is_pictograph;
use crate::model::{BadgeForm, DateText, Deadline, OpenQuestion};

/// A question and the runs of its facts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft<'r> {
    pub(crate) question: Vec<Run<'r>>,
    pub(crate) number: Option<String>,
    pub(crate) context: Vec<Run<'r>>,
    pub(crate) answer: Vec<Run<'r>>,
    pub(crate) owner: Vec<Run<'r>>,
    /// None where no date is asked for; empty where it is left open.
    pub(crate) due: Option<Vec<Run<'r>>>,
    pub(crate) ticked: Option<bool>,
    pub(crate) resolved: bool,
    pub(crate) from_list: bool,
    pub(crate) badge_at: usize,
    pub(crate) badge_form: BadgeForm,
}

impl<'r> Draft<'r> {
    pub(crate) fn new(question: Vec<Run<'r>>) -> Self {
        Self {
            question,
            ..Self::default()
        }
    }

    /// Whether it asks in so many words.
    pub(crate) fn asks(&self) -> bool {
        self.ticked.is_some() || self.due.is_some() || !self.owner.is_empty() || words(&self.question).contains('?')
    }

    /// The byte at which the question itself ends, once its facts have been taken.
    pub(crate) fn asked_to(&self) -> usize {
        span_of(&self.question[..lead(&self.question)]).end
    }

    /// Splits what was read as the question into the question and its facts.
    pub(crate) fn take_head(&mut self, reader: &Reader<'r>) {
        let head = std::mem::take(&mut self.question);
        let mut asked: Vec<Run<'r>> = Vec::new();
        for (index, line) in lines(&head).enumerate() {
            let line = trim(line);
            let label = first(&line).map(|(label, _)| label);
            match label.as_deref().and_then(|label| key(label, reader)) {
                // `**Q:** …` and `Question: …` label the question itself; so does a context
                // label that opens the item.
                Some(_) if index > 0 => {
                    for part in split(&line).unwrap_or_default() {
                        self.take_fact(&part.label, part.value, reader);
                    }
                }
                // `**Q:** …`; in `**Q: …**` the author's question has its label within.
                _ if index == 0 && is_label_alone(&line) && label.as_deref().is_some_and(is_question_label) => {
                    asked.extend(drop_label(&line));
                }
                _ => {
                    if !asked.is_empty() {
                        asked.push(space(line.first()));
                    }
                    asked.extend(line);
                }
            }
        }
        self.question = asked;
        self.take_marks();
        if let Some((owner, rest)) = owner_first(&self.question) {
            self.owner = owner;
            self.question = rest;
        }
        self.take_tail(reader);
        if let Some(ends) = last_words(&self.question, self.owner.is_empty(), reader) {
            self.question = ends.question;
            self.resolved |= ends.resolved;
            self.answer = if ends.resolved {
                ends.answer
            } else {
                std::mem::take(&mut self.answer)
            };
            append(&mut self.context, &ends.context);
            if self.owner.is_empty() {
                self.owner = ends.owner;
            }
            self.due = self.due.take().or(ends.due);
        }
    }

    /// What stands in a block below the question: labelled lines are facts, the rest is context.
    pub(crate) fn take_block(&mut self, reader: &Reader<'r>, block: usize) {
        let tree = reader.tree;
        match tree.tag(block) {
            Some(Tag::List(_)) => {
                for item in tree.children(block) {
                    let content = ItemText::of(tree, item);
                    self.take_lines(&content.runs, reader);
                    for child in tree.siblings(content.rest, tree.nodes[item].end) {
                        self.take_block(reader, child);
                    }
                }
            }
            Some(Tag::Paragraph) => self.take_lines(&runs(tree, block + 1, tree.nodes[block].end), reader),
            Some(Tag::BlockQuote(_)) => {
                for child in tree.children(block) {
                    self.take_block(reader, child);
                }
            }
            _ => {}
        }
    }

    /// Takes a paragraph only if it is labelled as an answer.
    pub(crate) fn take_answer(&mut self, reader: &Reader<'r>, block: usize) {
        let text = runs(reader.tree, block + 1, reader.tree.nodes[block].end);
        let is_answer = first(&text)
            .is_some_and(|(label, bold)| bold && reader.labels.key(Scope::Question, &label) == Some(Key::Answer));
        if is_answer {
            self.take_lines(&text, reader);
        }
    }

    fn take_lines(&mut self, text: &[Run<'r>], reader: &Reader<'r>) {
        let mut last_was_answer = false;
        for line in lines(text) {
            let parts = split(line).unwrap_or_default();
            let keyed = |part: Labelled<'r>| (key(&part.label, reader), part);
            let parts: Vec<_> = parts.into_iter().map(keyed).collect();
            if parts.iter().any(|(key, _)| key.is_some()) || opens_settled(line) {
                last_was_answer = false;
                if parts.is_empty() {
                    self.resolved = true;
                    append(&mut self.answer, line);
                }
                for (key, part) in parts {
                    last_was_answer |= self.take_part(key, &part.label, part.value, reader);
                }
            } else if last_was_answer {
                append(&mut self.answer, line);
            } else if is_unfilled(&words(line)) {
                // A template's bullet that nobody has filled in.
            } else {
                append(&mut self.context, line);
            }
        }
    }

    /// Takes a labelled fact; whether it was an answer.
    fn take_fact(&mut self, label: &str, value: Vec<Run<'r>>, reader: &Reader<'r>) -> bool {
        self.take_part(key(label, reader), label, value, reader)
    }

    /// As [`Draft::take_fact`], where it is known what the label means.
    fn take_part(&mut self, key: Option<Key>, label: &str, mut value: Vec<Run<'r>>, reader: &Reader<'r>) -> bool {
        // `*Owner:* Ada *Due:* 2026-03-01`: neither goes on behind the other's label.
        let next = tail_start(&value, reader).filter(|_| matches!(key, Some(Key::Owner | Key::Due)));
        if let Some((at, offset)) = next {
            let mut tail = value.split_off(at);
            value.push(cut(&tail[0], 0, offset));
            tail[0] = cut(&tail[0], offset, tail[0].text.len());
            for (label, value) in tail_facts(&tail, reader) {
                self.take_fact(&label, value, reader);
            }
            value = strip_end(&value);
        }
        self.take_known(key, label, value)
    }

    /// As [`Draft::take_part`], of a value in which no other label stands.
    fn take_known(&mut self, key: Option<Key>, label: &str, value: Vec<Run<'r>>) -> bool {
        match key {
            Some(Key::Due) => self.due = Some(value),
            Some(Key::Owner) => self.owner = value,
            Some(Key::Status) => self.resolved |= is_settled(&fold(&words(&value))),
            Some(Key::Answer) => {
                if !says_open(&words(&value)) {
                    self.resolved = true;
                    append(&mut self.answer, &value);
                    return true;
                }
            }
            // `RESOLVED 2026-10-01: …`
            None if folded_in_place(label, is_settled) => {
                self.resolved = true;
                append(&mut self.answer, &value);
                return true;
            }
            Some(Key::Context) if self.context.is_empty() && folded_in_place(label, |folded| folded == "context") => {
                self.context = value;
            }
            _ => {
                append(&mut self.context, &value);
            }
        }
        false
    }

    /// Ticks, strokes and words in capitals at the ends of the question that close it.
    pub(crate) fn take_marks(&mut self) {
        let mut text = without_open_mark(trim(&self.question));
        // A sign before what is struck says nothing of it.
        if text.len() > 1
            && text[1].struck
            && !text[0].struck
            && text[0].text.chars().all(|ch| ch == ' ' || is_pictograph(ch))
        {
            text.remove(0);
        }
        let struck = text.iter().take_while(|run| run.struck || run.is_blank()).count();
        if struck > 0 {
            let rest = trim(&text[struck..]);
            let is_whole = words(&text[..struck]).ends_with('?') && !words(&rest).contains('?');
            if rest.is_empty() || is_whole || opens_settled(&rest) || rest.first().is_some_and(|run| is_mark(run.text))
            {
                self.resolved = true;
                self.answer = without_mark(&rest);
                self.question = trim(&text[..struck]);
                return;
            }
        }
        if opens_settled(&text) {
            self.resolved = true;
            let rest = without_mark(&text);
            self.question = if rest.is_empty() { text } else { rest };
            return;
        }
        let first = text.first().map(|run| run.text.trim_start()).unwrap_or_default();
        let last = text.last().map(|run| run.text.trim_end()).unwrap_or_default();
        if first.starts_with(['✅', '☑', '✔'])
            || last.ends_with(['✅', '☑', '✔'])
            || last.ends_with("✔\u{fe0f}")
            || last.ends_with("☑\u{fe0f}")
        {
            self.resolved = true;
        }
        self.question = text;
    }

    /// Facts behind the question on its own line: `… (Owner: Ada)`, `… - Decision needed by: …`,
    /// `… Owner: Ada. Tracking: …`.
    fn take_tail(&mut self, reader: &Reader<'r>) {
        let Some((at, offset)) = tail_start(&self.question, reader) else {
            return;
        };
        let mut tail = vec![cut(&self.question[at], offset, self.question[at].text.len())];
        tail.extend_from_slice(&self.question[at + 1..]);
        let mut head = self.question[..at].to_vec();
        head.push(cut(&self.question[at], 0, offset));
        self.question = strip_end(&head);
        for (label, value) in tail_facts(&tail, reader) {
            self.take_fact(&label, value, reader);
        }
    }

    /// The question as it is told to others; None where it asks nothing.
    pub(crate) fn finish(mut self, reader: &Reader<'r>, ids: &mut Ids) -> Option<OpenQuestion> {
        if self.due.as_ref().is_none_or(|due| words(due).is_empty())
            && let Some((owner, due)) = owner_and_date(&self.owner, reader)
        {
            self.owner = owner;
            self.due = Some(due);
        }
        let (question, rest) = self.question.split_at(lead(&self.question));
        let text = words(question);
        if is_none(&text) || is_placeholder(&text) || is_template_question(&text) {
            return None;
        }
        let mut context = strip_start(rest);
        append(&mut context, &self.context);
        let label = self
            .number
            .as_deref()
            .filter(|number| number.chars().any(char::is_alphabetic));
        let due = self.due.map(|due| {
            let text = words(&due);
            Deadline(DateText {
                when: deadline(&text, reader.config),
                text: text.into_owned(),
                span: span_of(&due),
            })
        });
        Some(OpenQuestion {
            id: ids.make("question", label, &text, |id| reader.page_ids.has(id)),
            number: self.number,
            question: fragment(question, reader.home),
            context: fragment(&trim(&context), reader.home),
            resolution: fragment(&trim(&self.answer), reader.home),
            due,
            owners: people_in(&self.owner),
            resolved: self.resolved || self.ticked == Some(true),
            settled_by: None,
            span: span_of(question),
            badge_at: self.badge_at,
            badge_form: self.badge_form,
        })
    }
}

/// How many runs the question itself has: one set in bold stands for itself, and what follows
/// it is context.
fn lead(runs: &[Run<'_>]) -> usize {
    let bold = runs.iter().take_while(|run| run.strong).count();
    let asks = || {
        let text = words(&runs[..bold]);
        text.ends_with('?') && text.chars().count() >= 12
    };
    if bold > 0 && bold < runs.len() && asks() {
        bold
    } else {
        runs.len()
    }
}

/// What a label means within a question; `A3` answers `Q3`.
fn key(label: &str, reader: &Reader<'_>) -> Option<Key> {
    let is_answer = || {
        folded_in_place(label, |folded| {
            let number = folded.strip_prefix("answer ").or(folded.strip_prefix('a'))?;
            (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(Key::Answer)
        })
    };
    reader.labels.key(Scope::Question, label).or_else(is_answer)
}

/// A label of the template's alone on its line.
fn is_unfilled(line: &str) -> bool {
    folded_in_place(line, |folded| {
        matches!(folded, "context" | "owner" | "due" | "decision needed by")
    })
}

fn is_question_label(label: &str) -> bool {
    folded_in_place(label, |folded| matches!(folded, "q" | "question" | "open question"))
}

/// Whether the label is set apart from what follows it, by bold or by being plain.
fn is_label_alone(line: &[Run<'_>]) -> bool {
    line.first()
        .is_some_and(|run| !run.strong || !run.text.trim_end_matches(':').contains(": "))
}

/// The line without the label with which it begins.
fn drop_label<'r>(line: &[Run<'r>]) -> Vec<Run<'r>> {
    let Some(parts) = split(line) else { return line.to_vec() };
    // Only the first label goes: the rest are facts that the tail is read for.
    let Some(start) = parts
        .first()
        .and_then(|part| part.value.first())
        .map(|run| run.span.start)
    else {
        return line.to_vec();
    };
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
