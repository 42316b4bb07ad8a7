//! Declares lints, and collects their findings.

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, Fix, Level, Place};
use crate::source::{Edit, Span};

/// Declares the lint of a file, whose function `check` implements it: its name, the file's name,
/// its group, its level and its scope.
macro_rules! lint {
    ($name:literal, $file:ident, $group:ident, $level:ident, $looks_at:ident) => {
        #[doc = include_str!(concat!(stringify!($file), ".md"))]
        pub(super) const LINT: $crate::lint::Lint = $crate::lint::Lint {
            name: $name,
            group: $crate::lint::Group::$group,
            level: $crate::diagnostic::Level::$level,
            text: include_str!(concat!(stringify!($file), ".md")),
            check: $crate::lint::Check::$looks_at(check),
        };
    };
}
pub(super) use lint;

/// Collects the findings of a lint.
#[derive(Debug)]
pub(super) struct Findings<'f> {
    lint: &'static str,
    level: Level,
    out: &'f mut Vec<Diagnostic>,
}

impl<'f> Findings<'f> {
    pub(super) fn new(lint: &'static str, level: Level, out: &'f mut Vec<Diagnostic>) -> Self {
        Self { lint, level, out }
    }

    /// Adds a finding at `span` of a source. The methods of the result add details.
    pub(super) fn add(&mut self, source: usize, span: Span, message: impl Into<String>) -> Finding<'_> {
        self.out.push(Diagnostic {
            lint: self.lint,
            level: self.level,
            place: Place { source, span },
            message: message.into(),
            label: None,
            help: None,
            fix: None,
        });
        let last = self.out.len() - 1;
        Finding(&mut self.out[last])
    }
}

/// A finding to which details can be added.
#[derive(Debug)]
pub(super) struct Finding<'f>(&'f mut Diagnostic);

impl Finding<'_> {
    /// The text shown under the marked range.
    pub(super) fn label(self, label: impl Into<Cow<'static, str>>) -> Self {
        self.0.label = Some(label.into());
        self
    }

    /// How to fix it.
    pub(super) fn help(self, help: impl Into<Cow<'static, str>>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// The change that fixes it: replaces the text at `span` with `text`.
    pub(super) fn fix(self, what: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        self.fix_all(what, [(span, text)])
    }

    /// The changes that fix it, sorted and disjoint.
    pub(super) fn fix_all<T: Into<String>>(
        self,
        what: impl Into<String>,
        changes: impl IntoIterator<Item = (Span, T)>,
    ) -> Self {
        let edit = |(span, text): (Span, T)| Edit {
            span,
            text: text.into(),
        };
        self.0.fix = Some(Box::new(Fix {
            what: what.into(),
            edits: changes.into_iter().map(edit).collect(),
        }));
        self
    }
}

/// `1 day`, `3 days`.
pub(super) fn counted(count: impl TryInto<i64>, word: &str) -> String {
    match count.try_into().unwrap_or(i64::MAX) {
        1 => format!("1 {word}"),
        count => format!("{count} {word}s"),
    }
}

/// `text` short enough for a line of its own.
pub(super) fn shortened(text: &str) -> String {
    const LONGEST: usize = 100;
    if text.len() <= LONGEST {
        return text.to_owned();
    }
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

/// ``` `a`, `b` and `c` ```; only the first few of a long list.
pub(super) fn listed<'t>(words: impl IntoIterator<Item = &'t str>) -> String {
    const MOST: usize = 4;
    let words: Vec<_> = words.into_iter().collect();
    let mut shown: Vec<_> = words.iter().take(MOST).map(|word| format!("`{word}`")).collect();
    if words.len() > MOST {
        shown.push(format!("{} more", words.len() - MOST));
    }
    match shown.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
