//! The facts of a decision, in a row or in a list: when, by whom, and whether it still holds.

use crate::model::{DateText, Person, When};
use crate::parse::markdown::fold::folded_in_place;
use crate::parse::markdown::inline::{Run, span_of, words};
use crate::parse::record::Reader;
use crate::parse::values::date::when;
use crate::parse::values::person::people_in;

/// A date as a decision gives it.
pub(crate) fn date_text(runs: &[Run<'_>], reader: &Reader<'_>) -> DateText {
    let text = words(runs);
    DateText {
        when: when(&text, reader.vocabulary),
        text: text.into_owned(),
        span: span_of(runs),
    }
}

/// Whether a status says that the decision holds no more.
pub(crate) fn is_superseded(status: &str) -> bool {
    folded_in_place(status, |words| {
        [
            "superseded", "replaced by", "reversed", "obsolete", "revoked", "overturned",
        ]
        .iter()
        .any(|word| words.starts_with(word))
    })
}

/// Whether all of the text is struck through.
pub(crate) fn is_struck(runs: &[Run<'_>]) -> bool {
    !runs.is_empty() && runs.iter().all(|run| run.struck || run.is_blank())
}

/// `Phase 2`, folded.
fn is_stage(folded: &str) -> bool {
    let mut parts = folded.split(' ');
    matches!(
        parts.next().unwrap_or_default(),
        "phase" | "sprint" | "milestone" | "stage" | "week" | "iteration" | "release" | "month" | "quarter"
    ) && parts
        .next()
        .is_some_and(|word| word.len() <= 3 && word.bytes().any(|byte| byte.is_ascii_digit()))
}

/// Who decided. A phase or a date in the column says when, not who.
pub(crate) fn deciders(runs: &[Run<'_>], reader: &Reader<'_>) -> Vec<Person> {
    let text = words(runs);
    let is_stage = folded_in_place(&text, is_stage);
    // A date has a digit, a milestone may have none.
    let may_be_date = !reader.vocabulary.config.milestones.is_empty() || text.bytes().any(|byte| byte.is_ascii_digit());
    let is_date = || {
        matches!(
            when(&text, reader.vocabulary),
            When::Day(_) | When::Month(_) | When::Milestone(Some(_))
        )
    };
    if is_stage || may_be_date && is_date() {
        Vec::new()
    } else {
        people_in(runs)
    }
}
