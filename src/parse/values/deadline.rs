//! Dates and deadlines as the values of facts: which part of a value is current, and where a range
//! of days ends.

use jiff::civil::Date;

use crate::model::{DateText, Deadline, When};
use crate::parse::markdown::inline::{Run, span_of, words};
use crate::parse::values::date::{iso_days, when};
use crate::parse::values::replaced::current;
use crate::parse::vocabulary::Vocabulary;
use crate::source::Span;

/// The date in a value.
pub(crate) fn date_text(runs: &[Run<'_>], vocabulary: &Vocabulary<'_>) -> DateText {
    read(runs, when, vocabulary)
}

/// The deadline in a value.
pub(crate) fn deadline_text(runs: &[Run<'_>], vocabulary: &Vocabulary<'_>) -> DateText {
    read(runs, deadline, vocabulary)
}

/// The day on which something is to be looked at again. None for words without a date: `when traffic
/// doubles` is a condition, and remains the author's text.
pub(crate) fn promised(runs: &[Run<'_>], vocabulary: &Vocabulary<'_>) -> Option<Deadline> {
    let date = deadline_text(runs, vocabulary);
    (!matches!(date.when, When::Unset | When::Milestone(None))).then_some(Deadline(date))
}

/// The deadline at the start of a text.
pub(crate) fn leading_deadline(text: &str, vocabulary: &Vocabulary<'_>) -> DateText {
    read(&[Run::plain(text, Span::default())], last_of, vocabulary)
}

/// The current part of a value, without a final full stop.
fn read(runs: &[Run<'_>], when: fn(&str, &Vocabulary<'_>) -> When, vocabulary: &Vocabulary<'_>) -> DateText {
    let runs = current(runs, vocabulary);
    let text = words(&runs);
    let text = text.trim_end_matches('.');
    DateText {
        when: when(text, vocabulary),
        text: text.to_owned(),
        span: span_of(&runs),
    }
}

/// Reads a deadline. Unlike a plain date, the last of several counts, and words may come before it:
/// `plan day 2026-04-29`.
pub(crate) fn deadline(text: &str, vocabulary: &Vocabulary<'_>) -> When {
    let read = last_of(text, vocabulary);
    if read != When::Milestone(None) {
        return read;
    }
    // `after 2026-04-29` is not a limit that could be missed.
    let is_limit = !text.to_lowercase().contains("after ");
    let is_apart = |before: &str| before.ends_with(|ch: char| !ch.is_alphanumeric() && ch != '-');
    let mut days = iso_days(text, vocabulary).filter(|(at, ..)| is_apart(&text[..*at]));
    match (days.next(), days.next()) {
        (Some((.., day)), None) if is_limit => When::Day(day),
        _ => read,
    }
}

/// Reads a date, or the last of several.
fn last_of(text: &str, vocabulary: &Vocabulary<'_>) -> When {
    let read = when(text, vocabulary);
    let first = match read {
        When::Day(day) => Some(day),
        When::Milestone(None) => None,
        _ => return read,
    };
    let may_be_several = text.len() > "2026-04-29".len();
    let last = || last_day(text, first, vocabulary);
    may_be_several.then(last).flatten().map_or(read, When::Day)
}

/// The last day of a range, `2026-11-01 – 2026-11-13`, `Nov 1–13, 2026`, or of two alternatives,
/// `2026-11-13 or 2026-12-20`. `first` is the date at the start of the text.
fn last_day(text: &str, first: Option<Date>, vocabulary: &Vocabulary<'_>) -> Option<Date> {
    const BETWEEN: [&str; 9] = ["–", "—", " - ", " or ", " to ", " until ", "..", "/", "-"];
    /// A range is at the start of its value; the rest is a remark.
    const MOST: usize = 12;
    let is_begun = |start: &str| match first {
        Some(_) => when(start, vocabulary).day().is_some(),
        None => start.len() <= "September 30".len() && start.ends_with(|ch: char| ch.is_ascii_digit()),
    };
    let end_of = |start: &str, end: &str| {
        let month = start.split_once(' ').filter(|(_, day)| !day.contains(' '));
        let month = month.filter(|(month, _)| vocabulary.month(month.trim_end_matches('.')).is_some());
        match (when(end, vocabulary), month) {
            // `Nov 1–13, 2026`: the month is not repeated.
            (When::Milestone(None), Some((month, _))) => when(&format!("{month} {end}"), vocabulary),
            (when, _) => when,
        }
    };
    let places = BETWEEN.iter().flat_map(|sign| text.match_indices(sign).take(MOST));
    let days = places.filter_map(|(at, sign)| {
        let (start, end) = (text[..at].trim(), text[at + sign.len()..].trim());
        let is_range = end.starts_with(char::is_alphanumeric);
        let day = is_range.then(|| end_of(start, end).day()).flatten();
        day.filter(|_| is_begun(start))
    });
    days.max().filter(|last| first.is_none_or(|first| first < *last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn of_several_days_the_last_one_is_the_deadline() {
        let vocabulary = Vocabulary::english();
        for (text, expected) in [
            ("2026-10-05 – 2026-10-16", date(2026, 10, 16)),
            ("2026-10-05 - 2026-10-16 (two weeks)", date(2026, 10, 16)),
            ("2026-10-05–2026-10-16", date(2026, 10, 16)),
            ("2026-10-05 to 2026-10-16", date(2026, 10, 16)),
            ("2026-10-05/2026-10-16", date(2026, 10, 16)),
            ("Oct 5–16, 2026", date(2026, 10, 16)),
            ("Oct 28 – Nov 3, 2026", date(2026, 11, 3)),
            ("5–16 October 2026", date(2026, 10, 16)),
            ("2026-10-16 or 2026-11-20", date(2026, 11, 20)),
            ("5 October 2026 - 16 October 2026", date(2026, 10, 16)),
            ("2026-10-16 - asked on 2026-10-01", date(2026, 10, 16)),
            ("2026-10-16 - 2026-10-01 was too early", date(2026, 10, 16)),
            ("Sept. 3, 2026", date(2026, 9, 3)),
            ("14-Jul-2026", date(2026, 7, 14)),
        ] {
            assert_eq!(deadline(text, &vocabulary), When::Day(expected), "{text}");
        }
    }
}
