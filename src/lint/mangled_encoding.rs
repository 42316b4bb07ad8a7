//! The lint `mangled-encoding`.

use super::DocumentView;
use super::findings::{Findings, lint};

lint!("mangled-encoding", mangled_encoding, Page, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    for run in &page.chapter.observed.mangled {
        let was = &run.text;
        let message = format!("these characters were `{was}` before they were read as {}", run.read_as);
        findings
            .add(page.source, run.span, message)
            .label(format!("`{was}`"))
            .help(format!(
                "write `{was}`, and have your editor open and save the file as UTF-8"
            ))
            .fix(format!("write `{was}`"), run.span, was.as_str());
    }
}
