//! The header: the metadata before the first heading that is not the title.

use pulldown_cmark::Tag;

use crate::config::StatusClass;
use crate::model::When;
use crate::parse::markdown::table::Table;
use crate::parse::metadata::field::{Field, Value, is_document_key};
use crate::parse::metadata::header::block::BlockFields;
use crate::parse::metadata::header::{CollectedFields, FieldReader, byline};
use crate::parse::record::columns::Columns;
use crate::parse::record::section::Section;
use crate::parse::values::date::when;
use crate::parse::values::status::{in_value, known_status};
use crate::parse::vocabulary::concept::{Key, Scope};
use crate::parse::vocabulary::topics::{Topic, Topics};

/// How many blocks below the title may hold metadata; later blocks are the body of the document.
const HEADER_BLOCKS: usize = 12;

impl<'t> FieldReader<'t> {
    /// Reads the header, below the title or below a first heading that is not the title.
    pub(super) fn header(self, out: &mut CollectedFields<'t>) {
        let nodes = self.tree.nodes.len();
        let heading = |index: usize| self.sections.get(index).map_or(nodes, |section| section.heading);
        let titled = usize::from(self.title.is_some());
        self.header_blocks(0, heading(titled), out);
        // If the first heading is not the title (`# Summary`), or a subtitle follows it directly,
        // the facts may follow that heading. Below `# Decision Log` and `# Open Questions` come the
        // entries.
        let topics = self.title_topics();
        let has_entries = topics.has(Topic::DecisionLog) || topics.questions().is_some();
        let mut before = self.title;
        for (at, section) in self.sections.iter().enumerate().skip(titled) {
            let others = &self.sections[at + 1..];
            let is_subtitle = before.is_none_or(|before| self.is_subtitle(before, section, others));
            if has_entries || !is_subtitle || !out.header.is_empty() {
                break;
            }
            before = Some(section.heading);
            let (replaced, header_end) = (out.replaced.len(), out.header_end);
            self.header_blocks(section.start, heading(at + 1), out);
            if self.is_of_page(section, &out.header) {
                out.below = before;
            } else {
                out.header.clear();
                out.replaced.truncate(replaced);
                out.header_end = header_end;
            }
        }
        if out.header.is_empty() {
            self.byline(out);
        }
    }

    /// The topics of the title.
    fn title_topics(self) -> Topics {
        let mut sections = self.sections.iter();
        let title = sections.find(|section| Some(section.heading) == self.title);
        title.map(|section| section.topics).unwrap_or_default()
    }

    /// Whether the facts below a heading other than the title describe the document, rather than
    /// its first part. A row of values below a row of labels is a table of that part. If the title
    /// has no facts of its own, one of these facts must be a status or a date.
    fn is_of_page(self, section: &Section, fields: &[Field<'_>]) -> bool {
        let is_certain = |field: &Field<'_>| match field.key {
            Some(Key::Status) => known_status(&field.text(), self.vocabulary).is_some(),
            Some(Key::Date | Key::Created | Key::Updated) => {
                matches!(when(&field.text(), self.vocabulary), When::Day(_) | When::Month(_))
            }
            _ => false,
        };
        let known = fields.iter().filter(|field| is_document_key(field.key)).count();
        !fields.is_empty()
            && !section.own(self.tree).any(|block| self.has_row_of_labels(block))
            && (self.title.is_none() || known > 1 && fields.iter().any(is_certain))
    }

    /// Whether a heading right below the title or another subtitle continues the title, rather than
    /// beginning one of several sections with their own facts.
    fn is_subtitle(self, title: usize, section: &Section, others: &[Section]) -> bool {
        let has_facts = |other: &Section| {
            let first = other.own(self.tree).next();
            first.is_some_and(|block| self.block(block).is_some())
        };
        let mut others = others.iter().filter(|other| other.level == section.level);
        self.tree.nodes[title].end == section.heading && section.topics.is_empty() && !others.any(has_facts)
    }

    /// Reads the metadata in the blocks between two nodes.
    fn header_blocks(self, start: usize, end: usize, out: &mut CollectedFields<'t>) {
        let is_log = self.title_topics().has(Topic::DecisionLog);
        let is_heading = |block: &usize| matches!(self.tree.tag(*block), Some(Tag::Heading { .. }));
        let blocks = self.tree.siblings(start, end).filter(|block| !is_heading(block));
        let mut notice = None;
        for block in blocks.take(HEADER_BLOCKS) {
            if block < out.header_end || is_log && self.is_table_of_decisions(block) {
                continue;
            }
            let Some(found) = self.block(block) else { continue };
            if notice.is_none() && out.header.is_empty() && self.is_notice(block, &found) {
                notice = Some(found);
                continue;
            }
            // A second header in the file belongs to another document.
            let has = |fields: &[Field<'_>], key| fields.iter().any(|field| field.key == Some(key));
            let repeats = |key| has(&out.header, key) && has(&found.fields, key);
            if repeats(Key::Status) || repeats(Key::Author) {
                break;
            }
            out.add(self.with_list(found));
        }
        match notice {
            Some(notice) if out.header.iter().any(|field| field.key == Some(Key::Status)) => {
                self.add_notice(notice, out);
            }
            // Without another header, the notice is the header.
            Some(notice) => out.add(notice),
            None => {}
        }
    }

    /// Whether a block is a table of decisions. With one row, it looks like a header.
    fn is_table_of_decisions(self, block: usize) -> bool {
        let heads = Table::heads(self.tree, block);
        let columns = heads.map(|table| Columns::of(&table, Scope::Decision, self.vocabulary));
        columns.is_some_and(|columns| columns.find(Key::Decision).is_some())
    }

    /// Whether a block is a quotation that only states the document's progress.
    fn is_notice(self, block: usize, found: &BlockFields<'_>) -> bool {
        let is_status = |field: &Field<'_>| matches!(field.key, Some(Key::Status | Key::SupersededBy));
        matches!(self.tree.tag(block), Some(Tag::BlockQuote(_))) && found.fields.iter().all(is_status)
    }

    /// Adds a notice above the header. It stays on the page, and overrides the header only if it
    /// says that the document is obsolete. Words such as `out of date` are not a status.
    fn add_notice(self, found: BlockFields<'t>, out: &mut CollectedFields<'t>) {
        for (at, field) in found.fields.into_iter().enumerate() {
            let mut values = field.values.iter().filter(|_| field.key == Some(Key::Status));
            let status = values.find_map(|value| in_value(&value.runs, value.span(), self.vocabulary));
            match status.map(|status| status.class) {
                Some(StatusClass::Closed) => out.header.insert(at.min(out.header.len()), field),
                Some(StatusClass::Unknown) => {}
                _ => out.header.push(field),
            }
        }
    }

    /// Facts without labels in the first paragraph: `Ada Obi⏎August 27, 2018`,
    /// `Created 2026-01-02 by Ada Obi.` They are read but stay in place.
    fn byline(self, out: &mut CollectedFields<'t>) {
        let title = self.tree.nodes.get(self.title.unwrap_or(0));
        let below = title.map_or(0, |title| title.end);
        if let Some(Tag::Paragraph) = self.tree.tag(below) {
            let facts = byline::read(&self.runs(below), self.vocabulary).into_iter();
            out.header.extend(facts.map(|((label, key), runs)| Field {
                label: label.into(),
                key: Some(key),
                values: vec![Value::new(runs, None)],
            }));
        }
    }
}

impl<'t> CollectedFields<'t> {
    /// Adds the fields of a block of the header.
    fn add(&mut self, found: BlockFields<'t>) {
        self.replaced.extend(found.is_whole.then_some(found.lines));
        self.header_end = self.header_end.max(found.end);
        self.header.extend(found.fields);
    }
}
