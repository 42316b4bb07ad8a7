//! Derives the ids of questions and decisions from their own words, so that they stay stable when
//! unrelated text changes.

use rustc_hash::FxHashMap;

/// Issues ids that are unique in one document.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    used: FxHashMap<String, usize>,
}

/// The maximum length in bytes of the words in an id.
const LONGEST: usize = 48;

impl Ids {
    /// Makes an id from the author's `label`, or else from `text`: `question-which-queue`. It
    /// differs from every id that is `taken`.
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
        // If two have the same words, the second gets a number.
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

/// The words of `text` up to a limit. A hash of the rest distinguishes texts with the same long
/// beginning.
fn shortened(text: &str) -> String {
    let slug = slug(text);
    let hash = hash(text) & 0xff_ffff;
    if slug.is_empty() {
        return format!("{hash:06x}");
    }
    if slug.len() <= LONGEST {
        return slug;
    }
    let end = (0..=LONGEST).rev().find(|end| slug.is_char_boundary(*end));
    let start = &slug[..end.unwrap_or_default()];
    let words = start.rfind('-').map_or(start, |end| &start[..end]);
    format!("{words}-{hash:06x}")
}

/// Lower-case words joined by hyphens. Letters of any script are kept.
pub(crate) fn slug(text: &str) -> String {
    crate::parse::markdown::fold::fold_joined(text, '-')
}

/// FNV-1a: ids must be the same on every machine and in every version, which the standard library's
/// hashers do not guarantee.
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
