//! Metadata lines recognised only because their labels are known words: several plain labels on a line,
//! a bold label without a colon.

use std::borrow::Cow;

use crate::parse::markdown::inline::{Run, cut, trim, trimmed, without_blank_ends, words};
use crate::parse::metadata::field::is_fact;
use crate::parse::record::label::{Labelled, split};
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Scope;

/// Splits a metadata line like [`split`]; if that fails, at known labels.
pub(crate) fn split_line<'a>(line: &[Run<'a>], vocabulary: &Vocabulary<'_>) -> Option<Vec<Labelled<'a>>> {
    let Some(parts) = split(line, vocabulary) else {
        return without_colon(without_blank_ends(line), vocabulary).map(|part| vec![part]);
    };
    let mut out = Vec::with_capacity(parts.len());
    for part in parts {
        split_value(part, vocabulary, &mut out);
    }
    Some(out)
}

/// Whether a label means a fact that occurs once in a document, so that it may end the preceding
/// value.
fn is_known(label: &str, vocabulary: &Vocabulary<'_>) -> bool {
    is_fact(vocabulary.key(Scope::Document, label))
}

/// `Ada Obi | Status: Draft, Date: …`: a value ends where the next known label begins.
fn split_value<'a>(mut part: Labelled<'a>, vocabulary: &Vocabulary<'_>, out: &mut Vec<Labelled<'a>>) {
    while let Some((run, end, start, colon)) = next_label(&part.value, vocabulary) {
        let at = part.value[run];
        let mut after = vec![cut(&at, colon + 1, at.text.len())];
        after.extend_from_slice(&part.value[run + 1..]);
        part.value.truncate(run);
        part.value.push(cut(&at, 0, end));
        part.value = trim(&part.value);
        let next = Labelled {
            label: Cow::Borrowed(at.text[start..colon].trim()),
            bold: part.bold,
            value: trim(&after),
        };
        out.push(std::mem::replace(&mut part, next));
    }
    out.push(part);
}

/// Separators between a value and the next label.
const SEPARATORS: [char; 7] = ['|', '·', '•', ';', ',', '—', '–'];

/// Where the next known label is: the index of its run, then the bytes in that run at which the value
/// before it ends, the label begins and its colon is.
fn next_label(value: &[Run<'_>], vocabulary: &Vocabulary<'_>) -> Option<(usize, usize, usize, usize)> {
    for (index, run) in value.iter().enumerate() {
        if run.code || run.link.is_some() || run.struck {
            continue;
        }
        for (colon, _) in run.text.match_indices(':') {
            if !run.text[colon + 1..].is_empty() && !run.text[colon + 1..].starts_with(char::is_whitespace) {
                continue;
            }
            let before = &run.text[..colon];
            let separator = before.rmatch_indices(SEPARATORS).next();
            let Some((end, sign)) = separator.max(before.rmatch_indices(" - ").next()) else {
                continue;
            };
            let start = end + sign.len();
            if is_known(&before[start..], vocabulary) {
                return Some((index, end, start, colon));
            }
        }
    }
    None
}

/// `**Author(s)** - Ada Obi`, `**Status** Draft`.
fn without_colon<'a>(line: &[Run<'a>], vocabulary: &Vocabulary<'_>) -> Option<Labelled<'a>> {
    let bold = line.iter().take_while(|run| run.strong).count();
    let label = words(&line[..bold]);
    if bold == 0 || bold == line.len() || !is_known(&label, vocabulary) {
        return None;
    }
    let value = trim(&line[bold..]);
    let bare = value.first()?.text.trim_start_matches(['-', '–', '—']);
    let dashes = value[0].text.len() - bare.len();
    let has_dash = dashes > 0 && bare.starts_with(char::is_whitespace);
    let value = if has_dash { trimmed(&value, dashes) } else { value };
    let text = words(&value);
    // Without a dash, it is a fact only if it cannot be a sentence.
    let is_value = text.split(' ').count() <= 6
        && !text.starts_with(char::is_lowercase)
        && !text.ends_with('.')
        && text.chars().any(char::is_alphanumeric);
    (has_dash || is_value).then_some(Labelled {
        label,
        value,
        bold: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Dialect;
    use crate::parse::markdown::{inline, tree::Tree};

    fn read(text: &str) -> Vec<(String, String)> {
        let tree = Tree::parse(text, 0, Dialect::default());
        let vocabulary = Vocabulary::english();
        split_line(&inline::runs(&tree, 1, tree.nodes[0].end), &vocabulary)
            .unwrap_or_default()
            .into_iter()
            .map(|part| (part.label.into_owned(), words(&part.value).into_owned()))
            .collect()
    }

    #[test]
    fn plain_labels_share_a_line() {
        for text in [
            "Author: Ada Obi | Status: Draft | Date: 2026-01-02",
            "Author: Ada Obi, Status: Draft, Date: 2026-01-02",
            "*Author: Ada Obi · Status: Draft · Date: 2026-01-02*",
            "Author: Ada Obi - Status: **Draft** - Date: 2026-01-02",
        ] {
            let expected = [("Author", "Ada Obi"), ("Status", "Draft"), ("Date", "2026-01-02")];
            let read = read(text);
            let read: Vec<_> = read
                .iter()
                .map(|(label, value)| (label.as_str(), value.as_str()))
                .collect();
            assert_eq!(read, expected, "{text}");
        }
    }

    #[test]
    fn a_bold_label_needs_no_colon() {
        let author = [("Author(s)".to_owned(), "Ada Obi".to_owned())];
        assert_eq!(read("**Author(s)** - Ada Obi"), author);
        assert_eq!(read("**Author(s)** Ada Obi"), author);
        assert_eq!(read("**Status** is what everybody asks for."), []);
        assert_eq!(read("**Colour** - blue"), []);
    }
}
