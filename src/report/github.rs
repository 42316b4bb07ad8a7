//! Diagnostics as workflow commands of GitHub Actions, which become annotations on the lines.

use std::cmp::Reverse;
use std::fmt::Write as _;

use super::Entry;
use super::human::counted;
use super::run::{Run, full_message, severity};
use crate::diagnostic::{Level, is_harmful};
use crate::lint::rank;

/// GitHub shows as many errors and as many warnings of a step.
const SHOWN: usize = 10;

/// The commands, one per line, the most urgent first, since GitHub shows only the first ones.
pub fn github(run: &Run<'_>) -> String {
    let mut out = String::new();
    for what in run.unread {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "::error title=mdbook-design-docs::{}", data(what));
    }
    let mut entries: Vec<&Entry<'_>> = run.entries.iter().collect();
    entries.sort_by_key(|entry| (Reverse(entry.level), entry.lint.map(rank)));
    out.extend(entries.iter().map(|entry| command(entry)));
    let errors = entries.iter().filter(|entry| entry.level == Level::Deny).count();
    let (errors, warnings) = (errors + run.unread.len(), entries.len() - errors);
    if errors > SHOWN || warnings > SHOWN {
        let counts = [counted(errors, "error"), counted(warnings, "warning")];
        let counts: Vec<String> = counts.into_iter().flatten().collect();
        let _ = writeln!(
            out,
            "::notice title=mdbook-design-docs::{}; GitHub shows {SHOWN} of each, the most urgent first; \
             the log of this step has all of them",
            counts.join(" and ")
        );
    }
    out
}

fn command(entry: &Entry<'_>) -> String {
    let site = &entry.site;
    let mut out = format!("::{} file={}", severity(entry.level), property(&site.path));
    if let Some((line, column)) = site.at {
        let _ = write!(out, ",line={line}");
        match site.end {
            // GitHub accepts columns only if the place is within one line.
            Some((end_line, end)) if end_line == line => {
                let _ = write!(out, ",col={column},endLine={line},endColumn={end}");
            }
            Some((end_line, _)) => {
                let _ = write!(out, ",endLine={end_line}");
            }
            None => {
                let _ = write!(out, ",col={column}");
            }
        }
    }
    let title = entry.lint.unwrap_or("mdbook-design-docs");
    let _ = writeln!(out, ",title={}::{}", property(title), data(&full_message(entry)));
    out
}

/// A remark that is neither an error nor a warning.
#[derive(Debug, Clone, Copy)]
pub struct Notice<'a> {
    /// The title of the annotation.
    pub title: &'a str,
    /// The path of the file from the top of the repository; None if it is about no file.
    pub path: Option<&'a str>,
    /// The line in it.
    pub line: Option<usize>,
    /// The remark.
    pub message: &'a str,
}

/// The command for a remark, on one line.
pub fn notice(notice: &Notice<'_>) -> String {
    let mut out = "::notice ".to_owned();
    if let Some(path) = notice.path {
        let _ = write!(out, "file={},", property(path));
        if let Some(line) = notice.line {
            let _ = write!(out, "line={line},");
        }
    }
    let _ = writeln!(out, "title={}::{}", property(notice.title), data(notice.message));
    out
}

/// Text after the `::`, in which a line end would end the command.
fn data(text: &str) -> String {
    escaped(text, &['%', '\r', '\n'])
}

/// The value of a property, which also ends at `,` and `:`.
fn property(text: &str) -> String {
    escaped(text, &['%', '\r', '\n', ':', ','])
}

fn escaped(text: &str, which: &[char]) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if which.contains(&c) => {
                let _ = write!(out, "%{:02X}", u32::from(c));
            }
            // Logs are also shown on terminals.
            c if is_harmful(c) && c != '\n' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Site;
    use crate::source::Span;
    use jiff::civil::Date;

    fn entry() -> Entry<'static> {
        Entry {
            level: Level::Warn,
            lint: Some("overdue-question"),
            message: "100% of it: \"a, b\"",
            label: None,
            help: Some("one\r\ntwo\u{1b}"),
            fix: None,
            site: Site {
                path: "docs/src/a,b:c%.md".into(),
                file: "a,b:c%.md",
                at: Some((3, 5)),
                end: Some((3, 9)),
                certain: true,
                text: "",
                span: Span::at(0),
            },
        }
    }

    #[test]
    fn what_would_end_a_command_or_a_property_is_escaped() {
        assert_eq!(
            command(&entry()),
            "::warning file=docs/src/a%2Cb%3Ac%25.md,line=3,col=5,endLine=3,endColumn=9,title=overdue-question\
             ::100%25 of it: \"a, b\"%0Ahelp: one%0D%0Atwo\u{fffd}\n"
        );
    }

    #[test]
    fn the_most_urgent_come_first_and_the_last_line_counts() {
        let of = |lint, level| Entry {
            lint: Some(lint),
            level,
            ..entry()
        };
        let mut entries: Vec<_> = (0..11).map(|_| of("broken-anchor", Level::Warn)).collect();
        entries.push(of("overdue-question", Level::Warn));
        entries.push(of("invalid-date", Level::Deny));
        let out = |entries: &[Entry<'_>]| {
            github(&Run {
                as_of: Date::default(),
                book: ".",
                documents: 1,
                known: 0,
                entries,
                unread: &["no file".to_owned()],
            })
        };
        let text = out(&entries);
        let titles: Vec<&str> = text
            .lines()
            .filter_map(|line| Some(line.split_once("title=")?.1.split_once("::")?.0))
            .collect();
        assert_eq!(titles[..3], ["mdbook-design-docs", "invalid-date", "overdue-question"]);
        let last = text.lines().last().unwrap();
        assert!(
            last.starts_with("::notice title=mdbook-design-docs::2 errors and 12 warnings; GitHub shows 10 of each"),
            "{last}"
        );
        assert!(!out(&entries[..10]).contains("::notice"));
    }

    #[test]
    fn columns_are_given_only_within_a_line() {
        let mut entry = entry();
        entry.level = Level::Deny;
        entry.site.end = Some((7, 1));
        let out = command(&entry);
        assert!(out.starts_with("::error file="), "{out}");
        assert!(out.contains("md,line=3,endLine=7,title="), "{out}");
        entry.site.end = None;
        assert!(command(&entry).contains(",line=3,col=5,title="));
    }
}
