//! The name of a document in the file of another one.

use crate::author::cell::folded;
use crate::model::{Document, DocumentKind};
use crate::source::{self, is_of_path, with_backslashes};

/// The number of names that are tried.
pub(super) const NAMES: usize = 2;

/// The name of the document at `path` in the file `from`. The best one is at 0; another one may be
/// needed if the title would be read as more than a name.
pub(super) fn name(document: &Document, from: &str, path: &str, is_yaml: bool, at: usize) -> Option<String> {
    let target = relative(from, path);
    let stem = source::stem(path.rsplit('/').next().unwrap_or(path));
    match (is_yaml, at) {
        (false, 0) => Some(link(&document.title.value, &target)),
        (false, 1) => Some(link(stem, &target)),
        (true, 0) => numbered(document, stem),
        // YAML gives these letters no other meaning.
        (true, 1) => Some(target).filter(|target| target.chars().all(is_of_path)),
        _ => None,
    }
}

/// `ADR-0007` for `0007-use-a-queue.md`, `RFC-12` for `rfc-12-search.md`.
fn numbered(document: &Document, stem: &str) -> Option<String> {
    let letters = stem.find(|ch: char| !ch.is_ascii_alphabetic()).unwrap_or(stem.len());
    let rest = stem[letters..].trim_start_matches(['-', '_']);
    let digits = rest.find(|ch: char| !ch.is_ascii_digit()).unwrap_or(rest.len());
    let series = match (letters, document.kind) {
        (0, DocumentKind::Adr) => "ADR".to_owned(),
        (0, _) => "RFC".to_owned(),
        _ => stem[..letters].to_uppercase(),
    };
    (digits > 0).then(|| format!("{series}-{}", &rest[..digits]))
}

/// A link with a title as its text.
pub(super) fn link(title: &str, target: &str) -> String {
    const MARKS: [char; 11] = ['\\', '`', '*', '_', '[', ']', '<', '&', '|', '~', '{'];
    let title = folded(title);
    let mut text = String::with_capacity(title.len());
    for letter in title.chars() {
        if MARKS.contains(&letter) {
            text.push('\\');
        }
        text.push(letter);
    }
    let is_plain = !target.contains([' ', '(', ')', '<', '>', '\\', '|']);
    match is_plain {
        true => format!("[{text}]({target})"),
        false => format!("[{text}](<{}>)", with_backslashes(target, &['<', '>', '|'])),
    }
}

/// The path of the file `to`, as a link in the file `from`.
pub(super) fn relative(from: &str, to: &str) -> String {
    let folders: Vec<&str> = source::folder(from)
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    let parts: Vec<&str> = to.split('/').collect();
    let shared = folders
        .iter()
        .zip(&parts[..parts.len() - 1])
        .take_while(|(one, other)| one == other)
        .count();
    let up = "../".repeat(folders.len() - shared);
    format!("{up}{}", parts[shared..].join("/"))
}
