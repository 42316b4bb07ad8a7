//! Removes the links of an author's words that become a link themselves.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::source::with_backslashes;

/// The letters of an address that Markdown would read.
const MARKS: &[char] = &['*', '_', '`', '~', '[', ']', '&', '<', '$'];

/// Inline Markdown without its links, for the inside of another link: their words, code and images
/// stay.
pub(crate) fn unlinked(markdown: &str) -> Cow<'_, str> {
    if !markdown.contains(['[', '<']) {
        return markdown.into();
    }
    let mut out = String::with_capacity(markdown.len());
    let mut done = 0;
    // Where the link that is open began, and where its words end so far.
    let mut link: Option<(Range<usize>, usize)> = None;
    for (event, range) in Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { link_type, .. }) => {
                out.push_str(&markdown[done..range.start]);
                done = range.start + 1;
                let is_words = matches!(link_type, LinkType::Autolink | LinkType::Email);
                if is_words {
                    out.push_str(&with_backslashes(&markdown[done..range.end - 1], MARKS));
                    done = range.end;
                }
                link = Some((range, done));
            }
            Event::End(TagEnd::Link) => {
                if let Some((range, end)) = link.take() {
                    out.push_str(markdown.get(done..end).unwrap_or_default());
                    done = range.end;
                }
            }
            Event::InlineHtml(html) if link.is_none() && is_tag_of_link(&html) => {
                out.push_str(&markdown[done..range.start]);
                done = range.end;
            }
            _ => {
                if let Some((whole, end)) = &mut link
                    && range != *whole
                {
                    *end = range.end.max(*end);
                }
            }
        }
    }
    out.push_str(&markdown[done..]);
    out.into()
}

fn is_tag_of_link(html: &str) -> bool {
    let name = html.trim_start_matches(['<', '/']);
    let name = name.split(|letter: char| !letter.is_ascii_alphanumeric()).next();
    name.is_some_and(|name| name.eq_ignore_ascii_case("a"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_within_a_link_leaves_its_words() {
        for (markdown, expected) in [
            (
                "Use [the *keys* of `x`](a.md) for transfers",
                "Use the *keys* of `x` for transfers",
            ),
            ("[a \\*](b.md \"t\")", "a \\*"),
            ("see <https://x.y/a_b>.", "see https://x.y/a\\_b."),
            ("an [image ![alt](x.png) in it](y.md)", "an image ![alt](x.png) in it"),
            (
                "<a id=\"x\"></a>words <A href='y'>and</A> <b>more</b>",
                "words and <b>more</b>",
            ),
            ("`[a](b)` and \\[c](d) and [e", "`[a](b)` and \\[c](d) and [e"),
            ("[](x.md)nothing", "nothing"),
        ] {
            assert_eq!(unlinked(markdown), expected);
        }
    }
}
