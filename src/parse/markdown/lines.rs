//! The lines around a span.

use crate::source::Span;

/// The whole lines that contain `span`, with the blank lines after them.
pub(crate) fn whole_lines(text: &str, span: Span) -> Span {
    let bytes = text.as_bytes();
    let start = line_start(text, span.start);
    let trimmed = span.start + span.of(text).trim_end().len();
    let mut end = trimmed;
    while end < bytes.len() {
        let line_end = bytes[end..]
            .iter()
            .position(|&byte| byte == b'\n')
            .map_or(bytes.len(), |newline| end + newline + 1);
        if end != trimmed && !text[end..line_end].trim().is_empty() {
            break;
        }
        end = line_end;
    }
    Span::new(start, end)
}

/// The start of the line that contains byte `at`.
pub(crate) fn line_start(text: &str, at: usize) -> usize {
    text[..at.min(text.len())].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The start of the line after the one on which `span` ends.
pub(crate) fn line_end(text: &str, span: Span) -> usize {
    let end = span.start + span.of(text).trim_end().len();
    text[end..].find('\n').map_or(text.len(), |newline| end + newline + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_lines_take_the_blank_lines_after_them() {
        let text = "a\r\n\r\nb c\r\n\r\n\r\nd";
        assert_eq!(whole_lines(text, Span::new(5, 8)).of(text), "b c\r\n\r\n\r\n");
        assert_eq!(whole_lines(text, Span::new(15, 16)).of(text), "d");
    }
}
