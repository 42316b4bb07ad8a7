//! The lint `unused-allow`.
//!
#![doc = include_str!("unused_allow.md")]

use super::allow::Suppression;
use super::findings::Findings;
use super::{Check, Group, Lint, level_keys};
use crate::diagnostic::Level;

pub(super) const LINT: Lint = Lint {
    name: "unused-allow",
    group: Group::Setup,
    level: Level::Warn,
    text: include_str!("unused_allow.md"),
    check: Check::Allows(check),
};

fn check(allows: &[Suppression<'_>], findings: &mut Findings<'_>) {
    for each in allows {
        let Some(name) = each.name else {
            findings
                .add(each.source, each.allow.span, "this comment allows nothing")
                .help("name a lint: `<!-- design-docs: allow overdue-question -- why -->`");
            continue;
        };
        if !each.known {
            let finding = findings.add(
                each.source,
                name.span,
                format!("there is no lint `{}` to allow", name.value),
            );
            if let Some(nearest) = nearest(&name.value) {
                finding.help(format!("did you mean `{nearest}`?"));
            }
        } else if !each.used {
            findings
                .add(
                    each.source,
                    name.span,
                    format!("there is no `{}` here to allow", name.value),
                )
                .help("take the comment out, or put it on the line before what it is about");
        }
    }
}

fn nearest(written: &str) -> Option<&'static str> {
    level_keys()
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(written, name), name))
        .filter(|(distance, name)| *distance <= name.len() / 3)
        .min()
        .map(|(_, name)| name)
}
