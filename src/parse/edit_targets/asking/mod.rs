//! Where another open question goes: after the last one, in its form; or in a new section.

mod line;
mod row;

use pulldown_cmark::{Event, Tag};

use super::finder::{Finder, newline};
use crate::model::{Document, OpenQuestion};
use crate::parse::markdown::comment::comment;
use crate::parse::markdown::inline::{span_of, words};
use crate::parse::markdown::item::ItemText;
use crate::parse::markdown::lines::line_start;
use crate::parse::markdown::tree::Tree;
use crate::parse::metadata::header::CollectedFields;
use crate::parse::record::closing::is_template_question;
use crate::parse::record::section::Section;
use crate::parse::values::date::is_placeholder;
use crate::parse::vocabulary::topics::Topic;
use crate::parse::vocabulary::words::written::Written;
use crate::source::Span;

/// The places for a question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asking {
    /// The most suitable form comes first.
    pub places: Vec<QuestionPlace>,
    /// Why there is none, and where.
    pub unclear: Option<(usize, &'static str)>,
}

/// A place for a question, with the text around it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QuestionPlace {
    /// Where it is inserted.
    pub at: usize,
    /// The text to insert.
    pub pieces: Vec<Piece>,
    /// Whether it is a row of a table.
    pub is_row: bool,
    /// The heading of the section that is begun with it.
    pub begins: Option<&'static str>,
}

/// A part of the text of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// This text.
    Text(String),
    /// The number or label after this one: `Q4` after `Q3`.
    NextAfter(String),
    /// The question.
    Question,
    /// The day on which it is asked.
    Today,
    /// A fact with the text around it. Nothing is written if it is not known.
    Fact {
        /// Which fact.
        fact: Asked,
        /// The text before it.
        before: String,
        /// The text after it.
        after: String,
    },
    /// The facts that have no place of their own, `(Owner: Ada, Due: 2026-12-01)`, each with its label.
    InBrackets(Vec<(Asked, &'static str)>),
}

/// A fact of a new question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Who is responsible for it.
    Owner,
    /// The day by which it must be decided.
    Due,
}

impl Asked {
    /// Both facts.
    const ALL: [Self; 2] = [Self::Owner, Self::Due];

    fn label(self, written: Written) -> &'static str {
        written.word(match self {
            Self::Owner => "owner",
            Self::Due => "due",
        })
    }
}

/// Finds the places in one document.
#[derive(Clone, Copy)]
pub(super) struct AskingFinder<'t> {
    pub(super) finder: Finder<'t>,
    pub(super) document: &'t Document,
    pub(super) fields: &'t CollectedFields<'t>,
    pub(super) written: Written,
}

impl<'t> AskingFinder<'t> {
    pub(super) fn asking(self) -> Asking {
        let clear = |places: Vec<QuestionPlace>| Asking { places, unclear: None };
        let Some(section) = self.section() else {
            return clear(vec![self.begun()]);
        };
        let start = self.start(section.heading);
        let unclear = |why| Asking {
            places: Vec::new(),
            unclear: Some((start, why)),
        };
        let asked = self.asked_in(section);
        let Some(last) = asked.last() else {
            let places = self.empty(section);
            return match places.first() {
                Some(_) => clear(places),
                None => unclear("its section of open questions holds text in which no question is found"),
            };
        };
        let places = self.after(section, last, &asked);
        match places.is_empty() {
            true => unclear("the form of its last question cannot be followed"),
            false => clear(places),
        }
    }

    fn tree(self) -> &'t Tree<'t> {
        self.finder.tree
    }

    /// The first byte of a node; the end of the text after the last one.
    fn start(self, node: usize) -> usize {
        let node = self.tree().nodes.get(node);
        node.map_or(self.tree().text.len(), |node| node.span.start)
    }

    fn span(self, section: &Section) -> Span {
        Span::new(self.start(section.heading), self.start(section.end))
    }

    /// The section of open questions: the first one with a question, else the first one.
    fn section(self) -> Option<&'t Section> {
        let is_open = |section: &&Section| section.topics.questions() == Some(false) && !section.is_left_out;
        let mut open = self.finder.sections.iter().filter(is_open);
        let mut starts: Vec<usize> = self
            .document
            .questions
            .iter()
            .map(|question| question.span.start)
            .collect();
        starts.sort_unstable();
        let has_question = |section: &&Section| {
            let span = self.span(section);
            let next = starts.partition_point(|start| *start < span.start);
            starts.get(next).is_some_and(|start| *start < span.end)
        };
        open.clone().find(has_question).or_else(|| open.next())
    }

    /// The questions of a section, in the order of the text, without those below a heading of resolved ones.
    fn asked_in(self, section: &Section) -> Vec<&'t OpenQuestion> {
        let span = self.span(section);
        let mut resolved: Vec<Span> = Vec::new();
        for below in self
            .finder
            .sections
            .iter()
            .filter(|below| below.topics.questions() == Some(true))
        {
            let below = self.span(below);
            let is_known = resolved.last().is_some_and(|last| last.contains(below));
            resolved.extend((span.contains(below) && !is_known).then_some(below));
        }
        let is_resolved = |at: Span| {
            let next = resolved.partition_point(|span| span.start <= at.start);
            next > 0 && resolved[next - 1].contains(at)
        };
        let is_asked = |question: &&OpenQuestion| {
            let at = question.span;
            !at.is_empty() && span.contains(at) && !is_resolved(at)
        };
        let mut asked: Vec<_> = self.document.questions.iter().filter(is_asked).collect();
        asked.sort_by_key(|question| question.span.start);
        asked
    }

    /// The places after the last question.
    fn after(self, section: &Section, last: &OpenQuestion, asked: &[&OpenQuestion]) -> Vec<QuestionPlace> {
        let innermost = |wanted: fn(&Tag<'_>) -> bool| self.finder.innermost(last.span, wanted);
        if let Some(table) = innermost(|tag| matches!(tag, Tag::Table(_))) {
            return self.row(table).into_iter().collect();
        }
        if let Some(item) = innermost(|tag| matches!(tag, Tag::Item)) {
            return self.items(item, last, asked);
        }
        if let Some(heading) = innermost(|tag| matches!(tag, Tag::Heading { .. })) {
            return self.headings(heading, last, asked);
        }
        match innermost(|tag| matches!(tag, Tag::Paragraph)) {
            Some(paragraph) => self.paragraphs(section, paragraph, last, asked),
            None => Vec::new(),
        }
    }

    /// The places in a section that asks nothing yet: in its empty table, below the examples of a
    /// template, or below its comments.
    fn empty(self, section: &Section) -> Vec<QuestionPlace> {
        let tree = self.tree();
        let is_comment = |block: usize| comment(tree.source(block).trim()).is_some();
        let own = section.own(tree).filter(|&block| {
            let is_nothing = matches!(tree.tag(block), Some(Tag::HtmlBlock)) && is_comment(block)
                || matches!(tree.leaf(block), Some(Event::Rule));
            !is_nothing
        });
        match own.collect::<Vec<_>>().as_slice() {
            [] => {
                let at = self.finder.section_end(section, section.own_end);
                let gap = newline(tree.text).repeat(2);
                vec![self.first(at, &gap)]
            }
            [list] if matches!(tree.tag(*list), Some(Tag::List(_))) => self.after_examples(*list).unwrap_or_default(),
            [table] => self.row(*table).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The places after a list whose last item is an example: `2. **Question 2**`.
    fn after_examples(self, list: usize) -> Option<Vec<QuestionPlace>> {
        let tree = self.tree();
        let item = tree.children(list).last()?;
        let runs = ItemText::of(tree, item).runs;
        let text = words(&runs);
        let example = OpenQuestion {
            span: span_of(&runs),
            ..OpenQuestion::default()
        };
        let is_example = is_template_question(&text) || is_placeholder(&text);
        is_example.then(|| self.items(item, &example, &[&example]))
    }

    /// The first question of a section, in the form of our template.
    fn first(self, at: usize, before: &str) -> QuestionPlace {
        let mut pieces = vec![
            Piece::Text(format!("{before}1. **")),
            Piece::Question,
            Piece::Text("**".to_owned()),
        ];
        pieces.extend(Asked::ALL.map(|fact| Piece::Fact {
            fact,
            before: format!("{}   - {}: ", newline(self.tree().text), fact.label(self.written)),
            after: String::new(),
        }));
        QuestionPlace {
            at,
            pieces,
            ..QuestionPlace::default()
        }
    }

    /// The place for a new section: before the decision log or the sections about the review, else
    /// at the end, before the footer.
    fn begun(self) -> QuestionPlace {
        const AFTER: [Topic; 4] = [
            Topic::DecisionLog,
            Topic::Reviewers,
            Topic::Approvers,
            Topic::ReviewHistory,
        ];
        const FACTS: [Topic; 6] = [
            Topic::Metadata,
            Topic::Contents,
            Topic::Status,
            Topic::Date,
            Topic::Authors,
            Topic::Deciders,
        ];
        let (tree, text) = (self.tree(), self.tree().text);
        let title = self.document.title.span;
        let sections = || {
            self.finder
                .sections
                .iter()
                .filter(|section| !self.own_span(section.heading).contains(title))
        };
        let level = sections().map(|section| section.level).min().unwrap_or(2).max(2);
        let has = |section: &Section, topics: &[Topic]| topics.iter().any(|topic| section.topics.has(*topic));
        let mut top = sections().filter(|section| section.level == level);
        // The reviewers may also be named before the text.
        let mut has_body = false;
        let next = top.find(|section| {
            let is_after = has(section, &AFTER);
            has_body |= !is_after && !has(section, &FACTS);
            is_after && has_body
        });
        let end = next.map_or_else(|| self.body_end(), |section| self.start(section.heading));
        let at = before_rule(&text[..end]);
        let heading = self.written.word("open-questions");
        let gap = newline(text).repeat(2);
        let lead = if text[..at].is_empty() { "" } else { &gap };
        let marks = "#".repeat(usize::from(level));
        let mut place = self.first(at, &format!("{lead}{marks} {heading}{gap}"));
        if next.is_some() && !tree.text[at..].starts_with(['\n', '\r']) {
            place.pieces.push(Piece::Text(gap.clone()));
        }
        place.begins = Some(heading);
        place
    }

    fn own_span(self, node: usize) -> Span {
        self.tree().nodes[node].span
    }

    /// The end of the text before the footer.
    fn body_end(self) -> usize {
        let text = self.tree().text;
        let footer = self
            .fields
            .footer
            .iter()
            .map(|field| field.span())
            .filter(|span| !span.is_empty());
        let first = footer.map(|span| line_start(text, span.start)).min();
        // Without a rule above, it belongs to the last section.
        let is_apart = |at: &usize| before_rule(&text[..*at]) < text[..*at].trim_end().len();
        first.filter(is_apart).unwrap_or(text.len())
    }
}

/// The end of the words in `text`, before a thematic break at its end.
fn before_rule(text: &str) -> usize {
    let words = text.trim_end();
    let above = words.trim_end_matches(['-', '*', '_']);
    // Below a line of text, it would make that a heading.
    let is_apart = || above[above.trim_end().len()..].matches('\n').count() > 1;
    match above.len() + 3 <= words.len() && above.ends_with('\n') && is_apart() {
        true => above.trim_end().len(),
        false => words.len(),
    }
}
