//! The day from which a document needs attention, for pages that are read after they are built.
//! Open questions are not considered: the pages show their deadlines already.

use jiff::ToSpan;
use jiff::civil::Date;

use super::allow::is_named;
use super::{Lint, overdue_dependency, overdue_record, stale_review, status_drift};
use crate::config::Config;
use crate::diagnostic::Level;
use crate::model::Chapter;

/// When a document needs attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attention {
    /// On every day.
    Always,
    /// After this day.
    After(Date),
}

/// When the document of `chapter` needs attention because of a dependency or record that is late, a
/// review in which nothing happens, or two statuses that differ; None if never. Lints that the team
/// or the author allows do not count.
pub fn attention(chapter: &Chapter, config: &Config, today: Date) -> Option<Attention> {
    let document = chapter.document.as_ref()?;
    if config.template.as_ref() == Some(&chapter.path) {
        return None;
    }
    let counts = |lint: &Lint| is_reported(lint, chapter, config);
    let drifts = || !document.status_contradictions().is_empty();
    if counts(&status_drift::LINT) && drifts() {
        return Some(Attention::Always);
    }
    let fresh = || {
        let last = document.in_review_since(today)?;
        last.checked_add(i64::from(config.stale_review_days).days()).ok()
    };
    let dependencies = || overdue_dependency::dated(document).map(|(_, day)| day).min();
    let records = || overdue_record::dated(document).map(|(_, day)| day).min();
    let days: [(&Lint, &dyn Fn() -> Option<Date>); 3] = [
        (&stale_review::LINT, &fresh),
        (&overdue_dependency::LINT, &dependencies),
        (&overdue_record::LINT, &records),
    ];
    let days = days.into_iter().filter(|(lint, _)| counts(lint));
    days.filter_map(|(_, day)| day()).min().map(Attention::After)
}

/// Whether neither the team nor the author of `chapter` allows what the lint finds.
fn is_reported(lint: &Lint, chapter: &Chapter, config: &Config) -> bool {
    let mut allowed = chapter.observed.allows.iter().flat_map(|allow| &allow.names);
    lint.level_in(config) != Level::Allow && !allowed.any(|name| is_named(lint.name, &name.value))
}

/// Whether the page of `chapter` may say that two of its statuses differ.
pub fn reports_drift(chapter: &Chapter, config: &Config) -> bool {
    is_reported(&status_drift::LINT, chapter, config)
}

/// Whether the page of `chapter` may say that its review does not go on.
pub fn reports_stale_review(chapter: &Chapter, config: &Config) -> bool {
    is_reported(&stale_review::LINT, chapter, config)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;
    use jiff::civil::date;

    fn of(text: &str, config: &Config) -> Option<Attention> {
        let source = Source {
            path: "a.md".to_owned(),
            text: text.to_owned(),
            ..Source::default()
        };
        let corpus = crate::parse::corpus(&[source], config);
        attention(&corpus.chapters[0], config, date(2026, 3, 1))
    }

    const REVIEW: &str = "# A\n\n- Status: In Review\n- Author: Ada Obi\n- Updated: 2026-01-10\n\n## Goals\n\nx\n";

    #[test]
    fn a_review_needs_attention_after_the_days_in_which_it_may_rest() {
        let mut config = Config {
            stale_review_days: 30,
            ..Config::default()
        };
        assert_eq!(of(REVIEW, &config), Some(Attention::After(date(2026, 2, 9))));
        let allowed = format!("{REVIEW}\n<!-- design-docs: allow stale-review -- a long one -->\n");
        assert_eq!(of(&allowed, &config), None);
        config.lints.insert("time".to_owned(), Level::Allow);
        assert_eq!(of(REVIEW, &config), None);
    }

    #[test]
    fn the_earliest_dependency_counts_until_the_document_is_done() {
        let text = "# A\n\n- Status: Approved\n- Author: Ada Obi\n\n## Timeline Dependencies\n\n\
                    | Dependency | Due |\n|---|---|\n| the scanners | 2026-06-01 |\n| the trucks | 2026-05-01 |\n";
        let config = Config::default();
        assert_eq!(of(text, &config), Some(Attention::After(date(2026, 5, 1))));
        assert_eq!(of(&text.replace("Approved", "Implemented"), &config), None);
    }

    #[test]
    fn two_statuses_that_differ_always_need_attention() {
        let text = "# A\n\n- Status: Draft\n- Author: Ada Obi\n\n## Goals\n\nx\n\n## Status\n\nAccepted\n";
        assert_eq!(of(text, &Config::default()), Some(Attention::Always));
    }
}
