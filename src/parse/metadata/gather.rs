//! Collects a document's labelled facts from every place where authors put them, and notes
//! which blocks the header card may replace.

use mdbook_markdown::pulldown_cmark::{Event, Tag};

use crate::model::IndexKind;
use crate::parse::markdown::inline::{Run, lines, runs, span_of};
use crate::parse::markdown::item::ItemText;
use crate::parse::markdown::lines::whole_lines;
use crate::parse::markdown::tree::Tree;
use crate::parse::metadata::cut::keep_seams;
use crate::parse::metadata::field::{Field, Value, field, value};
use crate::parse::metadata::footer::footer;
use crate::parse::metadata::front_matter::FrontMatter;
use crate::parse::metadata::header_fields::{adopt_list, block_fields};
use crate::parse::metadata::header_table::people_of;
use crate::parse::record::section::Section;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Key;
use crate::parse::vocabulary::concept::Scope;
use crate::parse::vocabulary::topics::Topic;
use crate::source::Span;

/// The facts of one document, by where they stand.
#[derive(Debug, Default)]
pub(crate) struct Gathered<'t> {
    /// YAML at the top.
    pub(crate) front_matter: Vec<Field<'t>>,
    /// The lines, list or table at the top.
    pub(crate) header: Vec<Field<'t>>,
    /// Sections that are a fact each: `## Status`.
    pub(crate) sections: Vec<Field<'t>>,
    /// A `## Metadata` section.
    pub(crate) metadata: Vec<Field<'t>>,
    /// The last lines.
    pub(crate) footer: Vec<Field<'t>>,
    /// Keys below other keys of the YAML.
    pub(crate) nested: Vec<Field<'t>>,
    /// The blocks that say nothing else, as whole lines.
    pub(crate) replaced: Vec<Span>,
    /// The heading under which the header stands, where that is not the title.
    pub(crate) below: Option<usize>,
    /// The first node behind the blocks of the header.
    pub(crate) header_end: usize,
}

impl<'t> Gathered<'t> {
    /// Every field, the most telling place first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Field<'t>> {
        self.front_matter
            .iter()
            .chain(&self.header)
            .chain(&self.metadata)
            .chain(&self.sections)
            .chain(&self.footer)
            .chain(&self.nested)
    }
}

/// Collects the facts of a chapter.
pub(crate) fn gather<'t>(
    tree: &'t Tree<'_>,
    front: &'t FrontMatter,
    sections: &[Section],
    title: Option<usize>,
    vocabulary: &Vocabulary<'_>,
) -> Gathered<'t> {
    let mut out = Gathered::default();
    front_matter(front, vocabulary, &mut out);
    header(tree, sections, title, vocabulary, &mut out);
    metadata_sections(tree, sections, vocabulary, &mut out);
    fact_sections(tree, sections, vocabulary, &mut out);
    let footer = footer(tree, sections, out.header_end, vocabulary);
    out.footer = footer.fields;
    out.replaced.extend(footer.replaced);
    keep_seams(tree, &mut out.replaced);
    out.replaced.sort_unstable();
    out
}

fn front_matter<'t>(front: &'t FrontMatter, vocabulary: &Vocabulary<'_>, out: &mut Gathered<'t>) {
    for entry in &front.entries {
        let values: Vec<Value<'t>> = entry
            .values
            .iter()
            .filter(|text| !text.is_empty())
            .map(|text| Value {
                runs: vec![yaml_run(text, entry.span)],
                ticked: None,
                span: entry.span,
            })
            .collect();
        let field = Field::new(entry.key.as_str().into(), values, vocabulary);
        // A key below another tells of that part first, `signoff › status`; of the document
        // only where nothing else does.
        if entry.key.contains('›') {
            out.nested.push(field)
        } else {
            out.front_matter.push(field)
        }
    }
    for comment in &front.comments {
        let values = comment.values.iter().map(|text| Value {
            runs: vec![yaml_run(text, comment.span)],
            ticked: None,
            span: comment.span,
        });
        // It says something about the key, and is no value of it.
        out.front_matter.push(Field {
            label: comment.key.as_str().into(),
            key: None,
            values: values.collect(),
        });
    }
    out.front_matter.sort_by_key(|field| field.span().start);
    if !front.span.is_empty() {
        out.replaced.push(front.span);
    }
}

fn yaml_run(text: &str, span: Span) -> Run<'_> {
    Run::plain(text, span)
}

/// How many blocks below the title may hold metadata; further down it is the document.
const HEADER_BLOCKS: usize = 12;

/// The metadata before the first heading that is not the title.
fn header<'t>(
    tree: &'t Tree<'_>,
    sections: &[Section],
    title: Option<usize>,
    vocabulary: &Vocabulary<'_>,
    out: &mut Gathered<'t>,
) {
    let nodes = tree.nodes.len();
    let heading = |index: usize| sections.get(index).map_or(nodes, |section| section.heading);
    header_blocks(tree, 0, heading(usize::from(title.is_some())), title, vocabulary, out);
    if title.is_none() && out.header.is_empty() && !sections.is_empty() {
        // The first heading is no title (`# Summary`), and the facts may still stand below it.
        header_blocks(tree, heading(0), heading(1), Some(heading(0)), vocabulary, out);
        out.below = Some(heading(0)).filter(|_| !out.header.is_empty());
    }
    if out.header.is_empty() {
        byline(tree, title.unwrap_or(0), vocabulary, out);
    }
}

/// The metadata among the blocks between two nodes.
fn header_blocks<'t>(
    tree: &'t Tree<'_>,
    start: usize,
    end: usize,
    title: Option<usize>,
    vocabulary: &Vocabulary<'_>,
    out: &mut Gathered<'t>,
) {
    for block in tree
        .siblings(start, end)
        .filter(|block| Some(*block) != title)
        .take(HEADER_BLOCKS)
    {
        if block < out.header_end {
            continue;
        }
        if let Some(mut found) = block_fields(tree, block, vocabulary) {
            // A second header in one file is another document's.
            let repeats = |key| {
                out.header.iter().any(|field| field.key == Some(key))
                    && found.fields.iter().any(|field| field.key == Some(key))
            };
            if repeats(Key::Status) || repeats(Key::Author) {
                break;
            }
            let last = adopt_list(tree, block, &mut found, vocabulary).unwrap_or(block);
            if found.is_whole {
                let span = tree.nodes[block].span.to(tree.nodes[last].span);
                out.replaced.push(whole_lines(tree.text, span));
            }
            out.header_end = tree.nodes[last].end;
            out.header.extend(found.fields);
        }
    }
}

/// Facts without labels in the first paragraph: `Ada Obi⏎August 27, 2018`, `Created 2026-01-02
/// by Ada Obi.` They are read, and stay where they are.
fn byline<'t>(tree: &'t Tree<'_>, title: usize, vocabulary: &Vocabulary<'_>, out: &mut Gathered<'t>) {
    let Some(after) = tree.nodes.get(title).map(|node| node.end) else {
        return;
    };
    let Some(Tag::Paragraph) = tree.tag(after) else { return };
    let paragraph = runs(tree, after + 1, tree.nodes[after].end);
    for (key, runs) in crate::parse::metadata::byline::read(&paragraph, vocabulary) {
        let value = Value {
            span: span_of(&runs),
            runs,
            ticked: None,
        };
        out.header.push(Field {
            label: key.0.into(),
            key: Some(key.1),
            values: vec![value],
        });
    }
}

/// `## Metadata`: replaced as a whole where it holds nothing but facts.
fn metadata_sections<'t>(
    tree: &'t Tree<'_>,
    sections: &[Section],
    vocabulary: &Vocabulary<'_>,
    out: &mut Gathered<'t>,
) {
    for section in sections.iter().filter(|section| section.topics.has(Topic::Metadata)) {
        let mut whole = true;
        let mut spans = Vec::new();
        let mut rules = Vec::new();
        let mut adopted = 0;
        for block in section.own(tree) {
            if block < adopted {
                continue;
            }
            if let Some(Event::Rule) = tree.leaf(block) {
                rules.push(tree.nodes[block].span);
            } else if let Some(mut found) =
                block_fields(tree, block, vocabulary).or_else(|| loose_fields(tree, block, vocabulary))
            {
                let last = adopt_list(tree, block, &mut found, vocabulary).unwrap_or(block);
                adopted = tree.nodes[last].end;
                whole &= found.is_whole;
                if found.is_whole {
                    let span = tree.nodes[block].span.to(tree.nodes[last].span);
                    spans.push(whole_lines(tree.text, span));
                }
                out.metadata.extend(found.fields);
            } else if !is_comment(tree, block, vocabulary) {
                whole = false;
            }
        }
        if spans.is_empty() {
            continue;
        }
        if whole && section.own_end == section.end {
            spans.push(whole_lines(tree.text, tree.nodes[section.heading].span));
            spans.extend(rules.into_iter().map(|rule| whole_lines(tree.text, rule)));
        }
        out.replaced.extend(spans);
    }
}

/// Where nothing else is left, a heading would stand above nothing, or above what is not its own:
/// the table of contents. An index it may well be the heading of.
fn is_comment(tree: &Tree<'_>, block: usize, vocabulary: &Vocabulary<'_>) -> bool {
    let is_html = matches!(tree.tag(block), Some(Tag::HtmlBlock));
    let text = crate::parse::markdown::comment::comment(tree.source(block)).filter(|_| is_html);
    text.is_some_and(|text| IndexKind::named(text, vocabulary.config).is_none())
}

/// Within a metadata section a list of labels counts whatever its labels are.
fn loose_fields<'t>(
    tree: &'t Tree<'_>,
    block: usize,
    vocabulary: &Vocabulary<'_>,
) -> Option<crate::parse::metadata::header_fields::BlockFields<'t>> {
    crate::parse::metadata::header_fields::labelled_list(tree, block, vocabulary)
}

/// The sections that are a fact each.
const FACTS: [(Topic, &str, Key); 6] = [
    (Topic::Status, "Status", Key::Status),
    (Topic::Date, "Date", Key::Date),
    (Topic::Authors, "Authors", Key::Author),
    (Topic::Deciders, "Deciders", Key::Decider),
    (Topic::Reviewers, "Reviewers", Key::Reviewer),
    (Topic::Approvers, "Approvers", Key::Approver),
];

/// Sections whose heading is the label.
fn fact_sections<'t>(tree: &'t Tree<'_>, sections: &[Section], vocabulary: &Vocabulary<'_>, out: &mut Gathered<'t>) {
    headings_with_values(tree, sections, vocabulary, out);
    for section in sections {
        if section.topics.has(Topic::Timeline) {
            timeline(tree, section, vocabulary, out);
            continue;
        }
        let Some((_, label, key)) = FACTS.into_iter().find(|(topic, ..)| section.topics.has(*topic)) else {
            continue;
        };
        let is_review = matches!(key, Key::Reviewer | Key::Approver);
        let values = if is_review {
            review_list(tree, section, key, vocabulary)
        } else {
            section_values(tree, section)
        };
        // A section of prose about the state of things is no status.
        let values: Vec<_> = values
            .into_iter()
            .filter(|value| key != Key::Status || is_short(value))
            .collect();
        if !values.is_empty() {
            out.sections.push(Field {
                label: label.into(),
                key: Some(key),
                values,
            });
        }
    }
}

/// `## Status: Accepted`, as long as no other section stands before it: further down it is the
/// status of a part.
fn headings_with_values<'t>(
    tree: &'t Tree<'_>,
    sections: &[Section],
    vocabulary: &Vocabulary<'_>,
    out: &mut Gathered<'t>,
) {
    for section in sections.iter().skip_while(|section| section.level == 1) {
        let node = section.heading;
        let heading = runs(tree, node + 1, tree.nodes[node].end);
        let key = crate::parse::record::label::first(&heading)
            .and_then(|(label, _)| vocabulary.key(Scope::Document, &label))
            .filter(|key| !matches!(key, Key::Title | Key::Link | Key::Attendees));
        let part = key.and_then(|_| {
            crate::parse::record::label::split(&heading, vocabulary)?
                .into_iter()
                .next()
        });
        match (part, key) {
            (Some(part), Some(_)) => {
                let values = vec![value(part.value, None)];
                out.sections.push(field(part.label, values, vocabulary));
            }
            _ if !section.topics.is_empty() => {}
            _ => break,
        }
    }
}

/// Whether a value is a word with a remark, or a link to what came after it, rather than a sentence.
fn is_short(value: &Value<'_>) -> bool {
    value.text().split(' ').count() <= 8 || value.runs.iter().any(|run| run.link.is_some())
}

/// The lines of a section's paragraphs and the items of its lists; a section of more than a
/// few of them is prose.
fn section_values<'t>(tree: &'t Tree<'_>, section: &Section) -> Vec<Value<'t>> {
    let mut out = Vec::new();
    for block in section.own(tree) {
        match tree.tag(block) {
            Some(Tag::Paragraph) => {
                let paragraph = runs(tree, block + 1, tree.nodes[block].end);
                out.extend(lines(&paragraph).map(|line| Value {
                    runs: line.to_vec(),
                    ticked: None,
                    span: span_of(line),
                }));
            }
            Some(Tag::List(_)) => out.extend(tree.children(block).map(|item| item_value(tree, item))),
            _ => {}
        }
    }
    out.retain(|value| !value.runs.is_empty());
    out
}

fn item_value<'t>(tree: &'t Tree<'_>, item: usize) -> Value<'t> {
    let content = ItemText::of(tree, item);
    Value {
        span: span_of(&content.runs),
        ticked: content.ticked,
        runs: content.runs,
    }
}

/// The people of a review list: the items of a task list, a plain list under a heading that
/// can mean nothing else, or the first column of a table of reviewers.
fn review_list<'t>(tree: &'t Tree<'_>, section: &Section, key: Key, vocabulary: &Vocabulary<'_>) -> Vec<Value<'t>> {
    let mut out = Vec::new();
    for block in section.own(tree) {
        match tree.tag(block) {
            Some(Tag::List(_)) => {
                let values: Vec<Value<'t>> = tree.children(block).map(|item| item_value(tree, item)).collect();
                let is_list_of_people =
                    section.words.starts_with("reviewers") || section.words.starts_with("approvers");
                out.extend(
                    values
                        .into_iter()
                        .filter(|value| value.ticked.is_some() || is_list_of_people),
                );
            }
            Some(Tag::Table(_)) => {
                let by_name = !section.words.starts_with("review") || section.words.starts_with("reviewers");
                out.extend(people_of(tree, block, key, by_name, vocabulary));
            }
            _ => {}
        }
    }
    out
}

/// `- Started: 2026-01-02`: a timeline gives dates, and nothing else of it is metadata.
fn timeline<'t>(tree: &'t Tree<'_>, section: &Section, vocabulary: &Vocabulary<'_>, out: &mut Gathered<'t>) {
    for block in section.own(tree) {
        if let Some(found) = block_fields(tree, block, vocabulary) {
            let dates = found
                .fields
                .into_iter()
                .filter(|field| matches!(field.key, Some(Key::Created | Key::Updated)));
            out.sections.extend(dates);
        }
    }
}
