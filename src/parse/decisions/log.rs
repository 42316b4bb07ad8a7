//! Every decision that a document records: in tables, headings, items and paragraphs below a
//! heading of decisions, and in unambiguous tables elsewhere.

use pulldown_cmark::Tag;

use crate::model::Decision;
use crate::parse::decisions::DECISION;
use crate::parse::decisions::listed::{Trust, from_heading, from_labels, from_list, from_paragraph, list_number};
use crate::parse::decisions::table::{LogColumns, rows};
use crate::parse::markdown::fold::asks;
use crate::parse::markdown::table::Table;
use crate::parse::record::Reader;
use crate::parse::record::section::Section;
use crate::parse::values::id::Ids;
use crate::parse::vocabulary::topics::Topic;

/// Every decision that the document records.
pub(crate) fn decisions(reader: &Reader<'_>) -> Vec<Decision> {
    let reader = &reader.of(DECISION);
    let mut out = Vec::new();
    let title_is_log = reader.title_words().is_some_and(|words| words.contains("decision"));
    let mut up_to = 0;
    for (index, section) in reader.sections.iter().enumerate() {
        // Sections inside another log have been read with it.
        if section.heading < up_to {
            continue;
        }
        if section.topics.has(Topic::DecisionLog) {
            up_to = section.end;
            read_log(reader, section, &reader.sections[index + 1..], &mut out);
        } else if !section.topics.has(Topic::ReviewHistory) && section.topics.questions().is_none() {
            tables(reader, section.start, section.own_end, title_is_log, &mut out);
        }
    }
    if out.is_empty() {
        out.extend(labelled(reader));
    }
    out.sort_by_key(|decision| decision.span.start);
    let mut ids = Ids::default();
    for decision in &mut out {
        // If no anchor is inserted, links lead to the heading, which has an id of its own.
        let is_taken = |id: &str| decision.anchor_at.is_some() && reader.page_ids.has(id);
        decision.id = ids.make("decision", decision.label.as_deref(), &decision.decision.text, is_taken);
    }
    out
}

/// `## 1. Transport` followed by `**Decision**: …` and `**Rationale**: …`, at least twice: a single
/// one is the decision of the whole document.
fn labelled(reader: &Reader<'_>) -> Vec<Decision> {
    let sections = reader.sections.iter().filter(|section| section.topics.is_empty());
    let found: Vec<Decision> = sections.filter_map(|section| from_labels(reader, section)).collect();
    if found.len() > 1 { found } else { Vec::new() }
}

/// The decisions in a section of decisions and in its subsections.
fn read_log(reader: &Reader<'_>, section: &Section, below: &[Section], out: &mut Vec<Decision>) {
    let trust = if section.is_weak { Trust::Facts } else { Trust::Form };
    let below = &below[..below.iter().take_while(|other| other.heading < section.end).count()];
    let numbered = |section: &&Section| list_number(&reader.runs(section.heading)).is_some();
    // A single numbered heading may be a section of any document.
    let is_numbered = below.iter().filter(numbered).take(2).count() == 2;
    let from = out.len();
    blocks(reader, section.start, section.own_end, trust, out);
    // Among questions, a record with a question is a question.
    if section.topics.questions().is_some() {
        let own = out.split_off(from).into_iter().filter(|own| !asks(&own.decision.text));
        out.extend(own);
    }
    let mut up_to = 0;
    for child in below {
        // Blocks below a decision belong to it.
        if child.heading < up_to {
            continue;
        }
        let headings = if is_numbered { trust } else { Trust::Facts };
        if let Some(found) = from_heading(reader, child, headings) {
            up_to = child.end;
            out.push(found);
        } else if child.topics.questions().is_some() || child.topics.has(Topic::ReviewHistory) {
            up_to = child.end;
        } else {
            // On a page of decisions, a section may explain how decisions are made.
            let is_own = section.level > 1 || child.topics.has(Topic::DecisionLog);
            let trust = if is_own { trust } else { Trust::Facts };
            blocks(reader, child.start, child.own_end, trust, out);
        }
    }
}

/// The decisions among blocks, including those in quotations, alerts and items.
fn blocks(reader: &Reader<'_>, start: usize, end: usize, trust: Trust, out: &mut Vec<Decision>) {
    let tree = reader.tree;
    let mut up_to = start;
    for block in tree.siblings(start, end) {
        if block < up_to {
            continue;
        }
        match tree.tag(block) {
            Some(Tag::Table(_) | Tag::HtmlBlock) => table(reader, block, true, out),
            Some(Tag::List(_)) => {
                up_to = from_list(reader, block, trust, out);
                for item in tree.children(block) {
                    tables(reader, item + 1, tree.nodes[item].end, true, out);
                }
            }
            Some(Tag::Paragraph) => out.extend(from_paragraph(reader, block)),
            Some(Tag::BlockQuote(_)) => blocks(reader, block + 1, tree.nodes[block].end, trust, out),
            _ => {}
        }
    }
}

/// The decisions in the tables among some blocks.
fn tables(reader: &Reader<'_>, start: usize, end: usize, trusted: bool, out: &mut Vec<Decision>) {
    for block in reader.tree.siblings(start, end) {
        table(reader, block, trusted, out);
    }
}

fn table(reader: &Reader<'_>, block: usize, trusted: bool, out: &mut Vec<Decision>) {
    // Most tables of a book are not logs, so their rows are not read.
    if let Some(mut table) = Table::heads(reader.tree, block)
        && let Some(columns) = LogColumns::of(&table, trusted, reader.vocabulary)
    {
        table.read_rows(reader.tree, block);
        rows(reader, &table, &columns, out);
    }
}
