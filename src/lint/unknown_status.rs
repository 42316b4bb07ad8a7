//! The lint `unknown-status`.
//!
#![doc = include_str!("unknown_status.md")]

use super::findings::{Findings, shortened};
use super::{Check, Group, Lint, Page};
use crate::diagnostic::Level;
use crate::model::StatusClass;

pub(super) const LINT: Lint = Lint {
    name: "unknown-status",
    group: Group::Metadata,
    level: Level::Warn,
    text: include_str!("unknown_status.md"),
    check: Check::Document(check),
};

fn check(page: &Page<'_>, findings: &mut Findings<'_>) {
    let statuses = page.document.stated.statuses.iter();
    for stated in statuses.filter(|stated| stated.status.class == StatusClass::Unknown) {
        let text = shortened(&stated.status.text);
        let finding = findings.add(
            page.source,
            stated.word.unwrap_or(stated.status.span),
            format!("`{text}` is no status that is known"),
        );
        match &stated.meant {
            Some(meant) => {
                let finding = finding.help(format!("did you mean `{meant}`?"));
                // In short words a letter makes another word.
                if let Some(word) = stated.word.filter(|_| meant.len() >= LONG_ENOUGH) {
                    finding.fix(format!("write `{meant}`"), word, meant.as_str());
                }
            }
            None => {
                finding.help(format!(
                    "if it is a word of your team's, say what it means in book.toml: \
                     [preprocessor.design-docs.statuses], \"{text}\" = {{ class = \"draft\" }}"
                ));
            }
        }
    }
}

/// Of so many letters a word must be for its spelling to be corrected.
const LONG_ENOUGH: usize = 7;
