//! Finds the spans that can be removed without changing how the surrounding text is parsed.

use pulldown_cmark::{CodeBlockKind, Tag};

use crate::parse::markdown::tree::Tree;
use crate::source::Span;

/// Drops those `spans`, which are whole lines, whose removal would change how other text is parsed:
/// a list or a footnote would absorb the indented lines after it, and two lists would merge.
pub(crate) fn keep_seams(tree: &Tree<'_>, spans: &mut Vec<Span>) {
    let blocks: Vec<usize> = tree.blocks().collect();
    spans.retain(|span| {
        let behind = blocks.partition_point(|&block| tree.nodes[block].span.start < span.end);
        let before = blocks.partition_point(|&block| tree.nodes[block].span.end <= span.start);
        match (before.checked_sub(1).map(|at| blocks[at]), blocks.get(behind)) {
            (Some(before), Some(&behind)) => !would_join(tree, before, behind),
            _ => true,
        }
    });
}

fn would_join(tree: &Tree<'_>, before: usize, behind: usize) -> bool {
    let is_list = matches!(tree.tag(before), Some(Tag::List(_)));
    let is_note = matches!(tree.tag(before), Some(Tag::FootnoteDefinition(_)));
    let is_code = matches!(tree.tag(behind), Some(Tag::CodeBlock(CodeBlockKind::Indented)));
    let is_indented = is_code || tree.text[..tree.nodes[behind].span.start].ends_with([' ', '\t']);
    is_indented && (is_list || is_note) || is_list && matches!(tree.tag(behind), Some(Tag::List(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Dialect;

    #[test]
    fn a_line_that_parts_a_list_from_what_it_would_take_in_stays() {
        let may = |before: &str, behind: &str| {
            let text = format!("{before}\n\n**Status:** Draft\n\n{behind}\n");
            let tree = Tree::parse(&text, 0, Dialect::default());
            let start = text.find("**Status").unwrap_or_default();
            let mut spans = vec![Span::new(start, start + "**Status:** Draft\n\n".len())];
            keep_seams(&tree, &mut spans);
            !spans.is_empty()
        };
        for (before, behind) in [
            ("- a", "    code"),
            ("1. a", "   words"),
            ("- a", "- b"),
            ("[^1]: a", "    code"),
        ] {
            assert!(!may(before, behind), "{before}, {behind}");
        }
        for (before, behind) in [
            ("- a", "words"),
            ("words", "    code"),
            ("- a", ""),
            ("[^1]: a", "- b"),
            ("- a", "## B"),
        ] {
            assert!(may(before, behind), "{before}, {behind}");
        }
    }
}
