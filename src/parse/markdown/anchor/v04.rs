//! mdBook 0.4: finds ids by a regular expression over the HTML of the page, line by line.
//!
//! So this module renders a page, but only the parts that the expression can see: headings, the
//! author's HTML, text and line ends. Tags that it strips are written as `<>`. Unless the author's
//! HTML opens a heading, the page consists of the headings alone.

use maud::Render;
use pulldown_cmark::{Event, LinkType, Tag};

use super::expression::Found;
use super::{Id, Ids, Issued, Note, Survey, explicit, id_of, within};
use crate::parse::markdown::tree::{NodeKind, Tree};
use crate::source::Span;

/// The headings that reach the page and their ids, and whether two of them collided before they
/// were made unique.
pub(crate) fn ids(tree: &Tree<'_>, survey: &Survey<'_>, removed: &[Span]) -> (Ids, bool) {
    let page = HtmlPage::of(tree, survey, removed);
    let mut out = Vec::with_capacity(page.headings.len());
    let mut issued = Issued::default();
    let mut plain = String::new();
    let written = |node: usize| Id::Own(explicit(tree.tag(node)).unwrap_or_default().into());
    let mut headings = page.headings.iter().copied().peekable();
    for found in Found::all(&page.html) {
        // Headings that the expression did not match keep the author's explicit id, if any.
        while let Some((_, node)) = headings.next_if(|&(at, _)| at < found.start) {
            out.push((node, written(node)));
        }
        let id =
            (!found.skipped && !found.has_id).then(|| Id::Own(issued.counted(slug(found.content, &mut plain)).into()));
        if let Some((_, node)) = headings.next_if(|&(at, _)| at == found.start) {
            out.push((node, id.unwrap_or_else(|| written(node))));
        }
    }
    out.extend(headings.map(|(_, node)| (node, written(node))));
    out.sort_unstable_by_key(|&(node, _)| node);
    (out, issued.has_twins)
}

/// Whether some HTML contains the start of a heading tag.
pub(crate) fn opens_heading(html: &str) -> bool {
    html.match_indices("<h").any(|(at, start)| {
        let next = html.as_bytes().get(at + start.len());
        next.is_some_and(u8::is_ascii_digit)
    })
}

/// Whether 0.4's older parser reads as text what the current one reads as a footnote reference or a
/// shortcut link or image. It does so right before a footnote reference.
pub(crate) fn is_text(tree: &Tree<'_>, node: usize) -> bool {
    let rest = tree.text.get(tree.nodes[node].span.end..);
    rest.is_some_and(|rest| rest.starts_with("[^"))
        && match &tree.nodes[node].kind {
            NodeKind::Open(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => {
                *link_type == LinkType::Shortcut
            }
            NodeKind::Leaf(event) => matches!(event, Event::FootnoteReference(_)),
            NodeKind::Open(_) => false,
        }
}

/// The page as the expression sees it.
struct HtmlPage<'t, 'a> {
    tree: &'t Tree<'a>,
    removed: &'t [Span],
    html: String,
    /// Where in `html` each Markdown heading begins, and its node, in the page's order.
    headings: Vec<(usize, usize)>,
    /// The open containers, innermost last.
    open: Vec<usize>,
    survey: &'t Survey<'t>,
}

impl<'t, 'a> HtmlPage<'t, 'a> {
    fn of(tree: &'t Tree<'a>, survey: &'t Survey<'t>, removed: &'t [Span]) -> Self {
        let mut page = Self {
            tree,
            removed,
            html: String::new(),
            headings: Vec::with_capacity(survey.targets.len()),
            open: Vec::new(),
            survey,
        };
        let mut notes: Vec<&Note<'_>> = survey.notes.iter().filter(|n| survey.keeps(n)).collect();
        notes.sort_by_key(|note| survey.numbers.get(note.name));
        if survey.raw_headings {
            page.nodes(0, tree.nodes.len());
            for note in notes {
                page.start_line();
                page.nodes(note.node + 1, note.end);
            }
        } else {
            for &node in &survey.targets {
                if survey.note_around(node).is_none() {
                    page.nodes(node, tree.nodes[node].end);
                }
            }
            for note in notes {
                let from = survey.targets.partition_point(|&node| node < note.node);
                let inside = survey.targets[from..].iter();
                for &node in inside.take_while(|&&node| node < note.end) {
                    page.nodes(node, tree.nodes[node].end);
                }
            }
        }
        page
    }

    /// Writes the nodes from `at` up to `end`, without footnote definitions.
    fn nodes(&mut self, mut at: usize, end: usize) {
        let tree = self.tree;
        while at < end {
            self.close(at);
            let node = &tree.nodes[at];
            let gone = within(self.removed, node.span.start);
            match &node.kind {
                NodeKind::Open(Tag::FootnoteDefinition(_)) => at = node.end,
                NodeKind::Open(Tag::Heading { .. }) if gone => at = node.end,
                NodeKind::Open(_) if is_text(tree, at) => at += 1,
                NodeKind::Open(Tag::Image { title, .. }) => {
                    self.image(at, title);
                    at = node.end;
                }
                NodeKind::Open(tag) => {
                    self.start(at, tag);
                    self.open.push(at);
                    at += 1;
                }
                NodeKind::Leaf(event) => {
                    if !gone {
                        self.leaf(at, event);
                    }
                    at += 1;
                }
            }
        }
        self.close(end);
    }

    /// Closes the containers that end before node `at`.
    fn close(&mut self, at: usize) {
        while let Some(&node) = self.open.last()
            && self.tree.nodes[node].end <= at
        {
            self.open.pop();
            if let Some(tag) = self.tree.tag(node) {
                self.end(tag);
            }
        }
    }

    fn start_line(&mut self) {
        if !self.html.is_empty() && !self.html.ends_with('\n') {
            self.html.push('\n');
        }
    }

    fn start(&mut self, node: usize, tag: &Tag<'_>) {
        match tag {
            Tag::HtmlBlock => {}
            Tag::Paragraph | Tag::Item => {
                self.start_line();
                self.html.push_str("<>");
            }
            Tag::BlockQuote(_) | Tag::List(_) | Tag::CodeBlock(_) => self.start_line(),
            Tag::Heading { level, .. } => {
                self.start_line();
                self.headings.push((self.html.len(), node));
                self.html.push_str("<h");
                self.html.push(char::from(b'0' + *level as u8));
                self.attributes(tag);
                self.html.push('>');
            }
            Tag::Link { title, .. } => {
                self.html.push('<');
                self.line_end_in(title);
                self.html.push('>');
            }
            _ => self.html.push_str("<>"),
        }
    }

    fn attributes(&mut self, tag: &Tag<'_>) {
        let Tag::Heading { id, classes, attrs, .. } = tag else {
            return;
        };
        if let Some(id) = id {
            self.attribute("id", id);
        }
        if !classes.is_empty() {
            self.attribute("class", &classes.join(" "));
        }
        for (name, value) in attrs {
            self.attribute(name, value.as_deref().unwrap_or_default());
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.html.push(' ');
        name.render_to(&mut self.html);
        self.html.push_str("=\"");
        value.render_to(&mut self.html);
        self.html.push('"');
    }

    fn end(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::HtmlBlock => {}
            Tag::Heading { level, .. } => {
                self.html.push_str("</h");
                self.html.push(char::from(b'0' + *level as u8));
                self.html.push_str(">\n");
            }
            Tag::TableCell | Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {
                self.html.push_str("<>");
            }
            Tag::Link { .. } => self.html.push_str("<>"),
            _ => self.html.push('\n'),
        }
    }

    /// A tag whose only text is in attributes. It matters only because it ends the line.
    fn image(&mut self, node: usize, title: &str) {
        self.html.push('<');
        self.line_end_in(title);
        for at in node + 1..self.tree.nodes[node].end {
            if let Some(Event::Text(text) | Event::Code(text) | Event::InlineHtml(text)) = self.tree.leaf(at) {
                self.line_end_in(text);
            }
        }
        self.html.push('>');
    }

    fn line_end_in(&mut self, attribute: &str) {
        if attribute.contains('\n') {
            self.html.push('\n');
        }
    }

    fn leaf(&mut self, node: usize, event: &Event<'_>) {
        match event {
            Event::Text(text) => text.render_to(&mut self.html),
            Event::Code(text) => {
                self.html.push_str("<>");
                text.render_to(&mut self.html);
                self.html.push_str("<>");
            }
            Event::Html(html) | Event::InlineHtml(html) => self.html.push_str(html),
            Event::FootnoteReference(name) if is_text(self.tree, node) => {
                name.render_to(&mut self.html);
            }
            Event::FootnoteReference(name) => {
                if let Some(number) = self.survey.numbers.get(&**name) {
                    self.html.push_str("<>");
                    self.html.push_str(&number.to_string());
                    self.html.push_str("<>");
                }
            }
            Event::SoftBreak | Event::HardBreak | Event::TaskListMarker(_) | Event::Rule => {
                self.html.push('\n');
            }
            _ => {}
        }
    }
}

/// The id for a heading's HTML. `plain` is a scratch buffer.
pub(super) fn slug(content: &str, plain: &mut String) -> String {
    plain.clear();
    let mut rest = content;
    while let Some(start) = rest.find('<') {
        let Some(end) = rest[start..].find('>') else {
            break;
        };
        plain.push_str(&rest[..start]);
        rest = &rest[start + end + 1..];
    }
    plain.push_str(rest);
    if plain.contains('&') {
        for entity in ["&lt;", "&gt;", "&amp;", "&#39;", "&quot;"] {
            *plain = plain.replace(entity, "");
        }
    }
    id_of(plain.trim().trim_start_matches('#').trim(), Some)
}
