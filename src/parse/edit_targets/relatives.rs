//! Where a document names the documents that it replaces, and those that replace it.

use pulldown_cmark::Tag;

use super::finder::{Finder, newline};
use super::label_form::LabelForm;
use super::slot::in_text;
use crate::parse::markdown::fold::fold;
use crate::parse::markdown::lines::{line_end, line_start};
use crate::parse::metadata::field::{Field, Value};
use crate::parse::metadata::front_matter::FrontMatter;
use crate::parse::metadata::header::CollectedFields;
use crate::parse::values::date::says_nothing;
use crate::parse::vocabulary::concept::Key;
use crate::parse::vocabulary::topics::Topic;
use crate::parse::vocabulary::words::written::Written;
use crate::source::Span;

/// The places for the name of another document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Relatives {
    /// For a document that this one replaces.
    pub supersedes: Relation,
    /// For the document that replaces this one, outside its status.
    pub superseded_by: Relation,
    /// The words before a successor in a status: `Superseded by`.
    pub replaced_by: &'static str,
    /// The front matter; empty without one.
    pub front: Span,
}

/// The places for one relation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Relation {
    /// Its label, as written or to be written.
    pub label: String,
    /// The position of the author's own label. None if the document has none.
    pub own: Option<usize>,
    /// Where to write a name: at the author's own label if there is one, else on a line of its own.
    /// The most suitable place comes first.
    pub places: Vec<ValuePlace>,
}

/// A place for a value, with the text around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValuePlace {
    /// The bytes to replace; empty to insert.
    pub span: Span,
    /// The text before the value.
    pub before: String,
    /// The text after it.
    pub after: String,
    /// Whether the value is YAML rather than Markdown.
    pub is_yaml: bool,
}

/// Finds the places in one document.
#[derive(Clone, Copy)]
pub(super) struct RelationFinder<'t> {
    pub(super) finder: Finder<'t>,
    pub(super) front: &'t FrontMatter,
    pub(super) fields: &'t CollectedFields<'t>,
    pub(super) written: Written,
}

impl<'t> RelationFinder<'t> {
    pub(super) fn relatives(self) -> Relatives {
        Relatives {
            supersedes: self.relation(Key::Supersedes, "supersedes"),
            superseded_by: self.relation(Key::SupersededBy, "superseded-by"),
            replaced_by: self.written.word("replaced-by"),
            front: self.front.span,
        }
    }

    fn relation(self, key: Key, concept: &str) -> Relation {
        let is_own = |field: &&Field<'_>| field.key == Some(key) && !fold(&field.label).starts_with("amend");
        if let Some(field) = self.fields.own().filter(is_own).last() {
            let place = self.behind(field);
            return Relation {
                label: field.label.clone().into_owned(),
                own: Some(place.as_ref().map_or(field.span().start, |place| place.span.start)),
                places: place.into_iter().collect(),
            };
        }
        let word = self.written.word(concept);
        Relation {
            label: word.to_owned(),
            own: None,
            places: self.beside(word),
        }
    }

    fn text(self) -> &'t str {
        self.finder.tree.text
    }

    /// The place after the values of `field`.
    fn behind(self, field: &Field<'_>) -> Option<ValuePlace> {
        let Some(value) = field.values.iter().rev().find(|value| !value.span().is_empty()) else {
            return self.empty(field);
        };
        if self.front.span.contains(value.span()) {
            return self.behind_yaml(value);
        }
        let span = in_text(self.finder.tree, value).ok()?;
        if says_nothing(&value.text(), self.finder.vocabulary) {
            return Some(plain(span, "", ""));
        }
        let item = self.finder.innermost(span, |tag| matches!(tag, Tag::Item));
        let own_item = item.filter(|&item| {
            let start = self.finder.tree.nodes[item].span.start;
            !self.text()[start..span.start].contains(&*field.label)
        });
        Some(match own_item {
            Some(item) => {
                let (at, before) = self.finder.item_after(item)?;
                plain(Span::at(at), &before, "")
            }
            None => plain(Span::at(span.end), ", ", ""),
        })
    }

    /// The place after a value of the front matter: in its line, or in a list of its own lines.
    fn behind_yaml(self, value: &Value<'_>) -> Option<ValuePlace> {
        let (line, word) = (value.span(), value.text());
        let entry = Span::new(line.start, self.entry_end(line));
        let at = entry.start + entry.of(self.text()).rfind(&*word)?;
        let word_span = Span::new(at, at + word.len());
        let yaml = |span, before: &str, after: &str| ValuePlace {
            is_yaml: true,
            ..plain(span, before, after)
        };
        if says_nothing(&word, self.finder.vocabulary) {
            return Some(yaml(word_span, "", ""));
        }
        let start = line_start(self.text(), at);
        let own_line = &self.text()[start..at];
        if own_line.trim_start().starts_with("- ") {
            let end = self.content_end(at);
            let lead = own_line.trim_end_matches(['"', '\'']);
            return Some(yaml(Span::at(end), &format!("{}{lead}", newline(self.text())), ""));
        }
        let quote = own_line.chars().last().filter(|last| matches!(last, '"' | '\''));
        match quote.filter(|_| own_line.contains('[')) {
            Some(quote) => Some(yaml(
                Span::at(word_span.end + 1),
                &format!(", {quote}"),
                &quote.to_string(),
            )),
            None => Some(yaml(Span::at(word_span.end), ", ", "")),
        }
    }

    /// The end of a key's lines in the front matter.
    fn entry_end(self, line: Span) -> usize {
        let text = self.text();
        let mut end = line_end(text, line);
        let goes_on = |end: usize| text[end..].starts_with([' ', '\t', '-']) && !text[end..].starts_with("---");
        while end < self.front.span.end && goes_on(end) {
            end = line_end(text, Span::at(end));
        }
        end
    }

    /// The end of the line that contains byte `at`, without its line end.
    fn content_end(self, at: usize) -> usize {
        let line = self.text()[at..].split('\n').next().unwrap_or_default();
        at + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// The place for the first value of a label that has none: the only line with just that label.
    fn empty(self, field: &Field<'_>) -> Option<ValuePlace> {
        /// How YAML writes that there is no value.
        const NULLS: [&str; 5] = ["null", "~", "[]", "\"\"", "''"];
        let label = fold(&field.label);
        let mut start = 0;
        let mut found = None;
        for line in self.text().split_inclusive('\n') {
            let own = line.trim_end();
            let is_front = start < self.front.span.end;
            let null = NULLS.into_iter().find(|null| is_front && own.ends_with(null));
            let bare = null.map_or(own, |null| own[..own.len() - null.len()].trim_end());
            if line.contains(&*field.label) && fold(bare) == label {
                if found.is_some() {
                    return None;
                }
                found = Some((start, own, bare));
            }
            start += line.len();
        }
        let (start, line, bare) = found?;
        let end = start + line.len();
        let cell = line.strip_suffix('|');
        let mut place = match cell.filter(|_| bare.len() == line.len()) {
            // The last cell of a row, between its bars.
            Some(cell) => plain(Span::new(start + cell.trim_end().len(), end - 1), " ", " "),
            None => plain(Span::new(start + bare.len(), end), " ", ""),
        };
        place.is_yaml = self.front.span.contains(place.span);
        Some(place)
    }

    /// The places for a new label: beside the status, else beside another fact.
    fn beside(self, word: &str) -> Vec<ValuePlace> {
        /// Each place is tried in turn.
        const MOST: usize = 4;
        let is_first = |field: &&Field<'_>| field.key == Some(Key::Status);
        let is_other = |field: &&Field<'_>| {
            matches!(
                field.key,
                Some(Key::Date | Key::Created | Key::Author | Key::Decider | Key::Updated)
            )
        };
        let fields = self.fields.own().filter(is_first);
        let fields = fields.chain(self.fields.own().filter(is_other));
        fields
            .take(MOST)
            .filter_map(|field| self.beside_field(field, word))
            .collect()
    }

    fn beside_field(self, field: &Field<'_>, word: &str) -> Option<ValuePlace> {
        let mut spans = field.values.iter().map(Value::span);
        let value = spans.find(|span| !span.is_empty())?;
        if field.label.contains('›') {
            return None;
        }
        let is_lower = field.label.starts_with(char::is_lowercase);
        let word = if is_lower { word.to_lowercase() } else { word.to_owned() };
        if self.front.span.contains(value) {
            let key = word.replace(' ', "-");
            return Some(ValuePlace {
                is_yaml: true,
                ..plain(
                    Span::at(self.entry_end(value)),
                    &format!("{key}: "),
                    newline(self.text()),
                )
            });
        }
        self.in_section(field, value, &word)
            .or_else(|| self.in_row(field, value, &word))
            .or_else(|| self.in_list(field, value, &word))
            .or_else(|| self.in_lines(field, value, &word))
    }

    /// A paragraph at the end of the `## Status` section.
    fn in_section(self, field: &Field<'_>, value: Span, word: &str) -> Option<ValuePlace> {
        let tree = self.finder.tree;
        let start = |node: usize| tree.nodes.get(node).map_or(tree.text.len(), |node| node.span.start);
        let mut sections = self.finder.sections.iter();
        let section = sections.find(|section| {
            section.topics.has(Topic::Status)
                && Span::new(start(section.heading), start(section.own_end)).contains(value)
        });
        let section = section.filter(|_| field.key == Some(Key::Status))?;
        let at = self.finder.section_end(section, section.own_end);
        let gap = newline(self.text()).repeat(2);
        Some(plain(Span::at(at), &format!("{gap}{word} "), ""))
    }

    /// A row of a table of labels and values.
    fn in_row(self, field: &Field<'_>, value: Span, word: &str) -> Option<ValuePlace> {
        let (tree, text) = (self.finder.tree, self.text());
        let row = self
            .finder
            .innermost(value, |tag| matches!(tag, Tag::TableRow | Tag::TableHead))?;
        let span = tree.nodes[row].span;
        let lead = &text[span.start..value.start];
        let cells = tree.children(row).count();
        let (start, form) = LabelForm::of(lead[..lead.rfind('|')?].trim_end(), &field.label)?;
        // A row of labels above the values has no place for another.
        if lead[start..].matches('|').count() != 1 || lead[..start].contains(char::is_alphanumeric) {
            return None;
        }
        let mut at = line_end(text, span);
        if matches!(tree.tag(row), Some(Tag::TableHead)) {
            at = line_end(text, Span::at(at));
        }
        let label = format!("{}{word}{}", form.open, form.close.trim_end());
        let rest = " |".repeat(cells.saturating_sub(2));
        let margin = self.finder.margin(span.start);
        let (open, close) = match lead.trim_start().starts_with('|') {
            true => ("| ", format!(" |{rest}")),
            false => ("", rest),
        };
        // The last line of the file may have no line end.
        let is_apart = text[..at].ends_with('\n');
        let (before, after) = if is_apart {
            ("", newline(text))
        } else {
            (newline(text), "")
        };
        let before = format!("{before}{margin}{open}{label} | ");
        Some(plain(Span::at(at), &before, &format!("{close}{after}")))
    }

    /// An item of a list of labels and values.
    fn in_list(self, field: &Field<'_>, value: Span, word: &str) -> Option<ValuePlace> {
        let tree = self.finder.tree;
        let holds = |node: &usize| {
            let span = tree.nodes[*node].span;
            matches!(tree.tag(*node), Some(Tag::Item))
                && span.contains(value)
                && self.text()[span.start..value.start].contains(&*field.label)
        };
        let item = (0..tree.nodes.len()).rev().find(holds)?;
        let start = tree.nodes[item].span.start;
        let lead = self.text()[start..value.start].split('\n').next().unwrap_or_default();
        let (_, form) = LabelForm::of(lead, &field.label)?;
        let (at, before) = self.finder.item_after(item)?;
        Some(plain(Span::at(at), &format!("{before}{}", form.lead(word)), &form.end))
    }

    /// A line below the line of `field`.
    fn in_lines(self, field: &Field<'_>, value: Span, word: &str) -> Option<ValuePlace> {
        let text = self.text();
        let start = line_start(text, value.start);
        let lead = &text[start..value.start];
        let (_, form) = LabelForm::of(lead, &field.label)?;
        let is_margin = |ch: char| ch.is_whitespace() || ch == '>';
        let margin = &lead[..lead.find(|ch| !is_margin(ch)).unwrap_or_default()];
        let at = self.content_end(value.end);
        let line = &text[start..at];
        let before = text[..start].strip_suffix('\n').unwrap_or_default();
        let before = before.strip_suffix('\r').unwrap_or(before);
        // A line that ends in two spaces or a backslash is shown on a line of its own.
        let mark = |line: &str| ["  ", "\\"].into_iter().find(|mark| line.ends_with(mark));
        let own = mark(line);
        let joined = match own {
            Some(_) => "",
            None if before.trim().is_empty() => "",
            None => mark(before).unwrap_or_default(),
        };
        let before = format!("{joined}{}{margin}{}", newline(text), form.lead(word));
        Some(plain(
            Span::at(at),
            &before,
            &format!("{}{}", form.end, own.unwrap_or_default()),
        ))
    }
}

fn plain(span: Span, before: &str, after: &str) -> ValuePlace {
    ValuePlace {
        span,
        before: before.to_owned(),
        after: after.to_owned(),
        is_yaml: false,
    }
}
