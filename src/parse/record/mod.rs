//! Reads how a fact is stated. A record, whether a question, a decision, a reviewer or a risk, is a
//! line, an item, a row, or a heading with facts after or below it. The same code reads them all; a
//! [`Policy`] per kind defines what its dates and people mean.

pub(crate) mod affix;
pub(crate) mod closing;
pub(crate) mod columns;
mod fields;
pub(crate) mod head;
pub(crate) mod items;
pub(crate) mod label;
mod marks;
pub(crate) mod name;
mod reader;
pub(crate) mod section;
pub(crate) mod text;

use crate::model::BadgeForm;
use crate::parse::markdown::fold::QUESTION_MARKS;
use crate::parse::markdown::inline::{Run, append, lines, span_of, trim, words};
use crate::parse::vocabulary::concept::{Class, Key, Scope};
pub(crate) use affix::Fact;
use closing::says_open;
pub(crate) use reader::Reader;
use text::{Text, bold_lead};

/// The meaning of the facts of one kind of record.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Policy {
    /// The scope of its labels and columns.
    pub(crate) scope: Scope,
    /// The meaning of a date without a label.
    pub(crate) date: Key,
    /// The role of a person without a label.
    pub(crate) person: Key,
    /// The class of words that introduce a person.
    pub(crate) person_lead: Class,
    /// Whether the record is a question. If so, unlabelled facts are recognised only after the
    /// question, and ticks, strikethrough and words such as `RESOLVED` close it.
    pub(crate) asks: bool,
}

/// A record as its author wrote it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Record<'r> {
    /// The text, without facts and marks.
    pub(crate) text: Vec<Run<'r>>,
    /// The author's number.
    pub(crate) number: Option<String>,
    /// Whether the item is ticked, in a task list.
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
    pub(crate) fn line(text: &[Run<'r>], reader: &Reader<'r>) -> Self {
        let mut out = Self::default();
        out.text = out.take_label_lines(text, reader);
        if reader.policy.asks {
            out.take_marks(reader);
            out.take_name(reader);
        } else {
            out.take_head(reader);
        }
        out.take_tail(reader);
        out
    }

    /// The record with this text and no facts.
    pub(crate) fn of(text: Vec<Run<'r>>) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }

    /// Takes the lines with labels out of a text and returns the rest.
    fn take_label_lines(&mut self, text: &[Run<'r>], reader: &Reader<'r>) -> Vec<Run<'r>> {
        let mut kept: Vec<Run<'r>> = Vec::new();
        for (index, line) in lines(text).enumerate() {
            let line = trim(line);
            match reader.line_key(&line) {
                Some(_) if index > 0 => self.take_line(&line, reader),
                // `**Q:** …` and `Decision: …`: the label names the kind of record.
                Some(Key::Question | Key::Decision | Key::Column(0)) if is_label_alone(&line) => {
                    let value = label::behind(&line).filter(|value| !value.is_empty());
                    append(&mut kept, &value.unwrap_or(line));
                }
                _ => append(&mut kept, &line),
            }
        }
        kept
    }

    /// Takes the facts after the text on the same line.
    fn take_tail(&mut self, reader: &Reader<'r>) {
        let text = Text::of(&self.text);
        let Some((at, facts)) = affix::tail(&text, reader) else {
            return;
        };
        self.text = label::without_separators(text.slice(0, at));
        for fact in facts {
            let is_open = !fact.value.is_empty() && says_open(&words(&fact.value), reader.vocabulary);
            self.closed |= fact.key == Key::Answer && !is_open;
            self.take(fact.key, fact.value, reader);
        }
    }

    pub(crate) fn add(&mut self, key: Key, value: Vec<Run<'r>>) {
        self.facts.push(Fact { key, value });
    }

    /// The last value of a fact.
    pub(crate) fn value(&self, key: Key) -> Option<&[Run<'r>]> {
        let fact = self.facts.iter().rev().find(|fact| fact.key == key);
        fact.map(|fact| fact.value.as_slice())
    }

    /// All values of a fact, concatenated.
    pub(crate) fn values(&self, key: Key) -> Vec<Run<'r>> {
        let mut out = Vec::new();
        for fact in self.facts.iter().filter(|fact| fact.key == key) {
            append(&mut out, &fact.value);
        }
        out
    }

    /// Whether there is such a fact, and it is not empty.
    pub(crate) fn has(&self, key: Key) -> bool {
        self.value(key).is_some_and(|value| !value.is_empty())
    }

    /// The text up to the end of a bold question at its start, and the rest, which is context.
    pub(crate) fn question(&self) -> (&[Run<'r>], &[Run<'r>]) {
        let (bold, rest) = bold_lead(&self.text);
        let text = words(bold);
        let asks = text.ends_with(QUESTION_MARKS) && text.chars().count() >= 12;
        if asks { (bold, rest) } else { (&self.text, &[]) }
    }

    /// The byte at which the question ends.
    pub(crate) fn question_end(&self) -> usize {
        span_of(self.question().0).end
    }
}

/// Whether the label is not bold, or the bold ends with the label.
fn is_label_alone(line: &[Run<'_>]) -> bool {
    line.first()
        .is_some_and(|run| !run.strong || !run.text.trim_end_matches(':').contains(": "))
}
