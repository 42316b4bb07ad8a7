//! A status as a word with whatever the author added to it.

use jiff::civil::Date;

use crate::config::StatusClass;
use crate::model::{Status, When};
use crate::parse::markdown::fold::fold;
use crate::parse::values::date::{is_placeholder, when};
use crate::parse::vocabulary::Vocabulary;
use crate::source::Span;

/// Reads the value of a status label; None where there is nothing in it.
pub(crate) fn status(text: &str, span: Span, vocabulary: &Vocabulary<'_>) -> Option<Status> {
    let bare = strip_decoration(text);
    if is_unfilled(text, vocabulary) || is_unfilled(&bare, vocabulary) {
        return Some(unfilled(span));
    }
    if bare.is_empty() || bare.eq_ignore_ascii_case("tbd") || bare == "-" {
        return None;
    }
    let (state, class) = state_of(&bare, vocabulary);
    Some(Status {
        text: bare,
        state,
        class,
        span,
    })
}

/// What a template has left to be filled in.
pub(crate) fn unfilled(span: Span) -> Status {
    Status {
        text: String::new(),
        state: Status::UNFILLED.to_owned(),
        class: StatusClass::Draft,
        span,
    }
}

/// The day that stands beside a status, `Proposed 2026-08-01`, as it is written.
pub(crate) fn day_in<'t>(text: &'t str, vocabulary: &Vocabulary<'_>) -> Option<(&'t str, Date)> {
    text.match_indices("20").find_map(|(at, _)| {
        let written = text.get(at..at + "2026-08-01".len())?;
        match when(written, vocabulary) {
            When::Day(day) => Some((written, day)),
            _ => None,
        }
    })
}

/// Of the statuses that a list or a section names, the one that counts: in a history the latest;
/// else what has become of it, `Accepted`, then `Superseded by …`; else the first.
pub(crate) fn that_counts<'s>(statuses: &'s [Status], vocabulary: &Vocabulary<'_>) -> Option<&'s Status> {
    let day = |status: &Status| day_in(&status.text, vocabulary).map(|(_, day)| day);
    if statuses.iter().all(|status| day(status).is_some()) {
        return statuses.iter().max_by_key(|status| day(status));
    }
    let last_word = statuses.iter().find(|status| status.state == "superseded");
    last_word.or(statuses.first())
}

/// Whether `text` is one of the words that mean a status.
pub(crate) fn is_known(status: &Status) -> bool {
    status.class != StatusClass::Unknown
}

/// What of an unknown status is misspelt, and the word of the vocabulary that was probably meant.
pub(crate) fn nearest(text: &str, vocabulary: &Vocabulary<'_>) -> Option<(String, String)> {
    let head = text.split(['(', '[', '{', ':', ';', ',', '—', '–']).next()?.trim();
    let written = fold(head);
    let meant = vocabulary
        .status_words()
        .map(|word| (strsim::damerau_levenshtein(&written, word), word))
        .filter(|(distance, word)| *distance <= (word.len() / 4).min(2))
        .min()?;
    Some((head.to_owned(), cased_as(head, meant.1)))
}

/// `meant` with the capitals of `written`: at the start of all words, of the first, or of none.
fn cased_as(written: &str, meant: &str) -> String {
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    if written.chars().count() > 1 && !written.contains(char::is_lowercase) {
        return meant.to_uppercase();
    }
    let mut out = String::new();
    for (index, word) in meant.split(' ').enumerate() {
        let like = written.split_whitespace().nth(index.min(1)).unwrap_or(written);
        let mut letters = word.chars();
        if index > 0 {
            out.push(' ');
        }
        match letters.next() {
            Some(first) if capital(like) => out.extend(first.to_uppercase()),
            first => out.extend(first),
        }
        out.push_str(letters.as_str());
    }
    out
}

/// The state of the longest run of words at the start of `text` that the vocabulary has.
fn state_of(text: &str, vocabulary: &Vocabulary<'_>) -> (String, StatusClass) {
    let head = text.split(['(', '[', '{', ':', ';', '—', '–']).next().unwrap_or(text);
    let folded = fold(head);
    let four = folded.match_indices(' ').nth(3).map_or(folded.len(), |(at, _)| at);
    let mut words = &folded[..four];
    loop {
        if let Some(found) = vocabulary.status(words) {
            return found.clone();
        }
        match words.rfind(' ') {
            Some(before_last) => words = &words[..before_last],
            None => return (folded[..four].replace(' ', "-"), StatusClass::Unknown),
        }
    }
}

/// `text` without emoji, quotes, braces around the whole, and white space.
fn strip_decoration(text: &str) -> String {
    // Most are a word or two, and nothing else.
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ') {
        return crate::parse::markdown::tree::folded(text.into()).into_owned();
    }
    let mut out: String = text.chars().filter(|ch| !is_pictograph(*ch)).collect();
    out = crate::parse::markdown::tree::fold_space(&out);
    loop {
        let inner = out
            .trim()
            .trim_matches(|ch: char| matches!(ch, '`' | '"' | '\'' | '*' | '_' | '“' | '”'));
        let inner = [('{', '}'), ('[', ']'), ('<', '>')]
            .into_iter()
            .find_map(|(open, close)| inner.strip_prefix(open)?.strip_suffix(close))
            .unwrap_or(inner);
        if inner.len() == out.len() {
            break;
        }
        out = inner.to_owned();
    }
    out.trim_end_matches(['.', ',', ';']).trim().to_owned()
}

/// Emoji and dingbats with which authors adorn a word.
pub(crate) fn is_pictograph(ch: char) -> bool {
    matches!(u32::from(ch), 0x2190..=0x21FF | 0x2300..=0x23FF | 0x2460..=0x27BF | 0x2900..=0x297F | 0x2B00..=0x2BFF | 0xFE00..=0xFE0F | 0x200D | 0x1F000..=0x1FAFF)
}

/// Whether `text` still offers the choices of a template.
fn is_unfilled(text: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let text = text.trim();
    if !text.contains(['|', '/', '→', ',', '{', '[', '<']) {
        return false;
    }
    let inner = [('{', '}'), ('[', ']'), ('<', '>')]
        .into_iter()
        .find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    let choices = |text: &str, separators: &[char]| {
        text.split(separators)
            .filter(|choice| vocabulary.status(&fold(choice)).is_some())
            .count()
    };
    let inner_choices = inner.map_or(0, |inner| choices(inner, &['|', '/', ',']));
    inner_choices > 1
        || choices(text, &['|']) > 1
        || choices(text, &['/']) > 2
        || choices(text, &['→']) > 2
        || choices(text, &[',']) > 2
        || (inner.is_some()
            && is_placeholder(text)
            && inner.is_some_and(|inner| vocabulary.status(&fold(inner)).is_none()))
        || text.contains("<!--")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn read(text: &str) -> Option<(String, String)> {
        status(text, Span::default(), &Vocabulary::english()).map(|status| (status.text, status.state))
    }

    #[test]
    fn the_word_is_separated_from_what_adorns_it() {
        for (text, shown, state) in [
            ("Accepted", "Accepted", "accepted"),
            ("✅ Accepted", "Accepted", "accepted"),
            ("\"OPEN\"", "OPEN", "in-review"),
            ("{In Review}", "In Review", "in-review"),
            ("Implemented (Swift 5.9)", "Implemented (Swift 5.9)", "implemented"),
            ("superseded by ADR-0123", "superseded by ADR-0123", "superseded"),
            (
                "Active review (May 1...May 9)", "Active review (May 1...May 9)", "in-review",
            ),
            ("in_progress", "in_progress", "in-progress"),
            ("Ready for Implementation", "Ready for Implementation", "implementable"),
            ("imlpemented", "imlpemented", "imlpemented"),
        ] {
            assert_eq!(read(text), Some((shown.into(), state.into())), "{text}");
        }
    }

    #[test]
    fn template_text_is_unfilled() {
        for text in [
            "[Draft | In Review | Approved | Implemented]",
            "{Draft, In Review}",
            "provisional|implementable|implemented|deferred",
            "[Current Status]",
            "Draft / In Review / Approved",
        ] {
            assert_eq!(read(text), Some((String::new(), "unfilled".into())), "{text}");
        }
        assert_eq!(read(""), None);
    }

    #[test]
    fn a_team_has_its_own_words() {
        let mut config = Config::default();
        let own = crate::config::StatusWord {
            class: Some(StatusClass::Agreed),
            aliases: vec!["Good to go".into()],
        };
        config.statuses.insert("blessed".into(), own);
        let vocabulary = Vocabulary::new(&config);
        let read = |text| status(text, Span::default(), &vocabulary).map(|status| (status.state, status.class));
        assert_eq!(read("good to go!"), Some(("blessed".into(), StatusClass::Agreed)));
        assert_eq!(read("Blessed"), Some(("blessed".into(), StatusClass::Agreed)));
    }
}
