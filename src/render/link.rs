//! Where links point: other chapters, places in them, and what authors wrote.

use crate::render::escape;
use crate::source::{first, is_one_of};

/// A link from a page `depth` folders below the book's root to the chapter at `path` and,
/// where `anchor` is not empty, to a place in it. mdBook makes `.html` of its `.md`.
pub(super) fn to_chapter(path: &str, anchor: &str, depth: usize, html: bool) -> String {
    let mut href = String::with_capacity(3 * depth + path.len() + anchor.len() + 8);
    (0..depth).for_each(|_| href.push_str("../"));
    if html && !path.ends_with(".md") {
        // mdBook renders every source as .html but rewrites only links to `.md`.
        push_encoded(&mut href, stem(path));
        href.push_str(".html");
    } else {
        push_encoded(&mut href, path);
    }
    if !anchor.is_empty() {
        push_fragment(&mut href, anchor);
    }
    href
}

/// A link to a page of another book, which is published at `url`.
pub(super) fn to_external(url: &str, path: &str, anchor: &str) -> String {
    let mut href = url.to_owned();
    push_encoded(&mut href, stem(path));
    href.push_str(".html");
    if !anchor.is_empty() {
        push_fragment(&mut href, anchor);
    }
    href
}

/// `path` without the extension of its file.
pub(super) fn stem(path: &str) -> &str {
    let file = path.rfind('/').map_or(0, |slash| slash + 1);
    match path[file..].rfind('.') {
        None | Some(0) => path,
        Some(dot) => &path[..file + dot],
    }
}

/// A link to a place in the same page.
pub(super) fn to_anchor(id: &str) -> String {
    let mut href = String::with_capacity(id.len() + 1);
    push_fragment(&mut href, id);
    href
}

/// Browsers compare a fragment with an id as it is before they decode it, and so does mdBook's
/// print page, so letters stay as they are.
fn push_fragment(href: &mut String, id: &str) {
    href.push('#');
    let mut rest = id;
    while let Some(at) = first(rest.as_bytes(), ends_link) {
        href.push_str(&rest[..at]);
        push_percent(href, char::from(rest.as_bytes()[at]));
        rest = &rest[at + 1..];
    }
    href.push_str(rest);
}

/// Whether a fragment cannot have `byte`, be it HTML's or Markdown's.
fn ends_link(byte: u8) -> bool {
    is_one_of(byte, b" ()<>\"\\|")
}

/// Adds a link to a place in the same page as the value of an attribute.
pub(super) fn push_anchor(id: &str, html: &mut String) {
    if first(id.as_bytes(), |byte| ends_link(byte) | (byte == b'&')).is_none() {
        html.push('#');
        html.push_str(id);
    } else {
        escape::push(&to_anchor(id), html);
    }
}

/// How many folders below the book's root the chapter at `path` lies.
pub(super) fn depth(path: &str) -> usize {
    path.matches('/').count()
}

/// `url` if following it can do nothing but open a page or a letter: an allow-list, since
/// browsers also run schemes that are spelled with tabs and line breaks in them.
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

/// A link that writes to `email`.
pub(super) fn to_email(email: &str) -> Option<String> {
    let email = email.trim();
    if !email.contains('@') || email.contains(char::is_whitespace) {
        return None;
    }
    let mut href = "mailto:".to_owned();
    for letter in email.chars() {
        match letter {
            '.' | '@' | '+' | '-' | '_' => href.push(letter),
            _ if letter.is_alphanumeric() => href.push(letter),
            _ => push_percent(&mut href, letter),
        }
    }
    Some(href)
}

fn push_encoded(href: &mut String, path: &str) {
    let is_kept = |byte: u8| byte.is_ascii_alphanumeric() | !byte.is_ascii() | is_one_of(byte, b"/-_.~+@,=");
    if first(path.as_bytes(), |byte| !is_kept(byte)).is_none() {
        href.push_str(path);
        return;
    }
    for letter in path.chars() {
        if letter.is_ascii() && !is_kept(letter as u8) {
            push_percent(href, letter);
        } else {
            href.push(letter);
        }
    }
}

fn push_percent(href: &mut String, letter: char) {
    for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
        href.push_str(&format!("%{byte:02X}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_chapters_climb_and_are_encoded() {
        assert_eq!(
            to_chapter("a/my doc (1).md", "d-1", 2, true),
            "../../a/my%20doc%20%281%29.md#d-1"
        );
        assert_eq!(to_chapter("über/ä.md", "é", 0, true), "über/ä.md#é");
        assert_eq!(to_chapter("a.b/c.markdown", "", 0, true), "a.b/c.html");
        assert_eq!(to_chapter("a.b/c", "", 0, true), "a.b/c.html");
        assert_eq!(to_chapter("a.markdown", "", 0, false), "a.markdown");
        assert_eq!(to_chapter("c:d.md", "", 0, true), "c%3Ad.md");
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
        assert_eq!(to_email("nobody"), None);
    }
}
