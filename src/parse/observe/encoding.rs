//! Detects UTF-8 text that was read as Mac Roman or Windows-1252 and saved in that form: `📋` became
//! `ðŸ“‹`.
//!
//! A run is damaged if its characters, encoded in the old encoding, are the UTF-8 of a plausible
//! character. Pairs of characters that also occur in undamaged text, such as `É»` in French, count
//! only in a chapter that has certain damage elsewhere.

use std::sync::LazyLock;

use encoding_rs::{MACINTOSH, WINDOWS_1252};
use rustc_hash::FxHashMap;

use crate::model::Mangled;
use crate::parse::markdown::anchor;
use crate::source::Span;

/// An encoding that is confused with UTF-8.
#[derive(Debug)]
struct Encoding {
    name: &'static str,
    /// The byte, from 0x80 on, of each character.
    bytes: FxHashMap<char, u8>,
    /// Second characters that follow 0xC2 or 0xC3 in undamaged text.
    natural: &'static [char],
}

static MAC_ROMAN: LazyLock<Encoding> = LazyLock::new(|| Encoding {
    name: "Mac Roman",
    bytes: bytes(MACINTOSH),
    // `√π` and `¬Ω` are mathematics.
    natural: &[
        'π', '∫', '∑', '∏', '∂', 'Ω', '∞', 'µ', 'ª', 'º', '±', '≤', '≥', '≠', '•', '†',
    ],
});

static WINDOWS: LazyLock<Encoding> = LazyLock::new(|| Encoding {
    name: "Windows-1252",
    bytes: bytes(WINDOWS_1252),
    natural: NATURAL,
});

fn bytes(encoding: &'static encoding_rs::Encoding) -> FxHashMap<char, u8> {
    let bytes: Vec<u8> = (0x80..=0xff).collect();
    let (text, _) = encoding.decode_without_bom_handling(&bytes);
    text.chars().zip(0x80..=0xff).collect()
}

/// Characters that follow any letter in undamaged text.
const NATURAL: &[char] = &[
    '\u{a0}', '«', '»', '‘', '’', '“', '”', '‚', '„', '…', '–', '—', '‹', '›', '•', '·', '™',
];

impl Encoding {
    fn byte(&self, ch: char) -> Option<u8> {
        self.bytes.get(&ch).copied()
    }

    /// The character that the start of `chars` was originally, the number of characters that now
    /// represent it, and whether undamaged text never looks like this.
    fn decode(&self, chars: &[(usize, char)]) -> Option<(char, usize, bool)> {
        let lead = self.byte(chars.first()?.1)?;
        let length = match lead {
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            _ => return None,
        };
        let mut bytes = [0; 4];
        for (byte, (_, ch)) in bytes.iter_mut().zip(chars.get(..length)?) {
            *byte = self.byte(*ch)?;
        }
        let was = std::str::from_utf8(&bytes[..length]).ok()?.chars().next()?;
        let rest = &chars[1..length];
        let looks_natural = |set: &[char]| rest.iter().all(|(_, ch)| set.contains(ch));
        let certain = match length {
            2 => matches!(lead, 0xC2 | 0xC3) && !looks_natural(self.natural),
            3 => !looks_natural(NATURAL),
            _ => true,
        };
        is_plausible(was).then_some((was, length, certain))
    }
}

/// Whether this character is likely to have been in the text.
fn is_plausible(ch: char) -> bool {
    matches!(u32::from(ch),
        0xA0..=0x5FF        // letters and signs of Europe and the Middle East
        | 0xE00..=0xE7F     // Thai
        | 0x1E00..=0x1EFF   // Vietnamese
        | 0x2000..=0x2BFF   // punctuation, arrows, mathematics, boxes, dingbats
        | 0x3000..=0x30FF | 0x3400..=0x9FFF | 0xAC00..=0xD7AF | 0xFF00..=0xFFEF // East Asia
        | 0xFE00..=0xFE0F   // variation selectors of emoji
        | 0x1F000..=0x1FAFF // emoji
        | 0xE0020..=0xE007F // flags
        | 0x20000..=0x2FFFF)
}

/// The damaged runs of `text`, in order. Those within `code` (sorted, disjoint) count only if there
/// is damage elsewhere: a document about encodings shows such text on purpose.
pub(crate) fn mangled(text: &str, code: &[Span]) -> Vec<Mangled> {
    let both = [&*MAC_ROMAN, &*WINDOWS];
    let mut found: [Vec<Found>; 2] = [Vec::new(), Vec::new()];
    let mut chars: Vec<(usize, char)> = Vec::new();
    for run in beyond_ascii(text) {
        // A damaged character had at least two bytes, and is now at least two characters.
        if run.of(text).chars().nth(1).is_none() {
            continue;
        }
        chars.clear();
        chars.extend(run.of(text).char_indices().map(|(at, ch)| (run.start + at, ch)));
        for (encoding, found) in both.iter().zip(&mut found) {
            read(encoding, &chars, run, found);
        }
    }
    let is_certain = |found: &&Found| found.certain && !anchor::within(code, found.mangled.span.start);
    let damage = |found: &[Found]| -> usize {
        let certain = found.iter().filter(is_certain).map(|found| found.mangled.span);
        certain.map(|span| span.end - span.start).sum()
    };
    let [mac, windows] = [damage(&found[0]), damage(&found[1])];
    if mac + windows == 0 {
        return Vec::new();
    }
    let [by_mac, by_windows] = found;
    if mac >= windows {
        merged(by_mac, by_windows)
    } else {
        merged(by_windows, by_mac)
    }
}

/// All damage in the `main` encoding and, in runs without any, certain damage in the other one:
/// some files are damaged twice.
fn merged(main: Vec<Found>, other: Vec<Found>) -> Vec<Mangled> {
    let mut out = Vec::with_capacity(main.len());
    let mut other = other.into_iter().peekable();
    for found in main {
        while let Some(before) = other.next_if(|other| other.run < found.run) {
            out.extend(before.certain.then_some(before.mangled));
        }
        while other.next_if(|other| other.run == found.run).is_some() {}
        out.push(found.mangled);
    }
    out.extend(other.filter(|other| other.certain).map(|other| other.mangled));
    out
}

struct Found {
    mangled: Mangled,
    /// The start of the run that contains it.
    run: usize,
    certain: bool,
}

/// The runs of non-ASCII characters.
fn beyond_ascii(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = next_beyond_ascii(text.as_bytes(), at)?;
        let length = text.as_bytes()[start..].iter().position(u8::is_ascii);
        let end = length.map_or(text.len(), |length| start + length);
        at = end;
        Some(Span::new(start, end))
    })
}

/// The first non-ASCII byte from `at` on. Most text is ASCII, so it is scanned in blocks of 32
/// bytes.
fn next_beyond_ascii(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = &bytes[at..];
    let sound = rest.chunks_exact(32).take_while(|chunk| chunk.is_ascii()).count() * 32;
    let place = rest[sound..].iter().position(|byte| !byte.is_ascii())?;
    Some(at + sound + place)
}

/// Finds the damaged parts of a run with these characters.
fn read(encoding: &Encoding, chars: &[(usize, char)], run: Span, out: &mut Vec<Found>) {
    /// This many adjacent damaged characters cannot be a coincidence.
    const CERTAIN: usize = 3;
    let mut at = 0;
    while at < chars.len() {
        let (from, mut was, mut certain) = (at, String::new(), false);
        while let Some((ch, length, sure)) = encoding.decode(&chars[at..]) {
            was.push(ch);
            certain |= sure;
            at += length;
        }
        if was.is_empty() {
            at += 1;
            continue;
        }
        let to = chars.get(at).map_or(run.end, |(byte, _)| *byte);
        out.push(Found {
            certain: certain || was.chars().count() >= CERTAIN,
            run: run.start,
            mangled: Mangled {
                span: Span::new(chars[from].0, to),
                text: was,
                read_as: encoding.name,
            },
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_as(encoding: &Encoding, text: &str) -> String {
        let char = |byte: u8| {
            let found = encoding.bytes.iter().find(|(_, upper)| **upper == byte);
            found.map_or(char::from(byte), |(ch, _)| *ch)
        };
        text.bytes().map(char).collect()
    }

    #[test]
    fn each_byte_has_a_character_of_its_own() {
        for encoding in [&*MAC_ROMAN, &*WINDOWS] {
            assert_eq!(encoding.bytes.len(), 128, "{}", encoding.name);
            assert_eq!(encoding.byte('a'), None);
        }
    }

    #[test]
    fn what_was_damaged_is_found_and_mended() {
        for text in [
            "## 📋 Table of Contents",
            "⚡ 🏗️ → “quoted” – it’s 25 % × 2 • naïve café",
            "Привет, мир",
            "👩‍💻 🇳🇬 ✅",
        ] {
            for encoding in [&*MAC_ROMAN, &*WINDOWS] {
                let damaged = read_as(encoding, text);
                let mut mended = damaged.clone();
                for run in mangled(&damaged, &[]).iter().rev() {
                    assert_eq!(run.read_as, encoding.name, "{text}");
                    mended.replace_range(run.span.start..run.span.end, &run.text);
                }
                assert_eq!(mended, text);
                assert_eq!(mangled(&mended, &[]), [], "{text}");
            }
        }
    }

    #[test]
    fn sound_text_is_left_alone() {
        for text in [
            "« CAFÉ » : voilà\u{a0}; à\u{a0}« Noël », ÉTÉ… L’ÎLE – “ÔÔ”",
            "“CHÂ” và XÃ” — Nguyễn Văn Ẩn, ĐỒNG Ý, Ãnh",
            "NÃO» SÃ™ «Â» Ã…",
            "√π ≈ 1.77, ¬Ω, √∞; 5 µs ± 2",
            "[ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞß] àáâãäåæçèéêëìíîï",
            "Ärger über „Öl“, ÄÖÜ, Ÿ, Œuvre; paral·lel",
            "日本語 한국어 Привет 📋 → ✅",
        ] {
            assert_eq!(mangled(text, &[]), [], "{text}");
        }
    }

    #[test]
    fn code_that_shows_damage_is_no_damage() {
        let text = "The bytes show as `Ã©` there";
        let code = [Span::new(18, 23)];
        assert_eq!(mangled(text, &code), []);
        let text = "the cafÃ© `Ã©`";
        assert_eq!(mangled(text, &[Span::new(10, 16)]).len(), 2);
    }
}
