//! Collects what a chapter contains besides its facts: links, ids, damage, placeholders, comments
//! that allow a finding. This is one walk over the chapter's tree.

mod allow;
mod encoding;
mod heading;
mod link;
mod placeholder;

use memchr::Memchr3;
use pulldown_cmark::{CodeBlockKind, Event, Tag};

use crate::config::{Config, IdRules};
use crate::model::{Link, Observations, SectionName};
use crate::parse::markdown::anchor;
use crate::parse::markdown::anchor::html::{self, html_ids};
use crate::parse::markdown::anchor::outline::Outline;
use crate::parse::markdown::tree::{Node, NodeKind, Tree};
use crate::parse::vocabulary::headings::heading_words;
use crate::source::Span;
use placeholder::Placeholders;

/// Observes a chapter. Consumes its tree. A chapter that is not a design document has no `outline`;
/// for it, only the observations that other chapters need are collected.
pub(crate) fn observe(
    mut tree: Tree<'_>,
    removed: &[Span],
    outline: Option<&Outline>,
    config: &Config,
) -> Observations {
    let mut walk = Walk::new(&tree, config);
    for node in 0..tree.nodes.len() {
        if outline.is_some() {
            walk.document(node);
        } else {
            walk.ids(node);
        }
    }
    let directive = if walk.braces { directive(tree.text) } else { None };
    let mut out = walk.out;
    out.directive = directive;
    out.fails_at = tree.fails_at;
    out.takes_long_at = tree.takes_long_at;
    if config.template.is_some() {
        out.sections = section_names(&tree);
    }
    if let Some(outline) = outline {
        // The block may continue for pages: its first line is enough.
        out.too_deep = tree.too_deep.map(|span| {
            let line = span.of(tree.text).lines().next().unwrap_or_default();
            Span::new(span.start, span.start + line.len())
        });
        out.placeholders = walk.placeholders.finish();
        out.mangled = encoding::mangled(tree.text, &walk.code);
        out.mangled
            .retain(|run| !anchor::within(&walk.fragments, run.span.start));
        out.mended_ids = heading::mended_ids(&mut tree, &out, removed, outline, config.dialect);
    }
    out
}

/// Whether a text contains `{{`. Single braces are rare in most texts.
fn has_braces(text: &[u8]) -> bool {
    memchr::memchr_iter(b'{', text).any(|at| text.get(at + 1) == Some(&b'{'))
}

/// The walk over a chapter's nodes.
struct Walk<'t, 'a> {
    tree: &'t Tree<'a>,
    config: &'t Config,
    out: Observations,
    placeholders: Placeholders,
    /// The innermost block with text of its own.
    block: usize,
    /// Code spans and code blocks, in order.
    code: Vec<Span>,
    /// The fragments of links, in order.
    fragments: Vec<Span>,
    /// Comments before this byte apply to the whole document.
    top: usize,
    /// Whether the text may contain any of the braces searched for.
    braces: bool,
    /// The start characters of placeholders, from the current node on.
    slots: Memchr3<'t>,
    /// The next of these; past the end of the text if there is none.
    next_slot: usize,
}

impl<'t, 'a> Walk<'t, 'a> {
    fn new(tree: &'t Tree<'a>, config: &'t Config) -> Self {
        let mut slots = memchr::memchr3_iter(b'[', b'{', b'Y', tree.text.as_bytes());
        Self {
            tree,
            config,
            out: Observations::default(),
            placeholders: Placeholders::default(),
            block: 0,
            code: Vec::new(),
            fragments: Vec::new(),
            top: top(tree),
            braces: has_braces(tree.text.as_bytes()),
            next_slot: slots.next().unwrap_or(usize::MAX),
            slots,
        }
    }

    /// Whether a placeholder may begin within `span`. Must be called in source order.
    fn has_slot(&mut self, span: Span) -> bool {
        while self.next_slot < span.start {
            self.next_slot = self.slots.next().unwrap_or(usize::MAX);
        }
        self.next_slot < span.end
    }

    /// Records what gives the page an id at this node, or may do so.
    fn ids(&mut self, node: usize) {
        match &self.tree.nodes[node].kind {
            NodeKind::Open(Tag::HtmlBlock) | NodeKind::Leaf(Event::InlineHtml(_)) => self.html_ids(node),
            NodeKind::Open(Tag::FootnoteDefinition(name)) => self.out.ids.push(name.to_string()),
            // Their ids share numbering with the headings'.
            NodeKind::Open(Tag::DefinitionListTitle) => self.out.other_ids = true,
            // Other preprocessors replace this text, and only they know with what.
            NodeKind::Open(Tag::CodeBlock(block)) if is_admonition(block) => self.out.other_ids = true,
            NodeKind::Leaf(Event::Text(text)) if self.braces && text.contains("{{") => self.out.other_ids = true,
            _ => {}
        }
    }

    fn html_ids(&mut self, node: usize) {
        let html = self.tree.source(node);
        self.out.ids.extend(html_ids(html).map(str::to_owned));
        // 0.4 gives ids to the author's HTML headings too.
        let opens_heading = |html: &str| {
            let mut tags = html.match_indices("<h").chain(html.match_indices("<H"));
            tags.any(|(at, _)| html[at + 2..].starts_with(|ch: char| ch.is_ascii_digit()))
        };
        self.out.other_ids |= self.config.dialect.ids == IdRules::V04 && opens_heading(html);
    }

    /// Records the observations at a node of a design document, including ids.
    fn document(&mut self, node: usize) {
        let tree = self.tree;
        let Node { kind, span, end } = &tree.nodes[node];
        let span = *span;
        match kind {
            NodeKind::Open(Tag::Heading { .. }) => {
                self.block = node;
                self.out.swallowed.extend(heading::swallowed(tree, node));
            }
            NodeKind::Open(Tag::Paragraph | Tag::Item | Tag::TableCell) => self.block = node,
            NodeKind::Open(Tag::Link {
                link_type, dest_url, ..
            }) => {
                if let Some(link) = link::at_node(tree, node, self.block, *link_type, dest_url, self.config) {
                    self.fragments.extend(link.fragment_span);
                    self.out.links.push(link);
                }
            }
            NodeKind::Leaf(Event::Code(_)) => self.code.push(span),
            NodeKind::Open(Tag::CodeBlock(block)) => {
                self.ids(node);
                self.code.push(span);
                if is_admonition(block) {
                    self.links_within(node);
                }
            }
            NodeKind::Open(Tag::FootnoteDefinition(_)) => self.ids(node),
            NodeKind::Open(Tag::DefinitionListTitle) => {
                self.block = node;
                self.ids(node);
            }
            NodeKind::Open(Tag::HtmlBlock) => {
                self.ids(node);
                let next = tree.nodes.get(*end).map(|next| next.span);
                self.comments(span, |comment| next.map_or(comment, |next| comment.to(next)));
                self.html_links(span);
            }
            NodeKind::Leaf(Event::InlineHtml(_)) => {
                self.ids(node);
                self.comments(span, |comment| line_around(tree.text, comment));
                self.html_links(span);
                self.placeholders.look(tree, node, self.block);
            }
            NodeKind::Leaf(Event::Text(_)) => {
                if self.braces {
                    self.ids(node);
                }
                if self.has_slot(span) && !self.code.last().is_some_and(|code| code.contains(span)) {
                    self.placeholders.look(tree, node, self.block);
                }
            }
            _ => {}
        }
    }

    fn comments(&mut self, span: Span, covers: impl Fn(Span) -> Span) {
        let (text, top) = (self.tree.text, self.top);
        let covers = |comment: Span| {
            if comment.start < top {
                Span::new(0, text.len())
            } else {
                covers(comment)
            }
        };
        allow::read(text, span, covers, &mut self.out.allows);
    }

    /// Records the links in an admonition, which another preprocessor makes Markdown of. It may run
    /// before us or after us, and the relations of the page are the same.
    fn links_within(&mut self, node: usize) {
        let text: String = self.tree.nodes[node + 1..self.tree.nodes[node].end]
            .iter()
            .filter_map(|inner| match &inner.kind {
                NodeKind::Leaf(Event::Text(text)) => Some(text.as_ref()),
                _ => None,
            })
            .collect();
        let inner = Tree::parse(&text, 0, self.config.dialect);
        for at in 0..inner.nodes.len() {
            if let NodeKind::Open(Tag::Link {
                link_type, dest_url, ..
            }) = &inner.nodes[at].kind
            {
                let link = link::at_node(&inner, at, at, *link_type, dest_url, self.config);
                // Only the chapter that it leads to is known here: its place is in another text.
                self.out.links.extend(link.map(|link| Link {
                    path: link.path,
                    span: self.tree.nodes[node].span,
                    ..Link::default()
                }));
            }
        }
    }

    fn html_links(&mut self, span: Span) {
        for attribute in html::attributes(span.of(self.tree.text)) {
            if attribute.name.eq_ignore_ascii_case("href") && attribute.element.eq_ignore_ascii_case("a") {
                let start = span.start + attribute.at;
                let place = Span::new(start, start + attribute.value.len());
                self.out.links.extend(link::at(attribute.value, place, Some(place)));
            }
        }
    }
}

/// Whether mdbook-admonish replaces a code block.
fn is_admonition(block: &CodeBlockKind<'_>) -> bool {
    matches!(block, CodeBlockKind::Fenced(info) if info.starts_with("admonish"))
}

/// The end of the document's top: comments before the first heading and right below it apply to the
/// whole document.
fn top(tree: &Tree<'_>) -> usize {
    let mut blocks = tree.blocks();
    let is_heading = |block: &usize| matches!(tree.tag(*block), Some(Tag::Heading { .. }));
    let Some(title) = blocks.by_ref().find(is_heading) else {
        return 0;
    };
    let below = blocks.take_while(|&block| matches!(tree.tag(block), Some(Tag::HtmlBlock)));
    below
        .last()
        .map_or(tree.nodes[title].span.start, |last| tree.nodes[last].span.end)
}

/// The lines that contain `span`.
fn line_around(text: &str, span: Span) -> Span {
    let start = text[..span.start].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[span.end..]
        .find('\n')
        .map_or(text.len(), |newline| span.end + newline);
    Span::new(start, end)
}

/// The first directive of mdBook's built-in `links` preprocessor, which also processes code.
fn directive(text: &str) -> Option<Span> {
    const NAMES: &[&str] = &["include", "rustdoc_include", "playground", "playpen"];
    text.match_indices("{{#").find_map(|(at, _)| {
        let name = text[at + 3..].trim_start();
        let is_known = NAMES.iter().any(|known| {
            let rest = name.strip_prefix(known);
            rest.is_some_and(|rest| rest.starts_with(char::is_whitespace))
        });
        let end = at + text[at..].find("}}")? + 2;
        (is_known && !text[..at].ends_with('\\')).then_some(Span::new(at, end))
    })
}

fn section_names(tree: &Tree<'_>) -> Vec<SectionName> {
    let names = tree.blocks().filter_map(|block| {
        let Some(Tag::Heading { level, .. }) = tree.tag(block) else {
            return None;
        };
        let text = tree.text_of(block).into_owned();
        Some(SectionName {
            level: *level as u8,
            words: heading_words(&text),
            text,
        })
    });
    names.collect()
}

#[cfg(test)]
mod tests;
