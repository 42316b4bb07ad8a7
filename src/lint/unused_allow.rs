//! The lint `unused-allow`.

use super::allow::Suppression;
use super::findings::{Findings, lint};
use super::level_keys;

lint!("unused-allow", unused_allow, Setup, Warn, Allows);

fn check(allows: &[Suppression<'_>], findings: &mut Findings<'_>) {
    for each in allows {
        let Some(name) = each.name else {
            findings
                .add(each.source, each.allow.span, "this comment allows nothing")
                .help("name a lint: `<!-- design-docs: allow overdue-question -- why -->`");
            continue;
        };
        if !each.known {
            let message = format!("there is no lint `{}` to allow", name.value);
            let finding = findings.add(each.source, name.span, message);
            if let Some(nearest) = nearest(&name.value) {
                finding.help(format!("did you mean `{nearest}`?"));
            }
        } else if !each.used {
            let message = format!("there is no `{}` here to allow", name.value);
            findings
                .add(each.source, name.span, message)
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
