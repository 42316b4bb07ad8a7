//! A list item's own text, without nested blocks.

use pulldown_cmark::{Event, Tag};

use crate::parse::markdown::inline::{Run, runs};
use crate::parse::markdown::tree::{NodeKind, Tree};

/// The text of a list item up to its first nested block, and its task box.
#[derive(Debug, Clone, Default)]
pub(crate) struct ItemText<'t> {
    pub(crate) runs: Vec<Run<'t>>,
    pub(crate) ticked: Option<bool>,
    /// The first node after that text.
    pub(crate) rest: usize,
}

impl<'t> ItemText<'t> {
    pub(crate) fn of(tree: &'t Tree<'_>, item: usize) -> Self {
        let end = tree.nodes[item].end;
        let mut ticked = None;
        let mut start = item + 1;
        let mut rest = end;
        for child in tree.children(item) {
            match &tree.nodes[child].kind {
                NodeKind::Leaf(Event::TaskListMarker(done)) => {
                    ticked = Some(*done);
                    start = child + 1;
                }
                NodeKind::Open(Tag::Paragraph) => {
                    let inner = child + 1;
                    if let Some(Event::TaskListMarker(done)) = tree.leaf(inner) {
                        ticked = Some(*done);
                    }
                    return Self {
                        runs: runs(tree, inner, tree.nodes[child].end),
                        ticked,
                        rest: tree.nodes[child].end,
                    };
                }
                NodeKind::Open(tag) if crate::parse::markdown::tree::is_block(tag) => {
                    rest = child;
                    break;
                }
                _ => {}
            }
        }
        Self {
            runs: runs(tree, start.min(rest), rest),
            ticked,
            rest,
        }
    }
}
