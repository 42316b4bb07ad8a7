//! Fingerprints, which identify a finding even after the text around it has changed.

use std::collections::HashMap;

use super::{Entry, Site};
use crate::source::floor_char_boundary;

/// A finding's identity: its lint, its file and the text of its line without white space. It
/// contains neither the line number nor the message, which may count days.
pub fn fingerprint(entry: &Entry<'_>) -> String {
    let site = &entry.site;
    let mut hash = Fnv::default();
    hash.part(entry.lint.unwrap_or_default());
    hash.part(site.file);
    for word in line(site).split_whitespace() {
        hash.part(word);
    }
    format!("{:016x}", hash.0)
}

/// The fingerprints of `entries`; a number after each distinguishes equal ones.
pub fn numbered(entries: &[Entry<'_>]) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let number = |entry| {
        let print = fingerprint(entry);
        let count = seen.entry(print.clone()).or_default();
        *count += 1;
        format!("{print}:{count}")
    };
    entries.iter().map(number).collect()
}

/// The line on which the place begins.
fn line<'a>(site: &Site<'a>) -> &'a str {
    let at = floor_char_boundary(site.text, site.span.start);
    let start = site.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    site.text[start..].lines().next().unwrap_or_default()
}

/// FNV-1a with 64 bits: the hashes are written to files, so they must not change with a library's
/// version, as those of `std` may.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    /// Adds a part and a terminator, so that `ab c` differs from `a bc`.
    fn part(&mut self, text: &str) {
        for byte in text.bytes().chain([0]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Level;
    use crate::source::Span;

    fn entry<'a>(text: &'a str, marked: &str) -> Entry<'a> {
        let start = text.find(marked).unwrap();
        Entry {
            level: Level::Warn,
            lint: Some("overdue-question"),
            message: "it is overdue",
            label: None,
            help: None,
            fix: None,
            site: Site {
                path: "src/a.md".into(),
                file: "a.md",
                at: Some((1, 1)),
                end: None,
                certain: true,
                text,
                span: Span::new(start, start + marked.len()),
            },
        }
    }

    #[test]
    fn moved_and_indented_lines_keep_theirs() {
        let print = |text: &str| fingerprint(&entry(text, "DUE"));
        assert_eq!(print("- q: DUE\n"), print("new\n\n  - q:  DUE\r\nlast"));
        assert_ne!(print("- q: DUE\n"), print("- r: DUE\n"));
        assert_eq!(
            print("- q: DUE\n"),
            "cad6c8a0e1a630f4",
            "it stands in people's baselines"
        );
    }

    #[test]
    fn what_is_alike_is_numbered() {
        let one = entry("x DUE\n", "DUE");
        let [first, second] = numbered(&[one.clone(), one]).try_into().unwrap();
        assert_eq!(first.strip_suffix(":1"), second.strip_suffix(":2"));
    }
}
