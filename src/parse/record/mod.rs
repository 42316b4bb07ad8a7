//! How a fact is stated: the line of vocabulary, the row, the item, the heading that hold it, and what
//! of their words is the fact.

pub(crate) mod closing;
pub(crate) mod columns;
pub(crate) mod label;
pub(crate) mod name;
pub(crate) mod section;

use std::borrow::Cow;

use mdbook_markdown::pulldown_cmark::{Event, Tag};

use crate::model::Heading;
use crate::parse::markdown::fragment::Home;
use crate::parse::markdown::inline::{Run, lines, runs};
use crate::parse::markdown::item;
use crate::parse::markdown::tree::Tree;
use crate::parse::vocabulary::Vocabulary;
use section::Section;

/// What the readers of questions and decisions share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'r> {
    pub(crate) tree: &'r Tree<'r>,
    pub(crate) sections: &'r [Section],
    pub(crate) vocabulary: &'r Vocabulary<'r>,
    /// Where the chapter is rendered.
    pub(crate) home: Home<'r>,
    /// The node of the title.
    pub(crate) title: Option<usize>,
    /// The headings by node.
    pub(crate) headings: &'r [(usize, Heading)],
}

impl<'r> Reader<'r> {
    /// The folded words of the title.
    pub(crate) fn title_words(&self) -> Option<&'r str> {
        let title = self.title?;
        self.sections
            .iter()
            .find(|section| section.heading == title)
            .map(|section| section.words.as_str())
    }

    /// The id that the page gives to the heading at `node`.
    pub(crate) fn heading_id(&self, node: usize) -> Option<String> {
        let at = self.headings.binary_search_by_key(&node, |(at, _)| *at).ok()?;
        let id = &self.headings[at].1.words.id;
        (!id.is_empty()).then(|| id.to_string())
    }

    /// The labelled values in a paragraph or a list's items.
    pub(crate) fn labelled_lines(&self, block: usize) -> impl Iterator<Item = (Cow<'r, str>, Vec<Run<'r>>)> {
        let tree = self.tree;
        let tag = tree.tag(block);
        let paragraph = matches!(tag, Some(Tag::Paragraph)).then(|| runs(tree, block + 1, tree.nodes[block].end));
        let items = matches!(tag, Some(Tag::List(_))).then(|| tree.children(block));
        let items = items.into_iter().flatten();
        let texts = items.map(move |item| item::ItemText::of(tree, item).runs);
        paragraph.into_iter().chain(texts).flat_map(|text| {
            let parts = lines(&text)
                .filter_map(|line| label::split(line, self.vocabulary))
                .flatten();
            parts.map(|part| (part.label, part.value)).collect::<Vec<_>>()
        })
    }

    /// The ticked and all boxes of task lists between two nodes.
    pub(crate) fn boxes(&self, start: usize, end: usize) -> (usize, usize) {
        (start..end).fold((0, 0), |(done, all), node| match self.tree.leaf(node) {
            Some(Event::TaskListMarker(ticked)) => (done + usize::from(*ticked), all + 1),
            _ => (done, all),
        })
    }
}
