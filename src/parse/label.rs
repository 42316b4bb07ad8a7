//! The labels under which authors write the facts of a document: the one table of synonyms,
//! and how a line is split into label and value.

use rustc_hash::FxHashMap;

use super::inline::{Run, cut, trim, words};
pub(crate) use super::synonyms::Key;
use super::synonyms::{DECISION_LABELS, DOCUMENT_LABELS, DOCUMENT_WORDS, QUESTION_LABELS};
use crate::config::Config;

/// Which synonyms apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    Document,
    Question,
    Decision,
}

/// The synonyms of every scope, a team's own included; built once for a book.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    document: FxHashMap<String, Key>,
    question: FxHashMap<String, Key>,
    decision: FxHashMap<String, Key>,
}

impl Labels {
    pub(crate) fn new(config: &Config) -> Self {
        fn table(rows: &[(Key, &[&str])]) -> FxHashMap<String, Key> {
            rows.iter()
                .flat_map(|(key, words)| words.iter().map(|word| ((*word).to_owned(), *key)))
                .collect()
        }
        let mut labels = Self {
            document: table(DOCUMENT_LABELS),
            question: table(QUESTION_LABELS),
            decision: table(DECISION_LABELS),
        };
        for (field, words) in &config.labels {
            let (map, key) = match field.as_str() {
                "author" => (&mut labels.document, Key::Author),
                "reviewer" => (&mut labels.document, Key::Reviewer),
                "approver" => (&mut labels.document, Key::Approver),
                "decider" => (&mut labels.document, Key::Decider),
                "status" => (&mut labels.document, Key::Status),
                "created" => (&mut labels.document, Key::Created),
                "updated" => (&mut labels.document, Key::Updated),
                "target-release" => (&mut labels.document, Key::Release),
                "link" => (&mut labels.document, Key::Link),
                "due" => (&mut labels.question, Key::Due),
                "owner" => (&mut labels.question, Key::Owner),
                "context" => (&mut labels.question, Key::Context),
                "answer" => (&mut labels.question, Key::Answer),
                _ => continue,
            };
            map.extend(words.iter().map(|word| (fold(word), key)));
        }
        labels
    }

    /// What `label` means in `scope`.
    pub(crate) fn key(&self, scope: Scope, label: &str) -> Option<Key> {
        let map = match scope {
            Scope::Document => &self.document,
            Scope::Question => &self.question,
            Scope::Decision => &self.decision,
        };
        let folded = fold(label);
        let find = |words: &str| map.get(words).or_else(|| map.get(words.strip_suffix(" s")?)).copied();
        // `RFC Approver` and `ADR date` say what `Approver` and `Date` say.
        find(&folded).or_else(|| {
            find(
                folded
                    .split_once(' ')
                    .filter(|(first, _)| DOCUMENT_WORDS.contains(first))?
                    .1,
            )
        })
    }
}

/// A label made comparable: lower case, words only, one space between; `Author(s)` is
/// `author s`, `creation-date` is `creation date`.
pub(crate) fn fold(label: &str) -> String {
    if label.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9')) {
        return label.to_owned();
    }
    if label.is_ascii() {
        return fold_ascii(label);
    }
    let mut out = String::with_capacity(label.len());
    let mut is_between = false;
    for ch in label.chars() {
        if !ch.is_alphanumeric() {
            is_between = true;
            continue;
        }
        if is_between && !out.is_empty() {
            out.push(' ');
        }
        is_between = false;
        out.extend(ch.to_lowercase());
    }
    out
}

/// Byte by byte, as most labels and headings can be.
fn fold_ascii(label: &str) -> String {
    let mut out = Vec::with_capacity(label.len());
    let mut is_between = false;
    for byte in label.bytes() {
        match FOLDED[usize::from(byte & 0x7f)] {
            0 => is_between = true,
            folded => {
                if is_between && !out.is_empty() {
                    out.push(b' ');
                }
                is_between = false;
                out.push(folded);
            }
        }
    }
    String::from_utf8(out).unwrap_or_default()
}

/// ASCII letters in lower case and digits; nothing for what stands between words.
const FOLDED: [u8; 128] = {
    let mut folded = [0; 128];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        if byte.is_ascii_alphanumeric() {
            folded[at] = byte.to_ascii_lowercase();
        }
        at += 1;
    }
    folded
};

/// A label and the runs of its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Labelled<'a> {
    pub(crate) label: String,
    pub(crate) value: Vec<Run<'a>>,
    /// Whether the label was set in bold, which nobody does in running prose.
    pub(crate) bold: bool,
}

/// The most characters that a label has; a longer one is a sentence with a colon in it.
const LONGEST_LABEL: usize = 48;

/// Splits a line into its labelled values: `**Author:** A | **Date:** B`, `Status: **X**`.
/// None where the line does not begin with a label.
pub(crate) fn split<'a>(line: &[Run<'a>]) -> Option<Vec<Labelled<'a>>> {
    let mut out = Vec::new();
    let mut next = label_at(&trim(line));
    next.as_ref()?;
    while let Some((label, bold, rest)) = next.take() {
        // The value goes on to the next bold label that follows a separator.
        let mut end = rest.len();
        for index in 1..rest.len() {
            if rest[index].strong
                && !rest[index - 1].strong
                && ends_with_separator(rest[index - 1].text)
                && let Some(found) = label_at(&rest[index..])
            {
                end = index;
                next = Some(found);
                break;
            }
        }
        out.push(Labelled {
            label,
            value: if next.is_some() {
                strip_separators(&rest[..end])
            } else {
                trim(&rest)
            },
            bold,
        });
    }
    Some(out)
}

/// The label with which `runs` begin, whether it is bold, and the runs after it.
fn label_at<'a>(runs: &[Run<'a>]) -> Option<(String, bool, Vec<Run<'a>>)> {
    let first = runs.first()?;
    if first.strong {
        let bold = runs.iter().take_while(|run| run.strong).count();
        let text = words(&runs[..bold]);
        if let Some(label) = text.strip_suffix([':', '：']) {
            return is_label(label).then(|| (label.trim().to_owned(), true, runs[bold..].to_vec()));
        }
        if let Some(after) = runs.get(bold)
            && let Some(colon) = leading_colon(after.text)
        {
            let mut rest = vec![cut(after, colon, after.text.len())];
            rest.extend_from_slice(&runs[bold + 1..]);
            return if is_label(&text) {
                Some((text.into_owned(), true, rest))
            } else {
                None
            };
        }
    }
    if first.code || first.link.is_some() || first.struck {
        return None;
    }
    let (colon, length) = first
        .text
        .char_indices()
        .find_map(|(at, ch)| matches!(ch, ':' | '：').then_some((at, ch.len_utf8())))?;
    let (label, after) = (&first.text[..colon], &first.text[colon + length..]);
    // `https://…`, `10:30` and `std::fmt` have no space after the colon.
    if !is_label(label) || !(after.is_empty() || after.starts_with(char::is_whitespace)) {
        return None;
    }
    let mut rest = vec![cut(first, colon + length, first.text.len())];
    rest.extend_from_slice(&runs[1..]);
    Some((label.trim().to_owned(), first.strong, rest))
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
    !text.is_empty()
        && text.len() <= LONGEST_LABEL
        && text.split_whitespace().count() <= 6
        && text.chars().any(char::is_alphabetic)
        && !text.contains(['.', '?', '!', ';', '"', '{', '<', '='])
}

/// Whether a value may end here because the next label follows.
fn ends_with_separator(text: &str) -> bool {
    let text = text.trim_end();
    text.is_empty() || text.ends_with(SEPARATORS)
}

/// What stands between two labelled values on one line.
const SEPARATORS: &[char] = &['|', '·', '•', '—', '–', '-', ',', ';', '/', '(', '.'];

/// A value without the separators before the next label, or a bracket left open there.
fn strip_separators<'a>(runs: &[Run<'a>]) -> Vec<Run<'a>> {
    let mut value = trim(runs);
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
    use crate::config::Dialect;
    use crate::parse::{inline, tree::Tree};

    fn read(text: &str) -> Vec<(String, String)> {
        let tree = Tree::parse(text, 0, Dialect::default());
        let runs = inline::runs(&tree, 1, tree.nodes[0].end);
        inline::lines(&runs)
            .filter_map(split)
            .flatten()
            .map(|labelled| (labelled.label, words(&labelled.value).into_owned()))
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

    #[test]
    fn synonyms_fold_case_and_punctuation() {
        let labels = Labels::new(&Config::default());
        assert_eq!(labels.key(Scope::Document, "Author(s)"), Some(Key::Author));
        assert_eq!(labels.key(Scope::Document, "creation-date"), Some(Key::Created));
        assert_eq!(labels.key(Scope::Document, "Colour"), None);
        assert_eq!(labels.key(Scope::Question, "Decision needed by"), Some(Key::Due));
    }
}
