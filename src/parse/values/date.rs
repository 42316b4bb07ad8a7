//! Dates as authors write them. jiff provides the calendar; this module reads the forms.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::config::DateOrder;
use crate::model::When;
use crate::parse::markdown::fold::folded_in_place;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Class;
use crate::source::composed;

/// Reads a labelled date. Only the start of the text counts; a remark may follow.
pub(crate) fn when(text: &str, vocabulary: &Vocabulary<'_>) -> When {
    // `[2026-01-02]`: a template's bracketed placeholder, filled in.
    let is_filled = text.starts_with(['[', '{', '<']) && !is_placeholder(text);
    let is_sign = |ch: char| matches!(ch, '`' | '"' | '\'' | '*' | '_' | '(' | ')' | '.' | ',' | ';');
    let is_bracket = |ch: char| is_filled && matches!(ch, '[' | ']' | '{' | '}' | '<' | '>');
    let text = text.trim().trim_matches(|ch: char| is_sign(ch) || is_bracket(ch));
    // A milestone may be named like a date.
    if let Some(date) = iso(text).filter(|_| vocabulary.config.milestones.is_empty()) {
        return When::Day(date);
    }
    let text = &*plain(text);
    if says_nothing(text, vocabulary) {
        return When::Unset;
    }
    if let Some(date) = vocabulary.config.milestones.get(&text.to_lowercase()) {
        return When::Milestone(Some(*date));
    }
    let tokens = tokens(text, vocabulary);
    match read(&tokens, vocabulary) {
        Some(when) => when,
        None if looks_like_date(&tokens) => When::Invalid,
        None => When::Milestone(None),
    }
}

/// `text` with composed letters, and with the digits and signs of other scripts replaced by ASCII:
/// `２０２６／０１／０２` and `٢٠٢٦-٠١-٠٢`.
fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    /// The zeros of Arabic, Persian, Hindi, Bengali and full-width digits.
    const ZEROS: [u32; 5] = [0x660, 0x6f0, 0x966, 0x9e6, 0xff10];
    let ascii = |ch: char| match ch {
        'º' | 'ª' => ' ',
        '－' | '−' => '-',
        '／' => '/',
        '．' => '.',
        '　' => ' ',
        _ => {
            let digits = ZEROS.iter().map(|zero| u32::from(ch).wrapping_sub(*zero));
            let digit = digits.filter(|digit| *digit < 10).min();
            digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(ch)
        }
    };
    Cow::Owned(composed(text).chars().map(ascii).collect())
}

/// Whether `text` has no information: it is empty, `TBD`, `wird noch festgelegt`, or a template's
/// placeholder.
pub(crate) fn says_nothing(text: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let is_form = |folded: &str| {
        let letters = folded.bytes().filter(|byte| *byte != b' ');
        let forms = ["date", "yyyymmdd", "ddmmyyyy", "mmddyyyy"];
        forms.iter().any(|form| letters.clone().eq(form.bytes()))
    };
    let is_nothing = |folded: &str| {
        let is = |class| vocabulary.is(class, folded);
        folded.is_empty() || is(Class::NotYet) || is(Class::Nothing) || is_form(folded)
    };
    folded_in_place(text, is_nothing) || is_placeholder(text)
}

/// Whether `text` may hold a date: it contains a digit, or letters of another script that may be a
/// digit. A milestone needs neither.
pub(crate) fn may_be_date(text: &str, vocabulary: &Vocabulary<'_>) -> bool {
    !vocabulary.config.milestones.is_empty() || !text.is_ascii() || text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether `text`, which names a date, contains nothing else: no remark, no time of day.
pub(crate) fn is_bare(text: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let text = plain(text);
    let tokens = tokens(&text, vocabulary);
    let is_part = |token: &&Token<'_>| matches!(token, Token::Number(..) | Token::Month(_));
    let is_of_date = |token: &Token<'_>| match token {
        Token::Word(word) => vocabulary.is(Class::DateWord, &word.to_lowercase()),
        token => *token != Token::Slip,
    };
    let is_whole = tokens.iter().filter(is_part).count() == 3 || matches!(tokens.as_slice(), [Token::Number(_, 8)]);
    is_whole && tokens.iter().all(is_of_date) && tokens.len() < WINDOW
}

/// Fast path for the most common form, `2026-01-02`.
fn iso(text: &str) -> Option<Date> {
    let may_be = text.len() == 10 && text.as_bytes()[4] == b'-';
    may_be.then(|| text.parse().ok())?
}

/// The dates of the form `2026-01-02` in `text`: the offset and the text of each.
pub(crate) fn iso_days<'t>(text: &'t str, vocabulary: &Vocabulary<'_>) -> impl Iterator<Item = (usize, &'t str, Date)> {
    text.match_indices("20").filter_map(|(at, _)| {
        let written = text.get(at..at + "2026-01-02".len())?;
        Some((at, written, when(written, vocabulary).day()?))
    })
}

/// Whether `text` is an unfilled placeholder of a template: `[date]`, `<name>`, `{YYYY-MM-DD}`.
pub(crate) fn is_placeholder(text: &str) -> bool {
    let is_filled = |ch: char| ch.is_ascii_digit() || "[]{}<>".contains(ch);
    within_brackets(text.trim()).is_some_and(|inner| !inner.contains(is_filled))
}

/// The content of brackets that enclose the whole of `text`.
pub(crate) fn within_brackets(text: &str) -> Option<&str> {
    let mut pairs = [('[', ']'), ('<', '>'), ('{', '}')].into_iter();
    pairs.find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close))
}

/// A part of a written date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'a> {
    /// A number, and how many digits it was written with.
    Number(i32, usize),
    /// A month's name.
    Month(i8),
    /// A sign between numbers, `-`, `/`, `.`, or a unit after them, `年`, `月`, `日`.
    Joint(char),
    /// Any other word.
    Word(&'a str),
    /// A letter attached to a number, as in `2023-07-2i`.
    Slip,
}

/// The maximum number of tokens to read: a date is at the start of its value or not at all.
const WINDOW: usize = 12;

fn tokens<'t>(text: &'t str, vocabulary: &Vocabulary<'_>) -> Vec<Token<'t>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if out.len() >= WINDOW {
            break;
        }
        let sticks = text[..text.len() - rest.len()].ends_with(|ch: char| ch.is_ascii_digit());
        let same = |class: fn(char) -> bool| rest.find(|ch| !class(ch)).unwrap_or(rest.len());
        let length = if first.is_ascii_digit() {
            let length = same(|ch| ch.is_ascii_digit());
            out.push(match rest[..length].parse() {
                Ok(number) if length <= 4 || length == 8 => Token::Number(number, length),
                _ => Token::Word(&rest[..length]),
            });
            length
        } else if sticks && matches!(first, '年' | '月' | '日' | '号' | '號' | '년' | '월' | '일') {
            out.push(Token::Joint(first));
            first.len_utf8()
        } else if first.is_alphabetic() {
            let length = same(char::is_alphabetic);
            let word = &rest[..length];
            let is_slip = length == 1 && !matches!(first, 'T' | 't' | 'Z' | 'h') && sticks;
            out.push(if is_slip {
                Token::Slip
            } else {
                vocabulary.month(word).map_or(Token::Word(word), Token::Month)
            });
            length
        } else {
            // `13. November`, `Sept. 3`: the dot ends a word; in `13. 11. 2026` it is a separator.
            let is_end = first == '.' && {
                let next = rest[1..].trim_start().chars().next();
                rest[1..].starts_with(' ')
                    && (next.is_some_and(char::is_alphabetic) || matches!(out.last(), Some(Token::Month(_))))
            };
            if matches!(first, '-' | '/' | '.' | '‐' | '‑' | '–') && !is_end {
                out.push(Token::Joint(first));
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    out
}

/// The date at the start of `tokens`, ignoring an ordinal suffix and a leading weekday or
/// preposition.
fn read(tokens: &[Token<'_>], vocabulary: &Vocabulary<'_>) -> Option<When> {
    let is_told = |token: &Token<'_>| match token {
        Token::Word(word) => {
            let word = word.to_lowercase();
            !vocabulary.is(Class::Filler, &word) && !vocabulary.is(Class::DateWord, &word)
        }
        _ => true,
    };
    let plain: Vec<Token<'_>> = tokens.iter().copied().filter(is_told).collect();
    use Token::{Joint, Month, Number, Word};
    match plain.as_slice() {
        // 2026-01-02, 2026/01/02, 2026.01.02; a time or a remark may follow, a letter may not.
        [Number(y, 4), Joint(a), Number(m, 1..=2), Joint(b), Number(d, 1..=2), rest @ ..] if a == b => {
            if rest.first() == Some(&Token::Slip) { None } else { day(*y, *m, *d) }
        }
        // 2018-Oct-23, 2018 January 9
        [Number(y, 4), Joint(_), Month(m), Joint(_), Number(d, 1..=2), ..]
        | [Number(y, 4), Month(m), Number(d, 1..=2), ..]
        // 20 May 2025, 20.May 2025
        | [Number(d, 1..=2), Month(m), Number(y, 4), ..]
        | [Number(d, 1..=2), Month(m), Joint('.'), Number(y, 4), ..]
        | [Number(d, 1..=2), Joint('.'), Month(m), Number(y, 4), ..]
        // Jan 9, 2018
        | [Month(m), Number(d, 1..=2), Number(y, 4), ..] => day(*y, (*m).into(), *d),
        // 2026年11月13日
        [Number(y, 4), Joint('年' | '년'), Number(m, 1..=2), Joint('月' | '월'), Number(d, 1..=2), Joint(_), ..] => {
            day(*y, *m, *d)
        }
        // 2026年11月; a part of the month, `2026年11月中旬`, does not name a day.
        [Number(y, 4), Joint('年' | '년'), Number(m, 1..=2), Joint('月' | '월')] => month_end(*y, *m),
        // 令和8年11月13日
        [Word("令和"), Number(y, 1..=2), Joint('年'), Number(m, 1..=2), Joint('月'), Number(d, 1..=2), Joint('日'), ..] => {
            day(2018 + *y, *m, *d)
        }
        // 14-Jul-2025, 14-Jul-25
        [Number(d, 1..=2), Joint(_), Month(m), Joint(_), Number(y, digits), ..] => {
            day(full_year(*y, *digits)?, (*m).into(), *d)
        }
        // 05/02/2018
        [Number(a, 1..=2), Joint(j), Number(b, 1..=2), Joint(k), Number(y, digits), ..] if j == k => {
            numeric(*a, *b, full_year(*y, *digits)?, *j, vocabulary.config.date_order)
        }
        // Jul 2026, 2026 Jul
        [Month(m), Number(y, 4), ..] | [Number(y, 4), Month(m), ..] | [Month(m), Joint('.'), Number(y, 4), ..] => {
            month_end(*y, (*m).into())
        }
        // 20260102
        [Number(number, 8)] if tokens.len() == 1 && *number >= 19_700_000 => {
            date(number / 10_000, number / 100 % 100, number % 100).map(When::Day)
        }
        // 2026-03
        [Number(y, 4), Joint('-' | '/'), Number(m, 2)] => month_end(*y, *m),
        _ => None,
    }
}

/// A year written with four digits, or with two of this century.
fn full_year(number: i32, digits: usize) -> Option<i32> {
    match digits {
        4 => Some(number),
        2 => Some(2000 + number),
        _ => None,
    }
}

fn day(year: i32, month: i32, day: i32) -> Option<When> {
    Some(date(year, month, day).map_or(When::Invalid, When::Day))
}

/// The date, if it exists in the calendar.
fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

/// `05/02/2018`: unambiguous only if one part cannot be a month, or if the configuration sets the
/// order.
fn numeric(first: i32, second: i32, year: i32, joint: char, order: Option<DateOrder>) -> Option<When> {
    // With dots the day always comes first.
    let month_first = date(year, first, second).filter(|_| joint != '.');
    Some(match (date(year, second, first), month_first) {
        (Some(day_first), Some(month_first)) if day_first != month_first => match order {
            Some(DateOrder::DayFirst) => When::Day(day_first),
            Some(DateOrder::MonthFirst) => When::Day(month_first),
            None => When::Ambiguous { day_first, month_first },
        },
        (Some(day), _) | (None, Some(day)) => When::Day(day),
        (None, None) => When::Invalid,
    })
}

fn month_end(year: i32, month: i32) -> Option<When> {
    let first = date(year, month, 1);
    Some(first.map_or(When::Invalid, |date| When::Month(date.last_of_month())))
}

/// Whether the author meant a date: the digits are joined like one, though they are not a valid
/// date.
fn looks_like_date(tokens: &[Token<'_>]) -> bool {
    use Token::{Joint, Number};
    matches!(
        tokens,
        [
            Number(_, 4),
            Joint('-' | '/' | '.' | '‐' | '‑' | '–'),
            Number(_, 1..=2),
            Joint(_),
            ..
        ] | [Number(_, 1..=2), Joint(_), Number(_, 1..=2), Joint(_), Number(..), ..]
    )
}

#[cfg(test)]
mod tests;
