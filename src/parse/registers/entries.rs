//! What a document adds to the registers of the book: the records of the kinds that the
//! configuration declares, ours and a team's. Rows that the template shows as examples are none.

use pulldown_cmark::Tag;

use crate::config::{Form, RecordKind};
use crate::model::{Deadline, Detached, Fragment, RegisterEntry};
use crate::parse::markdown::fold::fold;
use crate::parse::markdown::fragment::fragment;
use crate::parse::markdown::inline::{Run, runs};
use crate::parse::markdown::item::ItemText;
use crate::parse::markdown::table::{Row, Table};
use crate::parse::record::closing::{is_done, is_none};
use crate::parse::record::columns::Columns;
use crate::parse::record::section::Section;
use crate::parse::record::{Policy, Reader, Record, adopt, key, label};
use crate::parse::registers::dependency::{due, says_done};
use crate::parse::registers::pair::split;
use crate::parse::values::date::is_placeholder;
use crate::parse::values::deadline::deadline_text;
use crate::parse::values::replaced::current;
use crate::parse::vocabulary::concept::{Class, Key, Scope};
use crate::source::Span;

/// The records of the document's sections.
pub(crate) fn entries(reader: &Reader<'_>) -> Vec<RegisterEntry> {
    let mut out = Vec::new();
    for (at, section) in reader.sections.iter().enumerate() {
        if !section.topics.has_registers() || section.is_left_out {
            continue;
        }
        for (index, kind) in reader.vocabulary.config.records.iter().enumerate() {
            if section.topics.has_register(index) {
                Register::new(index, kind, reader).section(at, &mut out);
            }
        }
    }
    out
}

/// The facts that stand beside the records of a team's own kinds.
pub(crate) fn detached(reader: &Reader<'_>) -> Vec<Detached> {
    let sections = reader.sections.iter().filter(|section| section.topics.has_registers());
    let of = |section: &Section| {
        let kinds = reader.vocabulary.config.records.iter().enumerate();
        let mut own = kinds.skip(RecordKind::OURS);
        let (index, kind) = own.find(|(index, _)| section.topics.has_register(*index))?;
        let policy = Register::new(index, kind, reader).policy;
        Some(adopt::detached(section.start, section.own_end, &policy, reader))
    };
    sections.filter_map(of).flatten().collect()
}

/// A kind of records, and how it is read.
struct Register<'k, 'r> {
    index: usize,
    kind: &'k RecordKind,
    policy: Policy,
    /// The column that says how far a record is.
    status: Option<usize>,
    reader: &'k Reader<'r>,
}

impl<'k, 'r> Register<'k, 'r> {
    fn new(index: usize, kind: &'k RecordKind, reader: &'k Reader<'r>) -> Self {
        // What a column means elsewhere says what stands without a label.
        let means = |wanted: Key| {
            let mut columns = kind.columns.iter();
            columns.position(|column| reader.vocabulary.key(Scope::Question, column) == Some(wanted))
        };
        let column = |at: Option<usize>| at.filter(|at| *at > 0).map_or(Key::Context, Key::Column);
        Self {
            index,
            kind,
            policy: Policy {
                scope: Scope::Register(index),
                date: column(kind.deadline),
                person: column(means(Key::Owner)),
                person_lead: Class::OwnerLead,
                asks: false,
                closes: false,
            },
            status: means(Key::Status),
            reader,
        }
    }

    /// The records of the section `at`, and of those below it that are about nothing else.
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

    /// Whether a block holds facts of the heading above it and nothing else.
    fn is_of_facts(&self, block: usize) -> bool {
        let tree = self.reader.tree;
        match tree.tag(block) {
            Some(Tag::List(_)) => {
                let items: Vec<usize> = tree.children(block).collect();
                adopt::facts(&items, &self.policy, self.reader) == items.len()
            }
            Some(Tag::Paragraph) => self
                .label_of(&runs(tree, block + 1, tree.nodes[block].end))
                .is_some_and(|column| column > 0),
            _ => false,
        }
    }

    /// The column whose label a text begins with.
    fn label_of(&self, text: &[Run<'_>]) -> Option<usize> {
        let (label, _) = label::first(text)?;
        match key(&label, &self.policy, self.reader)? {
            Key::Column(column) => Some(column),
            _ => None,
        }
    }

    /// `### The text` with its facts below it.
    fn headed(&self, section: &Section) -> Option<RegisterEntry> {
        let tree = self.reader.tree;
        let node = section.heading;
        let mut record = self.line(&runs(tree, node + 1, tree.nodes[node].end));
        for block in tree.siblings(section.start, section.end) {
            record.take_block(block, &self.policy, self.reader);
        }
        self.entry(&record, None, tree.nodes[node].span)
    }

    /// The records among the blocks directly below a heading.
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
                Some(Tag::List(_)) => read_to = self.items(block, out),
                Some(Tag::DefinitionList) if self.kind.form == Form::Pair => self.defined(block, out),
                Some(Tag::Paragraph) => {
                    let text = runs(tree, block + 1, tree.nodes[block].end);
                    if self.label_of(&text) == Some(0) {
                        out.extend(self.entry(&self.line(&text), None, tree.nodes[block].span));
                    }
                }
                _ => {}
            }
        }
    }

    fn rows(&self, table: &Table<'r>, out: &mut Vec<RegisterEntry>) {
        let columns = Columns::of(table, self.policy.scope, self.reader.vocabulary);
        let of = |column: usize| columns.find(Key::Column(column));
        // Whatever the first column is called, beside others that we know it is the text.
        let is_known = (1..self.kind.columns.len()).any(|column| of(column).is_some());
        let first = (0..table.columns.len()).find(|column| columns.key(*column).is_none());
        let Some(subject) = of(0).or(first.filter(|_| is_known)) else {
            return;
        };
        for row in table.rows.iter().filter(|row| !row.is_empty()) {
            out.extend(self.row(row, subject, &of));
        }
    }

    fn row(&self, row: &Row<'r>, subject: usize, of: &impl Fn(usize) -> Option<usize>) -> Option<RegisterEntry> {
        let mut record = Record {
            text: row.cell(Some(subject)).to_vec(),
            ..Record::default()
        };
        for column in 1..self.kind.columns.len() {
            record.add(Key::Column(column), row.cell(of(column)).to_vec());
        }
        self.entry(&record, None, row.span)
    }

    /// The records of a list; the first node behind it and the lists that belong to its last item.
    fn items(&self, list: usize, out: &mut Vec<RegisterEntry>) -> usize {
        let tree = self.reader.tree;
        let items: Vec<usize> = tree.children(list).collect();
        let below = adopt::lists_below(list, &self.policy, self.reader);
        let mut up_to = 0;
        for (index, &item) in items.iter().enumerate() {
            if index < up_to {
                continue;
            }
            let content = ItemText::of(tree, item);
            let mut record = self.line(&content.runs);
            for child in tree.siblings(content.rest, tree.nodes[item].end) {
                record.take_block(child, &self.policy, self.reader);
            }
            let facts = adopt::facts(&items[index + 1..], &self.policy, self.reader);
            up_to = index + 1 + facts;
            for fact in &items[index + 1..up_to] {
                record.take_lines(&ItemText::of(tree, *fact).runs, &self.policy, self.reader);
            }
            if up_to == items.len() {
                for list in &below {
                    record.take_block(*list, &self.policy, self.reader);
                }
            }
            out.extend(self.entry(&record, content.ticked, tree.nodes[item].span));
        }
        tree.nodes[*below.last().unwrap_or(&list)].end
    }

    /// The record of one stretch of text. What no column holds stays in its text.
    fn line(&self, text: &[Run<'r>]) -> Record<'r> {
        let mut record = Record::line(text, &self.policy, self.reader);
        let is_held = |fact: &crate::parse::record::Fact<'_>| matches!(fact.key, Key::Column(_));
        if record.number.is_none() && record.facts.iter().all(is_held) && !self.is_pair(&record) {
            return record;
        }
        record = Record {
            text: text.to_vec(),
            ..Record::default()
        };
        if self.kind.form == Form::Pair
            && let Some((word, meaning)) = split(text)
        {
            record.text = word;
            record.add(Key::Column(1), meaning);
        }
        record
    }

    fn is_pair(&self, record: &Record<'_>) -> bool {
        self.kind.form == Form::Pair && record.facts.is_empty()
    }

    /// `Term⏎: definition`.
    fn defined(&self, list: usize, out: &mut Vec<RegisterEntry>) {
        let tree = self.reader.tree;
        let mut term: Option<usize> = None;
        for child in tree.children(list) {
            match tree.tag(child) {
                Some(Tag::DefinitionListTitle) => term = Some(child),
                Some(Tag::DefinitionListDefinition) => {
                    let Some(title) = term else { continue };
                    let mut record = Record {
                        text: runs(tree, title + 1, tree.nodes[title].end),
                        ..Record::default()
                    };
                    record.add(Key::Column(1), ItemText::of(tree, child).runs);
                    out.extend(self.entry(&record, None, tree.nodes[title].span));
                }
                _ => {}
            }
        }
    }

    /// What a record adds; None where it says nothing, or what the template says.
    fn entry(&self, record: &Record<'r>, ticked: Option<bool>, span: Span) -> Option<RegisterEntry> {
        let vocabulary = self.reader.vocabulary;
        let carried = |runs: &[Run<'_>]| fragment(runs, self.reader.home);
        // The bold is a list's way to set the text apart; here a column does.
        let is_bold = record.text.iter().all(|run| run.strong || run.is_blank());
        let subject = match is_bold {
            true => carried(&plain(&record.text)),
            false => carried(&record.text),
        };
        let columns = 1..self.kind.columns.len();
        let mut facts: Vec<Fragment> = columns.map(|at| carried(&self.value(record, at))).collect();
        let is_pair_half = self.kind.form == Form::Pair && facts.iter().all(Fragment::is_empty);
        if is_pair_half || is_none(&subject.text, vocabulary) || !self.is_filled(&subject) {
            return None;
        }
        let due = self.due(record, &subject, &mut facts);
        let said = |column: usize| facts.get(column - 1).map_or("", |fact| &fact.text);
        let is_struck = record.text.iter().all(|run| run.struck || run.is_blank());
        let status = self.status.filter(|status| *status > 0).map(said).unwrap_or_default();
        Some(RegisterEntry {
            kind: self.index,
            due,
            done: is_struck || ticked == Some(true) || says_done(&subject.text) || is_done(status, vocabulary),
            subject,
            facts,
            span,
        })
    }

    /// What a column says; of a date or a person that was replaced, what holds.
    fn value(&self, record: &Record<'r>, column: usize) -> Vec<Run<'r>> {
        let value = record.values(Key::Column(column));
        match Key::Column(column) {
            key if key == self.policy.date || key == self.policy.person => {
                current(&value, self.reader.vocabulary).into_owned()
            }
            _ => value,
        }
    }

    /// The deadline in its column, or in a sentence, which has its column filled then.
    fn due(&self, record: &Record<'r>, subject: &Fragment, facts: &mut [Fragment]) -> Option<Deadline> {
        let vocabulary = self.reader.vocabulary;
        let column = self.kind.deadline?;
        let fact = facts.get_mut(column.checked_sub(1)?)?;
        if fact.is_empty() && self.kind.form == Form::Sentence {
            let due = due(&subject.text, vocabulary)?;
            *fact = Fragment::new(due.text.clone(), due.text.clone(), Vec::new());
            return Some(Deadline(due));
        }
        (!fact.is_empty()).then(|| Deadline(deadline_text(&self.value(record, column), vocabulary)))
    }

    /// Whether somebody has replaced what the template says: `Risk 1`, `Term 2`, `[name]`,
    /// `Dependency 1 must be complete by [date]`.
    fn is_filled(&self, subject: &Fragment) -> bool {
        let folded = fold(&subject.text);
        let mut parts = folded.split(' ');
        let is_kind = |part: &str| self.kind.columns.first().is_some_and(|column| fold(column) == part);
        let is_numbered = parts.next().is_some_and(is_kind)
            && parts
                .next()
                .is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
            && matches!(parts.next(), None | Some("must"));
        !(folded.is_empty() || is_numbered || is_placeholder(&subject.text))
    }
}

fn plain<'a>(runs: &[Run<'a>]) -> Vec<Run<'a>> {
    let runs = runs.iter().cloned();
    runs.map(|run| Run { strong: false, ..run }).collect()
}

#[cfg(test)]
mod tests;
