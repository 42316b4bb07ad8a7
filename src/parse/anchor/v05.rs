//! mdBook 0.5.0 to 0.5.4: ids from the text of headings and definition terms, in the order in
//! which the chapter has them. Headings written as HTML get none and are not counted.
//!
//! Not followed, since it takes an HTML tokenizer and nobody writes it: in a heading, what 0.5
//! takes for text after a first `>` within `<?…?>`, `<!X…>` or `<![CDATA[…]]>`, or after `--!>`;
//! and an end tag without a start between two footnote marks.

use std::collections::HashMap;

use mdbook_markdown::pulldown_cmark::{Event, Tag};

use super::{Ids, Issued, Survey, explicit, id_of, may_have_twins};
use crate::parse::tree::{Kind, Node, Tree};

/// The headings that reach the page and their ids, and whether two asked for the same one.
pub(super) fn ids(tree: &Tree<'_>, survey: &Survey<'_>) -> (Ids, bool) {
    let mut text = String::new();
    let mut slug_of = |node: usize| match &tree.nodes[node + 1..tree.nodes[node].end] {
        [
            Node {
                kind: Kind::Leaf(Event::Text(text)),
                ..
            },
        ] => slug(text),
        _ => {
            text.clear();
            push_text(tree, node, &survey.numbers, &mut text);
            slug(&text)
        }
    };
    let given = survey.targets.iter().map(|&node| match explicit(tree.tag(node)) {
        Some(id) => (node, id.to_owned(), true),
        None => (node, slug_of(node), false),
    });
    let mut given: Vec<(usize, String, bool)> = given.collect();
    let asked = given.iter().filter(|(_, _, is_explicit)| !is_explicit);
    let has_twins = may_have_twins(asked.map(|(_, id, _)| id.as_str()));
    if has_twins {
        let mut issued = Issued::with_capacity(given.len());
        for (_, id, _) in given.iter_mut().filter(|(_, _, is_explicit)| !is_explicit) {
            *id = issued.unique(std::mem::take(id));
        }
    }
    // A dropped footnote leaves the page only after the ids are given.
    let shown = |node: usize| survey.note_around(node).is_none_or(|note| survey.keeps(note));
    let is_heading = |node: usize| matches!(tree.tag(node), Some(Tag::Heading { .. }));
    let ids = given
        .into_iter()
        .filter(|&(node, _, _)| is_heading(node) && shown(node))
        .map(|(node, id, _)| (node, id))
        .collect();
    (ids, has_twins)
}

/// The text of a heading's elements as 0.5 sees it.
fn push_text(tree: &Tree<'_>, node: usize, numbers: &HashMap<&str, usize>, out: &mut String) {
    let mut at = node + 1;
    while at < tree.nodes[node].end {
        match &tree.nodes[at].kind {
            Kind::Open(Tag::Image { .. }) => {
                at = tree.nodes[at].end;
                continue;
            }
            Kind::Leaf(Event::Text(text) | Event::Code(text)) => out.push_str(text),
            Kind::Leaf(Event::SoftBreak) => out.push('\n'),
            // A hard break is an element without text: the words around it run together.
            Kind::Leaf(Event::FootnoteReference(name)) => {
                if follows_mark(tree, at) {
                    out.push(' ');
                }
                if let Some(number) = numbers.get(&**name) {
                    out.push_str(&number.to_string());
                }
            }
            _ => {}
        }
        at += 1;
    }
}

/// Whether a footnote's mark stands right behind another, where 0.5 puts a space between them.
fn follows_mark(tree: &Tree<'_>, at: usize) -> bool {
    matches!(tree.leaf(at - 1), Some(Event::FootnoteReference(_)))
        && tree.nodes[at - 1].span.end == tree.nodes[at].span.start
}

fn slug(text: &str) -> String {
    let text = text.trim();
    // The lower case of a sigma alone depends on what stands around it.
    if !text.is_ascii() && text.contains('Σ') {
        return id_of(&text.to_lowercase(), Some);
    }
    id_of(text, char::to_lowercase)
}
