//! Finds `{{#include …}}` and similar directives in a text, exactly where mdBook does.

use std::ops::{Bound, Range};
use std::sync::LazyLock;

use regex::Regex;

/// mdBook's expression: an escaped directive up to the last `}}` of its line, or a directive's name
/// and arguments.
#[expect(clippy::expect_used, reason = "the tests compile it")]
static DIRECTIVE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"\\\{\{\#.*\}\}|\{\{\s*\#([a-zA-Z0-9_]+)\s+([^}]+)\}\}";
    Regex::new(pattern).expect("a regular expression")
});

/// One directive.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Link<'a> {
    pub(super) span: Range<usize>,
    pub(super) kind: LinkKind<'a>,
}

/// The kind of directive.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum LinkKind<'a> {
    /// `\{{#…}}`: the text without the backslash.
    Escaped(&'a str),
    /// `{{#include path:lines}}`.
    Include(&'a str, Lines<'a>),
    /// `{{#rustdoc_include path:lines}}`.
    Rustdoc(&'a str, Lines<'a>),
    /// `{{#playground path properties}}`.
    Playground(&'a str, Vec<&'a str>),
    /// `{{#title …}}`, which expands to nothing.
    Title,
}

/// The lines of a file to include.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Lines<'a> {
    /// From 0.
    Range((Bound<usize>, Bound<usize>)),
    /// Between the comments of that name.
    Anchor(&'a str),
}

/// The first directive of `text` at or after `from`. Like mdBook, it skips unknown directives as a
/// whole.
pub(super) fn next_link(text: &str, from: usize) -> Option<Link<'_>> {
    // Most texts have none; this test avoids the regular expression.
    text[from..].find("{{")?;
    let mut from = from;
    loop {
        let found = DIRECTIVE.captures_at(text, from)?;
        let whole = found.get_match();
        from = whole.end();
        let kind = match (found.get(1), found.get(2)) {
            (Some(name), Some(argument)) => kind(name.as_str(), argument.as_str()),
            _ => Some(LinkKind::Escaped(&whole.as_str()[1..])),
        };
        if let Some(kind) = kind {
            let span = whole.range();
            return Some(Link { span, kind });
        }
    }
}

fn kind<'a>(name: &str, argument: &'a str) -> Option<LinkKind<'a>> {
    if name == "title" {
        return Some(LinkKind::Title);
    }
    let mut words = argument.split_whitespace();
    let target = words.next()?;
    let (path, part) = match target.split_once(':') {
        Some((path, part)) => (path, Some(part)),
        None => (target, None),
    };
    match name {
        "include" => Some(LinkKind::Include(path, lines(part))),
        "rustdoc_include" => Some(LinkKind::Rustdoc(path, lines(part))),
        "playground" | "playpen" => Some(LinkKind::Playground(target, words.collect())),
        _ => None,
    }
}

/// `2:10`, `2:`, `:10`, `2`, or an anchor's name. Anything after a second colon is ignored,
/// and an end that is not a number is ignored.
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
