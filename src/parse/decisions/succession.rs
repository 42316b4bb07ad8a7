//! Which decisions a row or an item says that it replaces, or is replaced by.

use std::collections::HashSet;

use crate::model::Decision;
use crate::parse::markdown::fold::fold;
use crate::parse::markdown::inline::{Run, cut, find_in_any_case, span_of, trim, words};
use crate::parse::values::date::says_nothing;
use crate::parse::vocabulary::Vocabulary;
use crate::source::Spanned;

/// What the columns are called that name the decisions replaced.
pub(crate) const SUPERSEDES: &[&str] = &["supersedes", "replaces", "obsoletes"];
/// What the columns are called that name the decision that came after.
pub(crate) const SUPERSEDED_BY: &[&str] = &["superseded by", "replaced by", "obsoleted by"];

/// The decisions that a cell of its own names.
pub(crate) fn named(cell: &[Run<'_>], vocabulary: &Vocabulary<'_>) -> Vec<Spanned<String>> {
    let text = words(cell);
    let span = span_of(cell);
    text.split([',', ';', '&'])
        .flat_map(|part| part.split(" and "))
        .map(|part| part.trim().trim_end_matches('.'))
        .filter(|part| part.chars().any(char::is_alphanumeric) && !says_nothing(part, vocabulary))
        .map(|part| Spanned::new(part.to_owned(), span))
        .collect()
}

/// Adds what a text says with `supersedes D-03` and `superseded by D-09`.
pub(crate) fn take(decision: &mut Decision, text: &[Run<'_>], vocabulary: &Vocabulary<'_>) {
    for (index, run) in text.iter().enumerate() {
        if may_supersede(run.text) {
            let rest = &text[index + 1..];
            decision
                .superseded_by
                .extend(named_behind(SUPERSEDED_BY, run, rest, vocabulary));
            decision
                .supersedes
                .extend(named_behind(SUPERSEDES, run, rest, vocabulary));
        }
    }
    decision.superseded_by.dedup();
    decision.supersedes.dedup();
}

/// Whether a text has one of the stems that are in every such phrase; most have none. Each is
/// looked for by its rarest letter.
fn may_supersede(text: &str) -> bool {
    let text = text.as_bytes();
    let has = |stem: &str, before: usize, at: usize| {
        let word = at
            .checked_sub(before)
            .and_then(|from| text.get(from..from + stem.len()));
        word.is_some_and(|word| word.eq_ignore_ascii_case(stem.as_bytes()))
    };
    memchr::memchr2_iter(b'p', b'P', text).any(|at| has("supersede", 2, at) || has("replace", 2, at))
        || memchr::memchr2_iter(b'b', b'B', text).any(|at| has("obsolete", 1, at))
}

/// The decisions named behind one of `phrases` in `run`, which goes on with `rest`.
fn named_behind(
    phrases: &[&str],
    run: &Run<'_>,
    rest: &[Run<'_>],
    vocabulary: &Vocabulary<'_>,
) -> Vec<Spanned<String>> {
    let ends = phrases
        .iter()
        .filter_map(|phrase| Some(find_in_any_case(run.text, phrase)? + phrase.len()));
    let after = |end: usize| {
        let mut after = vec![cut(run, end, run.text.len())];
        after.extend_from_slice(rest);
        named(&up_to_end(&after), vocabulary)
    };
    ends.flat_map(after).filter(|name| is_label(&name.value)).collect()
}

/// The runs up to the end of the sentence or bracket.
fn up_to_end<'a>(runs: &[Run<'a>]) -> Vec<Run<'a>> {
    let mut out = Vec::new();
    for run in runs {
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

/// `D-03`, `ADR 0012`: in running text only a number names a decision.
fn is_label(name: &str) -> bool {
    let words = fold(name);
    words.split(' ').count() <= 3 && words.len() <= 16 && words.bytes().any(|byte| byte.is_ascii_digit())
}

/// Marks the decisions that another of the same document replaces.
pub(crate) fn settle(decisions: &mut [Decision]) {
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
        let told: Vec<_> = document
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
        assert_eq!(told, expected);
        assert_eq!(document.decisions[1].supersedes[0].span.of(text).trim(), "D-01");
    }
}
