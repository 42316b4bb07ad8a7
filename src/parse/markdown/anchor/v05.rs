//! mdBook 0.5.0 to 0.5.4: derives ids from the text of headings and definition terms, in source
//! order. Headings written as HTML get no id and are not counted.
//!
//! Not reproduced, because it would take an HTML tokenizer for text that does not occur in
//! practice: in a heading, what 0.5 reads as text after a first `>` within `<?…?>`, `<!X…>` or
//! `<![CDATA[…]]>`, or after `--!>`; and an end tag without a start tag between two footnote
//! references.

use std::sync::Arc;

use pulldown_cmark::{Event, Tag};

use rustc_hash::FxHashMap;

use super::{Id, Ids, Issued, Survey, explicit, id_of, may_have_twins};
use crate::model::HeadingWords;
use crate::parse::markdown::anchor::heading;
use crate::parse::markdown::memo::{Remembered, remembered};
use crate::parse::markdown::tree::{NodeKind, Tree};

thread_local! {
    static KNOWN: Remembered<Arc<HeadingWords>> = Remembered::default();
}

/// The headings that reach the page and their ids, and whether two of them collided before they
/// were made unique.
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
        // Ids are assigned before a dropped footnote leaves the page.
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
            NodeKind::Open(Tag::Image { .. }) => {
                at = tree.nodes[at].end;
                continue;
            }
            NodeKind::Leaf(Event::Text(text) | Event::Code(text)) => out.push_str(text),
            NodeKind::Leaf(Event::SoftBreak) => out.push('\n'),
            // A hard break is an element without text, so the words around it run together.
            NodeKind::Leaf(Event::FootnoteReference(name)) => {
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

/// Whether a footnote reference directly follows another; 0.5 puts a space between them.
fn follows_mark(tree: &Tree<'_>, at: usize) -> bool {
    matches!(tree.leaf(at - 1), Some(Event::FootnoteReference(_)))
        && tree.nodes[at - 1].span.end == tree.nodes[at].span.start
}

pub(super) fn slug(text: &str) -> String {
    let text = text.trim();
    // The lower case of a sigma depends on the letters around it.
    if !text.is_ascii() && text.contains('Σ') {
        return id_of(&text.to_lowercase(), Some);
    }
    id_of(text, char::to_lowercase)
}
