//! The numbers of documents and decisions: `ADR-0012`, `0012-queue.md`, `12. Use a queue`, `D-07`.

use std::collections::BTreeMap;

use crate::model::{Chapter, Item};
use crate::parse::vocabulary::Vocabulary;
use crate::source::folder;

/// The longest name of a series: `ADR`, `RFC`, `design`.
const LONGEST_SERIES: usize = 6;

/// The number of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) number: u64,
    /// The names under which the number is known, in lower case; none for `0012-queue.md`.
    pub(crate) series: Vec<String>,
    /// Whether the name of the file begins with it: then every series may mean it.
    pub(crate) names_file: bool,
}

/// The number of a document, from the name of its file, else from its title.
pub(super) fn of_document(chapter: &Chapter, vocabulary: &Vocabulary<'_>) -> Option<Number> {
    let title = chapter.document.as_ref()?.title.value.trim();
    let path = chapter.file.as_deref().unwrap_or(&chapter.path);
    let name = path.rsplit('/').next().unwrap_or(path);
    let name = name.strip_suffix(".md").unwrap_or(name);
    // `Phase 2 of the move` and `Plan 2026` have none; `ADR 2 Use a queue` and `Phase 2: the move` have.
    let is_year = |number: u64| (1900..2100).contains(&number);
    let is_number =
        |(series, number): &(String, u64)| vocabulary.is_kind(series) || is_set_off(title) && !is_year(*number);
    let in_title = numbered(title)
        .filter(is_number)
        .or_else(|| leading(title).map(|number| (String::new(), number)));
    let in_name = leading(name)
        .map(|number| (String::new(), number))
        .or_else(|| numbered(name).filter(|(series, _)| vocabulary.is_kind(series)));
    let (series, number) = in_name.or_else(|| in_title.clone())?;
    // The folder `adrs` says what its numbers count.
    let folder = folder(path).rsplit('/').next().unwrap_or_default().to_lowercase();
    let folder = folder.strip_suffix('s').unwrap_or(&folder);
    let titled = in_title
        .filter(|(_, titled)| *titled == number)
        .map(|(series, _)| series);
    let mut all: Vec<String> = [series, titled.unwrap_or_default()].to_vec();
    if vocabulary.is_kind(folder) {
        all.push(folder.to_owned());
    }
    all.retain(|series| !series.is_empty());
    all.sort_unstable();
    all.dedup();
    let names_file = all.is_empty() && leading(name).is_some();
    Some(Number {
        number,
        series: all,
        names_file,
    })
}

/// The groups of documents that have the same number in the same folder, and of decisions that have
/// the same label in the same document. Translations of a document share its number.
pub(super) fn shared(chapters: &[Chapter], numbers: &[Option<Number>]) -> Vec<Vec<Item>> {
    let mut out = Vec::new();
    let mut documents: BTreeMap<(&str, u64, &str), Vec<Item>> = BTreeMap::new();
    for (index, number) in numbers.iter().enumerate() {
        // Templates have the number 0, too.
        let Some(number) = number.as_ref().filter(|number| number.number > 0) else {
            continue;
        };
        let series = number.series.first().map_or("", String::as_str);
        let folder = folder(&chapters[index].path);
        let same = documents.entry((folder, number.number, series)).or_default();
        same.push(Item::document(index));
    }
    for mut same in documents.into_values() {
        same.dedup_by_key(|item| before_dot(&chapters[item.chapter]));
        out.push(same);
    }
    for (chapter, facts) in chapters.iter().enumerate() {
        let decisions = facts.document.iter().flat_map(|document| &document.decisions);
        let mut labels: BTreeMap<String, Vec<Item>> = BTreeMap::new();
        for (index, decision) in decisions.enumerate() {
            if let Some(label) = decision.label.as_deref().and_then(label) {
                let decision = Some(index);
                labels.entry(label).or_default().push(Item { chapter, decision });
            }
        }
        out.extend(labels.into_values());
    }
    out.retain(|same| same.len() > 1);
    out.sort_unstable();
    out
}

/// The name of a chapter's file up to the first dot: `0012-queue` for `0012-queue.de.md`.
pub(super) fn before_dot(chapter: &Chapter) -> &str {
    let path = chapter.file.as_deref().unwrap_or(&chapter.path);
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').next().unwrap_or(name)
}

/// The series and number that a text states: `ADR-0123`, or if it `may_be_bare`, also `0123`, for
/// which the series is empty.
pub(super) fn stated(text: &str, may_be_bare: bool) -> Option<(String, u64)> {
    let text = text.trim().trim_start_matches(['[', '(', '#']);
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // `0005` is certainly no amount.
    let is_bare = is_number && (may_be_bare || text.len() > 2 && text.starts_with('0'));
    if is_bare {
        return Some((String::new(), text.parse().ok()?));
    }
    numbered(text)
}

/// `ADR-0123` is 123 of `adr`; so is `adr 123`. None for other words.
fn numbered(text: &str) -> Option<(String, u64)> {
    let letters = text.find(|ch: char| !ch.is_alphabetic())?;
    let rest = text[letters..].trim_start_matches(['-', ' ', '#', '_', ':']);
    let digits = rest.find(|ch: char| !ch.is_ascii_digit()).unwrap_or(rest.len());
    let next = rest[digits..].chars().next();
    let ends = next.is_none_or(|ch| !ch.is_alphanumeric() && ch != '.');
    let number = rest[..digits].parse().ok()?;
    let is_series = letters > 0 && text[..letters].chars().count() <= LONGEST_SERIES;
    (ends && is_series).then(|| (text[..letters].to_lowercase(), number))
}

/// The number at the start of a file's name or of a title: `0012-queue`, `12. Use a queue`.
fn leading(text: &str) -> Option<u64> {
    let digits = text.find(|ch: char| !ch.is_ascii_digit()).unwrap_or(text.len());
    let is_end = text[digits..]
        .chars()
        .next()
        .is_none_or(|ch| matches!(ch, '-' | '_' | '.' | ':' | ')'));
    // `1.1-queue` is a number of another kind, and a date is none: `2026-03-01-queue`.
    let is_end = is_end
        && !text[digits..]
            .strip_prefix('.')
            .is_some_and(|rest| rest.starts_with(|ch: char| ch.is_ascii_digit()));
    let is_date = text[digits..].strip_prefix('-').and_then(leading).is_some() && digits == 4;
    let number = text[..digits].parse().ok()?;
    (is_end && !is_date).then_some(number)
}

/// A title without the number before it.
pub(super) fn without(title: &str) -> &str {
    if numbered(title).is_none() && leading(title).is_none() || !is_set_off(title) {
        return title;
    }
    behind_number(title).trim_start_matches(['.', ':', ')', '-', '—', '–', ' '])
}

/// Whether a sign, and not another word, follows the first number in a title.
fn is_set_off(title: &str) -> bool {
    let next = behind_number(title).trim_start().chars().next();
    next.is_none_or(|next| !next.is_alphanumeric())
}

fn behind_number(title: &str) -> &str {
    let digits = title.find(|ch: char| ch.is_ascii_digit()).unwrap_or(title.len());
    title[digits..].trim_start_matches(|ch: char| ch.is_ascii_digit())
}

/// The label of a decision in the form in which labels are compared: `d7` for `D-07`. None without
/// letters and a number: the rows of many lists are numbered from 1.
pub(super) fn label(text: &str) -> Option<String> {
    let kept = text
        .chars()
        .filter(|ch| ch.is_alphanumeric())
        .flat_map(char::to_lowercase);
    let kept: String = kept.collect();
    let letters = kept.trim_end_matches(|ch: char| ch.is_ascii_digit());
    let number: u64 = kept[letters.len()..].parse().ok()?;
    (!letters.is_empty()).then(|| format!("{letters}{number}"))
}

/// The letters of a label.
pub(super) fn series(label: &str) -> &str {
    label.trim_end_matches(|ch: char| ch.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_stated_with_a_series_or_bare() {
        let of = |text: &str| stated(text, true);
        let named = |series: &str, number| Some((series.to_owned(), number));
        assert_eq!(of("ADR-0123"), named("adr", 123));
        assert_eq!(of("adr 12 (the queue)"), named("adr", 12));
        assert_eq!(of("0005"), named("", 5));
        assert_eq!(stated("0005", false), named("", 5));
        assert_eq!(stated("5", false), None);
        for text in [
            "", "Carts", "a long phrase 12", "ADR-2.1", "12 apples", "99999999999999999999999",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn titles_lose_their_numbers() {
        for (title, bare) in [
            ("ADR-0007: Choose b", "Choose b"),
            ("7. Choose b", "Choose b"),
            ("RFC 12 — Choose b", "Choose b"),
            ("Choose b 2", "Choose b 2"),
            ("Phase 2 of the move", "Phase 2 of the move"),
        ] {
            assert_eq!(without(title), bare);
        }
    }

    #[test]
    fn labels_are_compared_without_signs_and_zeros() {
        assert_eq!(label("D-07").as_deref(), Some("d7"));
        assert_eq!(label("D 7").as_deref(), Some("d7"));
        assert_eq!(label("7"), None);
        assert_eq!(label("D"), None);
    }

    #[test]
    fn dates_are_no_numbers() {
        assert_eq!(leading("2026-03-01-queue"), None);
        assert_eq!(leading("0012-queue"), Some(12));
        assert_eq!(leading("12 apples"), None);
    }
}
