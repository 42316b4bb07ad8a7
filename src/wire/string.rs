//! JSON strings: what one says, how to write one, and where in it a byte of its text stands.
//!
//! serde_json does the first two as well, but copies each text twice and goes byte by byte, and
//! knows nothing of the third: with that, only what an edit brings must be written, not the
//! chapter around it.

use std::cell::RefCell;
use std::ops::Range;

use memchr::memchr;

use crate::source::Span;

/// What the JSON string `raw`, with its quotes, says; None if it is none.
pub(super) fn decode(raw: &str) -> Option<String> {
    let mut rest = raw.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::with_capacity(rest.len());
    while let Some(plain) = memchr(b'\\', rest.as_bytes()) {
        text.push_str(&rest[..plain]);
        let (c, length) = escape(&rest[plain..])?;
        text.push(c);
        rest = &rest[plain + length..];
    }
    text.push_str(rest);
    Some(text)
}

/// Adds `text` as it stands between the quotes of a JSON string.
pub(super) fn encode(text: &str, json: &mut Vec<u8>) {
    json.reserve(text.len() + text.len() / 8);
    for line in text.split_inclusive('\n') {
        if line.len() >= LONG {
            encode_long(line, json);
        } else {
            encode_line(line, json);
        }
    }
}

/// From how many bytes on a line is worth remembering: the style sheet and the script that
/// every page has are one line each.
const LONG: usize = 2048;

fn encode_long(line: &str, json: &mut Vec<u8>) {
    const REMEMBERED: usize = 8;
    thread_local! {
        static KNOWN: RefCell<Vec<(String, Vec<u8>)>> = const { RefCell::new(Vec::new()) };
    }
    KNOWN.with_borrow_mut(|known| {
        if let Some((_, encoded)) = known.iter().find(|(text, _)| text == line) {
            json.extend_from_slice(encoded);
            return;
        }
        let start = json.len();
        encode_line(line, json);
        if known.len() < REMEMBERED {
            known.push((line.to_owned(), json[start..].to_vec()));
        }
    });
}

fn encode_line(line: &str, json: &mut Vec<u8>) {
    let mut rest = line.as_bytes();
    while let Some((&byte, after)) = {
        let (plain, special) = rest.split_at(plain_length(rest));
        json.extend_from_slice(plain);
        special.split_first()
    } {
        push_escape(byte, json);
        rest = after;
    }
}

/// How many bytes at the start of `text` stand for themselves.
fn plain_length(text: &[u8]) -> usize {
    // A block at a time without a branch in it, which the compiler makes a few instructions of.
    let (blocks, _) = text.as_chunks::<32>();
    let is_plain = |block: &&[u8; 32]| {
        let (mut least, mut special) = (u8::MAX, 0);
        for &byte in *block {
            least = least.min(byte);
            special |= u8::from(byte == b'"') | u8::from(byte == b'\\');
        }
        least >= b' ' && special == 0
    };
    let start = 32 * blocks.iter().take_while(is_plain).count();
    let rest = &text[start..];
    let is_special = |&byte: &u8| byte < b' ' || byte == b'"' || byte == b'\\';
    start + rest.iter().position(is_special).unwrap_or(rest.len())
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
            let plain = memchr(b'\\', rest.as_bytes()).unwrap_or(rest.len());
            let wanted = to - self.in_text;
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
}
