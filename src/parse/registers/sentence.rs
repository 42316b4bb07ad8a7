//! Reads the facts in a register's sentence without columns: the date, whether it is done, a term
//! and its definition.

use crate::model::{DateText, When};
use crate::parse::markdown::inline::{Run, words};
use crate::parse::record::closing::is_resolved_words;
use crate::parse::record::text::Text;
use crate::parse::values::date::may_be_date;
use crate::parse::values::deadline::{deadline, leading_deadline};
use crate::parse::values::status::TICKS;
use crate::parse::vocabulary::Vocabulary;

/// The date in a line: after a word that introduces one, or else as in a deadline.
pub(super) fn due(text: &str, vocabulary: &Vocabulary<'_>) -> Option<DateText> {
    const LEADS: [&str; 11] = [
        " by ", " before ", " until ", " on ", " due ", ": ", " – ", " — ", " - ", " (", " | ",
    ];
    if !may_be_date(text, vocabulary) {
        return None;
    }
    let is_day = |due: &DateText| matches!(due.when, When::Day(_) | When::Month(_) | When::Milestone(Some(_)));
    let ends = LEADS
        .iter()
        .flat_map(|lead| text.match_indices(lead).map(|(at, lead)| at + lead.len()));
    let mut led = ends.map(|end| {
        let value = text[end..].split([')', '|']).next().unwrap_or_default();
        leading_deadline(value, vocabulary)
    });
    let whole = || DateText {
        text: text.trim().to_owned(),
        when: deadline(text, vocabulary),
        ..DateText::default()
    };
    led.find(is_day).or_else(|| Some(whole()).filter(is_day))
}

/// Whether a part of a line after a sign says that it is done: `(done)`, `— delivered`, `✅`.
pub(super) fn says_done(text: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let parts = text
        .split(['(', ')', '|', ':', '—', '–'])
        .flat_map(|part| part.split(" - "));
    text.contains(TICKS) || parts.skip(1).any(|part| is_resolved_words(part, vocabulary))
}

/// The runs before and after the first separator between a term and its definition,
/// `**Term**: what it means`, `Term - what it means`.
pub(super) fn pair<'r>(runs: &[Run<'r>]) -> Option<(Vec<Run<'r>>, Vec<Run<'r>>)> {
    const MARKS: [&str; 4] = [": ", " - ", " – ", " — "];
    let text = Text::of(runs);
    let all = text.words();
    let marks = MARKS.iter().filter_map(|mark| Some((all.find(mark)?, mark.len())));
    // The definition of `Term:` is in another line.
    let end = all.trim_end().strip_suffix(':').map(|term| (term.len(), 1));
    let (at, length) = marks.chain(end).min()?;
    let (term, meaning) = (text.slice(0, at), text.slice(at + length, all.len()));
    (!words(&term).is_empty()).then_some((term, meaning))
}
