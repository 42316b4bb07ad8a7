//! The targets of links: other chapters, places in them, and authors' own URLs.

use std::borrow::Cow;

use crate::config::Anchors;
use crate::model::{Chapter, Decision, OpenQuestion};
use crate::render::markdown::inert_attribute;
use crate::render::writer::Writer;
use crate::source::{percent_encoded, stem};

/// A link from a page `depth` folders below the book's root to the chapter at `path` and, if
/// `anchor` is not empty, to a place in it.
///
/// In HTML it leads to the page itself: to rewrite a link to `.md` costs mdBook three times as much
/// as to pass one to `.html`. On the print page both mdBooks treat the two alike.
pub(super) fn to_chapter(path: &str, anchor: &str, depth: usize, writer: &Writer<'_>) -> String {
    let is_page = writer.html || !writer.config.links.to_files;
    address(path, &id(anchor, writer), depth, is_page)
}

fn address(path: &str, anchor: &str, depth: usize, is_page: bool) -> String {
    let up = "../".repeat(depth);
    let (path, end) = match is_page {
        true => (stem(path), ".html"),
        false => (path, ""),
    };
    format!("{up}{}{end}{}", encoded(path), fragment(anchor))
}

/// A link to a page of another book published at `url`.
pub(super) fn to_external(url: &str, path: &str, anchor: &str) -> String {
    format!("{url}{}.html{}", encoded(stem(path)), fragment(anchor))
}

/// A value in the query of an address.
pub(super) fn query(value: &str) -> String {
    percent_encoded(value, |letter| {
        letter.is_ascii_alphanumeric() || !letter.is_ascii() && !letter.is_control() || "-_.~".contains(letter)
    })
    .replace("%20", "+")
}

fn encoded(path: &str) -> String {
    percent_encoded(path, |letter| {
        letter.is_ascii_alphanumeric() || !letter.is_ascii() || "/-_.~+@,=".contains(letter)
    })
}

fn fragment(anchor: &str) -> String {
    match anchor {
        "" => String::new(),
        anchor => to_id(anchor),
    }
}

/// A link to a place in the same page.
///
/// Browsers, and mdBook's print page, compare a fragment with ids before decoding it, so letters
/// are kept, except those that would end a link in HTML or Markdown.
pub(super) fn to_anchor(anchor: &str, writer: &Writer<'_>) -> String {
    to_id(&id(anchor, writer))
}

fn to_id(id: &str) -> String {
    format!(
        "#{}",
        percent_encoded(id, |letter| !matches!(
            letter,
            ' ' | '(' | ')' | '<' | '>' | '"' | '\\' | '|'
        ))
    )
}

/// The id in the output for the anchor of a record or a heading. Where we write the ids of headings
/// they are XML names: those of mdBook may begin with a dash, in place of an emoji.
fn id<'i>(anchor: &'i str, writer: &Writer<'_>) -> Cow<'i, str> {
    let is_name = anchor.starts_with(|letter: char| letter.is_alphabetic() || letter == '_');
    match writer.html || writer.config.links.heading_ids || is_name || anchor.is_empty() {
        true => anchor.into(),
        false => format!("_{anchor}").into(),
    }
}

/// Whether links can lead to anchors at such places.
pub(super) fn has_anchors(place: Anchors, writer: &Writer<'_>) -> bool {
    writer.html || writer.config.links.anchors >= place
}

/// Whether headings need anchors of ours: for the links of a header, of contents and of indices.
pub(super) fn marks_headings(writer: &Writer<'_>) -> bool {
    let config = writer.config;
    let has_links = config.header.enabled || config.toc.enabled || config.index.enabled;
    !writer.html && !config.links.heading_ids && has_links
}

/// The anchor of a place; nothing where links could not lead to it.
pub(super) fn anchor(anchor: &str, place: Anchors, writer: &Writer<'_>) -> String {
    match has_anchors(place, writer) {
        true => format!("<a id=\"{}\"></a>", inert_attribute(&id(anchor, writer))),
        false => String::new(),
    }
}

/// The id for a link to the question: that of its badge, else the nearest heading's.
pub(super) fn question_anchor<'a>(
    chapter: &'a Chapter,
    question: &'a OpenQuestion,
    writer: &Writer<'_>,
) -> Option<&'a str> {
    if has_anchors(Anchors::BehindText, writer) && writer.config.badges.enabled {
        return Some(&question.id);
    }
    chapter.section_id(question.span)
}

/// The id for a link to the decision: its own, else the nearest heading's.
pub(super) fn decision_anchor<'a>(
    chapter: &'a Chapter,
    decision: &'a Decision,
    writer: &Writer<'_>,
) -> Option<&'a str> {
    let inserted =
        has_anchors(Anchors::Anywhere, writer) && writer.config.badges.enabled && decision.anchor_at.is_some();
    if inserted || decision.heading_id.is_some() {
        return Some(decision.anchor());
    }
    chapter.section_id(decision.span)
}

/// The depth of the chapter at `path` in folders below the book's root.
pub(super) fn depth(path: &str) -> usize {
    path.matches('/').count()
}

/// `url` if it can only open a page or an email: an allow-list, since browsers also run schemes
/// with tabs and line breaks in their names.
pub(super) fn safe(url: &str) -> Option<&str> {
    let url = url.trim();
    if url.is_empty() || url.contains(char::is_control) {
        return None;
    }
    let head = url.split(['/', '?', '#']).next().unwrap_or_default();
    match head.split_once(':') {
        None => Some(url),
        Some((scheme, _)) => ["http", "https", "mailto"]
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known))
            .then_some(url),
    }
}

/// A `mailto:` link to `email`.
pub(super) fn to_email(email: &str) -> Option<String> {
    let email = email.trim();
    if !email.contains('@') || email.contains(char::is_whitespace) {
        return None;
    }
    let encoded = percent_encoded(email, |letter| letter.is_alphanumeric() || ".@+-_".contains(letter));
    Some(format!("mailto:{encoded}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_chapters_climb_and_are_encoded() {
        assert_eq!(
            address("a/my doc (1).md", "d-1", 2, true),
            "../../a/my%20doc%20%281%29.html#d-1"
        );
        assert_eq!(address("über/ä.md", "é", 0, true), "über/ä.html#é");
        assert_eq!(address("a.b/c.markdown", "", 0, true), "a.b/c.html");
        assert_eq!(address("a.b/c", "", 0, true), "a.b/c.html");
        assert_eq!(address("a.markdown", "", 0, false), "a.markdown");
        assert_eq!(address("c:d.md", "", 0, true), "c%3Ad.html");
    }

    #[test]
    fn only_harmless_schemes_are_linked() {
        for good in ["https://a.b", "HTTP://x", "mailto:a@b", "../x.md", "#y", "a/b:c"] {
            assert_eq!(safe(good), Some(good));
        }
        for bad in [
            "javascript:alert(1)", " JavaScript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x",
            "\u{1}javascript:x", "",
        ] {
            assert_eq!(safe(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn letters_go_to_addresses_only() {
        assert_eq!(to_email("a@b.c").as_deref(), Some("mailto:a@b.c"));
        assert_eq!(to_email("a@b?cc=x&y").as_deref(), Some("mailto:a@b%3Fcc%3Dx%26y"));
        assert_eq!(to_email("ada"), None);
    }
}
