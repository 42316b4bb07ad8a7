//! JSON strings: decoding, encoding, and mapping offsets of the text to offsets of the string.
//!
//! serde_json also does the first two, but copies each text twice and byte by byte. It does not do
//! the third, with which only the text of an edit must be encoded, not the chapter around it. A
//! block of bytes is copied before it is known how much of it will be kept.

use std::ops::Range;

use crate::source::{BLOCK, Span, first_of_block};

/// The value of the JSON string `raw`, with its quotes; None if it is invalid.
pub(crate) fn decode(raw: &[u8]) -> Option<String> {
    let mut rest = raw.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    let mut text = Vec::with_capacity(rest.len());
    let (mut ready, mut end) = ([0; READY], 0);
    while let Some(block) = rest.first_chunk() {
        if end > READY - BLOCK - LONGEST {
            text.extend_from_slice(&ready[..end]);
            end = 0;
        }
        put(&mut ready[end..], *block);
        let Some(plain) = first_of_block(block, |byte| is_backslash(byte) | is_control(byte)) else {
            end += BLOCK;
            rest = &rest[BLOCK..];
            continue;
        };
        end += plain;
        let (meant, length) = put_meant(&mut ready[end..], &rest[plain..])?;
        end += meant;
        rest = &rest[plain + length..];
    }
    text.extend_from_slice(&ready[..end]);
    while let Some(&byte) = rest.first() {
        let (meant, length) = match byte {
            b'\\' => put_meant(&mut ready, rest)?,
            _ if is_control(byte) => return None,
            _ => (put(&mut ready, [byte]), 1),
        };
        text.extend_from_slice(&ready[..meant]);
        rest = &rest[length..];
    }
    String::from_utf8(text).ok()
}

/// Writes the value of the escape at the beginning of `raw` to the beginning of `to`; returns the
/// lengths of the value and the escape.
#[inline]
fn put_meant(to: &mut [u8], raw: &[u8]) -> Option<(usize, usize)> {
    if let [b'\\', b'n', ..] = raw {
        return Some((put(to, [b'\n']), 2));
    }
    let (meant, length) = escape(raw)?;
    Some((meant.encode_utf8(to).len(), length))
}

/// Appends `text` in the form that it has between the quotes of a JSON string.
pub(crate) fn encode(text: &str, json: &mut Vec<u8>) {
    json.reserve(text.len());
    let mut rest = text.as_bytes();
    let (mut ready, mut end) = ([0; READY], 0);
    while let Some(block) = rest.first_chunk() {
        if end > READY - BLOCK - LONGEST {
            json.extend_from_slice(&ready[..end]);
            end = 0;
        }
        put(&mut ready[end..], *block);
        let Some(plain) = first_of_block(block, is_special) else {
            end += BLOCK;
            rest = &rest[BLOCK..];
            continue;
        };
        end += plain;
        end += put_escape(&mut ready[end..], block[plain]);
        rest = &rest[plain + 1..];
    }
    json.extend_from_slice(&ready[..end]);
    for &byte in rest {
        let length = match is_special(byte) {
            true => put_escape(&mut ready, byte),
            false => put(&mut ready, [byte]),
        };
        json.extend_from_slice(&ready[..length]);
    }
}

/// The number of bytes to prepare before a vector is extended.
const READY: usize = 1024;

/// The maximum length of a byte's escape, and of any escape's value.
const LONGEST: usize = 6;

#[inline]
fn is_backslash(byte: u8) -> bool {
    byte == b'\\'
}

/// Whether `byte` is not allowed in a JSON string.
#[inline]
fn is_control(byte: u8) -> bool {
    byte < b' '
}

/// Whether `byte` has a special meaning in a JSON string.
#[inline]
fn is_special(byte: u8) -> bool {
    is_control(byte) | (byte == b'"') | (byte == b'\\')
}

/// Writes `bytes` to the beginning of `to`, which must be long enough; returns their number.
#[inline]
fn put<const N: usize>(to: &mut [u8], bytes: [u8; N]) -> usize {
    if let Some(room) = to.first_chunk_mut() {
        *room = bytes;
    }
    N
}

#[inline]
fn put_escape(to: &mut [u8], byte: u8) -> usize {
    let short = match byte {
        b'\n' => b'n',
        b'"' | b'\\' => byte,
        b'\r' => b'r',
        b'\t' => b't',
        8 => b'b',
        12 => b'f',
        _ => {
            let digit = |digit: u8| char::from_digit(digit.into(), 16).map_or(b'0', |digit| digit as u8);
            return put(to, [b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte & 15)]);
        }
    };
    put(to, [b'\\', short])
}

/// Walks through a JSON string in parallel with its text.
pub(crate) struct Offsets<'a> {
    raw: &'a [u8],
    in_raw: usize,
    in_text: usize,
}

impl<'a> Offsets<'a> {
    /// Starts at the beginning of the JSON string `raw`, with its quotes.
    pub(crate) fn new(raw: &'a [u8]) -> Self {
        Self {
            raw,
            in_raw: 1,
            in_text: 0,
        }
    }

    /// The bytes of the JSON string that encode `span` of its text. Spans must be requested in
    /// order.
    pub(crate) fn of(&mut self, span: Span) -> Range<usize> {
        self.advance(span.start)..self.advance(span.end)
    }

    fn advance(&mut self, to: usize) -> usize {
        while self.in_text < to {
            let wanted = to - self.in_text;
            let rest = &self.raw[self.in_raw..];
            let plain = plain(rest, wanted);
            if plain >= wanted {
                self.in_raw += wanted;
                self.in_text = to;
                break;
            }
            let Some((meant, length)) = length(&rest[plain..]) else {
                break;
            };
            self.in_raw += plain + length;
            self.in_text += plain + meant;
        }
        self.in_raw
    }
}

/// The number of bytes before the first escape in `raw`, exact if it is less than `wanted`.
#[inline]
fn plain(raw: &[u8], wanted: usize) -> usize {
    let mut at = 0;
    while at < wanted {
        let Some(block) = raw[at..].first_chunk() else {
            let end = raw[at..].iter().position(|&byte| is_backslash(byte));
            return end.map_or(raw.len(), |end| at + end);
        };
        if let Some(end) = first_of_block(block, is_backslash) {
            return at + end;
        }
        at += BLOCK;
    }
    at
}

/// The lengths of the value and of the escape at the beginning of `raw`.
#[inline]
fn length(raw: &[u8]) -> Option<(usize, usize)> {
    if let [_, b'n' | b'"', ..] = raw {
        return Some((1, 2));
    }
    let (meant, length) = escape(raw)?;
    Some((meant.len_utf8(), length))
}

/// The character of the escape at the beginning of `raw`, and the escape's length.
fn escape(raw: &[u8]) -> Option<(char, usize)> {
    let [b'\\', kind, ..] = raw else { return None };
    let c = match kind {
        b'n' => '\n',
        b'"' => '"',
        b'\\' => '\\',
        b't' => '\t',
        b'r' => '\r',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'u' => return unicode_escape(raw),
        _ => return None,
    };
    Some((c, 2))
}

fn unicode_escape(raw: &[u8]) -> Option<(char, usize)> {
    let unit = |raw: &[u8]| {
        let digits = raw.strip_prefix(b"\\u")?.get(..4)?;
        let mut digits = digits.iter().map(|&digit| char::from(digit).to_digit(16));
        digits.try_fold(0, |unit, digit| Some(unit * 16 + digit?))
    };
    let one = unit(raw)?;
    if let Some(c) = char::from_u32(one) {
        return Some((c, 6));
    }
    let both = [one, unit(raw.get(6..)?)?].map(|unit| unit as u16);
    let c = char::decode_utf16(both).next()?.ok()?;
    Some((c, 12))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RAW: &str = r#""a\n\u00fcü\ud83d\ude00😀\\\"\/\b\f\r\t\u0000z""#;

    #[test]
    fn strings_say_what_serde_json_says() {
        let text: String = serde_json::from_str(RAW).unwrap();
        assert_eq!(decode(RAW.as_bytes()).unwrap(), text);
        assert_eq!(decode(b"\"\"").unwrap(), "");
        for bad in [
            "3", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\u+123\"", "\"\\", "\"\\x\"", "\"a\nb\"",
            "\"seventeen letters and\n more\"",
        ] {
            assert_eq!(decode(bad.as_bytes()), None, "{bad}");
        }
    }

    #[test]
    fn every_piece_of_the_text_is_found() {
        let text = decode(RAW.as_bytes()).unwrap();
        let starts: Vec<_> = text.char_indices().map(|(at, _)| at).collect();
        for (number, &start) in starts.iter().enumerate() {
            for &end in starts[number..].iter().chain([&text.len()]) {
                let range = Offsets::new(RAW.as_bytes()).of(Span::new(start, end));
                let piece = format!("\"{}\"", &RAW[range]);
                assert_eq!(decode(piece.as_bytes()).unwrap(), text[start..end]);
            }
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let text = "\"\\\u{0}\u{1f}\u{7f}\u{2028}ü😀\r\n</script>";
        for start in (0..text.len()).filter(|&at| text.is_char_boundary(at)) {
            let text = format!("{}{}", "plain words ".repeat(7), &text[start..]);
            let mut json = Vec::new();
            encode(&text, &mut json);
            let json = String::from_utf8(json).unwrap();
            assert_eq!(format!("\"{json}\""), serde_json::to_string(&text).unwrap());
            assert_eq!(decode(format!("\"{json}\"").as_bytes()).unwrap(), text);
        }
    }

    #[test]
    fn what_must_be_escaped_is_found_at_every_place() {
        for at in 0..20 {
            for c in [
                '"', '\\', '\0', '\u{1f}', ' ', '!', '#', '[', ']', '\u{7f}', '\u{80}', '\u{dc}', '\u{222}',
            ] {
                let text = format!("{}{c}{c}\u{fffd}{c}", "~".repeat(at));
                let mut json = Vec::new();
                encode(&text, &mut json);
                let json = format!("\"{}\"", String::from_utf8(json).unwrap());
                assert_eq!(json, serde_json::to_string(&text).unwrap());
                assert_eq!(decode(json.as_bytes()).unwrap(), text);
            }
        }
    }
}
