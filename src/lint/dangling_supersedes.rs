//! The lint `dangling-supersedes`.

use std::collections::HashSet;

use super::DocumentView;
use super::findings::{Findings, lint, shortened};
use super::succession::{Target, target};

lint!("dangling-supersedes", dangling_supersedes, Decisions, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    let stated = &page.document.stated;
    let all = [
        (&stated.supersedes, "supersedes"),
        (&stated.superseded_by, "is superseded by"),
    ];
    for (references, relation) in all {
        for reference in references {
            if target(page, reference) == Target::Missing {
                let text = shortened(&reference.text);
                let message = format!("this document {relation} \"{text}\", which is not in this book");
                findings
                    .add(page.source, reference.span, message)
                    .help("correct the reference, or add the document to SUMMARY.md");
            }
        }
    }
    in_log(page, findings);
}

/// Reports `Superseded by D-09` in a log without a D-09.
fn in_log(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    let decisions = &page.document.decisions;
    let labels: HashSet<String> = decisions
        .iter()
        .filter_map(|decision| folded(decision.label.as_deref()?))
        .collect();
    for decision in decisions.iter().filter(|_| !labels.is_empty()) {
        let status = decision.status.to_lowercase();
        let Some((_, rest)) = status.split_once("superseded by ") else {
            continue;
        };
        let word = rest.split_whitespace().next().unwrap_or_default();
        let Some(named) = folded(word) else { continue };
        // Labels of another series belong to another log.
        let letters = |label: &str| label.trim_end_matches(|ch: char| ch.is_ascii_digit()).to_owned();
        let is_own = labels.iter().any(|label| letters(label) == letters(&named));
        if is_own && !labels.contains(&named) {
            let word = word.to_uppercase();
            let message = format!("this decision is superseded by {word}, which is not in this log");
            findings
                .add(page.source, decision.span, message)
                .help("correct the number, or add the row");
        }
    }
}

/// `D-09` as `d9`; None without a number.
fn folded(label: &str) -> Option<String> {
    let kept: String = label
        .chars()
        .filter(|ch| ch.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let letters = kept.trim_end_matches(|ch: char| ch.is_ascii_digit());
    let number: u64 = kept[letters.len()..].parse().ok()?;
    Some(format!("{letters}{number}"))
}
