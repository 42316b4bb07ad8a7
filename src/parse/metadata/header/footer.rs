//! The labelled facts in the last lines of a document.

use pulldown_cmark::{Event, Tag};

use crate::parse::markdown::tree::NodeKind;
use crate::parse::metadata::header::{CollectedFields, FieldReader};
use crate::parse::vocabulary::topics::Topic;

impl<'t> FieldReader<'t> {
    /// Reads the last lines of the document, after the text of its last section. Skips what the
    /// header has already read.
    pub(super) fn footer(self, out: &mut CollectedFields<'t>) {
        let Some(last) = self.sections.last().filter(|last| !last.topics.has(Topic::Metadata)) else {
            return;
        };
        let own = last.own(self.tree).filter(|&block| block >= out.header_end);
        // A renderer moves footnotes away from where they are defined.
        let is_note = |block: usize| matches!(self.tree.tag(block), Some(Tag::FootnoteDefinition(_)));
        let blocks: Vec<usize> = own.filter(|&block| !is_note(block)).collect();
        let mut found = Vec::new();
        for (at, &block) in blocks.iter().enumerate().rev() {
            match &self.tree.nodes[block].kind {
                NodeKind::Leaf(Event::Rule) | NodeKind::Open(Tag::HtmlBlock) => {}
                NodeKind::Open(Tag::Paragraph | Tag::BlockQuote(_) | Tag::List(_)) => match self.block(block) {
                    Some(fields) => found.push((at, fields)),
                    // A closing remark may follow the footer.
                    None if found.is_empty() && blocks.len() - at <= 2 => {}
                    None => break,
                },
                _ => break,
            }
        }
        let is_rule = |block: &usize| matches!(self.tree.leaf(*block), Some(Event::Rule));
        let first_rule = blocks.iter().position(is_rule).unwrap_or(blocks.len());
        for (at, fields) in found.into_iter().rev() {
            // `**Owner:** Ada` at the end of a section describes that section.
            if at < first_rule && last.level > 1 && !self.is_emphasised(blocks[at]) {
                continue;
            }
            // A list belongs to the surrounding text: it is read but not replaced.
            if fields.is_whole && !matches!(self.tree.tag(blocks[at]), Some(Tag::List(_))) {
                let rule = blocks[..at].last().copied().filter(is_rule);
                out.replaced.extend(rule.map(|rule| self.whole_lines(rule)));
                out.replaced.push(fields.lines);
            }
            out.footer.extend(fields.fields);
        }
    }

    /// Whether a whole paragraph is in italics.
    fn is_emphasised(self, block: usize) -> bool {
        let text = self.runs(block);
        text.iter().any(|run| run.emphasis) && text.iter().all(|run| run.emphasis || run.is_blank())
    }
}
