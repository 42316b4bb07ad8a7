//! The text of a heading, as words and as HTML.

use std::borrow::Cow;
use std::sync::Arc;

use maud::Render;
use pulldown_cmark::{Event, Tag};

use crate::model::HeadingWords;
use crate::parse::markdown::memo::{Remembered, remembered};
use crate::parse::markdown::tree::{NodeKind, Tree, folded};

thread_local! {
    static KNOWN: Remembered<Arc<HeadingWords>> = Remembered::default();
}

/// The words of the heading at `node`.
pub(crate) fn of(tree: &Tree<'_>, node: usize, id: Box<str>) -> Arc<HeadingWords> {
    let Some(text) = tree.sole_text(node) else {
        return Arc::new(HeadingWords {
            text: tree.text_of(node).into(),
            markup: Some(inline_html(tree, node).into()),
            id,
        });
    };
    let known = remembered(&KNOWN, 0, text, |text| plain(text, id.clone()).into());
    if known.id == id {
        known
    } else {
        Arc::new(HeadingWords { id, ..(*known).clone() })
    }
}

/// The words of a heading that contains only text.
pub(crate) fn plain(text: &str, id: Box<str>) -> HeadingWords {
    let words = folded(Cow::Borrowed(text));
    let is_html = words == text && !words.contains(['&', '<', '>', '"']);
    HeadingWords {
        markup: (!is_html).then(|| {
            let mut html = String::with_capacity(text.len());
            push_text(text, &mut html);
            html.trim_end().into()
        }),
        text: words.into(),
        id,
    }
}

/// A heading's content as balanced HTML on one line, suitable for the inside of a link: without
/// links, images, footnote references and the author's tags.
fn inline_html(tree: &Tree<'_>, node: usize) -> String {
    let mut out = String::with_capacity(tree.source(node).len());
    let mut open: Vec<(usize, &str)> = Vec::new();
    let mut at = node + 1;
    let end = tree.nodes[node].end;
    while at < end {
        close(&mut open, at, &mut out);
        match &tree.nodes[at].kind {
            NodeKind::Open(Tag::Image { .. }) => {
                at = tree.nodes[at].end;
                continue;
            }
            NodeKind::Open(tag) => {
                if let Some(name) = kept_tag(tag) {
                    push_tag("<", name, &mut out);
                    open.push((tree.nodes[at].end, name));
                }
            }
            NodeKind::Leaf(Event::Text(text)) => push_text(text, &mut out),
            NodeKind::Leaf(Event::Code(text)) => {
                push_tag("<", "code", &mut out);
                push_text(text, &mut out);
                push_tag("</", "code", &mut out);
            }
            NodeKind::Leaf(Event::SoftBreak | Event::HardBreak) => out.push(' '),
            NodeKind::Leaf(_) => {}
        }
        at += 1;
    }
    close(&mut open, end, &mut out);
    out.truncate(out.trim_end().len());
    out
}

/// Closes the elements that end before node `at`.
fn close(open: &mut Vec<(usize, &str)>, at: usize, out: &mut String) {
    while let Some((_, name)) = open.pop_if(|(end, _)| *end <= at) {
        push_tag("</", name, out);
    }
}

fn kept_tag(tag: &Tag<'_>) -> Option<&'static str> {
    match tag {
        Tag::Emphasis => Some("em"),
        Tag::Strong => Some("strong"),
        Tag::Strikethrough => Some("del"),
        _ => None,
    }
}

fn push_tag(start: &str, name: &str, out: &mut String) {
    out.push_str(start);
    out.push_str(name);
    out.push('>');
}

fn push_text(text: &str, out: &mut String) {
    // `&#10;` in a heading is a line end in its text.
    for (index, line) in text.split(['\n', '\r']).enumerate() {
        if index > 0 {
            out.push(' ');
        }
        match line.contains(['&', '<', '>', '"']) {
            true => line.render_to(out),
            false => out.push_str(line),
        }
    }
}
