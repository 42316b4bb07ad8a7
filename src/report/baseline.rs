//! Baselines: known findings, which are not reported again.
//!
//! The file is TOML with one line for each finding, sorted, so that branches that fix different
//! findings merge without conflicts.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;
use toml_edit::Key;

use super::Entry;
use super::fingerprint::fingerprint;
use crate::source::line_column;

/// The number of known findings, by file, lint and fingerprint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    counts: BTreeMap<Known, usize>,
}

type Known = (String, String, String);

/// An error in a baseline file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub what: String,
}

/// The result of comparing findings with a baseline.
#[derive(Debug)]
pub struct Sifted<'a> {
    /// The findings that are not in the baseline.
    pub new: Vec<Entry<'a>>,
    /// The number of findings in the baseline that still exist.
    pub known: usize,
    /// The number of findings in the baseline that are fixed.
    pub fixed: usize,
    /// The baseline without the fixed findings.
    pub pruned: Baseline,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    #[serde(default)]
    findings: BTreeMap<String, BTreeMap<String, BTreeMap<String, usize>>>,
}

const VERSION: u32 = 1;

const HEAD: &str = "\
# Findings that `mdbook-design-docs check --baseline` does not report again, each with how
# often it is there. `--write-baseline` writes this file.
";

impl Baseline {
    /// Reads a file's text.
    ///
    /// # Errors
    /// If it is not a baseline, or has been damaged.
    pub fn read(text: &str) -> Result<Self, Mistake> {
        let file: File = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            mistake(text, at, error.message())
        })?;
        if file.version != VERSION {
            let at = text.find("version").unwrap_or_default();
            let what = format!("version {} is not known, only {VERSION}", file.version);
            return Err(mistake(text, at, &what));
        }
        let mut counts = BTreeMap::new();
        for (path, lints) in file.findings {
            for (lint, prints) in lints {
                for (print, count) in prints {
                    counts.insert((path.clone(), lint.clone(), print), count);
                }
            }
        }
        Ok(Self { counts })
    }

    /// The baseline of all `entries`.
    pub fn of(entries: &[Entry<'_>]) -> Self {
        let mut counts = BTreeMap::new();
        for entry in entries {
            *counts.entry(key(entry)).or_default() += 1;
        }
        Self { counts }
    }

    /// Separates new findings from known ones.
    pub fn sift<'a>(&self, entries: Vec<Entry<'a>>) -> Sifted<'a> {
        let mut left = self.counts.clone();
        let mut pruned = Self::default();
        let mut new = Vec::new();
        for entry in entries {
            let key = key(&entry);
            match left.get_mut(&key) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    *pruned.counts.entry(key).or_default() += 1;
                }
                _ => new.push(entry),
            }
        }
        Sifted {
            new,
            known: pruned.len(),
            fixed: left.values().sum(),
            pruned,
        }
    }

    /// The number of findings in it.
    pub fn len(&self) -> usize {
        self.counts.values().sum()
    }

    /// Whether it has no findings.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The file's text.
    pub fn text(&self) -> String {
        let mut out = format!("{HEAD}version = {VERSION}\n");
        let mut open = None;
        for ((path, lint, print), count) in &self.counts {
            // Writing to a string cannot fail.
            if open != Some(path) {
                let _ = write!(out, "\n[findings.{}]\n", Key::new(path));
                open = Some(path);
            }
            let _ = writeln!(out, "{}.{} = {count}", Key::new(lint), Key::new(print));
        }
        out
    }
}

fn key(entry: &Entry<'_>) -> Known {
    let lint = entry.lint.unwrap_or_default().to_owned();
    (entry.site.file.to_owned(), lint, fingerprint(entry))
}

fn mistake(text: &str, at: usize, what: &str) -> Mistake {
    let (line, column) = line_column(text, at);
    Mistake {
        line,
        column,
        what: what.replace('\n', ", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Level;
    use crate::report::Site;
    use crate::source::Span;

    fn entry<'a>(file: &'a str, text: &'a str) -> Entry<'a> {
        Entry {
            level: Level::Warn,
            lint: Some("overdue-question"),
            message: "it is overdue",
            label: None,
            help: None,
            fix: None,
            site: Site {
                path: format!("src/{file}"),
                file,
                at: Some((1, 1)),
                end: None,
                certain: true,
                text,
                span: Span::at(0),
            },
        }
    }

    #[test]
    fn a_file_says_what_was_written_into_it() {
        let strange = "a \"b\"\\\u{7f}\t#.md";
        let all = [entry("b.md", "x"), entry(strange, "x"), entry("b.md", "x")];
        let baseline = Baseline::of(&all);
        assert_eq!(Baseline::read(&baseline.text()), Ok(baseline.clone()));
        assert_eq!(baseline.len(), 3);
        let text = Baseline::of(&all[..1]).text();
        let expected = "\nversion = 1\n\n[findings.\"b.md\"]\noverdue-question.";
        assert!(text.contains(expected), "{text}");
        assert!(Baseline::read(&Baseline::default().text()).unwrap().is_empty());
    }

    #[test]
    fn only_what_is_new_is_left() {
        let old = Baseline::of(&[entry("a.md", "x"), entry("a.md", "x"), entry("b.md", "y")]);
        let sifted = old.sift(vec![entry("a.md", " x "), entry("a.md", "z")]);
        assert_eq!(sifted.new.len(), 1);
        assert_eq!(sifted.new[0].site.text, "z");
        assert_eq!((sifted.known, sifted.fixed), (1, 2));
        assert_eq!(sifted.pruned, Baseline::of(&[entry("a.md", "x")]));
        let more = old.sift(vec![entry("b.md", "y"), entry("b.md", "y")]);
        assert_eq!(more.new.len(), 1, "a second one of the same is new");
    }

    #[test]
    fn damage_has_a_place() {
        let text = Baseline::of(&[entry("b.md", "x")]).text();
        let at = |text: &str| Baseline::read(text).map_err(|mistake| (mistake.line, mistake.column));
        assert_eq!(at(&text.replace("= 1\n\n", "= 2\n\n")), Err((3, 1)));
        assert_eq!(at(&format!("{text}<<<<<<< HEAD\n")).unwrap_err().0, 7);
        assert!(at("").is_err());
        assert_eq!(at(&text.replace("] \n", "")).err(), None);
        let last = text.trim_end().rfind("= 1").unwrap();
        let minus = format!("{}= -1\n", &text[..last]);
        assert_eq!(at(&minus).unwrap_err().0, 6);
    }
}
