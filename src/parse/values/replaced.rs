//! Finds the current part of a value that its author changed in place: `~~A~~ B`, `A → B`,
//! `A, moved to B`, `B (was A)`; or filled in between a template's brackets, `[B]`. Every reader of
//! a value uses this module first.

use std::borrow::Cow;

use crate::parse::markdown::fold::{fold, is_edge, push_narrow, whole};
use crate::parse::markdown::inline::{Run, cut, trim, words};
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Class;

/// The current part of a value.
pub(crate) fn current<'r, 'a>(runs: &'r [Run<'a>], vocabulary: &Vocabulary<'_>) -> Cow<'r, [Run<'a>]> {
    let kept = not_struck(runs);
    if let Some(inner) = filled_in(&kept, vocabulary) {
        return Cow::Owned(inner);
    }
    match newest(&kept, vocabulary) {
        Some(part) => Cow::Owned(part),
        None => kept,
    }
}

/// A text without its struck-through parts, unless all of it is struck through.
pub(crate) fn not_struck<'r, 'a>(runs: &'r [Run<'a>]) -> Cow<'r, [Run<'a>]> {
    if !runs.iter().any(|run| run.struck) {
        return Cow::Borrowed(runs);
    }
    let kept: Vec<Run<'a>> = runs.iter().filter(|run| !run.struck).copied().collect();
    match kept.iter().any(|run| run.text.contains(char::is_alphanumeric)) {
        true => Cow::Owned(trim(&kept)),
        false => Cow::Borrowed(runs),
    }
}

/// `[@ada, @tunde]`, `[2026-03-01]`: the content of the brackets, unless it is a placeholder of a
/// template.
fn filled_in<'a>(runs: &[Run<'a>], vocabulary: &Vocabulary<'_>) -> Option<Vec<Run<'a>>> {
    let (first, last) = (runs.first()?, runs.last()?);
    let is_bracketed = first.text.starts_with('[') && last.text.ends_with(']');
    if !is_bracketed || [first, last].iter().any(|run| run.link.is_some() || run.code) {
        return None;
    }
    let length = runs.iter().map(|run| run.text.len()).sum::<usize>();
    let inner = slice(runs, 1, length - 1);
    let text = words(&inner);
    let is_name = |part: &str| {
        let mut words = part.split_whitespace();
        let is_word = |word: &str| word.starts_with(char::is_uppercase) && !vocabulary.is_usual(word);
        (2..=4).contains(&words.clone().count()) && words.all(is_word)
    };
    let are_names = text.contains(',') && text.split(',').all(is_name);
    let is_one = !text.contains(['[', ']']) || inner.iter().any(|run| run.link.is_some());
    let is_number = text.trim_start_matches('v').starts_with(|ch: char| ch.is_ascii_digit());
    (is_one && (is_number || text.contains('@') || are_names)).then_some(inner)
}

/// Signs between an old value and a new one.
pub(crate) const ARROWS: [&str; 8] = ["→", "➜", "➔", "➡", "⇒", "⟶", "->", "=>"];

/// `text` split at its arrows.
pub(crate) fn steps(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let arrow = |at: usize| ARROWS.iter().find(|arrow| text[at..].starts_with(**arrow));
        let mut arrows = text.char_indices().filter_map(|(at, _)| Some((at, arrow(at)?.len())));
        let (at, length) = arrows.next().unwrap_or((text.len(), 0));
        rest = (length > 0).then(|| &text[at + length..]);
        Some(&text[..at])
    })
}

/// The part of a text that its words mark as the newest. None if they do not mark any.
fn newest<'a>(runs: &[Run<'a>], vocabulary: &Vocabulary<'_>) -> Option<Vec<Run<'a>>> {
    let is_sign = |byte: u8| matches!(byte, b',' | b';' | b'(' | b'>') || !byte.is_ascii();
    let has_sign = |run: &Run<'_>| run.text.bytes().any(is_sign) || run.text.contains(' ') && has_digit(run.text);
    if !runs.iter().any(has_sign) && runs.len() < 2 {
        return None;
    }
    let mut text = String::new();
    runs.iter().for_each(|run| push_narrow(run.text, &mut text));
    let step = steps(&text).last().unwrap_or_default();
    if step.len() < text.len() && may_follow(&text[..text.len() - step.len()], step) {
        return Some(slice(runs, text.len() - step.len(), text.len()));
    }
    let (mut from, mut to) = (0, text.len());
    for (at, ch) in text.char_indices() {
        if at < from {
            continue;
        }
        let behind = at + ch.len_utf8();
        let rest = &text[behind..];
        let is_cut = match ch {
            ',' | ';' | '(' | '—' | '–' => true,
            '-' => text[..at].ends_with(' ') && rest.starts_with(' '),
            // `2026-12-20 was 2026-11-13`
            ' ' => rest.starts_with(char::is_alphabetic) && has_digit(&text[from..at]),
            _ => false,
        };
        if !is_cut {
            continue;
        }
        if let Some(length) = lead(rest, Class::Moved, vocabulary)
            && may_follow(&text[from..at], &rest[length..])
        {
            from = behind + length;
            let close = text[from..].find(')').filter(|_| ch == '(');
            to = close.map_or(text.len(), |close| from + close);
        } else if at < to
            && let Some(length) = lead(rest, Class::Was, vocabulary)
            && may_follow(&text[from..at], &rest[length..])
        {
            to = at;
        }
    }
    (from > 0 || to < text.len()).then(|| slice(runs, from, to))
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether one text can replace the other: a date replaces a date, a name replaces a name.
fn may_follow(one: &str, other: &str) -> bool {
    let other = other.trim_start();
    let is_name = one.trim_start().starts_with(char::is_uppercase);
    other.contains(char::is_alphanumeric)
        && (has_digit(other) || !has_digit(one))
        && !(is_name && other.starts_with(char::is_lowercase))
}

/// The length in bytes of the words of a class at the start of `text`.
fn lead(text: &str, class: Class, vocabulary: &Vocabulary<'_>) -> Option<usize> {
    /// An upper bound on the length of these phrases in letters.
    const LONGEST: usize = 40;
    let start = text.char_indices().nth(LONGEST).map_or(text, |(at, _)| &text[..at]);
    let folded = fold(start);
    let words = vocabulary.leads(class, &folded)?.split(' ').count();
    let mut before = ' ';
    let mut ends = start.char_indices().filter_map(|(at, ch)| {
        let is_end = !ch.is_alphanumeric() && before.is_alphanumeric() || is_edge(before, ch);
        before = ch;
        is_end.then_some(at)
    });
    ends.nth(words - 1)
}

/// The runs between two bytes of their words.
fn slice<'a>(runs: &[Run<'a>], from: usize, to: usize) -> Vec<Run<'a>> {
    let mut at = 0;
    let mut out = Vec::new();
    for run in runs {
        let (start, end) = (
            whole(run.text, from.saturating_sub(at)),
            whole(run.text, to.saturating_sub(at)),
        );
        if start < end {
            out.push(cut(run, start, end));
        }
        at += run.text.len();
    }
    trim(&out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Dialect;
    use crate::parse::markdown::inline::runs;
    use crate::parse::markdown::tree::Tree;

    #[test]
    fn what_was_replaced_is_not_the_value() {
        for (text, expected) in [
            ("~~2026-10-02~~ 2026-11-04", "2026-11-04"),
            ("~~Lola Ade~~, Emeka Uba", ", Emeka Uba"),
            ("<del>Lola Ade</del> Emeka Uba", "Emeka Uba"),
            ("<s>2026-10-02</s> 2026-11-04 (late)", "2026-11-04 (late)"),
            ("~~2026-10-02~~ → 2026-11-04", "2026-11-04"),
            ("2026-10-02 -> 2026-10-20 -> 2026-11-04", "2026-11-04"),
            ("2026-10-02, moved to 2026-11-04", "2026-11-04"),
            ("2026-10-02, extended to 2026-10-20, moved to 2026-11-04", "2026-11-04"),
            ("2026-10-02 (postponed to 2026-11-04)", "2026-11-04"),
            ("2026-10-02 rescheduled to 2026-11-04", "2026-11-04"),
            ("2026-11-04, was 2026-10-02", "2026-11-04"),
            ("2026-11-04 (moved from 2026-10-02, no room)", "2026-11-04"),
            ("2026-11-04 instead of 2026-10-02", "2026-11-04"),
            ("Lola Ade → Emeka Uba", "Emeka Uba"),
            ("Lola Ade, now Emeka Uba", "Emeka Uba"),
            ("Emeka Uba (previously Lola Ade)", "Emeka Uba"),
            ("v2.1 → v2.2", "v2.2"),
            ("[2026-11-04]", "2026-11-04"),
            ("[@lola, @emeka]", "@lola, @emeka"),
            ("[Lola Ade, Emeka Uba]", "Lola Ade, Emeka Uba"),
        ] {
            assert_eq!(value(text), expected, "{text}");
        }
    }

    #[test]
    fn what_only_looks_so_stays() {
        for text in [
            "~~2026-10-02~~",
            "2026-10-02 → to be seen",
            "Lola Ade, now at Danfo",
            "[list everyone involved]",
            "[Author Name, Reviewer Name]",
            "[YYYY-MM-DD]",
            "Lola Ade, Emeka Uba (Payments)",
            "2026-11-04 (the day was chosen by the bank)",
            "a -> b in code: `x`, was never tried",
        ] {
            let bare = text.replace("~~", "").replace('`', "");
            let expected = if text.starts_with("a ->") {
                "b in code: x, was never tried"
            } else {
                &bare
            };
            assert_eq!(value(text), expected, "{text}");
        }
    }

    fn value(text: &str) -> String {
        let tree = Tree::parse(text, 0, Dialect::default());
        let runs = runs(&tree, 1, tree.nodes[0].end);
        words(&current(&runs, &Vocabulary::english())).into_owned()
    }
}
