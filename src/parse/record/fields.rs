//! Reads the facts of a record from the lines and blocks below its text.

use pulldown_cmark::Tag;

use crate::parse::markdown::fold::folded_in_place;
use crate::parse::markdown::inline::{Run, broken_lines, words};
use crate::parse::record::closing::{is_resolved_words, opens_resolved, says_open};
use crate::parse::record::label::split;
use crate::parse::record::{Reader, Record, affix};
use crate::parse::values::replaced::current;
use crate::parse::vocabulary::concept::{Class, Key};

impl<'r> Record<'r> {
    /// Takes the facts in the blocks between two nodes.
    pub(crate) fn take_blocks(&mut self, start: usize, end: usize, reader: &Reader<'r>) {
        for block in reader.tree.siblings(start, end) {
            self.take_block(block, reader);
        }
    }

    /// Takes the facts in a block below the record: labelled lines are facts, the rest is context.
    pub(crate) fn take_block(&mut self, block: usize, reader: &Reader<'r>) {
        let tree = reader.tree;
        match tree.tag(block) {
            Some(Tag::List(_)) => {
                for item in tree.children(block) {
                    let content = reader.item(item);
                    self.take_lines(&content.runs, reader);
                    self.take_blocks(content.rest, tree.nodes[item].end, reader);
                }
            }
            Some(Tag::Paragraph) => self.take_lines(&reader.runs(block), reader),
            // `| Owner | Ada Obi |`
            Some(Tag::Table(_)) => {
                let rows = reader.labelled_lines(block).into_iter();
                rows.filter(|(label, _)| reader.key(label).is_some())
                    .for_each(|(label, value)| self.take_labelled(&label, value, reader));
            }
            Some(Tag::BlockQuote(_)) => self.take_blocks(block + 1, tree.nodes[block].end, reader),
            _ => {}
        }
    }

    /// Takes the facts in the lines of a paragraph below the record.
    pub(crate) fn take_lines(&mut self, text: &[Run<'r>], reader: &Reader<'r>) {
        let (policy, vocabulary) = (reader.policy, reader.vocabulary);
        let mut last = None;
        for (before, line) in broken_lines(text) {
            if reader.line_key(line).is_some() {
                self.take_line(line, reader);
                last = self.facts.last().map(|fact| fact.key);
            } else if let Some(before) = before.filter(Run::is_html_break)
                && last == Some(policy.person)
                && let Some(fact) = self.facts.last_mut()
            {
                // `Owner: Ada Obi<br>Tunde Bello`
                fact.value.push(before);
                fact.value.extend_from_slice(line);
            } else if policy.asks && opens_resolved(line, vocabulary) {
                self.closed = true;
                self.add(Key::Answer, line.to_vec());
                last = None;
            } else if !is_unfilled(&words(line), reader) {
                let key = last.filter(|key| *key == Key::Answer);
                self.add(key.unwrap_or(Key::Context), line.to_vec());
            }
        }
    }

    /// Takes the labelled facts of one line.
    pub(super) fn take_line(&mut self, line: &[Run<'r>], reader: &Reader<'r>) {
        for part in split(line, reader.vocabulary).unwrap_or_default() {
            self.take_labelled(&part.label, part.value, reader);
        }
    }

    fn take_labelled(&mut self, label: &str, value: Vec<Run<'r>>, reader: &Reader<'r>) {
        let is = |class, words: &str| folded_in_place(words, |words| reader.vocabulary.is(class, words));
        // `Resolved: no`
        let is_open = reader.policy.asks && is(Class::Resolved, label) && is(Class::No, &words(&value));
        let other = reader.policy.asks.then_some(Key::Context);
        if let Some(key) = reader.key(label).or(other).filter(|_| !is_open) {
            self.take(key, value, reader);
        }
    }

    /// Takes a value and the facts nested in it.
    pub(crate) fn take(&mut self, key: Key, value: Vec<Run<'r>>, reader: &Reader<'r>) {
        let own = [reader.policy.date, reader.policy.person, Key::Date];
        let within = (key != Key::Context && own.contains(&key))
            .then(|| affix::within_value(&current(&value, reader.vocabulary), key, reader));
        let (value, facts) = within.flatten().unwrap_or((value, Vec::new()));
        self.take_one(key, value, reader);
        for fact in facts {
            self.take_one(fact.key, fact.value, reader);
        }
    }

    /// Takes a value without nested facts.
    fn take_one(&mut self, key: Key, value: Vec<Run<'r>>, reader: &Reader<'r>) {
        match key {
            _ if !reader.policy.asks => self.add(key, value),
            Key::Due | Key::Owner | Key::Date => self.add(key, value),
            Key::Status => self.closed |= is_resolved_words(&words(&value), reader.vocabulary),
            Key::Answer if says_open(&words(&value), reader.vocabulary) => {}
            Key::Answer => {
                self.closed = true;
                self.add(key, value);
            }
            _ => self.add(Key::Context, value),
        }
    }
}

/// Whether the line is only a label of the template.
fn is_unfilled(line: &str, reader: &Reader<'_>) -> bool {
    let key = reader.vocabulary.key(reader.policy.scope, line);
    matches!(key, Some(Key::Context | Key::Owner | Key::Due)) && line.split(' ').count() <= 3
}
