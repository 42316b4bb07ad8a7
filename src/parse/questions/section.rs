//! Finds the sections that hold open questions, and what their headings ask or group.

use pulldown_cmark::Tag;

use super::blocks::blocks;
use super::{QUESTION, clarification, number, question};
use crate::model::{BadgeForm, OpenQuestion};
use crate::parse::markdown::fold::asks;
use crate::parse::markdown::inline::span_of;
use crate::parse::markdown::lines::line_end;
use crate::parse::record::head::section_number;
use crate::parse::record::section::Section;
use crate::parse::record::{Reader, Record};
use crate::parse::values::id::Ids;
use crate::parse::vocabulary::concept::Class;
use crate::parse::vocabulary::topics::Topic;
use crate::source::Span;

/// Every question of the document.
pub(crate) fn open_questions(reader: &Reader<'_>) -> Vec<OpenQuestion> {
    let reader = &reader.of(QUESTION);
    let mut records = Vec::new();
    let mut read_up_to = 0;
    for (at, section) in reader.sections.iter().enumerate() {
        if section.heading < read_up_to || section.is_left_out {
            continue;
        }
        let Some(resolved) = section.topics.questions() else {
            continue;
        };
        read_up_to = section.end;
        let from = records.len();
        read_section(reader, at, resolved, &mut records);
        // The section may also list risks and assumptions.
        if section.among_others {
            keep_asking(&mut records, from);
        }
    }
    number::take_named(&mut records, reader.vocabulary);
    let asked: Vec<Span> = records.iter().map(|record| span_of(&record.text)).collect();
    records.extend(clarification::marked(reader, &asked));
    let mut ids = Ids::default();
    let questions = records.into_iter();
    questions
        .filter_map(|record| question(record, reader, &mut ids))
        .collect()
}

/// Drops the records from `from` on that are not questions.
fn keep_asking(records: &mut Vec<Record<'_>>, from: usize) {
    let own = records.split_off(from);
    records.extend(own.into_iter().filter(super::asks));
}

/// The questions of section `at` and of its subsections.
fn read_section<'r>(reader: &Reader<'r>, at: usize, resolved: bool, out: &mut Vec<Record<'r>>) {
    let section = &reader.sections[at];
    let from = out.len();
    blocks(reader, section.start, section.own_end, out);
    if section.topics.has(Topic::DecisionLog) {
        keep_asking(out, from);
    }
    let below = reader.sections_below(at);
    let groups: Vec<Option<bool>> = below.iter().map(|at| group(reader, &reader.sections[*at])).collect();
    let has_groups = groups.iter().any(Option::is_some);
    for (at, group) in below.into_iter().zip(groups) {
        let section = &reader.sections[at];
        if section.is_left_out {
            continue;
        }
        // Next to headings that group questions, a heading with nothing but a list below it is a
        // group too.
        match group.or((has_groups && is_only_list(reader, section)).then_some(false)) {
            Some(resolved) => read_section(reader, at, resolved, out),
            None => out.push(headed(reader, section)),
        }
    }
    if resolved {
        out[from..].iter_mut().for_each(|record| record.closed = true);
    }
}

/// `### Should we …?` with the text below it.
fn headed<'r>(reader: &Reader<'r>, section: &Section) -> Record<'r> {
    let heading = reader.runs(section.heading);
    let heading = section_number(&heading).map_or(heading, |(_, title)| title);
    let mut record = Record::line(&heading, reader);
    record.badge_at = line_end(reader.tree.text, reader.tree.nodes[section.heading].span);
    record.badge_form = BadgeForm::Paragraph;
    record.take_blocks(section.start, section.end, reader);
    record
}

/// Whether a heading below a question section groups questions rather than asking one, and whether
/// those are settled.
fn group(reader: &Reader<'_>, section: &Section) -> Option<bool> {
    let (tree, vocabulary) = (reader.tree, reader.vocabulary);
    let title = tree.text_of(section.heading);
    let is_question = is_question(reader, &title);
    // `Question 1: Who pays?` and `Open: who pays?` contain a question; `Open questions: payments`
    // does not.
    let is_one = is_question && (title.contains([':', '：', '–', '—']) || title.contains(" - "));
    if let Some(resolved) = section.topics.questions().filter(|_| !is_one) {
        return Some(resolved);
    }
    let mut words = section.words.split(' ');
    let is_resolved = words
        .clone()
        .next()
        .is_some_and(|first| vocabulary.is(Class::Resolved, first));
    if is_resolved && words.clone().count() <= 10 && !asks(&title) {
        return Some(true);
    }
    if is_question {
        return None;
    }
    let has_questions = |block: usize| match tree.tag(block) {
        Some(Tag::Table(_)) => true,
        Some(Tag::List(_)) => tree.children(block).any(|item| {
            let text = reader.item(item);
            text.ticked.is_some() || text.runs.iter().any(|run| asks(run.text))
        }),
        _ => false,
    };
    let gathers = words
        .next_back()
        .is_some_and(|last| vocabulary.is(Class::Questions, last))
        || section.own(tree).any(has_questions);
    gathers.then_some(false)
}

fn is_question(reader: &Reader<'_>, title: &str) -> bool {
    asks(title) || number::is_numbered(title, reader.vocabulary)
}

/// Whether only a list follows a heading that is not a question itself.
fn is_only_list(reader: &Reader<'_>, section: &Section) -> bool {
    let mut own = section.own(reader.tree).map(|block| reader.tree.tag(block));
    matches!((own.next(), own.next()), (Some(Some(Tag::List(_))), None))
        && !is_question(reader, &reader.tree.text_of(section.heading))
}
