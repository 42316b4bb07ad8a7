//! Marks around the text of a record that close it: ticks, strokes, words in capitals.

use crate::parse::markdown::fold::QUESTION_MARKS;
use crate::parse::markdown::inline::{Run, append, trim, words};
use crate::parse::record::closing::{is_mark, is_settled_label, opens_settled, without_mark, without_open_mark};
use crate::parse::record::text::Text;
use crate::parse::record::{Reader, Record};
use crate::parse::values::status::{TICKS, is_pictograph};
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Key;

impl<'r> Record<'r> {
    /// Ticks, strokes and words in capitals at either end of the text that close it.
    pub(crate) fn take_marks(&mut self, reader: &Reader<'r>) {
        let vocabulary = reader.vocabulary;
        let mut text = without_open_mark(trim(&self.text), vocabulary);
        // A sign before struck text does not belong to it.
        if text.len() > 1
            && text[1].struck
            && !text[0].struck
            && text[0].text.chars().all(|ch| ch == ' ' || is_pictograph(ch))
        {
            text.remove(0);
        }
        let struck = text.iter().take_while(|run| run.struck || run.is_blank()).count();
        if struck > 0 {
            let rest = trim(&text[struck..]);
            let is_whole = words(&text[..struck]).ends_with(QUESTION_MARKS) && !words(&rest).contains(QUESTION_MARKS);
            let is_closed = opens_settled(&rest, vocabulary) || rest.first().is_some_and(|run| is_mark(run.text));
            if rest.is_empty() || is_whole || is_closed {
                self.closed = true;
                self.add(Key::Answer, without_mark(&rest, vocabulary));
                self.text = trim(&text[..struck]);
                return;
            }
        }
        if opens_settled(&text, vocabulary) {
            self.closed = true;
            let rest = without_mark(&text, vocabulary);
            self.text = if rest.is_empty() { text } else { rest };
            return;
        }
        if self.take_marked_number(&text, vocabulary) {
            return;
        }
        let first = text.first().map(|run| run.text.trim_start()).unwrap_or_default();
        let last = text
            .last()
            .map(|run| run.text.trim_end_matches([' ', '\u{fe0f}']))
            .unwrap_or_default();
        self.closed |= first.starts_with(TICKS) || last.ends_with(TICKS);
        self.text = text;
    }

    /// `OQ-21 (resolved 2026-10-08): …`, `Q1: ✅ Who pays?`, `**Q1:** [RESOLVED] Who pays?`: a mark
    /// behind the number closes the question. Returns whether there is one.
    fn take_marked_number(&mut self, runs: &[Run<'r>], vocabulary: &Vocabulary<'_>) -> bool {
        const LONGEST: usize = 12;
        let text = Text::of(runs);
        let words = text.words();
        let is_number = |end: &usize| *end <= LONGEST && words[..*end].contains(|ch: char| ch.is_ascii_digit());
        let Some(end) = words.find(' ').filter(is_number) else {
            return false;
        };
        let bracket = words[end..].strip_prefix(" (").and_then(|rest| rest.split_once(')'));
        if let Some((mark, rest)) = bracket.filter(|(_, rest)| rest.starts_with(':')) {
            let closes = is_settled_label(mark, vocabulary);
            if closes {
                self.closed = true;
                self.number = Some(words[..end].to_owned());
                self.text = text.slice(words.len() - rest.len() + 1, words.len());
            }
            return closes;
        }
        let rest = trim(&text.slice(end, words.len()));
        let is_ticked = rest.first().is_some_and(|run| run.text.starts_with(TICKS));
        if !words[end..].contains(QUESTION_MARKS) || !is_ticked && !opens_settled(&rest, vocabulary) {
            return false;
        }
        let question = without_mark(&rest, vocabulary);
        if !self::words(&question).contains(QUESTION_MARKS) {
            return false;
        }
        self.closed = true;
        self.text = text.slice(0, end);
        append(&mut self.text, &question);
        true
    }
}
