//! How a fact is stated. A question, a decision, a reviewer, a risk: whatever a record is about, it
//! stands on a line, in an item, in a row or in a heading with facts behind or below it, and is read
//! by the same code. Its kind says by a [`Policy`] what its dates and people mean.

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
    /// Whether it asks: then only what stands behind the question is a fact by its form alone; and
    /// ticks, strokes and words such as `RESOLVED` close it.
    pub(crate) asks: bool,
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

    /// Takes the lines of labels out of a text, and returns the rest.
    fn take_label_lines(&mut self, text: &[Run<'r>], reader: &Reader<'r>) -> Vec<Run<'r>> {
        let mut kept: Vec<Run<'r>> = Vec::new();
        for (index, line) in lines(text).enumerate() {
            let line = trim(line);
            match reader.line_key(&line) {
                Some(_) if index > 0 => self.take_line(&line, reader),
                // `**Q:** …` and `Decision: …`: the label says what the record is.
                Some(Key::Question | Key::Decision | Key::Column(0)) if is_label_alone(&line) => {
                    let value = label::behind(&line).filter(|value| !value.is_empty());
                    append(&mut kept, &value.unwrap_or(line));
                }
                _ => append(&mut kept, &line),
            }
        }
        kept
    }

    /// Facts behind the text on its own line.
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

    /// Its text up to the end of a question in bold at its start, and the rest, which is context.
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

/// Whether the label is set apart from what follows it, by bold or by being plain.
fn is_label_alone(line: &[Run<'_>]) -> bool {
    line.first()
        .is_some_and(|run| !run.strong || !run.text.trim_end_matches(':').contains(": "))
}
