//! Inline text for use on another page, with its links rewritten from the book's root.

mod plain;

use std::borrow::Cow;
use std::collections::HashMap;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};
use pulldown_cmark_to_cmark::cmark;

use crate::model::Fragment;
use crate::parse::markdown::inline::{Run, words};

/// Where a chapter is rendered, and where the other chapters are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Home<'a> {
    pub(crate) path: &'a str,
    pub(crate) renamed: &'a Renamed,
}

/// Each chapter's file in `src`, and where it is rendered: README.md becomes index.md.
pub(crate) type Renamed = HashMap<String, String>;

/// The fragment of `runs` in the chapter at `home`. Line breaks are the only HTML that is kept;
/// images and links that could run a script are dropped.
pub(crate) fn fragment(runs: &[Run<'_>], home: Home<'_>) -> Fragment {
    let text = words(runs);
    if is_bare(runs, &text) {
        return Fragment {
            text: text.into_owned(),
            styled: None,
        };
    }
    let (markdown, relative_links) = write(runs, &text, Some(home));
    Fragment::new(text.into_owned(), markdown, relative_links)
}

/// The Markdown of `runs` on one line, for the page that they come from.
pub(crate) fn markdown(runs: &[Run<'_>]) -> String {
    let text = words(runs);
    match is_bare(runs, &text) {
        true => text.into_owned(),
        false => write(runs, &text, None).0,
    }
}

/// Whether the words `text` are the whole content of `runs`.
fn is_bare(runs: &[Run<'_>], text: &str) -> bool {
    let is_bare = |run: &Run<'_>| run.link.is_none() && !run.strong && !run.code && !run.struck && !run.is_html_break();
    runs.iter().all(is_bare) && is_plain(text)
}

fn write(runs: &[Run<'_>], text: &str, home: Option<Home<'_>>) -> (String, Vec<usize>) {
    if let Some(written) = plain::markdown(runs, |url| rebase(url, home)) {
        return written;
    }
    with_cmark(runs, text, home)
}

/// The general case: runs in any style.
fn with_cmark(runs: &[Run<'_>], text: &str, home: Option<Home<'_>>) -> (String, Vec<usize>) {
    let mut markdown = String::with_capacity(text.len() + 16);
    match cmark(
        events(runs, home),
        &mut markdown,
        crate::parse::markdown::tree::extensions(),
    ) {
        Ok(_) => take_marks(markdown.trim()),
        // If the events cannot be serialised, the words without markup are still correct.
        Err(_) => (text.replace(['<', '&', '`', '*', '_', '[', ']', '\\'], " "), Vec::new()),
    }
}

/// Marks the start of a link from the root until its position in the Markdown is known. This is the
/// last code point, which is unassigned and is removed from the author's text.
const MARK: char = '\u{10FFFF}';

/// Whether Markdown reads `text` as plain words in any position.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Whether the bytes at `at` begin with `sign`.
    let stands = |at: Option<usize>, sign: &[u8]| at.is_some_and(|at| bytes[at..].starts_with(sign));
    let is_word = |(at, &byte): (usize, &u8)| match byte {
        b'\\' | b'`' | b'*' | b'_' | b'[' | b']' | b'<' | b'>' | b'&' | b'|' | b'~' | b'$' | b'{' | b'}' | b'!'
        | b'#' | b'^' | b'"' | b'\'' | b'@' => false,
        b'-' => !stands(Some(at), b"--"),
        b'.' => !stands(Some(at), b"...") && !stands(at.checked_sub(3), b"www."),
        b'/' => !stands(at.checked_sub(1), b"://"),
        // The first byte of the mark, and of few other characters.
        0xf4 => false,
        _ => true,
    };
    (text.starts_with(char::is_alphabetic) || text.is_empty()) && bytes.iter().enumerate().all(is_word)
}

fn events<'a>(runs: &'a [Run<'_>], home: Option<Home<'_>>) -> Vec<Event<'a>> {
    let mut out = vec![Event::Start(Tag::Paragraph)];
    let mut at = 0;
    while at < runs.len() {
        let link = runs[at].link;
        let length = runs[at..].iter().take_while(|run| run.link == link).count();
        let dest = link.and_then(|url| rebase(url, home));
        if let Some(dest) = &dest {
            out.push(Event::Start(Tag::Link {
                link_type: LinkType::Inline,
                dest_url: CowStr::from(dest.clone()),
                title: CowStr::Borrowed(""),
                id: CowStr::Borrowed(""),
            }));
        }
        push_styled(&runs[at..at + length], &mut out);
        if dest.is_some() {
            out.push(Event::End(TagEnd::Link));
        }
        at += length;
    }
    out.push(Event::End(TagEnd::Paragraph));
    out
}

fn push_styled<'a>(runs: &'a [Run<'_>], out: &mut Vec<Event<'a>>) {
    for bold in runs.chunk_by(|one, next| one.strong == next.strong) {
        // Emphasis around white space has no effect, so such a run stays plain.
        let strong = bold[0].strong && !words(bold).is_empty();
        if strong {
            out.push(Event::Start(Tag::Strong));
        }
        for group in bold.chunk_by(|one, next| one.struck == next.struck) {
            let struck = group[0].struck && !words(group).is_empty();
            if struck {
                out.push(Event::Start(Tag::Strikethrough));
            }
            out.extend(group.iter().map(event));
            if struck {
                out.push(Event::End(TagEnd::Strikethrough));
            }
        }
        if strong {
            out.push(Event::End(TagEnd::Strong));
        }
    }
}

fn event<'a>(run: &'a Run<'_>) -> Event<'a> {
    if run.is_html_break() {
        return Event::InlineHtml("<br>".into());
    }
    let text: CowStr<'a> = if run.text.contains([MARK, '\n']) {
        run.text.replace([MARK, '\n'], " ").into()
    } else {
        run.text.into()
    };
    if run.code { Event::Code(text) } else { Event::Text(text) }
}

/// A link of the chapter at `home`, rewritten from the book's root and marked. Links that leave the
/// book, and all links without a `home`, stay unchanged. None if the link could run a script.
fn rebase(url: &str, home: Option<Home<'_>>) -> Option<String> {
    let url = url.trim();
    let scheme = url
        .split(['/', '?', '#'])
        .next()
        .and_then(|head| head.split_once(':'))
        .map(|(scheme, _)| scheme);
    if let Some(scheme) = scheme {
        let known = [
            "http", "https", "mailto", "ftp", "tel", "slack", "vscode", "irc", "xmpp", "matrix",
        ];
        return known
            .iter()
            .any(|word| scheme.eq_ignore_ascii_case(word))
            .then(|| url.to_owned());
    }
    let Some(Home { path, renamed }) = home else {
        return Some(url.to_owned());
    };
    if let Some(fragment) = url.strip_prefix('#') {
        return Some(format!("{MARK}{}#{fragment}", without_scheme(path)));
    }
    if url.is_empty() || url.starts_with('/') {
        return Some(url.to_owned());
    }
    let tail_at = url.find(['?', '#']).unwrap_or(url.len());
    let target = from_root(&url[..tail_at], path);
    // mdBook does not rewrite links to README.md, although it renders no page of that name.
    let target = renamed.get(&target).unwrap_or(&target);
    Some(format!("{MARK}{}{}", without_scheme(target), &url[tail_at..]))
}

/// Whether `url` leads to another chapter than the one at `home`.
pub(crate) fn leads_to_chapter(url: &str, home: Home<'_>) -> bool {
    let file = &url[..url.find(['?', '#']).unwrap_or(url.len())];
    let target = home.renamed.get(&from_root(file.trim(), home.path));
    !file.contains(':') && target.is_some_and(|target| target != home.path)
}

/// Whether `url` leads to a local Markdown file.
pub(crate) fn leads_to_file(url: &str) -> bool {
    let file = &url[..url.find(['?', '#']).unwrap_or(url.len())];
    !url.contains("://") && file.to_ascii_lowercase().ends_with(".md")
}

/// The path from the book's root for the link `url` in the file `path`.
fn from_root(url: &str, path: &str) -> String {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in url.split('/') {
        match part {
            "." => {}
            // An empty part at the start would make it a link to another host.
            "" if parts.is_empty() => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// `path` as a link from the root, such that a colon in its first part does not read as a scheme:
/// `./javascript:x` must not become one when it loses its `./`.
fn without_scheme(path: &str) -> Cow<'_, str> {
    match path.split('/').next() {
        Some(first) if first.contains(':') => {
            let rest = &path[first.len()..];
            Cow::Owned(first.replace(':', "%3A") + rest)
        }
        _ => Cow::Borrowed(path),
    }
}

/// `markdown` on one line without the marks, and the byte offsets of the marks.
fn take_marks(markdown: &str) -> (String, Vec<usize>) {
    let mut out = String::with_capacity(markdown.len());
    let mut marks = Vec::new();
    for ch in markdown.chars() {
        match ch {
            MARK => marks.push(out.len()),
            '\n' | '\r' => out.push(' '),
            ch => out.push(ch),
        }
    }
    (out, marks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Dialect;
    use crate::parse::markdown::{inline, tree::Tree};

    fn carry(text: &str) -> String {
        let tree = Tree::parse(text, 0, Dialect::default());
        let renamed = Renamed::from([("a/b/README.md".to_owned(), "a/b/index.md".to_owned())]);
        let home = Home {
            path: "a/b/doc.md",
            renamed: &renamed,
        };
        fragment(&inline::runs(&tree, 1, tree.nodes[0].end), home)
            .markdown()
            .to_owned()
    }

    #[test]
    fn links_are_written_from_the_root() {
        assert_eq!(carry("see [x](y.md#z)"), "see [x](a/b/y.md#z)");
        assert_eq!(carry("see [x](../y.md)"), "see [x](a/y.md)");
        assert_eq!(carry("see [x](README.md#z)"), "see [x](a/b/index.md#z)");
        assert_eq!(carry("see [x](#here)"), "see [x](a/b/doc.md#here)");
        assert_eq!(carry("see [x](../../../y.md)"), "see [x](../y.md)");
        assert_eq!(
            carry("see [x](https://example.com/a)"),
            "see [x](https://example.com/a)"
        );
        assert_eq!(
            carry("see [`x`](y.md) and **[z](q.md)**"),
            "see [`x`](a/b/y.md) and [**z**](a/b/q.md)"
        );
    }

    #[test]
    fn scripts_and_markup_are_not_carried() {
        assert_eq!(carry("see [x](javascript:alert%281%29)"), "see x");
        assert_eq!(carry("see [x](JavaScript:alert)"), "see x");
        assert_eq!(carry("see [x](data:text/html,y)"), "see x");
        assert_eq!(carry("a <b onclick=x>b</b> ![i](i.png)"), "a b");
        assert_eq!(carry("see [x](../../javascript:alert)"), "see [x](javascript%3Aalert)");
        assert_eq!(carry("see [x](../../a/..//example.com)"), "see [x](example.com)");
    }

    #[test]
    fn what_was_text_is_text_again() {
        for text in [
            "1\\. one", "\\# no", "\\- x", "a \\* b \\_ c", "x \\| y", "\\<b\\>", "a \\[b\\](c)", "AT&amp;T", "\\> q",
            "\\+ 1", "\\~~a\\~~", "~ a", "`a|b`",
        ] {
            let once = carry(text);
            let plain = |text: &str| {
                let tree = Tree::parse(text, 0, Dialect::default());
                assert_eq!(tree.blocks().count(), 1, "{text:?} is one block");
                words(&inline::runs(&tree, 1, tree.nodes[0].end)).into_owned()
            };
            assert_eq!(plain(&once), plain(text), "{text:?} became {once:?}");
            assert_eq!(carry(&once), once, "{text:?} is stable");
        }
    }

    #[test]
    fn what_is_written_straight_is_what_the_writer_writes() {
        for text in [
            "see [`x`](y.md) and [z](../q.md#r), [a b](https://e.org/a?b=c#d)",
            "a `b c`, (d) [e](#f)(g) --- h... \"i\" it's 5. x",
            "Ada's `a` 10. b",
            "a `x`1 b `y`: c `z`- d `q`= e",
            "a [b](c) d@e.org www.e.org https://e.org (f)",
            "(a) b `c`",
            "a  b\nc `d`",
            "A\\\nb `c`",
            "see [x](j.md)`y`[z](k.md)[w](k.md)",
            "see [x](javascript:y) `z`",
            "**Who may (3.1)?**",
            "Keep entries: `yes | no`, `|`",
            "~~Who may?~~ Ada (may)",
            "***Who*** may **x `y`**, **z**: \\| a|b",
            "a ~~b c~~ (**d e**)",
            "**Who ~~may~~ `say` (3.1)?** x",
            "**~~Who~~ may ~~say~~** x",
        ] {
            let tree = Tree::parse(text, 0, Dialect::default());
            let runs = inline::runs(&tree, 1, tree.nodes[0].end);
            let renamed = Renamed::new();
            let home = Some(Home {
                path: "a/b.md",
                renamed: &renamed,
            });
            let straight = plain::markdown(&runs, |url| rebase(url, home));
            let straight = straight.unwrap_or_else(|| panic!("{text:?} is plain"));
            assert_eq!(straight, with_cmark(&runs, &words(&runs), home), "{text:?}");
        }
    }
}
