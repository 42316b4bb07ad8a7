//! Finds `{{#include …}}` and its kin in a text, exactly where mdBook's regular expression does:
//! `\\\{\{\#.*\}\}|\{\{\s*\#([a-zA-Z0-9_]+)\s+([^}]+)\}\}`.

use std::ops::{Bound, Range};

/// One directive.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Link<'a> {
    pub(super) span: Range<usize>,
    pub(super) kind: Kind<'a>,
}

/// What it asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    /// `\{{#…}}`: the text without the backslash.
    Escaped(&'a str),
    /// `{{#include path:lines}}`.
    Include(&'a str, Lines<'a>),
    /// `{{#rustdoc_include path:lines}}`.
    Rustdoc(&'a str, Lines<'a>),
    /// `{{#playground path properties}}`.
    Playground(&'a str, Vec<&'a str>),
    /// `{{#title …}}`, which leaves nothing.
    Title,
}

/// Which lines of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Lines<'a> {
    /// From 0.
    Range((Bound<usize>, Bound<usize>)),
    /// Between the comments of that name.
    Anchor(&'a str),
}

/// The first directive of `text` at or after `from`.
pub(super) fn next_link(text: &str, from: usize) -> Option<Link<'_>> {
    let mut from = from;
    loop {
        let at = from + text[from..].find("{{")?;
        if at > from
            && text[..at].ends_with('\\')
            && let Some(link) = escaped(text, at)
        {
            return Some(link);
        }
        match directive(text, at) {
            Some((_, Some(link))) => return Some(link),
            // mdBook passes over a directive that it does not know as a whole.
            Some((end, None)) => from = end,
            None => from = at + 1,
        }
    }
}

/// As greedy as mdBook is: up to the last `}}` of the line.
fn escaped(text: &str, at: usize) -> Option<Link<'_>> {
    let inner = text[at..].strip_prefix("{{#")?;
    let line = inner.split('\n').next()?;
    let end = at + "{{#".len() + line.rfind("}}")? + "}}".len();
    Some(Link {
        span: at - 1..end,
        kind: Kind::Escaped(&text[at..end]),
    })
}

/// The end of the directive at `at`, and the directive if it is one that there is.
fn directive(text: &str, at: usize) -> Option<(usize, Option<Link<'_>>)> {
    let name = text[at + 2..].trim_start().strip_prefix('#')?;
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let rest = name.trim_start_matches(is_word);
    let name = &name[..name.len() - rest.len()];
    let (argument, after) = rest.split_once('}')?;
    let after = after.strip_prefix('}')?;
    let has_space = argument.starts_with(char::is_whitespace);
    if name.is_empty() || !has_space || argument.chars().nth(1).is_none() {
        return None;
    }
    let end = text.len() - after.len();
    let link = kind(name, argument).map(|kind| Link { span: at..end, kind });
    Some((end, link))
}

fn kind<'a>(name: &str, argument: &'a str) -> Option<Kind<'a>> {
    if name == "title" {
        return Some(Kind::Title);
    }
    let mut words = argument.split_whitespace();
    let target = words.next()?;
    let (path, part) = match target.split_once(':') {
        Some((path, part)) => (path, Some(part)),
        None => (target, None),
    };
    match name {
        "include" => Some(Kind::Include(path, lines(part))),
        "rustdoc_include" => Some(Kind::Rustdoc(path, lines(part))),
        "playground" | "playpen" => Some(Kind::Playground(target, words.collect())),
        _ => None,
    }
}

/// `2:10`, `2:`, `:10`, `2`, or an anchor's name. Anything after a second colon is ignored,
/// and an end that is no number is no end.
fn lines(part: Option<&str>) -> Lines<'_> {
    let mut parts = part.unwrap_or_default().splitn(3, ':');
    let first = parts.next().unwrap_or_default();
    let end = parts.next().map(str::parse::<usize>);
    let start = match first.parse::<usize>() {
        Ok(number) => number.saturating_sub(1),
        Err(_) if first.is_empty() => {
            let end = end.and_then(Result::ok);
            return Lines::Range((Bound::Unbounded, end.map_or(Bound::Unbounded, Bound::Excluded)));
        }
        Err(_) => return Lines::Anchor(first),
    };
    let end = match end {
        Some(Ok(end)) => Bound::Excluded(end),
        Some(Err(_)) => Bound::Unbounded,
        None => Bound::Included(start),
    };
    Lines::Range((Bound::Included(start), end))
}
