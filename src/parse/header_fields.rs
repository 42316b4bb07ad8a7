//! Where a document's labelled facts stand: at its top, in a metadata section, in its footer,
//! in sections of their own; as lines, lists, tables or a quotation.

use mdbook_markdown::pulldown_cmark::{Event, Tag};

use super::field::{Field, Value};
use super::inline::{Run, lines, runs, span_of, words};
use super::label::{Key, Labelled, Labels, split};
use super::tree::{Kind, Tree};
use crate::source::Span;

/// The fields of a block, and whether the block may be replaced by them.
#[derive(Debug, Default)]
pub(crate) struct BlockFields<'t> {
    pub(crate) fields: Vec<Field<'t>>,
    /// Whether the fields say all that the block says.
    pub(crate) is_whole: bool,
}

/// Reads the fields of a block; None where it is no metadata.
pub(crate) fn block_fields<'t>(tree: &'t Tree<'_>, block: usize, labels: &Labels) -> Option<BlockFields<'t>> {
    let fields = match tree.tag(block)? {
        Tag::Paragraph => lines_fields(&runs(tree, block + 1, tree.nodes[block].end), labels)?,
        Tag::List(_) => list_fields(tree, block, labels)?,
        Tag::Table(_) => table_fields(tree, block, labels)?,
        Tag::BlockQuote(_) => {
            let blocks: Vec<_> = tree
                .children(block)
                .map(|child| block_fields(tree, child, labels))
                .collect();
            let is_whole = blocks
                .iter()
                .all(|block| block.as_ref().is_some_and(|block| block.is_whole));
            let fields: Vec<_> = blocks.into_iter().flatten().flat_map(|block| block.fields).collect();
            return (!fields.is_empty()).then_some(BlockFields { fields, is_whole });
        }
        _ => return None,
    };
    let is_metadata = fields.iter().any(|field| is_document_key(field.key));
    is_metadata.then(|| BlockFields {
        is_whole: is_carried(tree, block),
        fields,
    })
}

/// Reads a list or table of labels whatever they mean, as below a metadata heading.
pub(crate) fn labelled_list<'t>(tree: &'t Tree<'_>, block: usize, labels: &Labels) -> Option<BlockFields<'t>> {
    let fields = match tree.tag(block)? {
        Tag::List(_) => list_fields(tree, block, labels)?,
        Tag::Paragraph => lines_fields(&runs(tree, block + 1, tree.nodes[block].end), labels)?,
        _ => return None,
    };
    Some(BlockFields {
        is_whole: is_carried(tree, block),
        fields,
    })
}

/// Whether a key can make a block metadata. A title or a link alone stands in prose too.
fn is_document_key(key: Option<Key>) -> bool {
    !matches!(key, None | Some(Key::Title | Key::Email | Key::Attendees))
}

/// Whether fields carry all that the block holds: not its images, HTML, notes or blocks of code.
fn is_carried(tree: &Tree<'_>, block: usize) -> bool {
    tree.nodes[block..tree.nodes[block].end]
        .iter()
        .all(|node| match &node.kind {
            Kind::Open(tag) => !matches!(
                tag,
                Tag::Image { .. }
                    | Tag::CodeBlock(_)
                    | Tag::HtmlBlock
                    | Tag::Heading { .. }
                    | Tag::FootnoteDefinition(_)
            ),
            Kind::Leaf(Event::InlineHtml(html)) => html.starts_with("<!--") || html.starts_with("<br"),
            Kind::Leaf(event) => !matches!(
                event,
                Event::Html(_) | Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_)
            ),
        })
}

/// The fields of lines of text. What continues a value is added to it; other lines without
/// a label are remarks, and a paragraph of mostly such lines is prose.
fn lines_fields<'t>(paragraph: &[Run<'t>], labels: &Labels) -> Option<Vec<Field<'t>>> {
    let mut out: Vec<Field<'t>> = Vec::new();
    let (mut remarks, mut total) = (0, 0);
    for line in lines(paragraph) {
        total += 1;
        if let Some(parts) = split(line).filter(|parts| is_plausible(parts, labels)) {
            out.extend(
                parts
                    .into_iter()
                    .map(|part| field(part.label, vec![value(part.value, None)], labels)),
            );
            continue;
        }
        match out.last_mut() {
            // What stands before every label is a sentence of the paragraph.
            None => return None,
            Some(field) if !field.label.is_empty() && goes_on(field) => {
                if let Some(value) = field.values.last_mut() {
                    value.runs.extend_from_slice(line);
                    value.span = span_of(&value.runs);
                }
            }
            Some(_) => {
                remarks += 1;
                out.push(field(String::new(), vec![value(line.to_vec(), None)], labels));
            }
        }
    }
    (remarks * 2 < total.max(1) && !out.is_empty()).then_some(out)
}

/// Whether a value is continued on the next line: it is empty so far, or ends in a comma.
fn goes_on(field: &Field<'_>) -> bool {
    field
        .values
        .last()
        .is_some_and(|value| value.runs.is_empty() || value.text().ends_with([',', ';', '&']))
}

/// Whether labelled parts are facts rather than a sentence with a colon: bold, or known.
fn is_plausible(parts: &[Labelled<'_>], labels: &Labels) -> bool {
    parts.iter().any(|part| {
        part.bold || labels.key(super::label::Scope::Document, &part.label).is_some() || part.label.len() <= 24
    })
}

fn field<'t>(label: String, values: Vec<Value<'t>>, labels: &Labels) -> Field<'t> {
    if label.is_empty() {
        return Field {
            label,
            key: None,
            values,
        };
    }
    Field::new(label, values, labels)
}

fn value<'t>(runs: Vec<Run<'t>>, ticked: Option<bool>) -> Value<'t> {
    Value {
        span: span_of(&runs),
        runs,
        ticked,
    }
}

fn list_fields<'t>(tree: &'t Tree<'_>, list: usize, labels: &Labels) -> Option<Vec<Field<'t>>> {
    let mut out = Vec::new();
    let (mut labelled, mut total) = (0, 0);
    for item in tree.children(list) {
        total += 1;
        let content = ItemText::of(tree, item);
        match lines_of_item(&content, labels) {
            Some(mut fields) => {
                labelled += 1;
                if let Some(last) = fields.last_mut() {
                    let nested = nested_values(tree, item);
                    if !nested.is_empty() {
                        last.values.retain(|value| !value.runs.is_empty());
                        last.values.extend(nested);
                    }
                }
                out.extend(fields);
            }
            None => {
                let mut values = vec![value(content.runs, content.ticked)];
                values.extend(nested_values(tree, item));
                out.push(field(String::new(), values, labels));
            }
        }
    }
    (labelled * 2 >= total && labelled > 0).then_some(out)
}

fn lines_of_item<'t>(content: &ItemText<'t>, labels: &Labels) -> Option<Vec<Field<'t>>> {
    let mut parts = Vec::new();
    for line in lines(&content.runs) {
        match split(line) {
            Some(found) if parts.is_empty() || found.iter().all(|part| part.bold) => parts.extend(found),
            // In a list a line without a bold label goes on with the value before it.
            _ => {
                let last: &mut Labelled<'t> = parts.last_mut()?;
                if let Some(first) = line.first() {
                    last.value.push(Run {
                        text: " ",
                        is_break: true,
                        ..first.clone()
                    });
                }
                last.value.extend_from_slice(line);
            }
        }
    }
    let fields = parts
        .into_iter()
        .map(|part| field(part.label, vec![value(part.value, content.ticked)], labels))
        .collect::<Vec<_>>();
    (!fields.is_empty()).then_some(fields)
}

/// The items of the lists within a list item, at any depth.
fn nested_values<'t>(tree: &'t Tree<'_>, item: usize) -> Vec<Value<'t>> {
    (item + 1..tree.nodes[item].end)
        .filter(|&node| matches!(tree.tag(node), Some(Tag::Item)))
        .map(|node| {
            let content = ItemText::of(tree, node);
            value(content.runs, content.ticked)
        })
        .filter(|value| !value.runs.is_empty())
        .collect()
}

/// The text of a list item up to its first nested block, and its tick.
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
                Kind::Leaf(Event::TaskListMarker(done)) => {
                    ticked = Some(*done);
                    start = child + 1;
                }
                Kind::Open(Tag::Paragraph) => {
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
                Kind::Open(tag) if super::tree::is_block(tag) => {
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

/// The fields of a table of two columns, its head included: a label and its value in a row.
fn table_fields<'t>(tree: &'t Tree<'_>, table: usize, labels: &Labels) -> Option<Vec<Field<'t>>> {
    let mut out = Vec::new();
    for row in tree.children(table) {
        let cells: Vec<Vec<Run<'t>>> = tree
            .children(row)
            .map(|cell| runs(tree, cell + 1, tree.nodes[cell].end))
            .collect();
        let [label, content] = cells.as_slice() else {
            return None;
        };
        let name = words(label).trim_end_matches(':').trim().to_owned();
        if name.is_empty() && words(content).is_empty() {
            continue;
        }
        out.push(field(name, vec![value(content.clone(), None)], labels));
    }
    let known = out
        .iter()
        .filter(|field| is_document_key(field.key) && field.key != Some(Key::Link))
        .count();
    (known > 0 && known * 4 >= out.len()).then_some(out)
}

/// The whole lines that hold `span`, with the blank lines after them.
pub(crate) fn whole_lines(text: &str, span: Span) -> Span {
    let bytes = text.as_bytes();
    let start = bytes[..span.start.min(bytes.len())]
        .iter()
        .rposition(|&byte| byte == b'\n')
        .map_or(0, |newline| newline + 1);
    let trimmed = span.start + span.of(text).trim_end().len();
    let mut end = trimmed;
    while end < bytes.len() {
        let line_end = bytes[end..]
            .iter()
            .position(|&byte| byte == b'\n')
            .map_or(bytes.len(), |newline| end + newline + 1);
        if end != trimmed && !text[end..line_end].trim().is_empty() {
            break;
        }
        end = line_end;
    }
    Span::new(start, end)
}

/// The start of the line after the one on which `span` ends.
pub(crate) fn line_end(text: &str, span: Span) -> usize {
    let end = span.start + span.of(text).trim_end().len();
    text[end..].find('\n').map_or(text.len(), |newline| end + newline + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Dialect};

    fn read(text: &str) -> Vec<(String, String)> {
        let tree = Tree::parse(text, 0, Dialect::default());
        let labels = Labels::new(&Config::default());
        block_fields(&tree, 0, &labels)
            .map(|block| {
                block
                    .fields
                    .iter()
                    .map(|field| (field.label.clone(), field.text()))
                    .collect()
            })
            .unwrap_or_default()
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

    #[test]
    fn whole_lines_take_the_blank_lines_after_them() {
        let text = "a\r\n\r\nb c\r\n\r\n\r\nd";
        assert_eq!(whole_lines(text, Span::new(5, 8)).of(text), "b c\r\n\r\n\r\n");
        assert_eq!(whole_lines(text, Span::new(15, 16)).of(text), "d");
    }
}
