//! Collects a document's labelled facts from every place where authors put them, and records which
//! blocks the header card may replace.

mod block;
mod byline;
mod footer;
mod labels;
mod seams;
mod sections;
mod table;
mod top;

use pulldown_cmark::{Event, Tag};

use crate::parse::markdown::comment::{comment, marker};
use crate::parse::markdown::inline::Run;
use crate::parse::markdown::tree::Tree;
use crate::parse::metadata::field::{Field, Value};
use crate::parse::metadata::front_matter::{Entry, FrontMatter};
use crate::parse::record::section::Section;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::topics::Topic;
use crate::source::Span;
use seams::keep_seams;

/// The facts of one document, by place.
#[derive(Debug, Default)]
pub(crate) struct CollectedFields<'t> {
    /// YAML at the top.
    pub(crate) front_matter: Vec<Field<'t>>,
    /// The lines, list or table at the top.
    pub(crate) header: Vec<Field<'t>>,
    /// Sections that each state one fact: `## Status`.
    pub(crate) sections: Vec<Field<'t>>,
    /// A `## Metadata` section.
    pub(crate) metadata: Vec<Field<'t>>,
    /// The last lines.
    pub(crate) footer: Vec<Field<'t>>,
    /// Nested keys of the YAML.
    pub(crate) nested: Vec<Field<'t>>,
    /// The blocks that hold only metadata, as whole lines.
    pub(crate) replaced: Vec<Span>,
    /// The heading above the header, if that is not the title.
    pub(crate) below: Option<usize>,
    /// The first node after the blocks of the header.
    header_end: usize,
}

impl<'t> CollectedFields<'t> {
    /// Every field, the most authoritative place first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Field<'t>> {
        self.own().chain(&self.nested)
    }

    /// The fields about the document itself. A nested YAML key, `signoff › status`, primarily
    /// describes that part. It describes the document only if no other field does.
    pub(crate) fn own(&self) -> impl Iterator<Item = &Field<'t>> {
        let places = [
            &self.front_matter, &self.header, &self.metadata, &self.sections, &self.footer,
        ];
        places.into_iter().flatten()
    }

    fn take_front_matter(&mut self, front: &'t FrontMatter, vocabulary: &Vocabulary<'_>) {
        let values = |entry: &'t Entry| {
            let texts = entry.values.iter().filter(|text| !text.is_empty());
            let values = texts.map(|text| Value::new(vec![Run::plain(text, entry.span)], None));
            values.collect::<Vec<_>>()
        };
        for entry in &front.entries {
            let field = Field::new(entry.key.as_str().into(), values(entry), vocabulary);
            match entry.key.contains('›') {
                true => self.nested.push(field),
                false => self.front_matter.push(field),
            }
        }
        // A comment is a remark about the key, not its value.
        self.front_matter.extend(front.comments.iter().map(|comment| Field {
            label: comment.key.as_str().into(),
            key: None,
            values: values(comment),
        }));
        self.front_matter.sort_by_key(|field| field.span().start);
        self.replaced.extend(Some(front.span).filter(|span| !span.is_empty()));
    }
}

/// The context that the readers of metadata share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FieldReader<'t> {
    pub(crate) tree: &'t Tree<'t>,
    pub(crate) sections: &'t [Section],
    /// The node of the title.
    pub(crate) title: Option<usize>,
    pub(crate) vocabulary: &'t Vocabulary<'t>,
}

/// Collects the facts of a chapter.
pub(crate) fn collect_fields<'t>(
    tree: &'t Tree<'_>,
    front: &'t FrontMatter,
    sections: &'t [Section],
    title: Option<usize>,
    vocabulary: &'t Vocabulary<'_>,
) -> CollectedFields<'t> {
    let reader = FieldReader {
        tree,
        sections,
        title,
        vocabulary,
    };
    let mut out = CollectedFields::default();
    out.take_front_matter(front, vocabulary);
    reader.header(&mut out);
    for section in sections.iter().filter(|section| section.topics.has(Topic::Metadata)) {
        reader.metadata_section(section, &mut out);
    }
    reader.fact_sections(&mut out);
    reader.footer(&mut out);
    keep_seams(tree, &mut out.replaced);
    out.replaced.sort_unstable();
    out
}

impl<'t> FieldReader<'t> {
    /// `## Metadata`: replaced entirely if it holds only facts.
    fn metadata_section(self, section: &Section, out: &mut CollectedFields<'t>) {
        let mut is_whole = section.own_end == section.end;
        let (mut replaced, mut rules) = (Vec::new(), Vec::new());
        let mut read_to = 0;
        for block in section.own(self.tree) {
            if block < read_to {
                continue;
            }
            if let Some(Event::Rule) = self.tree.leaf(block) {
                rules.push(self.whole_lines(block));
            } else if let Some(found) = self.labelled(block).map(|found| self.with_list(found)) {
                read_to = found.end;
                is_whole &= found.is_whole;
                replaced.extend(found.is_whole.then_some(found.lines));
                out.metadata.extend(found.fields);
            } else {
                is_whole &= self.is_comment(block);
            }
        }
        if is_whole && !replaced.is_empty() {
            replaced.push(self.whole_lines(section.heading));
            replaced.extend(rules);
        }
        out.replaced.extend(replaced);
    }

    /// Whether a block is a comment that does not depend on the heading above it, such as the
    /// marker of the table of contents. The marker of an index may depend on it.
    fn is_comment(self, block: usize) -> bool {
        let is_html = matches!(self.tree.tag(block), Some(Tag::HtmlBlock));
        let text = comment(self.tree.source(block)).filter(|_| is_html);
        text.is_some_and(|text| marker::kind(text, self.vocabulary.config).is_none())
    }
}

/// The labels and values of the fields that `read` finds in a chapter.
#[cfg(test)]
fn fields_in(text: &str, read: impl for<'t> Fn(FieldReader<'t>) -> Vec<Field<'t>>) -> Vec<(String, String)> {
    let tree = Tree::parse(text, 0, crate::config::Dialect::default());
    let reader = FieldReader {
        tree: &tree,
        sections: &[],
        title: None,
        vocabulary: &Vocabulary::english(),
    };
    let fields = read(reader);
    let pairs = fields
        .iter()
        .map(|field| (field.label.to_string(), field.text().into_owned()));
    pairs.collect()
}
