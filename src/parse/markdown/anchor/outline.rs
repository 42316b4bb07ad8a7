//! The headings of a chapter: their words, and the ids that links to them need.

use std::collections::BTreeSet;

use pulldown_cmark::Tag;

use crate::config::Dialect;
use crate::model::Heading;
use crate::parse::markdown::anchor::{self, heading};
use crate::parse::markdown::tree::Tree;
use crate::source::Span;

/// The headings of a chapter after text is cut from it.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// Headings by ascending node index. To find the heading of a node, use
    /// `binary_search_by_key(&node, |&(at, _)| at)`.
    pub(crate) headings: Vec<(usize, Heading)>,
    /// The ids of the headings that are cut, in order, except those that another heading takes
    /// over.
    pub(crate) lost_ids: Vec<String>,
    /// Whether each heading's id is independent of the other headings.
    pub(crate) are_independent: bool,
}

impl Outline {
    /// The headings without their node indices.
    pub(crate) fn into_headings(self) -> Vec<Heading> {
        let mut headings: Vec<Heading> = self.headings.into_iter().map(|(_, heading)| heading).collect();
        headings.shrink_to_fit();
        headings
    }
}

/// The headings of a chapter with the ids that the mdBook version in use gives them after the text
/// within `removed` (sorted, disjoint) is cut.
///
/// Headings at any nesting depth count. Headings within `removed`, in footnotes that mdBook drops,
/// and written as HTML are left out.
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
            let words = match id {
                anchor::Id::Plain(words) => words,
                anchor::Id::Own(id) => heading::of(tree, node, id),
            };
            let heading = Heading {
                level: *level as u8,
                words,
                span: tree.nodes[node].span,
                text_at: text_at(tree, node),
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

/// The byte at which the text of the heading at `node` begins.
fn text_at(tree: &Tree<'_>, node: usize) -> usize {
    let heading = &tree.nodes[node];
    let first = tree.nodes[node + 1..heading.end].first();
    first.map_or(heading.span.start, |first| first.span.start)
}

/// The `lost` ids that none of the `kept` headings has taken over.
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
            assert_eq!((&*heading.words.text, heading.words.html()), (words, html), "{text}");
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
