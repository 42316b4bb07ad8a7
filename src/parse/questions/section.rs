//! Open questions in every shape in which authors write them: list items, rows, headings,
//! paragraphs. Only a structured mark closes one, never a word in a sentence.

use pulldown_cmark::{Event, Tag};

use super::QUESTION;
use super::clarification;
use super::group::{group, is_numbered, is_only_list};
use super::number::{take_named, without_section_number};
use crate::model::{BadgeForm, OpenQuestion};
use crate::parse::markdown::fold::asks;
use crate::parse::markdown::inline::{Run, inline_end_after, runs, span_of, words};
use crate::parse::markdown::item::ItemText;
use crate::parse::markdown::lines::line_end;
use crate::parse::markdown::table::Table;
use crate::parse::markdown::tree::Kind;
use crate::parse::record::closing::{is_none, is_settled};
use crate::parse::record::section::Section;
use crate::parse::record::{Reader, Record, adopt, label};
use crate::parse::values::id::Ids;
use crate::parse::vocabulary::concept::{Key, Scope};
use crate::parse::vocabulary::headings::heading_words;
use crate::parse::vocabulary::topics::Topic;
use crate::source::Span;

/// Every question of the document.
pub(crate) fn open_questions(reader: &Reader<'_>) -> Vec<OpenQuestion> {
    let mut drafts = Vec::new();
    let mut read_up_to = 0;
    for (index, section) in reader.sections.iter().enumerate() {
        let Some(resolved) = section.topics.questions() else {
            continue;
        };
        if section.heading < read_up_to || section.is_left_out {
            continue;
        }
        read_up_to = section.end;
        let below = &reader.sections[index + 1..];
        let below = &below[..below.iter().take_while(|other| other.heading < section.end).count()];
        let from = drafts.len();
        read_section(reader, section, below, resolved, &mut drafts);
        // Risks and assumptions may stand among the questions.
        if section.among_others {
            let asked = drafts.split_off(from).into_iter().filter(super::asks);
            drafts.extend(asked);
        }
    }
    take_named(&mut drafts);
    let asked: Vec<Span> = drafts.iter().map(|record| span_of(&record.text)).collect();
    drafts.extend(clarification::marked(reader, &asked));
    let mut ids = Ids::default();
    drafts
        .into_iter()
        .filter_map(|record| super::question(record, reader, &mut ids))
        .collect()
}

fn read_section<'r>(
    reader: &Reader<'r>,
    section: &Section,
    below: &[Section],
    resolved: bool,
    out: &mut Vec<Record<'r>>,
) {
    let from = out.len();
    blocks(reader, section.start, section.own_end, out);
    // Among decisions, only a record that asks is a question.
    if section.topics.has(Topic::DecisionLog) {
        let own = out.split_off(from).into_iter().filter(super::asks);
        out.extend(own);
    }
    // Beside headings that gather questions, one with nothing but a list gathers too.
    let direct = below.iter().scan(0, |up_to, child| {
        let is_direct = child.heading >= *up_to;
        *up_to = (*up_to).max(child.end);
        Some((is_direct, child))
    });
    let has_groups = direct
        .filter(|(is_direct, _)| *is_direct)
        .any(|(_, child)| group(reader, child).is_some());
    let mut at = 0;
    while let Some(child) = below.get(at) {
        let inner = below[at + 1..]
            .iter()
            .take_while(|other| other.heading < child.end)
            .count();
        let inner_sections = &below[at + 1..at + 1 + inner];
        at += 1 + inner;
        if child.is_left_out {
            continue;
        }
        if let Some(settled) = group(reader, child).or((has_groups && is_only_list(reader, child)).then_some(false)) {
            read_section(reader, child, inner_sections, settled, out);
        } else {
            headed(reader, child, out);
        }
    }
    if resolved {
        out[from..].iter_mut().for_each(|record| record.closed = true);
    }
}

/// `### Should we …?` with the text below it.
fn headed<'r>(reader: &Reader<'r>, section: &Section, out: &mut Vec<Record<'r>>) {
    let tree = reader.tree;
    let node = section.heading;
    let heading = runs(tree, node + 1, tree.nodes[node].end);
    let mut record = Record::line(&without_section_number(&heading), &QUESTION, reader);
    record.badge_at = line_end(tree.text, tree.nodes[node].span);
    record.badge_form = BadgeForm::Paragraph;
    for block in tree.siblings(section.start, section.end) {
        record.take_block(block, &QUESTION, reader);
    }
    out.push(record);
}

/// The questions among the blocks of one section.
fn blocks<'r>(reader: &Reader<'r>, start: usize, end: usize, out: &mut Vec<Record<'r>>) {
    let tree = reader.tree;
    let are_themes = are_themes(reader, start, end);
    // The question asked by the paragraph before, whose options and answers may follow.
    let mut asked: Option<usize> = None;
    // Where the list below `**Resolved**` begins.
    let mut settled_from: Option<usize> = None;
    let mut up_to = start;
    for block in tree.siblings(start, end) {
        if block < up_to {
            continue;
        }
        match tree.tag(block) {
            Some(Tag::Table(_) | Tag::HtmlBlock) => {
                asked = None;
                if let Some(table) = Table::read(tree, block) {
                    super::table::rows(&table, reader, out);
                }
            }
            Some(Tag::List(_)) => match asked.filter(|_| !is_list_of_questions(reader, block)) {
                Some(question) => out[question].take_block(block, &QUESTION, reader),
                None => {
                    asked = None;
                    up_to = list(reader, block, out);
                }
            },
            Some(Tag::Paragraph) => {
                let text = runs(tree, block + 1, tree.nodes[block].end);
                if is_none(&words(&text), reader.vocabulary) || words(&text).starts_with('|') {
                    continue;
                }
                if asked.is_none() && is_group_title(reader, block, &text) {
                    settle(out, settled_from);
                    settled_from = is_settled(&heading_words(&words(&text)), reader.vocabulary).then_some(out.len());
                    continue;
                }
                take_paragraph(reader, block, text, are_themes, &mut asked, out);
            }
            Some(Tag::BlockQuote(kind)) => match asked.filter(|_| kind.is_none()) {
                Some(question) => out[question].take_block(block, &QUESTION, reader),
                None => {
                    asked = None;
                    blocks(reader, block + 1, tree.nodes[block].end, out);
                }
            },
            _ => {}
        }
    }
    settle(out, settled_from);
}

fn settle(out: &mut [Record<'_>], from: Option<usize>) {
    for record in out.iter_mut().skip(from.unwrap_or(usize::MAX)) {
        record.closed = true;
    }
}

/// A paragraph of a section of questions: a question, or what is said of the one before.
fn take_paragraph<'r>(
    reader: &Reader<'r>,
    block: usize,
    text: Vec<Run<'r>>,
    are_themes: bool,
    asked: &mut Option<usize>,
    out: &mut Vec<Record<'r>>,
) {
    let is_theme = are_themes && is_theme(reader, &text);
    if let Some(question) = paragraph(reader, block, text, is_theme) {
        out.push(question);
        *asked = Some(out.len() - 1);
    } else if let Some(question) = *asked {
        out[question].take_block(block, &QUESTION, reader);
    } else if let Some(last) = out.last_mut().filter(|last| last.from_list) {
        // An answer may stand below the whole list only if it says so.
        take_answer(last, reader, block);
    }
}

/// Whether a paragraph in bold is the title of the list below it.
fn is_group_title(reader: &Reader<'_>, block: usize, text: &[Run<'_>]) -> bool {
    let below = reader.tree.nodes[block].end;
    text.iter()
        .all(|run| run.strong || run.text.trim_matches([':', ' ']).is_empty())
        && !asks(&words(text))
        && matches!(reader.tree.tag(below), Some(Tag::List(_)))
}

/// `**Retention.** How long …`: a theme in bold, and what is open about it.
fn is_theme(reader: &Reader<'_>, text: &[Run<'_>]) -> bool {
    let bold = text.iter().take_while(|run| run.strong).count();
    bold > 0
        && bold < text.len()
        && label::first(text).is_none_or(|(label, _)| reader.vocabulary.key(Scope::Question, &label).is_none())
}

/// Whether the blocks are paragraphs that open with a theme each, two at least.
fn are_themes(reader: &Reader<'_>, start: usize, end: usize) -> bool {
    let tree = reader.tree;
    let mut themes = 0;
    for block in tree.siblings(start, end) {
        match tree.tag(block) {
            Some(Tag::Paragraph) => {
                if is_theme(reader, &runs(tree, block + 1, tree.nodes[block].end)) {
                    themes += 1;
                } else if themes == 0 {
                    // A sentence of introduction says nothing of the others.
                    continue;
                }
            }
            Some(Tag::List(_) | Tag::Table(_)) => return false,
            _ => {}
        }
    }
    themes >= 2
}

/// A list whose every item asks, below a paragraph that asks too, holds questions of its own.
fn is_list_of_questions(reader: &Reader<'_>, list: usize) -> bool {
    reader.tree.children(list).all(|item| {
        let content = ItemText::of(reader.tree, item);
        content.ticked.is_some() || asks(&words(&content.runs))
    })
}

/// The questions in a list; the first node behind it and the lists that belong to its last item.
fn list<'r>(reader: &Reader<'r>, list: usize, out: &mut Vec<Record<'r>>) -> usize {
    let tree = reader.tree;
    let items: Vec<usize> = tree.children(list).collect();
    let mut up_to = 0;
    let first = match tree.tag(list) {
        Some(Tag::List(first)) => *first,
        _ => None,
    };
    for (index, &item) in items.iter().enumerate() {
        if index < up_to {
            continue;
        }
        let content = ItemText::of(tree, item);
        if is_none(&words(&content.runs), reader.vocabulary) {
            continue;
        }
        if is_heading_of_group(reader, &content.runs, item, content.rest) {
            for child in tree.siblings(content.rest, tree.nodes[item].end) {
                if matches!(tree.tag(child), Some(Tag::List(_))) {
                    self::list(reader, child, out);
                }
            }
            continue;
        }
        let mut record = Record::line(&content.runs, &QUESTION, reader);
        record.from_list = true;
        record.ticked = content.ticked;
        record.number = first.map(|first| (first + index as u64).to_string());
        record.badge_at = item_end(reader, item, record.text_end());
        for child in tree.siblings(content.rest, tree.nodes[item].end) {
            record.take_block(child, &QUESTION, reader);
        }
        let facts = adopt::facts(&items[index + 1..], &QUESTION, reader);
        for fact in &items[index + 1..][..facts] {
            record.take_lines(&ItemText::of(tree, *fact).runs, &QUESTION, reader);
        }
        up_to = index + 1 + facts;
        out.push(record);
    }
    let below = adopt::lists_below(list, &QUESTION, reader);
    if let Some(last) = out.last_mut().filter(|last| last.from_list) {
        for below in &below {
            last.take_block(*below, &QUESTION, reader);
        }
        return below.last().map_or(list, |last| tree.nodes[*last].end);
    }
    list
}

/// Whether an item only names a theme, and the items nested in it ask.
fn is_heading_of_group(reader: &Reader<'_>, text: &[Run<'_>], item: usize, rest: usize) -> bool {
    let tree = reader.tree;
    let title = words(text);
    if asks(&title) || title.split(' ').count() > 6 {
        return false;
    }
    let nested: Vec<_> = tree
        .siblings(rest, tree.nodes[item].end)
        .filter(|child| matches!(tree.tag(*child), Some(Tag::List(_))))
        .flat_map(|child| tree.children(child))
        .map(|item| words(&ItemText::of(tree, item).runs))
        .collect();
    !nested.is_empty() && nested.iter().all(|text| asks(text))
}

/// Behind the line of an item's own text on which the question ends, at byte `asked_to`.
fn item_end(reader: &Reader<'_>, item: usize, asked_to: usize) -> usize {
    let tree = reader.tree;
    let (mut start, mut end) = (item + 1, tree.nodes[item].end);
    for child in tree.children(item) {
        match &tree.nodes[child].kind {
            Kind::Leaf(Event::TaskListMarker(_)) => start = child + 1,
            Kind::Open(Tag::Paragraph) => {
                let is_task = matches!(tree.leaf(child + 1), Some(Event::TaskListMarker(_)));
                start = child + 1 + usize::from(is_task);
                end = tree.nodes[child].end;
                break;
            }
            _ => break,
        }
    }
    inline_end_after(tree, start, end, asked_to).unwrap_or(tree.nodes[item].span.end)
}

/// A paragraph that asks: it is numbered or bold like a heading, or it has a question mark.
fn paragraph<'r>(reader: &Reader<'r>, block: usize, text: Vec<Run<'r>>, is_theme: bool) -> Option<Record<'r>> {
    let tree = reader.tree;
    let title = words(&text);
    let bold_start = text.first().is_some_and(|run| run.strong || run.struck);
    // `Options: a or b?` tells of the question before.
    let is_fact =
        label::first(&text).is_some_and(|(label, _)| reader.vocabulary.key(Scope::Question, &label).is_some());
    let label_only = is_fact || bold_start && is_settled(&heading_words(&title), reader.vocabulary);
    let is_question =
        is_theme || asks(&title) || (bold_start && is_numbered(&title)) || text.iter().all(|run| run.struck);
    // A question in bold may go on with a sentence that leads to a list.
    let bold = text.iter().take_while(|run| run.strong).count();
    let is_asked = bold_start && asks(&words(&text[..bold]));
    if !is_question || label_only || title.ends_with(':') && !is_asked {
        return None;
    }
    let mut record = Record::line(&text, &QUESTION, reader);
    let span = tree.nodes[block].span;
    record.badge_at = inline_end_after(tree, block + 1, tree.nodes[block].end, record.text_end()).unwrap_or(span.end);
    // `Answer: should be fine?` goes on with the question before.
    (!record.text.is_empty()).then_some(record)
}

/// Takes a paragraph only if it is labelled as an answer.
fn take_answer<'r>(record: &mut Record<'r>, reader: &Reader<'r>, block: usize) {
    let text = runs(reader.tree, block + 1, reader.tree.nodes[block].end);
    let is_answer = label::first(&text)
        .is_some_and(|(label, bold)| bold && reader.vocabulary.key(Scope::Question, &label) == Some(Key::Answer));
    if is_answer {
        record.take_lines(&text, &QUESTION, reader);
    }
}
