//! A chapter as it came in, and places in its text.

/// One chapter of the book: the unit that is read and edited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// Where the chapter is rendered, relative to the book's `src`, with `/`:
    /// `payments/index.md`. Links between chapters are built from this.
    pub path: String,
    /// The file it was read from, relative to `src`; `payments/README.md`.
    /// None where another preprocessor made the chapter.
    pub file: Option<String>,
    /// What SUMMARY.md calls it.
    pub name: String,
    /// Its Markdown, byte for byte.
    pub text: String,
}

impl Source {
    /// The name a person looks for on disk: the file, else the rendered path.
    pub fn shown_path(&self) -> &str {
        self.file.as_deref().unwrap_or(&self.path)
    }
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
    /// The bytes from `start` up to `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The empty place before byte `at`.
    pub const fn at(at: usize) -> Self {
        Self { start: at, end: at }
    }

    /// Whether no byte lies within.
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether `other` lies wholly within.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    pub fn to(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The text within; empty where the span does not fit `text`.
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
    /// What was read.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value`, written at `span`.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// The line and column of byte `at`, both from 1; the column counts characters,
/// as editors do. A place past the end is the end.
pub fn line_column(text: &str, at: usize) -> (usize, usize) {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (line, before[start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters_from_one() {
        assert_eq!(line_column("a\nüx", 0), (1, 1));
        assert_eq!(line_column("a\nüx", 4), (2, 2));
        assert_eq!(line_column("a\nüx", 3), (2, 1), "inside a character is its start");
        assert_eq!(line_column("a\n", 99), (2, 1));
    }
}
