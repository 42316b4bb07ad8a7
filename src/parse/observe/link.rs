//! Links with a fragment, and where their author wrote it.

use pulldown_cmark::LinkType;

use crate::model::FragmentLink;
use crate::parse::markdown::tree::Tree;
use crate::source::Span;

/// The link at a node, if it has a fragment of this book.
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

/// The link to `destination`, which stands at `span`; at `place` letter for letter.
pub(crate) fn at(destination: &str, span: Span, place: Option<Span>) -> Option<FragmentLink> {
    let (before, fragment) = destination.split_once('#')?;
    let path = before.split('?').next().unwrap_or_default();
    // Elsewhere, or of a kind of its own: a text fragment, a script's route.
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

/// Where the destination stands within `[text](destination "title")`.
fn written_at(tree: &Tree<'_>, link: Span, destination: &str) -> Option<Span> {
    let text = link.of(tree.text);
    // Most links have no title: then it ends right before the last bracket.
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

/// `a%20b` is `a b`; what is no such code stays as it is.
fn percent_decoded(text: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8();
    decoded.map_or_else(|_| text.to_owned(), Into::into)
}
