//! The counts of the header card, each a link to what it counts.

use jiff::civil::Date;
use maud::{Markup, html};

use super::link;
use super::pen::Pen;
use super::words::fill;
use crate::model::{Chapter, Decision, Document, OpenQuestion, Standing};
use crate::source::Span;

/// A count in words.
pub(super) struct Count {
    kind: &'static str,
    text: String,
    anchor: Option<String>,
}

impl Count {
    pub(super) fn html(&self) -> Markup {
        match &self.anchor {
            Some(anchor) => html! {
                a.dd-count data-count=(self.kind) href=(link::to_anchor(anchor)) { (self.text) }
            },
            None => html! { span.dd-count data-count=(self.kind) { (self.text) } },
        }
    }

    pub(super) fn plain(&self, pen: &Pen<'_>) -> String {
        let text = pen.text(&self.text);
        match &self.anchor {
            Some(anchor) => pen.link(&link::to_anchor(anchor), &text),
            None => text,
        }
    }
}

/// What is overdue, open and decided, and how far the rollout has come.
pub(super) fn counts(chapter: &Chapter, document: &Document, pen: &Pen<'_>) -> Vec<Count> {
    let words = pen.words;
    let standing = |question: &&OpenQuestion| question.standing(pen.today, pen.config.due_soon_days);
    let open = document.questions.iter().filter(|question| !question.resolved);
    let overdue = open.clone().filter(|question| standing(question) == Standing::Overdue);
    let mut counts = Vec::new();
    if let Some(first) = overdue.clone().min_by_key(|question| due(question)) {
        let count = fill(words.n_overdue_on, &overdue.count().to_string());
        counts.push(Count {
            kind: "overdue",
            // More may be overdue by the time that this is read.
            text: fill(&count, &pen.today.to_string()),
            anchor: question_anchor(chapter, first, pen).map(str::to_owned),
        });
    }
    if let Some(first) = open.clone().next() {
        counts.push(Count {
            kind: "open",
            text: words.n_open_questions.fill(open.count()),
            anchor: heading_above(chapter, document, first.span, pen)
                .or_else(|| question_anchor(chapter, first, pen))
                .map(str::to_owned),
        });
    }
    if let Some(first) = document.decisions.first() {
        counts.push(Count {
            kind: "decisions",
            text: words.n_decisions.fill(document.decisions.len()),
            anchor: heading_above(chapter, document, first.span, pen)
                .or_else(|| decision_anchor(chapter, first, pen))
                .map(str::to_owned),
        });
    }
    if document.steps.total > 0 {
        let steps = pen.of(words.steps_of, document.steps.done, document.steps.total);
        counts.push(Count {
            kind: "steps",
            text: format!("{}: {steps}", words.rollout),
            anchor: None,
        });
    }
    counts
}

/// The last day on which the question is not overdue.
pub(super) fn due(question: &OpenQuestion) -> Option<Date> {
    question.due.as_ref().and_then(|due| due.day())
}

/// The id to which a link to the question goes: its badge, else the nearest heading.
pub(super) fn question_anchor<'a>(chapter: &'a Chapter, question: &'a OpenQuestion, pen: &Pen<'_>) -> Option<&'a str> {
    if pen.html && pen.config.badges.enabled {
        return Some(&question.id);
    }
    above(chapter, question.span)
}

/// The id to which a link to the decision goes: its own, else the nearest heading.
pub(super) fn decision_anchor<'a>(chapter: &'a Chapter, decision: &'a Decision, pen: &Pen<'_>) -> Option<&'a str> {
    let inserted = pen.html && pen.config.badges.enabled && decision.anchor_at.is_some();
    if inserted || decision.heading_id.is_some() {
        return Some(decision.anchor());
    }
    above(chapter, decision.span)
}

fn heading_above<'a>(chapter: &'a Chapter, document: &Document, span: Span, pen: &Pen<'_>) -> Option<&'a str> {
    let gone = |id: &&str| pen.config.header.enabled && document.layout.lost_ids.iter().any(|lost| lost == id);
    above(chapter, span).filter(|id| !gone(id))
}

/// The id of the nearest heading that begins no later than `span`.
fn above(chapter: &Chapter, span: Span) -> Option<&str> {
    let count = chapter
        .headings
        .partition_point(|heading| heading.span.start <= span.start);
    let heading = chapter.headings[..count].iter().rfind(|heading| heading.level > 1)?;
    (!heading.id.is_empty()).then_some(heading.id.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::{DateText, Deadline, Heading, When};
    use jiff::civil::date;

    fn question(id: &str, day: Date, at: usize) -> OpenQuestion {
        OpenQuestion {
            id: id.into(),
            due: Some(Deadline(DateText {
                when: When::Day(day),
                ..DateText::default()
            })),
            span: Span::new(at, at + 1),
            ..OpenQuestion::default()
        }
    }

    fn chapter() -> Chapter {
        let heading = |id: &str, level, at| Heading {
            level,
            id: id.into(),
            span: Span::new(at, at + 5),
            ..Heading::default()
        };
        Chapter {
            headings: vec![heading("title", 1, 0), heading("open-questions", 2, 10)],
            ..Chapter::default()
        }
    }

    fn links(config: &Config, document: &Document) -> Vec<String> {
        let pen = Pen::new(config, date(2026, 3, 1));
        counts(&chapter(), document, &pen)
            .iter()
            .map(|count| count.html().into_string())
            .collect()
    }

    #[test]
    fn overdue_leads_to_the_oldest_and_open_to_the_section() {
        let mut document = Document {
            questions: vec![
                question("later", date(2026, 2, 1), 20),
                question("oldest", date(2026, 1, 1), 30),
                question("fine", date(2027, 1, 1), 40),
                question("done", date(2020, 1, 1), 50),
            ],
            ..Document::default()
        };
        document.questions[3].resolved = true;
        assert_eq!(
            links(&Config::default(), &document),
            [
                "<a class=\"dd-count\" data-count=\"overdue\" href=\"#oldest\">2 overdue on 2026-03-01</a>",
                "<a class=\"dd-count\" data-count=\"open\" href=\"#open-questions\">3 open questions</a>",
            ]
        );
        let mut config = Config::default();
        config.badges.enabled = false;
        assert!(
            links(&config, &document)[0].contains("href=\"#open-questions\""),
            "no badge, no id"
        );
    }

    #[test]
    fn decisions_without_a_place_are_counted_without_a_link() {
        let document = Document {
            decisions: vec![Decision::default()],
            ..Document::default()
        };
        assert_eq!(
            links(&Config::default(), &document),
            ["<span class=\"dd-count\" data-count=\"decisions\">1 decision</span>"]
        );
    }
}
