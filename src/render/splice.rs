//! Collects pieces to insert into a chapter in any order, and returns sorted and disjoint edits.

use std::borrow::Cow;

use crate::source::{Edit, Span};

/// The pieces to insert into one chapter.
#[derive(Debug, Default)]
pub(super) struct Pieces<'p>(Vec<Piece<'p>>);

#[derive(Debug)]
struct Piece<'p> {
    span: Span,
    form: Form,
    /// Borrowed if other pages share it.
    text: Cow<'p, str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Within a line.
    Inline,
    /// Lines of its own, with blank lines around them.
    Block,
    /// Nothing: removes the author's lines.
    Cut,
}

impl<'p> Pieces<'p> {
    /// Inserts `text` within a line, before byte `at`.
    pub(super) fn inline(&mut self, at: usize, text: String) {
        self.push(Span::at(at), Form::Inline, text.into());
    }

    /// Replaces `span`, which may be empty, with `text` as a separate block.
    pub(super) fn block(&mut self, span: Span, text: impl Into<Cow<'p, str>>) {
        self.push(span, Form::Block, text.into());
    }

    /// Removes the lines of `span`.
    pub(super) fn cut(&mut self, span: Span) {
        self.push(span, Form::Cut, Cow::default());
    }

    /// Whether there are no pieces.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Appends all of `others`.
    pub(super) fn append(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    fn push(&mut self, span: Span, form: Form, text: Cow<'p, str>) {
        self.0.push(Piece { span, form, text });
    }

    /// The edits. Pieces for the same place keep their order; a replacement comes after text
    /// inserted at its start.
    pub(super) fn into_edits(mut self, crlf: bool) -> Vec<Edit> {
        self.0.sort_by_key(|piece| (piece.span.start, !piece.span.is_empty()));
        let mut groups: Vec<Group<'p>> = Vec::with_capacity(self.0.len());
        for piece in self.0 {
            match groups.last_mut() {
                Some(group) if group.span.start == piece.span.start => group.add(piece),
                Some(group) if piece.span.start < group.span.end => {
                    // Inline pieces in a removed line are removed with it.
                    if piece.form != Form::Inline {
                        group.add(piece);
                    }
                }
                _ => {
                    let mut group = Group {
                        span: piece.span,
                        ..Group::default()
                    };
                    group.add(piece);
                    groups.push(group);
                }
            }
        }
        let edit = |group: Group<'_>| Edit {
            span: group.span,
            text: group.write(crlf),
        };
        groups.into_iter().map(edit).collect()
    }
}

/// Pieces that are merged into one edit.
#[derive(Debug, Default)]
struct Group<'p> {
    span: Span,
    inline: String,
    blocks: Vec<Cow<'p, str>>,
    cut: bool,
}

impl<'p> Group<'p> {
    fn add(&mut self, piece: Piece<'p>) {
        self.span = self.span.to(piece.span);
        match piece.form {
            Form::Inline if self.inline.is_empty() => self.inline = piece.text.into_owned(),
            Form::Inline => self.inline.push_str(&piece.text),
            Form::Block => self.blocks.push(piece.text),
            Form::Cut => self.cut = true,
        }
    }

    fn write(self, crlf: bool) -> String {
        let mut text = self.inline;
        for block in &self.blocks {
            text.push_str("\n\n");
            text.push_str(block);
        }
        if !self.blocks.is_empty() {
            text.push_str("\n\n");
        } else if self.cut {
            // Without it, the lines around the cut could merge into one paragraph.
            text.push('\n');
        }
        if crlf {
            text = text.replace('\n', "\r\n");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::splice;

    fn spliced(text: &str, fill: impl Fn(&mut Pieces<'_>)) -> String {
        let mut pieces = Pieces::default();
        fill(&mut pieces);
        let edits = pieces.into_edits(false);
        for pair in edits.windows(2) {
            assert!(pair[0].span.end <= pair[1].span.start, "{edits:?}");
            assert!(pair[0].span.start < pair[1].span.start, "{edits:?}");
        }
        splice(text, &edits)
    }

    #[test]
    fn nothing_to_do_is_no_edit() {
        assert_eq!(Pieces::default().into_edits(true), []);
    }

    #[test]
    fn pieces_of_one_place_keep_their_order_and_stand_before_the_cut() {
        let text = "# T\nAuthor: x\n\nrest";
        let out = spliced(text, |pieces| {
            pieces.inline(15, "!".into());
            pieces.cut(Span::new(4, 14));
            pieces.block(Span::at(4), "<header>");
            pieces.block(Span::at(4), "<toc>");
        });
        assert_eq!(out, "# T\n\n\n<header>\n\n<toc>\n\n\n!rest");
    }

    #[test]
    fn a_cut_keeps_its_neighbours_apart() {
        let out = spliced("a\nb\nc", |pieces| pieces.cut(Span::new(2, 4)));
        assert_eq!(out, "a\n\nc");
    }

    #[test]
    fn what_overlaps_is_one_edit_and_inline_pieces_go_with_their_line() {
        let out = spliced("abcdef", |pieces| {
            pieces.inline(2, "lost".into());
            pieces.cut(Span::new(1, 4));
            pieces.block(Span::new(3, 5), "B");
        });
        assert_eq!(out, "a\n\nB\n\nf");
    }

    #[test]
    fn line_ends_follow_the_author() {
        let mut pieces = Pieces::default();
        pieces.block(Span::at(0), "a\nb");
        assert_eq!(pieces.into_edits(true)[0].text, "\r\n\r\na\r\nb\r\n\r\n");
    }
}
