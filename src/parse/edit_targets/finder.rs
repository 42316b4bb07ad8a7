//! What the finders of edit targets share: the chapter, and the blocks around a place.

use pulldown_cmark::Tag;

use crate::parse::markdown::lines::line_start;
use crate::parse::markdown::tree::Tree;
use crate::parse::record::section::Section;
use crate::parse::vocabulary::Vocabulary;
use crate::source::Span;

/// Finds the edit targets of a chapter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Finder<'t> {
    pub(super) tree: &'t Tree<'t>,
    pub(super) sections: &'t [Section],
    pub(super) vocabulary: &'t Vocabulary<'t>,
}

impl<'t> Finder<'t> {
    /// The end of the last words in a section whose nodes end before `end`, before the thematic
    /// break that separates it from the next.
    pub(super) fn section_end(self, section: &Section, end: usize) -> usize {
        let tree = self.tree;
        let end = tree.nodes.get(end).map_or(tree.text.len(), |next| next.span.start);
        let words = tree.text[..end].trim_end();
        let above = words.trim_end_matches(['-', '*', '_']);
        let is_rule = above.len() + 3 <= words.len() && above.ends_with('\n');
        match is_rule && above.len() >= tree.nodes[section.heading].span.end {
            true => above.trim_end().len(),
            false => words.len(),
        }
    }

    /// The text on the line before byte `at`.
    pub(super) fn margin(self, at: usize) -> &'t str {
        &self.tree.text[line_start(self.tree.text, at)..at]
    }

    /// The innermost block of a kind around `span`.
    pub(super) fn innermost(self, span: Span, wanted: impl Fn(&Tag<'_>) -> bool) -> Option<usize> {
        let nodes = self.tree.nodes.iter().enumerate().rev();
        let mut around = nodes.filter(|(_, node)| node.span.contains(span)).map(|(at, _)| at);
        around.find(|node| self.tree.tag(*node).is_some_and(&wanted))
    }

    /// The list of an item.
    pub(super) fn list_of(self, item: usize) -> Option<usize> {
        let lists = (0..item)
            .rev()
            .filter(|node| matches!(self.tree.tag(*node), Some(Tag::List(_))));
        lists.into_iter().find(|list| self.tree.nodes[*list].end > item)
    }

    /// The end of the last words of a block, with the spaces behind them.
    pub(super) fn words_end(self, node: usize) -> usize {
        let text = self.tree.text;
        let words = self.tree.nodes[node].span.start + self.tree.source(node).trim_end().len();
        text.len() - text[words..].trim_start_matches([' ', '\t']).len()
    }

    /// The text between two items of a list: a line end or a blank line.
    pub(super) fn gap(self, list: usize) -> Option<&'t str> {
        let text = self.tree.text;
        let items: Vec<usize> = self.tree.children(list).collect();
        let [.., one, other] = items.as_slice() else {
            return Some(newline(text));
        };
        let gap = text.get(self.words_end(*one)..line_start(text, self.tree.nodes[*other].span.start))?;
        gap.chars().all(|ch| ch.is_whitespace() || ch == '>').then_some(gap)
    }

    /// The marker of an item with the spaces after it, `- `, and what precedes it on its line.
    pub(super) fn marker(self, item: usize) -> Option<(&'t str, &'t str)> {
        let start = self.tree.nodes[item].span.start;
        let margin = self.margin(start);
        let source = self.tree.source(item);
        let mark = source.find([' ', '\t'])?;
        let width = source.len() - source[mark..].trim_start_matches([' ', '\t']).len();
        let is_margin = margin.chars().all(|ch| ch.is_whitespace() || ch == '>');
        is_margin.then(|| (&source[..width], margin))
    }

    /// Where an item goes after `item`, and the text before its own.
    pub(super) fn item_after(self, item: usize) -> Option<(usize, String)> {
        let list = self.list_of(item)?;
        let (marker, margin) = self.marker(item)?;
        // Another item would renumber those below.
        let is_bullet = matches!(self.tree.tag(list), Some(Tag::List(None)));
        let before = format!("{}{margin}{marker}", self.gap(list)?);
        is_bullet.then(|| (self.words_end(item), before))
    }
}

/// The line end that a text uses.
pub(super) fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}
