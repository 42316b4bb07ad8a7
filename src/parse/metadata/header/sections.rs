//! Sections that each state one fact, `## Status`, and headings that contain a value.

use pulldown_cmark::Tag;

use crate::parse::markdown::inline::{append, broken_lines, trim, words};
use crate::parse::metadata::field::{Field, Value, is_fact};
use crate::parse::metadata::header::{CollectedFields, FieldReader};
use crate::parse::record::label;
use crate::parse::record::section::Section;
use crate::parse::values::status::is_statement;
use crate::parse::vocabulary::concept::Key;
use crate::parse::vocabulary::topics::Topic;

/// Topics of sections that each state one fact.
const FACTS: [(Topic, &str, Key); 6] = [
    (Topic::Status, "Status", Key::Status),
    (Topic::Date, "Date", Key::Date),
    (Topic::Authors, "Authors", Key::Author),
    (Topic::Deciders, "Deciders", Key::Decider),
    (Topic::Reviewers, "Reviewers", Key::Reviewer),
    (Topic::Approvers, "Approvers", Key::Approver),
];

impl<'t> FieldReader<'t> {
    /// Sections whose heading is the label.
    pub(super) fn fact_sections(self, out: &mut CollectedFields<'t>) {
        self.headings_with_values(out);
        for section in self.sections {
            // `- Started: 2026-01-02`: only the dates of a timeline are metadata.
            if section.topics.has(Topic::Timeline) {
                let blocks = section.own(self.tree).filter_map(|block| self.block(block));
                let fields = blocks.flat_map(|block| block.fields);
                out.sections
                    .extend(fields.filter(|field| matches!(field.key, Some(Key::Created | Key::Updated))));
            } else if let Some((_, label, key)) = FACTS.into_iter().find(|(topic, ..)| section.topics.has(*topic)) {
                let mut values = self.section_values(section, key);
                // A section of prose about the current state is not a status.
                values.retain(|value| key != Key::Status || self.is_short(value));
                out.sections.extend((!values.is_empty()).then(|| Field {
                    label: label.into(),
                    key: Some(key),
                    values,
                }));
            }
        }
    }

    /// `## Status: Accepted`, if no other section precedes it: further down, it is the status of a
    /// part.
    fn headings_with_values(self, out: &mut CollectedFields<'t>) {
        for section in self.sections.iter().skip_while(|section| section.level == 1) {
            let parts = label::split(&self.runs(section.heading), self.vocabulary);
            let part = parts.and_then(|parts| parts.into_iter().next());
            let field = part.map(|part| self.field(part, None));
            match field.filter(|field| is_fact(field.key)) {
                Some(field) => out.sections.push(field),
                None if section.topics.is_empty() => break,
                None => {}
            }
        }
    }

    /// Whether a value is a word with a remark or a link to a successor, rather than a sentence.
    fn is_short(self, value: &Value<'t>) -> bool {
        let text = value.text();
        text.split(' ').count() <= 8
            || value.runs.iter().any(|run| run.link.is_some())
            || is_statement(&text, self.vocabulary)
    }

    /// The lines of a section's paragraphs and the items of its lists. A review list has task boxes
    /// or an unambiguous heading; a table of reviewers has a column for them.
    fn section_values(self, section: &Section, key: Key) -> Vec<Value<'t>> {
        let is_review = matches!(key, Key::Reviewer | Key::Approver);
        let starts = |word| section.words.starts_with(word);
        let are_people = !is_review || starts("reviewers") || starts("approvers");
        let by_name = are_people || !starts("review");
        let mut out: Vec<Value<'t>> = Vec::new();
        for block in section.own(self.tree) {
            let children = self.tree.children(block);
            match self.tree.tag(block) {
                Some(Tag::Paragraph) if !is_review => self.sentences(block, &mut out),
                Some(Tag::List(_)) => {
                    let items = children.map(|item| self.item_value(item));
                    out.extend(items.filter(|item| are_people || item.ticked.is_some()));
                }
                Some(Tag::Table(_)) if key == Key::Status => {
                    out.extend(children.skip(1).map(|row| self.row_value(row)))
                }
                // A table after the names only adds details about them.
                Some(Tag::Table(_)) if is_review || out.is_empty() => out.extend(self.people_of(block, key, by_name)),
                _ => {}
            }
        }
        out.retain(|value| is_review || !value.runs.is_empty());
        out
    }

    /// The lines of a paragraph. A line in lower case continues a sentence that the author wrapped.
    fn sentences(self, block: usize, out: &mut Vec<Value<'t>>) {
        for (before, line) in broken_lines(&self.runs(block)) {
            let is_wrapped = before.is_some_and(|end| end.span.of(self.tree.text).trim_matches('\r') == "\n");
            let goes_on = is_wrapped && words(line).starts_with(char::is_lowercase);
            match out.last_mut().filter(|_| goes_on) {
                Some(last) => append(&mut last.runs, line),
                None => out.push(Value::new(trim(line), None)),
            }
        }
    }

    /// The cells of a row, joined: `Accepted 2026-08-11`.
    fn row_value(self, row: usize) -> Value<'t> {
        let mut out = Vec::new();
        for cell in self.tree.children(row) {
            append(&mut out, &self.runs(cell));
        }
        Value::new(out, None)
    }
}
