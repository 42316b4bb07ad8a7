//! The headings of a chapter: their words, and the ids that links to them need.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use maud::Render;
use mdbook_markdown::pulldown_cmark::{Event, Tag};

use super::anchor;
use super::remembered::{Remembered, remembered};
use super::tree::{Kind, Tree, folded};
use crate::config::Dialect;
use crate::model::Heading;
use crate::source::Span;

/// The headings of a chapter, once something is cut from it.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// With their node indices, rising: the heading of a node is found by
    /// `binary_search_by_key(&node, |&(at, _)| at)`.
    pub(crate) headings: Vec<(usize, Heading)>,
    /// The ids that go with what is cut, in order: those of the headings within, without those
    /// that fall to another.
    pub(crate) lost_ids: Vec<String>,
    /// Whether each heading has its id whatever other headings there are.
    pub(crate) are_independent: bool,
}

impl Outline {
    /// The headings alone.
    pub(crate) fn into_headings(self) -> Vec<Heading> {
        self.headings.into_iter().map(|(_, heading)| heading).collect()
    }
}

thread_local! {
    static WORDS: Remembered<(Arc<str>, bool)> = Remembered::default();
}

/// The headings of a chapter with the ids that the mdBook in use gives them once the text
/// within `removed` (sorted, disjoint) is cut.
///
/// Headings at any nesting count. Left out are those within `removed`, those in footnotes that
/// mdBook drops, and those that the author wrote as HTML.
pub(crate) fn outline(tree: &Tree<'_>, dialect: Dialect, removed: &[Span]) -> Outline {
    let anchor::Given {
        kept,
        lost,
        are_independent,
    } = anchor::ids(tree, dialect, removed);
    let lost_ids = without(&lost, &kept);
    let mut out = Vec::with_capacity(kept.len());
    for (node, id) in kept {
        if let Some(Tag::Heading { level, .. }) = tree.tag(node) {
            let (text, is_html) = match tree.sole_text(node) {
                Some(text) => remembered(&WORDS, text, words),
                None => (tree.text_of(node).into(), false),
            };
            let heading = Heading {
                level: *level as u8,
                markup: (!is_html).then(|| inline_html(tree, node).into()),
                text,
                id,
                span: tree.nodes[node].span,
            };
            out.push((node, heading));
        }
    }
    Outline {
        headings: out,
        lost_ids,
        are_independent,
    }
}

/// The `lost` ids that none of the `kept` headings has now.
fn without(lost: &anchor::Ids, kept: &anchor::Ids) -> Vec<String> {
    let lost = lost.iter().map(|(_, id)| &**id);
    let mut free: BTreeSet<&str> = lost.clone().filter(|id| !id.is_empty()).collect();
    if free.is_empty() {
        return Vec::new();
    }
    for (_, id) in kept {
        free.remove(&**id);
    }
    lost.filter(|id| free.remove(id)).map(str::to_owned).collect()
}

/// The words of a heading that has but a text, and whether they are its HTML too.
fn words(text: &str) -> (Arc<str>, bool) {
    let words = folded(Cow::Borrowed(text));
    let is_html = words == text && !words.contains(['&', '<', '>', '"']);
    (words.into(), is_html)
}

/// A heading's content as balanced HTML on one line, fit to stand within a link: so without
/// links, images, footnote marks and the author's tags.
fn inline_html(tree: &Tree<'_>, node: usize) -> String {
    let mut out = String::with_capacity(tree.source(node).len());
    let mut open: Vec<(usize, &str)> = Vec::new();
    let mut at = node + 1;
    let end = tree.nodes[node].end;
    while at < end {
        close(&mut open, at, &mut out);
        match &tree.nodes[at].kind {
            Kind::Open(Tag::Image { .. }) => {
                at = tree.nodes[at].end;
                continue;
            }
            Kind::Open(tag) => {
                if let Some(name) = kept_tag(tag) {
                    push_tag("<", name, &mut out);
                    open.push((tree.nodes[at].end, name));
                }
            }
            Kind::Leaf(Event::Text(text)) => push_text(text, &mut out),
            Kind::Leaf(Event::Code(text)) => {
                push_tag("<", "code", &mut out);
                push_text(text, &mut out);
                push_tag("</", "code", &mut out);
            }
            Kind::Leaf(Event::SoftBreak | Event::HardBreak) => out.push(' '),
            Kind::Leaf(_) => {}
        }
        at += 1;
    }
    close(&mut open, end, &mut out);
    out.truncate(out.trim_end().len());
    out
}

/// Closes the elements that end before node `at`.
fn close(open: &mut Vec<(usize, &str)>, at: usize, out: &mut String) {
    while let Some((_, name)) = open.pop_if(|(end, _)| *end <= at) {
        push_tag("</", name, out);
    }
}

fn kept_tag(tag: &Tag<'_>) -> Option<&'static str> {
    match tag {
        Tag::Emphasis => Some("em"),
        Tag::Strong => Some("strong"),
        Tag::Strikethrough => Some("del"),
        _ => None,
    }
}

fn push_tag(start: &str, name: &str, out: &mut String) {
    out.push_str(start);
    out.push_str(name);
    out.push('>');
}

fn push_text(text: &str, out: &mut String) {
    // `&#10;` in a heading is a line end in its text.
    for (index, line) in text.split(['\n', '\r']).enumerate() {
        if index > 0 {
            out.push(' ');
        }
        match line.contains(['&', '<', '>', '"']) {
            true => line.render_to(out),
            false => out.push_str(line),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Heading> {
        let dialect = Dialect::default();
        let tree = Tree::parse(text, 0, dialect);
        outline(&tree, dialect, &[]).into_headings()
    }

    #[test]
    fn words_and_html_of_a_heading() {
        let cases = [
            ("# A & B", "A & B", "A &amp; B"),
            (
                "# `<b>` *x **y*** ~~z~~",
                "<b> x y z",
                "<code>&lt;b&gt;</code> <em>x <strong>y</strong></em> <del>z</del>",
            ),
            ("# [a *b*](u) ![alt](i) c[^1]\n\n[^1]: n", "a b c", "a <em>b</em>  c"),
            (
                "# <i>open *x* </b> <!-- c --> \\<i>", "open x <i>", "open <em>x</em>   &lt;i&gt;",
            ),
            (
                "two\nlines\\\nmore &#10; *em*\n===", "two lines more em", "two lines more   <em>em</em>",
            ),
            ("#", "", ""),
        ];
        for (text, words, html) in cases {
            let heading = of(text).remove(0);
            assert_eq!((&*heading.text, heading.html()), (words, html), "{text}");
        }
    }

    #[test]
    fn headings_know_their_node_level_and_place() {
        let text = "# A\n\n> ### B\n";
        let dialect = Dialect::default();
        let tree = Tree::parse(text, 0, dialect);
        let (node, heading) = &outline(&tree, dialect, &[]).headings[1];
        assert_eq!((heading.level, heading.span), (3, tree.nodes[*node].span));
        assert_eq!(tree.source(*node), "### B\n");
    }

    #[test]
    fn an_id_is_lost_unless_another_heading_takes_it() {
        let text = "## Status\n\n## Owner\n\n## A {#a}\n\n## Status\n";
        let dialect = Dialect::default();
        let tree = Tree::parse(text, 0, dialect);
        let removed = [Span::new(0, text.rfind("## Status").unwrap_or_default())];
        let lost = |removed| outline(&tree, dialect, removed).lost_ids;
        assert_eq!(lost(&removed), ["owner", "a"]);
        assert!(lost(&[]).is_empty());
    }
}
