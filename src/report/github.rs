//! Diagnostics as workflow commands of GitHub Actions, which become annotations on the lines.

use std::fmt::Write as _;

use super::Entry;
use super::run::{Run, full_message, severity};
use crate::diagnostic::is_harmful;

/// The commands, one per line.
pub fn github(run: &Run<'_>) -> String {
    let mut out: String = run.entries.iter().map(command).collect();
    for what in run.unread {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "::error title=mdbook-design-docs::{}", data(what));
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
    use crate::diagnostic::Level;
    use crate::report::Site;
    use crate::source::Span;

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
