//! A chapter as received, and places in its text.

mod encode;
mod letter;
mod scan;
mod worded;

use std::borrow::Cow;

pub(crate) use encode::{is_of_path, percent_decoded, percent_encoded, with_backslashes};
pub(crate) use letter::{composed, is_of_word};
pub(crate) use scan::{BLOCK, first_of_block};
pub(crate) use worded::worded;

/// The chapters of a book. Texts may be decoded on demand: those of a large book take much memory.
pub trait Chapters: Sync {
    /// The chapters in the book's order, perhaps without their texts.
    fn heads(&self) -> &[Source];
    /// The chapter at `index` with its text.
    fn open(&self, index: usize) -> Cow<'_, Source>;
}

impl<T: AsRef<[Source]> + Sync + ?Sized> Chapters for T {
    fn heads(&self) -> &[Source] {
        self.as_ref()
    }

    fn open(&self, index: usize) -> Cow<'_, Source> {
        Cow::Borrowed(&self.as_ref()[index])
    }
}

/// A chapter of the book: the unit of reading and editing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// The path at which the chapter is rendered, relative to the book's `src`, with `/`:
    /// `payments/index.md`. Links between chapters use it.
    pub path: String,
    /// The file it was read from, relative to `src`; `payments/README.md`.
    /// None if another preprocessor created the chapter.
    pub file: Option<String>,
    /// Its name in SUMMARY.md.
    pub name: String,
    /// Its Markdown, byte for byte.
    pub text: String,
    /// The origin of its lines on disk.
    pub origin: Origin,
}

impl Source {
    /// The path to show to people: the file, else the rendered path.
    pub fn shown_path(&self) -> &str {
        self.file.as_deref().unwrap_or(&self.path)
    }

    /// The place on disk of byte `at`; `lines` are the lines of this source's text.
    pub fn locate(&self, lines: &Lines<'_>, at: usize) -> FilePlace<'_> {
        let (line, column) = lines.line_column(at);
        let place = FilePlace {
            file: self.shown_path(),
            line,
            column,
            own_line: line,
            certain: self.origin != Origin::Passed,
        };
        match &self.origin {
            Origin::Included(map) => map.carry(place),
            _ => place,
        }
    }
}

/// The folder of the file at `path`; empty for the top folder.
pub(crate) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The target of `link` in the chapter at `from`, relative to `src`; None if it is outside `src`.
pub(crate) fn joined(from: &str, link: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()?),
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// `path` without its extension.
pub(crate) fn stem(path: &str) -> &str {
    let file = path.rfind('/').map_or(0, |slash| slash + 1);
    match path[file..].rfind('.') {
        None | Some(0) => path,
        Some(dot) => &path[..file + dot],
    }
}

/// The known origin of a source's lines on disk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Origin {
    /// The text equals the file.
    #[default]
    File,
    /// The text is the file with other files included.
    Included(LineMap),
    /// Other preprocessors may have changed the text: only its own line numbers are known.
    Passed,
}

/// The origin of each line of a text with includes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineMap {
    /// The files, relative to `src`; the chapter's own is the first.
    pub files: Vec<String>,
    /// The origin of each line.
    pub lines: Vec<LineOrigin>,
}

/// The origin of one line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LineOrigin {
    /// Index into [`LineMap::files`].
    pub file: usize,
    /// The line in that file, from 1.
    pub line: usize,
    /// The line in the chapter's own file: that of the include.
    pub own_line: usize,
}

impl LineMap {
    fn carry<'a>(&'a self, place: FilePlace<'a>) -> FilePlace<'a> {
        let Some(origin) = self.lines.get(place.line - 1).or(self.lines.last()) else {
            return place;
        };
        FilePlace {
            file: self.files.get(origin.file).map_or(place.file, |file| file),
            line: origin.line,
            own_line: origin.own_line,
            ..place
        }
    }
}

/// A place in a file, in an editor's terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FilePlace<'a> {
    /// The file, relative to `src`.
    pub file: &'a str,
    /// The line in it, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The line in the chapter's own file, even if the place is in an included file.
    pub own_line: usize,
    /// Whether the file on disk is known to have that line.
    pub certain: bool,
}

/// A half-open range of bytes in one source's text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to `end`.
    #[inline]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The empty span before byte `at`.
    #[inline]
    pub const fn at(at: usize) -> Self {
        Self { start: at, end: at }
    }

    /// Whether the span is empty.
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether `other` is entirely within this span.
    #[inline]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    #[inline]
    pub fn to(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The text in the span; empty if the span is not valid in `text`.
    #[inline]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A value and where the author wrote it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value`, written at `span`.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// The line and column of byte `at`, both from 1; the column counts characters,
/// as editors do. A position past the end counts as the end.
pub fn line_column(text: &str, at: usize) -> (usize, usize) {
    Lines::new(text).line_column(at)
}

/// The lines of a text, for locating many positions: counting from the beginning for each would
/// take quadratic time.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a str,
    starts: Cow<'a, [usize]>,
}

impl<'a> Lines<'a> {
    /// Finds the lines of `text`.
    pub fn new(text: &'a str) -> Self {
        let starts = line_starts(text).into();
        Self { text, starts }
    }

    /// The lines of `text`, which begin at the `starts` that [`line_starts`] has found.
    pub(crate) fn at(text: &'a str, starts: &'a [usize]) -> Self {
        let starts = starts.into();
        Self { text, starts }
    }

    /// As [`line_column`].
    pub fn line_column(&self, at: usize) -> (usize, usize) {
        let at = floor_char_boundary(self.text, at);
        let line = self.starts.partition_point(|&start| start <= at);
        let start = self.starts[line - 1];
        (line, self.text[start..at].chars().count() + 1)
    }

    /// The bytes of line `line`, from 1, without its line end; empty past the end.
    pub fn span(&self, line: usize) -> Span {
        let Some(&start) = self.starts.get(line.saturating_sub(1)) else {
            return Span::at(self.text.len());
        };
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        let text = self.text[start..end].trim_end_matches(['\n', '\r']);
        Span::new(start, start + text.len())
    }
}

/// Where each line of `text` begins.
pub(crate) fn line_starts(text: &str) -> Vec<usize> {
    let after_newlines = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
    std::iter::once(0).chain(after_newlines).collect()
}

/// The last character boundary at or before `at`; a position past the end counts as the end.
pub fn floor_char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A replacement of some of a source's bytes; empty spans insert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The span to replace.
    pub span: Span,
    /// The replacement.
    pub text: String,
}

/// `text` with `edits` applied; everything else is unchanged byte for byte.
pub fn splice(text: &str, edits: &[Edit]) -> String {
    let added: usize = edits.iter().map(|edit| edit.text.len()).sum();
    let mut out = String::with_capacity(text.len() + added);
    let mut done = 0;
    for edit in edits {
        out.push_str(&text[done..edit.span.start]);
        out.push_str(&edit.text);
        done = edit.span.end;
    }
    out.push_str(&text[done..]);
    out
}

#[cfg(test)]
impl Source {
    /// A chapter with its own file, for tests.
    pub(crate) fn chapter(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            file: Some(path.to_owned()),
            name: path.to_owned(),
            text: text.to_owned(),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative_to_their_page() {
        assert_eq!(joined("a/b/c.md", "../d.md").as_deref(), Some("a/d.md"));
        assert_eq!(joined("a.md", "./b/").as_deref(), Some("b"));
        assert_eq!(joined("a.md", "../b.md"), None);
    }

    #[test]
    fn lines_and_columns_count_characters_from_one() {
        assert_eq!(line_column("a\nüx", 0), (1, 1));
        assert_eq!(line_column("a\nüx", 4), (2, 2));
        assert_eq!(line_column("a\nüx", 3), (2, 1), "inside a character is its start");
        assert_eq!(line_column("a\n", 99), (2, 1));
    }

    #[test]
    fn an_index_of_lines_agrees_with_counting() {
        let text = "a\r\nüx\n\nlast";
        let lines = Lines::new(text);
        for at in 0..text.len() + 2 {
            assert_eq!(lines.line_column(at), line_column(text, at), "at {at}");
        }
        assert_eq!(lines.span(1).of(text), "a", "without the line end");
        assert_eq!(lines.span(4).of(text), "last");
        assert_eq!(lines.span(9), Span::at(text.len()));
    }

    #[test]
    fn a_place_in_an_included_line_is_in_the_included_file() {
        let source = Source {
            path: "a.md".into(),
            text: "one\ntwo\n".into(),
            origin: Origin::Included(LineMap {
                files: vec!["a.md".into(), "part.md".into()],
                lines: vec![
                    LineOrigin {
                        file: 0,
                        line: 1,
                        own_line: 1,
                    },
                    LineOrigin {
                        file: 1,
                        line: 7,
                        own_line: 2,
                    },
                ],
            }),
            ..Source::default()
        };
        let place = source.locate(&Lines::new(&source.text), 5);
        assert_eq!((place.file, place.line, place.column), ("part.md", 7, 2));
        assert_eq!(place.own_line, 2);
    }
}
