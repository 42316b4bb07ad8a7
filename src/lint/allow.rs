//! The comments by which authors allow findings: takes out what they cover, and notes what
//! each of them did.

use super::{Group, LINTS, Lint};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Level};
use crate::model::{Allow, Corpus};
use crate::source::Spanned;

/// One name in one such comment.
#[derive(Debug)]
pub(super) struct Suppression<'a> {
    /// The chapter's source.
    pub(super) source: usize,
    /// The comment.
    pub(super) allow: &'a Allow,
    /// What it names; None where it names nothing.
    pub(super) name: Option<&'a Spanned<String>>,
    /// Whether there is a lint or group of that name.
    pub(super) known: bool,
    /// Whether it took out a finding, or may not be judged since its lint is off.
    pub(super) used: bool,
}

/// Takes the allowed findings out of `diagnostics`; where `needs_reason`, only those with one.
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
                // Without a reason it holds nothing back, but it is not idle.
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
        // A lint that is off finds nothing, so the comment may be needed.
        used: known && lints.all(|lint| lint.level_in(config) == Level::Allow),
    }
}

/// Whether `name` is the lint's or its group's.
pub(super) fn is_named(lint: &str, name: &str) -> bool {
    lint == name
        || LINTS
            .iter()
            .any(|each| each.name == lint && each.group.word() == name && Group::ALL.contains(&each.group))
}
