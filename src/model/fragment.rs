//! A piece of an author's inline text that is copied to another page.

use std::borrow::Cow;

use crate::source::stem;

/// Inline text, both as words and as Markdown whose links are written from the
/// root of the book, so that it can be used on a page at any depth.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fragment {
    /// The words alone, white space folded.
    pub text: String,
    /// None if the words are valid Markdown as they are, as most are.
    pub styled: Option<Box<Styled>>,
}

/// The Markdown of words that are not valid Markdown as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Styled {
    /// Markdown of one line.
    pub markdown: String,
    /// Bytes of `markdown` at which a link relative to the book's root begins.
    pub relative_links: Vec<usize>,
}

impl Fragment {
    /// The fragment with the words `text` and the Markdown `markdown`.
    pub fn new(text: String, markdown: String, relative_links: Vec<usize>) -> Self {
        let is_plain = relative_links.is_empty() && markdown == text;
        let styled = (!is_plain).then(|| {
            Box::new(Styled {
                markdown,
                relative_links,
            })
        });
        Self { text, styled }
    }

    /// Whether it has no words.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Markdown of one line.
    pub fn markdown(&self) -> &str {
        self.styled.as_ref().map_or(&self.text, |styled| &styled.markdown)
    }

    /// Bytes of the Markdown at which a link relative to the book's root begins.
    pub fn relative_links(&self) -> &[usize] {
        self.styled.as_ref().map_or(&[], |styled| &styled.relative_links)
    }

    /// The Markdown for a page `depth` folders below the book's root, where links to chapters lead to
    /// their pages, and not to places in them.
    pub fn markdown_to_pages(&self, depth: usize) -> String {
        let markdown = self.markdown();
        let mut out = String::with_capacity(markdown.len());
        let mut done = 0;
        for &at in self.relative_links() {
            let url = &markdown[at..];
            let url = &url[..url.find([')', ' ', '>']).unwrap_or(url.len())];
            out.push_str(&markdown[done..at]);
            out.push_str(&"../".repeat(depth));
            let (path, _) = url.split_once('#').unwrap_or((url, ""));
            done = at;
            if path.ends_with(".md") {
                out.push_str(stem(path));
                out.push_str(".html");
                done += url.len();
            }
        }
        out.push_str(&markdown[done..]);
        out
    }

    /// The Markdown for a page `depth` folders below the book's root.
    pub fn markdown_at_depth(&self, depth: usize) -> Cow<'_, str> {
        let (markdown, links) = (self.markdown(), self.relative_links());
        if depth == 0 || links.is_empty() {
            return Cow::Borrowed(markdown);
        }
        let up = "../".repeat(depth);
        let mut out = String::with_capacity(markdown.len() + up.len() * links.len());
        let mut done = 0;
        for &at in links {
            out.push_str(&markdown[done..at]);
            out.push_str(&up);
            done = at;
        }
        out.push_str(&markdown[done..]);
        out.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_climb_to_the_root() {
        let fragment = Fragment::new(
            "see a and b".into(),
            "see [a](x/a.md) and [b](b.md)".into(),
            vec![8, 24],
        );
        assert_eq!(fragment.markdown_at_depth(0), fragment.markdown());
        assert_eq!(
            fragment.markdown_at_depth(2),
            "see [a](../../x/a.md) and [b](../../b.md)"
        );
    }

    #[test]
    fn links_lead_to_pages_where_nobody_rewrites_them() {
        let markdown = "[a](x/a.md#why), [b](<b.md>) and [c](d.svg)";
        let fragment = Fragment::new("a, b and c".into(), markdown.into(), vec![4, 22, 37]);
        assert_eq!(
            fragment.markdown_to_pages(1),
            "[a](../x/a.html), [b](<../b.html>) and [c](../d.svg)"
        );
    }

    #[test]
    fn words_that_are_markdown_are_kept_once() {
        let words = |markdown: &str| Fragment::new("a b".into(), markdown.into(), Vec::new());
        assert_eq!(words("a b").styled, None);
        assert_eq!(words("a b").markdown(), "a b");
        assert_eq!(words("a `b`").markdown(), "a `b`");
        assert_eq!(words("").markdown(), "", "words that cannot be carried");
    }
}
