//! Tables written in HTML.

use crate::parse::markdown::anchor::html::attributes;
use crate::parse::markdown::inline::{BREAK, Run};
use crate::source::Span;

/// A cell: its words, and the position at its end where text may be inserted.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct HtmlCell<'t> {
    pub(super) runs: Vec<Run<'t>>,
    pub(super) end: usize,
}

/// A row: its cells and its span.
pub(super) type HtmlRow<'t> = (Vec<HtmlCell<'t>>, Span);

/// The rows of the table in the HTML at `span` of `text`. Empty without a table.
pub(super) fn rows(text: &str, span: Span) -> Vec<HtmlRow<'_>> {
    let mut reader = HtmlTable {
        text,
        rows: Vec::new(),
        cell: None,
        style: Run::plain("", Span::default()),
    };
    let mut at = span.start;
    let mut is_table = false;
    while let Some(open) = text[at..span.end].find('<').map(|open| at + open) {
        reader.words(at, open);
        let comment = text[open..span.end].starts_with("<!--");
        let close = text[open..span.end].find(if comment { "-->" } else { ">" });
        let end = close.map_or(span.end, |close| open + close + if comment { 3 } else { 1 });
        let tag = &text[open..end];
        is_table |= !comment && name(tag).0.eq_ignore_ascii_case("table");
        if is_table && !comment {
            reader.tag(tag, open, end);
        }
        at = end;
    }
    reader.end_cell(span.end);
    reader.rows
}

/// The name of a tag, and whether it is an end tag.
fn name(tag: &str) -> (&str, bool) {
    let inner = tag.trim_start_matches('<');
    let bare = inner.trim_start_matches('/');
    let length = bare.find(|ch: char| !ch.is_ascii_alphanumeric()).unwrap_or(bare.len());
    (&bare[..length], bare.len() < inner.len())
}

struct HtmlTable<'t> {
    text: &'t str,
    rows: Vec<HtmlRow<'t>>,
    cell: Option<Vec<Run<'t>>>,
    style: Run<'t>,
}

impl<'t> HtmlTable<'t> {
    /// Takes the words between two tags.
    fn words(&mut self, from: usize, to: usize) {
        let words = &self.text[from..to];
        if let Some(runs) = self.cell.as_mut().filter(|_| !words.is_empty()) {
            runs.push(Run {
                text: words,
                span: Span::new(from, to),
                ..self.style
            });
        }
    }

    fn tag(&mut self, tag: &'t str, from: usize, to: usize) {
        let (name, is_end) = name(tag);
        let is_begun = !is_end;
        match name.to_ascii_lowercase().as_str() {
            "tr" => {
                self.end_cell(from);
                if is_begun {
                    self.rows.push((Vec::new(), Span::new(from, to)));
                } else if let Some((_, span)) = self.rows.last_mut() {
                    span.end = to;
                }
            }
            "td" | "th" => {
                self.end_cell(from);
                self.cell = is_begun.then(Vec::new);
                self.style = Run::plain("", Span::default());
            }
            "table" => self.end_cell(from),
            "b" | "strong" => self.style.strong = is_begun,
            "i" | "em" => self.style.emphasis = is_begun,
            "del" | "s" | "strike" => self.style.struck = is_begun,
            "code" => self.style.code = is_begun,
            "a" => {
                let link = attributes(tag)
                    .into_iter()
                    .find(|each| each.name.eq_ignore_ascii_case("href"));
                self.style.link = link.map(|link| link.value).filter(|_| is_begun);
            }
            "br" | "p" => self.part(BREAK, from),
            "li" if is_begun => self.part("; ", from),
            _ => {}
        }
    }

    /// Separates the following text from the words before it, if there are any.
    fn part(&mut self, sign: &'static str, at: usize) {
        if let Some(runs) = self.cell.as_mut().filter(|runs| runs.iter().any(|run| !run.is_blank())) {
            runs.push(Run {
                is_break: true,
                ..Run::plain(sign, Span::at(at))
            });
        }
    }

    fn end_cell(&mut self, end: usize) {
        if let (Some(runs), Some((cells, span))) = (self.cell.take(), self.rows.last_mut()) {
            span.end = end;
            cells.push(HtmlCell { runs, end });
        }
    }
}
