//! JSON strings: what one says, how to write one, and where in it a byte of its text stands.
//!
//! serde_json does the first two as well, but copies each text twice, and knows nothing of
//! the third: with that, only what an edit brings must be written, not the chapter around it.

use std::ops::Range;

use crate::source::Span;

/// What the JSON string `raw`, with its quotes, says; None if it is none.
pub(super) fn decode(raw: &str) -> Option<String> {
    let mut rest = raw.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::with_capacity(rest.len());
    while let Some(plain) = rest.find('\\') {
        text.push_str(&rest[..plain]);
        let (c, length) = escape(&rest[plain..])?;
        text.push(c);
        rest = &rest[plain + length..];
    }
    text.push_str(rest);
    Some(text)
}

/// `text` as it stands between the quotes of a JSON string.
pub(super) fn encode(text: &str) -> serde_json::Result<Vec<u8>> {
    let mut json = Vec::with_capacity(text.len() + text.len() / 8 + 2);
    serde_json::to_writer(&mut json, text)?;
    json.pop();
    json.remove(0);
    Ok(json)
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
            let plain = rest.find('\\').unwrap_or(rest.len());
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
        let json = String::from_utf8(encode(text).unwrap()).unwrap();
        assert_eq!(decode(&format!("\"{json}\"")).unwrap(), text);
    }
}
