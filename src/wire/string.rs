//! JSON strings: what one says, how to write one, and where in it a byte of its text stands.
//!
//! serde_json does the first two as well, but copies each text twice and goes byte by byte, and
//! knows nothing of the third: with that, only what an edit brings must be written, not the
//! chapter around it. Escapes are close to one another, at every line end and quote: what looks
//! for them goes eight bytes at a time, which needs less to begin with than `memchr`.

use std::ops::Range;

use crate::source::Span;

/// What the JSON string `raw`, with its quotes, says; None if it is none.
pub(super) fn decode(raw: &str) -> Option<String> {
    let mut rest = raw.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::with_capacity(rest.len());
    while let Some(plain) = backslash(rest.as_bytes()) {
        text.push_str(&rest[..plain]);
        let (c, length) = escape(&rest[plain..])?;
        text.push(c);
        rest = &rest[plain + length..];
    }
    text.push_str(rest);
    Some(text)
}

/// Eight bytes with the lowest bit of each set, and with the highest.
const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The high bit of each byte of `word` that is less than `least`. Above the lowest such byte
/// others may be marked that are not; the lowest is right.
#[inline]
const fn less(word: u64, least: u8) -> u64 {
    word.wrapping_sub(LOW * least as u64) & !word & HIGH
}

/// The same for the bytes that are `byte`.
#[inline]
const fn equal(word: u64, byte: u8) -> u64 {
    less(word ^ (LOW * byte as u64), 1)
}

/// The first place at which `marks` sets a bit in one of the words that `text` is made of, else
/// `is_marked` holds in the rest.
#[inline]
fn find(text: &[u8], marks: impl Fn(u64) -> u64, is_marked: impl Fn(&u8) -> bool) -> Option<usize> {
    let (words, rest) = text.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let marked = marks(u64::from_le_bytes(*word));
        if marked != 0 {
            return Some(8 * index + marked.trailing_zeros() as usize / 8);
        }
    }
    let at = rest.iter().position(is_marked)?;
    Some(8 * words.len() + at)
}

fn backslash(text: &[u8]) -> Option<usize> {
    find(text, |word| equal(word, b'\\'), |&byte| byte == b'\\')
}

/// The first byte that does not stand for itself in a JSON string.
fn special(text: &[u8]) -> Option<usize> {
    find(
        text,
        |word| less(word, b' ') | equal(word, b'"') | equal(word, b'\\'),
        |&byte| byte < b' ' || byte == b'"' || byte == b'\\',
    )
}

/// Adds `text` as it stands between the quotes of a JSON string.
pub(super) fn encode(text: &str, json: &mut Vec<u8>) {
    json.reserve(text.len());
    let mut rest = text.as_bytes();
    while let Some(plain) = special(rest) {
        json.extend_from_slice(&rest[..plain]);
        push_escape(rest[plain], json);
        rest = &rest[plain + 1..];
    }
    json.extend_from_slice(rest);
}

fn push_escape(byte: u8, json: &mut Vec<u8>) {
    let short = match byte {
        b'"' | b'\\' => byte,
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        8 => b'b',
        12 => b'f',
        _ => {
            json.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
            return;
        }
    };
    json.extend_from_slice(&[b'\\', short]);
}

/// Follows a JSON string from the beginning, in step with its text.
pub(super) struct Places<'a> {
    raw: &'a str,
    in_raw: usize,
    in_text: usize,
}

impl<'a> Places<'a> {
    /// For the JSON string `raw`, with its quotes.
    pub(super) fn new(raw: &'a str) -> Self {
        Self {
            raw,
            in_raw: 1,
            in_text: 0,
        }
    }

    /// The bytes of the JSON string that stand for `span` of its text. Spans must come in order.
    pub(super) fn of(&mut self, span: Span) -> Range<usize> {
        self.advance(span.start)..self.advance(span.end)
    }

    fn advance(&mut self, to: usize) -> usize {
        while self.in_text < to {
            let rest = &self.raw[self.in_raw..];
            let wanted = to - self.in_text;
            let plain = backslash(rest.as_bytes()).unwrap_or(rest.len());
            if plain >= wanted {
                self.in_raw += wanted;
                self.in_text = to;
                break;
            }
            let Some((c, length)) = escape(&rest[plain..]) else {
                break;
            };
            self.in_raw += plain + length;
            self.in_text += plain + c.len_utf8();
        }
        self.in_raw
    }
}

/// The character for which the escape at the beginning of `raw` stands, and the escape's length.
fn escape(raw: &str) -> Option<(char, usize)> {
    let c = match raw.as_bytes().get(1)? {
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

fn unicode_escape(raw: &str) -> Option<(char, usize)> {
    let unit = |raw: &str| {
        let digits = raw.strip_prefix("\\u")?.get(..4)?;
        let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hex.then(|| u16::from_str_radix(digits, 16).ok())?
    };
    let first = unit(raw)?;
    if let Some(c) = char::from_u32(first.into()) {
        return Some((c, 6));
    }
    let both = [first, unit(raw.get(6..)?)?];
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
        assert_eq!(decode(RAW).unwrap(), text);
        assert_eq!(decode("\"\"").unwrap(), "");
        for bad in [
            "3", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\u+123\"", "\"\\", "\"\\x\"",
        ] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }

    #[test]
    fn every_piece_of_the_text_is_found() {
        let text = decode(RAW).unwrap();
        let starts: Vec<_> = text.char_indices().map(|(at, _)| at).collect();
        for (number, &start) in starts.iter().enumerate() {
            for &end in starts[number..].iter().chain([&text.len()]) {
                let range = Places::new(RAW).of(Span::new(start, end));
                let piece = format!("\"{}\"", &RAW[range]);
                assert_eq!(decode(&piece).unwrap(), text[start..end]);
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
            assert_eq!(decode(&format!("\"{json}\"")).unwrap(), text);
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
                assert_eq!(decode(&json).unwrap(), text);
            }
        }
    }
}
