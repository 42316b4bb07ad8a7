//! Reads the data files of words into lists.

pub(crate) mod written;

/// A word in a data file: its section, its meaning, and where it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry<'t> {
    /// `question`, `word`, `heading`.
    pub(crate) section: &'t str,
    /// `owner`, `settled`.
    pub(crate) concept: &'t str,
    /// `label`, `column`, or empty if it counts as both.
    pub(crate) place: &'t str,
    /// One word or phrase, folded.
    pub(crate) word: &'t str,
}

/// The English words, which are always read.
pub(crate) const ENGLISH: &str = include_str!("en.txt");

/// The data file of each additional language, by its code.
pub(crate) const LANGUAGES: &[(&str, &str)] = &[
    ("de", include_str!("de.txt")),
    ("fr", include_str!("fr.txt")),
    ("es", include_str!("es.txt")),
    ("pt", include_str!("pt.txt")),
    ("ja", include_str!("ja.txt")),
    ("zh", include_str!("zh.txt")),
];

/// The section of the words that commands write.
const WRITTEN: &str = "written";

/// The words of a data file that are read, in order.
pub(crate) fn entries(file: &str) -> Vec<Entry<'_>> {
    let mut out = all_entries(file);
    out.retain(|entry| entry.section != WRITTEN);
    out
}

/// Every word of a data file, in order. A phrase may span two lines.
fn all_entries(file: &str) -> Vec<Entry<'_>> {
    let mut out = Vec::new();
    let (mut section, mut concept, mut place) = ("", "", "");
    for line in file.lines() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = name;
            continue;
        }
        let mut words = line;
        if !line.starts_with(' ')
            && let Some((head, rest)) = line.split_once('=')
        {
            let head = head.trim();
            (concept, place) = match head.strip_suffix(')').and_then(|head| head.split_once(" (")) {
                Some((concept, place)) => (concept, place),
                None => (head, ""),
            };
            words = rest;
        }
        let words = words.split([',', '、']).map(str::trim).filter(|word| !word.is_empty());
        out.extend(words.map(|word| Entry {
            section,
            concept,
            place,
            word,
        }));
    }
    out
}
