//! The labelled facts in the last lines of a document.

use pulldown_cmark::{Event, Tag};

use crate::parse::markdown::inline::runs;
use crate::parse::markdown::lines::whole_lines;
use crate::parse::markdown::tree::{Kind, Tree};
use crate::parse::metadata::field::Field;
use crate::parse::metadata::header::fields::{BlockFields, block_fields};
use crate::parse::record::section::Section;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::topics::Topic;
use crate::source::Span;

/// The facts of the footer, and the lines that say nothing else.
#[derive(Debug, Default)]
pub(crate) struct Footer<'t> {
    pub(crate) fields: Vec<Field<'t>>,
    pub(crate) replaced: Vec<Span>,
}

/// Reads the last lines of the document, below its last section's text; not again what the
/// header, which ends at `header_end`, has read.
pub(crate) fn footer<'t>(
    tree: &'t Tree<'_>,
    sections: &[Section],
    header_end: usize,
    vocabulary: &Vocabulary<'_>,
) -> Footer<'t> {
    let mut out = Footer::default();
    let Some(last) = sections.last().filter(|last| !last.topics.has(Topic::Metadata)) else {
        return out;
    };
    let blocks: Vec<usize> = last.own(tree).filter(|&block| block >= header_end).collect();
    let mut from = blocks.len();
    let mut found = Vec::new();
    while let Some(&block) = from.checked_sub(1).and_then(|index| blocks.get(index)) {
        match &tree.nodes[block].kind {
            Kind::Leaf(Event::Rule) => {}
            Kind::Open(Tag::Paragraph | Tag::BlockQuote(_) | Tag::List(_)) => {
                match block_fields(tree, block, vocabulary) {
                    // A list is part of the text around it: read, not replaced.
                    Some(mut fields) => {
                        fields.is_whole &= !matches!(tree.tag(block), Some(Tag::List(_)));
                        found.push((block, fields));
                    }
                    // A closing remark may stand below the footer.
                    None if found.is_empty() && blocks.len() - from < 2 => {}
                    None => break,
                }
            }
            Kind::Open(Tag::HtmlBlock) => {}
            _ => break,
        }
        from -= 1;
    }
    for (block, fields) in found.into_iter().rev() {
        let index = blocks.iter().position(|other| *other == block).unwrap_or(0);
        take(tree, &blocks[..index], block, fields, last, &mut out);
    }
    out
}

/// Adds the fields of a block, if it is set apart from the text `before` it.
fn take<'t>(
    tree: &'t Tree<'_>,
    before: &[usize],
    block: usize,
    fields: BlockFields<'t>,
    section: &Section,
    out: &mut Footer<'t>,
) {
    let rule = before
        .last()
        .filter(|before| matches!(tree.leaf(**before), Some(Event::Rule)));
    let is_below_rule = before
        .iter()
        .any(|before| matches!(tree.leaf(*before), Some(Event::Rule)));
    // `**Owner:** Ada` as the last words of a section tells of that section.
    if !is_below_rule && section.level > 1 && !is_emphasised(tree, block) {
        return;
    }
    if fields.is_whole {
        out.replaced
            .extend(rule.map(|rule| whole_lines(tree.text, tree.nodes[*rule].span)));
        out.replaced.push(whole_lines(tree.text, tree.nodes[block].span));
    }
    out.fields.extend(fields.fields);
}

/// Whether a paragraph is in italics from end to end.
fn is_emphasised(tree: &Tree<'_>, block: usize) -> bool {
    let text = runs(tree, block + 1, tree.nodes[block].end);
    text.iter().any(|run| run.emphasis) && text.iter().all(|run| run.emphasis || run.is_blank())
}
