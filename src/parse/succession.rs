//! Which decisions a row or an item says that it replaces, or is replaced by.

use super::inline::{Run, cut, span_of, trim, words};
use super::label::fold;
use crate::model::Decision;
use crate::source::Spanned;

/// What the columns are called that name the decisions replaced.
pub(crate) const SUPERSEDES: &[&str] = &["supersedes", "replaces", "obsoletes", "supersedes decision"];
/// What the columns are called that name the decision that came after.
pub(crate) const SUPERSEDED_BY: &[&str] = &["superseded by", "replaced by", "obsoleted by"];

/// The decisions that a cell of its own names.
pub(crate) fn named(cell: &[Run<'_>]) -> Vec<Spanned<String>> {
    let text = words(cell);
    let span = span_of(cell);
    text.split([',', ';', '&'])
        .flat_map(|part| part.split(" and "))
        .map(|part| part.trim().trim_end_matches('.'))
        .filter(|part| part.chars().any(char::is_alphanumeric) && !super::date::is_unset(part))
        .map(|part| Spanned::new(part.to_owned(), span))
        .collect()
}

/// Adds what a text says with `supersedes D-03` and `superseded by D-09`.
pub(crate) fn take(decision: &mut Decision, text: &[Run<'_>]) {
    for (phrases, names) in [
        (SUPERSEDED_BY, &mut decision.superseded_by),
        (SUPERSEDES, &mut decision.supersedes),
    ] {
        for (index, run) in text.iter().enumerate() {
            let lower = run.text.to_ascii_lowercase();
            for phrase in phrases {
                let Some(at) = lower.find(phrase) else { continue };
                let from = at + phrase.len();
                let mut rest = vec![cut(run, from, run.text.len())];
                rest.extend_from_slice(&text[index + 1..]);
                names.extend(
                    named(&up_to_end(&rest))
                        .into_iter()
                        .filter(|name| is_label(&name.value)),
                );
            }
        }
        names.dedup();
    }
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
    let replaced: Vec<String> = decisions
        .iter()
        .flat_map(|decision| &decision.supersedes)
        .map(|name| fold(&name.value))
        .collect();
    for decision in decisions {
        let is_named = decision
            .label
            .as_deref()
            .is_some_and(|label| replaced.contains(&fold(label)));
        decision.superseded |= is_named || !decision.superseded_by.is_empty();
    }
}
