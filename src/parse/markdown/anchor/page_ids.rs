//! The ids that a page already has. Generated ids must differ from them: HTML requires unique ids,
//! and a link would otherwise lead to the wrong element.

use std::cell::OnceCell;

use pulldown_cmark::{Event, Tag};
use rustc_hash::FxHashSet;

use crate::config::{Dialect, IdRules};
use crate::model::Heading;
use crate::parse::markdown::anchor;
use crate::parse::markdown::anchor::html::html_ids;
use crate::parse::markdown::tree::{NodeKind, Tree};

/// The ids of a chapter's page, computed on first use.
#[derive(Debug)]
pub(crate) struct PageIds<'r> {
    tree: &'r Tree<'r>,
    headings: &'r [(usize, Heading)],
    dialect: Dialect,
    known: OnceCell<Known>,
}

#[derive(Debug, Default)]
struct Known {
    ids: FxHashSet<String>,
    /// Ids to which mdBook may add a number: those that its headings would have on their own.
    numbered: FxHashSet<String>,
}

impl<'r> PageIds<'r> {
    pub(crate) fn new(tree: &'r Tree<'r>, headings: &'r [(usize, Heading)], dialect: Dialect) -> Self {
        Self {
            tree,
            headings,
            dialect,
            known: OnceCell::new(),
        }
    }

    /// Whether an element on the page has the id, or may have it.
    pub(crate) fn has(&self, id: &str) -> bool {
        let known = self.known.get_or_init(|| self.gather());
        let bare = id
            .rsplit_once('-')
            .filter(|(_, number)| number.bytes().all(|byte| byte.is_ascii_digit()));
        known.ids.contains(id)
            || known.numbered.contains(id)
            || bare.is_some_and(|(bare, _)| known.numbered.contains(bare))
    }

    fn gather(&self) -> Known {
        let mut known = Known::default();
        let v04 = self.dialect.ids == IdRules::V04;
        let headings = self.headings.iter().map(|(_, heading)| heading.words.id.to_string());
        known.ids.extend(headings);
        for (at, node) in self.tree.nodes.iter().enumerate() {
            match &node.kind {
                NodeKind::Open(Tag::HtmlBlock) | NodeKind::Leaf(Event::InlineHtml(_)) => {
                    let html = self.tree.source(at);
                    known.ids.extend(html_ids(html).map(str::to_owned));
                    if v04 {
                        known.numbered.extend(anchor::raw_heading_ids(html));
                    }
                }
                NodeKind::Open(Tag::FootnoteDefinition(name)) => {
                    known.ids.insert(name.to_string());
                }
                NodeKind::Open(Tag::DefinitionListTitle) if !v04 => {
                    known.numbered.insert(anchor::term_id(&self.tree.text_of(at)));
                }
                _ => {}
            }
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_has_an_id_on_the_page_is_known() {
        let text = "# Use a queue\n\n## Own {#mine}\n\n<a id=\"raw\"></a><a name='old'></a>\n\nText <b id=in>x</b>[^note]\n\n\
                    <h2>By hand</h2>\n\nTerm of ours\n: what it is\n\n[^note]: Note.\n";
        for ids in [IdRules::V04, IdRules::V05] {
            let dialect = Dialect {
                ids,
                ..Dialect::default()
            };
            let tree = Tree::parse(text, 0, dialect);
            let outline = crate::parse::markdown::anchor::outline::outline(&tree, dialect, &[]);
            let page = PageIds::new(&tree, &outline.headings, dialect);
            for id in ["use-a-queue", "mine", "raw", "old", "in", "note"] {
                assert!(page.has(id), "{id}");
            }
            assert_eq!(page.has("by-hand") && page.has("by-hand-1"), ids == IdRules::V04);
            assert_eq!(
                page.has("term-of-ours") && page.has("term-of-ours-1"),
                ids == IdRules::V05
            );
            assert!(!page.has("use-a-queue-1") && !page.has("x"));
        }
    }
}
