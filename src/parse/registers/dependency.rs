//! What a document waits for: the dated lines under "Timeline Dependencies".

use crate::model::{DateText, When};
use crate::parse::values::date::may_be_date;
use crate::parse::values::deadline::{deadline, leading_deadline};
use crate::parse::values::status::TICKS;
use crate::parse::vocabulary::Vocabulary;

/// The date in a line: behind a word that leads to one, else as a deadline's.
pub(crate) fn due(text: &str, vocabulary: &Vocabulary<'_>) -> Option<DateText> {
    if !may_be_date(text, vocabulary) {
        return None;
    }
    const LEADS: &[&str] = &[
        " by ", " before ", " until ", " on ", " due ", ": ", " – ", " — ", " - ", " (", " | ",
    ];
    let rest = LEADS.iter().flat_map(|lead| {
        let ends = text.match_indices(lead).map(|(at, lead)| at + lead.len());
        ends.map(|end| text[end..].split([')', '|']).next().unwrap_or_default())
    });
    let is_day = |when: &When| matches!(when, When::Day(_) | When::Month(_) | When::Milestone(Some(_)));
    let led = rest.map(|rest| leading_deadline(rest, vocabulary));
    let led = led.into_iter().find(|due| is_day(&due.when));
    led.or_else(|| {
        let when = deadline(text, vocabulary);
        is_day(&when).then(|| DateText {
            text: text.trim().to_owned(),
            when,
            ..DateText::default()
        })
    })
}

pub(crate) fn says_done(text: &str) -> bool {
    const MARKS: [&str; 8] = [
        "(done", "(complete", "(delivered", "— done", "- done", "| done", ": done", "| complete",
    ];
    let begins_mark = |(at, byte): (usize, &u8)| {
        // The first byte of the dash is that of the ticks as well.
        matches!(byte, b'(' | b'-' | b'|' | b':' | 0xe2)
            && MARKS.iter().any(|mark| {
                let start = text.as_bytes().get(at..at + mark.len());
                start.is_some_and(|start| start.eq_ignore_ascii_case(mark.as_bytes()))
            })
    };
    text.as_bytes().iter().enumerate().any(begins_mark) || text.contains(TICKS)
}
