//! Marks around the text of a record that close it: ticks, strikethrough, words in capitals.

use crate::parse::markdown::fold::{QUESTION_MARKS, asks};
use crate::parse::markdown::inline::{Run, append, trim, words};
use crate::parse::record::closing::{
    is_closing_label, is_mark, opens_resolved, strip_start, without_mark, without_open_mark,
};
use crate::parse::record::text::Text;
use crate::parse::record::{Reader, Record};
use crate::parse::values::status::TICKS;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Key;

impl<'r> Record<'r> {
    /// Takes the ticks, strikethrough and words in capitals at either end of the text that close
    /// it.
    pub(crate) fn take_marks(&mut self, reader: &Reader<'r>) {
        let vocabulary = reader.vocabulary;
        let text = without_open_mark(trim(&self.text), vocabulary);
        if self.take_struck(&text, vocabulary) || self.take_marked_number(&text, vocabulary) {
            self.closed = true;
        } else if opens_resolved(&text, vocabulary) {
            self.closed = true;
            let rest = without_mark(&text, vocabulary);
            self.text = if rest.is_empty() { text } else { rest };
        } else {
            let text_of = |run: Option<&Run<'r>>| run.map_or("", |run| run.text);
            let (first, last) = (text_of(text.first()), text_of(text.last()));
            let last = last.trim_end_matches([' ', '\u{fe0f}']);
            self.closed |= first.trim_start().starts_with(TICKS) || last.ends_with(TICKS);
            self.text = text;
        }
    }

    /// `~~Who pays?~~ **Resolved:** the sender`: a struck-through question is closed, and the text
    /// after it is the answer. Returns whether there is one.
    fn take_struck(&mut self, text: &[Run<'r>], vocabulary: &Vocabulary<'_>) -> bool {
        if !text.iter().any(|run| run.struck) {
            return false;
        }
        // A sign before struck-through text is not part of it.
        let bare = strip_start(text);
        let text = if bare.first().is_some_and(|run| run.struck) {
            &bare
        } else {
            text
        };
        let struck = text.iter().take_while(|run| run.struck || run.is_blank()).count();
        let (question, rest) = text.split_at(struck);
        let rest = trim(rest);
        let is_whole = || words(question).ends_with(QUESTION_MARKS) && !asks(&words(&rest));
        let is_closed = rest.is_empty()
            || rest.first().is_some_and(|run| is_mark(run.text))
            || opens_resolved(&rest, vocabulary)
            || is_whole();
        if struck > 0 && is_closed {
            self.add(Key::Answer, without_mark(&rest, vocabulary));
            self.text = trim(question);
        }
        struck > 0 && is_closed
    }

    /// `OQ-21 (resolved 2026-10-08): …`, `Q1: ✅ Who pays?`, `**Q1:** [RESOLVED] Who pays?`: a mark
    /// after the number closes the question. Returns whether there is one.
    fn take_marked_number(&mut self, runs: &[Run<'r>], vocabulary: &Vocabulary<'_>) -> bool {
        const LONGEST: usize = 12;
        let text = Text::of(runs);
        let words = text.words();
        let end = words.find(' ').unwrap_or(0);
        if end > LONGEST || !words[..end].contains(|ch: char| ch.is_ascii_digit()) {
            return false;
        }
        let bracket = words[end..].strip_prefix(" (").and_then(|rest| rest.split_once("):"));
        if let Some((_, rest)) = bracket.filter(|(mark, _)| is_closing_label(mark, vocabulary)) {
            self.number = Some(words[..end].to_owned());
            self.text = text.slice(words.len() - rest.len(), words.len());
            return true;
        }
        let rest = trim(&text.slice(end, words.len()));
        let is_ticked = rest.first().is_some_and(|run| run.text.starts_with(TICKS));
        if !is_ticked && !opens_resolved(&rest, vocabulary) {
            return false;
        }
        let question = without_mark(&rest, vocabulary);
        let is_question = asks(&self::words(&question));
        if is_question {
            self.text = text.slice(0, end);
            append(&mut self.text, &question);
        }
        is_question
    }
}
