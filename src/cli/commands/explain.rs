//! `explain`: prints a lint's documentation, or the list of all lints.

use std::io::Write;
use std::process::ExitCode;

use anstyle::Style;

use crate::cli::{Failure, Outcome, colour, levels};
use crate::lint::{Group, LINTS, Lint};
use crate::report::rule;

/// Prints the documentation of the lint `name`, or the list of all lints.
pub(crate) fn explain(name: Option<&str>) -> Outcome {
    let mut stdout = crate::cli::stdout();
    let bold = if colour(&stdout) {
        Style::new().bold()
    } else {
        Style::new()
    };
    let text = match name {
        Some(name) => page(levels::one(name)?, bold),
        None => list(bold),
    };
    stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
        .map_err(Failure::stdout)?;
    Ok(ExitCode::SUCCESS)
}

/// The lints by group: a group can be enabled or disabled as a whole.
fn list(bold: Style) -> String {
    let width = LINTS.iter().map(|lint| lint.name.len()).max().unwrap_or_default();
    let mut out = String::new();
    for group in Group::ALL {
        out += &format!("{bold}{}{bold:#}: {}\n", group.word(), group.text());
        for lint in LINTS.iter().filter(|lint| lint.group == group) {
            let (name, level, says) = (lint.name, lint.level.word(), rule::summary(lint));
            out += &format!("  {name:width$}  {level:5}  {says}\n");
        }
        out.push('\n');
    }
    out.pop();
    out
}

fn page(lint: &Lint, bold: Style) -> String {
    let (name, level, group) = (lint.name, lint.level.word(), lint.group.word());
    let mut out = format!("{bold}{name}{bold:#} ({level} by default, in the group {group})\n\n");
    out += &readable(lint.text, bold);
    out
}

/// Markdown for a terminal: headings without `#`, examples indented instead of fenced.
fn readable(markdown: &str, bold: Style) -> String {
    let mut out = String::new();
    let mut fence = None;
    for line in markdown.trim_end().lines() {
        let mark: String = line.chars().take_while(|&c| c == '`').collect();
        if fence.as_ref() == Some(&mark) {
            fence = None;
        } else if fence.is_some() {
            let indent = if line.is_empty() { "" } else { "    " };
            out += &format!("{indent}{line}\n");
        } else if mark.len() >= 3 {
            fence = Some(mark);
        } else if line.starts_with('#') {
            let title = line.trim_start_matches('#').trim();
            out += &format!("{bold}{title}{bold:#}\n");
        } else {
            out += &format!("{line}\n");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_readable_without_markdown() {
        let text = "It is late.\n\n## Why\n\nSo.\n\n````md\n## Q\n\n```toml\nx\n```\n````\n\nEnd `x`.\n";
        let expected = "It is late.\n\nWhy\n\nSo.\n\n    ## Q\n\n    ```toml\n    x\n    ```\n\nEnd `x`.\n";
        assert_eq!(readable(text, Style::new()), expected);
    }

    #[test]
    fn every_lint_has_a_line() {
        let list = list(Style::new());
        let lints = list.lines().filter(|line| line.starts_with("  "));
        assert_eq!(lints.count(), LINTS.len());
        let line = "  overdue-question           warn   An open question is past the day";
        assert!(list.contains(line), "{list}");
    }
}
