//! The labels under which authors write the facts of a document: the one table of synonyms,
//! and how a line is split into label and value.

use std::borrow::Cow;

use crate::parse::markdown::inline::{Run, cut, trim, trimmed, without_blank_ends, words};
use crate::parse::vocabulary::Vocabulary;

/// A label and the runs of its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Labelled<'a> {
    pub(crate) label: Cow<'a, str>,
    pub(crate) value: Vec<Run<'a>>,
    /// Whether the label was set in bold, which nobody does in running prose.
    pub(crate) bold: bool,
}

/// The most characters that a label has; a longer one is a sentence with a colon in it.
const LONGEST_LABEL: usize = 48;

/// A label, whether it is bold, and where what follows it begins: the run, and the byte in it.
type Begun<'a> = (Cow<'a, str>, bool, (usize, usize));

/// Splits a line into its labelled values: `**Author:** A | **Date:** B`, `Status: **X**`.
/// None where the line does not begin with a label.
pub(crate) fn split<'a>(line: &[Run<'a>], vocabulary: &Vocabulary<'_>) -> Option<Vec<Labelled<'a>>> {
    let line = without_blank_ends(line);
    let mut out = Vec::with_capacity(1);
    let mut next = label_at(line);
    next.as_ref()?;
    let mut from = 0;
    while let Some((label, bold, (run, byte))) = next.take() {
        let start = from + run;
        // The value goes on to the next bold label that follows a separator, or is a usual one.
        let mut end = line.len();
        let mut before = line.get(start).map_or("", |run| &run.text[byte..]);
        for (index, run) in line.iter().enumerate().skip(start + 1) {
            if run.strong
                && !line[index - 1].strong
                && let Some(found) = label_at(&line[index..])
                && (ends_with_separator(before) || before.ends_with(' ') && vocabulary.is_usual(&found.0))
            {
                (end, from) = (index, index);
                next = Some(found);
                break;
            }
            before = run.text;
        }
        let value = trimmed(&line[start..end], byte);
        out.push(Labelled {
            label,
            value: if next.is_some() { strip_separators(value) } else { value },
            bold,
        });
    }
    Some(out)
}

/// The label with which a line begins, and whether it is bold, as [`split`] finds it.
pub(crate) fn first<'a>(line: &[Run<'a>]) -> Option<(Cow<'a, str>, bool)> {
    label_at(without_blank_ends(line)).map(|(label, bold, _)| (label, bold))
}

/// The label with which `runs` begin.
fn label_at<'a>(runs: &[Run<'a>]) -> Option<Begun<'a>> {
    let first = runs.first()?;
    if first.strong {
        let bold = runs.iter().take_while(|run| run.strong).count();
        let text = words(&runs[..bold]);
        if text.ends_with([':', '：']) {
            let label = without_colon(text);
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
    let (colon, length) = colon_in(first.text)?;
    let (label, after) = (&first.text[..colon], &first.text[colon + length..]);
    // `https://…`, `10:30` and `std::fmt` have no space after the colon; a wide one needs none.
    let is_apart = length > 1 || after.is_empty() || after.starts_with(char::is_whitespace);
    if !is_apart || !is_label(label) {
        return None;
    }
    Some((Cow::Borrowed(label.trim()), first.strong, (0, colon + length)))
}

/// `label` without the colon at its end.
fn without_colon(label: Cow<'_, str>) -> Cow<'_, str> {
    let bare = |label: &str| label.strip_suffix([':', '：']).unwrap_or(label).trim().len();
    match label {
        // Folded words begin with no white space.
        Cow::Borrowed(label) => Cow::Borrowed(&label[..bare(label)]),
        Cow::Owned(mut label) => {
            label.truncate(bare(&label));
            Cow::Owned(label)
        }
    }
}

/// The first colon of `text` that is none within a word, narrow or wide, and its length in bytes.
fn colon_in(text: &str) -> Option<(usize, usize)> {
    // The first byte of the wide one is that of many signs.
    memchr::memchr2_iter(b':', 0xef, text.as_bytes()).find_map(|at| {
        let rest = &text.as_bytes()[at..];
        match rest[0] {
            b':' => (!is_within_word(&text[at + 1..])).then_some((at, 1)),
            _ => rest.starts_with("：".as_bytes()).then_some((at, 3)),
        }
    })
}

/// Whether the colon before `after` parts nothing: German writes `Autor:in` and `Prüfer:innen`.
pub(super) fn is_within_word(after: &str) -> bool {
    let ending = after.strip_prefix("innen").or(after.strip_prefix("in"));
    ending.is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
}

/// The byte after a colon at the start of `text`.
fn leading_colon(text: &str) -> Option<usize> {
    let start = text.len() - text.trim_start().len();
    let colon = text[start..].chars().next().filter(|ch| matches!(ch, ':' | '：'))?;
    Some(start + colon.len_utf8())
}

/// Whether `text` can be a label at all: a few words that end no sentence.
fn is_label(text: &str) -> bool {
    let text = text.trim();
    if text.len() > LONGEST_LABEL {
        return false;
    }
    let (mut words, mut in_word, mut has_letter) = (0, false, false);
    for ch in text.chars() {
        let sign = match SIGNS.get(ch as usize) {
            Some(sign) => *sign,
            None if ch.is_whitespace() => Sign::Space,
            None if ch.is_alphabetic() => Sign::Letter,
            None => Sign::Other,
        };
        if sign == Sign::OfSentence {
            return false;
        }
        let is_in_word = sign != Sign::Space;
        words += usize::from(is_in_word && !in_word);
        in_word = is_in_word;
        has_letter |= sign == Sign::Letter;
    }
    has_letter && words <= 6
}

/// What a character is to a label.
#[derive(Clone, Copy, PartialEq)]
enum Sign {
    Letter,
    Space,
    /// Ends or quotes a sentence, or is part of code.
    OfSentence,
    Other,
}

/// What those of ASCII are.
const SIGNS: [Sign; 128] = {
    let mut signs = [Sign::Other; 128];
    let mut at = 0;
    while at < 128 {
        signs[at] = match at as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Sign::Letter,
            b' ' | b'\t'..=b'\r' => Sign::Space,
            b'.' | b'?' | b'!' | b';' | b'"' | b'{' | b'<' | b'=' => Sign::OfSentence,
            _ => Sign::Other,
        };
        at += 1;
    }
    signs
};

/// Whether a value may end here because the next label follows.
fn ends_with_separator(text: &str) -> bool {
    let text = text.trim_end();
    text.is_empty() || text.ends_with(SEPARATORS)
}

/// What stands between two labelled values on one line.
const SEPARATORS: &[char] = &['|', '·', '•', '—', '–', '-', ',', ';', '/', '(', '.'];

/// A value without the separators before the next label, or a bracket left open there.
fn strip_separators(mut value: Vec<Run<'_>>) -> Vec<Run<'_>> {
    while let Some(last) = value.last() {
        let kept = last
            .text
            .trim_end_matches(|ch: char| ch.is_whitespace() || matches!(ch, '|' | '·' | '•' | '—' | '–' | ';' | ','));
        // A hyphen ends a value only when it stands alone: `In-` is part of a word.
        let kept = kept
            .strip_suffix(" -")
            .or(kept.strip_suffix(" ("))
            .unwrap_or(if matches!(kept, "-" | "(") { "" } else { kept });
        if kept.len() == last.text.len() {
            break;
        }
        let length = kept.len();
        if let Some(part) = value.pop().filter(|_| length > 0) {
            value.push(cut(&part, 0, length));
            break;
        }
    }
    trim(&value)
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
