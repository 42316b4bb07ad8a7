//! The lint `unused-allow`.

use super::allow::Suppression;
use super::findings::{Findings, lint};
use super::level_keys;
use crate::diagnostic::nearest_name;

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
            let message = format!("`{}` is not a lint", name.value);
            let finding = findings.add(each.source, name.span, message);
            if let Some(nearest) = nearest_name(&name.value, level_keys()) {
                finding.help(format!("did you mean `{nearest}`?"));
            }
        } else if !each.used {
            let message = format!("`{}` finds nothing here", name.value);
            findings
                .add(each.source, name.span, message)
                .help("take the comment out, or put it on the line before what it is about");
        }
    }
}
