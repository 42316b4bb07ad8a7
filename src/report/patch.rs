//! The changes of `fix` as a unified diff.

use anstyle::{AnsiColor, Style};
use similar::TextDiff;

use crate::diagnostic::harmless;

/// The presentation of a diff.
#[derive(Debug, Clone, Copy, Default)]
pub struct Look {
    /// Whether to use colours.
    pub colour: bool,
    /// Whether it goes to a terminal, where control characters are replaced; `patch` needs them
    /// unchanged.
    pub terminal: bool,
}

/// The changes to the file at `path` in the format of `patch -p1`; empty if there are none.
pub fn unified(path: &str, old: &str, new: &str, look: Look) -> String {
    let path = path.trim_start_matches('/');
    let diff = TextDiff::from_lines(old, new);
    let text = diff
        .unified_diff()
        .context_radius(2)
        .header(&format!("a/{path}"), &format!("b/{path}"))
        .to_string();
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (line, end) = match line.strip_suffix('\n') {
            Some(line) => (line, "\n"),
            None => (line, ""),
        };
        let style = if look.colour { style(line) } else { Style::new() };
        let shown = if look.terminal {
            harmless(line.strip_suffix('\r').unwrap_or(line), &['\t'])
        } else {
            line.to_owned()
        };
        out += &format!("{style}{shown}{style:#}{end}");
    }
    out
}

fn style(line: &str) -> Style {
    let colour = match line.as_bytes().first() {
        _ if line.starts_with("+++ ") || line.starts_with("--- ") => return Style::new().bold(),
        Some(b'+') => AnsiColor::Green,
        Some(b'-') => AnsiColor::Red,
        Some(b'@') => AnsiColor::Cyan,
        _ => return Style::new(),
    };
    Style::new().fg_color(Some(colour.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_is_what_patch_takes() {
        let old = "1\r\n2\r\n3\r\n4\r\n5\r\n6\r\nlast";
        let new = old.replace('6', "six");
        assert_eq!(
            unified("docs/src/a.md", old, &new, Look::default()),
            "--- a/docs/src/a.md\n+++ b/docs/src/a.md\n@@ -4,4 +4,4 @@\n \
             4\r\n 5\r\n-6\r\n+six\r\n last\n\\ No newline at end of file\n"
        );
        assert_eq!(unified("a.md", old, old, Look::default()), "");
    }

    #[test]
    fn a_terminal_gets_colours_but_no_orders() {
        let look = Look {
            colour: true,
            terminal: true,
        };
        let out = unified("a.md", "x\u{1b}[5m\r\n", "y\r\n", look);
        assert!(out.contains("\u{1b}[31m-x\u{fffd}[5m\u{1b}[0m\n"), "{out:?}");
        assert!(out.contains("\u{1b}[32m+y\u{1b}[0m\n"), "{out:?}");
    }
}
