//! The entries that a document contributes to the registers of the book: records of the built-in
//! kinds and of those that the configuration declares. The template's example rows do not count.

use pulldown_cmark::Tag;

use crate::config::{Form, RecordKind};
use crate::model::{Deadline, Dependency, Detached, Fragment, RegisterEntry};
use crate::parse::markdown::fold::fold;
use crate::parse::markdown::fragment::fragment;
use crate::parse::markdown::inline::{Run, words};
use crate::parse::markdown::table::Table;
use crate::parse::record::closing::{is_done, is_none};
use crate::parse::record::columns::Columns;
use crate::parse::record::section::Section;
use crate::parse::record::text::is_struck;
use crate::parse::record::{Policy, Reader, Record, items};
use crate::parse::registers::sentence::{due, pair, says_done};
use crate::parse::values::date::is_placeholder;
use crate::parse::values::deadline::deadline_text;
use crate::parse::values::replaced::{current, not_struck};
use crate::parse::vocabulary::concept::{Class, Key, Scope};
use crate::source::Span;

/// The records of the document's sections: of every kind, or of the team's own kinds alone.
pub(crate) fn entries(reader: &Reader<'_>, all: bool) -> Vec<RegisterEntry> {
    let from = if all { 0 } else { RecordKind::OURS };
    let mut out = Vec::new();
    for (at, section) in reader.sections.iter().enumerate() {
        if section.is_left_out {
            continue;
        }
        for (index, kind) in reader.vocabulary.config.records.iter().enumerate().skip(from) {
            if section.topics.has_register(index) {
                Register::new(index, kind, reader).section(at, &mut out);
            }
        }
    }
    out
}

/// The dependencies of the document that have a date.
pub(crate) fn dependencies(reader: &Reader<'_>) -> Vec<Dependency> {
    let index = RecordKind::DEPENDENCIES;
    let Some(kind) = reader.vocabulary.config.records.get(index) else {
        return Vec::new();
    };
    let register = Register::new(index, kind, reader);
    let mut entries = Vec::new();
    for (at, section) in reader.sections.iter().enumerate() {
        if section.topics.has_register(index) && !section.is_left_out {
            register.section(at, &mut entries);
        }
    }
    let dated = entries.into_iter().filter_map(|entry| {
        Some(Dependency {
            text: entry.subject.text.to_string(),
            due: entry.due?,
            done: entry.done,
            span: entry.span,
        })
    });
    dated.collect()
}

/// The facts next to, rather than inside, the records of a team's own kinds.
pub(crate) fn detached(reader: &Reader<'_>) -> Vec<Detached> {
    let of = |section: &Section| {
        let kinds = reader.vocabulary.config.records.iter().enumerate();
        let mut own = kinds.skip(RecordKind::OURS);
        let (index, kind) = own.find(|(index, _)| section.topics.has_register(*index))?;
        let register = Register::new(index, kind, reader);
        Some(items::detached(section.start, section.own_end, &register.reader))
    };
    reader.sections.iter().filter_map(of).flatten().collect()
}

/// A kind of record, and how it is read.
struct Register<'k, 'r> {
    index: usize,
    kind: &'k RecordKind,
    /// The column with the status of a record.
    status: Option<usize>,
    reader: Reader<'r>,
}

impl<'k, 'r> Register<'k, 'r> {
    fn new(index: usize, kind: &'k RecordKind, reader: &'k Reader<'r>) -> Self {
        // The meanings of the kind's columns determine what unlabelled facts mean.
        let means = |wanted: Key| {
            let mut columns = kind.columns.iter();
            columns.position(|column| reader.vocabulary.key(Scope::Question, column) == Some(wanted))
        };
        let column = |at: Option<usize>| at.filter(|at| *at > 0).map_or(Key::Context, Key::Column);
        let policy = Policy {
            scope: Scope::Register(index),
            date: column(kind.deadline),
            person: column(means(Key::Owner)),
            person_lead: Class::OwnerLead,
            asks: false,
        };
        Self {
            index,
            kind,
            status: means(Key::Status).filter(|status| *status > 0),
            reader: reader.of(policy),
        }
    }

    /// The records of section `at`, and of its subsections that have no other topic.
    fn section(&self, at: usize, out: &mut Vec<RegisterEntry>) {
        let sections = self.reader.sections;
        let section = &sections[at];
        self.blocks(section, out);
        let mut read_to = section.own_end;
        for below in sections[at + 1..]
            .iter()
            .take_while(|below| below.heading < section.end)
        {
            let is_other = !below.topics.is_empty() || below.topics.has_registers();
            if is_other {
                read_to = read_to.max(below.end);
            }
            if below.heading < read_to {
                continue;
            }
            if below.own(self.reader.tree).any(|block| self.is_of_facts(block)) {
                out.extend(self.headed(below));
                read_to = below.end;
            } else {
                self.blocks(below, out);
            }
        }
    }

    /// Whether a block holds only facts of the heading above it.
    fn is_of_facts(&self, block: usize) -> bool {
        let tree = self.reader.tree;
        match tree.tag(block) {
            Some(Tag::List(_)) => items::is_of_facts(block, &self.reader),
            Some(Tag::Paragraph) => {
                let key = self.reader.line_key(&self.reader.runs(block));
                matches!(key, Some(Key::Column(1..)))
            }
            _ => false,
        }
    }

    /// `### The text` with its facts below it.
    fn headed(&self, section: &Section) -> Option<RegisterEntry> {
        let mut record = self.line(&self.reader.runs(section.heading));
        record.take_blocks(section.start, section.end, &self.reader);
        self.entry(&record, self.span(section.heading))
    }

    fn span(&self, node: usize) -> Span {
        self.reader.tree.nodes[node].span
    }

    /// The records in the blocks directly below a heading.
    fn blocks(&self, section: &Section, out: &mut Vec<RegisterEntry>) {
        let tree = self.reader.tree;
        let mut read_to = section.start;
        for block in section.own(tree) {
            if block < read_to {
                continue;
            }
            match tree.tag(block) {
                Some(Tag::Table(_) | Tag::HtmlBlock) => {
                    if let Some(table) = Table::read(tree, block) {
                        self.rows(&table, out);
                    }
                }
                Some(Tag::List(_)) => {
                    let (items, end) = items::items(block, &self.reader, |text| self.line(text));
                    let records = items
                        .iter()
                        .filter_map(|item| self.entry(&item.record, self.span(item.node)));
                    out.extend(records);
                    read_to = end;
                }
                Some(Tag::DefinitionList) if self.kind.form == Form::Pair => self.defined(block, out),
                Some(Tag::Paragraph) => {
                    let text = self.reader.runs(block);
                    if self.reader.line_key(&text) == Some(Key::Column(0)) {
                        out.extend(self.entry(&self.line(&text), self.span(block)));
                    }
                }
                _ => {}
            }
        }
    }

    fn rows(&self, table: &Table<'r>, out: &mut Vec<RegisterEntry>) {
        let columns = Columns::of(table, self.reader.policy.scope, self.reader.vocabulary);
        let of = |column: usize| columns.find(Key::Column(column));
        // If the other columns are known, the first one holds the text, whatever it is called.
        let is_known = (1..self.kind.columns.len()).any(|column| of(column).is_some());
        let first = (0..table.columns.len()).find(|column| columns.key(*column).is_none());
        let Some(subject) = of(0).or(first.filter(|_| is_known)) else {
            return;
        };
        for row in table.rows.iter().filter(|row| !row.is_empty()) {
            out.extend(self.entry(&columns.record(row, subject), row.span));
        }
    }

    /// The record of one stretch of text. Facts without a column stay in its text.
    fn line(&self, text: &[Run<'r>]) -> Record<'r> {
        let is_pair = self.kind.form == Form::Pair;
        let record = Record::line(text, &self.reader);
        let is_held = record.facts.iter().all(|fact| matches!(fact.key, Key::Column(_)));
        if record.number.is_none() && is_held && !(is_pair && record.facts.is_empty()) {
            return record;
        }
        let Some((word, meaning)) = pair(text).filter(|_| is_pair) else {
            return Record::of(text.to_vec());
        };
        let mut record = Record::of(word);
        record.add(Key::Column(1), meaning);
        record
    }

    /// `Term⏎: definition`.
    fn defined(&self, list: usize, out: &mut Vec<RegisterEntry>) {
        let mut term = list;
        for child in self.reader.tree.children(list) {
            match self.reader.tree.tag(child) {
                Some(Tag::DefinitionListTitle) => term = child,
                Some(Tag::DefinitionListDefinition) if term > list => {
                    let mut record = Record::of(self.reader.runs(term));
                    record.add(Key::Column(1), self.reader.item(child).runs);
                    out.extend(self.entry(&record, self.span(term)));
                }
                _ => {}
            }
        }
    }

    /// The entry of a record. None if it is empty or still has the template's text.
    fn entry(&self, record: &Record<'r>, span: Span) -> Option<RegisterEntry> {
        let vocabulary = self.reader.vocabulary;
        let carried = |runs: &[Run<'_>]| fragment(runs, self.reader.home);
        // Bold sets the text apart in a list; in the register, a column does.
        let mut text = record.text.clone();
        if text.iter().all(|run| run.strong || run.is_blank()) {
            text.iter_mut().for_each(|run| run.strong = false);
        }
        let subject = carried(&text);
        let columns = 1..self.kind.columns.len();
        let mut facts: Vec<Fragment> = columns.map(|at| carried(&self.value(record, at))).collect();
        let is_pair_half = self.kind.form == Form::Pair && facts.iter().all(Fragment::is_empty);
        if is_pair_half || is_none(&subject.text, vocabulary) || !self.is_filled(&subject) {
            return None;
        }
        let due = self.due(record, &mut facts);
        let status = self.status.and_then(|status| facts.get(status - 1));
        let is_done = status.is_some_and(|status| is_done(&status.text, vocabulary));
        Some(RegisterEntry {
            kind: self.index,
            due,
            done: is_struck(&text) || record.ticked == Some(true) || says_done(&subject.text, vocabulary) || is_done,
            subject,
            facts,
            span,
        })
    }

    /// The value of a column. For a date or a person that was replaced, the current one.
    fn value(&self, record: &Record<'r>, column: usize) -> Vec<Run<'r>> {
        let (key, policy) = (Key::Column(column), self.reader.policy);
        let value = record.values(key);
        match key == policy.date || key == policy.person {
            true => current(&value, self.reader.vocabulary).into_owned(),
            false => value,
        }
    }

    /// The deadline in its column or in a sentence. In the latter case, the column is filled from
    /// it.
    fn due(&self, record: &Record<'r>, facts: &mut [Fragment]) -> Option<Deadline> {
        let vocabulary = self.reader.vocabulary;
        let column = self.kind.deadline?;
        let fact = facts.get_mut(column.checked_sub(1)?)?;
        if fact.is_empty() && self.kind.form == Form::Sentence {
            let due = due(&words(&not_struck(&record.text)), vocabulary)?;
            *fact = Fragment::new(due.text.clone(), due.text.clone(), Vec::new());
            return Some(Deadline(due));
        }
        (!fact.is_empty()).then(|| Deadline(deadline_text(&self.value(record, column), vocabulary)))
    }

    /// Whether the template's text has been replaced: `Risk 1`, `Term 2`, `[name]`,
    /// `Dependency 1 must be complete by [date]`.
    fn is_filled(&self, subject: &Fragment) -> bool {
        let folded = fold(&subject.text);
        let kind = self.kind.columns.first().map(|column| fold(column));
        let is_numbered = || {
            let rest = folded.strip_prefix(kind.as_deref()?)?.strip_prefix(' ')?;
            let (number, rest) = rest.split_once(' ').unwrap_or((rest, "must"));
            Some(number.bytes().all(|byte| byte.is_ascii_digit()) && rest.split(' ').next() == Some("must"))
        };
        !(folded.is_empty() || is_numbered() == Some(true) || is_placeholder(&subject.text))
    }
}

#[cfg(test)]
mod tests;
