//! Splits a line into label and value, and looks up the labels under which authors write the facts
//! of a document, in the one table of synonyms.

use std::borrow::Cow;

use crate::parse::markdown::inline::{Run, cut, trimmed, without_blank_ends, words};
use crate::parse::vocabulary::Vocabulary;

/// A label and the runs of its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Labelled<'a> {
    pub(crate) label: Cow<'a, str>,
    pub(crate) value: Vec<Run<'a>>,
    /// Whether the label is bold; labels in running prose are not.
    pub(crate) bold: bool,
}

/// The maximum length of a label in characters; anything longer is a sentence with a colon in it.
const LONGEST_LABEL: usize = 48;

/// A label, whether it is bold, and where the following text begins: the run and the byte in it.
type Begun<'a> = (Cow<'a, str>, bool, (usize, usize));

/// Splits a line into its labelled values: `**Author:** A | **Date:** B`, `Status: **X**`. None if
/// the line does not begin with a label.
pub(crate) fn split<'a>(line: &[Run<'a>], vocabulary: &Vocabulary<'_>) -> Option<Vec<Labelled<'a>>> {
    let mut line = without_blank_ends(line);
    let mut next = label_at(line);
    let mut out = Vec::new();
    while let Some((label, bold, (run, byte))) = next.take() {
        line = &line[run..];
        // The value ends at the next bold label that follows a separator or is a common one.
        let begins = |at: usize| {
            let from = if at == 1 { byte } else { 0 };
            let before = &line[at - 1].text[from..];
            let is_bold = line[at].strong && !line[at - 1].strong;
            let found = label_at(&line[at..]).filter(|_| is_bold)?;
            let is_apart = ends_with_separator(before) || before.ends_with(' ') && vocabulary.is_usual(&found.0);
            is_apart.then_some((at, found))
        };
        let found = (1..line.len()).find_map(begins);
        let end = found.as_ref().map_or(line.len(), |(at, _)| *at);
        let value = trimmed(&line[..end], byte);
        out.push(Labelled {
            label,
            value: if found.is_some() {
                without_separators(value)
            } else {
                value
            },
            bold,
        });
        line = &line[end..];
        next = found.map(|(_, found)| found);
    }
    (!out.is_empty()).then_some(out)
}

/// The label at the start of a line, and whether it is bold, as [`split`] finds it.
pub(crate) fn first<'a>(line: &[Run<'a>]) -> Option<(Cow<'a, str>, bool)> {
    label_at(without_blank_ends(line)).map(|(label, bold, _)| (label, bold))
}

/// The text after the label at the start of a line.
pub(super) fn behind<'a>(line: &[Run<'a>]) -> Option<Vec<Run<'a>>> {
    let line = without_blank_ends(line);
    label_at(line).map(|(_, _, (run, byte))| trimmed(&line[run..], byte))
}

/// The label at the start of `runs`.
fn label_at<'a>(runs: &[Run<'a>]) -> Option<Begun<'a>> {
    let first = runs.first()?;
    if first.strong {
        let bold = runs.iter().take_while(|run| run.strong).count();
        let text = words(&runs[..bold]);
        if let Some(label) = text.strip_suffix([':', '：']) {
            let label = Cow::Owned(label.trim().to_owned());
            return is_label(&label).then_some((label, true, (bold, 0)));
        }
        if let Some(after) = runs.get(bold)
            && let Some(colon) = leading_colon(after.text)
        {
            return is_label(&text).then_some((text, true, (bold, colon)));
        }
    }
    if first.code || first.link.is_some() || first.struck {
        return None;
    }
    let (at, colon) = colon_in(first.text)?;
    let (label, after) = (&first.text[..at], &first.text[at + colon.len()..]);
    // `https://…`, `10:30` and `std::fmt` have no space after the colon. A full-width colon needs
    // none.
    let is_apart = colon != ":" || after.is_empty() || after.starts_with(char::is_whitespace);
    if !is_apart || !is_label(label) {
        return None;
    }
    Some((Cow::Borrowed(label.trim()), first.strong, (0, at + colon.len())))
}

/// The first colon of `text`, ASCII or full-width, that is not inside a word.
fn colon_in(text: &str) -> Option<(usize, &str)> {
    let mut colons = text.match_indices([':', '：']);
    colons.find(|(at, colon)| *colon != ":" || !is_within_word(&text[at + 1..]))
}

/// Whether the colon before `after` is inside a word: German writes `Autor:in` and `Prüfer:innen`.
pub(super) fn is_within_word(after: &str) -> bool {
    let ending = after.strip_prefix("innen").or(after.strip_prefix("in"));
    ending.is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
}

/// The byte after a colon at the start of `text`.
fn leading_colon(text: &str) -> Option<usize> {
    let rest = text.trim_start().strip_prefix([':', '：'])?;
    Some(text.len() - rest.len())
}

/// Whether `text` can be a label: a few words without the end of a sentence.
fn is_label(text: &str) -> bool {
    let text = text.trim();
    text.len() <= LONGEST_LABEL
        && text.contains(char::is_alphabetic)
        && !text.contains(OF_SENTENCE)
        && text.split_whitespace().count() <= 6
}

/// Characters that end or quote a sentence, or that belong to code.
const OF_SENTENCE: [char; 8] = ['.', '?', '!', ';', '"', '{', '<', '='];

/// Whether a value may end here because the next label follows.
fn ends_with_separator(text: &str) -> bool {
    let text = text.trim_end();
    text.is_empty() || text.ends_with(SEPARATORS)
}

/// Separators between two labelled values on one line.
const SEPARATORS: &[char] = &['|', '·', '•', '—', '–', '-', ',', ';', '/', '(', '.'];

/// A text without separators and open brackets at its end. A hyphen is removed only if it is not
/// part of a word such as `In-`.
pub(super) fn without_separators(mut runs: Vec<Run<'_>>) -> Vec<Run<'_>> {
    let is_separator =
        |ch: char| ch.is_whitespace() || matches!(ch, '(' | '[' | '—' | '–' | '|' | ';' | ',' | '·' | '•');
    while let Some(last) = runs.pop() {
        let kept = last.text.trim_end_matches(is_separator);
        let kept = kept.strip_suffix(" -").unwrap_or(kept).trim_end();
        if !matches!(kept, "" | "-") {
            runs.push(cut(&last, 0, kept.len()));
            break;
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Dialect};
    use crate::parse::markdown::{inline, tree::Tree};

    fn read(text: &str) -> Vec<(String, String)> {
        let tree = Tree::parse(text, 0, Dialect::default());
        let config = Config::default();
        let vocabulary = Vocabulary::new(&config);
        let runs = inline::runs(&tree, 1, tree.nodes[0].end);
        inline::lines(&runs)
            .filter_map(|line| split(line, &vocabulary))
            .flatten()
            .map(|labelled| (labelled.label.into_owned(), words(&labelled.value).into_owned()))
            .collect()
    }

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter()
            .map(|(label, value)| ((*label).into(), (*value).into()))
            .collect()
    }

    #[test]
    fn bold_labels_share_a_line() {
        assert_eq!(
            read("**Author:** Ada Obi **Status:** Draft **for now:** yes\n"),
            pairs(&[("Author", "Ada Obi"), ("Status", "Draft for now: yes")])
        );
        assert_eq!(
            read("**Author:** Ada Obi | **Email:** ada@example.com  \n**Date**: 2026-01-02\n"),
            pairs(&[
                ("Author", "Ada Obi"),
                ("Email", "ada@example.com"),
                ("Date", "2026-01-02")
            ])
        );
        assert_eq!(
            read("**Branch:** `x` (cut) · **Last updated:** 2026-10-01"),
            pairs(&[("Branch", "x (cut)"), ("Last updated", "2026-10-01")])
        );
    }

    #[test]
    fn plain_labels_end_at_a_colon_and_a_space() {
        assert_eq!(
            read("Author(s): Ada <ada@example.com>"),
            pairs(&[("Author(s)", "Ada ada@example.com")])
        );
        assert_eq!(read("Status: **Accepted**"), pairs(&[("Status", "Accepted")]));
        assert_eq!(read("See https://example.com: it helps"), pairs(&[]));
        assert_eq!(read("at 10:30 we met"), pairs(&[]));
    }
}
