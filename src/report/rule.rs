//! Parts of a lint's documentation: its summary, its description.

use crate::lint::Lint;

/// The first paragraph on one line: what the lint finds.
pub fn summary(lint: &Lint) -> String {
    paragraph(lint.text)
}

/// The first paragraph and the one below the first heading: what the lint finds, and why it
/// matters.
pub fn description(lint: &Lint) -> String {
    let why = lint.text.split_once("\n## ").map_or("", |(_, rest)| rest);
    let why = why.split_once('\n').map_or("", |(_, rest)| rest);
    let (what, why) = (paragraph(lint.text), paragraph(why));
    if why.is_empty() { what } else { format!("{what} {why}") }
}

fn paragraph(text: &str) -> String {
    let lines = text.trim_start().lines();
    let lines: Vec<&str> = lines.map(str::trim).take_while(|line| !line.is_empty()).collect();
    lines.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::LINTS;

    #[test]
    fn every_lint_says_what_and_why() {
        for lint in LINTS {
            let (what, all) = (summary(lint), description(lint));
            assert!(what.ends_with('.') && !what.starts_with('#'), "{}: {what}", lint.name);
            assert!(all.starts_with(&what) && all.len() > what.len(), "{}: {all}", lint.name);
        }
    }
}
