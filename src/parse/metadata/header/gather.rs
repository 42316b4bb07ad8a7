//! Collects a document's labelled facts from every place where authors put them, and notes
//! which blocks the header card may replace.

use pulldown_cmark::{Event, Tag};

use crate::config::StatusClass;
use crate::model::{IndexKind, When};
use crate::parse::markdown::inline::{Run, runs};
use crate::parse::markdown::lines::whole_lines;
use crate::parse::markdown::table::Table;
use crate::parse::markdown::tree::Tree;
use crate::parse::metadata::field::{Field, Value, is_document_key, value};
use crate::parse::metadata::front_matter::FrontMatter;
use crate::parse::metadata::header::cut::keep_seams;
use crate::parse::metadata::header::fields::{BlockFields, adopt_list, block_fields, labelled_list};
use crate::parse::metadata::header::footer::footer;
use crate::parse::metadata::header::sections::fact_sections;
use crate::parse::metadata::header::table::has_row_of_labels;
use crate::parse::record::columns::Columns;
use crate::parse::record::section::Section;
use crate::parse::values::date::when;
use crate::parse::values::status::{in_value, is_known, status};
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::{Key, Scope};
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
    /// Whether the title names a log of decisions.
    is_log: bool,
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
    let is_log = |section: &Section| Some(section.heading) == title && section.topics.has(Topic::DecisionLog);
    let mut out = Gathered {
        is_log: sections.iter().any(is_log),
        ..Gathered::default()
    };
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
                runs: vec![Run::plain(text, entry.span)],
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
            runs: vec![Run::plain(text, comment.span)],
            ticked: None,
            span: comment.span,
        });
        // It is a remark about the key, not its value.
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

/// How many blocks below the title may hold metadata; further down it is the document.
const HEADER_BLOCKS: usize = 12;

/// Whether a block is a table of decisions: with one row it looks like a header.
fn is_table_of_decisions(tree: &Tree<'_>, block: usize, vocabulary: &Vocabulary<'_>) -> bool {
    Table::heads(tree, block).is_some_and(|table| {
        Columns::of(&table, Scope::Decision, vocabulary)
            .find(Key::Decision)
            .is_some()
    })
}

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
    let titled = usize::from(title.is_some());
    header_blocks(tree, 0, heading(titled), title, vocabulary, out);
    // The first heading is no title (`# Summary`), or a subtitle stands right below it: the facts may
    // still stand below that. Below `# Decision Log` and `# Open Questions` stand the entries.
    let is_title = |section: &&Section| Some(section.heading) == title;
    let topics = sections.first().filter(is_title).map(|section| section.topics);
    let has_entries = topics.is_some_and(|topics| topics.has(Topic::DecisionLog) || topics.questions().is_some());
    let mut before = title;
    let below = sections.iter().enumerate().skip(titled).take_while(|(at, section)| {
        let others = &sections[at + 1..];
        let goes_on =
            !has_entries && before.is_none_or(|before| is_subtitle(tree, before, section, others, vocabulary));
        before = Some(section.heading);
        goes_on
    });
    for (at, section) in below {
        if !out.header.is_empty() {
            break;
        }
        let (start, end) = (section.heading, heading(at + 1));
        let (replaced, header_end) = (out.replaced.len(), out.header_end);
        header_blocks(tree, start, end, Some(start), vocabulary, out);
        if is_of_page(tree, section, &out.header, title.is_some(), vocabulary) {
            out.below = Some(start);
        } else {
            out.header.clear();
            out.replaced.truncate(replaced);
            out.header_end = header_end;
        }
    }
    if out.header.is_empty() {
        byline(tree, title.unwrap_or(0), vocabulary, out);
    }
}

/// Whether the facts below another heading than the title are those of the document, rather than of
/// the first of its parts. A row of values below a row of labels is a table of that part; below a
/// title that has no facts itself, a status or a day among them must be one.
fn is_of_page(
    tree: &Tree<'_>,
    section: &Section,
    fields: &[Field<'_>],
    is_titled: bool,
    vocabulary: &Vocabulary<'_>,
) -> bool {
    let is_certain = |field: &&Field<'_>| match field.key {
        Some(Key::Status) => {
            let status = status(&field.text(), Span::default(), vocabulary);
            status.is_some_and(|status| is_known(&status))
        }
        Some(Key::Date | Key::Created | Key::Updated) => {
            matches!(when(&field.text(), vocabulary), When::Day(_) | When::Month(_))
        }
        _ => false,
    };
    let known = fields.iter().filter(|field| is_document_key(field.key)).count();
    let mut own = section.own(tree);
    !fields.is_empty()
        && !own.any(|block| has_row_of_labels(tree, block, vocabulary))
        && (!is_titled || known > 1 && fields.iter().any(|field| is_certain(&field)))
}

/// Whether a heading right below the title, or below another such heading, says more of it, rather than begins one of several
/// sections with facts of their own.
fn is_subtitle(
    tree: &Tree<'_>,
    title: usize,
    section: &Section,
    others: &[Section],
    vocabulary: &Vocabulary<'_>,
) -> bool {
    let has_facts = |other: &Section| {
        let mut blocks = other.own(tree);
        blocks
            .next()
            .is_some_and(|block| block_fields(tree, block, vocabulary).is_some())
    };
    let mut others = others.iter().filter(|other| other.level == section.level);
    tree.nodes[title].end == section.heading && section.topics.is_empty() && !others.any(has_facts)
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
    let mut notice = None;
    for block in tree
        .siblings(start, end)
        .filter(|block| Some(*block) != title)
        .take(HEADER_BLOCKS)
    {
        if block < out.header_end {
            continue;
        }
        if out.is_log && is_table_of_decisions(tree, block, vocabulary) {
            continue;
        }
        if let Some(mut found) = block_fields(tree, block, vocabulary) {
            if notice.is_none() && out.header.is_empty() && is_notice(tree, block, &found) {
                notice = Some((block, found));
                continue;
            }
            // A second header in one file is another document's.
            let repeats = |key| {
                out.header.iter().any(|field| field.key == Some(key))
                    && found.fields.iter().any(|field| field.key == Some(key))
            };
            if repeats(Key::Status) || repeats(Key::Author) {
                break;
            }
            let last = adopt_list(tree, block, &mut found, vocabulary).unwrap_or(block);
            add_block(tree, (block, last), found, out);
        }
    }
    if let Some((block, found)) = notice {
        add_notice(tree, block, found, vocabulary, out);
    }
}

/// Adds the fields of the blocks from the first of two up to the last.
fn add_block<'t>(tree: &'t Tree<'_>, (first, last): (usize, usize), found: BlockFields<'t>, out: &mut Gathered<'t>) {
    if found.is_whole {
        let span = tree.nodes[first].span.to(tree.nodes[last].span);
        out.replaced.push(whole_lines(tree.text, span));
    }
    out.header_end = out.header_end.max(tree.nodes[last].end);
    out.header.extend(found.fields);
}

/// Whether a block is a quotation that says how far the document is, and nothing else.
fn is_notice(tree: &Tree<'_>, block: usize, found: &BlockFields<'_>) -> bool {
    let is_status = |field: &Field<'_>| matches!(field.key, Some(Key::Status | Key::SupersededBy));
    matches!(tree.tag(block), Some(Tag::BlockQuote(_))) && found.fields.iter().all(is_status)
}

/// Adds a notice above the header. Without another header it is the header. Otherwise it stays on the
/// page and overrides the header only if it says that the document is no longer valid. Words such as
/// `out of date` are not a status.
fn add_notice<'t>(
    tree: &'t Tree<'_>,
    block: usize,
    found: BlockFields<'t>,
    vocabulary: &Vocabulary<'_>,
    out: &mut Gathered<'t>,
) {
    if !out.header.iter().any(|field| field.key == Some(Key::Status)) {
        return add_block(tree, (block, block), found, out);
    }
    for (at, field) in found.fields.into_iter().enumerate() {
        let values = field.values.iter();
        let status = values
            .filter_map(|value| in_value(&value.runs, value.span, vocabulary))
            .next();
        match status
            .map(|status| status.class)
            .filter(|_| field.key == Some(Key::Status))
        {
            Some(StatusClass::Closed) => out.header.insert(at.min(out.header.len()), field),
            Some(StatusClass::Unknown) => {}
            _ => out.header.push(field),
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
    for (key, runs) in crate::parse::metadata::header::byline::read(&paragraph, vocabulary) {
        out.header.push(Field {
            label: key.0.into(),
            key: Some(key.1),
            values: vec![value(runs, None)],
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
                // Within a metadata section a list of labels counts whatever its labels are.
                block_fields(tree, block, vocabulary).or_else(|| labelled_list(tree, block, vocabulary))
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
