//! Other documents and decisions that a text names, and the words that introduce them.

use crate::model::{Mention, RelationKind};
use crate::parse::markdown::inline::{Run, cut, span_of, trim, words};
use crate::parse::values::date::says_nothing;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::{Class, Key};

/// The maximum number of runs that the names after an introducing phrase may take.
const MOST_RUNS: usize = 100;

/// The relation that a label or a column states.
pub(crate) const fn relation(key: Key) -> Option<RelationKind> {
    Some(match key {
        Key::DependsOn => RelationKind::DependsOn,
        Key::RequiredBy => RelationKind::RequiredBy,
        Key::Supersedes => RelationKind::Supersedes,
        Key::SupersededBy => RelationKind::SupersededBy,
        Key::Amends => RelationKind::Amends,
        Key::AmendedBy => RelationKind::AmendedBy,
        _ => return None,
    })
}

/// The names in the value of a label or in a cell: each link, and each part between commas that has
/// none.
pub(crate) fn named(value: &[Run<'_>], kind: RelationKind, vocabulary: &Vocabulary<'_>) -> Vec<Mention> {
    let mut out = Vec::new();
    for (index, part) in parts(value, vocabulary).iter().enumerate() {
        let is_led = part
            .first()
            .is_some_and(|run| run.link.is_none() && run.text.contains(char::is_alphabetic));
        let has_link = part.iter().any(|run| run.link.is_some());
        // `…, see also [B](b.md)`: words before a further link say that it is something else.
        if index > 0 && is_led && has_link {
            continue;
        }
        for name in part.chunk_by(|one, next| one.link == next.link) {
            // Text beside a link is a remark.
            if !has_link || name.iter().any(|run| run.link.is_some()) {
                out.extend(mention(name, kind, vocabulary));
            }
        }
    }
    out
}

/// The parts of a value between separators, which are never within a link or brackets.
fn parts<'a>(value: &[Run<'a>], vocabulary: &Vocabulary<'_>) -> Vec<Vec<Run<'a>>> {
    let (mut out, mut part, mut depth) = (Vec::new(), Vec::new(), 0);
    for run in value {
        let mut from = 0;
        for (start, end) in separators(run, &mut depth, vocabulary) {
            part.push(cut(run, from, start));
            out.push(std::mem::take(&mut part));
            from = end;
        }
        part.push(cut(run, from, run.text.len()));
    }
    out.push(part);
    out
}

/// Where the separators of names in a run begin and end; `depth` counts open brackets. `and`
/// separates only after a number, a link or a comma: it may be part of a title.
fn separators(run: &Run<'_>, depth: &mut usize, vocabulary: &Vocabulary<'_>) -> Vec<(usize, usize)> {
    if run.is_html_break() {
        return vec![(0, run.text.len())];
    }
    if run.link.is_some() {
        return Vec::new();
    }
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut has_digit = false;
    for (at, ch) in run.text.char_indices() {
        let from = out.last().map_or(0, |(_, end)| *end);
        if at < from {
            continue;
        }
        let length = match ch {
            ',' | ';' | '&' | '、' | '，' | '；' => ch.len_utf8(),
            ' ' if at == from || has_digit => and(&run.text[at..], vocabulary),
            _ => 0,
        };
        match ch {
            '(' | '[' | '（' => *depth += 1,
            ')' | ']' | '）' => *depth = depth.saturating_sub(1),
            _ if length > 0 && *depth == 0 => {
                out.push((at, at + length));
                has_digit = false;
            }
            _ => has_digit |= ch.is_ascii_digit(),
        }
    }
    out
}

/// The length of ` and ` at the start of a text; 0 if it begins with another word.
fn and(text: &str, vocabulary: &Vocabulary<'_>) -> usize {
    const LONGEST: usize = 12;
    let word = text[1..].split(' ').next().unwrap_or_default();
    let length = 1 + word.len() + 1;
    let is_and = word.len() <= LONGEST
        && text.len() >= length
        && (matches!(word, "/" | "+" | "&") || vocabulary.is(Class::And, &word.to_lowercase()));
    if is_and { length } else { 0 }
}

/// The name in `runs`. None if they say nothing.
fn mention(runs: &[Run<'_>], kind: RelationKind, vocabulary: &Vocabulary<'_>) -> Option<Mention> {
    let runs = trim(runs);
    let url = runs.iter().find_map(|run| run.link);
    let text = words(&runs);
    // `Superseded by: ADR-9.`; a path may begin with dots.
    let text = text.trim_start_matches([' ', ':']).trim_end_matches([' ', ':', '.']);
    if !text.contains(char::is_alphanumeric) || says_nothing(text, vocabulary) {
        return None;
    }
    Some(Mention {
        kind,
        text: text.to_owned(),
        url: url.map(str::to_owned),
        is_certain: true,
        span: span_of(&runs),
    })
}

/// The names in running text after words that introduce them: `supersedes D-03 and D-04`. Only
/// links, paths and numbers name anything there.
pub(crate) fn introduced(text: &[Run<'_>], vocabulary: &Vocabulary<'_>) -> Vec<Mention> {
    let names = |run: &Run<'_>| run.link.is_some() || run.text.contains(|ch: char| ch.is_ascii_digit());
    let last = text.iter().rposition(names).map_or(0, |last| last + 1);
    let mut out = in_status(&text[..last], vocabulary);
    out.retain(|name| name.url.is_some() || is_label(&name.text) || is_path(&name.text));
    out
}

/// The names in a status after words that introduce them: `Superseded by Refunds as credit`. The
/// words before the first comma or bracket may be a title.
pub(crate) fn in_status(text: &[Run<'_>], vocabulary: &Vocabulary<'_>) -> Vec<Mention> {
    let phrases = text.iter().enumerate().flat_map(|(at, run)| {
        let found = vocabulary.successions(run.text);
        found.map(move |(key, start, end)| (at, key, start, end))
    });
    let phrases: Vec<(usize, Key, usize, usize)> = phrases.collect();
    let mut out = Vec::new();
    for (index, &(at, key, start, end)) in phrases.iter().enumerate() {
        let is_denied = is_denied(&text[at].text[..start], vocabulary);
        let Some(kind) = relation(key).filter(|_| !is_denied) else {
            continue;
        };
        // The names before the next phrase.
        let (to, cut_at) = phrases
            .get(index + 1)
            .map_or((text.len(), 0), |(to, _, start, _)| (*to, *start));
        let stretch = match to == at {
            true => up_to_end([cut(&text[at], end, cut_at)].into_iter()),
            false => {
                let first = cut(&text[at], end, text[at].text.len());
                let last = text.get(to).map(|run| cut(run, 0, cut_at));
                up_to_end(
                    std::iter::once(first)
                        .chain(text[at + 1..to].iter().copied())
                        .chain(last),
                )
            }
        };
        let names = named(&stretch, kind, vocabulary).into_iter().enumerate();
        let names = names.filter(|(at, name)| *at == 0 || name.url.is_some() || is_label(&name.text));
        out.extend(names.map(|(_, name)| Mention {
            is_certain: false,
            ..name
        }));
    }
    out
}

/// Whether the words before a phrase deny it: `no longer supersedes`.
fn is_denied(before: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let last = before.trim_end().rsplit(|ch: char| !ch.is_alphabetic()).next();
    last.is_some_and(|word| vocabulary.is(Class::Denial, &word.to_lowercase()))
}

/// The runs up to the end of the sentence, line or bracket, and no more of them than a list of names
/// has: each phrase in a long text would be followed by all of the rest.
fn up_to_end<'a>(runs: impl Iterator<Item = Run<'a>>) -> Vec<Run<'a>> {
    let mut out = Vec::new();
    for run in runs.take(MOST_RUNS) {
        let end = sentence_end(run.text).filter(|_| run.link.is_none());
        out.push(cut(&run, 0, end.unwrap_or(run.text.len())));
        if end.is_some() || run.is_html_break() {
            break;
        }
    }
    out
}

/// Where a sentence or what stands before a bracket ends. The full stops of a path and those behind
/// a number, `2. Use a queue`, end nothing.
fn sentence_end(text: &str) -> Option<usize> {
    let is_end = |&(at, ch): &(usize, char)| match ch {
        '.' => {
            let is_number = text[..at].ends_with(|ch: char| ch.is_ascii_digit());
            let next = text[at + 1..].chars().next();
            next.is_none_or(char::is_whitespace) && !(is_number && next.is_some())
        }
        _ => matches!(ch, ';' | '(' | ')' | '—' | '–' | '。' | '（'),
    };
    text.char_indices().find(is_end).map(|(at, _)| at)
}

fn is_path(name: &str) -> bool {
    name.ends_with(".md") && !name.contains(char::is_whitespace)
}

/// Whether the name is a label with a number, `D-03`, `ADR 0012`; in running text, only a number
/// identifies a decision.
fn is_label(name: &str) -> bool {
    name.split_whitespace().count() <= 3 && name.len() <= 16 && name.bytes().any(|byte| byte.is_ascii_digit())
}

/// The whole text of a value as the words of its names: whether it says nothing else.
pub(crate) fn is_all(mentions: &[Mention], text: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|ch| ch.is_alphanumeric()).count();
    let named: usize = mentions.iter().map(|mention| letters(&mention.text)).sum();
    !mentions.is_empty() && named == letters(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::source::Span;

    fn in_language(language: &str) -> Config {
        Config {
            language: language.to_owned(),
            ..Config::default()
        }
    }

    #[test]
    fn the_longest_of_overlapping_phrases_wins() {
        let found = |text: &str, language: &str| {
            let config = in_language(language);
            let vocabulary = Vocabulary::new(&config);
            let found = vocabulary.successions(text);
            found.map(|(key, _, end)| (key, end)).collect::<Vec<_>>()
        };
        let (by, over) = (Key::SupersededBy, Key::Supersedes);
        assert_eq!(found("Superseded by 9", "en"), [(by, 13)]);
        assert_eq!(found("Superceded by 9", "en"), [(by, 13)]);
        assert_eq!(found("Ersetzt durch 9", "de"), [(by, 13)]);
        assert_eq!(found("Ersetzt 9", "de"), [(over, 7)]);
        assert_eq!(found("已被取代 9", "zh"), [(by, 12)]);
        assert_eq!(found("Anulado 9", "es"), []);
        assert_eq!(found("Replaces 1; superseded by 9", "en"), [(over, 8), (by, 25)]);
        assert_eq!(found("Replaces 1, replaces 2", "en"), [(over, 8), (over, 20)]);
        assert_eq!(found("Amended by 9", "en"), [(Key::AmendedBy, 10)]);
    }

    fn texts(mentions: &[Mention]) -> Vec<(&str, Option<&str>)> {
        let texts = mentions.iter();
        texts
            .map(|mention| (mention.text.as_str(), mention.url.as_deref()))
            .collect()
    }

    fn link<'a>(text: &'a str, url: &'a str) -> Run<'a> {
        Run {
            link: Some(url),
            ..plain(text)
        }
    }

    fn plain(text: &str) -> Run<'_> {
        Run::plain(text, Span::new(0, text.len()))
    }

    #[test]
    fn a_value_names_its_links_and_what_stands_between_commas() {
        let config = Config::default();
        let vocabulary = Vocabulary::new(&config);
        let read = |value: &[Run<'_>]| -> Vec<(String, Option<String>)> {
            let found = named(value, RelationKind::DependsOn, &vocabulary);
            let found = texts(&found).into_iter();
            found
                .map(|(text, url)| (text.to_owned(), url.map(str::to_owned)))
                .collect()
        };
        let none = |text: &str| (text.to_owned(), None);
        let linked = |text: &str, url: &str| (text.to_owned(), Some(url.to_owned()));
        assert_eq!(
            read(&[plain("ADR-1, RFC 7 and RFC 9; Carts and orders.")]),
            [none("ADR-1"), none("RFC 7"), none("RFC 9"), none("Carts and orders")]
        );
        assert_eq!(
            read(&[
                link("1. A", "a.md"),
                plain(" (the old one) and "),
                link("B", "b.md"),
                plain(", "),
                plain("0005")
            ]),
            [linked("1. A", "a.md"), linked("B", "b.md"), none("0005")]
        );
        assert_eq!(
            read(&[plain("Epic 19 (Herald, Garrison and 3 more), & RFC 8")]),
            [none("Epic 19 (Herald, Garrison and 3 more)"), none("RFC 8")]
        );
        assert_eq!(read(&[plain("none")]), []);
    }

    #[test]
    fn each_phrase_has_the_names_up_to_the_next() {
        let config = Config::default();
        let vocabulary = Vocabulary::new(&config);
        let found = |text: &[Run<'_>]| -> Vec<(RelationKind, String)> {
            let found = in_status(text, &vocabulary).into_iter();
            found.map(|mention| (mention.kind, mention.text)).collect()
        };
        let expected = |all: &[(RelationKind, &str)]| -> Vec<(RelationKind, String)> {
            all.iter().map(|(kind, text)| (*kind, (*text).to_owned())).collect()
        };
        use RelationKind::{AmendedBy, Amends, SupersededBy, Supersedes};
        assert_eq!(
            found(&[
                plain("Accepted, supersedes "),
                link("A", "a.md"),
                plain(", amends "),
                link("B", "b.md"),
                plain(" and is amended by "),
                link("C", "c.md"),
                plain(", see also "),
                link("D", "d.md"),
            ]),
            expected(&[(Supersedes, "A"), (Amends, "B"), (AmendedBy, "C")])
        );
        for (text, names) in [
            ("Partially supersedes ADR-1", &[(Amends, "ADR-1")][..]),
            ("Superseded in part by ADR-1", &[(AmendedBy, "ADR-1")]),
            ("No longer superseded by ADR-1", &[]),
            (
                "Supersedes ADR-1, ADR-2, and ADR-3",
                &[(Supersedes, "ADR-1"), (Supersedes, "ADR-2"), (Supersedes, "ADR-3")],
            ),
            (
                "Supersedes ADR-1 / ADR-2",
                &[(Supersedes, "ADR-1"), (Supersedes, "ADR-2")],
            ),
            (
                "Superseded by 2. Use a queue. It is calm.",
                &[(SupersededBy, "2. Use a queue")],
            ),
        ] {
            assert_eq!(found(&[plain(text)]), expected(names), "{text}");
        }
    }

    #[test]
    fn running_text_names_only_links_and_numbers() {
        let config = Config::default();
        let vocabulary = Vocabulary::new(&config);
        let found = introduced(
            &[
                plain("Accepted, supersedes ADR-1, ADR-2 and the cache. Superseded by "),
                link("Bus", "bus.md"),
                plain(", in May"),
            ],
            &vocabulary,
        );
        assert_eq!(
            texts(&found),
            [("ADR-1", None), ("ADR-2", None), ("Bus", Some("bus.md"))]
        );
        assert!(found.iter().all(|mention| !mention.is_certain));
    }
}
