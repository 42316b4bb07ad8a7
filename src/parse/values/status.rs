//! A status word with the author's additions.

use jiff::civil::Date;

use crate::config::StatusClass;
use crate::diagnostic;
use crate::model::Status;
use crate::parse::markdown::fold::{fold, folded_in_place};
use crate::parse::markdown::inline::{Run, words};
use crate::parse::values::date::{is_placeholder, iso_days, when, within_brackets};
use crate::parse::values::replaced::{not_struck, steps};
use crate::parse::vocabulary::concept::Class;
use crate::parse::vocabulary::{Vocabulary, prefixes};
use crate::source::Span;

/// Reads the value of a status label. None if it is empty.
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

/// Like [`status`], but accepts only known words.
pub(crate) fn known_status(text: &str, vocabulary: &Vocabulary<'_>) -> Option<Status> {
    status(text, Span::default(), vocabulary).filter(is_known)
}

/// The status of a template that is not filled in.
pub(crate) fn unfilled(span: Span) -> Status {
    Status {
        text: String::new(),
        state: Status::UNFILLED.to_owned(),
        class: StatusClass::Draft,
        span,
    }
}

/// The status in a value: struck-through text is ignored, among choices the bold one counts, and in
/// a one-line history the last one.
pub(crate) fn in_value(runs: &[Run<'_>], span: Span, vocabulary: &Vocabulary<'_>) -> Option<Status> {
    let runs = not_struck(runs);
    let text = words(&runs);
    let chosen = bold_choice(&runs, vocabulary);
    status(chosen.unwrap_or_else(|| newest_of(&text, vocabulary)), span, vocabulary)
}

/// The last status of a one-line history, `Proposed → Accepted`,
/// `Proposed; accepted on 2026-08-11`. The whole text if it is not a history.
pub(crate) fn newest_of<'t>(text: &'t str, vocabulary: &Vocabulary<'_>) -> &'t str {
    /// Longer lists are the choices of a template.
    const MOST_STEPS: usize = 3;
    let is_plain = |byte: u8| byte.is_ascii() && !matches!(byte, b',' | b';' | b'>');
    if text.bytes().all(is_plain) {
        return text;
    }
    let parts: Vec<&str> = steps(text).map(str::trim).collect();
    let is_history = parts.len() <= MOST_STEPS || parts.iter().all(|part| day_of(part, vocabulary).is_some());
    if parts.len() > 1 && is_history && parts.iter().all(|part| is_statement(part, vocabulary)) {
        return parts.last().copied().unwrap_or(text);
    }
    let (first, _) = text.split_once([';', ',']).unwrap_or((text, ""));
    let signs = text.match_indices([';', ',']);
    let nexts = signs.map(|(at, sign)| (sign, text[at + 1..].split([';', ',']).next().unwrap_or_default().trim()));
    // A comma also separates a word from its remark; a date or a word such as `now` distinguishes
    // the two.
    let is_next = |(sign, part): &(&str, &str)| {
        let bare = without_lead(part, vocabulary);
        let is_told = *sign == ";" || bare.len() < part.len() || day_of(part, vocabulary).is_some();
        is_told && is_statement(bare, vocabulary)
    };
    let mut nexts = nexts.collect::<Vec<_>>().into_iter().rev();
    match nexts.find(is_next) {
        Some((_, last)) if is_statement(first.trim(), vocabulary) => without_lead(last, vocabulary),
        _ => text,
    }
}

/// `now accepted`, without the word that marks it as new.
fn without_lead<'t>(text: &'t str, vocabulary: &Vocabulary<'_>) -> &'t str {
    let first = text.find(' ').map_or(text, |space| &text[..space]);
    let is_lead = folded_in_place(first, |first| vocabulary.is(Class::Moved, first));
    if is_lead {
        text[first.len()..].trim_start()
    } else {
        text
    }
}

/// `Proposed, **Accepted**, Implemented`, `Draft → **In Review** → Final`: the only bold one of
/// several statuses.
fn bold_choice<'a>(runs: &[Run<'a>], vocabulary: &Vocabulary<'_>) -> Option<&'a str> {
    let is_status = |text: &str| folded_in_place(text, |text| vocabulary.status(text).is_some());
    let mut bold = runs.iter().filter(|run| run.strong && !run.is_blank());
    let (chosen, None) = (bold.next()?, bold.next()) else {
        return None;
    };
    let mut others = runs
        .iter()
        .filter(|run| !run.strong)
        .flat_map(|run| steps(run.text))
        .flat_map(|part| part.split([',', '|', '/', '·']))
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .peekable();
    (is_status(chosen.text) && others.peek().is_some() && others.all(is_status)).then_some(chosen.text)
}

/// The date next to a status, `Proposed 2026-08-01`, as written.
pub(crate) fn day_in<'t>(text: &'t str, vocabulary: &Vocabulary<'_>) -> Option<(&'t str, Date)> {
    iso_days(text, vocabulary)
        .next()
        .map(|(_, written, day)| (written, day))
}

/// The date next to a status, in any form.
fn day_of(text: &str, vocabulary: &Vocabulary<'_>) -> Option<Date> {
    /// The date must be close to the word.
    const MOST: usize = 12;
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let found = day_in(text, vocabulary).map(|(_, day)| day);
    found.or_else(|| {
        let starts = text.match_indices([' ', '(']).map(|(at, _)| at + 1).take(MOST);
        let mut starts = std::iter::once(0).chain(starts);
        starts.find_map(|at| when(&text[at..], vocabulary).day())
    })
}

/// The newest of the statuses in a list or a section: the latest by date if all have one, else the
/// one furthest in a document's life cycle (the last of equal ones). Later additions such as
/// `Amended by …` do not count as a status.
pub(crate) fn newest<'s>(statuses: &'s [Status], vocabulary: &Vocabulary<'_>) -> Option<&'s Status> {
    if statuses.len() < 2 {
        return statuses.first();
    }
    let days = statuses.iter().map(|status| day_of(&status.text, vocabulary));
    let found = match days.collect::<Option<Vec<Date>>>() {
        Some(days) => statuses.iter().zip(days).max_by_key(|(_, day)| *day)?.0,
        None => statuses.iter().max_by_key(|status| match status.class {
            StatusClass::Unknown => 0,
            StatusClass::Draft => 1,
            StatusClass::Review => 2,
            StatusClass::Agreed | StatusClass::Paused => 3,
            StatusClass::Done => 4,
            StatusClass::Closed => 5,
        })?,
    };
    statuses.iter().find(|status| status.state == found.state)
}

/// Whether a text is a status with a remark, rather than a sentence that begins with the same word:
/// `Accepted by the whole group`, not `Obsolete parts are struck out`.
pub(crate) fn is_statement(text: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let bare = strip_decoration(text);
    let (head, words) = head(&bare, vocabulary);
    let head = head.split([',', '.']).next().unwrap_or_default();
    let folded = fold(head);
    let Some(word) = words.filter(|word| folded.starts_with(word.as_str())) else {
        return false;
    };
    let next = folded[word.len()..].split_whitespace().next().unwrap_or_default();
    let goes_on = |word: &str| {
        let classes = [Class::Remark, Class::DeciderLead];
        classes.into_iter().any(|class| vocabulary.is(class, word)) || vocabulary.month(word).is_some()
    };
    next.is_empty()
        || next.starts_with(|ch: char| ch.is_ascii_digit())
        || goes_on(next)
        || word.split(' ').next_back().is_some_and(goes_on)
}

/// Whether the status is one that the vocabulary knows.
pub(crate) fn is_known(status: &Status) -> bool {
    status.class != StatusClass::Unknown
}

/// The misspelt part of an unknown status, and the word of the vocabulary that was probably meant.
pub(crate) fn nearest(text: &str, vocabulary: &Vocabulary<'_>) -> Option<(String, String)> {
    let head = text.split(['(', '[', '{', ':', ';', ',', '—', '–']).next()?.trim();
    let written = fold(head);
    // The maximum number of words to compare for a suggestion: no team has so many.
    const MOST: usize = 1_000;
    let words = vocabulary.status_words().take(MOST);
    let meant = diagnostic::nearest(&written, words, |length| (length / 4).min(2))?;
    Some((head.to_owned(), cased_as(head, meant)))
}

/// `meant` with the capitalisation of `written`: all words, the first word, or none.
fn cased_as(written: &str, meant: &str) -> String {
    if written.chars().count() > 1 && !written.contains(char::is_lowercase) {
        return meant.to_uppercase();
    }
    let words = meant.split(' ').enumerate().map(|(index, word)| {
        let like = written.split_whitespace().nth(index.min(1)).unwrap_or(written);
        let mut letters = word.chars();
        let first = letters.next().filter(|_| like.starts_with(char::is_uppercase));
        first.map_or(word.to_owned(), |first| first.to_uppercase().chain(letters).collect())
    });
    words.collect::<Vec<String>>().join(" ")
}

/// The part of `text` before a remark, without a leading date; and the longest prefix of it that
/// the vocabulary knows.
fn head<'t>(text: &'t str, vocabulary: &Vocabulary<'_>) -> (&'t str, Option<String>) {
    let text = without_day(text, vocabulary);
    let head = text.split(['(', '[', '{', ':', ';', '—', '–']).next().unwrap_or(text);
    let folded = fold(head);
    let known = prefixes(&folded).find(|words| vocabulary.status(words).is_some());
    (head, known.map(str::to_owned))
}

/// `2026-08-11: Accepted`, without the day.
fn without_day<'t>(text: &'t str, vocabulary: &Vocabulary<'_>) -> &'t str {
    let is_of_day = |word: &str| {
        let word = word.trim_matches(|ch: char| !ch.is_alphanumeric());
        word.starts_with(|ch: char| ch.is_ascii_digit()) || vocabulary.month(word).is_some()
    };
    let mut rest = text;
    while let Some((word, behind)) = rest.split_once(' ')
        && (is_of_day(word) || rest.len() < text.len() && !word.contains(char::is_alphanumeric))
    {
        rest = behind;
    }
    rest
}

/// The state at the start of `text`.
fn state_of(text: &str, vocabulary: &Vocabulary<'_>) -> (String, StatusClass) {
    let (head, known) = head(text, vocabulary);
    let found = known.and_then(|words| vocabulary.status(&words).cloned());
    found.unwrap_or_else(|| {
        let words = fold(head);
        let words: Vec<&str> = words.split(' ').take(4).collect();
        (words.join("-"), StatusClass::Unknown)
    })
}

/// `text` without emoji, quotes, surrounding braces and white space.
fn strip_decoration(text: &str) -> String {
    // Fast path: most statuses are plain ASCII words.
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ') {
        return crate::parse::markdown::tree::folded(text.into()).into_owned();
    }
    let mut out: String = text.chars().filter(|ch| !is_pictograph(*ch)).collect();
    out = crate::parse::markdown::tree::fold_space(&out);
    loop {
        let inner = out.trim();
        let inner = inner.trim_matches(['`', '"', '\'', '*', '_', '“', '”']);
        let inner = within_brackets(inner).unwrap_or(inner);
        if inner.len() == out.len() {
            break;
        }
        out = inner.to_owned();
    }
    out.trim_end_matches(['.', ',', ';']).trim().to_owned()
}

/// Ticks that mark something as done.
pub(crate) const TICKS: [char; 4] = ['✅', '✔', '☑', '✓'];

/// Whether the character is an emoji or dingbat that decorates a word.
pub(crate) fn is_pictograph(ch: char) -> bool {
    matches!(u32::from(ch), 0x2190..=0x21FF | 0x2300..=0x23FF | 0x2460..=0x27BF | 0x2900..=0x297F | 0x2B00..=0x2BFF | 0xFE00..=0xFE0F | 0x200D | 0x1F000..=0x1FAFF)
}

/// Whether `text` still lists the choices of a template.
fn is_unfilled(text: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let text = text.trim();
    if !text.contains(['|', '/', '→', ',', '{', '[', '<']) {
        return false;
    }
    let is_status = |text: &&str| vocabulary.status(&fold(text)).is_some();
    let choices = |text: &str, signs: &[char]| text.split(signs).filter(is_status).count();
    // With some separators, two statuses are a history or a remark.
    let offers = |(sign, least): (char, usize)| choices(text, &[sign]) >= least;
    let is_filler = |inner: &str| choices(inner, &['|', '/', ',']) > 1 || is_placeholder(text) && !is_status(&inner);
    within_brackets(text).is_some_and(is_filler)
        || [('|', 2), ('/', 3), ('→', 4), (',', 3)].into_iter().any(offers)
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
