//! Links with a fragment, and the span of the destination in the source.

use pulldown_cmark::LinkType;

use crate::model::FragmentLink;
use crate::parse::markdown::tree::Tree;
use crate::source::Span;

/// The link at a node, if it has a fragment and stays within this book.
pub(crate) fn fragment_link(tree: &Tree<'_>, node: usize, kind: LinkType, destination: &str) -> Option<FragmentLink> {
    if matches!(kind, LinkType::Autolink | LinkType::Email) {
        return None;
    }
    memchr::memchr(b'#', destination.as_bytes())?;
    let whole = tree.nodes[node].span;
    let place = (kind == LinkType::Inline)
        .then(|| written_at(tree, whole, destination))
        .flatten();
    at(destination, place.unwrap_or(whole), place)
}

/// The link to `destination` at `span`; `place` is where the destination is written verbatim.
pub(crate) fn at(destination: &str, span: Span, place: Option<Span>) -> Option<FragmentLink> {
    let (before, fragment) = destination.split_once('#')?;
    let path = before.split('?').next().unwrap_or_default();
    // An external link, or another kind of fragment: a text fragment, a script's route.
    let is_foreign = path.contains(':') || path.starts_with('/') || fragment.starts_with([':', '/', '!']);
    if is_foreign || fragment.is_empty() {
        return None;
    }
    Some(FragmentLink {
        path: percent_decoded(path),
        fragment: percent_decoded(fragment),
        span,
        fragment_span: place.map(|place| Span::new(place.end - fragment.len(), place.end)),
    })
}

/// The span of the destination within `[text](destination "title")`.
fn written_at(tree: &Tree<'_>, link: Span, destination: &str) -> Option<Span> {
    let text = link.of(tree.text);
    // Most links have no title, so the destination ends right before the last bracket.
    let before = text.strip_suffix(')').and_then(|text| text.strip_suffix(destination));
    let at = match before.filter(|_| !destination.ends_with(')')) {
        Some(before) => before.len(),
        None => memchr::memmem::rfind(text.as_bytes(), destination.as_bytes())?,
    };
    let before = text[..at].trim_end_matches(['<', ' ', '\t', '\r', '\n']);
    let start = link.start + at;
    before
        .ends_with("](")
        .then_some(Span::new(start, start + destination.len()))
}

/// Decodes `a%20b` to `a b`. Invalid escapes stay unchanged.
fn percent_decoded(text: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8();
    decoded.map_or_else(|_| text.to_owned(), Into::into)
}
