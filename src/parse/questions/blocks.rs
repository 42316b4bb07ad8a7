//! Open questions among the blocks of a section: list items, rows and paragraphs. Only a structured
//! mark closes a question, never a word inside a sentence.

use pulldown_cmark::Tag;

use crate::parse::markdown::fold::asks;
use crate::parse::markdown::inline::{Run, inline_end_after, words};
use crate::parse::markdown::table::Table;
use crate::parse::record::closing::{is_none, is_resolved};
use crate::parse::record::items::items;
use crate::parse::record::text::{bold_lead, is_struck};
use crate::parse::record::{Reader, Record, label};
use crate::parse::vocabulary::concept::Key;
use crate::parse::vocabulary::headings::heading_words;

/// The questions among the blocks of one section.
pub(super) fn blocks<'r>(reader: &Reader<'r>, start: usize, end: usize, out: &mut Vec<Record<'r>>) {
    let mut walk = Walk {
        reader,
        are_themes: are_themes(reader, start, end),
        asked: None,
        resolved_from: None,
        out,
    };
    let mut up_to = start;
    for block in reader.tree.siblings(start, end) {
        if block >= up_to {
            up_to = walk.block(block);
        }
    }
    walk.settle();
}

/// Walks over the blocks of a section, and holds the questions read so far.
struct Walk<'k, 'r> {
    reader: &'k Reader<'r>,
    /// Whether each paragraph begins with a bold theme.
    are_themes: bool,
    /// The question in the preceding paragraph; its options and answers may follow.
    asked: Option<usize>,
    /// The first question of the list below `**Resolved**`.
    resolved_from: Option<usize>,
    out: &'k mut Vec<Record<'r>>,
}

impl<'r> Walk<'_, 'r> {
    /// Reads a block. Returns the next node to read.
    fn block(&mut self, block: usize) -> usize {
        let (reader, tree) = (self.reader, self.reader.tree);
        let is_below = |block| match tree.tag(block) {
            Some(Tag::List(_)) => !self.is_list_of_questions(block),
            Some(Tag::BlockQuote(kind)) => kind.is_none(),
            _ => false,
        };
        if let Some(question) = self.asked.filter(|_| is_below(block)) {
            self.out[question].take_block(block, reader);
            return block;
        }
        match tree.tag(block) {
            Some(Tag::Paragraph) => {
                self.paragraph(block);
                return block;
            }
            Some(Tag::Table(_) | Tag::HtmlBlock) => {
                if let Some(table) = Table::read(tree, block) {
                    super::table::rows(&table, reader, self.out);
                }
            }
            Some(Tag::List(_)) => {
                self.asked = None;
                return list(reader, block, self.out);
            }
            Some(Tag::BlockQuote(_)) => blocks(reader, block + 1, tree.nodes[block].end, self.out),
            _ => return block,
        }
        self.asked = None;
        block
    }

    /// Closes the questions of the list below `**Resolved**`.
    fn settle(&mut self) {
        let from = self.resolved_from.unwrap_or(self.out.len());
        self.out[from..].iter_mut().for_each(|record| record.closed = true);
    }

    /// Reads a paragraph in a section of questions: a question, a title, or a remark on the
    /// preceding question.
    fn paragraph(&mut self, block: usize) {
        let (reader, vocabulary) = (self.reader, self.reader.vocabulary);
        let text = reader.runs(block);
        let title = words(&text);
        if is_none(&title, vocabulary) || title.starts_with('|') {
            return;
        }
        if self.asked.is_none() && self.is_group_title(block, &text) {
            self.settle();
            self.resolved_from = is_resolved(&heading_words(&title), vocabulary).then_some(self.out.len());
        } else if let Some(question) = self.question(block, &text) {
            self.out.push(question);
            self.asked = Some(self.out.len() - 1);
        } else if let Some(question) = self.asked {
            self.out[question].take_block(block, reader);
        } else if let Some(last) = self.out.last_mut().filter(|last| last.from_list) {
            // An answer below the whole list needs a bold label.
            let is_bold = label::first(&text).is_some_and(|(_, bold)| bold);
            if is_bold && reader.line_key(&text) == Some(Key::Answer) {
                last.take_lines(&text, reader);
            }
        }
    }

    /// Whether a bold paragraph is the title of the list below it.
    fn is_group_title(&self, block: usize, text: &[Run<'_>]) -> bool {
        let tree = self.reader.tree;
        let is_bold = |run: &Run<'_>| run.strong || run.text.trim_matches([':', ' ']).is_empty();
        text.iter().all(is_bold) && !asks(&words(text)) && matches!(tree.tag(tree.nodes[block].end), Some(Tag::List(_)))
    }

    /// Whether every item of a list below a question is itself a question.
    fn is_list_of_questions(&self, list: usize) -> bool {
        self.reader.tree.children(list).all(|item| {
            let content = self.reader.item(item);
            content.ticked.is_some() || asks(&words(&content.runs))
        })
    }

    /// The question in a paragraph, if it is numbered or bold like a heading, or has a question
    /// mark.
    fn question(&self, block: usize, text: &[Run<'r>]) -> Option<Record<'r>> {
        let (reader, tree) = (self.reader, self.reader.tree);
        let title = words(text);
        let bold_start = text.first().is_some_and(|run| run.strong || run.struck);
        // `Options: a or b?` belongs to the preceding question.
        let is_fact =
            reader.line_key(text).is_some() || bold_start && is_resolved(&heading_words(&title), reader.vocabulary);
        let is_numbered = || bold_start && super::number::is_numbered(&title, reader.vocabulary);
        let is_theme = self.are_themes && is_theme(reader, text);
        // A sentence that introduces a list may follow a bold question.
        let is_asked = asks(&words(bold_lead(text).0));
        if is_fact
            || title.ends_with(':') && !is_asked
            || !(is_theme || asks(&title) || is_numbered() || is_struck(text))
        {
            return None;
        }
        let mut record = Record::line(text, reader);
        let node = &tree.nodes[block];
        record.badge_at = inline_end_after(tree, block + 1, node.end, record.question_end()).unwrap_or(node.span.end);
        // `Answer: should be fine?` belongs to the preceding question.
        (!record.text.is_empty()).then_some(record)
    }
}

/// Whether the paragraph begins with a bold theme, followed by what is open about it:
/// `**Retention.** How long …`.
fn is_theme(reader: &Reader<'_>, text: &[Run<'_>]) -> bool {
    let (bold, rest) = bold_lead(text);
    !bold.is_empty() && !rest.is_empty() && reader.line_key(text).is_none()
}

/// Whether the blocks are paragraphs, at least two of which begin with a theme.
fn are_themes(reader: &Reader<'_>, start: usize, end: usize) -> bool {
    let mut themes = 0;
    for block in reader.tree.siblings(start, end) {
        match reader.tree.tag(block) {
            Some(Tag::Paragraph) => themes += usize::from(is_theme(reader, &reader.runs(block))),
            Some(Tag::List(_) | Tag::Table(_)) => return false,
            _ => {}
        }
    }
    themes >= 2
}

/// The questions in a list. Returns the first node after the list and after the lists that belong
/// to its last item.
fn list<'r>(reader: &Reader<'r>, list: usize, out: &mut Vec<Record<'r>>) -> usize {
    let tree = reader.tree;
    let first = match tree.tag(list) {
        Some(Tag::List(first)) => *first,
        _ => None,
    };
    let (items, end) = items(list, reader, |text| Record::line(text, reader));
    for item in items {
        let (node, content, mut record) = (item.node, item.content, item.record);
        let nested = tree.siblings(content.rest, tree.nodes[node].end);
        let nested = nested.filter(|child| matches!(tree.tag(*child), Some(Tag::List(_))));
        let title = words(&content.runs);
        if is_none(&title, reader.vocabulary) {
            continue;
        }
        if is_theme_of(reader, &title, nested.clone()) {
            nested.for_each(|nested| _ = self::list(reader, nested, out));
            continue;
        }
        // After the line on which the question ends.
        let is_loose = matches!(tree.tag(node + 1), Some(Tag::Paragraph));
        let start = node + 1 + usize::from(is_loose);
        let line_end = inline_end_after(tree, start, content.rest, record.question_end());
        record.badge_at = line_end.unwrap_or(tree.nodes[node].span.end);
        record.from_list = true;
        record.number = first.map(|first| (first + item.index as u64).to_string());
        out.push(record);
    }
    end
}

/// Whether an item only names a theme, and the items nested in it ask questions.
fn is_theme_of(reader: &Reader<'_>, title: &str, nested: impl Iterator<Item = usize>) -> bool {
    let mut nested = nested.flat_map(|list| reader.tree.children(list)).peekable();
    !asks(title)
        && title.split(' ').count() <= 6
        && nested.peek().is_some()
        && nested.all(|item| asks(&words(&reader.item(item).runs)))
}
