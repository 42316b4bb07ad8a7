//! Where a document's facts may be changed by hand: the places that an author would edit to set
//! its status, to add a decision, or to close a question.

pub(crate) mod list_form;
pub(crate) mod slot;

use std::borrow::Cow;

use jiff::civil::Date;
use pulldown_cmark::Tag;

use crate::config::Config;
use crate::model::{Document, OpenQuestion, When};
use crate::parse::decisions::table::{LogColumns, is_template_row};
use crate::parse::document::title_section;
use crate::parse::markdown::lines::line_end;
use crate::parse::markdown::table::{Row, Table};
use crate::parse::markdown::tree::Tree;
use crate::parse::metadata::field::Field;
use crate::parse::metadata::front_matter;
use crate::parse::metadata::header::gather::gather;
use crate::parse::questions::answer_cells::{AnswerCells, answer_cells};
use crate::parse::record::section::{Section, sections};
use crate::parse::values::date::when;
use crate::parse::vocabulary::concept::Key;
use crate::parse::vocabulary::topics::Topic;
use crate::parse::vocabulary::{Vocabularies, Vocabulary};
use crate::source::{Source, Span};
use list_form::{ItemForm, item_form};
use slot::{Slot, slot};

/// The places of one document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Places {
    /// Every status that it states of itself.
    pub status: Vec<Slot>,
    /// Every date of its last change.
    pub updated: Vec<Slot>,
    /// The labels of both, in the author's words.
    pub labels: Vec<String>,
    /// Its table of decisions.
    pub log: Option<Log>,
    /// How an item of its list of decisions is written.
    pub items: Option<ItemForm>,
    /// Where each heading begins below which decisions stand.
    pub log_headings: Vec<usize>,
    /// The places on the page to which it links: `#decision-use-a-queue`.
    pub targets: Vec<String>,
    /// For each of its questions, where an answer goes; None where there is no place for one.
    pub answers: Vec<Option<Answer>>,
}

/// A table of decisions to which a row can be added.
#[derive(Debug, Clone, PartialEq)]
pub struct Log {
    /// What each column holds.
    pub columns: Vec<Column>,
    /// Where a row goes: the start of a line, or the end of the text; of the template's example
    /// row the whole line, which it replaces.
    pub at: Span,
    /// The heading's level, where there is no table yet and `at` is the end of a line below
    /// which a section with one belongs.
    pub to_begin: Option<u8>,
    /// What stands before each row: the indentation of a list, the mark of a quotation.
    pub prefix: String,
    /// The author's number of the last row, `D-07`.
    pub last_label: Option<String>,
}

/// What a column of a table of decisions holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The day.
    Date,
    /// What was decided.
    Decision,
    /// Why.
    Rationale,
    /// By whom.
    DecidedBy,
    /// The author's number.
    Label,
    /// Something else.
    Other,
}

/// Where the answer to a question is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Below the question.
    Below {
        /// The place.
        at: usize,
        /// What stands between the text before it and the answer.
        lead: String,
    },
    /// In the row that asks.
    Row(AnswerCells),
}

/// The document in `source`, whose text is a file as it is on disk, and its places; None where
/// it is no design document.
pub fn places(source: &Source, config: &Config) -> Option<(Document, Places)> {
    let vocabularies = Vocabularies::new(config);
    let vocabulary = vocabularies.of(&source.text);
    let rules = crate::parse::Rules {
        config,
        vocabularies: &vocabularies,
        renamed: &crate::parse::Renamed::new(),
    };
    let document = crate::parse::chapter(source, rules).document?;
    let front = front_matter::read(&source.text);
    let tree = Tree::parse(&source.text, front.span.end, config.dialect);
    let sections = sections(&tree, vocabulary);
    let title = title_section(&sections, &front, vocabulary);
    let gathered = gather(&tree, &front, &sections, title, vocabulary);
    let fields = |key| gathered.all().filter(move |field| field.key == Some(key));
    let slots = |key| {
        let mut slots: Vec<Slot> = fields(key)
            .filter_map(|field| slot(&tree, &front, field, vocabulary))
            .collect();
        slots.sort();
        slots.dedup();
        slots
    };
    let label = |field: &Field<'_>| field.label.to_string();
    let is_log = |section: &&Section| section.topics.has(Topic::DecisionLog);
    let places = Places {
        status: slots(Key::Status),
        updated: slots(Key::Updated),
        labels: fields(Key::Status).chain(fields(Key::Updated)).map(label).collect(),
        log: log(&tree, &sections, vocabulary).or_else(|| log_to_begin(&tree, &sections)),
        items: item_form(&tree, &document),
        log_headings: sections
            .iter()
            .filter(is_log)
            .map(|section| tree.nodes[section.heading].span.start)
            .collect(),
        targets: targets(&tree),
        answers: document
            .questions
            .iter()
            .map(|question| answer(&tree, &sections, question, vocabulary))
            .collect(),
    };
    Some((document, places))
}

fn targets(tree: &Tree<'_>) -> Vec<String> {
    let links = (0..tree.nodes.len()).filter_map(|node| match tree.tag(node)? {
        Tag::Link { dest_url, .. } if dest_url.starts_with('#') => Some(dest_url.to_string()),
        _ => None,
    });
    links.collect()
}

fn log(tree: &Tree<'_>, sections: &[Section], vocabulary: &Vocabulary<'_>) -> Option<Log> {
    let tables = |is_log: bool| {
        let sections = sections
            .iter()
            .filter(move |section| section.topics.has(Topic::DecisionLog) == is_log)
            .filter(|section| !section.topics.has(Topic::ReviewHistory));
        sections
            .flat_map(|section| section.own(tree))
            .filter(|block| matches!(tree.tag(*block), Some(Tag::Table(_))))
            .filter_map(|block| Some((block, Table::read(tree, block)?)))
            .filter_map(move |(block, table)| Some((block, LogColumns::of(&table, is_log, vocabulary)?, table)))
    };
    let (block, of, table) = tables(true).next().or_else(|| tables(false).next())?;
    let columns = (0..table.columns.len()).map(|column| column_at(&of, column)).collect();
    let head = tree.children(block).next()?;
    let head = tree.nodes[head].span;
    let line_start = tree.text[..head.start].rfind('\n').map_or(0, |newline| newline + 1);
    let (at, last) = row_place(tree, block, &table, &of, vocabulary);
    Some(Log {
        columns,
        at,
        to_begin: None,
        prefix: tree.text[line_start..head.start].to_owned(),
        last_label: of
            .find(Key::Number)
            .and_then(|label| last.map(|row| row.text(Some(label))))
            .filter(|text| !text.is_empty())
            .map(Cow::into_owned),
    })
}

/// The log of a document that has none: it stands below the open questions.
fn log_to_begin(tree: &Tree<'_>, sections: &[Section]) -> Option<Log> {
    let has_log = |section: &Section| section.topics.has(Topic::DecisionLog);
    if sections.iter().any(has_log) {
        return None;
    }
    let questions = sections
        .iter()
        .find(|section| section.topics.has(Topic::OpenQuestions))?;
    Some(Log {
        columns: vec![Column::Date, Column::Decision, Column::Rationale, Column::DecidedBy],
        at: Span::at(section_end(tree, questions, questions.end)),
        to_begin: Some(questions.level),
        prefix: String::new(),
        last_label: None,
    })
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

/// Where the next row goes, and the row that is the latest: the template's example is replaced;
/// a table that is sorted with the newest first gets it on top.
fn row_place<'r, 't>(
    tree: &Tree<'_>,
    block: usize,
    table: &'r Table<'t>,
    columns: &LogColumns,
    vocabulary: &Vocabulary<'_>,
) -> (Span, Option<&'r Row<'t>>) {
    let text = tree.text;
    let after = |span: Span| line_end(text, span);
    if let Some(example) = table.rows.iter().find(|row| is_template_row(row, columns)) {
        let start = text[..example.span.start].rfind('\n').map_or(0, |newline| newline + 1);
        return (Span::new(start, after(example.span)), None);
    }
    let days: Vec<Date> = table
        .rows
        .iter()
        .filter_map(|row| match when(&row.text(columns.find(Key::Date)), vocabulary) {
            When::Day(day) => Some(day),
            _ => None,
        })
        .collect();
    let is_newest_first = matches!((days.first(), days.last()), (Some(first), Some(last)) if first > last);
    match (table.rows.first(), table.rows.last()) {
        (Some(first), _) if is_newest_first => {
            let start = text[..first.span.start].rfind('\n').map_or(0, |newline| newline + 1);
            (Span::at(start), Some(first))
        }
        (_, Some(last)) => (Span::at(after(last.span)), Some(last)),
        _ => {
            // Below the line of dashes, which is the head's next.
            let head = tree
                .children(block)
                .next()
                .map_or(tree.nodes[block].span, |head| tree.nodes[head].span);
            let dashes = after(head);
            (Span::at(after(Span::at(dashes))), None)
        }
    }
}

fn answer(
    tree: &Tree<'_>,
    sections: &[Section],
    question: &OpenQuestion,
    vocabulary: &Vocabulary<'_>,
) -> Option<Answer> {
    let within = |node: &usize| tree.nodes[*node].span.contains(question.span);
    let holds = |wanted: fn(&Tag<'_>) -> bool| {
        let mut nodes = (0..tree.nodes.len()).rev().filter(within);
        nodes.find(|&node| tree.tag(node).is_some_and(wanted))
    };
    if question.span.is_empty() {
        return None;
    }
    if let Some(table) = holds(|tag| matches!(tag, Tag::Table(_))) {
        return answer_cells(tree, table, question.span, vocabulary).map(Answer::Row);
    }
    let newline = if tree.text.contains("\r\n") { "\r\n" } else { "\n" };
    if let Some(item) = holds(|tag| matches!(tag, Tag::Item)) {
        let end = tree.nodes[item].span.end;
        return Some(Answer::Below {
            at: tree.text[..end].trim_end().len(),
            lead: format!("{newline}{}", nested_mark(tree, item)?),
        });
    }
    if let Some(heading) = holds(|tag| matches!(tag, Tag::Heading { .. })) {
        let section = sections.iter().find(|section| section.heading == heading)?;
        return Some(Answer::Below {
            at: section_end(tree, section, section.own_end),
            lead: newline.repeat(2),
        });
    }
    let block = holds(|tag| matches!(tag, Tag::Paragraph))?;
    Some(Answer::Below {
        at: tree.text[..tree.nodes[block].span.end].trim_end().len(),
        lead: newline.repeat(2),
    })
}

/// Behind the last words of a section whose nodes end before `end`, before the thematic break
/// that parts it from the next.
fn section_end(tree: &Tree<'_>, section: &Section, end: usize) -> usize {
    let end = tree.nodes.get(end).map_or(tree.text.len(), |next| next.span.start);
    let words = tree.text[..end].trim_end();
    let heading = tree.nodes[section.heading].span.end;
    let without_rule = words.trim_end_matches(['-', '*', '_']);
    let is_rule =
        without_rule.len() + 3 <= words.len() && without_rule.ends_with('\n') && without_rule.len() >= heading;
    if is_rule {
        without_rule.trim_end().len()
    } else {
        words.len()
    }
}

/// What a nested item of `item` begins with: as those that are there, else as its text is indented.
fn nested_mark(tree: &Tree<'_>, item: usize) -> Option<String> {
    let column = |at: usize| {
        let start = tree.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        &tree.text[start..at]
    };
    let list = tree
        .children(item)
        .find(|child| matches!(tree.tag(*child), Some(Tag::List(None))));
    if let Some(first) = list.and_then(|list| tree.children(list).last()) {
        let start = tree.nodes[first].span.start;
        let prefix = column(start);
        let mark = tree.text[start..].chars().next().filter(|mark| "-*+".contains(*mark))?;
        let is_margin = prefix.chars().all(|c| c.is_whitespace() || c == '>');
        return is_margin.then(|| format!("{prefix}{mark} "));
    }
    let text = tree.children(item).next()?;
    let width = column(tree.nodes[text].span.start).chars().count();
    let margin: String = column(tree.nodes[item].span.start)
        .chars()
        .map(|c| if c == '>' { '>' } else { ' ' })
        .collect();
    Some(format!(
        "{margin}{}- ",
        " ".repeat(width.saturating_sub(margin.chars().count()))
    ))
}
