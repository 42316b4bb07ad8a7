//! The table of contents of a document.

use maud::{Markup, PreEscaped, html};

use crate::model::{Chapter, Document, Heading, TocPlace};
use crate::render::writer::Writer;
use crate::render::{link, markdown};
use crate::source::Span;

/// The number of entries from which the list above a document is folded.
const FOLD_FROM: usize = 24;

/// The table of contents and the text that it replaces; None if there is nothing to list.
pub(super) fn toc(chapter: &Chapter, document: &Document, writer: &Writer<'_>) -> Option<(Span, String)> {
    let headings = listed(chapter, document, writer);
    if headings.is_empty() {
        return None;
    }
    let place = match document.layout.toc {
        TocPlace::AfterHeader => Span::at(document.layout.header_at),
        TocPlace::Marker(span) | TocPlace::HandWritten(span) => span,
    };
    let folding = document.layout.toc == TocPlace::AfterHeader;
    let text = match (writer.html, folding) {
        (false, _) if follows_header(document, place) => {
            format!(
                "{}\n\n{}",
                writer.strong(writer.words.contents),
                plain(&headings, writer)
            )
        }
        (false, _) => plain(&headings, writer),
        (true, false) => nav(document, writer, &list(&headings, writer)),
        (true, true) => nav(document, writer, &folded(&headings, writer)),
    };
    Some((place, text))
}

/// Whether `place` is directly behind the header: in Markdown, the list would become one with the
/// header's.
fn follows_header(document: &Document, place: Span) -> bool {
    /// The longest gap that is too short for words.
    const BLANK: usize = 4;
    let layout = &document.layout;
    let replaced = layout.replaced.iter().map(|cut| cut.end);
    let end = replaced.filter(|&end| end <= place.start).max();
    place
        .start
        .saturating_sub(end.unwrap_or_default().max(layout.header_at))
        <= BLANK
}

fn listed<'c>(chapter: &'c Chapter, document: &Document, writer: &Writer<'_>) -> Vec<&'c Heading> {
    let layout = &document.layout;
    let from = match layout.toc {
        TocPlace::AfterHeader => layout.header_at,
        TocPlace::HandWritten(span) => span.end,
        TocPlace::Marker(span) => under_own_heading(&chapter.headings, span),
    };
    let gone = |heading: &Heading| {
        writer.config.header.enabled && layout.replaced.iter().any(|cut| cut.contains(heading.span))
    };
    let headings = chapter.headings.iter().enumerate();
    headings
        .filter(|(at, heading)| heading.level <= writer.config.toc.depth && !chapter.is_title(*at))
        .map(|(_, heading)| heading)
        .filter(|heading| heading.span.start >= from && !heading.words.id.is_empty() && !gone(heading))
        .collect()
}

/// The position from which to list headings: after a marker with its own heading ("Contents"),
/// which is not listed; else the top.
fn under_own_heading(headings: &[Heading], marker: Span) -> usize {
    let own = headings
        .iter()
        .rfind(|heading| heading.span.end <= marker.start)
        .is_some_and(|heading| {
            let text = heading.words.text.to_lowercase();
            heading.level > 1 && (text.contains("contents") || text.trim() == "toc")
        });
    if own { marker.end } else { 0 }
}

/// The `nav` element. The title in its name distinguishes it from mdBook's own, and on the print
/// page from those of other documents.
fn nav(document: &Document, writer: &Writer<'_>, inner: &Markup) -> String {
    let title = document.title.value.trim();
    html! { nav.dd-toc aria-label={ (writer.words.table_of_contents) ": " (title) } { (inner) } }.into_string()
}

fn folded(headings: &[&Heading], writer: &Writer<'_>) -> Markup {
    html! {
        details open[headings.len() < FOLD_FROM] {
            summary { (writer.words.contents) }
            (list(headings, writer))
        }
    }
}

/// The headings as links, which take mdBook less than a list does; where some have others below
/// them, each of the first has a paragraph with those below it.
fn list(headings: &[&Heading], writer: &Writer<'_>) -> Markup {
    let branches: Vec<_> = branches(headings).collect();
    let is_flat = branches.iter().all(|(_, below)| below.is_empty());
    html! {
        @for (heading, below) in branches {
            "\n"
            @if is_flat {
                (entry(heading, writer))
            } @else {
                p { (entry(heading, writer)) @for heading in below { " " (entry(heading, writer)) } }
            }
        }
    }
}

fn entry(heading: &Heading, writer: &Writer<'_>) -> Markup {
    let words = markdown::one_line(heading.words.html());
    html! { a href=(link::to_anchor(&heading.words.id, writer)) { (PreEscaped(words)) } }
}

fn plain(headings: &[&Heading], writer: &Writer<'_>) -> String {
    fn lines(headings: &[&Heading], indent: &str, writer: &Writer<'_>, out: &mut Vec<String>) {
        for (heading, below) in branches(headings) {
            let text = markdown::escape(&heading.words.text);
            let href = link::to_anchor(&heading.words.id, writer);
            out.push(format!("{indent}- [{text}]({href})"));
            lines(below, &format!("{indent}  "), writer, out);
        }
    }
    let mut out = Vec::with_capacity(headings.len());
    lines(headings, "", writer, &mut out);
    out.join("\n")
}

/// Each top-level heading of `headings`, with the headings below it.
fn branches<'s, 'h>(headings: &'s [&'h Heading]) -> impl Iterator<Item = (&'h Heading, &'s [&'h Heading])> {
    let mut rest = headings;
    std::iter::from_fn(move || {
        let (&first, after) = rest.split_first()?;
        let end = after
            .iter()
            .position(|heading| heading.level <= first.level)
            .unwrap_or(after.len());
        let (below, next) = after.split_at(end);
        rest = next;
        Some((first, below))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::HeadingWords;
    use crate::model::Layout;
    use crate::source::Spanned;
    use jiff::civil::date;

    fn heading(level: u8, text: &str, start: usize) -> Heading {
        Heading {
            level,
            words: HeadingWords {
                text: text.into(),
                markup: None,
                id: text.to_lowercase().replace(' ', "-").into(),
            }
            .into(),
            span: Span::new(start, start + 5),
            text_at: start,
        }
    }

    fn made(headings: Vec<Heading>, layout: Layout, html: bool) -> Option<(Span, String)> {
        let document = Document {
            title: Spanned::new("A \"T\"".into(), Span::default()),
            layout,
            ..Document::default()
        };
        let chapter = Chapter {
            headings,
            document: Some(document.clone()),
            ..Chapter::default()
        };
        let mut config = Config {
            html,
            ..Config::default()
        };
        config.toc.depth = 4;
        toc(&chapter, &document, &Writer::new(&config, date(2026, 3, 1)))
    }

    #[test]
    fn skipped_levels_nest_without_empty_lists() {
        let headings = vec![
            heading(1, "A \"T\"", 0),
            heading(4, "Deep", 10),
            heading(2, "A", 20),
            heading(4, "A1", 30),
            heading(3, "A2", 40),
            heading(2, "Über", 50),
            heading(5, "Too deep", 60),
        ];
        let layout = Layout {
            toc: TocPlace::HandWritten(Span::new(5, 9)),
            ..Layout::default()
        };
        let (span, text) = made(headings.clone(), layout.clone(), true).unwrap();
        assert_eq!(span, Span::new(5, 9));
        assert_eq!(
            text.replace('\n', ""),
            "<nav class=\"dd-toc\" aria-label=\"Table of contents: A &quot;T&quot;\">\
             <p><a href=\"#deep\">Deep</a></p>\
             <p><a href=\"#a\">A</a> <a href=\"#a1\">A1</a> <a href=\"#a2\">A2</a></p>\
             <p><a href=\"#über\">Über</a></p></nav>"
        );
        assert_eq!(
            made(headings, layout, false).unwrap().1,
            "- [Deep](#deep)\n- [A](#a)\n  - [A1](#a1)\n  - [A2](#a2)\n- [Über](#über)"
        );
    }

    #[test]
    fn headings_that_go_or_have_no_id_are_not_listed() {
        let mut nameless = heading(2, "🎉", 40);
        nameless.words = HeadingWords::default().into();
        let headings = vec![heading(2, "Metadata", 10), heading(2, "Kept", 30), nameless];
        let layout = Layout {
            replaced: vec![Span::new(10, 20)],
            ..Layout::default()
        };
        let (_, text) = made(headings, layout, false).unwrap();
        assert_eq!(text, "**Contents**\n\n- [Kept](#kept)");
    }

    #[test]
    fn a_marker_under_its_own_heading_lists_what_follows() {
        let layout = Layout {
            toc: TocPlace::Marker(Span::new(30, 40)),
            ..Layout::default()
        };
        let with = |before: &str| {
            let headings = vec![
                heading(2, "Summary", 0),
                heading(2, before, 10),
                heading(2, "After", 50),
            ];
            made(headings, layout.clone(), false).unwrap().1
        };
        assert_eq!(with("📋 Table of Contents"), "- [After](#after)");
        assert_eq!(with("Goals").lines().count(), 3);
    }

    #[test]
    fn nothing_to_list_leaves_the_text_alone() {
        assert_eq!(made(vec![heading(1, "A \"T\"", 0)], Layout::default(), true), None);
    }

    #[test]
    fn sections_of_the_first_level_are_listed_without_the_title() {
        let headings = vec![
            heading(1, "A \"T\"", 0),
            heading(1, "Summary", 10),
            heading(1, "Guide", 20),
            heading(2, "Opening", 30),
        ];
        let (_, text) = made(headings, Layout::default(), false).unwrap();
        assert_eq!(
            text,
            "**Contents**\n\n- [Summary](#summary)\n- [Guide](#guide)\n  - [Opening](#opening)"
        );
    }

    #[test]
    fn a_long_list_is_folded() {
        let many = |count| {
            let headings = (0..count).map(|at| heading(2, "H", at)).collect();
            made(headings, Layout::default(), true).unwrap().1
        };
        assert!(many(FOLD_FROM - 1).contains("<details open>"));
        assert!(many(FOLD_FROM).contains("<details>"));
    }
}
