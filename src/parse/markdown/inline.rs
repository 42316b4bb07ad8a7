//! The inline text of a block as a flat list of styled runs, from which vocabulary, people,
//! statuses and questions are read.

use std::borrow::Cow;

use pulldown_cmark::{Event, Tag};

use crate::parse::markdown::tree::{NodeKind, Tree, folded, is_block};
use crate::source::Span;

/// A piece of text in one style.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Run<'a> {
    /// Its words. For a line break, a single space.
    pub(crate) text: &'a str,
    /// Its span in the source.
    pub(crate) span: Span,
    /// Whether the author began a new line here. For an HTML break, `<br>`, the text is [`BREAK`]:
    /// it separates values, which the end of a source line may not do.
    pub(crate) is_break: bool,
    pub(crate) strong: bool,
    pub(crate) code: bool,
    pub(crate) emphasis: bool,
    pub(crate) struck: bool,
    /// The link target.
    pub(crate) link: Option<&'a str>,
}

/// The text of a line break that is written as HTML.
pub(crate) const BREAK: &str = "\n";

impl<'a> Run<'a> {
    /// `text` without any style.
    pub(crate) fn plain(text: &'a str, span: Span) -> Self {
        Self {
            text,
            span,
            is_break: false,
            strong: false,
            emphasis: false,
            code: false,
            struck: false,
            link: None,
        }
    }

    /// Whether the author wrote `<br>` here.
    pub(crate) fn is_html_break(&self) -> bool {
        self.is_break && self.text == BREAK
    }

    /// Whether it consists only of white space.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim_start().is_empty()
    }
}

/// The runs of the inline nodes from `start` up to `end`, in source order. Images have no words.
/// HTML matters only where it breaks lines, makes a list, links or strikes out text. Nested blocks are
/// read separately.
pub(crate) fn runs<'t>(tree: &'t Tree<'_>, start: usize, end: usize) -> Vec<Run<'t>> {
    let mut out = Vec::with_capacity(end.saturating_sub(start).min(8));
    push_runs(tree, start, end, &mut out);
    out
}

/// Like [`runs`], but appends to `out`.
pub(crate) fn push_runs<'t>(tree: &'t Tree<'_>, start: usize, end: usize, out: &mut Vec<Run<'t>>) {
    walk(tree, start, end, Style::default(), out);
}

#[derive(Debug, Clone, Copy, Default)]
struct Style<'a> {
    strong: bool,
    emphasis: bool,
    struck: bool,
    link: Option<&'a str>,
}

impl<'t> Style<'t> {
    /// The style inside `tag`.
    fn within(self, tag: &'t Tag<'_>) -> Self {
        match tag {
            Tag::Strong => Self { strong: true, ..self },
            Tag::Emphasis => Self { emphasis: true, ..self },
            Tag::Strikethrough => Self { struck: true, ..self },
            Tag::Link { dest_url, .. } => Self {
                link: Some(dest_url),
                ..self
            },
            _ => self,
        }
    }
}

fn walk<'t>(tree: &'t Tree<'_>, start: usize, end: usize, mut style: Style<'t>, out: &mut Vec<Run<'t>>) {
    let mut at = start;
    let mut items = 0;
    while at < end {
        let node = &tree.nodes[at];
        match &node.kind {
            NodeKind::Leaf(Event::InlineHtml(html)) => out.extend(html_run(html, node.span, &mut style, &mut items)),
            NodeKind::Leaf(event) => push_leaf(tree, event, node.span, &style, out),
            NodeKind::Open(Tag::Image { .. }) => {}
            NodeKind::Open(tag) if is_block(tag) => {}
            // Recursion is safe: the depth of a tree is limited.
            NodeKind::Open(tag) => walk(tree, at + 1, node.end, style.within(tag), out),
        }
        at = node.end;
    }
}

/// The meaning of an HTML tag: a line break, the next item of a list with `items` items so far, or
/// the start or end of a link or of struck-through text.
fn html_run<'t>(html: &'t str, span: Span, style: &mut Style<'t>, items: &mut usize) -> Option<Run<'t>> {
    let bare = html.trim_start_matches(['<', '/']);
    let name = &bare[..bare.find(|ch: char| !ch.is_ascii_alphanumeric()).unwrap_or(bare.len())];
    let is = |names: &[&str]| names.iter().any(|other| name.eq_ignore_ascii_case(other));
    let is_end = html.starts_with("</");
    let text = if is(&["br"]) {
        BREAK
    } else if is(&["del", "s", "strike"]) {
        style.struck = !is_end;
        return None;
    } else if is(&["a"]) {
        style.link = if is_end { None } else { href(html) };
        return None;
    } else if is(&["ul", "ol"]) {
        *items = 0;
        " "
    } else if is(&["li"]) && !is_end {
        *items += 1;
        if *items > 1 { "; " } else { return None }
    } else {
        return None;
    };
    Some(Run {
        is_break: text == BREAK,
        ..Run::plain(text, span)
    })
}

/// Whether an HTML tag begins or ends a link that can be written as Markdown.
pub(crate) fn is_html_link(tag: &str) -> bool {
    let is_target_of_links = [" id=", " name="].iter().any(|name| tag.contains(name));
    tag.eq_ignore_ascii_case("</a>") || tag.starts_with("<a ") && href(tag).is_some() && !is_target_of_links
}

/// The target of a link in HTML, unless it has character references.
fn href(tag: &str) -> Option<&str> {
    let at = tag.find("href=\"")? + "href=\"".len();
    let (target, _) = tag[at..].split_once('"')?;
    let is_plain = !target.is_empty() && !target.contains(['&', '<', '>']);
    is_plain.then_some(target)
}

fn push_leaf<'t>(tree: &'t Tree<'_>, event: &'t Event<'_>, span: Span, style: &Style<'t>, out: &mut Vec<Run<'t>>) {
    let (text, is_break, code): (&str, bool, bool) = match event {
        Event::Text(text) => (tree.as_written(text, span), false, false),
        Event::Code(text) => (text, false, true),
        Event::SoftBreak | Event::HardBreak => (" ", true, false),
        _ => return,
    };
    let Style {
        strong,
        emphasis,
        struck,
        link,
    } = *style;
    let run = Run {
        text,
        span,
        is_break,
        strong,
        emphasis,
        code,
        struck,
        link,
    };
    // The parser splits text at every quote and bracket. Adjacent pieces in the same style are one
    // run.
    if let Some(last) = out.last_mut()
        && continues(last, &run, tree.text)
    {
        last.span.end = span.end;
        last.text = last.span.of(tree.text);
        return;
    }
    out.push(run);
}

/// Whether `run` follows `last` directly in the same style, and both are verbatim in the source.
fn continues(last: &Run<'_>, run: &Run<'_>, source: &str) -> bool {
    // What was joined already is part of the source: to compare all of it for each piece that follows
    // would take quadratic time.
    let is_verbatim = |run: &Run<'_>| {
        let written = run.span.of(source);
        !run.code && !run.is_break && (std::ptr::eq(written, run.text) || written == run.text)
    };
    last.span.end == run.span.start
        && (last.strong, last.emphasis, last.struck) == (run.strong, run.emphasis, run.struck)
        && last.link == run.link
        && is_verbatim(last)
        && is_verbatim(run)
}

/// The byte after the inline nodes from `start` up to `end`, or after their first line, at which
/// text may be inserted. `fallback` if there are no nodes.
pub(crate) fn inline_end(tree: &Tree<'_>, start: usize, end: usize, fallback: usize) -> usize {
    inline_end_after(tree, start, end, 0).unwrap_or(fallback)
}

/// Like [`inline_end`], but after the line that contains byte `at`.
pub(crate) fn inline_end_after(tree: &Tree<'_>, start: usize, end: usize, at: usize) -> Option<usize> {
    let mut last = None;
    for node in tree.siblings(start, end) {
        match &tree.nodes[node].kind {
            NodeKind::Leaf(Event::SoftBreak | Event::HardBreak) if last.is_some_and(|last| last >= at) => break,
            NodeKind::Leaf(Event::SoftBreak | Event::HardBreak) => {}
            NodeKind::Open(tag) if is_block(tag) => break,
            NodeKind::Leaf(Event::Text(_)) if last.is_some() && would_begin_item(tree, tree.nodes[node].span) => {}
            _ => last = Some(tree.nodes[node].span.end),
        }
    }
    last
}

/// Whether the text at `span` fills its line and would become a list item if text were inserted
/// after it: a bare `1.` continues the paragraph above it.
fn would_begin_item(tree: &Tree<'_>, span: Span) -> bool {
    let mark = span.of(tree.text);
    let number = mark.trim_start_matches(|ch: char| ch.is_ascii_digit());
    let is_mark = matches!(mark, "-" | "+" | "*") || number.len() < mark.len() && matches!(number, "." | ")");
    let line = &tree.text[..span.start];
    is_mark
        && line[line.rfind('\n').map_or(0, |newline| newline + 1)..]
            .trim()
            .is_empty()
}

/// The words of `runs`, with white space collapsed.
pub(crate) fn words<'a>(runs: &[Run<'a>]) -> Cow<'a, str> {
    if let [run] = runs {
        return folded(Cow::Borrowed(run.text));
    }
    let mut out = String::with_capacity(runs.iter().map(|run| run.text.len()).sum());
    for run in runs {
        out.push_str(run.text);
    }
    folded(Cow::Owned(out))
}

/// The span from the first of `runs` to the last.
pub(crate) fn span_of(runs: &[Run<'_>]) -> Span {
    match (runs.first(), runs.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => Span::default(),
    }
}

/// `runs` split at the author's line breaks, without empty lines.
pub(crate) fn lines<'r, 'a>(runs: &'r [Run<'a>]) -> impl Iterator<Item = &'r [Run<'a>]> {
    runs.split(|run| run.is_break)
        .filter(|line| !line.iter().all(Run::is_blank))
}

/// Like [`lines`], each with the break before it, if any.
pub(crate) fn broken_lines<'r, 'a>(runs: &'r [Run<'a>]) -> impl Iterator<Item = (Option<Run<'a>>, &'r [Run<'a>])> {
    let mut between = None;
    runs.split_inclusive(|run| run.is_break).filter_map(move |line| {
        let (line, end) = match line {
            [rest @ .., last] if last.is_break => (rest, Some(*last)),
            _ => (line, None),
        };
        let before = std::mem::replace(&mut between, end);
        (!line.iter().all(Run::is_blank)).then_some((before, line))
    })
}

/// The part of `run` from byte `from` up to `to` of its text.
pub(crate) fn cut<'a>(run: &Run<'a>, from: usize, to: usize) -> Run<'a> {
    let mut part = *run;
    part.text = &run.text[from..to];
    // Text and source differ in length only if there is an escape or an entity. Then the span of
    // the whole run is the most precise one available.
    if run.span.end - run.span.start == run.text.len() {
        part.span = Span::new(run.span.start + from, run.span.start + to);
    }
    part
}

/// `runs` without the leading characters for which `goes` is true.
pub(crate) fn without_start(mut runs: Vec<Run<'_>>, goes: impl Fn(char) -> bool) -> Vec<Run<'_>> {
    let kept = |run: &Run<'_>| run.text.trim_start_matches(&goes).len();
    let gone = runs.iter().take_while(|run| kept(run) == 0).count();
    runs.drain(..gone);
    if let Some(first) = runs.first_mut() {
        *first = cut(first, first.text.len() - kept(first), first.text.len());
    }
    runs
}

/// The position of the first case-insensitive match of `phrase` in `text`. `phrase` must be
/// lower-case ASCII.
pub(crate) fn find_in_any_case(text: &str, phrase: &str) -> Option<usize> {
    let (text, phrase) = (text.as_bytes(), phrase.as_bytes());
    let first = *phrase.first()?;
    let mut starts = memchr::memchr2_iter(first, first.to_ascii_uppercase(), text);
    starts.find(|&at| {
        text.get(at..at + phrase.len())
            .is_some_and(|part| part.eq_ignore_ascii_case(phrase))
    })
}

/// `runs` without white space at either end.
pub(crate) fn trim<'a>(runs: &[Run<'a>]) -> Vec<Run<'a>> {
    let mut out = without_start(without_blank_ends(runs).to_vec(), char::is_whitespace);
    if let Some(last) = out.last_mut() {
        *last = cut(last, 0, last.text.trim_end().len());
    }
    out
}

/// `runs` from byte `from` of the first run on, without white space at either end.
pub(crate) fn trimmed<'a>(runs: &[Run<'a>], from: usize) -> Vec<Run<'a>> {
    let mut runs = runs.to_vec();
    if let Some(first) = runs.first_mut() {
        *first = cut(first, from, first.text.len());
    }
    trim(&runs)
}

/// `runs` without blank runs at either end.
pub(crate) fn without_blank_ends<'r, 'a>(runs: &'r [Run<'a>]) -> &'r [Run<'a>] {
    let gone = runs.iter().take_while(|run| run.is_blank()).count();
    let runs = &runs[gone..];
    &runs[..runs.len() - runs.iter().rev().take_while(|run| run.is_blank()).count()]
}

/// Appends `from` to `to`, separated by a space.
pub(crate) fn append<'r>(to: &mut Vec<Run<'r>>, from: &[Run<'r>]) {
    let from = trim(from);
    if !to.is_empty() && !from.is_empty() {
        to.push(space(from.first()));
    }
    to.extend(from);
}

/// The space between two stretches of text; `beside` is a run next to it.
pub(crate) fn space<'r>(beside: Option<&Run<'r>>) -> Run<'r> {
    let span = beside.map(|run| Span::at(run.span.start)).unwrap_or_default();
    Run {
        is_break: true,
        ..Run::plain(" ", span)
    }
}
