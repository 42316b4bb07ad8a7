//! mdBook 0.5.0 to 0.5.4: ids from the text of headings and definition terms, in the order in
//! which the chapter has them. Headings written as HTML get none and are not counted.
//!
//! Not followed, since it takes an HTML tokenizer and nobody writes it: in a heading, what 0.5
//! takes for text after a first `>` within `<?…?>`, `<!X…>` or `<![CDATA[…]]>`, or after `--!>`;
//! and an end tag without a start between two footnote marks.

use std::sync::Arc;

use pulldown_cmark::{Event, Tag};

use rustc_hash::FxHashMap;

use super::{Id, Ids, Issued, Survey, explicit, id_of, may_have_twins};
use crate::model::HeadingWords;
use crate::parse::markdown::anchor::heading;
use crate::parse::markdown::memo::{Remembered, remembered};
use crate::parse::markdown::tree::{Kind, Tree};

thread_local! {
    static KNOWN: Remembered<Arc<HeadingWords>> = Remembered::default();
}

/// The headings that reach the page and their ids, and whether two asked for the same one.
pub(crate) fn ids(tree: &Tree<'_>, survey: &Survey<'_>) -> (Ids, bool) {
    let mut text = String::new();
    let mut asked_by = |node: usize| match tree.sole_text(node) {
        Some(text) => Id::Plain(remembered(&KNOWN, 0, text, |text| {
            heading::plain(text, slug(text).into()).into()
        })),
        None => {
            text.clear();
            push_text(tree, node, &survey.numbers, &mut text);
            Id::Own(slug(&text).into())
        }
    };
    let given = survey.targets.iter().map(|&node| {
        let written = explicit(tree.tag(node)).map(|id| Id::Own(id.into()));
        (node, written.unwrap_or_else(|| asked_by(node)))
    });
    let mut given: Ids = given.collect();
    let is_asked = |node: usize| explicit(tree.tag(node)).is_none();
    let asked = given.iter().filter(|(node, _)| is_asked(*node));
    let has_twins = may_have_twins(asked.map(|(_, id)| &**id));
    if has_twins {
        let mut issued = Issued::default();
        for (_, id) in given.iter_mut().filter(|(node, _)| is_asked(*node)) {
            if let Some(other) = issued.unique(id) {
                *id = Id::Own(other.into());
            }
        }
    }
    if tree.has.notes {
        // A dropped footnote leaves the page only after the ids are given.
        let shown = |node: usize| survey.note_around(node).is_none_or(|note| survey.keeps(note));
        let is_heading = |node: usize| matches!(tree.tag(node), Some(Tag::Heading { .. }));
        given.retain(|(node, _)| is_heading(*node) && shown(*node));
    }
    (given, has_twins)
}

/// The text of a heading's elements as 0.5 sees it.
fn push_text(tree: &Tree<'_>, node: usize, numbers: &FxHashMap<&str, usize>, out: &mut String) {
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

pub(super) fn slug(text: &str) -> String {
    let text = text.trim();
    // The lower case of a sigma alone depends on what stands around it.
    if !text.is_ascii() && text.contains('Σ') {
        return id_of(&text.to_lowercase(), Some);
    }
    id_of(text, char::to_lowercase)
}
