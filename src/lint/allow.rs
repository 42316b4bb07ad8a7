//! The comments with which authors allow findings: removes the findings they cover, and records
//! which comments were used.

use std::collections::HashMap;

use super::{Group, LINTS, Lint};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Level};
use crate::model::{Allow, Corpus};
use crate::source::{Span, Spanned};

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
    let mut found: HashMap<Subject, Spans> = HashMap::new();
    for Diagnostic { lint, place, .. } in diagnostics.iter() {
        found.entry((place.source, lint)).or_default().add(place.span);
    }
    found.values_mut().for_each(Spans::sort);
    let mut allowed: HashMap<Subject, Spans> = HashMap::new();
    let mut known: HashMap<&str, Vec<&'static str>> = HashMap::new();
    for each in &mut all {
        let Some(name) = each.name else { continue };
        let lints = known.entry(&name.value).or_insert_with(|| lints_named(&name.value));
        for lint in lints {
            let subject = (each.source, *lint);
            // Without a reason it suppresses nothing, but it does not count as unused.
            each.used |= found
                .get(&subject)
                .is_some_and(|spans| spans.overlap(each.allow.covers));
            if each.allow.has_reason || !needs_reason {
                allowed.entry(subject).or_default().add(each.allow.covers);
            }
        }
    }
    allowed.values_mut().for_each(Spans::sort);
    diagnostics.retain(|Diagnostic { lint, place, .. }| {
        let spans = allowed.get(&(place.source, *lint));
        !spans.is_some_and(|spans| spans.overlap(place.span))
    });
    all
}

/// A chapter's source and a lint.
type Subject = (usize, &'static str);

/// Places in a chapter. A chapter may have as many comments as findings, so they are not compared one
/// by one.
#[derive(Default)]
struct Spans(Vec<Span>);

impl Spans {
    /// Adds a place; an empty one is that of the byte after it.
    fn add(&mut self, span: Span) {
        self.0.push(Span::new(span.start, span.end.max(span.start + 1)));
    }

    /// Sorts the places, and lets each end where the last of those before it ends.
    fn sort(&mut self) {
        self.0.sort_unstable();
        let mut end = 0;
        for span in &mut self.0 {
            end = end.max(span.end);
            span.end = end;
        }
    }

    /// Whether one of the places has a byte of `span`.
    fn overlap(&self, span: Span) -> bool {
        let before = self.0.partition_point(|each| each.start < span.end.max(span.start + 1));
        before.checked_sub(1).is_some_and(|last| self.0[last].end > span.start)
    }
}

fn lints_named(name: &str) -> Vec<&'static str> {
    let lints = LINTS.iter().map(|lint| lint.name);
    lints.filter(|lint| is_named(lint, name)).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_overlap_as_if_they_were_compared_one_by_one() {
        let spans = [(5, 9), (0, 30), (40, 40), (7, 8), (50, 60)].map(|(start, end)| Span::new(start, end));
        let mut all = Spans::default();
        spans.into_iter().for_each(|span| all.add(span));
        all.sort();
        for start in 0..70 {
            for end in start..70 {
                let span = Span::new(start, end);
                let wide = |span: Span| span.start..span.end.max(span.start + 1);
                let overlaps = |one: &Span| {
                    let (one, other) = (wide(*one), wide(span));
                    one.start < other.end && other.start < one.end
                };
                assert_eq!(all.overlap(span), spans.iter().any(overlaps), "{span:?}");
            }
        }
    }
}
