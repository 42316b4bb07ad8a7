//! A piece of an author's inline text that is carried to another page.

use std::borrow::Cow;

/// Inline text, both as words and as Markdown whose links are written from the
/// root of the book, so that a page at any depth can carry it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fragment {
    /// The words alone, white space folded.
    pub text: String,
    /// Markdown of one line.
    pub markdown: String,
    /// Bytes of `markdown` at which a link relative to the book's root begins.
    pub relative_links: Vec<usize>,
}

impl Fragment {
    /// Whether there are no words in it.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The Markdown for a page that lies `depth` folders below the book's root.
    pub fn markdown_at_depth(&self, depth: usize) -> Cow<'_, str> {
        if depth == 0 || self.relative_links.is_empty() {
            return Cow::Borrowed(&self.markdown);
        }
        let up = "../".repeat(depth);
        let mut out = String::with_capacity(self.markdown.len() + up.len() * self.relative_links.len());
        let mut done = 0;
        for &at in &self.relative_links {
            out.push_str(&self.markdown[done..at]);
            out.push_str(&up);
            done = at;
        }
        out.push_str(&self.markdown[done..]);
        out.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_climb_to_the_root() {
        let fragment = Fragment {
            text: "see a and b".into(),
            markdown: "see [a](x/a.md) and [b](b.md)".into(),
            relative_links: vec![8, 24],
        };
        assert_eq!(fragment.markdown_at_depth(0), fragment.markdown);
        assert_eq!(
            fragment.markdown_at_depth(2),
            "see [a](../../x/a.md) and [b](../../b.md)"
        );
    }
}
