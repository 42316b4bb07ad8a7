//! Where a document's facts may be changed by hand: the places that an author would edit to set
//! its status, to add a decision, or to close a question.

use std::borrow::Cow;

use jiff::civil::Date;
use mdbook_markdown::pulldown_cmark::Tag;

use super::answer_cells::{AnswerCells, answer_cells};
use super::date::when;
use super::decision_log::{DATE, DECIDED_BY, DECISION, LABEL, RATIONALE, is_template_row};
use super::front_matter;
use super::gather::gather;
use super::label::{Key, Labels};
use super::lines::line_end;
use super::log_items::{ItemForm, item_form};
use super::section::{Section, Topic, sections};
use super::slot::{Slot, slot};
use super::table::{Row, Table};
use super::tree::Tree;
use crate::config::Config;
use crate::model::{Document, OpenQuestion, When};
use crate::source::{Source, Span};

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
    let labels = Labels::new(config);
    let rules = super::Rules {
        labels: &labels,
        config,
        renamed: &super::Renamed::new(),
        registers: false,
    };
    let document = super::chapter(source, rules).document?;
    let front = front_matter::read(&source.text);
    let tree = Tree::parse(&source.text, front.span.end, config.dialect);
    let sections = sections(&tree);
    let title = sections.first().map(|section| section.heading);
    let gathered = gather(&tree, &front, &sections, title, &labels);
    let fields = |key| gathered.all().filter(move |field| field.key == Some(key));
    let slots = |key| {
        let mut slots: Vec<Slot> = fields(key)
            .filter_map(|field| slot(&tree, &front, field, config))
            .collect();
        slots.sort();
        slots.dedup();
        slots
    };
    let label = |field: &super::field::Field<'_>| field.label.to_string();
    let is_log = |section: &&Section| section.topic == Some(Topic::DecisionLog);
    let places = Places {
        status: slots(Key::Status),
        updated: slots(Key::Updated),
        labels: fields(Key::Status).chain(fields(Key::Updated)).map(label).collect(),
        log: log(&tree, &sections, config).or_else(|| log_to_begin(&tree, &sections)),
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
            .map(|question| answer(&tree, &sections, question))
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

fn log(tree: &Tree<'_>, sections: &[Section], config: &Config) -> Option<Log> {
    let tables = |is_log: bool| {
        let sections = sections
            .iter()
            .filter(move |section| (section.topic == Some(Topic::DecisionLog)) == is_log)
            .filter(|section| section.topic != Some(Topic::ReviewHistory));
        sections
            .flat_map(|section| section.own(tree))
            .filter_map(|block| Some((block, Table::read(tree, block)?)))
    };
    let in_log = tables(true).find(|(_, table)| table.column(DECISION).is_some());
    let (block, table) = in_log.or_else(|| {
        tables(false).find(|(_, table)| {
            let telling = [DATE, DECIDED_BY, RATIONALE].map(|names| table.column(names).is_some());
            table.columns.iter().any(|column| column == "decision") && telling.iter().filter(|told| **told).count() > 1
        })
    })?;
    let decision = table.column(DECISION)?;
    let date = table.column(DATE);
    let columns = (0..table.columns.len())
        .map(|column| column_at(&table, column))
        .collect();
    let head = tree.children(block).next()?;
    let head = tree.nodes[head].span;
    let line_start = tree.text[..head.start].rfind('\n').map_or(0, |newline| newline + 1);
    let (at, last) = row_place(tree, block, &table, (decision, date), config);
    Some(Log {
        columns,
        at,
        to_begin: None,
        prefix: tree.text[line_start..head.start].to_owned(),
        last_label: table
            .column(LABEL)
            .filter(|label| *label != decision)
            .and_then(|label| last.map(|row| row.text(Some(label))))
            .filter(|text| !text.is_empty())
            .map(Cow::into_owned),
    })
}

/// The log of a document that has none: it stands below the open questions.
fn log_to_begin(tree: &Tree<'_>, sections: &[Section]) -> Option<Log> {
    let has_log = |section: &Section| section.topic == Some(Topic::DecisionLog);
    if sections.iter().any(has_log) {
        return None;
    }
    let questions = sections
        .iter()
        .find(|section| section.topic == Some(Topic::OpenQuestions))?;
    Some(Log {
        columns: vec![Column::Date, Column::Decision, Column::Rationale, Column::DecidedBy],
        at: Span::at(section_end(tree, questions, questions.end)),
        to_begin: Some(questions.level),
        prefix: String::new(),
        last_label: None,
    })
}

fn column_at(table: &Table<'_>, column: usize) -> Column {
    let named = [
        (DECISION, Column::Decision),
        (DATE, Column::Date),
        (DECIDED_BY, Column::DecidedBy),
        (RATIONALE, Column::Rationale),
        (LABEL, Column::Label),
    ];
    let found = named.into_iter().find(|(names, _)| table.column(names) == Some(column));
    found.map_or(Column::Other, |(_, kind)| kind)
}

/// Where the next row goes, and the row that is the latest: the template's example is replaced;
/// a table that is sorted with the newest first gets it on top.
fn row_place<'r, 't>(
    tree: &Tree<'_>,
    block: usize,
    table: &'r Table<'t>,
    (decision, date): (usize, Option<usize>),
    config: &Config,
) -> (Span, Option<&'r Row<'t>>) {
    let text = tree.text;
    let after = |span: Span| line_end(text, span);
    if let Some(example) = table.rows.iter().find(|row| is_template_row(row, decision, date)) {
        let start = text[..example.span.start].rfind('\n').map_or(0, |newline| newline + 1);
        return (Span::new(start, after(example.span)), None);
    }
    let days: Vec<Date> = table
        .rows
        .iter()
        .filter_map(|row| match when(&row.text(date), config) {
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

fn answer(tree: &Tree<'_>, sections: &[Section], question: &OpenQuestion) -> Option<Answer> {
    let within = |node: &usize| tree.nodes[*node].span.contains(question.span);
    let holds = |wanted: fn(&Tag<'_>) -> bool| {
        let mut nodes = (0..tree.nodes.len()).rev().filter(within);
        nodes.find(|&node| tree.tag(node).is_some_and(wanted))
    };
    if question.span.is_empty() {
        return None;
    }
    if let Some(table) = holds(|tag| matches!(tag, Tag::Table(_))) {
        return answer_cells(tree, table, question.span).map(Answer::Row);
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
