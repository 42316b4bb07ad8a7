//! A question as an item of a list, as a heading or as a paragraph, with its facts in the form of the
//! others.

use pulldown_cmark::Tag;

use super::{Asked, AskingFinder, Piece, QuestionPlace, before_rule};
use crate::model::OpenQuestion;
use crate::parse::edit_targets::finder::newline;
use crate::parse::record::head::number;
use crate::parse::record::section::Section;
use crate::parse::vocabulary::concept::{Class, Key, Scope};
use crate::source::Span;

/// The markup before and after the words of a question.
struct Frame {
    before: Vec<Piece>,
    after: String,
}

/// How many questions are followed in turn: each place is tried.
const MOST_TRIES: usize = 3;

/// How the facts of a question are written on lines of their own: the text before each.
type FactLines = Vec<(Asked, String)>;

impl<'t> AskingFinder<'t> {
    /// The places after the list that `item` is in.
    pub(super) fn items(self, item: usize, last: &OpenQuestion, asked: &[&OpenQuestion]) -> Vec<QuestionPlace> {
        self.items_of(item, last, asked).unwrap_or_default()
    }

    fn items_of(self, item: usize, last: &OpenQuestion, asked: &[&OpenQuestion]) -> Option<Vec<QuestionPlace>> {
        let (tree, finder) = (self.tree(), self.finder);
        let list = finder.list_of(item)?;
        let of_list = |question: &&&OpenQuestion| tree.nodes[list].span.contains(question.span);
        let asked: Vec<&OpenQuestion> = asked.iter().filter(of_list).copied().collect();
        // The markup of a question that is still open: a resolved one may be struck through.
        let model = asked.iter().rev().find(|question| !question.resolved).unwrap_or(&last);
        let item_of = |question: &OpenQuestion| finder.innermost(question.span, |tag| matches!(tag, Tag::Item));
        let (marker, margin) = finder.marker(item_of(model)?)?;
        let end = tree.children(list).last()?;
        let lead = format!("{}{margin}", finder.gap(list)?);
        let mut before = vec![Piece::Text(lead)];
        before.extend(self.next_marker(list, marker)?);
        let start = tree.nodes[item_of(model)?].span.start + marker.len();
        let frame = self.frame(Span::new(start, model.span.start), before, last);
        let at = finder.words_end(end);
        let lines = self.fact_lines(&asked, tree.nodes[list].span.end);
        let width = marker.chars().count();
        let nested = format!("{}{margin}{:width$}- ", newline(tree.text), "");
        let below = |lines: &FactLines| self.with_lines(&frame, at, &self.completed(lines, &nested), "");
        let mut places = Vec::new();
        places.extend((!lines.is_empty()).then(|| below(&lines)));
        places.extend(self.inline_places(&frame, at, &asked));
        places.dedup();
        places.push(self.in_brackets(&frame, at));
        places.push(below(&FactLines::new()));
        Some(places)
    }

    /// The places on the line of the question, in the forms of the last ones that are `asked`.
    fn inline_places(self, frame: &Frame, at: usize, asked: &[&OpenQuestion]) -> Vec<QuestionPlace> {
        let asked = asked.iter().rev();
        let places = asked.filter_map(|question| self.inline(frame, at, question));
        places.take(MOST_TRIES).collect()
    }

    /// The marker of the next item: `4. ` after `3. `, `- `.
    fn next_marker(self, list: usize, marker: &str) -> Option<Vec<Piece>> {
        let tree = self.tree();
        let digits = marker.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            return Some(vec![Piece::Text(marker.to_owned())]);
        }
        let items: Vec<usize> = tree.children(list).collect();
        let number = |item: usize| {
            let source = tree.source(item);
            &source[..source.bytes().take_while(u8::is_ascii_digit).count()]
        };
        let (first, last) = (number(*items.first()?), number(*items.last()?));
        let rest = Piece::Text(marker[digits..].to_owned());
        // Some authors write `1.` before each item.
        Some(match items.len() > 1 && first == last {
            true => vec![Piece::Text(first.to_owned()), rest],
            false => vec![Piece::NextAfter(last.to_owned()), rest],
        })
    }

    /// The places below the section of the heading.
    pub(super) fn headings(self, heading: usize, last: &OpenQuestion, asked: &[&OpenQuestion]) -> Vec<QuestionPlace> {
        let (tree, finder) = (self.tree(), self.finder);
        let text = tree.text;
        let Some(section) = finder.sections.iter().find(|section| section.heading == heading) else {
            return Vec::new();
        };
        let source = tree.source(heading);
        let marks = source.bytes().take_while(|&byte| byte == b'#').count();
        if marks == 0 {
            return Vec::new();
        }
        let at = finder.section_end(section, section.end);
        let nl = newline(text);
        // A rule that separates the questions.
        let above = &text[..tree.nodes[heading].span.start];
        let is_ruled = asked.len() > 1 && before_rule(above) < above.trim_end().len();
        let rule = if is_ruled {
            format!("{nl}{nl}---")
        } else {
            String::new()
        };
        let before = vec![Piece::Text(format!("{rule}{nl}{nl}{} ", "#".repeat(marks)))];
        let start = tree.nodes[heading].span.start + marks;
        let frame = self.frame(Span::new(start, last.span.start), before, last);
        let lines = self.fact_lines(asked, self.start(section.end));
        let lines = self.completed(&lines, &format!("{nl}- "));
        vec![self.with_lines(&frame, at, &lines, nl)]
    }

    /// The places after the last paragraph of a section.
    pub(super) fn paragraphs(
        self,
        section: &Section,
        paragraph: usize,
        last: &OpenQuestion,
        asked: &[&OpenQuestion],
    ) -> Vec<QuestionPlace> {
        let (tree, nl) = (self.tree(), newline(self.tree().text));
        let own = self.finder.sections.iter().rev();
        let own = own.into_iter().find(|own| own.heading < paragraph).unwrap_or(section);
        let at = self.finder.section_end(own, own.own_end);
        let start = tree.nodes[paragraph].span.start;
        let frame = self.frame(Span::new(start, last.span.start), vec![Piece::Text(nl.repeat(2))], last);
        let lines = self.fact_lines(asked, self.start(own.own_end));
        let mut places = Vec::new();
        if !lines.is_empty() {
            places.push(self.with_lines(&frame, at, &self.completed(&lines, &format!("{nl}- ")), nl));
        }
        places.extend(self.inline_places(&frame, at, asked));
        places.push(self.in_brackets(&frame, at));
        places
    }

    /// The markup around a question; `lead` is the text before the one that is followed, which may
    /// have a number.
    fn frame(self, lead: Span, mut before: Vec<Piece>, model: &OpenQuestion) -> Frame {
        let text = self.tree().text;
        let named = self.named(model);
        let lead = Span::new(lead.start, lead.end + named.map_or(0, |(_, end)| end));
        let lead = lead.of(text).trim_start_matches([' ', '\t']);
        let tick = ["[ ] ", "[x] ", "[X] "].into_iter().find(|tick| lead.starts_with(tick));
        let lead = lead[tick.map_or(0, str::len)..].trim_start().replace("~~", "");
        before.extend(tick.map(|_| Piece::Text("[ ] ".to_owned())));
        let number = named.map(|(number, _)| number).or(model.number.as_deref());
        let number = number.filter(|number| lead.matches(*number).count() == 1);
        let (head, tail) = number.and_then(|number| lead.split_once(number)).unwrap_or((&lead, ""));
        // Words before a question belong to that question.
        let is_markup = |text: &str| !text.contains(char::is_alphanumeric);
        if !is_markup(head) || !is_markup(tail) {
            return Frame {
                before,
                after: String::new(),
            };
        }
        before.push(Piece::Text(head.to_owned()));
        if let Some(number) = number {
            before.push(Piece::NextAfter(number.to_owned()));
            before.push(Piece::Text(tail.to_owned()));
        }
        let is_odd = |mark: &str| lead.matches(mark).count() % 2 == 1;
        let mark = ["**", "__", "*", "_", "`"].into_iter().find(|mark| is_odd(mark));
        Frame {
            before,
            after: mark.unwrap_or_default().to_owned(),
        }
    }

    /// The number with which the words of a question begin, and the length of it with the signs that
    /// follow: `Q3:`.
    fn named(self, question: &OpenQuestion) -> Option<(&str, usize)> {
        let words = &question.question.text;
        let end = number(words, Class::QuestionNumber, self.finder.vocabulary)?;
        let written = question.span.of(self.tree().text).strip_prefix(&words[..end])?;
        let signs = written.find(char::is_alphanumeric)?;
        Some((&words[..end], end + signs))
    }

    /// The question followed by its facts in brackets.
    fn in_brackets(self, frame: &Frame, at: usize) -> QuestionPlace {
        let facts = Asked::ALL.map(|fact| (fact, fact.label(self.written)));
        placed(frame, at, vec![Piece::InBrackets(facts.to_vec())])
    }

    /// The question with each fact on a line of its own. The text `gap` precedes the first.
    fn with_lines(self, frame: &Frame, at: usize, lines: &FactLines, gap: &str) -> QuestionPlace {
        let facts = lines.iter().enumerate().map(|(index, (fact, before))| Piece::Fact {
            fact: *fact,
            before: format!("{}{before}", if index == 0 { gap } else { "" }),
            after: String::new(),
        });
        placed(frame, at, facts.collect())
    }

    /// The question with its facts on the same line, as `question` has them.
    fn inline(self, frame: &Frame, at: usize, question: &OpenQuestion) -> Option<QuestionPlace> {
        /// More words between the facts are a text of their own.
        const MOST_WORDS: usize = 4;
        let text = self.tree().text;
        let rest = text[question.span.end..].split('\n').next().unwrap_or_default();
        let line = Span::new(question.span.end, question.span.end + rest.trim_end().len());
        let owner = match question.owners.as_slice() {
            [first, .., last] | [first @ last] => Some((first.span.to(last.span), Asked::Owner)),
            [] => None,
        };
        let due = question.due.as_ref().map(|due| (due.0.span, Asked::Due));
        let mut facts: Vec<(Span, Asked)> = owner.into_iter().chain(due).collect();
        facts.sort_by_key(|(span, _)| *span);
        if question.resolved || facts.is_empty() || !facts.iter().all(|(span, _)| line.contains(*span)) {
            return None;
        }
        let mut pieces = Vec::new();
        let mut from = line.start;
        for (span, fact) in facts {
            let between = text.get(from..span.start)?;
            if between.split_whitespace().count() > MOST_WORDS {
                return None;
            }
            pieces.push(Piece::Text(between.to_owned()));
            pieces.push(Piece::Fact {
                fact,
                before: String::new(),
                after: String::new(),
            });
            from = span.end;
        }
        let tail = text.get(from..line.end)?;
        if tail.contains(char::is_alphanumeric) {
            return None;
        }
        pieces.push(Piece::Text(tail.to_owned()));
        let bare = Frame {
            before: frame.before.clone(),
            after: String::new(),
        };
        Some(placed(&bare, at, pieces))
    }

    /// The lines with the facts of the last question that has such lines.
    fn fact_lines(self, asked: &[&OpenQuestion], end: usize) -> FactLines {
        let ends = asked.iter().skip(1).map(|question| question.span.start).chain([end]);
        let ranges: Vec<(usize, usize)> = asked.iter().map(|question| question.span.end).zip(ends).collect();
        let mut found = ranges.iter().rev().map(|(from, to)| self.facts_between(*from, *to));
        found.find(|lines| !lines.is_empty()).unwrap_or_default()
    }

    fn facts_between(self, from: usize, to: usize) -> FactLines {
        let text = self.tree().text;
        let mut out = FactLines::new();
        for line in text.get(from..to).unwrap_or_default().split('\n').skip(1) {
            let Some(colon) = line.find([':', '：']) else { continue };
            let width = line[colon..].chars().next().map_or(1, char::len_utf8);
            let label = line[..colon].trim_matches(|ch: char| !ch.is_alphanumeric());
            let fact = match self.finder.vocabulary.key(Scope::Question, label) {
                Some(Key::Owner) => Asked::Owner,
                Some(Key::Due) => Asked::Due,
                _ => continue,
            };
            let rest = &line[colon + width..];
            let marks = rest.len() - rest.trim_start_matches(['*', '_', '`']).len();
            let lead = &line[..colon + width + marks];
            if out.iter().all(|(known, _)| *known != fact) {
                out.push((fact, format!("{}{lead} ", newline(text))));
            }
        }
        out
    }

    /// `lines` with a line for each fact that has none: like the other's, else after `nested`.
    fn completed(self, lines: &FactLines, nested: &str) -> FactLines {
        let mut out = lines.clone();
        for fact in Asked::ALL {
            if lines.iter().any(|(known, _)| *known == fact) {
                continue;
            }
            let label = fact.label(self.written);
            let like = lines.first().and_then(|(_, line)| {
                let is_label = |ch: char| ch.is_alphanumeric();
                let (start, end) = (line.find(is_label)?, line.rfind([':', '：'])?);
                Some(format!("{}{label}{}", &line[..start], &line[end..]))
            });
            out.push((fact, like.unwrap_or_else(|| format!("{nested}{label}: "))));
        }
        out
    }
}

fn placed(frame: &Frame, at: usize, facts: Vec<Piece>) -> QuestionPlace {
    let mut pieces = frame.before.clone();
    pieces.push(Piece::Question);
    pieces.push(Piece::Text(frame.after.clone()));
    pieces.extend(facts);
    QuestionPlace {
        at,
        pieces,
        ..QuestionPlace::default()
    }
}
