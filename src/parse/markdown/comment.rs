//! HTML comments.

/// The text of an HTML comment that is all of `html`.
pub(crate) fn comment(html: &str) -> Option<&str> {
    let inner = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
    (!inner.contains("-->")).then(|| inner.trim())
}
