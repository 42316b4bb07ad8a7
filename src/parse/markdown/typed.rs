//! Text that somebody typed as Markdown that shows it.

use std::ops::Range;

use mdbook_markdown::{MarkdownOptions, new_cmark_parser};
use pulldown_cmark::Event;

/// Inline Markdown with each HTML tag escaped, except line breaks: the tag of `Vec<T>` would not be
/// seen.
pub(crate) fn with_tags_shown(text: &str) -> String {
    let tags: Vec<usize> = events(text)
        .filter(|(event, at)| matches!(event, Event::InlineHtml(_)) && !is_line_break(&text[at.clone()]))
        .map(|(_, at)| at.start)
        .collect();
    escaped(text, |at, _| tags.binary_search(&at).is_ok())
}

/// `title` as a heading that shows it as it was typed, apart from backticks, which make code.
pub(crate) fn heading(title: &str) -> String {
    let mut shown = String::new();
    let mut codes: Vec<Range<usize>> = Vec::new();
    for (event, at) in events(title) {
        match event {
            Event::Text(text) => shown += &text,
            Event::Code(_) => {
                shown += &title[at.clone()];
                codes.push(at);
            }
            _ => {}
        }
    }
    if shown == title {
        return title.to_owned();
    }
    let is_code = |at: usize| codes.iter().any(|code| code.contains(&at));
    escaped(title, |at, letter| "\\*_[]<&~$#{}^!".contains(letter) && !is_code(at))
}

/// `text` with a backslash before each character that `is_special`.
fn escaped(text: &str, is_special: impl Fn(usize, char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        if is_special(at, letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// The inline Markdown of `text` as a heading, with its places.
fn events(text: &str) -> impl Iterator<Item = (Event<'static>, Range<usize>)> {
    const MARK: &str = "# ";
    let mut options = MarkdownOptions::default();
    options.smart_punctuation = false;
    let heading = format!("{MARK}{text}");
    let parsed = new_cmark_parser(&heading, &options).into_offset_iter();
    let events = parsed.map(|(event, at)| (event.into_static(), at));
    let inside = events.filter(|(event, _)| !matches!(event, Event::Start(_) | Event::End(_)));
    let inside = inside.map(|(event, at)| (event, at.start - MARK.len()..at.end - MARK.len()));
    inside.collect::<Vec<_>>().into_iter()
}

/// A cell has no other way to begin a line.
fn is_line_break(tag: &str) -> bool {
    ["<br>", "<br/>", "<br />"].contains(&tag.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_shows_its_title() {
        for (title, written) in [
            ("Replace Vec<T> by *mut* T", r"Replace Vec\<T> by \*mut\* T"),
            ("snake_case, a * b and 3 < 4", "snake_case, a * b and 3 < 4"),
            ("Use `Vec<T>` & Co", "Use `Vec<T>` & Co"),
            ("Use `a_b` for _c_", r"Use `a_b` for \_c\_"),
            ("Write C #", r"Write C \#"),
            ("Sets {a}", r"Sets \{a\}"),
            ("[x](y) and &amp;", r"\[x\](y) and \&amp;"),
            (r"C:\!x", r"C:\\\!x"),
        ] {
            assert_eq!(heading(title), written);
            let text: String = events(&heading(title))
                .map(|(event, _)| match event {
                    Event::Text(text) => text.to_string(),
                    Event::Code(code) => format!("`{code}`"),
                    _ => String::new(),
                })
                .collect();
            assert_eq!(text, title);
        }
    }
}
