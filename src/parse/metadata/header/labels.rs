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
fn split_value<'a>(part: Labelled<'a>, vocabulary: &Vocabulary<'_>, out: &mut Vec<Labelled<'a>>) {
    let Labelled {
        mut label,
        bold,
        value: mut runs,
    } = part;
    let mut from = 0;
    while let Some(next) = next_label(&runs[from..], vocabulary) {
        let index = from + next.run;
        let run = runs[index];
        runs[index] = cut(&run, 0, next.end);
        out.push(Labelled {
            label: std::mem::replace(&mut label, Cow::Borrowed(run.text[next.start..next.colon].trim())),
            bold,
            value: trim(&runs[from..=index]),
        });
        runs[index] = cut(&run, next.colon + 1, run.text.len());
        from = index;
    }
    let value = trim(&runs[from..]);
    out.push(Labelled { label, bold, value });
}

/// Separators between a value and the next label.
const SEPARATORS: [char; 7] = ['|', '·', '•', ';', ',', '—', '–'];

/// No known label has as many bytes. Without a limit, each colon of a long line would be compared
/// with all that stands before it.
const LONGEST_LABEL: usize = 200;

/// The place of a label in a value.
struct NextLabel {
    /// The index of its run.
    run: usize,
    /// Where the value before it ends, in the bytes of that run.
    end: usize,
    /// Where it begins.
    start: usize,
    /// Where its colon is.
    colon: usize,
}

/// The next known label of a value.
fn next_label(value: &[Run<'_>], vocabulary: &Vocabulary<'_>) -> Option<NextLabel> {
    let runs = value.iter().enumerate();
    let mut runs = runs.filter(|(_, run)| !run.code && run.link.is_none() && !run.struck);
    runs.find_map(|(index, run)| {
        let (mut read, mut separator) = (0, None);
        run.text.match_indices(':').find_map(|(colon, _)| {
            let more = &run.text[read..colon];
            let last = more.rmatch_indices(SEPARATORS).next();
            let last = last.max(more.rmatch_indices(" - ").next());
            separator = last.map(|(at, sign)| (read + at, sign)).or(separator);
            read = colon + 1;
            let behind = &run.text[colon + 1..];
            let is_end = behind.is_empty() || behind.starts_with(char::is_whitespace);
            let (end, sign) = separator.filter(|_| is_end)?;
            let start = end + sign.len();
            let is_label = colon - start < LONGEST_LABEL && is_known(&run.text[start..colon], vocabulary);
            is_label.then_some(NextLabel {
                run: index,
                end,
                start,
                colon,
            })
        })
    })
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
