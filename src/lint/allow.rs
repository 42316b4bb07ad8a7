//! The comments with which authors allow findings: removes the findings they cover, and records
//! which comments were used.

use super::{Group, LINTS, Lint};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Level};
use crate::model::{Allow, Corpus};
use crate::source::Spanned;

/// One name in such a comment.
#[derive(Debug)]
pub(super) struct Suppression<'a> {
    /// The chapter's source.
    pub(super) source: usize,
    /// The comment.
    pub(super) allow: &'a Allow,
    /// The name; None if the comment names nothing.
    pub(super) name: Option<&'a Spanned<String>>,
    /// Whether a lint or group of that name exists.
    pub(super) known: bool,
    /// Whether it suppressed a finding, or cannot be judged since its lint is disabled.
    pub(super) used: bool,
}

/// Removes the allowed findings from `diagnostics`; if `needs_reason`, only those whose comment
/// gives a reason.
pub(super) fn apply<'a>(
    corpus: &'a Corpus,
    config: &Config,
    needs_reason: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Suppression<'a>> {
    let mut all = Vec::new();
    for (source, chapter) in corpus.chapters.iter().enumerate() {
        for allow in &chapter.observed.allows {
            let names = allow.names.iter().map(Some);
            // A comment without a name is reported too.
            let none = allow.names.is_empty().then_some(None);
            all.extend(names.chain(none).map(|name| suppression(source, allow, name, config)));
        }
    }
    if all.is_empty() {
        return all;
    }
    diagnostics.retain(|diagnostic| {
        let place = diagnostic.place;
        let first = all.partition_point(|each| each.source < place.source);
        let own = all[first..].iter_mut().take_while(|each| each.source == place.source);
        let mut kept = true;
        for each in own {
            let covers = each.allow.covers;
            let overlaps = place.span.start < covers.end.max(covers.start + 1)
                && covers.start < place.span.end.max(place.span.start + 1);
            let names = each.name.is_some_and(|name| is_named(diagnostic.lint, &name.value));
            if names && overlaps {
                // Without a reason it suppresses nothing, but it does not count as unused.
                each.used = true;
                kept &= needs_reason && !each.allow.has_reason;
            }
        }
        kept
    });
    all
}

fn suppression<'a>(
    source: usize,
    allow: &'a Allow,
    name: Option<&'a Spanned<String>>,
    config: &Config,
) -> Suppression<'a> {
    let meant = |lint: &&&Lint| name.is_some_and(|name| is_named(lint.name, &name.value));
    let mut lints = LINTS.iter().filter(meant).peekable();
    let known = lints.peek().is_some();
    Suppression {
        source,
        allow,
        name,
        known,
        // A disabled lint finds nothing, so the comment may still be needed.
        used: known && lints.all(|lint| lint.level_in(config) == Level::Allow),
    }
}

/// Whether `name` is the name of the lint or of its group.
pub(super) fn is_named(lint: &str, name: &str) -> bool {
    lint == name
        || LINTS
            .iter()
            .any(|each| each.name == lint && each.group.word() == name && Group::ALL.contains(&each.group))
}
