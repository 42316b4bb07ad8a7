//! HTML's escapes, a run of plain text at a time: maud's own go byte by byte, and an index has
//! a million bytes.

use maud::Render;

use crate::source::{first, is_one_of};

/// Text that HTML shows as it is, in an element or in the value of an attribute.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown<T>(pub(super) T);

impl<T: AsRef<str>> Render for Shown<T> {
    fn render_to(&self, out: &mut String) {
        push(self.0.as_ref(), out);
    }
}

/// `text`, escaped.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push(text, &mut out);
    out
}

/// Adds `text`, escaped.
pub(super) fn push(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some((at, reference)) = next(rest) {
        out.push_str(&rest[..at]);
        out.push_str(reference);
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// The first character that cannot stay, and what stands for it.
fn next(text: &str) -> Option<(usize, &'static str)> {
    let at = first(text.as_bytes(), |byte| is_one_of(byte, b"&<>\""))?;
    let reference = match text.as_bytes()[at] {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        _ => "&quot;",
    };
    Some((at, reference))
}

#[cfg(test)]
mod tests {
    use maud::html;

    use super::*;

    #[test]
    fn it_is_what_maud_writes() {
        for text in ["", "plain ü", "<b>", "a & \"b\"", "ü<", "'`|", "&amp;\u{0}\n"] {
            assert_eq!(escape(text), html! { (text) }.into_string());
            assert_eq!(
                html! { a title=(Shown(text)) { (Shown(text)) } }.into_string(),
                html! { a title=(text) { (text) } }.into_string()
            );
        }
    }
}
