//! The input without the chapters' texts, which are nine tenths of a book and are not needed to
//! parse its JSON.

use std::borrow::Cow;
use std::ops::Range;

/// JSON in which chapters' texts are replaced with empty strings.
#[derive(Debug)]
pub(crate) struct Skeleton<'a> {
    pub(crate) json: Cow<'a, str>,
    /// The texts that were left out, in order.
    cuts: Vec<Cut>,
}

/// A text that was left out.
#[derive(Debug)]
struct Cut {
    /// Where its empty string begins.
    at: usize,
    /// The string in the input, with its quotes.
    string: Range<usize>,
}

/// Strings up to this length are kept: leaving them out would gain nothing.
const SHORT: usize = 128;

/// The replacement for a text that was left out.
const EMPTY: &str = "\"\"";

impl<'a> Skeleton<'a> {
    /// All of the `input`, with nothing left out.
    pub(crate) fn whole(input: &'a str) -> Self {
        Self {
            json: Cow::Borrowed(input),
            cuts: Vec::new(),
        }
    }

    /// The `input` without texts. If the input is JSON, so is the skeleton; the texts are not
    /// checked. None if a string does not end or the rest is not UTF-8.
    pub(crate) fn of(input: &[u8]) -> Option<Self> {
        let (mut json, mut cuts) = (Vec::new(), Vec::new());
        let mut done = 0;
        let mut key: Range<usize> = 0..0;
        while let Some(start) = quote(input, key.end) {
            let string = start..string_end(input, start)?;
            if string.len() > SHORT && is_content(input, &key, string.start) {
                json.extend_from_slice(&input[done..string.start]);
                cuts.push(Cut {
                    at: json.len(),
                    string: string.clone(),
                });
                json.extend_from_slice(EMPTY.as_bytes());
                done = string.end;
            }
            key = string;
        }
        json.extend_from_slice(&input[done..]);
        Some(Self {
            json: Cow::Owned(String::from_utf8(json).ok()?),
            cuts,
        })
    }

    /// The ranges of the input that were left out, in order.
    pub(crate) fn left_out(&self) -> impl Iterator<Item = &Range<usize>> {
        self.cuts.iter().map(|cut| &cut.string)
    }

    /// The position in the input of byte `at` of the skeleton.
    pub(crate) fn in_input(&self, at: usize) -> usize {
        let passed = self.cuts.partition_point(|cut| cut.at + EMPTY.len() <= at);
        match self.cuts[..passed].last() {
            Some(cut) => cut.string.end + (at - cut.at - EMPTY.len()),
            None => at,
        }
    }
}

/// The next quote of `json` from `from` on.
fn quote(json: &[u8], from: usize) -> Option<usize> {
    memchr::memchr(b'"', &json[from..]).map(|at| from + at)
}

/// The position after the closing quote of the string that begins at `start`; None if it does not
/// end.
fn string_end(json: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    while let Some(end) = quote(json, at) {
        at = end + 1;
        let escapes = json[..end].iter().rev().take_while(|&&byte| byte == b'\\').count();
        if escapes % 2 == 0 {
            return Some(at);
        }
    }
    None
}

/// Whether the value at `at` belongs to a `key` that chapters use for their text.
fn is_content(json: &[u8], key: &Range<usize>, at: usize) -> bool {
    json[key.clone()] == *b"\"content\"" && json[key.end..at].trim_ascii() == b":"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn long(text: &str) -> String {
        format!("{}{text}", "x".repeat(SHORT))
    }

    #[test]
    fn only_texts_are_left_out_and_all_places_are_known() {
        let (one, two) = (long(r#"\n\"\\"#), long(r"\\"));
        let input =
            format!(r#"[{{"content" : "{one}","name":"{two}","a":["content","{two}"],"content":"{two}","b":1}}]"#);
        let skeleton = Skeleton::of(input.as_bytes()).unwrap();
        let without = format!(r#"[{{"content" : "","name":"{two}","a":["content","{two}"],"content":"","b":1}}]"#);
        assert_eq!(skeleton.json, without);
        for piece in ["[{", "\"name\"", "\"a\"", "\"b\":1", "]"] {
            let at = |text: &str| text.rfind(piece).unwrap();
            assert_eq!(skeleton.in_input(at(&without)), at(&input), "{piece}");
        }
        let empty = without.find("\"\"").unwrap();
        let string = skeleton.in_input(empty)..skeleton.in_input(empty + 2);
        assert_eq!(input[string], format!("\"{one}\""));
        assert_eq!(skeleton.in_input(without.len()), input.len());
    }

    #[test]
    fn what_is_no_json_may_have_none() {
        let unended = format!(r#"{{"content":"{}"#, long(r#"\""#));
        assert!(Skeleton::of(unended.as_bytes()).is_none());
        assert!(Skeleton::of(b"\xff").is_none());
        assert_eq!(Skeleton::of(b"hello").unwrap().json, "hello");
        let input = r#"{"content":"short"}"#;
        assert_eq!(Skeleton::of(input.as_bytes()).unwrap().json, input);
        assert_eq!(Skeleton::whole(input).in_input(7), 7);
    }
}
