//! A chapter's Markdown as one flat tree. The parser runs only here.
//!
//! Nodes are in source order. A node's children follow it up to its `end`. So a subtree is a slice,
//! skipping one is a jump, and no node needs an allocation of its own.

use std::borrow::Cow;

use mdbook_markdown::{MarkdownOptions, new_cmark_parser};
use pulldown_cmark::{Event, Options, Tag};

use crate::config::Dialect;
use crate::parse::markdown::effort;
use crate::parse::markdown::survive::survived;
pub(crate) use crate::parse::markdown::white_space::{fold_space, folded};
use crate::source::Span;

/// A container or a leaf of the parser.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum NodeKind<'a> {
    /// A container; its children follow.
    Open(Tag<'a>),
    /// Text, code, a break, HTML, a rule, a task box.
    Leaf(Event<'a>),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node<'a> {
    pub(crate) kind: NodeKind<'a>,
    /// Its span in the chapter.
    pub(crate) span: Span,
    /// The index of the first node after this subtree.
    pub(crate) end: usize,
}

/// A chapter's nodes, and the text that they point into.
#[derive(Debug, Clone)]
pub(crate) struct Tree<'a> {
    /// The whole chapter, front matter included.
    pub(crate) text: &'a str,
    /// In source order.
    pub(crate) nodes: Vec<Node<'a>>,
    /// The nodes that are headings.
    pub(crate) headings: Vec<usize>,
    /// Which rare constructs the chapter contains.
    pub(crate) has: Rarities,
    /// The first block that is nested too deeply to be read.
    pub(crate) too_deep: Option<Span>,
    /// The line at which the parser panics. The text after it is not read.
    pub(crate) fails_at: Option<Span>,
    /// The line for which the parser would take too long. It is not parsed, nor the text after it.
    pub(crate) takes_long_at: Option<Span>,
}

/// Constructs that few chapters contain. If a flag is unset, callers skip the search.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Rarities {
    /// HTML on lines of its own, including comments.
    pub(crate) html: bool,
    /// Footnotes, their references, or definition lists, which affect the ids of headings.
    pub(crate) notes: bool,
}

/// The maximum nesting depth that is read. Real documents do not reach half of it; the limit bounds
/// the recursion of readers, such as for quotations in quotations.
const DEEPEST: usize = 100;

impl<'a> Tree<'a> {
    /// Parses `text` from byte `from` on, like the mdBook version in use. If the parser panics or would
    /// take too long, the lines before that are read.
    pub(crate) fn parse(text: &'a str, from: usize, dialect: Dialect) -> Self {
        let excess = effort::excess(&text[from..]).map(|span| Span::new(from + span.start, from + span.end));
        let to = excess.map_or(text.len(), |span| span.start);
        let mut tree = Self::parse_up_to(text, from, to, dialect);
        tree.takes_long_at = excess;
        tree
    }

    fn parse_up_to(text: &'a str, from: usize, to: usize, dialect: Dialect) -> Self {
        let up_to = |end: usize| survived(|| Self::parse_within(text, from, end, dialect));
        up_to(to).unwrap_or_else(|| {
            // A binary search: if the parser panics on the first lines, it also does with more lines.
            let lines: Vec<&str> = text[from..to].split_inclusive('\n').collect();
            let end = |count: usize| from + lines[..count].iter().map(|line| line.len()).sum::<usize>();
            let (mut read, mut fails) = (0, lines.len());
            while fails - read > 1 {
                let middle = read.midpoint(fails);
                match up_to(end(middle)) {
                    Some(_) => read = middle,
                    None => fails = middle,
                }
            }
            let mut tree = up_to(end(read)).unwrap_or_else(|| Self::parse_within(text, from, from, dialect));
            tree.fails_at = Some(Span::new(end(read), end(read) + lines[read].trim_end().len()));
            tree
        })
    }

    fn parse_within(text: &'a str, from: usize, to: usize, dialect: Dialect) -> Self {
        let mut nodes: Vec<Node<'a>> = Vec::with_capacity((to - from) / 12);
        let mut open: Vec<usize> = Vec::with_capacity(16);
        let mut headings = Vec::with_capacity(64);
        let mut has = Rarities::default();
        // The number of open containers below the maximum depth.
        let mut beyond = 0_usize;
        let mut too_deep = None;
        for (event, range) in new_cmark_parser(&text[from..to], &options(dialect)).into_offset_iter() {
            let span = Span::new(range.start + from, range.end + from);
            let index = nodes.len();
            match event {
                Event::Start(_) if open.len() >= DEEPEST => {
                    too_deep.get_or_insert(span);
                    beyond += 1;
                }
                Event::End(_) if beyond > 0 => beyond -= 1,
                _ if beyond > 0 => {}
                Event::Start(tag) => {
                    match &tag {
                        Tag::Heading { .. } => headings.push(index),
                        Tag::HtmlBlock => has.html = true,
                        Tag::FootnoteDefinition(_) | Tag::DefinitionListTitle => has.notes = true,
                        _ => {}
                    }
                    open.push(index);
                    nodes.push(Node {
                        kind: NodeKind::Open(tag),
                        span,
                        end: index + 1,
                    });
                }
                Event::End(_) => {
                    if let Some(start) = open.pop() {
                        nodes[start].end = index;
                    }
                }
                leaf => {
                    has.notes |= matches!(leaf, Event::FootnoteReference(_));
                    nodes.push(Node {
                        kind: NodeKind::Leaf(leaf),
                        span,
                        end: index + 1,
                    });
                }
            }
        }
        Self {
            text,
            nodes,
            headings,
            has,
            too_deep,
            fails_at: None,
            takes_long_at: None,
        }
    }

    /// The children of node `parent`, as indices.
    pub(crate) fn children(&self, parent: usize) -> Children<'_, 'a> {
        Children {
            tree: self,
            next: parent + 1,
            end: self.nodes[parent].end,
        }
    }

    /// The blocks of the chapter, as indices.
    pub(crate) fn blocks(&self) -> Children<'_, 'a> {
        Children {
            tree: self,
            next: 0,
            end: self.nodes.len(),
        }
    }

    /// The sibling nodes that begin at `start` and lie before `end`.
    pub(crate) fn siblings(&self, start: usize, end: usize) -> Children<'_, 'a> {
        Children {
            tree: self,
            next: start,
            end,
        }
    }

    /// The tag of node `index`, if it is a container.
    pub(crate) fn tag(&self, index: usize) -> Option<&Tag<'a>> {
        match &self.nodes.get(index)?.kind {
            NodeKind::Open(tag) => Some(tag),
            NodeKind::Leaf(_) => None,
        }
    }

    /// The event of node `index`, if it is a leaf.
    pub(crate) fn leaf(&self, index: usize) -> Option<&Event<'a>> {
        match &self.nodes.get(index)?.kind {
            NodeKind::Leaf(event) => Some(event),
            NodeKind::Open(_) => None,
        }
    }

    /// The source text of node `index`.
    pub(crate) fn source(&self, index: usize) -> &'a str {
        self.nodes[index].span.of(self.text)
    }

    /// The words of the nodes from `start` up to `end`, including code but not images' alternative
    /// text, HTML and footnote references. Breaks become spaces.
    pub(crate) fn words(&self, start: usize, end: usize) -> Cow<'_, str> {
        let nodes = self.nodes.get(start..end).unwrap_or_default();
        if let [
            Node {
                kind: NodeKind::Leaf(Event::Text(text) | Event::Code(text)),
                span,
                ..
            },
        ] = nodes
        {
            return folded(Cow::Borrowed(self.as_written(text, *span)));
        }
        let length = nodes.iter().map(|node| match &node.kind {
            NodeKind::Leaf(Event::Text(text) | Event::Code(text)) => text.len(),
            _ => 1,
        });
        let mut out = String::with_capacity(length.sum());
        let mut at = start;
        while at < end {
            let node = &self.nodes[at];
            match &node.kind {
                NodeKind::Open(Tag::Image { .. }) => {
                    at = node.end;
                    continue;
                }
                NodeKind::Open(tag) if is_block(tag) && !out.is_empty() => out.push(' '),
                NodeKind::Leaf(Event::Text(text)) => out.push_str(self.as_written(text, node.span)),
                NodeKind::Leaf(Event::Code(text)) => out.push_str(text),
                NodeKind::Leaf(Event::SoftBreak | Event::HardBreak) => out.push(' '),
                _ => {}
            }
            at += 1;
        }
        folded(Cow::Owned(out))
    }

    /// The words of the subtree at `index`.
    pub(crate) fn text_of(&self, index: usize) -> Cow<'_, str> {
        let is_image = |tag: &Tag<'_>| matches!(tag, Tag::Image { .. });
        let start = index + usize::from(self.tag(index).is_some_and(|tag| !is_image(tag)));
        self.words(start, self.nodes[index].end)
    }

    /// The text of the container at `index` if it has no other content. Its white space is not
    /// collapsed yet.
    pub(crate) fn sole_text(&self, index: usize) -> Option<&str> {
        match &self.nodes[index + 1..self.nodes[index].end] {
            [
                Node {
                    kind: NodeKind::Leaf(Event::Text(text)),
                    ..
                },
            ] if !is_smart(text) => Some(text),
            _ => None,
        }
    }

    /// The source form of `text` at `span`, if smart punctuation has changed its quotes, dashes or
    /// dots. Facts then do not depend on the mdBook version that reads them.
    pub(crate) fn as_written<'s>(&self, text: &'s str, span: Span) -> &'s str
    where
        'a: 's,
    {
        if !is_smart(text) {
            return text;
        }
        let source = span.of(self.text);
        let is_plain = source.starts_with(['\'', '"', '-', '.']);
        if is_plain { source } else { text }
    }
}

/// The parser options of the mdBook version in use.
pub(crate) fn options(dialect: Dialect) -> MarkdownOptions {
    let mut options = MarkdownOptions::default();
    options.smart_punctuation = dialect.smart_punctuation;
    options.definition_lists = dialect.definition_lists;
    options.admonitions = dialect.admonitions;
    options
}

/// Whether smart punctuation produced the text.
fn is_smart(text: &str) -> bool {
    matches!(text, "‘" | "’" | "“" | "”" | "–" | "—" | "…")
}

/// The Markdown extensions that every mdBook version enables.
pub(crate) fn extensions() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
}

/// Indices of sibling nodes, in source order.
#[derive(Debug, Clone)]
pub(crate) struct Children<'t, 'a> {
    tree: &'t Tree<'a>,
    next: usize,
    end: usize,
}

impl Iterator for Children<'_, '_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        if self.next >= self.end {
            return None;
        }
        let index = self.next;
        self.next = self.tree.nodes[index].end;
        Some(index)
    }
}

/// Whether a container is a block.
pub(crate) fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subtrees_are_slices() {
        let text = "# A `b`\n\n- one\n- two **x**\n";
        let tree = Tree::parse(text, 0, Dialect::default());
        let blocks: Vec<_> = tree.blocks().collect();
        assert_eq!(blocks.len(), 2);
        assert_eq!(tree.text_of(blocks[0]), "A b");
        let items: Vec<_> = tree.children(blocks[1]).collect();
        assert_eq!(items.len(), 2);
        assert_eq!(tree.text_of(items[1]), "two x");
        assert_eq!(tree.source(blocks[0]), "# A `b`\n");
    }

    #[test]
    fn what_stands_above_a_line_that_fails_is_read() {
        for before in ["", "# A\n\n## B\n\n", "---\nx: 1\n---\n# A\n\n## B\r\n"] {
            let text = format!("{before}- [ ] \\\n  - \n\n## C\n");
            let from = before.find("# A").unwrap_or_default();
            let tree = Tree::parse(&text, from, Dialect::default());
            assert_eq!(tree.fails_at.map(|span| span.of(&text)), Some("  -"), "{before:?}");
            let headings = before.lines().filter(|line| line.starts_with('#')).count();
            assert_eq!(tree.headings.len(), headings, "{before:?}");
        }
        assert_eq!(Tree::parse("- [ ] \n", 0, Dialect::default()).fails_at, None);
    }

    #[test]
    fn what_stands_above_a_line_that_takes_long_is_read() {
        let text = format!("---\n# A\n\n[a](b \"c\n{}", "x\n".repeat(20_000));
        let tree = Tree::parse(&text, 4, Dialect::default());
        assert_eq!(tree.takes_long_at.map(|span| span.of(&text)), Some("[a](b \"c"));
        assert_eq!(tree.headings.len(), 1);
        assert_eq!(tree.blocks().count(), 1);
    }
}
