//! Diagnostics for a person: in rustc's look for `check`, a line each for a build.

use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level as Loud, Origin, Renderer, Snippet};

use super::{Entry, Site};
use crate::diagnostic::Level;
use crate::source::{Span, floor_char_boundary, line_column};

/// How many findings a build shows: nobody reads five hundred lines.
pub const BUILD_SHOWS: usize = 10;

/// One entry with its line of source, and an empty line after it.
pub fn long(entry: &Entry<'_>, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let excerpt = excerpt(&entry.site);
    let mut text = renderer.render(&[group(entry, &excerpt)]);
    if let (Some((line, column)), true) = (entry.site.at, excerpt.is_cut) {
        // annotate-snippets counts the columns of what it is given.
        let path = &entry.site.path;
        let counted = line_column(&excerpt.text, excerpt.mark.start).1;
        let counted = format!("{path}:{line}:{counted}");
        text = text.replacen(&counted, &format!("{path}:{line}:{column}"), 1);
    }
    text.push_str("\n\n");
    text
}

/// One entry on a line of its own.
pub fn short(entry: &Entry<'_>) -> String {
    let word = word(entry.level);
    let site = &entry.site;
    let mut line = format!("{word}: {}", site.path);
    if let Some((row, column)) = site.at {
        // Writing to a string does not fail.
        let _ = write!(line, ":{row}:{column}");
    }
    let _ = write!(line, ": {}", entry.message);
    if let Some(lint) = entry.lint {
        let _ = write!(line, " [{lint}]");
    }
    if !site.certain {
        line.push_str(" (the line is counted after other preprocessors)");
    }
    // Authors' words may be in it, and a terminal obeys them.
    let mut line = line.replace(|c: char| c.is_control(), "\u{fffd}");
    line.push('\n');
    line
}

/// `3 errors and 12 warnings in 5 of 40 documents`.
pub fn summary(levels: &[Level], affected: usize, documents: usize) -> String {
    let count = |level| levels.iter().filter(|&&each| each == level).count();
    let counted = |count, word: &str| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{count} {word}s")),
    };
    let errors = counted(count(Level::Deny), "error");
    let warnings = counted(count(Level::Warn), "warning");
    let all = counted(documents, "document").unwrap_or_else(|| "no documents".to_owned());
    match (errors, warnings) {
        (None, None) => format!("nothing to report in {all}\n"),
        (Some(one), None) | (None, Some(one)) => format!("{one} in {affected} of {all}\n"),
        (Some(errors), Some(warnings)) => {
            format!("{errors} and {warnings} in {affected} of {all}\n")
        }
    }
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Deny => "error",
        Level::Warn | Level::Allow => "warning",
    }
}

fn group<'a>(entry: &Entry<'a>, excerpt: &'a Excerpt) -> Group<'a> {
    let loud = match entry.level {
        Level::Deny => Loud::ERROR,
        Level::Warn | Level::Allow => Loud::WARNING,
    };
    let mut title = loud.primary_title(entry.message);
    if let Some(lint) = entry.lint {
        title = title.id(lint);
    }
    let site = &entry.site;
    let mut group = match site.at {
        None => title.element(Origin::path(site.path.clone())),
        Some((line, _)) => {
            let mark = AnnotationKind::Primary.span(excerpt.mark.start..excerpt.mark.end);
            title.element(
                Snippet::source(&excerpt.text)
                    .path(site.path.clone())
                    .line_start(line)
                    .annotation(mark.label(entry.label)),
            )
        }
    };
    if let Some(help) = entry.help {
        group = group.element(Loud::HELP.message(help));
    }
    if !site.certain {
        let note = "the line is counted in the text that other preprocessors have passed on";
        group = group.element(Loud::NOTE.message(note));
    }
    group
}

/// The lines to show, and the place in them.
struct Excerpt {
    text: String,
    mark: Span,
    /// Whether the first line's beginning is missing.
    is_cut: bool,
}

/// At most this many lines are shown; of a place with more, its first.
const MOST_LINES: usize = 6;

/// Longer lines are cut around the place, for those who write a table on one line
/// and for files that are no text.
const LONGEST_LINE: usize = 400;

fn excerpt(site: &Site<'_>) -> Excerpt {
    let Site { text, span, .. } = site;
    let start = floor_char_boundary(text, span.start);
    let end = floor_char_boundary(text, span.end.max(start));
    let from = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    // A place that ends with its line's end does not reach the next line.
    let marked = text[start..end].trim_end_matches(['\n', '\r']).len();
    let end = start + marked;
    let to = line_end(text, end);
    let lines = text[from..to].split('\n');
    if lines.clone().count() <= MOST_LINES && lines.clone().all(|line| line.len() <= LONGEST_LINE) {
        return Excerpt {
            text: text[from..to].to_owned(),
            mark: Span::new(start - from, end - from),
            is_cut: false,
        };
    }
    let end = end.min(line_end(text, start));
    cut(&text[from..line_end(text, start)], start - from, end - from)
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

#[cfg(test)]
mod tests;
