//! Determines a section's topics from its heading, by the roles of the words rather than by whole
//! phrases: `Decisions & open questions`, `Key decisions (frozen)`, `What remains open`.

use super::topics::{
    ALONE, ASKED, ASKED_NARROW, ASKS, BLOCKS, CLOSES, DECIDED, FILLER, FOLLOWS, LOG, MANY_DECIDED, NEEDED, OPENS,
    QUALIFIES, Topic, Topics, WHOM,
};
use super::{Vocabulary, prefixes};
use crate::parse::markdown::fold::{fold, is_ideograph};

/// The meaning of a heading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Heading {
    pub(crate) topics: Topics,
    /// Whether it also names something else: `Risks and open questions`. The content of its section
    /// may then be that.
    pub(crate) among_others: bool,
    /// Whether the heading names decisions with unknown words, `Courier decisions`. Then only
    /// records with a number, a date or a reason count.
    pub(crate) is_weak: bool,
}

/// The normalised words of a heading: `## 10. 📋 Open Questions [optional]` becomes
/// `open questions optional`, and so does the same heading with its emoji damaged.
pub(crate) fn heading_words(title: &str) -> String {
    let mut folded = fold(title);
    let mut rest = folded.as_str();
    while let Some((first, tail)) = rest.split_once(' ') {
        if !is_adornment(first) {
            break;
        }
        rest = tail;
    }
    let adorned = folded.len() - rest.len();
    folded.drain(..adorned);
    folded
}

/// Whether a word only decorates or numbers a heading. Damaged emoji consist of letters too, `‚ùì`,
/// `üìã`, but not of ASCII ones.
fn is_adornment(word: &str) -> bool {
    let is_of_words = |ch: char| ch.is_ascii_alphabetic() || is_ideograph(ch);
    !word.chars().any(is_of_words)
        || matches!(word, "a" | "b" | "c" | "d" | "i" | "ii" | "iii" | "iv" | "v" | "vi")
        || word.chars().all(|ch| "一二三四五六七八九十第章节節".contains(ch))
}

/// The meaning of the heading `title`, whose normalised words are `words`.
pub(crate) fn read(title: &str, words: &str, vocabulary: &Vocabulary<'_>) -> Heading {
    let whole = |words: &str| {
        vocabulary
            .headings
            .get(words)
            .map(|roles| roles.topics)
            .unwrap_or_default()
    };
    let mut out = Heading {
        topics: whole(words),
        ..Heading::default()
    };
    if !out.topics.is_empty() || !vocabulary.may_tell(words) {
        return out;
    }
    let (title, aside) = without_brackets(title);
    let is_closed = aside.split(' ').any(|word| {
        vocabulary
            .headings
            .get(word)
            .is_some_and(|roles| roles.roles & CLOSES != 0)
    });
    let parts = parts(&title, vocabulary);
    let mut others = 0;
    for part in &parts {
        let mut found = whole(part);
        // Only headings of questions and logs may contain more text; `Status: Accepted` is not a
        // section.
        found.0 &= if parts.len() == 1 {
            u64::MAX
        } else {
            Topic::OpenQuestions.bit() | Topic::DecisionLog.bit()
        };
        if found.is_empty() && part.contains(is_ideograph) {
            found = joined(part, whole);
        }
        if found.is_empty() {
            found = part_topics(part, vocabulary, &mut out.is_weak);
        }
        if found.is_empty() {
            others += 1;
        }
        out.topics.0 |= found.0;
    }
    if is_closed && out.topics.has(Topic::OpenQuestions) {
        out.topics.0 ^= Topic::OpenQuestions.bit() | Topic::ResolvedQuestions.bit();
    }
    if out.topics.has(Topic::OpenQuestions) && are_answered(&parts, vocabulary) {
        out.topics.0 ^= Topic::OpenQuestions.bit();
    }
    out.among_others = others > 0
        && parts
            .first()
            .is_some_and(|first| part_topics(first, vocabulary, &mut false).is_empty() && whole(first).is_empty());
    out
}

/// Whether the questions are answered: `Questions and answers` are, unless another word says that
/// they are open.
fn are_answered(parts: &[String], vocabulary: &Vocabulary<'_>) -> bool {
    let roles = || parts.iter().map(|part| roles(part, vocabulary));
    let is_blocked = roles().any(|part| !part.is_empty() && part.iter().all(|word| word & BLOCKS != 0));
    is_blocked && !roles().flatten().any(|word| word & OPENS != 0)
}

/// A heading without its text in brackets, and the folded words of that text.
fn without_brackets(title: &str) -> (String, String) {
    let (mut kept, mut aside, mut depth) = (String::new(), String::new(), 0_usize);
    for ch in title.chars() {
        match ch {
            '(' | '[' | '（' | '【' => {
                depth += 1;
                aside.push(' ');
            }
            ')' | ']' | '）' | '】' => depth = depth.saturating_sub(1),
            _ if depth > 0 => aside.push(ch),
            _ => kept.push(ch),
        }
    }
    (kept, fold(&aside))
}

/// The folded parts of a heading, split at dashes, colons, bars and conjunctions.
fn parts(title: &str, vocabulary: &Vocabulary<'_>) -> Vec<String> {
    let mut out = Vec::new();
    for piece in title
        .split(['—', '–', ':', '：', '|', '&', '/', '+', ',', ';', '、', '，', '·', '・'])
        .flat_map(|piece| piece.split(" - "))
    {
        let words = heading_words(piece);
        let mut part = String::new();
        for word in words.split(' ') {
            if vocabulary.is(super::concept::Class::And, word) {
                out.push(std::mem::take(&mut part));
            } else {
                if !part.is_empty() {
                    part.push(' ');
                }
                part.push_str(word);
            }
        }
        out.push(part);
    }
    out.retain(|part| part.chars().any(char::is_alphabetic) && !(part.len() > 2 && is_adornment(part)));
    out
}

/// The two topics of a heading without spaces, if each side is a complete heading: `決定事項と未決事項`.
fn joined(part: &str, whole: impl Fn(&str) -> Topics) -> Topics {
    const AND: [&str; 7] = ["および", "及び", "と", "和", "与", "與", "及"];
    let cuts = AND.iter().filter_map(|and| part.split_once(and));
    let mut both = cuts.map(|(one, other)| (whole(one), whole(other)));
    let found = both.find(|(one, other)| !one.is_empty() && !other.is_empty());
    found.map_or_else(Topics::default, |(one, other)| Topics(one.0 | other.0))
}

/// The roles of the words in a part. A phrase counts as one word.
fn roles(part: &str, vocabulary: &Vocabulary<'_>) -> Vec<u32> {
    let mut out = Vec::new();
    let mut rest = part;
    while !rest.is_empty() {
        let found = prefixes(rest).find_map(|phrase| {
            let roles = vocabulary.headings.get(phrase)?.roles;
            (roles != 0).then_some((phrase.len(), roles))
        });
        let (length, roles) = found.unwrap_or_else(|| (rest.find(' ').unwrap_or(rest.len()), 0));
        let is_number = !rest[..length].contains(char::is_alphabetic);
        if !is_number {
            out.push(roles);
        }
        rest = rest[length..].trim_start();
    }
    out
}

/// The topics of one part of a heading: questions and decisions.
fn part_topics(part: &str, vocabulary: &Vocabulary<'_>, is_weak: &mut bool) -> Topics {
    let roles = roles(part, vocabulary);
    let mut out = Topics::default();
    if let Some(topic) = questions(&roles) {
        out.add(topic);
    } else if let Some(weak) = log(&roles) {
        *is_weak |= weak;
        out.add(Topic::DecisionLog);
    }
    out
}

/// The maximum number of unknown words in a heading of questions, besides the known ones.
const MOST_UNKNOWN: usize = 3;

fn questions(roles: &[u32]) -> Option<Topic> {
    let at = |role: u32| roles.iter().position(|word| word & role != 0);
    let unknown = |words: &[u32]| {
        words
            .iter()
            .filter(|word| **word & !QUALIFIES == 0 && **word & QUALIFIES == 0)
            .count()
    };
    if at(BLOCKS).is_some() {
        return None;
    }
    let asked = at(ASKED);
    let opener = at(OPENS);
    let asking = at(ASKS);
    let closer = at(CLOSES);
    // `Decisions needed`, `Open decisions`, `Decisions to be made`.
    if let Some(decided) = at(DECIDED)
        && let Some(needed) = roles.iter().rposition(|word| word & NEEDED != 0)
        && asked.is_none()
        && unknown(roles) <= 1
        && decided != needed
        && (roles[needed] & OPENS != 0 || needed > decided)
    {
        return Some(Topic::OpenQuestions);
    }
    // `Open points`: the word for open directly precedes it, apart from qualifiers.
    let narrow = at(ASKED_NARROW).filter(|&at| {
        let before = roles[..at].iter().rposition(|word| word & OPENS != 0);
        before.is_some_and(|before| roles[before + 1..at].iter().all(|word| word & (QUALIFIES | OPENS) != 0))
            || asking.is_some_and(|asking| asking == at + 1)
    });
    let asked = asked.or(narrow)?;
    if closer.is_some() && asking.is_none() {
        return Some(Topic::ResolvedQuestions);
    }
    // `Questions`, `Questions for the payments team`.
    let is_alone = roles[0] & ALONE != 0 && roles.get(1).is_none_or(|next| next & WHOM != 0);
    let (first, last) = match opener.or(asking) {
        Some(other) => (asked.min(other), asked.max(other)),
        None if is_alone => (asked, asked),
        None if roles.get(asked + 1).is_some_and(|next| next & LOG != 0) && asked == 0 => (asked, asked),
        None => return None,
    };
    let is_near = unknown(&roles[first..=last]) <= 1 && unknown(&roles[..first]) <= MOST_UNKNOWN;
    is_near.then_some(Topic::OpenQuestions)
}

/// Whether it is a decision log. Some(true) if unknown words precede the name.
fn log(roles: &[u32]) -> Option<bool> {
    if roles.iter().any(|word| word & BLOCKS != 0) {
        return None;
    }
    let at = roles.iter().position(|word| word & DECIDED != 0)?;
    let is_known = |words: &[u32]| words.iter().all(|word| word & (QUALIFIES | FILLER) != 0);
    let (before, behind) = (&roles[..at], &roles[at + 1..]);
    let is_named = behind.first().is_some_and(|next| next & LOG != 0);
    if is_named {
        return Some(!is_known(before));
    }
    if roles[at] & MANY_DECIDED == 0 {
        return None;
    }
    let follows = behind.first().is_none_or(|next| next & FOLLOWS != 0);
    follows.then(|| !is_known(before))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(title: &str) -> Heading {
        read(title, &heading_words(title), &Vocabulary::english())
    }

    #[test]
    fn a_heading_is_known_through_emoji_numbers_and_damage() {
        for (title, expected) in [
            ("❓ Open Questions", Topic::OpenQuestions),
            ("‚ùì Open Questions", Topic::OpenQuestions),
            ("10. Open Questions [optional]", Topic::OpenQuestions),
            ("Open issues (if applicable)", Topic::OpenQuestions),
            ("Unresolved questions", Topic::OpenQuestions),
            ("Open Questions & Decisions Required", Topic::OpenQuestions),
            ("Open Questions (RESOLVED)", Topic::ResolvedQuestions),
            ("Appendix B: Open Questions", Topic::OpenQuestions),
            ("Risks and Open Questions", Topic::OpenQuestions),
            ("Key Decisions Needed", Topic::OpenQuestions),
            ("Decisions to be made", Topic::OpenQuestions),
            ("What remains open", Topic::OpenQuestions),
            ("Points to clarify", Topic::OpenQuestions),
            ("Questions and Discussion Topics", Topic::OpenQuestions),
            ("Open questions (resolve before dev start)", Topic::OpenQuestions),
            ("Question Log: Courier App", Topic::OpenQuestions),
            ("Questions for the payments team", Topic::OpenQuestions),
            ("Resolved open questions", Topic::ResolvedQuestions),
            ("Questions resolved in the review", Topic::ResolvedQuestions),
            ("üìù Decision Log", Topic::DecisionLog),
            ("11. Decision Record", Topic::DecisionLog),
            ("Courier — Decision Log", Topic::DecisionLog),
            ("Decisions (2026-05-01)", Topic::DecisionLog),
            ("Decisions captured (2026-05-01) — promoted to D078", Topic::DecisionLog),
            ("Key Decisions (frozen)", Topic::DecisionLog),
            ("Architecture Decision Records (ADR)", Topic::DecisionLog),
            ("Key technical decisions and rationale", Topic::DecisionLog),
            ("üìã Table of Contents", Topic::Contents),
            ("1. Document Control", Topic::Metadata),
            ("Decision Outcome", Topic::Decision),
        ] {
            assert!(heading(title).topics.has(expected), "{title}: {:?}", heading(title));
        }
        for title in [
            "Open source", "Decisions we regret in prose", "Opening questions", "Status quo", "Known issues",
            "Technology decisions to avoid", "Decision making", "Open source issues", "Action items",
            "Status: Accepted", "Frequently asked questions", "Issue tracking", "Open API", "Decision drivers",
            "Open action items", "Questions and answers",
        ] {
            assert!(heading(title).topics.is_empty(), "{title}");
        }
    }

    #[test]
    fn a_heading_may_name_two_things() {
        let both = heading("Decisions & Open Questions");
        assert!(both.topics.has(Topic::OpenQuestions) && both.topics.has(Topic::DecisionLog));
        assert!(heading("Risks and Open Questions").among_others);
        assert!(!heading("Open Questions").among_others);
        assert!(heading("Courier decisions").is_weak);
        assert!(!heading("Key decisions").is_weak);
    }
}
