//! The facts of a record in the lines and blocks below its text.

use mdbook_markdown::pulldown_cmark::Tag;

use crate::parse::markdown::fold::folded_in_place;
use crate::parse::markdown::inline::{Run, broken_lines, words};
use crate::parse::record::closing::{is_settled_words, opens_settled, says_open};
use crate::parse::record::label::{first, split};
use crate::parse::record::{Fact, Reader, Record, affix};
use crate::parse::values::replaced::current;
use crate::parse::vocabulary::concept::{Class, Key};

impl<'r> Record<'r> {
    /// What stands in the blocks between two nodes below it.
    pub(crate) fn take_blocks(&mut self, start: usize, end: usize, reader: &Reader<'r>) {
        for block in reader.tree.siblings(start, end) {
            self.take_block(block, reader);
        }
    }

    /// What stands in a block below: labelled lines are facts, the rest is context.
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
                for (label, value) in reader.labelled_lines(block) {
                    if let Some(key) = reader.key(&label) {
                        self.take(Some(key), &label, value, reader);
                    }
                }
            }
            Some(Tag::BlockQuote(_)) => self.take_blocks(block + 1, tree.nodes[block].end, reader),
            _ => {}
        }
    }

    /// The lines of a paragraph below the record.
    pub(crate) fn take_lines(&mut self, text: &[Run<'r>], reader: &Reader<'r>) {
        let (policy, vocabulary) = (reader.policy, reader.vocabulary);
        let mut last = None;
        for (before, line) in broken_lines(text) {
            let is_known = first(line).is_some_and(|(label, _)| {
                reader.key(&label).is_some() || policy.asks && is_settled_words(&label, vocabulary)
            });
            if is_known {
                self.take_line(line, reader);
                last = self.facts.last().map(|fact| fact.key);
            } else if let Some(before) = before.filter(Run::is_html_break)
                && last == Some(policy.person)
                && let Some(fact) = self.facts.last_mut()
            {
                // `Owner: Ada Obi<br>Tunde Bello`
                fact.value.push(before);
                fact.value.extend_from_slice(line);
            } else if policy.asks && opens_settled(line, vocabulary) {
                self.closed = true;
                self.add(Key::Answer, line.to_vec());
                last = None;
            } else if !is_unfilled(&words(line), reader) {
                let key = last.filter(|key| *key == Key::Answer);
                self.add(key.unwrap_or(Key::Context), line.to_vec());
            }
        }
    }

    /// The labelled facts of one line.
    pub(super) fn take_line(&mut self, line: &[Run<'r>], reader: &Reader<'r>) {
        for part in split(line, reader.vocabulary).unwrap_or_default() {
            self.take(reader.key(&part.label), &part.label, part.value, reader);
        }
    }

    /// Takes a labelled value, and the facts that stand within it.
    pub(crate) fn take(&mut self, key: Option<Key>, label: &str, value: Vec<Run<'r>>, reader: &Reader<'r>) {
        let own = [reader.policy.date, reader.policy.person, Key::Date];
        let cut = key.filter(|key| *key != Key::Context && own.contains(key));
        let within = cut.and_then(|key| affix::within_value(&current(&value, reader.vocabulary), key, reader));
        let (value, facts) = within.unwrap_or((value, Vec::new()));
        self.take_known(key, label, value, reader);
        for fact in facts {
            self.take_known(Some(fact.key), "", fact.value, reader);
        }
    }

    /// Takes a labelled value in which no other fact stands.
    fn take_known(&mut self, key: Option<Key>, label: &str, value: Vec<Run<'r>>, reader: &Reader<'r>) {
        let vocabulary = reader.vocabulary;
        if !reader.policy.asks {
            self.facts.extend(key.map(|key| Fact { key, value }));
            return;
        }
        let is = |class, words: &str| folded_in_place(words, |words| vocabulary.is(class, words));
        let text = words(&value);
        match key {
            // `Resolved: no`
            _ if is(Class::Settled, label) && is(Class::No, &text) => {}
            Some(Key::Status) => self.closed |= is_settled_words(&text, vocabulary),
            Some(Key::Answer) if says_open(&text, vocabulary) => {}
            Some(Key::Due | Key::Owner | Key::Date) => self.facts.extend(key.map(|key| Fact { key, value })),
            // `RESOLVED 2026-10-01: …`
            _ if key == Some(Key::Answer) || key.is_none() && is_settled_words(label, vocabulary) => {
                self.closed = true;
                self.add(Key::Answer, value);
            }
            _ => self.add(Key::Context, value),
        }
    }
}

/// A label of the template's alone on its line.
fn is_unfilled(line: &str, reader: &Reader<'_>) -> bool {
    let key = reader.vocabulary.key(reader.policy.scope, line);
    matches!(key, Some(Key::Context | Key::Owner | Key::Due)) && line.split(' ').count() <= 3
}
