//! URLs of published pages, for links from outside the book.

use crate::config::Config;
use crate::model::{Chapter, Decision, OpenQuestion};
use crate::source::{is_of_path, percent_encoded, stem};

/// The URL of `chapter`'s page, with `anchor` as fragment if it is not empty.
pub(super) fn page(base_url: &str, chapter: &Chapter, anchor: &str) -> String {
    let place = if anchor.is_empty() { "" } else { "#" };
    format!(
        "{base_url}{}.html{place}{}",
        encoded(stem(&chapter.path)),
        encoded(anchor)
    )
}

/// The id of the place where `question` is asked; empty if the page has no id there.
pub(super) fn question_anchor<'a>(question: &'a OpenQuestion, config: &Config) -> &'a str {
    if config.badges.enabled { &question.id } else { "" }
}

/// The id of the place where `decision` is recorded; empty if the page has no id there.
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

/// `text` percent-encoded for a URI.
pub(super) fn encoded(text: &str) -> String {
    percent_encoded(text, is_of_path)
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
