//! Where a document's labelled facts stand: at its top, in a metadata section, in its footer,
//! in sections of their own; as lines, lists, tables or a quotation.

use pulldown_cmark::{Event, Tag};

use crate::parse::markdown::inline::{Run, broken_lines, lines, runs, span_of, words};
use crate::parse::markdown::item::ItemText;
use crate::parse::markdown::tree::{Kind, Tree};
use crate::parse::metadata::field::{Field, Value, field, is_document_key, value};
use crate::parse::metadata::header::known::split_line;
use crate::parse::metadata::header::table::table_fields;
use crate::parse::record::label::Labelled;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Key;
use crate::parse::vocabulary::concept::Scope;

/// The fields of a block, and whether the block may be replaced by them.
#[derive(Debug, Default)]
pub(crate) struct BlockFields<'t> {
    pub(crate) fields: Vec<Field<'t>>,
    /// Whether the fields say all that the block says.
    pub(crate) is_whole: bool,
}

/// Reads the fields of a block; None where it is no metadata.
pub(crate) fn block_fields<'t>(
    tree: &'t Tree<'_>,
    block: usize,
    vocabulary: &Vocabulary<'_>,
) -> Option<BlockFields<'t>> {
    let fields = match tree.tag(block)? {
        Tag::Paragraph => lines_fields(&runs(tree, block + 1, tree.nodes[block].end), vocabulary)?,
        Tag::List(_) => list_fields(tree, block, vocabulary)?,
        Tag::DefinitionList => definitions(tree, block, vocabulary)?,
        Tag::Table(_) => {
            let (fields, is_whole) = table_fields(tree, block, vocabulary)?;
            return Some(BlockFields {
                fields,
                is_whole: is_whole && is_carried(tree, block),
            });
        }
        Tag::BlockQuote(_) => {
            let blocks: Vec<_> = tree
                .children(block)
                .map(|child| block_fields(tree, child, vocabulary))
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
pub(crate) fn labelled_list<'t>(
    tree: &'t Tree<'_>,
    block: usize,
    vocabulary: &Vocabulary<'_>,
) -> Option<BlockFields<'t>> {
    let fields = match tree.tag(block)? {
        Tag::List(_) => list_fields(tree, block, vocabulary)?,
        Tag::Paragraph => lines_fields(&runs(tree, block + 1, tree.nodes[block].end), vocabulary)?,
        _ => return None,
    };
    Some(BlockFields {
        is_whole: is_carried(tree, block),
        fields,
    })
}

/// Takes the list below a block whose last label names people but has no value, `**Reviewers:**`,
/// as that value; the list's node.
pub(crate) fn adopt_list<'t>(
    tree: &'t Tree<'_>,
    block: usize,
    found: &mut BlockFields<'t>,
    vocabulary: &Vocabulary<'_>,
) -> Option<usize> {
    let last = found.fields.last_mut()?;
    let names_people = matches!(
        last.key,
        Some(Key::Author | Key::Reviewer | Key::Approver | Key::Decider)
    );
    let list = tree.nodes[block].end;
    if !names_people
        || last.values.iter().any(|value| !value.runs.is_empty())
        || !matches!(tree.tag(list), Some(Tag::List(_)))
    {
        return None;
    }
    last.values = nested_values(tree, list);
    // To Markdown a line right below a list belongs to its last item, whatever its label.
    let rest = last.values.last_mut().and_then(|value| cut_at_label(value, vocabulary));
    found.is_whole &= is_carried(tree, list);
    found.fields.extend(
        rest.and_then(|rest| lines_fields(&rest, vocabulary))
            .into_iter()
            .flatten(),
    );
    Some(list)
}

/// Cuts a value where a line of it begins with a known label; what was cut off.
fn cut_at_label<'t>(value: &mut Value<'t>, vocabulary: &Vocabulary<'_>) -> Option<Vec<Run<'t>>> {
    let is_label = |line: &[Run<'t>]| {
        split_line(line, vocabulary).is_some_and(|parts| {
            parts
                .first()
                .is_some_and(|part| vocabulary.key(Scope::Document, &part.label).is_some())
        })
    };
    let breaks = value.runs.iter().enumerate().filter(|(_, run)| run.is_break);
    let at = breaks
        .map(|(at, _)| at)
        .find(|at| lines(&value.runs[at + 1..]).next().is_some_and(is_label))?;
    let rest = value.runs.split_off(at);
    value.span = span_of(&value.runs);
    Some(rest)
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
fn lines_fields<'t>(paragraph: &[Run<'t>], vocabulary: &Vocabulary<'_>) -> Option<Vec<Field<'t>>> {
    let mut out: Vec<Field<'t>> = Vec::new();
    let (mut remarks, mut total) = (0, 0);
    for (before, line) in broken_lines(paragraph) {
        if is_alert_mark(line) {
            continue;
        }
        total += 1;
        if let Some(parts) = split_line(line, vocabulary).filter(|parts| is_plausible(parts, vocabulary)) {
            out.extend(
                parts
                    .into_iter()
                    .map(|part| field(part.label, vec![value(part.value, None)], vocabulary)),
            );
            continue;
        }
        match out.last_mut() {
            // What stands before every label is a sentence of the paragraph.
            None => return None,
            Some(field) if !field.label.is_empty() && goes_on(field, before) => {
                if let Some(value) = field.values.last_mut() {
                    value.runs.extend(before);
                    value.runs.extend_from_slice(line);
                    value.span = span_of(&value.runs);
                }
            }
            Some(_) => {
                remarks += 1;
                out.push(field("".into(), vec![value(line.to_vec(), None)], vocabulary));
            }
        }
    }
    (remarks * 2 < total.max(1) && !out.is_empty()).then_some(out)
}

/// `[!WARNING]`, which only newer versions of mdBook take for the kind of a quotation.
fn is_alert_mark(line: &[Run<'_>]) -> bool {
    let text = words(line);
    text.strip_prefix("[!")
        .and_then(|text| text.strip_suffix(']'))
        .is_some_and(|kind| kind.bytes().all(|byte| byte.is_ascii_uppercase()))
}

/// Whether a value is continued behind `between`: it is empty so far, ends in a comma, a quotation
/// in it is still open, or it names people of whom each has a line.
fn goes_on(field: &Field<'_>, between: Option<Run<'_>>) -> bool {
    let names_people = matches!(
        field.key,
        Some(Key::Author | Key::Reviewer | Key::Approver | Key::Decider)
    );
    let is_open = |value: &Value<'_>| {
        let text = value.text();
        let is_quoted = text.contains('"') && text.matches('"').count() % 2 == 1;
        value.runs.is_empty() || text.ends_with([',', ';', '&']) || is_quoted
    };
    names_people && between.is_some_and(|run| run.is_html_break()) || field.values.last().is_some_and(is_open)
}

/// Whether labelled parts are facts rather than a sentence with a colon: bold, or known.
fn is_plausible(parts: &[Labelled<'_>], vocabulary: &Vocabulary<'_>) -> bool {
    parts
        .iter()
        .any(|part| part.bold || vocabulary.key(Scope::Document, &part.label).is_some() || part.label.len() <= 24)
}

fn list_fields<'t>(tree: &'t Tree<'_>, list: usize, vocabulary: &Vocabulary<'_>) -> Option<Vec<Field<'t>>> {
    let mut out = Vec::new();
    let (mut labelled, mut total) = (0, 0);
    for item in tree.children(list) {
        total += 1;
        let content = ItemText::of(tree, item);
        match lines_of_item(&content, vocabulary) {
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
                out.push(field("".into(), values, vocabulary));
            }
        }
    }
    (labelled * 2 >= total && labelled > 0).then_some(out)
}

fn lines_of_item<'t>(content: &ItemText<'t>, vocabulary: &Vocabulary<'_>) -> Option<Vec<Field<'t>>> {
    let mut parts = Vec::new();
    for (before, line) in broken_lines(&content.runs) {
        match split_line(line, vocabulary) {
            Some(found) if parts.is_empty() || found.iter().all(|part| part.bold) => parts.extend(found),
            // In a list a line without a bold label goes on with the value before it.
            _ => {
                let last: &mut Labelled<'t> = parts.last_mut()?;
                last.value.extend(before);
                last.value.extend_from_slice(line);
            }
        }
    }
    let fields = parts
        .into_iter()
        .map(|part| field(part.label, vec![value(part.value, content.ticked)], vocabulary))
        .collect::<Vec<_>>();
    (!fields.is_empty()).then_some(fields)
}

/// `Author⏎: Ada Obi`.
fn definitions<'t>(tree: &'t Tree<'_>, list: usize, vocabulary: &Vocabulary<'_>) -> Option<Vec<Field<'t>>> {
    let mut out: Vec<Field<'t>> = Vec::new();
    for node in tree.children(list) {
        let content = match tree.tag(tree.nodes[node].end.min(node + 1)) {
            Some(Tag::Paragraph) => runs(tree, node + 2, tree.nodes[node + 1].end),
            _ => runs(tree, node + 1, tree.nodes[node].end),
        };
        match (tree.tag(node), out.last_mut()) {
            (Some(Tag::DefinitionListTitle), _) => {
                let label = words(&content).trim_end_matches(':').to_owned().into();
                out.push(field(label, Vec::new(), vocabulary));
            }
            (_, Some(last)) => {
                last.values.push(value(content, None));
            }
            _ => return None,
        }
    }
    Some(out)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Dialect;

    fn read(text: &str) -> Vec<(String, String)> {
        let tree = Tree::parse(text, 0, Dialect::default());
        let vocabulary = Vocabulary::english();
        block_fields(&tree, 0, &vocabulary)
            .map(|block| {
                block
                    .fields
                    .iter()
                    .map(|field| (field.label.to_string(), field.text().into_owned()))
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
}
