//! The lint `allow-without-reason`.
//!
#![doc = include_str!("allow_without_reason.md")]

use super::allow::Suppression;
use super::findings::Findings;
use super::{Check, Group, Lint};
use crate::diagnostic::Level;

pub(super) const LINT: Lint = Lint {
    name: "allow-without-reason",
    group: Group::Setup,
    level: Level::Warn,
    text: include_str!("allow_without_reason.md"),
    check: Check::Allows(check),
};

fn check(allows: &[Suppression<'_>], findings: &mut Findings<'_>) {
    let mut told = None;
    for each in allows
        .iter()
        .filter(|each| each.name.is_some() && !each.allow.has_reason)
    {
        let place = (each.source, each.allow.span);
        if told.replace(place) != Some(place) {
            findings
                .add(
                    each.source,
                    each.allow.span,
                    "this comment does not say why the finding is allowed, so it is not",
                )
                .label("without a reason it has no effect")
                .help("add the reason behind two dashes: `-- the vendor answers in May`");
        }
    }
}
