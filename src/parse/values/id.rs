//! Ids for questions and decisions: from their own words, so that they stay when unrelated
//! text changes.

use std::collections::HashMap;

/// Hands out ids that are unique in one document.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    used: HashMap<String, usize>,
}

/// The most bytes of a text's own words in its id.
const LONGEST: usize = 48;

impl Ids {
    /// An id for what the author labelled `label`, else for `text`: `question-which-queue`; none
    /// that is `taken` by something else.
    pub(crate) fn make(
        &mut self,
        prefix: &str,
        label: Option<&str>,
        text: &str,
        taken: impl Fn(&str) -> bool,
    ) -> String {
        let own = label.map(slug).filter(|slug| !slug.is_empty());
        let own = own.unwrap_or_else(|| shortened(text));
        let base = [prefix, "-", &own].concat();
        // Two of the same words: the second is told from the first by its number.
        let count = self.used.entry(base.clone()).or_default();
        loop {
            *count += 1;
            let id = if *count == 1 {
                base.clone()
            } else {
                format!("{base}--{count}")
            };
            if !taken(&id) {
                return id;
            }
        }
    }
}

/// The words of `text` up to a limit; a hash of the rest keeps long beginnings apart.
fn shortened(text: &str) -> String {
    let mut out = slug(&text[..enough(text)]);
    if !out.is_empty() && out.len() <= LONGEST {
        return out;
    }
    if !out.is_empty() {
        let mut end = LONGEST;
        while !out.is_char_boundary(end) {
            end -= 1;
        }
        let cut = out[..end].rfind('-').unwrap_or(end);
        out.truncate(cut);
        out.push('-');
    }
    push_hex(hash(text) & 0xff_ffff, &mut out);
    out
}

/// Up to where a text of any length has to be read: with so many letters it is too long, whatever
/// follows.
fn enough(text: &str) -> usize {
    // As soon read as counted.
    if text.len() <= 4 * LONGEST {
        return text.len();
    }
    let mut letters = text.char_indices().filter(|(_, ch)| ch.is_alphanumeric());
    letters.nth(LONGEST).map_or(text.len(), |(at, ch)| at + ch.len_utf8())
}

/// Six digits.
fn push_hex(number: u32, out: &mut String) {
    for place in (0..6).rev() {
        out.extend(char::from_digit(number >> (4 * place) & 0xf, 16));
    }
}

/// Lower case words joined by hyphens; letters of any script are kept.
pub(crate) fn slug(text: &str) -> String {
    crate::parse::markdown::fold::fold_joined(text, '-')
}

/// FNV-1a: ids must be the same on every machine and in every version, which the standard
/// library's hashers do not promise.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_from_the_words() {
        let mut ids = Ids::default();
        let free = |_: &str| false;
        assert_eq!(ids.make("question", None, "Which queue?", free), "question-which-queue");
        assert_eq!(
            ids.make("question", None, "Which queue?", free),
            "question-which-queue--2"
        );
        assert_eq!(
            ids.make("question", Some("OQ-01"), "Which queue?", free),
            "question-oq-01"
        );
        let long = "Should the very long question about every retry in the payment pipeline be asked?";
        let id = ids.make("question", None, long, free);
        assert!(
            id.starts_with("question-should-the-very-long-question-about-every-") && id.len() < 70,
            "{id}"
        );
        let taken = |id: &str| id == "decision-use-a-queue";
        assert_eq!(
            ids.make("decision", None, "Use a queue", taken),
            "decision-use-a-queue--2"
        );
        assert_eq!(
            ids.make("decision", None, "Use a queue", taken),
            "decision-use-a-queue--3"
        );
    }
}
