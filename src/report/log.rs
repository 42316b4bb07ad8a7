//! Diagnostics in `mdbook build`: in the format of that mdBook's log, with two lines for each
//! finding.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::Entry;
use crate::diagnostic::{Level, harmless};

/// The number of findings that a build shows: a log of five hundred lines would not be read.
pub const SHOWN: usize = 10;

/// Writes the lines of a log.
#[derive(Debug, Clone, Default)]
pub struct Log {
    /// The format of its lines.
    pub form: Form,
    /// Whether it is written to a terminal with colours.
    pub colour: bool,
    /// The lowest level that is shown.
    pub least: Threshold,
}

/// The format of a log line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// mdBook 0.4: `2026-11-23 00:22:48 [WARN] (mdbook_design_docs): message`.
    V04 {
        /// The date and time; empty if unknown.
        stamp: String,
    },
    /// mdBook 0.5: ` WARN message`.
    V05 {
        /// Whether lines include their target, as they do if `MDBOOK_LOG` is set.
        target: bool,
    },
}

impl Default for Form {
    fn default() -> Self {
        Self::V05 { target: false }
    }
}

/// The levels that a log omits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Threshold {
    /// Nothing.
    #[default]
    Warnings,
    /// Warnings.
    Errors,
    /// Everything.
    Nothing,
}

const TARGET: &str = "mdbook_design_docs";

impl Threshold {
    /// The threshold from a variable such as `RUST_LOG`: `error`, `info,mdbook_design_docs=off`.
    pub fn from_directives(directives: &str) -> Self {
        let mut least = Self::default();
        let mut longest = None;
        for directive in directives.split(',') {
            let (target, level) = directive.trim().split_once('=').unwrap_or(("", directive.trim()));
            let level = match level.to_ascii_lowercase().as_str() {
                "off" => Self::Nothing,
                "error" => Self::Errors,
                "warn" | "info" | "debug" | "trace" => Self::Warnings,
                _ => continue,
            };
            // If several directives match, the most specific one applies.
            if TARGET.starts_with(target) && longest <= Some(target.len()) {
                longest = Some(target.len());
                least = level;
            }
        }
        least
    }
}

impl Log {
    /// Whether messages of `level` are shown.
    pub fn shows(&self, level: Level) -> bool {
        let least = match level {
            Level::Deny => Threshold::Errors,
            Level::Warn | Level::Allow => Threshold::Warnings,
        };
        least >= self.least
    }

    /// A line of the log; empty if its level is not shown.
    pub fn line(&self, level: Level, message: &str) -> String {
        if !self.shows(level) {
            return String::new();
        }
        let word = match level {
            Level::Deny => "ERROR",
            Level::Warn | Level::Allow => "WARN",
        };
        let message = harmless(message, &[]);
        match &self.form {
            Form::V04 { stamp } => {
                let space = if stamp.is_empty() { "" } else { " " };
                format!("{stamp}{space}[{word}] ({TARGET}): {message}\n")
            }
            Form::V05 { target } => {
                let (on, off) = self.style(level);
                let target = if *target { format!("{TARGET}: ") } else { String::new() };
                format!("{on}{word:>5}{off} {target}{message}\n")
            }
        }
    }

    /// A finding, with its place on a separate line.
    pub fn entry(&self, entry: &Entry<'_>) -> String {
        let mut message = entry.message.to_owned();
        if let Some(lint) = entry.lint {
            // Writing to a string cannot fail.
            let _ = write!(message, " [{lint}]");
        }
        let mut out = self.line(entry.level, &message);
        let site = &entry.site;
        if out.is_empty() {
            return out;
        }
        let _ = write!(out, "  --> {}", harmless(&site.path, &[]));
        if let Some((line, column)) = site.at {
            let _ = write!(out, ":{line}:{column}");
        }
        if !site.certain {
            out.push_str(" (the line is counted after other preprocessors)");
        }
        out.push('\n');
        out
    }

    fn style(&self, level: Level) -> (impl std::fmt::Display, impl std::fmt::Display) {
        let colour = match level {
            Level::Deny => AnsiColor::Red,
            Level::Warn | Level::Allow => AnsiColor::Yellow,
        };
        let style = if self.colour {
            Style::new().fg_color(Some(colour.into()))
        } else {
            Style::new()
        };
        (style.render(), style.render_reset())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Site;
    use crate::source::Span;

    fn entry(level: Level) -> Entry<'static> {
        Entry {
            level,
            lint: Some("unknown-status"),
            message: "the status \u{1b}[31m is unknown",
            label: None,
            help: None,
            fix: None,
            site: Site {
                path: "src/a.md".into(),
                file: "a.md",
                at: Some((2, 1)),
                end: None,
                certain: true,
                text: "",
                span: Span::at(0),
            },
        }
    }

    fn v04() -> Log {
        Log {
            form: Form::V04 {
                stamp: "2026-11-23 00:22:48".into(),
            },
            ..Log::default()
        }
    }

    #[test]
    fn a_finding_looks_like_the_log_of_the_calling_mdbook() {
        assert_eq!(
            v04().entry(&entry(Level::Warn)),
            "2026-11-23 00:22:48 [WARN] (mdbook_design_docs): \
             the status \u{fffd}[31m is unknown [unknown-status]\n  --> src/a.md:2:1\n"
        );
        assert_eq!(
            Log::default().entry(&entry(Level::Warn)),
            " WARN the status \u{fffd}[31m is unknown [unknown-status]\n  --> src/a.md:2:1\n"
        );
        let mut uncertain = entry(Level::Deny);
        uncertain.site.certain = false;
        assert_eq!(
            Log::default().entry(&uncertain).lines().last(),
            Some("  --> src/a.md:2:1 (the line is counted after other preprocessors)")
        );
    }

    #[test]
    fn colours_are_those_of_mdbook_0_5_and_0_4_has_none() {
        let log = Log {
            colour: true,
            ..Log::default()
        };
        assert_eq!(log.line(Level::Deny, "x"), "\u{1b}[31mERROR\u{1b}[0m x\n");
        assert_eq!(log.line(Level::Warn, "x"), "\u{1b}[33m WARN\u{1b}[0m x\n");
        let log = Log { colour: true, ..v04() };
        assert!(!log.line(Level::Deny, "x").contains('\u{1b}'));
    }

    #[test]
    fn the_log_level_is_obeyed() {
        let least = Threshold::from_directives;
        for loud in ["", "info", "debug", "html5ever=error", "error,mdbook=info", "nonsense"] {
            assert_eq!(least(loud), Threshold::Warnings, "{loud}");
        }
        assert_eq!(least("error"), Threshold::Errors);
        assert_eq!(least("mdbook_design_docs=off,warn"), Threshold::Nothing);
        let log = Log {
            least: Threshold::Errors,
            ..Log::default()
        };
        assert_eq!(log.entry(&entry(Level::Warn)), "");
        assert_ne!(log.entry(&entry(Level::Deny)), "");
    }
}
