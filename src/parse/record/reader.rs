//! The context that all readers of records share: the chapter, its sections, the vocabulary of the
//! book.

use std::borrow::Cow;

use pulldown_cmark::{Event, Tag};

use crate::model::Heading;
use crate::parse::markdown::anchor::page_ids::PageIds;
use crate::parse::markdown::fold::folded_in_place;
use crate::parse::markdown::fragment::{Home, leads_to_chapter, leads_to_file};
use crate::parse::markdown::inline::{Run, lines, runs};
use crate::parse::markdown::item::ItemText;
use crate::parse::markdown::tree::Tree;
use crate::parse::record::closing::is_resolved;
use crate::parse::record::section::Section;
use crate::parse::record::{Policy, label};
use crate::parse::values::deadline::promised;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Key;

/// The context that all readers of records share.
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
    /// The ids on the page that this preprocessor does not generate.
    pub(crate) page_ids: &'r PageIds<'r>,
    /// The meaning of the facts in the records being read.
    pub(crate) policy: Policy,
}

impl<'r> Reader<'r> {
    /// The same reader for another kind of record.
    pub(crate) fn of(&self, policy: Policy) -> Self {
        Self { policy, ..*self }
    }

    /// The runs of a paragraph, a heading or a cell.
    pub(crate) fn runs(&self, node: usize) -> Vec<Run<'r>> {
        runs(self.tree, node + 1, self.tree.nodes[node].end)
    }

    /// The text of an item.
    pub(crate) fn item(&self, node: usize) -> ItemText<'r> {
        ItemText::of(self.tree, node)
    }

    /// The meaning of a label. `A3` and `Resolved in May` mark an answer.
    pub(crate) fn key(&self, label: &str) -> Option<Key> {
        let is_number = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
        let is_answer = |folded: &str| {
            let number = folded.strip_prefix("answer ").or(folded.strip_prefix('a'));
            number.is_some_and(is_number) || is_resolved(folded, self.vocabulary)
        };
        let key = self.vocabulary.key(self.policy.scope, label);
        let answer = || self.policy.asks && folded_in_place(label, is_answer);
        key.or_else(|| answer().then_some(Key::Answer))
    }

    /// The meaning of the label at the start of a line.
    pub(crate) fn line_key(&self, line: &[Run<'_>]) -> Option<Key> {
        let key = self.key(&label::first(line)?.0)?;
        // `Expires: 15 minutes after login` is part of the text.
        let has_date = || promised(&label::behind(line).unwrap_or_default(), self.vocabulary).is_some();
        (!key.is_promise() || has_date()).then_some(key)
    }

    /// The section of the title.
    pub(crate) fn title_section(&self) -> Option<&'r Section> {
        let title = self.title?;
        self.sections.iter().find(|section| section.heading == title)
    }

    /// The sections directly below section `at`.
    pub(crate) fn sections_below(&self, at: usize) -> Vec<usize> {
        let mut out = Vec::new();
        let mut read_to = 0;
        let end = self.sections[at].end;
        let below = self.sections.iter().enumerate().skip(at + 1);
        for (at, section) in below.take_while(|(_, section)| section.heading < end) {
            if section.heading >= read_to {
                read_to = section.end;
                out.push(at);
            }
        }
        out
    }

    /// The folded words of the title.
    pub(crate) fn title_words(&self) -> Option<&'r str> {
        self.title_section().map(|section| section.words.as_str())
    }

    /// The id that the page gives to the heading at `node`.
    pub(crate) fn heading_id(&self, node: usize) -> Option<String> {
        let at = self.headings.binary_search_by_key(&node, |(at, _)| *at).ok()?;
        let id = &self.headings[at].1.words.id;
        (!id.is_empty()).then(|| id.to_string())
    }

    /// Whether a cell holds only a link to another chapter. In an index of records, such a cell
    /// names the record in that chapter.
    pub(crate) fn is_record_elsewhere(&self, cell: &[Run<'_>]) -> bool {
        are_links(cell, |url| leads_to_chapter(url, self.home))
    }

    /// Whether a number is only a link to a file, as in an index of records.
    pub(crate) fn is_number_of_file(&self, cell: &[Run<'_>]) -> bool {
        are_links(cell, leads_to_file)
    }

    /// The labelled values in a paragraph, a list or a two-column table.
    pub(crate) fn labelled_lines(&self, block: usize) -> Vec<(Cow<'r, str>, Vec<Run<'r>>)> {
        let tree = self.tree;
        let of_lines = |text: Vec<Run<'r>>| {
            let parts = lines(&text)
                .filter_map(|line| label::split(line, self.vocabulary))
                .flatten();
            parts.map(|part| (part.label, part.value)).collect::<Vec<_>>()
        };
        // `| Status | Accepted |`
        let of_row = |row: usize| {
            let mut cells = tree.children(row);
            let (label, value) = (cells.next()?, cells.next()?);
            let name = tree.text_of(label).trim_end_matches(':').to_owned();
            cells.next().is_none().then(|| (Cow::Owned(name), self.runs(value)))
        };
        match tree.tag(block) {
            Some(Tag::Paragraph) => of_lines(self.runs(block)),
            Some(Tag::List(_)) => {
                let items = tree.children(block);
                items.flat_map(|item| of_lines(self.item(item).runs)).collect()
            }
            Some(Tag::Table(_)) => tree.children(block).skip(1).filter_map(of_row).collect(),
            _ => Vec::new(),
        }
    }

    /// The first label in a paragraph, a list or a two-column table.
    pub(crate) fn first_label(&self, block: usize) -> Option<String> {
        let of_lines = |text: Vec<Run<'r>>| lines(&text).find_map(label::first).map(|(label, _)| label.into_owned());
        match self.tree.tag(block)? {
            Tag::Paragraph => of_lines(self.runs(block)),
            Tag::List(_) => self
                .tree
                .children(block)
                .find_map(|item| of_lines(self.item(item).runs)),
            _ => self
                .labelled_lines(block)
                .into_iter()
                .next()
                .map(|(label, _)| label.into_owned()),
        }
    }

    /// The number of ticked task boxes between two nodes, and of all of them.
    pub(crate) fn boxes(&self, start: usize, end: usize) -> (usize, usize) {
        (start..end).fold((0, 0), |(done, all), node| match self.tree.leaf(node) {
            Some(Event::TaskListMarker(ticked)) => (done + usize::from(*ticked), all + 1),
            _ => (done, all),
        })
    }
}

/// Whether a cell has words, and all of them link to a destination that `leads` accepts.
fn are_links(cell: &[Run<'_>], leads: impl Fn(&str) -> bool) -> bool {
    let mut runs = cell.iter().filter(|run| !run.is_blank()).peekable();
    runs.peek().is_some() && runs.all(|run| run.link.is_some_and(&leads))
}
