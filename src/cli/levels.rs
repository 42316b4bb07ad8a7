//! `--deny`, `--warn` and `--allow`: the lints that they name, and their precedence.

use crate::cli::{Failure, args};
use crate::diagnostic::{Diagnostic, Level, nearest_name};
use crate::lint::{self, LINTS, Lint};

/// The name for every lint that would warn.
const WARNINGS: &str = "warnings";

/// The levels given on the command line. A lint's own name takes precedence over a group's, and a
/// group over `warnings`; among equals the highest level wins.
#[derive(Debug, Default)]
pub(super) struct Levels {
    lints: Vec<(&'static str, Level)>,
    warnings: Option<Level>,
}

impl Levels {
    /// Resolves the names in the arguments.
    pub(super) fn new(args: &args::Levels) -> Result<Self, Failure> {
        let mut levels = Self::default();
        let (mut groups, mut names) = (Vec::new(), Vec::new());
        let lists = [
            (Level::Allow, &args.allow),
            (Level::Warn, &args.warn),
            (Level::Deny, &args.deny),
        ];
        for (level, words) in lists {
            for word in words {
                match lookup(word)? {
                    Named::Lint(lint) => names.push((lint.name, level)),
                    Named::Group(members) => groups.extend(members.into_iter().map(|lint| (lint.name, level))),
                    Named::Warnings => levels.warnings = Some(level),
                }
            }
        }
        levels.lints = groups;
        levels.lints.extend(names);
        Ok(levels)
    }

    /// Sets the levels of the named lints.
    pub(super) fn configure(&self, config: &mut crate::Config) {
        for (name, level) in &self.lints {
            config.lints.insert((*name).to_owned(), *level);
        }
    }

    /// Sets the levels of the findings, and drops those that are allowed.
    pub(super) fn apply(&self, diagnostics: &mut Vec<Diagnostic>) {
        for diagnostic in diagnostics.iter_mut() {
            let is_named = self.lints.iter().any(|(name, _)| *name == diagnostic.lint);
            if let (Level::Warn, false, Some(level)) = (diagnostic.level, is_named, self.warnings) {
                diagnostic.level = level;
            }
        }
        diagnostics.retain(|diagnostic| diagnostic.level > Level::Allow);
    }
}

/// The lint called `name`; the error suggests the name that was probably meant.
pub(super) fn one(name: &str) -> Result<&'static Lint, Failure> {
    match lookup(name)? {
        Named::Lint(lint) => Ok(lint),
        Named::Group(_) | Named::Warnings => Err(Failure::Usage(format!("`{name}` is not one lint, but a group"))),
    }
}

/// What a name on the command line can refer to.
enum Named {
    Lint(&'static Lint),
    Group(Vec<&'static Lint>),
    Warnings,
}

fn lookup(word: &str) -> Result<Named, Failure> {
    if word == WARNINGS {
        return Ok(Named::Warnings);
    }
    if let Some(lint) = lint::find(word) {
        return Ok(Named::Lint(lint));
    }
    let members: Vec<_> = LINTS.iter().copied().filter(|lint| lint.group.word() == word).collect();
    if !members.is_empty() {
        return Ok(Named::Group(members));
    }
    let names = lint::level_keys().into_iter().chain([WARNINGS]);
    let help = match nearest_name(word, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`mdbook-design-docs explain` lists them all".to_owned(),
    };
    Err(Failure::Usage(format!("unknown lint `{word}`\n  help: {help}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;
    use crate::source::Span;

    fn levels(allow: &[&str], warn: &[&str], deny: &[&str]) -> Result<Levels, String> {
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        let args = args::Levels {
            allow: words(allow),
            warn: words(warn),
            deny: words(deny),
        };
        Levels::new(&args).map_err(|failure| failure.to_string())
    }

    /// The level that a warning gets.
    fn applied(levels: &Levels) -> Option<Level> {
        let mut found = vec![Diagnostic {
            lint: "overdue-question",
            level: Level::Warn,
            place: Place {
                source: 0,
                span: Span::at(0),
            },
            message: String::new(),
            label: None,
            help: None,
            fix: None,
        }];
        levels.apply(&mut found);
        found.first().map(|diagnostic| diagnostic.level)
    }

    #[test]
    fn the_loudest_of_equals_counts() {
        let mut config = crate::Config::default();
        let both = levels(&["overdue-question"], &[], &["overdue-question"]).unwrap();
        both.configure(&mut config);
        assert_eq!(config.lints["overdue-question"], Level::Deny);
    }

    #[test]
    fn warnings_are_the_lints_that_are_not_named() {
        assert_eq!(applied(&levels(&[], &[], &["warnings"]).unwrap()), Some(Level::Deny));
        assert_eq!(applied(&levels(&["warnings"], &[], &[]).unwrap()), None);
        let named = levels(&[], &["overdue-question"], &["warnings"]).unwrap();
        assert_eq!(applied(&named), Some(Level::Warn));
    }

    #[test]
    fn a_lints_name_stands_above_its_groups() {
        let mut config = crate::Config::default();
        let group = levels(&["overdue-question"], &[], &["time"]).unwrap();
        group.configure(&mut config);
        assert_eq!(config.lints["overdue-question"], Level::Allow);
        assert_eq!(config.lints["overdue-dependency"], Level::Deny);
    }

    #[test]
    fn a_slip_is_told_with_what_was_meant() {
        let error = levels(&[], &[], &["overdue-questions"]).unwrap_err();
        assert_eq!(
            error,
            "unknown lint `overdue-questions`\n  help: did you mean `overdue-question`?"
        );
        assert!(levels(&["xyz"], &[], &[]).unwrap_err().contains("explain"));
    }
}
