//! The places in a document's source where an author would set its status, add a decision or close
//! a question.

pub(crate) mod asking;
mod finder;
mod label_form;
pub(crate) mod list_form;
pub(crate) mod relatives;
pub(crate) mod slot;

use std::borrow::Cow;
use std::collections::BTreeSet;

use pulldown_cmark::Tag;

use crate::config::Config;
use crate::model::{Document, OpenQuestion};
use crate::parse::decisions::table::{LogColumns, is_template_row};
use crate::parse::document::title_section;
use crate::parse::markdown::lines::{line_end, line_start};
use crate::parse::markdown::table::{Row, Table};
use crate::parse::markdown::tree::Tree;
use crate::parse::metadata::field::Field;
use crate::parse::metadata::front_matter;
use crate::parse::metadata::header::collect_fields;
use crate::parse::questions::answer_cells::{AnswerCells, answer_cells};
use crate::parse::record::section::sections;
use crate::parse::values::date::when;
use crate::parse::vocabulary::Vocabularies;
use crate::parse::vocabulary::concept::Key;
use crate::parse::vocabulary::topics::Topic;
use crate::parse::vocabulary::words::written::Written;
use crate::source::{Source, Span};
use asking::{Asking, AskingFinder};
use finder::{Finder, newline};
use list_form::{ItemForm, is_newest_first, item_form};
use relatives::{RelationFinder, Relatives};
use slot::{Slot, slot};

/// The edit targets in one document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EditTargets {
    /// Every status that the document states about itself.
    pub status: Vec<Slot>,
    /// Every date of its last change.
    pub updated: Vec<Slot>,
    /// The labels of both, as written.
    pub labels: Vec<String>,
    /// Its decision log, if that is a table.
    pub log: Option<Log>,
    /// The form of its list of decisions.
    pub items: Option<ItemForm>,
    /// The start of each heading with decisions below it.
    pub log_headings: Vec<usize>,
    /// The link targets on the page: `#decision-use-a-queue`.
    pub link_targets: Vec<String>,
    /// Where the answer to the chosen question goes. None without a suitable place.
    pub answer: Option<Answer>,
    /// Where it names the documents that it replaces, and those that replace it.
    pub relatives: Relatives,
    /// Where another question goes.
    pub asking: Asking,
}

/// A table of decisions to which a row can be added.
#[derive(Debug, Clone, PartialEq)]
pub struct Log {
    /// The content of each column.
    pub columns: Vec<Column>,
    /// Where a row goes: the start of a line, or the end of the text. For the template's example
    /// row, the whole line, which the new row replaces.
    pub at: Span,
    /// The level of the heading to write for a new table, below the line that ends at `at`. None if
    /// a table exists.
    pub to_begin: Option<u8>,
    /// The text before each row: the indentation of a list, the mark of a quotation.
    pub prefix: String,
    /// The author's label of the last row, `D-07`.
    pub last_label: Option<String>,
}

/// The content of a column in a decision log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The date.
    Date,
    /// The decision.
    Decision,
    /// The reason.
    Rationale,
    /// The deciders.
    DecidedBy,
    /// The author's label.
    Label,
    /// Anything else.
    Other,
}

/// Where the answer to a question goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Below the question.
    Below {
        /// The insertion point.
        at: usize,
        /// The text to write between the preceding text and the answer.
        lead: String,
    },
    /// In the row of the question.
    Row(AnswerCells),
}

/// The document in `source`, whose text is a file as it is on disk, and its edit targets. None if
/// it is not a design document.
pub fn edit_targets(source: &Source, config: &Config) -> Option<(Document, EditTargets)> {
    read(source, config, None)
}

/// Where the answer to the question with this id goes. None without a suitable place. It takes the
/// time of reading all, so it is not looked for with the other targets for each question.
pub fn answer_target(source: &Source, config: &Config, id: &str) -> Option<Answer> {
    read(source, config, Some(id))?.1.answer
}

fn read(source: &Source, config: &Config, answered: Option<&str>) -> Option<(Document, EditTargets)> {
    let vocabularies = Vocabularies::new(config);
    let vocabulary = vocabularies.of(&source.text);
    let rules = crate::parse::Rules {
        config,
        vocabularies: &vocabularies,
        renamed: &crate::parse::Renamed::new(),
        registers: false,
    };
    let document = crate::parse::chapter(source, rules).document?;
    let front = front_matter::read(&source.text);
    let tree = &Tree::parse(&source.text, front.span.end, config.dialect);
    let sections = &sections(tree, vocabulary);
    let title = title_section(sections, &front, vocabulary);
    let collected = collect_fields(tree, &front, sections, title, vocabulary);
    let fields = |key| collected.all().filter(move |field| field.key == Some(key));
    let slots = |key| {
        let slots = fields(key).filter_map(|field| slot(tree, &front, field, vocabulary));
        let slots: BTreeSet<Slot> = slots.collect();
        slots.into_iter().collect()
    };
    let label = |field: &Field<'_>| field.label.to_string();
    let logs = sections.iter().filter(|section| section.topics.has(Topic::DecisionLog));
    let finder = Finder {
        tree,
        sections,
        vocabulary,
    };
    let written = Written::of(&source.text, config);
    let relations = RelationFinder {
        finder,
        front: &front,
        fields: &collected,
        written,
    };
    let asking = AskingFinder {
        finder,
        document: &document,
        fields: &collected,
        written,
    };
    let mut questions = document.questions.iter();
    let answered = questions.find(|question| answered == Some(question.id.as_str()));
    let targets = EditTargets {
        status: slots(Key::Status),
        updated: slots(Key::Updated),
        labels: fields(Key::Status).chain(fields(Key::Updated)).map(label).collect(),
        log: finder.log().or_else(|| finder.log_to_begin()),
        items: item_form(tree, &document),
        log_headings: logs.map(|section| tree.nodes[section.heading].span.start).collect(),
        link_targets: targets(tree),
        answer: answered.and_then(|question| finder.answer(question)),
        relatives: relations.relatives(),
        asking: asking.asking(),
    };
    Some((document, targets))
}

fn targets(tree: &Tree<'_>) -> Vec<String> {
    let links = (0..tree.nodes.len()).filter_map(|node| match tree.tag(node)? {
        Tag::Link { dest_url, .. } if dest_url.starts_with('#') => Some(dest_url.to_string()),
        _ => None,
    });
    links.collect()
}

impl<'t> Finder<'t> {
    fn log(self) -> Option<Log> {
        let tables = |is_log: bool| {
            let sections = self.sections.iter().filter(move |section| {
                section.topics.has(Topic::DecisionLog) == is_log && !section.topics.has(Topic::ReviewHistory)
            });
            let blocks = sections.flat_map(|section| section.own(self.tree));
            blocks
                .filter(|block| matches!(self.tree.tag(*block), Some(Tag::Table(_))))
                .filter_map(move |block| {
                    let table = Table::read(self.tree, block)?;
                    Some((block, LogColumns::of(&table, is_log, self.vocabulary)?, table))
                })
        };
        let (block, of, table) = tables(true).next().or_else(|| tables(false).next())?;
        let head = self.tree.nodes[self.tree.children(block).next()?].span;
        let (at, last) = self.row_place(head, &table, &of);
        let number = of.find(Key::Number).and_then(|column| Some(last?.text(Some(column))));
        Some(Log {
            columns: (0..table.columns.len()).map(|column| column_at(&of, column)).collect(),
            at,
            to_begin: None,
            prefix: self.margin(head.start).to_owned(),
            last_label: number.filter(|text| !text.is_empty()).map(Cow::into_owned),
        })
    }

    /// The place for a decision log in a document without one: after the open questions.
    fn log_to_begin(self) -> Option<Log> {
        let find = |topic| self.sections.iter().find(|section| section.topics.has(topic));
        let questions = find(Topic::OpenQuestions).filter(|_| find(Topic::DecisionLog).is_none())?;
        Some(Log {
            columns: vec![Column::Date, Column::Decision, Column::Rationale, Column::DecidedBy],
            at: Span::at(self.section_end(questions, questions.end)),
            to_begin: Some(questions.level),
            prefix: String::new(),
            last_label: None,
        })
    }

    /// Where the next row goes, and the latest row. The template's example is replaced; a table
    /// with the newest first gets the row at the top.
    fn row_place<'r>(self, head: Span, table: &'r Table<'t>, columns: &LogColumns) -> (Span, Option<&'r Row<'t>>) {
        let text = self.tree.text;
        if let Some(example) = table.rows.iter().find(|row| is_template_row(row, columns)) {
            let line = Span::new(line_start(text, example.span.start), line_end(text, example.span));
            return (line, None);
        }
        let days = table.rows.iter().map(|row| row.text(columns.find(Key::Date)));
        let days = days.filter_map(|day| when(&day, self.vocabulary).day());
        match (table.rows.first(), table.rows.last()) {
            (Some(first), _) if is_newest_first(days) => (Span::at(line_start(text, first.span.start)), Some(first)),
            (_, Some(last)) => (Span::at(line_end(text, last.span)), Some(last)),
            // After the delimiter row, which follows the head.
            _ => (Span::at(line_end(text, Span::at(line_end(text, head)))), None),
        }
    }

    fn answer(self, question: &OpenQuestion) -> Option<Answer> {
        let tree = self.tree;
        let holds = |wanted: fn(&Tag<'_>) -> bool| self.innermost(question.span, wanted);
        if question.span.is_empty() {
            return None;
        }
        if let Some(table) = holds(|tag| matches!(tag, Tag::Table(_))) {
            return answer_cells(tree, table, question.span, self.vocabulary).map(Answer::Row);
        }
        let newline = newline(tree.text);
        let text_end = |node: usize| tree.text[..tree.nodes[node].span.end].trim_end().len();
        let (at, lead) = if let Some(item) = holds(|tag| matches!(tag, Tag::Item)) {
            (text_end(item), format!("{newline}{}", self.nested_mark(item)?))
        } else if let Some(heading) = holds(|tag| matches!(tag, Tag::Heading { .. })) {
            let section = self.sections.iter().find(|section| section.heading == heading)?;
            (self.section_end(section, section.own_end), newline.repeat(2))
        } else {
            (text_end(holds(|tag| matches!(tag, Tag::Paragraph))?), newline.repeat(2))
        };
        Some(Answer::Below { at, lead })
    }

    /// The marker for an item nested in `item`: copied from existing ones, or else derived from the
    /// indentation of the text.
    fn nested_mark(self, item: usize) -> Option<String> {
        let start = |node: usize| self.tree.nodes[node].span.start;
        let mut children = self.tree.children(item);
        let list = children.find(|child| matches!(self.tree.tag(*child), Some(Tag::List(None))));
        if let Some(last) = list.and_then(|list| self.tree.children(list).last()) {
            let prefix = self.margin(start(last));
            let mark = self
                .tree
                .source(last)
                .chars()
                .next()
                .filter(|mark| "-*+".contains(*mark))?;
            let is_margin = prefix.chars().all(|c| c.is_whitespace() || c == '>');
            return is_margin.then(|| format!("{prefix}{mark} "));
        }
        let text = self.tree.children(item).next()?;
        let width = self.margin(start(text)).chars().count();
        let margin = self.margin(start(item)).chars();
        let margin: String = margin.map(|c| if c == '>' { '>' } else { ' ' }).collect();
        Some(format!("{margin:width$}- "))
    }
}

fn column_at(columns: &LogColumns, column: usize) -> Column {
    match columns.key(column) {
        Some(Key::Decision | Key::Choice) => Column::Decision,
        Some(Key::Date) => Column::Date,
        Some(Key::Decider) => Column::DecidedBy,
        Some(Key::Rationale) => Column::Rationale,
        Some(Key::Number) => Column::Label,
        _ => Column::Other,
    }
}
