//! Selects the lines of a text to show around a place.

use crate::diagnostic::is_harmful;
use crate::report::{PlacedFix, Site};
use crate::source::{Span, floor_char_boundary};

/// The lines to show, and the place in them.
pub(super) struct Excerpt {
    pub(super) text: String,
    pub(super) mark: Span,
    /// Whether the beginning of the first line is cut off.
    pub(super) is_cut: bool,
}

/// The maximum number of lines to show; of a longer place, the first lines are shown.
const MOST_LINES: usize = 6;

/// Longer lines are cut around the place: some authors write a table on one line, and some files
/// are not text.
const LONGEST_LINE: usize = 400;

pub(super) fn excerpt(site: &Site<'_>) -> Excerpt {
    let Excerpt { text, mark, is_cut } = lines_around(site);
    Excerpt {
        mark: shown_at(&text, mark),
        text: shown(&text),
        is_cut,
    }
}

/// The span in the shown form of `text`: substitutes for harmful characters differ in length.
fn shown_at(text: &str, span: Span) -> Span {
    Span::new(shown(&text[..span.start]).len(), shown(&text[..span.end]).len())
}

/// annotate-snippets handles the other harmful characters itself.
fn shown(text: &str) -> String {
    text.replace(|c: char| is_harmful(c) && !c.is_ascii(), "\u{fffd}")
}

fn lines_around(site: &Site<'_>) -> Excerpt {
    let Site { text, span, .. } = site;
    let start = floor_char_boundary(text, span.start);
    let end = floor_char_boundary(text, span.end.max(start));
    let from = line_start(text, start);
    // A place that ends with a line end does not reach the next line.
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

/// The lines of a fix's first change, and the changes in these lines.
pub(super) struct Changed {
    /// The file that contains them.
    pub(super) path: String,
    /// The lines as they are.
    pub(super) text: String,
    /// The number of the first line.
    pub(super) line: usize,
    /// The ranges of `text` to replace, with their replacements.
    pub(super) changes: Vec<(Span, String)>,
    /// The number of changes that are not shown.
    pub(super) rest: usize,
}

/// The lines that a fix changes; None if they are too long to show.
pub(super) fn changed(fix: &PlacedFix<'_>) -> Option<Changed> {
    let (first, _) = fix.changes.first()?;
    let (text, (line, _)) = (first.text, first.at?);
    let from = line_start(text, floor_char_boundary(text, first.span.start));
    let mut to = from;
    let mut changes = Vec::new();
    for (site, new) in &fix.changes {
        let end = line_end(text, floor_char_boundary(text, site.span.end.max(site.span.start)));
        let below = text[from..site.span.start.max(from)].matches('\n').count();
        // If there is an include between two changes, their lines are not numbered consecutively.
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

/// The part of a long line that contains the beginning of the place.
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
