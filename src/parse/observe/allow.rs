//! Comments with which an author allows a finding:
//! `<!-- design-docs: allow overdue-question -- the vendor answers in May -->`.

use crate::model::Allow;
use crate::source::{Span, Spanned};

/// The start of such a comment.
const MARK: &str = "design-docs:";

/// Reads the comments in the HTML at `span` of `text`; `covers` returns the text that a comment at
/// a given place applies to.
pub(crate) fn read(text: &str, span: Span, covers: impl Fn(Span) -> Span, out: &mut Vec<Allow>) {
    let mut at = span.start;
    let html = |from: usize| text.get(from..span.end).unwrap_or_default();
    while let Some(open) = html(at).find("<!--") {
        let start = at + open;
        let Some(length) = html(start).find("-->") else { return };
        let comment = Span::new(start, start + length + 3);
        at = comment.end;
        let inner = Span::new(start + 4, start + length);
        if let Some(mut allow) = allow(text, inner) {
            allow.covers = covers(comment);
            allow.span = comment;
            out.push(allow);
        }
    }
}

fn allow(text: &str, inner: Span) -> Option<Allow> {
    let lead = inner.of(text).len() - inner.of(text).trim_start().len();
    let body = inner.of(text).trim().strip_prefix(MARK)?;
    let body_at = inner.start + lead + MARK.len();
    let (order, reason) = split_reason(body);
    let mut allow = Allow {
        has_reason: reason.chars().any(char::is_alphanumeric),
        ..Allow::default()
    };
    let mut words = words(order);
    // Any other directive is unknown: then no lint is named.
    if words.next().is_some_and(|(_, word)| word == "allow") {
        allow.names = words
            .map(|(at, word)| Spanned::new(word.to_owned(), Span::new(body_at + at, body_at + at + word.len())))
            .collect();
    }
    Some(allow)
}

/// The directive and its reason, which follows ` -- ` or a dash.
fn split_reason(body: &str) -> (&str, &str) {
    ["--", "—", "–", ":"]
        .iter()
        .filter_map(|mark| body.find(mark).map(|at| (at, mark.len())))
        .min()
        .map_or((body, ""), |(at, length)| (&body[..at], &body[at + length..]))
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|ch: char| ch.is_whitespace() || ch == ',')
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr().addr() - text.as_ptr().addr(), word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_a_reason() {
        let text = "x <!-- toc --> <!-- design-docs: allow a-b, c -- since May --><!-- design-docs: allow d -->";
        let mut out = Vec::new();
        read(text, Span::new(0, text.len()), |span| span, &mut out);
        let names = |allow: &Allow| -> Vec<String> {
            let names = allow.names.iter();
            names
                .map(|name| {
                    assert_eq!(name.span.of(text), name.value);
                    name.value.clone()
                })
                .collect()
        };
        assert_eq!(out.len(), 2);
        assert_eq!(
            (names(&out[0]), out[0].has_reason),
            (vec!["a-b".into(), "c".into()], true)
        );
        assert_eq!((names(&out[1]), out[1].has_reason), (vec!["d".into()], false));
        assert_eq!(out[1].span.of(text), "<!-- design-docs: allow d -->");
    }

    #[test]
    fn other_comments_are_none() {
        for text in ["<!-- design-docs -->", "<!-- toc -->", "<!-- design-docs: allow"] {
            let mut out = Vec::new();
            read(text, Span::new(0, text.len()), |span| span, &mut out);
            assert_eq!(out, [], "{text}");
        }
    }
}
