//! Addresses of published pages, for readers who are not in the book.

use crate::config::Config;
use crate::model::{Chapter, Decision, OpenQuestion};

/// The page of `chapter`, and where `anchor` is not empty the place in it.
pub(super) fn page(base_url: &str, chapter: &Chapter, anchor: &str) -> String {
    let mut url = base_url.to_owned();
    let path = &chapter.path;
    let file = path.rfind('/').map_or(0, |slash| slash + 1);
    let stem = match path[file..].rfind('.') {
        None | Some(0) => path.as_str(),
        Some(dot) => &path[..file + dot],
    };
    push_encoded(&mut url, stem);
    url.push_str(".html");
    if !anchor.is_empty() {
        url.push('#');
        push_encoded(&mut url, anchor);
    }
    url
}

/// The id of the place where `question` is asked; empty where the page gives it none.
pub(super) fn question_anchor<'a>(question: &'a OpenQuestion, config: &Config) -> &'a str {
    if config.badges.enabled { &question.id } else { "" }
}

/// The id of the place where `decision` is recorded; empty where the page gives it none.
pub(super) fn decision_anchor<'a>(decision: &'a Decision, config: &Config) -> &'a str {
    match &decision.heading_id {
        Some(id) => id,
        None if config.badges.enabled && decision.anchor_at.is_some() => &decision.id,
        None => "",
    }
}

/// The host in `base_url`, without its port.
pub(super) fn host(base_url: &str) -> &str {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or_default()
}

/// Adds `text` as a URI takes it, whatever the reader's program thinks of other scripts.
pub(super) fn push_encoded(url: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'~' => url.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => url.push(char::from(byte)),
            _ => {
                const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
                url.push('%');
                url.push(char::from(DIGITS[usize::from(byte >> 4)]));
                url.push(char::from(DIGITS[usize::from(byte & 15)]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_addresses() {
        let chapter = |path: &str| Chapter {
            path: path.into(),
            ..Chapter::default()
        };
        let base = "https://example.com:8080/book/";
        assert_eq!(
            page(base, &chapter("a b/ü.v2.md"), "é x"),
            "https://example.com:8080/book/a%20b/%C3%BC.v2.html#%C3%A9%20x"
        );
        assert_eq!(page(base, &chapter("index.md"), ""), format!("{base}index.html"));
        assert_eq!(host(base), "example.com");
    }
}
