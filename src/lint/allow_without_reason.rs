//! The lint `allow-without-reason`.

use super::allow::Suppression;
use super::findings::{Findings, lint};

lint!("allow-without-reason", allow_without_reason, Setup, Warn, Allows);

fn check(allows: &[Suppression<'_>], findings: &mut Findings<'_>) {
    let mut reported = None;
    for each in allows
        .iter()
        .filter(|each| each.name.is_some() && !each.allow.has_reason)
    {
        let place = (each.source, each.allow.span);
        if reported.replace(place) != Some(place) {
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
