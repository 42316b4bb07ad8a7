//! A status as a word with whatever the author added to it.

use std::sync::LazyLock;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::date::{is_placeholder, when};
use super::label::fold;
use crate::config::{Config, StatusClass};
use crate::model::{Status, When};
use crate::source::Span;

/// The words that teams use: the state in one word, its class, and other ways to write it
/// (folded: lower case, single spaces). A team adds its own under `statuses` in book.toml.
const VOCABULARY: &[(&str, StatusClass, &[&str])] = &[
    (
        "draft",
        StatusClass::Draft,
        &[
            "drafting", "wip", "work in progress", "in draft", "early draft", "pre draft", "rough draft", "sketch",
            "idea", "strawman",
        ],
    ),
    ("provisional", StatusClass::Draft, &[]),
    (
        "not-started",
        StatusClass::Draft,
        &["not started", "planned", "todo", "backlog", "new"],
    ),
    (
        "in-review",
        StatusClass::Review,
        &[
            "in review", "under review", "review", "reviewing", "active review", "awaiting review", "ready for review",
            "open for review", "needs review", "pending review", "pending approval", "awaiting approval",
            "scheduled for review", "open for comment", "open for comments", "rfc", "request for comments",
            "feedback requested", "last call", "final comment period", "fcp", "in discussion", "under discussion",
            "discussion", "discussing", "open", "review pending",
        ],
    ),
    ("proposed", StatusClass::Review, &["proposal", "submitted", "candidate"]),
    (
        "approved",
        StatusClass::Agreed,
        &[
            "approved with changes", "approved with concerns", "signed off", "ratified", "agreed",
        ],
    ),
    (
        "accepted",
        StatusClass::Agreed,
        &[
            "accept", "accepted with modifications", "accepted with revisions", "adopted", "decided", "merged",
            "committed",
        ],
    ),
    (
        "implementable",
        StatusClass::Agreed,
        &[
            "ready for implementation", "ready to implement", "ready", "ready for development",
        ],
    ),
    (
        "in-progress",
        StatusClass::Agreed,
        &[
            "in progress", "implementing", "in development", "in implementation", "partially implemented",
            "under development", "building", "started", "ongoing", "wip implementation", "rolling out", "experimental",
        ],
    ),
    (
        "implemented",
        StatusClass::Done,
        &[
            "complete", "completed", "done", "delivered", "shipped", "released", "landed", "deployed", "finished",
            "implementation complete", "fully implemented", "ga", "live", "launched",
        ],
    ),
    (
        "final",
        StatusClass::Done,
        &["standard", "permanent", "normative", "published"],
    ),
    (
        "active",
        StatusClass::Done,
        &["living", "stable", "current", "in force", "effective", "in use"],
    ),
    ("informational", StatusClass::Done, &["informative"]),
    (
        "deferred",
        StatusClass::Paused,
        &[
            "on hold", "paused", "postponed", "parked", "blocked", "stalled", "dormant", "delayed",
            "returned for revision", "suspended", "stagnant", "pending", "inactive",
        ],
    ),
    (
        "rejected",
        StatusClass::Closed,
        &[
            "declined", "denied", "not accepted", "wontfix", "won t fix", "will not implement", "not approved",
        ],
    ),
    (
        "withdrawn",
        StatusClass::Closed,
        &["retracted", "cancelled", "canceled", "closed", "dropped"],
    ),
    (
        "superseded",
        StatusClass::Closed,
        &[
            "superseded by", "replaced", "replaced by", "obsoleted", "obsoleted by", "obsolete", "superceded",
            "superceded by", "amended", "amended by",
        ],
    ),
    (
        "deprecated",
        StatusClass::Closed,
        &["retired", "sunset", "removed", "archived", "historical"],
    ),
    ("abandoned", StatusClass::Closed, &["expired", "stale", "dead"]),
];

/// Reads the value of a status label; None where there is nothing in it.
pub(crate) fn status(text: &str, span: Span, config: &Config) -> Option<Status> {
    let bare = strip_decoration(text);
    if is_unfilled(text) || is_unfilled(&bare) {
        return Some(unfilled(span));
    }
    if bare.is_empty() || bare.eq_ignore_ascii_case("tbd") || bare == "-" {
        return None;
    }
    let (state, class) = state_of(&bare, config);
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
pub(crate) fn day_in<'t>(text: &'t str, config: &Config) -> Option<(&'t str, Date)> {
    text.match_indices("20").find_map(|(at, _)| {
        let written = text.get(at..at + "2026-08-01".len())?;
        match when(written, config) {
            When::Day(day) => Some((written, day)),
            _ => None,
        }
    })
}

/// Of the statuses that a list or a section names, the one that counts: in a history the latest;
/// else what has become of it, `Accepted`, then `Superseded by …`; else the first.
pub(crate) fn that_counts<'s>(statuses: &'s [Status], config: &Config) -> Option<&'s Status> {
    let day = |status: &Status| day_in(&status.text, config).map(|(_, day)| day);
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
pub(crate) fn nearest(text: &str, config: &Config) -> Option<(String, String)> {
    let head = text.split(['(', '[', '{', ':', ';', ',', '—', '–']).next()?.trim();
    let written = fold(head);
    let own = config.statuses.iter().flat_map(|(state, own)| {
        let aliases = own.aliases.iter().map(|alias| fold(alias));
        std::iter::once(fold(state)).chain(aliases)
    });
    let builtin = VOCABULARY.iter().flat_map(|(state, _, aliases)| {
        let aliases = aliases.iter().map(|alias| (*alias).to_owned());
        std::iter::once(fold(state)).chain(aliases)
    });
    let meant = own
        .chain(builtin)
        .map(|word| (strsim::damerau_levenshtein(&written, &word), word))
        .filter(|(distance, word)| *distance <= (word.len() / 4).min(2))
        .min()?;
    Some((head.to_owned(), cased_as(head, &meant.1)))
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
fn state_of(text: &str, config: &Config) -> (String, StatusClass) {
    let head = text.split(['(', '[', '{', ':', ';', '—', '–']).next().unwrap_or(text);
    let folded = fold(head);
    let four = folded.match_indices(' ').nth(3).map_or(folded.len(), |(at, _)| at);
    let mut words = &folded[..four];
    loop {
        if let Some(found) = lookup(words, config) {
            return found;
        }
        match words.rfind(' ') {
            Some(before_last) => words = &words[..before_last],
            None => return (folded[..four].replace(' ', "-"), StatusClass::Unknown),
        }
    }
}

fn lookup(words: &str, config: &Config) -> Option<(String, StatusClass)> {
    for (state, own) in &config.statuses {
        if fold(state) == words || own.aliases.iter().any(|alias| fold(alias) == words) {
            let class = own
                .class
                .or_else(|| builtin(&fold(state)).map(|found| found.1))
                .unwrap_or_default();
            return Some((state.clone(), class));
        }
    }
    builtin(words)
}

fn builtin(words: &str) -> Option<(String, StatusClass)> {
    /// [`VOCABULARY`] by what may be written, folded.
    static BY_WORDS: LazyLock<FxHashMap<String, (&str, StatusClass)>> = LazyLock::new(|| {
        let mut map = FxHashMap::default();
        for (state, class, aliases) in VOCABULARY {
            for words in aliases.iter().copied().chain([fold(state).as_str()]) {
                map.entry(words.to_owned()).or_insert((*state, *class));
            }
        }
        map
    });
    BY_WORDS.get(words).map(|(state, class)| ((*state).to_owned(), *class))
}

/// `text` without emoji, quotes, braces around the whole, and white space.
fn strip_decoration(text: &str) -> String {
    // Most are a word or two, and nothing else.
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ') {
        return super::tree::folded(text.into()).into_owned();
    }
    let mut out: String = text.chars().filter(|ch| !is_pictograph(*ch)).collect();
    out = super::tree::fold_space(&out);
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
fn is_unfilled(text: &str) -> bool {
    let text = text.trim();
    if !text.contains(['|', '/', '→', ',', '{', '[', '<']) {
        return false;
    }
    let inner = [('{', '}'), ('[', ']'), ('<', '>')]
        .into_iter()
        .find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    let choices = |text: &str, separators: &[char]| {
        text.split(separators)
            .filter(|choice| builtin(&fold(choice)).is_some())
            .count()
    };
    let inner_choices = inner.map_or(0, |inner| choices(inner, &['|', '/', ',']));
    inner_choices > 1
        || choices(text, &['|']) > 1
        || choices(text, &['/']) > 2
        || choices(text, &['→']) > 2
        || choices(text, &[',']) > 2
        || (inner.is_some() && is_placeholder(text) && inner.is_some_and(|inner| builtin(&fold(inner)).is_none()))
        || text.contains("<!--")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, String)> {
        status(text, Span::default(), &Config::default()).map(|status| (status.text, status.state))
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
        let read = |text| status(text, Span::default(), &config).map(|status| (status.state, status.class));
        assert_eq!(read("good to go!"), Some(("blessed".into(), StatusClass::Agreed)));
        assert_eq!(read("Blessed"), Some(("blessed".into(), StatusClass::Agreed)));
    }
}
