//! What stands behind a question on its own line: labelled facts, or a name between dashes.

use std::borrow::Cow;

use crate::parse::markdown::inline::{Run, cut, trim, words};
use crate::parse::record::Reader;
use crate::parse::record::label::split;
use crate::parse::record::name::is_name;
use crate::parse::vocabulary::concept::Key;
use crate::parse::vocabulary::concept::Scope;

/// Where the facts behind a question begin: the run, and the byte in its text.
pub(crate) fn tail_start(runs: &[Run<'_>], reader: &Reader<'_>) -> Option<(usize, usize)> {
    for (index, run) in runs.iter().enumerate() {
        if run.code || run.struck {
            continue;
        }
        for (colon, _) in run.text.match_indices(':') {
            let before = &run.text[..colon];
            let start = before
                .rfind(['(', '.', '?', '!', ';', ',', '—', '–', '|', '·', '[', '•'])
                .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
            let dash = before.rfind(" - ").map_or(0, |at| at + 3);
            let start = start.max(dash);
            let label = before[start..].trim();
            let is_start =
                start > 0 || (index > 0 && (run.strong || run.emphasis || ends_sentence(runs[index - 1].text)));
            let known = reader
                .vocabulary
                .key(Scope::Question, label)
                .is_some_and(|key| key != Key::Context && key != Key::Answer || key == Key::Answer && run.strong);
            if is_start && known && label.len() > 1 {
                return Some((index, start));
            }
        }
        // `**Owner**: Ada`, the colon outside.
        if index > 0
            && run.strong
            && runs
                .get(index + 1)
                .is_some_and(|next| next.text.trim_start().starts_with(':'))
            && reader
                .vocabulary
                .key(Scope::Question, run.text)
                .is_some_and(|key| matches!(key, Key::Owner | Key::Due | Key::Status))
        {
            return Some((index, 0));
        }
    }
    None
}

pub(crate) fn ends_sentence(text: &str) -> bool {
    text.trim_end()
        .ends_with(['.', '?', '!', ';', ',', '—', '–', '-', '|', '(', ')', ':', '·'])
}

/// The labelled facts of a tail, each up to the next known label.
pub(crate) fn tail_facts<'r>(tail: &[Run<'r>], reader: &Reader<'r>) -> Vec<(Cow<'r, str>, Vec<Run<'r>>)> {
    let mut out = Vec::new();
    let mut rest = tail.to_vec();
    while let Some(mut parts) = split(&trim(&strip_brackets(&rest)), reader.vocabulary) {
        let Some(first) = (!parts.is_empty()).then(|| parts.remove(0)) else {
            break;
        };
        let mut value = first.value;
        let next = tail_start_any(&value, reader);
        rest = match next {
            Some((at, offset)) => {
                let mut after = vec![cut(&value[at], offset, value[at].text.len())];
                after.extend_from_slice(&value[at + 1..]);
                let last = cut(&value[at], 0, offset);
                value.truncate(at);
                value.push(last);
                after
            }
            None => Vec::new(),
        };
        out.push((first.label, strip_end(&value)));
        out.extend(parts.into_iter().map(|part| (part.label, strip_end(&part.value))));
        if rest.is_empty() {
            break;
        }
    }
    out
}

/// As [`tail_start`], for labels of any meaning: within a tail every label begins a new fact.
pub(crate) fn tail_start_any(runs: &[Run<'_>], reader: &Reader<'_>) -> Option<(usize, usize)> {
    tail_start(runs, reader).or_else(|| {
        runs.iter().enumerate().find_map(|(index, run)| {
            let text = run.text;
            let open = text
                .find(") (")
                .map(|at| at + 3)
                .or_else(|| text.find(". ").map(|at| at + 2))?;
            let label = text[open..].split(':').next()?;
            (text[open..].contains(':') && label.split_whitespace().count() <= 3).then_some((index, open))
        })
    })
}

pub(crate) fn strip_brackets<'r>(runs: &[Run<'r>]) -> Vec<Run<'r>> {
    let mut out = trim(runs);
    if let Some(first) = out.first() {
        let kept = first.text.trim_start_matches(|ch: char| {
            ch.is_whitespace() || matches!(ch, '(' | '[' | '—' | '–' | '-' | '|' | '.' | ',' | ';' | ')')
        });
        out[0] = cut(first, first.text.len() - kept.len(), first.text.len());
    }
    out
}

/// `runs` without the separators and open brackets at their end.
pub(crate) fn strip_end<'r>(runs: &[Run<'r>]) -> Vec<Run<'r>> {
    let mut out = trim(runs);
    while let Some(last) = out.last() {
        let kept = last.text.trim_end_matches(|ch: char| {
            ch.is_whitespace() || matches!(ch, '(' | '[' | '—' | '–' | '|' | ';' | ',' | '·')
        });
        let kept = kept.strip_suffix(" -").unwrap_or(kept);
        let balanced = kept.matches('(').count() >= kept.matches(')').count();
        let kept = if balanced {
            kept
        } else {
            kept.trim_end_matches(['.', ')'])
        };
        let length = kept.trim_end().len();
        if length == last.text.len() {
            break;
        }
        if let Some(part) = out.pop().filter(|_| length > 0) {
            out.push(cut(&part, 0, length));
        }
    }
    out
}

/// The name between dashes behind a question, `— architect — decide in May`, and what follows it.
pub(crate) fn dashed_owner<'r>(rest: &[Run<'r>]) -> Option<(Vec<Run<'r>>, Vec<Run<'r>>)> {
    let run = rest.iter().position(|run| !run.code && find_dash(run.text).is_some())?;
    let (dash, after) = find_dash(rest[run].text)?;
    // Only a remark in brackets may stand between the question and the dash.
    let before = words(&rest[..run]) + " " + rest[run].text[..dash].trim();
    let before = before.trim();
    let is_remark = before.starts_with('(') && before.ends_with(')');
    if !before.is_empty() && !is_remark {
        return None;
    }
    let mut tail = vec![cut(&rest[run], after, rest[run].text.len())];
    tail.extend_from_slice(&rest[run + 1..]);
    let (name, remark) = match tail.iter().position(|run| !run.code && find_dash(run.text).is_some()) {
        Some(at) => {
            let (end, next) = find_dash(tail[at].text)?;
            let mut name = tail[..at].to_vec();
            name.push(cut(&tail[at], 0, end));
            let mut remark = vec![cut(&tail[at], next, tail[at].text.len())];
            remark.extend_from_slice(&tail[at + 1..]);
            (trim(&name), remark)
        }
        None => (trim(&tail), Vec::new()),
    };
    is_name(&words(&name)).then_some((name, remark))
}

/// A dash between words: where it begins, and where what follows it does.
pub(crate) fn find_dash(text: &str) -> Option<(usize, usize)> {
    text.char_indices().find_map(|(at, ch)| {
        let is_dash = matches!(ch, '—' | '–') || ch == '-' && text[at + 1..].starts_with([' ', '\u{a0}']);
        is_dash.then_some((at, at + ch.len_utf8()))
    })
}
