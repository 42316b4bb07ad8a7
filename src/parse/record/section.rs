//! The sections of a chapter, and their topics by their headings.

use std::borrow::Cow;
use std::rc::Rc;

use crate::parse::markdown::memo::{Remembered, remembered};
use crate::parse::markdown::tree::{Children, Tree};
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::headings::{self, Heading, heading_words};
use crate::parse::vocabulary::topics::{Topic, Topics};
use pulldown_cmark::Tag;

/// A heading and the blocks below it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Section {
    /// The heading's node.
    pub(crate) heading: usize,
    /// 1 to 6.
    pub(crate) level: u8,
    /// The heading's words, folded, without emoji and numbering.
    pub(crate) words: Rc<String>,
    /// The known topics of the heading.
    pub(crate) topics: Topics,
    /// Whether the heading also names something else.
    pub(crate) among_others: bool,
    /// Whether it lies in a section that lists what the document leaves out.
    pub(crate) is_left_out: bool,
    /// Whether only unambiguous decisions count in this section.
    pub(crate) is_weak: bool,
    /// The first node after the heading.
    pub(crate) start: usize,
    /// One past the last node before the next heading of any level.
    pub(crate) own_end: usize,
    /// One past the last node before the next heading of the same or a higher level.
    pub(crate) end: usize,
}

impl Section {
    /// The blocks directly below the heading.
    pub(crate) fn own<'t, 'a>(&self, tree: &'t Tree<'a>) -> Children<'t, 'a> {
        tree.siblings(self.start, self.own_end)
    }
}

/// The sections of the chapter, in source order. Only top-level headings begin a section.
pub(crate) fn sections(tree: &Tree<'_>, vocabulary: &Vocabulary<'_>) -> Vec<Section> {
    let mut out: Vec<Section> = Vec::with_capacity(tree.headings.len());
    for block in tree.blocks() {
        if let Some(Tag::Heading { level, .. }) = tree.tag(block) {
            let title = tree.sole_text(block).map_or_else(|| tree.text_of(block), Cow::Borrowed);
            let (words, heading) = remembered(&KNOWN, vocabulary.fingerprint, &title, |title| read(title, vocabulary));
            let end = tree.nodes.len();
            out.push(Section {
                heading: block,
                level: *level as u8,
                words,
                topics: heading.topics,
                among_others: heading.among_others,
                is_left_out: heading.topics.has(Topic::OutOfScope),
                is_weak: heading.is_weak,
                start: tree.nodes[block].end,
                own_end: end,
                end,
            });
        }
    }
    let mut open: Vec<usize> = Vec::new();
    for index in 0..out.len() {
        let (heading, level) = (out[index].heading, out[index].level);
        if let Some(before) = index.checked_sub(1) {
            out[before].own_end = heading;
        }
        while let Some(&last) = open.last()
            && out[last].level >= level
        {
            out[last].end = heading;
            open.pop();
        }
        out[index].is_left_out |= open.last().is_some_and(|&parent| out[parent].is_left_out);
        open.push(index);
    }
    out
}

thread_local! {
    static KNOWN: Remembered<(Rc<String>, Heading)> = Remembered::default();
}

/// The normalised words of a heading, and what they mean.
fn read(title: &str, vocabulary: &Vocabulary<'_>) -> (Rc<String>, Heading) {
    let words = heading_words(title);
    let heading = headings::read(title, &words, vocabulary);
    (Rc::new(words), heading)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Dialect};

    #[test]
    fn sections_end_where_the_next_begins() {
        let tree = Tree::parse("# A\n\na\n\n## B\n\nb\n\n### C\n\nc\n\n## D\n", 0, Dialect::default());
        let config = Config::default();
        let sections = sections(&tree, &Vocabulary::new(&config));
        let words = |from: usize, to: usize| tree.words(from, to);
        assert_eq!(words(sections[1].start, sections[1].own_end), "b");
        assert_eq!(words(sections[1].start, sections[1].end), "b C c");
        assert_eq!(words(sections[0].start, sections[0].end), "a B b C c D");
    }
}
