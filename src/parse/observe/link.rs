//! Links within the book, and the span of the destination in the source.

use pulldown_cmark::{LinkType, Tag};

use crate::config::Config;
use crate::model::Link;
use crate::parse::markdown::tree::Tree;
use crate::parse::values::address::own_path;
use crate::source::{Span, percent_decoded};

/// The link at a node, if it stays within this book. `block` is the block around it.
pub(crate) fn at_node(
    tree: &Tree<'_>,
    node: usize,
    block: usize,
    kind: LinkType,
    destination: &str,
    config: &Config,
) -> Option<Link> {
    if kind == LinkType::Email {
        return None;
    }
    let whole = tree.nodes[node].span;
    // Both make an id of their words.
    let is_in_heading = matches!(tree.tag(block), Some(Tag::Heading { .. } | Tag::DefinitionListTitle));
    // The tree ends a collapsed link, `[text][]`, before its last brackets.
    let behind = &tree.text[whole.end..];
    let brackets = if kind == LinkType::Collapsed && behind.starts_with("[]") {
        2
    } else {
        0
    };
    let mark_at = (!is_in_heading).then_some(whole.end + brackets);
    if is_foreign(destination) {
        // Its fragment is that of another site, which makes other ids.
        return Some(Link {
            path: own_path(destination, config)?,
            span: whole,
            mark_at,
            ..Link::default()
        });
    }
    let has_fragment = memchr::memchr(b'#', destination.as_bytes()).is_some();
    let place = (kind == LinkType::Inline && has_fragment)
        .then(|| written_at(tree, whole, destination))
        .flatten();
    let link = at(destination, place.unwrap_or(whole), place)?;
    Some(Link { mark_at, ..link })
}

/// Whether a link certainly leaves the book.
fn is_foreign(destination: &str) -> bool {
    let path = destination.split(['#', '?']).next().unwrap_or_default();
    path.contains(':') || path.starts_with('/')
}

/// The link to `destination` at `span`; `place` is where the destination is written verbatim.
pub(crate) fn at(destination: &str, span: Span, place: Option<Span>) -> Option<Link> {
    let (before, fragment) = destination.split_once('#').unwrap_or((destination, ""));
    let path = before.split('?').next().unwrap_or_default();
    // Another kind of fragment: a text fragment, a script's route.
    let is_odd = fragment.starts_with([':', '/', '!']) || path.is_empty() && fragment.is_empty();
    if is_odd || is_foreign(destination) {
        return None;
    }
    Some(Link {
        path: percent_decoded(path),
        fragment: percent_decoded(fragment),
        span,
        fragment_span: place
            .filter(|_| !fragment.is_empty())
            .map(|place| Span::new(place.end - fragment.len(), place.end)),
        ..Link::default()
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
