//! HTML comments.

pub(crate) mod marker;

/// The text of an HTML comment, if `html` consists only of it.
pub(crate) fn comment(html: &str) -> Option<&str> {
    let inner = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
    (!inner.contains("-->")).then(|| inner.trim())
}
