//! Finds which decisions a row or an item supersedes, and which supersede it.

use std::collections::HashSet;

use crate::model::Decision;
use crate::parse::markdown::fold::fold;
use crate::parse::markdown::inline::{Run, cut, span_of, trim, words};
use crate::parse::values::date::says_nothing;
use crate::parse::values::succession::phrases;
use crate::parse::vocabulary::concept::{Key, Scope};
use crate::parse::vocabulary::{Vocabulary, prefixes};
use crate::source::Spanned;

/// The decisions named in a cell for them.
pub(super) fn named(cell: &[Run<'_>], vocabulary: &Vocabulary<'_>) -> Vec<Spanned<String>> {
    let text = words(cell);
    let span = span_of(cell);
    text.split([',', ';', '&'])
        .flat_map(|part| part.split(" and "))
        .map(|part| part.trim().trim_end_matches('.'))
        .filter(|part| part.chars().any(char::is_alphanumeric) && !says_nothing(part, vocabulary))
        .map(|part| Spanned::new(part.to_owned(), span))
        .collect()
}

/// Whether a text begins with words that introduce the superseded decisions or the successor.
pub(super) fn lead(text: &str, vocabulary: &Vocabulary<'_>) -> Option<Key> {
    let key = |lead: &str| vocabulary.key(Scope::Decision, lead);
    let is_one = |key: &Key| matches!(key, Key::Supersedes | Key::SupersededBy);
    prefixes(&fold(text)).find_map(|lead| key(lead).filter(is_one))
}

/// Adds the references in a text: `supersedes D-03` and `superseded by D-09`.
pub(super) fn take(decision: &mut Decision, text: &[Run<'_>], vocabulary: &Vocabulary<'_>) {
    let has_digit = |run: &Run<'_>| run.text.contains(|ch: char| ch.is_ascii_digit());
    let last = text.iter().rposition(has_digit).map_or(0, |last| last + 1);
    for (index, run) in text[..last].iter().enumerate() {
        for (key, end) in phrases(run.text, vocabulary) {
            let first = cut(run, end, run.text.len());
            let names = named(&up_to_end(first, &text[index + 1..]), vocabulary).into_iter();
            let names = names.filter(|name| is_label(&name.value));
            match key {
                Key::Supersedes => decision.supersedes.extend(names),
                _ => decision.superseded_by.extend(names),
            }
        }
    }
    decision.superseded_by.dedup();
    decision.supersedes.dedup();
}

/// The runs up to the end of the sentence or bracket, and no more of them than a list of names has:
/// each phrase in a long text would be followed by all of the rest.
fn up_to_end<'a>(first: Run<'a>, rest: &[Run<'a>]) -> Vec<Run<'a>> {
    const MOST: usize = 100;
    let mut out = Vec::new();
    for run in std::iter::once(&first).chain(rest).take(MOST) {
        let end = run
            .text
            .find(['.', ';', '(', ')', '—', '–'])
            .filter(|_| run.link.is_none());
        out.push(cut(run, 0, end.unwrap_or(run.text.len())));
        if end.is_some() {
            break;
        }
    }
    trim(&out)
}

/// Whether the name is a label with a number, `D-03`, `ADR 0012`; in running text, only a number
/// identifies a decision.
fn is_label(name: &str) -> bool {
    let words = fold(name);
    words.split(' ').count() <= 3 && words.len() <= 16 && words.bytes().any(|byte| byte.is_ascii_digit())
}

/// Marks the decisions that another one in the same document supersedes.
pub(super) fn settle(decisions: &mut [Decision]) {
    let replaced: HashSet<String> = decisions
        .iter()
        .flat_map(|decision| &decision.supersedes)
        .map(|name| fold(&name.value))
        .collect();
    for decision in decisions {
        let label = decision.label.as_deref().filter(|_| !replaced.is_empty());
        let is_named = label.is_some_and(|label| replaced.contains(&fold(label)));
        decision.superseded |= is_named || !decision.superseded_by.is_empty();
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::source::Source;

    #[test]
    fn rows_say_what_they_replace() {
        let text = "# Decision Log\n\n| ID | Date | Decision | Status | Supersedes |\n|--|--|--|--|--|\n\
                    | D-01 | 2026-01-02 | Use a queue | Active | |\n\
                    | D-02 | 2026-01-03 | Use a cache (supersedes D-01) | Superseded by [D-03](#d-03). | |\n\
                    | D-03 | 2026-01-04 | Use a bus, which replaces the cache | Active | D-02, D-09 |\n";
        let source = Source {
            path: "log.md".to_owned(),
            text: text.to_owned(),
            ..Source::default()
        };
        let corpus = crate::parse::corpus(&[source], &Config::default());
        let document = corpus.chapters[0].document.as_ref().unwrap();
        let names = |names: &[crate::source::Spanned<String>]| {
            names
                .iter()
                .map(|name| name.value.clone())
                .collect::<Vec<_>>()
                .join("+")
        };
        let found: Vec<_> = document
            .decisions
            .iter()
            .map(|decision| {
                (
                    names(&decision.supersedes),
                    names(&decision.superseded_by),
                    decision.superseded,
                )
            })
            .collect();
        let expected = [("", "", true), ("D-01", "D-03", true), ("D-02+D-09", "", false)];
        let expected = expected.map(|(replaces, by, gone)| (replaces.to_owned(), by.to_owned(), gone));
        assert_eq!(found, expected);
        assert_eq!(document.decisions[1].supersedes[0].span.of(text).trim(), "D-01");
    }
}
