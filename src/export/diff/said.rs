//! A change in words: one for the counts, one sentence for its line.

use super::days;
use crate::history::{Change, Kind};

/// The verb and the noun with which changes of a kind are counted, in the order in which they are named.
pub(super) const COUNTED: &[(Kind, &str, &str)] = &[
    (Kind::DeadlineMoved, "moves", "deadline"),
    (Kind::QuestionResolved, "resolves", "question"),
    (Kind::QuestionReopened, "reopens", "question"),
    (Kind::DecisionAdded, "records", "decision"),
    (Kind::DecisionSuperseded, "supersedes", "decision"),
    (Kind::DecisionChanged, "changes", "decision"),
    (Kind::DecisionRemoved, "removes", "decision"),
    (Kind::QuestionAsked, "asks", "question"),
    (Kind::QuestionChanged, "rewords", "question"),
    (Kind::QuestionRemoved, "removes", "open question"),
    (Kind::OwnerChanged, "gives another owner to", "question"),
    (Kind::StatusChanged, "changes the status of", "document"),
    (Kind::Approved, "adds", "approval"),
    (Kind::ApprovalWithdrawn, "withdraws", "approval"),
    (Kind::DocumentAdded, "adds", "document"),
    (Kind::DocumentRemoved, "removes", "document"),
    (Kind::DocumentRenamed, "renames", "document"),
];

/// What has changed, before and after the words that it is about.
pub(super) fn parts(change: &Change) -> (String, String) {
    let from = change.from.as_deref();
    let to = change.to.as_deref();
    let after = |what: &str, text: Option<&str>| text.map_or(String::new(), |text| format!("{what}{text}"));
    let both = || format!("{} → {}", from.unwrap_or("none"), to.unwrap_or("none"));
    match change.kind {
        Kind::DocumentAdded => ("document added".into(), after(", status ", to)),
        Kind::DocumentRemoved => ("document removed".into(), after(", status was ", from)),
        Kind::DocumentRenamed => ("document renamed".into(), format!(", {}", both())),
        Kind::StatusChanged => (format!("status {}", both()), String::new()),
        Kind::DecisionAdded => ("decision".into(), String::new()),
        Kind::DecisionChanged => ("decision changed".into(), format!(", {}", both())),
        Kind::DecisionRemoved => ("decision removed".into(), String::new()),
        Kind::DecisionSuperseded => ("superseded".into(), after(", by ", to)),
        Kind::QuestionAsked => ("asked".into(), after(", due ", to)),
        Kind::QuestionChanged => ("reworded".into(), after(", was: ", from)),
        Kind::QuestionResolved => ("resolved".into(), after(" – ", to)),
        Kind::QuestionReopened => ("open again".into(), String::new()),
        Kind::QuestionRemoved => ("question removed".into(), String::new()),
        Kind::DeadlineMoved => (deadline(from, to), String::new()),
        Kind::OwnerChanged => (format!("owner {}", both()), String::new()),
        Kind::Approved => ("approved by".into(), String::new()),
        Kind::ApprovalWithdrawn => ("approval withdrawn by".into(), String::new()),
    }
}

/// `deadline 2026-11-13 → 2026-12-20 (37 days later)`.
fn deadline(from: Option<&str>, to: Option<&str>) -> String {
    let distance = from.zip(to).and_then(|(from, to)| days(from, to));
    let distance = distance.map_or(String::new(), |days| {
        let noun = if days.abs() == 1 { "day" } else { "days" };
        let way = if days > 0 { "later" } else { "earlier" };
        format!(" ({} {noun} {way})", days.abs())
    });
    match (from, to) {
        (None, Some(to)) => format!("deadline set to {to}"),
        (Some(from), None) => format!("deadline {from} removed"),
        _ => format!(
            "deadline {} → {}{distance}",
            from.unwrap_or_default(),
            to.unwrap_or_default()
        ),
    }
}

/// What has changed as one sentence.
pub(super) fn plain(change: &Change) -> String {
    let (before, after) = parts(change);
    format!("{before}: {}{after}", change.text)
}
