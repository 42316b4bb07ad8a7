//! Finds the place of a document's table of contents: where the author has one or asks for one.

use pulldown_cmark::Tag;

use crate::model::TocPlace;
use crate::parse::markdown::comment::comment;
use crate::parse::markdown::inline::Run;
use crate::parse::markdown::item::ItemText;
use crate::parse::markdown::tree::Tree;
use crate::parse::record::section::Section;
use crate::parse::vocabulary::topics::Topic;
use crate::source::Span;

/// The place of the table of contents.
pub(crate) fn place(tree: &Tree<'_>, sections: &[Section], title: Option<usize>) -> TocPlace {
    if let Some(span) = marker(tree) {
        return TocPlace::Marker(span);
    }
    let hand_written = sections
        .iter()
        .filter(|section| section.topics.has(Topic::Contents))
        .find_map(|section| list_of_links(tree, section.start, section.own_end))
        .or_else(|| {
            // Some authors write it below the title, without a heading of its own.
            let end = sections
                .iter()
                .find(|section| Some(section.heading) != title)
                .map_or(0, |section| section.heading);
            list_of_links(tree, 0, end)
        });
    hand_written.map_or(TocPlace::AfterHeader, TocPlace::HandWritten)
}

/// The comment `<!-- toc -->`, including what a generator has inserted up to its end marker.
fn marker(tree: &Tree<'_>) -> Option<Span> {
    if !tree.has.html {
        return None;
    }
    let is_comment = |block: usize, words: &[&str]| {
        matches!(tree.tag(block), Some(Tag::HtmlBlock))
            && comment(tree.source(block)).is_some_and(|text| words.iter().any(|word| text.eq_ignore_ascii_case(word)))
    };
    let start = tree.blocks().find(|&block| is_comment(block, &["toc"]))?;
    let close = tree
        .siblings(start, tree.nodes.len())
        .skip(1)
        .take(3)
        .find(|&block| is_comment(block, &["/toc", "tocstop", "toc-end"]));
    Some(own(tree, start).to(own(tree, close.unwrap_or(start))))
}

/// The first list between two nodes that holds only links within the page.
fn list_of_links(tree: &Tree<'_>, start: usize, end: usize) -> Option<Span> {
    let list = tree
        .siblings(start, end)
        .find(|&block| matches!(tree.tag(block), Some(Tag::List(_))) && is_links(tree, block))?;
    Some(own(tree, list))
}

/// The span of a block, without the final line end.
fn own(tree: &Tree<'_>, block: usize) -> Span {
    let start = tree.nodes[block].span.start;
    Span::new(start, start + tree.source(block).trim_end().len())
}

fn is_links(tree: &Tree<'_>, list: usize) -> bool {
    let nodes = list..tree.nodes[list].end;
    let items = nodes.filter(|&node| matches!(tree.tag(node), Some(Tag::Item)));
    let (mut links, mut all) = (0, 0);
    for item in items {
        let text = ItemText::of(tree, item).runs;
        let is_into_page = |run: &Run<'_>| run.link.is_some_and(|link| link.starts_with('#'));
        let is_number = |run: &Run<'_>| run.text.chars().all(|ch| !ch.is_alphanumeric() || ch.is_ascii_digit());
        let is_link = text.iter().any(is_into_page) && text.iter().all(|run| run.link.is_some() || is_number(run));
        links += usize::from(is_link);
        all += 1;
    }
    all >= 2 && links * 5 >= all * 4
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Dialect;
    use crate::parse::record::section::sections;

    fn placed(text: &str) -> (TocPlace, String) {
        let tree = Tree::parse(text, 0, Dialect::default());
        let sections = sections(&tree, &crate::parse::vocabulary::Vocabulary::english());
        let place = place(&tree, &sections, Some(0));
        let span = match place {
            TocPlace::AfterHeader => Span::default(),
            TocPlace::Marker(span) | TocPlace::HandWritten(span) => span,
        };
        (place, span.of(text).to_owned())
    }

    #[test]
    fn the_authors_place_is_kept() {
        assert_eq!(placed("# T\n\n<!-- toc -->\n\n## A\n").1, "<!-- toc -->");
        assert_eq!(
            placed("# T\n\n<!-- toc -->\n- [A](#a)\n<!-- /toc -->\n\n## A\n").1,
            "<!-- toc -->\n- [A](#a)\n<!-- /toc -->"
        );
        assert_eq!(
            placed("# T\n\n## Contents\n\n1. [A](#a)\n2. [B](#b)\n\n## A\n").1,
            "1. [A](#a)\n2. [B](#b)"
        );
        assert_eq!(
            placed("# T\n\n- [A](#a)\n  - [B](#b)\n\n## A\n").1,
            "- [A](#a)\n  - [B](#b)"
        );
        assert_eq!(
            placed("# T\n\n## Contents\n\n- what is in it\n- [a](b.md)\n").0,
            TocPlace::AfterHeader
        );
    }
}
