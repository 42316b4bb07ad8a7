//! Escapes characters that are special in a text's destination.

use percent_encoding::{percent_decode_str, percent_encode_byte};

/// `text` as a part of a URL: characters that are not `kept` are percent-encoded.
pub(crate) fn percent_encoded(text: &str, kept: impl Fn(char) -> bool) -> String {
    if text.chars().all(&kept) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match kept(letter) {
            true => out.push(letter),
            false => out.extend(letter.encode_utf8(&mut [0; 4]).bytes().map(percent_encode_byte)),
        }
    }
    out
}

/// Decodes `a%20b` to `a b`. Invalid escapes stay unchanged.
pub(crate) fn percent_decoded(text: &str) -> String {
    let decoded = percent_decode_str(text).decode_utf8();
    decoded.map_or_else(|_| text.to_owned(), Into::into)
}

/// Whether `letter` has no special meaning in a URL path and is safe in every program.
pub(crate) fn is_of_path(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '/' | '-' | '_' | '.' | '~')
}

/// Markdown with a backslash before each unescaped character of `marks`.
pub(crate) fn with_backslashes(markdown: &str, marks: &[char]) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut is_escaped = false;
    for letter in markdown.chars() {
        if marks.contains(&letter) && !is_escaped {
            out.push('\\');
        }
        is_escaped = letter == '\\' && !is_escaped;
        out.push(letter);
    }
    out
}
