//! What git knows of a question or a document, in words that stay true after the build: days, not ages.

use jiff::civil::Date;
use maud::{PreEscaped, html};

use crate::model::{Document, OpenQuestion, StatusClass};
use crate::render::markdown::inert;
use crate::render::words::fill;
use crate::render::writer::Writer;

/// What stands behind the badge of a question in its document; empty if nothing is known.
pub(super) fn beside_badge(question: &OpenQuestion, writer: &Writer<'_>) -> String {
    let past = of_question(question, writer);
    match writer.html {
        _ if past.is_empty() => String::new(),
        true => html! { " " span.dd-muted { (PreEscaped(inert(&past.join(" · ")))) } }.into_string(),
        false => writer.text(&format!("; {}", past.join(", "))),
    }
}

/// `asked 2026-08-26`, `deadline moved 3 times`, as far as it is known of an open question.
fn of_question(question: &OpenQuestion, writer: &Writer<'_>) -> Vec<String> {
    if question.resolved {
        return Vec::new();
    }
    let asked = question
        .past
        .asked
        .map(|day| fill(writer.words.asked, &day.to_string()));
    asked.into_iter().chain(moved(question, writer)).collect()
}

/// `deadline moved 3 times`; None if it was not.
pub(super) fn moved(question: &OpenQuestion, writer: &Writer<'_>) -> Option<String> {
    let moved = question.past.moved;
    (moved > 0).then(|| writer.words.deadline_moved.fill(moved))
}

/// The days in review: with the day of the build, if the document is in review on it.
pub(super) fn days_in_review(document: &Document, today: Date, writer: &Writer<'_>) -> Option<String> {
    let days = document.days_in_review?.to_string();
    let class = document.status.as_ref().map(|status| status.class);
    Some(match class {
        Some(StatusClass::Review) => fill(&fill(writer.words.n_as_of, &days), &today.to_string()),
        _ => days,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::{Past, Status};
    use jiff::civil::date;

    #[test]
    fn only_what_is_known_of_an_open_question_is_said() {
        let config = Config::default();
        let writer = Writer::new(&config, date(2026, 3, 1));
        let said = |question: &OpenQuestion| of_question(question, &writer).join(" · ");
        let mut question = OpenQuestion::default();
        assert_eq!(said(&question), "");
        question.past.moved = 1;
        assert_eq!(said(&question), "deadline moved once");
        question.past = Past {
            asked: Some(date(2025, 8, 26)),
            moved: 3,
            ..Past::default()
        };
        assert_eq!(said(&question), "asked 2025-08-26 · deadline moved 3 times");
        question.resolved = true;
        assert_eq!(said(&question), "");
    }

    #[test]
    fn a_review_that_goes_on_is_counted_until_a_day() {
        let config = Config::default();
        let today = date(2026, 3, 1);
        let writer = Writer::new(&config, today);
        let document = |class, days| Document {
            status: Some(Status {
                class,
                ..Status::default()
            }),
            days_in_review: days,
            ..Document::default()
        };
        let said = |class, days| days_in_review(&document(class, days), today, &writer);
        assert_eq!(
            said(StatusClass::Review, Some(31)).as_deref(),
            Some("31 (as of 2026-03-01)")
        );
        assert_eq!(said(StatusClass::Agreed, Some(31)).as_deref(), Some("31"));
        assert_eq!(said(StatusClass::Review, None), None);
    }
}
