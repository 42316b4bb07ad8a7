//! The labelled facts in a block: lines, lists, tables or a quotation.

use pulldown_cmark::{Event, Tag};

use crate::parse::markdown::inline::{Run, broken_lines, is_html_link, lines, runs, words};
use crate::parse::markdown::item::ItemText;
use crate::parse::markdown::lines::whole_lines;
use crate::parse::markdown::tree::NodeKind;
use crate::parse::metadata::field::{Field, Value, is_document_key};
use crate::parse::metadata::header::FieldReader;
use crate::parse::metadata::header::labels::split_line;
use crate::parse::record::label::Labelled;
use crate::parse::vocabulary::concept::Scope;
use crate::source::Span;

/// The fields of a block, and whether they may replace it.
#[derive(Debug, Default)]
pub(crate) struct BlockFields<'t> {
    pub(crate) fields: Vec<Field<'t>>,
    /// Whether the fields carry everything in the block.
    pub(crate) is_whole: bool,
    /// The lines of the block.
    pub(crate) lines: Span,
    /// The first node after the block.
    pub(crate) end: usize,
}

impl<'t> FieldReader<'t> {
    /// Reads the fields of a block. None if the block is not metadata.
    pub(crate) fn block(self, block: usize) -> Option<BlockFields<'t>> {
        let found = self.labelled(block)?;
        let is_metadata = found.fields.iter().any(|field| is_document_key(field.key));
        is_metadata.then_some(found)
    }

    /// Reads the labels of a block regardless of their meaning, as below a metadata heading.
    pub(crate) fn labelled(self, block: usize) -> Option<BlockFields<'t>> {
        let (fields, says_all) = match self.tree.tag(block)? {
            Tag::Paragraph => (self.lines(&self.runs(block), None, false)?, true),
            Tag::List(_) => (self.list(block)?, true),
            Tag::DefinitionList => (self.definitions(block)?, true),
            Tag::Table(_) => self.table(block)?,
            Tag::BlockQuote(_) => {
                let blocks: Vec<_> = self.tree.children(block).map(|child| self.block(child)).collect();
                let is_whole = |block: &Option<BlockFields<'_>>| block.as_ref().is_some_and(|block| block.is_whole);
                let says_all = blocks.iter().all(is_whole);
                let fields = blocks.into_iter().flatten().flat_map(|block| block.fields);
                (fields.collect(), says_all)
            }
            _ => return None,
        };
        Some(BlockFields {
            fields,
            is_whole: says_all && self.is_carried(block),
            lines: self.whole_lines(block),
            end: self.tree.nodes[block].end,
        })
    }

    /// If the last label of a block names people but has no value, `**Reviewers:**`, takes the list
    /// below the block as its value.
    pub(crate) fn with_list(self, mut found: BlockFields<'t>) -> BlockFields<'t> {
        let list = found.end;
        let is_open =
            |last: &&mut Field<'_>| last.names_people() && last.values.iter().all(|value| value.runs.is_empty());
        let Some(last) = found.fields.last_mut().filter(is_open) else {
            return found;
        };
        if !matches!(self.tree.tag(list), Some(Tag::List(_))) {
            return found;
        }
        last.values = self.nested_values(list);
        // In Markdown, a line right below a list belongs to its last item, whatever its label.
        let rest = last.values.last_mut().and_then(|value| self.cut_at_label(value));
        let rest = rest.and_then(|rest| self.lines(&rest, None, false));
        found.fields.extend(rest.into_iter().flatten());
        found.is_whole &= self.is_carried(list);
        found.lines = found.lines.to(self.whole_lines(list));
        found.end = self.tree.nodes[list].end;
        found
    }

    /// Cuts a value before the first line that begins with a known label. Returns what was cut off.
    fn cut_at_label(self, value: &mut Value<'t>) -> Option<Vec<Run<'t>>> {
        let is_known = |part: &Labelled<'_>| self.vocabulary.key(Scope::Document, &part.label).is_some();
        let is_label = |line: &[Run<'t>]| {
            split_line(line, self.vocabulary).is_some_and(|parts| parts.first().is_some_and(is_known))
        };
        let mut breaks = (0..value.runs.len()).filter(|&at| value.runs[at].is_break);
        let at = breaks.find(|at| lines(&value.runs[at + 1..]).next().is_some_and(is_label))?;
        Some(value.runs.split_off(at))
    }

    /// Whether fields carry everything in the block: images, HTML, footnotes and code blocks would
    /// be lost.
    fn is_carried(self, block: usize) -> bool {
        let mut nodes = self.tree.nodes[block..self.tree.nodes[block].end].iter();
        nodes.all(|node| match &node.kind {
            NodeKind::Open(tag) => !matches!(
                tag,
                Tag::Image { .. }
                    | Tag::CodeBlock(_)
                    | Tag::HtmlBlock
                    | Tag::Heading { .. }
                    | Tag::FootnoteDefinition(_)
            ),
            NodeKind::Leaf(Event::InlineHtml(html)) => {
                html.starts_with("<!--") || html.starts_with("<br") || is_html_link(html)
            }
            NodeKind::Leaf(event) => !matches!(
                event,
                Event::Html(_) | Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_)
            ),
        })
    }

    /// The fields in lines of text; `in_item` is set for a list item. A continuation line is added
    /// to the value before it. Other lines without a label are remarks, and a paragraph with mostly
    /// such lines is prose.
    fn lines(self, text: &[Run<'t>], ticked: Option<bool>, in_item: bool) -> Option<Vec<Field<'t>>> {
        let mut out: Vec<Field<'t>> = Vec::new();
        let (mut remarks, mut total) = (0, 0);
        for (before, line) in broken_lines(text).filter(|(_, line)| !is_alert_mark(line)) {
            total += 1;
            let begins = |parts: &Vec<Labelled<'_>>| match in_item {
                // In a list, a line without a bold label continues the value before it.
                true => out.is_empty() || parts.iter().all(|part| part.bold),
                false => self.is_plausible(parts),
            };
            if let Some(parts) = split_line(line, self.vocabulary).filter(begins) {
                let fields = parts.into_iter().map(|part| self.field(part, ticked));
                out.extend(fields);
                continue;
            }
            // Text before the first label means that the paragraph is prose.
            let last = out.last_mut()?;
            if in_item || !last.label.is_empty() && goes_on(last, before) {
                if let Some(value) = last.values.last_mut() {
                    value.runs.extend(before);
                    value.runs.extend_from_slice(line);
                }
            } else {
                remarks += 1;
                out.push(self.remark(vec![Value::new(line.to_vec(), None)]));
            }
        }
        (remarks * 2 < total.max(1) && !out.is_empty()).then_some(out)
    }

    /// Whether labelled parts are facts rather than a sentence with a colon: they are bold, short
    /// or known.
    fn is_plausible(self, parts: &[Labelled<'_>]) -> bool {
        let is_known = |part: &Labelled<'_>| self.vocabulary.key(Scope::Document, &part.label).is_some();
        let mut parts = parts.iter();
        parts.any(|part| part.bold || part.label.len() <= 24 || is_known(part))
    }

    fn list(self, list: usize) -> Option<Vec<Field<'t>>> {
        let mut out = Vec::new();
        let (mut labelled, mut total) = (0, 0);
        for item in self.tree.children(list) {
            total += 1;
            let own = self.item_value(item);
            let nested = self.nested_values(item);
            let fields = self.lines(&own.runs, own.ticked, true);
            labelled += usize::from(fields.is_some());
            let mut fields = fields.unwrap_or_else(|| vec![self.remark(vec![own])]);
            if let Some(last) = fields.last_mut().filter(|_| !nested.is_empty()) {
                if !last.label.is_empty() {
                    last.values.retain(|value| !value.runs.is_empty());
                }
                last.values.extend(nested);
            }
            out.extend(fields);
        }
        (labelled * 2 >= total && labelled > 0).then_some(out)
    }

    /// `Author⏎: Ada Obi`.
    fn definitions(self, list: usize) -> Option<Vec<Field<'t>>> {
        let mut out: Vec<Field<'t>> = Vec::new();
        for node in self.tree.children(list) {
            let is_wrapped = matches!(self.tree.tag(node + 1), Some(Tag::Paragraph));
            let content = self.runs(node + usize::from(is_wrapped));
            if let Some(Tag::DefinitionListTitle) = self.tree.tag(node) {
                let label = words(&content).trim_end_matches(':').to_owned();
                out.push(Field::new(label.into(), Vec::new(), self.vocabulary));
            } else {
                out.last_mut()?.values.push(Value::new(content, None));
            }
        }
        Some(out)
    }

    /// The items of the lists nested in a list or an item, at any depth.
    fn nested_values(self, within: usize) -> Vec<Value<'t>> {
        let nodes = within + 1..self.tree.nodes[within].end;
        let items = nodes.filter(|&node| matches!(self.tree.tag(node), Some(Tag::Item)));
        let values = items.map(|item| self.item_value(item));
        values.filter(|value| !value.runs.is_empty()).collect()
    }

    /// The text of a list item, with its task box.
    pub(super) fn item_value(self, item: usize) -> Value<'t> {
        let content = ItemText::of(self.tree, item);
        Value::new(content.runs, content.ticked)
    }

    pub(super) fn field(self, part: Labelled<'t>, ticked: Option<bool>) -> Field<'t> {
        Field::new(part.label, vec![Value::new(part.value, ticked)], self.vocabulary)
    }

    /// Text among fields that has no label of its own.
    fn remark(self, values: Vec<Value<'t>>) -> Field<'t> {
        Field::new("".into(), values, self.vocabulary)
    }

    /// The text of a block or a cell.
    pub(super) fn runs(self, node: usize) -> Vec<Run<'t>> {
        runs(self.tree, node + 1, self.tree.nodes[node].end)
    }

    /// The lines of a block, with the blank lines after them.
    pub(super) fn whole_lines(self, block: usize) -> Span {
        whole_lines(self.tree.text, self.tree.nodes[block].span)
    }
}

/// Whether the line is an alert marker such as `[!WARNING]`, which only newer versions of mdBook
/// recognise.
fn is_alert_mark(line: &[Run<'_>]) -> bool {
    let text = words(line);
    let kind = text.strip_prefix("[!").and_then(|text| text.strip_suffix(']'));
    kind.is_some_and(|kind| kind.bytes().all(|byte| byte.is_ascii_uppercase()))
}

/// Whether a value continues after `between`: it is still empty, ends in a comma, has an open
/// quotation mark, or lists people one per line.
fn goes_on(field: &Field<'_>, between: Option<Run<'_>>) -> bool {
    let is_open = |value: &Value<'_>| {
        let text = value.text();
        value.runs.is_empty() || text.ends_with([',', ';', '&']) || text.matches('"').count() % 2 == 1
    };
    field.names_people() && between.is_some_and(|run| run.is_html_break()) || field.values.last().is_some_and(is_open)
}

#[cfg(test)]
mod tests {
    use crate::parse::metadata::header::fields_in;

    fn read(text: &str) -> Vec<(String, String)> {
        fields_in(text, |reader| {
            reader.block(0).map(|block| block.fields).unwrap_or_default()
        })
    }

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter()
            .map(|(label, value)| ((*label).into(), (*value).into()))
            .collect()
    }

    #[test]
    fn the_forms_of_metadata() {
        let expected = pairs(&[("Author", "Ada Obi"), ("Status", "Draft")]);
        for text in [
            "**Author:** Ada Obi  \n**Status:** Draft\n",
            "**Author:** Ada Obi | **Status:** Draft\n",
            "Author: Ada Obi\nStatus: Draft\n",
            "- Author: Ada Obi\n- **Status**: **Draft**\n",
            "* **Author:**\n  * Ada Obi\n* Status: Draft\n",
            "| **Author** | Ada Obi |\n|--|--|\n| Status | Draft |\n",
            "| | |\n|--|--|\n| Author: | Ada Obi |\n| Status: | Draft |\n",
            "> **Author:** Ada Obi  \n> **Status:** Draft\n",
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn prose_and_ordinary_lists_are_none() {
        for text in [
            "We met on Monday. Status: fine.\n",
            "- Metric 1: Description\n- Metric 2: Target\n",
            "Note: the status is elsewhere.\n",
            "| Risk | Severity |\n|--|--|\n| a | b |\n",
        ] {
            assert_eq!(read(text), pairs(&[]), "{text}");
        }
    }

    #[test]
    fn a_list_goes_on_over_lines_and_nested_items() {
        assert_eq!(
            read("- status: accepted\n- consulted: Ada,\n  Tunde\n- Deciders:\n    * Chi\n    * Ngozi\n"),
            pairs(&[
                ("status", "accepted"),
                ("consulted", "Ada, Tunde"),
                ("Deciders", "Chi, Ngozi")
            ])
        );
    }
}
