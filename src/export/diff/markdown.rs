//! The changes as Markdown, for a person.

use super::said::{COUNTED, parts};
use super::{Diff, NewFinding};
use crate::export::digest::escaped;
use crate::history::{Change, Kind};

/// The changes as Markdown: what they come to in a sentence, then each below its document. At most
/// `limit` changes are listed; None for all.
pub fn markdown(diff: &Diff<'_>, limit: Option<usize>) -> String {
    let mut out = format!("**{}**\n", summary(diff));
    let limit = limit.unwrap_or(usize::MAX);
    let shown = diff.changes.len().min(limit);
    let mut document = None;
    for change in &diff.changes[..shown] {
        if document != Some(&change.path) {
            document = Some(&change.path);
            out += &format!("\n### {} (`{}`)\n\n", escaped(diff.title(change)), code(&change.path));
        }
        out += &item(diff, change);
    }
    if shown < diff.changes.len() {
        out += &format!(
            "\n… and {} more {}.\n",
            diff.changes.len() - shown,
            noun(diff.changes.len() - shown)
        );
    }
    out + &findings(diff.findings.unwrap_or_default(), limit)
}

/// `Moves 1 deadline, resolves 2 questions, records 3 decisions.`
fn summary(diff: &Diff<'_>) -> String {
    let mut parts = counts(diff.changes.iter());
    let findings = diff.findings.map_or(0, <[_]>::len);
    if findings > 0 {
        parts.push(counted("has", findings, "new finding"));
    }
    if parts.is_empty() {
        return "No document, decision or question has changed.".to_owned();
    }
    let text = parts.join(", ");
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str())
}

/// `moves 1 deadline` for each kind of change.
pub(super) fn counts<'c>(changes: impl Iterator<Item = &'c Change> + Clone) -> Vec<String> {
    let counts = COUNTED.iter().filter_map(|(kind, verb, noun)| {
        let of_kind: Vec<&Change> = changes.clone().filter(|change| change.kind == *kind).collect();
        match of_kind[..] {
            [] => None,
            [one] if *kind == Kind::DecisionSuperseded => Some(format!("{verb} {}", escaped(&one.text))),
            _ => Some(counted(verb, of_kind.len(), noun)),
        }
    });
    counts.collect()
}

pub(super) fn noun(changes: usize) -> &'static str {
    if changes == 1 { "change" } else { "changes" }
}

fn counted(verb: &str, count: usize, noun: &str) -> String {
    let end = if count == 1 { "" } else { "s" };
    format!("{verb} {count} {noun}{end}")
}

/// `- deadline 2026-11-13 → 2026-12-20 (37 days later): [Do we give the fee back?](…)`.
fn item(diff: &Diff<'_>, change: &Change) -> String {
    let line = change.line.map_or(String::new(), |line| format!(" (line {line})"));
    format!("- {}\n", said(diff, change, &line))
}

/// A change with its address, or if it has none, with `place`.
pub(super) fn said(diff: &Diff<'_>, change: &Change, place: &str) -> String {
    let (before, after) = parts(change);
    let text = escaped(&change.text);
    let what = match diff.url(change) {
        Some(url) => format!("[{text}]({url})"),
        None => format!("{text}{place}"),
    };
    format!("{}: {what}{}", escaped(&before), escaped(&after))
}

fn findings(findings: &[NewFinding], limit: usize) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let mut out = "\n### New findings\n\n".to_owned();
    for finding in findings.iter().take(limit) {
        let line = finding.line.map_or(String::new(), |line| format!(":{line}"));
        out += &format!(
            "- `{}{line}`: {} (`{}`)\n",
            code(&finding.path),
            escaped(&finding.message),
            finding.lint
        );
    }
    if findings.len() > limit {
        out += &format!("\n… and {} more findings.\n", findings.len() - limit);
    }
    out
}

/// A path within backticks.
fn code(path: &str) -> String {
    path.replace(|letter: char| letter == '`' || letter.is_control(), "\u{fffd}")
}
