//! The counts in the header card, each a link to the counted items.

use jiff::civil::Date;
use maud::html;

use crate::model::{Chapter, Decision, Document, OpenQuestion};
use crate::render::link;
use crate::render::words::fill;
use crate::render::writer::Writer;
use crate::source::Span;

/// A rendered count, with a link to the counted items.
fn count(text: &str, anchor: Option<&str>, writer: &Writer<'_>) -> String {
    match (anchor.map(|anchor| link::to_anchor(anchor, writer)), writer.html) {
        (Some(href), _) => writer.link(&href, &writer.text(text)),
        (None, true) => html! { span { (text) } }.into_string(),
        (None, false) => writer.text(text),
    }
}

/// The number of overdue questions or decisions, with the data to recount them on another day.
pub(super) struct Overdue<'q, T> {
    /// The one with the earliest deadline.
    pub(super) first: &'q T,
    /// The deadlines of all, earliest first.
    days: Vec<Date>,
    now: usize,
    said: Said,
}

/// The words for a count.
struct Said {
    /// `data-count`.
    kind: &'static str,
    /// Whether the script has to be told the phrase.
    is_own: bool,
    phrase: &'static str,
    /// The phrase with the day of the build.
    on: &'static str,
}

impl<'q> Overdue<'q, OpenQuestion> {
    /// Counts the open ones among `questions`; None if none of them has a date.
    pub(super) fn of(questions: impl Iterator<Item = &'q OpenQuestion>, writer: &Writer<'_>) -> Option<Self> {
        let open = questions.filter(|question| !question.resolved);
        let said = Said {
            kind: "overdue",
            is_own: false,
            phrase: writer.words.n_overdue,
            on: writer.words.n_overdue_on,
        };
        Self::new(
            open.filter_map(|question| Some((question.day()?, question))),
            said,
            writer,
        )
    }
}

impl<'q> Overdue<'q, Decision> {
    /// Counts the decisions of `document` that are to be looked at again; None if none of them has a
    /// date.
    fn decisions(document: &'q Document, writer: &Writer<'_>) -> Option<Self> {
        let said = Said {
            kind: "revisit",
            is_own: true,
            phrase: writer.words.n_revisit,
            on: writer.words.n_revisit_on,
        };
        let dated = document.due_decisions();
        Self::new(
            dated.filter_map(|(decision, due)| Some((due.day()?, decision))),
            said,
            writer,
        )
    }
}

impl<'q, T> Overdue<'q, T> {
    fn new(dated: impl Iterator<Item = (Date, &'q T)>, said: Said, writer: &Writer<'_>) -> Option<Self> {
        let mut dated: Vec<(Date, &T)> = dated.collect();
        dated.sort_by_key(|(day, _)| *day);
        let first = dated.first()?.1;
        let days: Vec<Date> = dated.into_iter().map(|(day, _)| day).collect();
        let now = days.partition_point(|day| *day < writer.today);
        Some(Self { first, days, now, said })
    }

    /// The number of overdue ones on the day of the build.
    pub(super) const fn now(&self) -> usize {
        self.now
    }

    /// The number of overdue ones on the day of the build, as a phrase.
    pub(super) fn phrase(&self) -> String {
        fill(self.said.phrase, &self.now.to_string())
    }

    /// The deadlines of all, for the script.
    pub(super) fn dues(&self) -> String {
        let days: Vec<String> = self.days.iter().map(Date::to_string).collect();
        days.join(" ")
    }

    /// A link to the first overdue one: in HTML, hidden while there are none; elsewhere, only
    /// if there are any. The count is of the day of the build, so the text includes that day,
    /// unless `as_of` says that it is shown nearby.
    pub(super) fn write(&self, href: &str, as_of: bool, writer: &Writer<'_>) -> String {
        let count = self.now.to_string();
        let text = match (self.now, as_of) {
            (0, _) => String::new(),
            (_, true) => self.phrase(),
            (_, false) => fill(&fill(self.said.on, &count), &writer.today.to_string()),
        };
        if writer.html {
            let phrase = Some(self.said.phrase).filter(|_| self.said.is_own);
            html! {
                a.dd-count data-count=(self.said.kind) data-dues=(self.dues()) href=(href) data-phrase=[phrase] hidden[self.now == 0] { (text) }
            }
            .into_string()
        } else if self.now > 0 {
            writer.link(href, &writer.text(&text))
        } else {
            String::new()
        }
    }
}

/// The overdue and open questions, the decisions, those to be looked at again, and the rollout's progress, rendered for the
/// header card.
pub(super) fn counts(chapter: &Chapter, document: &Document, writer: &Writer<'_>) -> Vec<String> {
    let words = writer.words;
    let mut counts = Vec::new();
    if let Some(overdue) = Overdue::of(document.questions.iter(), writer) {
        let anchor = link::question_anchor(chapter, overdue.first, writer).unwrap_or_default();
        let written = overdue.write(&link::to_anchor(anchor, writer), false, writer);
        counts.extend(Some(written).filter(|written| !written.is_empty()));
    }
    let open = document.questions.iter().filter(|question| !question.resolved);
    if let Some(first) = open.clone().next() {
        let text = words.n_open_questions.fill(open.count());
        let above = heading_above(chapter, document, first.span, writer);
        let anchor = above.or_else(|| link::question_anchor(chapter, first, writer));
        counts.push(count(&text, anchor, writer));
    }
    if let Some(first) = document.decisions.first() {
        let text = words.n_decisions.fill(document.decisions.len());
        let above = heading_above(chapter, document, first.span, writer);
        let anchor = above.or_else(|| link::decision_anchor(chapter, first, writer));
        counts.push(count(&text, anchor, writer));
    }
    if let Some(overdue) = Overdue::decisions(document, writer) {
        let anchor = link::decision_anchor(chapter, overdue.first, writer).unwrap_or_default();
        let written = overdue.write(&link::to_anchor(anchor, writer), false, writer);
        counts.extend(Some(written).filter(|written| !written.is_empty()));
    }
    if document.steps.total > 0 {
        let steps = writer.of(words.steps_of, document.steps.done, document.steps.total);
        counts.push(count(&format!("{}: {steps}", words.rollout), None, writer));
    }
    counts
}

fn heading_above<'a>(chapter: &'a Chapter, document: &Document, span: Span, writer: &Writer<'_>) -> Option<&'a str> {
    let gone = |id: &&str| writer.config.header.enabled && document.layout.lost_ids.iter().any(|lost| lost == id);
    chapter.section_id(span).filter(|id| !gone(id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::{DateText, Deadline, Heading, HeadingWords, When};
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
            words: HeadingWords {
                id: id.into(),
                ..HeadingWords::default()
            }
            .into(),
            span: Span::new(at, at + 5),
            text_at: at,
        };
        Chapter {
            headings: vec![heading("title", 1, 0), heading("open-questions", 2, 10)],
            ..Chapter::default()
        }
    }

    fn links(config: &Config, document: &Document) -> Vec<String> {
        let writer = Writer::new(config, date(2026, 3, 1));
        counts(&chapter(), document, &writer)
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
                "<a class=\"dd-count\" data-count=\"overdue\" data-dues=\"2026-01-01 2026-02-01 2027-01-01\" \
                 href=\"#oldest\">2 overdue on 2026-03-01</a>",
                "<a href=\"#open-questions\">3 open questions</a>",
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
    fn what_may_become_overdue_waits_unseen() {
        let document = Document {
            questions: vec![question("fine", date(2027, 1, 1), 40)],
            ..Document::default()
        };
        assert_eq!(
            links(&Config::default(), &document)[0],
            "<a class=\"dd-count\" data-count=\"overdue\" data-dues=\"2027-01-01\" href=\"#fine\" hidden></a>"
        );
    }

    #[test]
    fn decisions_to_be_looked_at_again_are_counted_apart() {
        let revisit = |day| {
            Some(Deadline(DateText {
                when: When::Day(day),
                ..DateText::default()
            }))
        };
        let decision = |id: &str, day| Decision {
            id: id.into(),
            anchor_at: Some(0),
            revisit: revisit(day),
            ..Decision::default()
        };
        let document = Document {
            decisions: vec![decision("new", date(2027, 1, 1)), decision("old", date(2026, 1, 1))],
            ..Document::default()
        };
        let written = links(&Config::default(), &document);
        assert_eq!(
            written[1],
            "<a class=\"dd-count\" data-count=\"revisit\" data-dues=\"2026-01-01 2027-01-01\" \
             href=\"#old\" data-phrase=\"{} to be looked at again\">1 to be looked at again as of 2026-03-01</a>"
        );
    }

    #[test]
    fn decisions_without_a_place_are_counted_without_a_link() {
        let document = Document {
            decisions: vec![Decision::default()],
            ..Document::default()
        };
        assert_eq!(links(&Config::default(), &document), ["<span>1 decision</span>"]);
    }
}
