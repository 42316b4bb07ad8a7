//! Characters that mean something where a text goes, written so that they do not.

use percent_encoding::percent_encode_byte;

/// `text` as a part of a URL: each character that is not `kept` becomes `%20` and the like.
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

/// Whether `letter` means nothing in any part of a path, whatever a program thinks of other scripts.
pub(crate) fn is_of_path(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '/' | '-' | '_' | '.' | '~')
}

/// Markdown with a backslash before each of `marks` that has none.
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
