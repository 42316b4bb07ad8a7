//! Maps places in a chapter's text to places in the file from which it was read.

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::source::{LineMap, LineOrigin, Lines, Origin, Source, Span, line_starts};
use crate::wire::files::workspace::without_bom;

/// An edit of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// The file's real path.
    pub(super) path: PathBuf,
    /// The bytes to replace.
    pub(super) range: Range<usize>,
    /// The replacement.
    pub(super) text: String,
}

impl Target {
    pub(super) fn span(&self) -> Span {
        self.range.clone().into()
    }
}

/// What is found out once and asked for each fix: a chapter may have as many fixes as lines.
#[derive(Debug, Default)]
pub(super) struct Known<'s> {
    /// Whether the files of sources are still as they were read, by the sources' indices.
    unchanged: HashMap<usize, bool>,
    /// The lines of sources, by their indices.
    lines: HashMap<usize, Lines<'s>>,
    /// Where the lines of files begin, by their real paths.
    starts: HashMap<PathBuf, Vec<usize>>,
}

const UNCERTAIN: &str = "where it was written is not certain";

impl<'s> Known<'s> {
    fn lines(&mut self, index: usize, source: &'s Source) -> &Lines<'s> {
        let lines = self.lines.entry(index);
        lines.or_insert_with(|| Lines::new(&source.text))
    }

    /// The file that contains the text at `span` of the source with this index, relative to `src`.
    pub(super) fn file_of(&mut self, index: usize, source: &'s Source, span: Span) -> Result<&'s str, String> {
        let own = source.file.as_deref().ok_or("another preprocessor made this chapter")?;
        match &source.origin {
            Origin::File => Ok(own),
            Origin::Passed => Err(UNCERTAIN.to_owned()),
            Origin::Included(map) => {
                let line = self.lines(index, source).line_column(span.start).0;
                let origin = map.lines.get(line - 1).ok_or(UNCERTAIN)?;
                map.files
                    .get(origin.file)
                    .map(String::as_str)
                    .ok_or_else(|| UNCERTAIN.to_owned())
            }
        }
    }

    /// The bytes of `text`, the contents of the file from [`Self::file_of`] at its real `path`, from
    /// which the text at `span` was read. Every affected line must be the same in both; a file that is
    /// exactly the chapter is compared as a whole.
    pub(super) fn range_in(
        &mut self,
        index: usize,
        source: &'s Source,
        span: Span,
        path: &Path,
        text: &str,
    ) -> Result<Range<usize>, String> {
        let range = if let Origin::Included(map) = &source.origin {
            self.lines(index, source);
            if !self.starts.contains_key(path) {
                self.starts.insert(path.to_owned(), line_starts(text));
            }
            let copied = Copied {
                source,
                lines: self.lines.get(&index).ok_or(UNCERTAIN)?,
                map,
                file: text,
                file_lines: Lines::at(text, self.starts.get(path).ok_or(UNCERTAIN)?),
            };
            copied.range(span).ok_or(UNCERTAIN)?
        } else {
            let body = without_bom(text);
            if !*self.unchanged.entry(index).or_insert_with(|| body == source.text) {
                return Err("the file has changed since it was read".to_owned());
            }
            let before = text.len() - body.len();
            span.start + before..span.end + before
        };
        let plain = |text: &str| text.replace('\r', "");
        let found = text.get(range.clone()).map(plain);
        if found == Some(plain(span.of(&source.text))) {
            Ok(range)
        } else {
            Err(UNCERTAIN.to_owned())
        }
    }
}

/// The lines that a chapter has from a file.
struct Copied<'a> {
    source: &'a Source,
    lines: &'a Lines<'a>,
    map: &'a LineMap,
    file: &'a str,
    file_lines: Lines<'a>,
}

impl Copied<'_> {
    fn range(&self, span: Span) -> Option<Range<usize>> {
        let start = self.carry(span.start)?;
        let end_line = self.line(span.end);
        let ends_a_line = span.end > span.start && span.end == self.lines.span(end_line).start;
        let end = if ends_a_line {
            // The line end belongs to the line before, wherever the next line comes from.
            let line_end = self.carry(self.lines.span(end_line - 1).end)?;
            let rest = &self.file[line_end..];
            let newline = rest.strip_prefix('\r').unwrap_or(rest).strip_prefix('\n')?;
            self.file.len() - newline.len()
        } else {
            self.carry(span.end)?
        };
        let same_file = self.origin(span.start)?.file == self.origin(span.end.saturating_sub(1).max(span.start))?.file;
        (same_file && start <= end).then_some(start..end)
    }

    fn line(&self, at: usize) -> usize {
        self.lines.line_column(at).0
    }

    fn origin(&self, at: usize) -> Option<LineOrigin> {
        self.map.lines.get(self.line(at) - 1).copied()
    }

    /// The position in the file; None if the line differs from the file's.
    fn carry(&self, at: usize) -> Option<usize> {
        let own = self.lines.span(self.line(at));
        let origin = self.origin(at)?;
        let there = self.file_lines.span(origin.line);
        let mut theirs = there.of(self.file);
        let mut start = there.start;
        if origin.file == 0 && origin.line == 1 {
            // The byte order mark of the chapter's own file was not read.
            let body = without_bom(theirs);
            start += theirs.len() - body.len();
            theirs = body;
        }
        let column = at - own.start;
        (own.of(&self.source.text) == theirs && column <= theirs.len()).then_some(start + column)
    }
}
