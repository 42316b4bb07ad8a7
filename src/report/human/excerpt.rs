//! Which lines of a text are shown around a place.

use crate::diagnostic::is_harmful;
use crate::report::{PlacedFix, Site};
use crate::source::{Span, floor_char_boundary};

/// The lines to show, and the place in them.
pub(super) struct Excerpt {
    pub(super) text: String,
    pub(super) mark: Span,
    /// Whether the first line's beginning is missing.
    pub(super) is_cut: bool,
}

/// At most this many lines are shown; of a place with more, its first.
const MOST_LINES: usize = 6;

/// Longer lines are cut around the place, for those who write a table on one line
/// and for files that are not text.
const LONGEST_LINE: usize = 400;

pub(super) fn excerpt(site: &Site<'_>) -> Excerpt {
    let Excerpt { text, mark, is_cut } = lines_around(site);
    Excerpt {
        mark: shown_at(&text, mark),
        text: shown(&text),
        is_cut,
    }
}

/// Where the letters at `span` stand in what is shown of `text`: stand-ins take other room.
fn shown_at(text: &str, span: Span) -> Span {
    Span::new(shown(&text[..span.start]).len(), shown(&text[..span.end]).len())
}

/// annotate-snippets shows the rest of what is harmful in its own way.
fn shown(text: &str) -> String {
    text.replace(|c: char| is_harmful(c) && !c.is_ascii(), "\u{fffd}")
}

fn lines_around(site: &Site<'_>) -> Excerpt {
    let Site { text, span, .. } = site;
    let start = floor_char_boundary(text, span.start);
    let end = floor_char_boundary(text, span.end.max(start));
    let from = line_start(text, start);
    // A place that ends with its line's end does not reach the next line.
    let marked = text[start..end].trim_end_matches(['\n', '\r']).len();
    let end = start + marked;
    let to = line_end(text, end);
    if is_short(&text[from..to]) {
        return Excerpt {
            text: text[from..to].to_owned(),
            mark: Span::new(start - from, end - from),
            is_cut: false,
        };
    }
    let end = end.min(line_end(text, start));
    cut(&text[from..line_end(text, start)], start - from, end - from)
}

/// The lines that the first of a fix's changes stand on, and the changes in them.
pub(super) struct Changed {
    /// The file in which they stand.
    pub(super) path: String,
    /// The lines as they are.
    pub(super) text: String,
    /// The number of the first.
    pub(super) line: usize,
    /// What goes from `text`, and what comes.
    pub(super) changes: Vec<(Span, String)>,
    /// How many changes are not shown.
    pub(super) rest: usize,
}

/// None where the lines are too long to be looked at.
pub(super) fn changed(fix: &PlacedFix<'_>) -> Option<Changed> {
    let (first, _) = fix.changes.first()?;
    let (text, (line, _)) = (first.text, first.at?);
    let from = line_start(text, floor_char_boundary(text, first.span.start));
    let mut to = from;
    let mut changes = Vec::new();
    for (site, new) in &fix.changes {
        let end = line_end(text, floor_char_boundary(text, site.span.end.max(site.span.start)));
        let below = text[from..site.span.start.max(from)].matches('\n').count();
        // With an include between two changes the lines have no common count.
        let counts = site.file == first.file && site.at.is_some_and(|(at, _)| at == line + below);
        if !counts || !is_short(&text[from..end]) {
            break;
        }
        to = to.max(end);
        changes.push((Span::new(site.span.start - from, site.span.end - from), shown(new)));
    }
    let text = &text[from..to];
    for (span, _) in &mut changes {
        *span = shown_at(text, *span);
    }
    (!changes.is_empty()).then(|| Changed {
        path: first.path.clone(),
        text: shown(text),
        line,
        rest: fix.changes.len() - changes.len(),
        changes,
    })
}

fn is_short(text: &str) -> bool {
    let mut lines = text.split('\n');
    lines.clone().count() <= MOST_LINES && lines.all(|line| line.len() <= LONGEST_LINE)
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    let rest = text[at..].split('\n').next().unwrap_or_default();
    at + rest.strip_suffix('\r').unwrap_or(rest).len()
}

/// The part of a long line that holds the place's beginning.
fn cut(line: &str, start: usize, end: usize) -> Excerpt {
    const BEFORE: usize = 60;
    const AFTER: usize = 120;
    let from = floor_char_boundary(line, start.saturating_sub(BEFORE));
    let to = floor_char_boundary(line, start + AFTER);
    let dots = |cut| if cut { "…" } else { "" };
    let (head, tail) = (dots(from > 0), dots(to < line.len()));
    let shift = |at: usize| at.min(to) - from + head.len();
    Excerpt {
        text: format!("{head}{}{tail}", &line[from..to]),
        mark: Span::new(shift(start), shift(end)),
        is_cut: from > 0,
    }
}
