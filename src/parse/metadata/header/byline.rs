//! Author and date without labels, as in the first lines of an article.

use crate::model::When;
use crate::parse::markdown::inline::{Run, cut, lines, trim, words};
use crate::parse::values::date::when;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Key;

/// A fact of a byline: the label to show, its meaning, and the value.
type Fact<'a> = ((&'static str, Key), Vec<Run<'a>>);

/// The facts of a first paragraph, if it is a byline.
pub(crate) fn read<'a>(paragraph: &[Run<'a>], vocabulary: &Vocabulary<'_>) -> Vec<Fact<'a>> {
    let lines: Vec<Vec<Run<'a>>> = lines(paragraph).map(trim).collect();
    match lines.as_slice() {
        [names @ .., date]
            if (1..=3).contains(&names.len())
                && is_date(&words(date), vocabulary)
                && names.iter().all(|line| is_name(&words(line))) =>
        {
            let mut out: Vec<_> = names
                .iter()
                .map(|name| (("Author", Key::Author), name.clone()))
                .collect();
            out.push((("Date", Key::Created), date.clone()));
            out
        }
        [line] => sentence(line, vocabulary).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// `Created 2026-01-02 by Ada Obi.`
fn sentence<'a>(line: &[Run<'a>], vocabulary: &Vocabulary<'_>) -> Option<Vec<Fact<'a>>> {
    let [run] = line else { return None };
    let (verb, rest) = run.text.split_once(' ')?;
    let key = match verb.to_lowercase().as_str() {
        "created" | "written" | "drafted" | "authored" | "proposed" | "started" => ("Created", Key::Created),
        "updated" => ("Updated", Key::Updated),
        _ => return None,
    };
    let (date, name) = rest.split_once(" by ")?;
    let name = name.trim_end_matches('.');
    if !is_date(date.trim_start_matches("on "), vocabulary) || !is_name(name) {
        return None;
    }
    let part = |text: &str| {
        let at = text.as_ptr() as usize - run.text.as_ptr() as usize;
        vec![cut(run, at, at + text.len())]
    };
    Some(vec![(key, part(date)), (("Author", Key::Author), part(name))])
}

fn is_date(text: &str, vocabulary: &Vocabulary<'_>) -> bool {
    text.len() <= 24 && matches!(when(text, vocabulary), When::Day(_))
}

/// Whether the text is two to four words that begin as names do.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=4).contains(&words.len())
        && words.iter().all(|word| {
            word.starts_with(char::is_uppercase)
                && !word.contains(|ch: char| ch.is_ascii_digit() || ":;!?".contains(ch))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Dialect;
    use crate::parse::markdown::{inline, tree::Tree};

    fn facts(text: &str) -> Vec<(&'static str, String)> {
        let tree = Tree::parse(text, 0, Dialect::default());
        read(&inline::runs(&tree, 1, tree.nodes[0].end), &Vocabulary::english())
            .into_iter()
            .map(|(key, runs)| (key.0, words(&runs).into_owned()))
            .collect()
    }

    #[test]
    fn names_and_dates_without_labels() {
        assert_eq!(
            facts("Ada Obi\\\nAugust 27, 2018"),
            [("Author", "Ada Obi".into()), ("Date", "August 27, 2018".into())]
        );
        assert_eq!(
            facts("Created 2025-01-12 by Ada Obi."),
            [("Created", "2025-01-12".into()), ("Author", "Ada Obi".into())]
        );
        assert_eq!(facts("Created by hand and by machine."), []);
        assert_eq!(facts("This page was written\nin May 2018"), []);
    }
}
