//! What the history of a document says about the document as it is now, which may have changed since its
//! last commit.

use super::facts::Asked;
use super::likeness::{Named, pairs};
use super::timeline::{Line, Step, Timeline};
use crate::model::{Document, Past, days_between};

impl Step {
    /// The days between the old and the new value, if both are dates.
    pub fn distance(&self) -> Option<i64> {
        let [from, to] = [&self.from, &self.to].map(|value| value.as_deref()?.parse().ok());
        Some(days_between(from?, to?))
    }
}

impl Timeline {
    /// Gives each question of `document` its past. A question that the last version does not have has none.
    pub fn tell(&self, document: &mut Document) {
        let before: Vec<Named<'_>> = self.questions.iter().map(|(asked, _)| asked.named()).collect();
        let asked: Vec<Asked> = document.questions.iter().map(Asked::of).collect();
        let now: Vec<Named<'_>> = asked.iter().map(Asked::named).collect();
        for (question, partner) in document.questions.iter_mut().zip(pairs(&before, &now)) {
            if let Some(at) = partner {
                question.past = self.questions[at].1.past(question.resolved);
            }
        }
        document.days_in_review = self.days_in_review;
    }
}

impl Line {
    fn past(&self, is_resolved: bool) -> Past {
        let moves = || self.deadlines.iter().filter(|step| step.distance().is_some());
        Past {
            asked: self.asked,
            moved: moves().count(),
            last_moved: moves().map(|step| step.day).max(),
            resolved_on: self.resolved_on.filter(|_| is_resolved),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::{Date, date};

    use super::*;
    use crate::history::{Facts, Version, timeline};
    use crate::model::{Chapter, DateText, Deadline, Fragment, OpenQuestion, When};

    fn document(due: Date, resolved: bool) -> Document {
        Document {
            questions: vec![OpenQuestion {
                id: "question-fee".into(),
                question: Fragment::new("Who pays the fee?".into(), "Who pays the fee?".into(), Vec::new()),
                due: Some(Deadline(DateText {
                    when: When::Day(due),
                    ..DateText::default()
                })),
                resolved,
                ..OpenQuestion::default()
            }],
            ..Document::default()
        }
    }

    /// A version of 2026-03-`day`, made from others, in which the question is open until `due` or resolved.
    fn version(parents: &[usize], day: i8, due: Option<Date>) -> Version {
        let chapter = Chapter {
            document: Some(document(due.unwrap_or(DUE), due.is_none())),
            ..Chapter::default()
        };
        Version {
            parents: parents.to_vec(),
            day: date(2026, 3, day),
            author: Arc::from("Ada Obi"),
            renamed: None,
            is_edge: false,
            facts: Some(Facts::of(&chapter)),
        }
    }

    const DUE: Date = date(2026, 4, 1);
    const OPEN: Option<Date> = Some(DUE);
    const MOVED: Option<Date> = Some(date(2026, 5, 1));
    const RESOLVED: Option<Date> = None;

    fn past(versions: &[Version], resolved: bool) -> Past {
        let mut now = document(DUE, resolved);
        timeline(versions, date(2026, 3, 31)).tell(&mut now);
        now.questions[0].past
    }

    #[test]
    fn a_question_that_was_opened_again_was_resolved_last() {
        let mut versions = vec![
            version(&[], 1, OPEN),
            version(&[0], 2, RESOLVED),
            version(&[1], 3, MOVED),
            version(&[2], 4, RESOLVED),
        ];
        let expected = Past {
            asked: Some(date(2026, 3, 1)),
            moved: 1,
            last_moved: Some(date(2026, 3, 3)),
            resolved_on: Some(date(2026, 3, 4)),
        };
        assert_eq!(past(&versions, true), expected);
        // It is open in the files, but not in the last commit.
        assert_eq!(past(&versions, false).resolved_on, None);
        versions.pop();
        assert_eq!(past(&versions, false).resolved_on, None);
    }

    #[test]
    fn a_merge_resolves_nothing_that_one_side_had_resolved() {
        let versions = [
            version(&[], 1, OPEN),
            version(&[0], 2, MOVED),
            version(&[0], 3, RESOLVED),
            version(&[1, 2], 9, RESOLVED),
        ];
        assert_eq!(past(&versions, true).resolved_on, Some(date(2026, 3, 3)));
    }

    #[test]
    fn nothing_is_dated_by_the_edge_of_a_clone() {
        let mut versions = vec![version(&[], 1, RESOLVED)];
        versions[0].is_edge = true;
        assert_eq!(past(&versions, true), Past::default());
        versions.push(version(&[0], 2, OPEN));
        versions.push(version(&[1], 3, RESOLVED));
        let expected = Past {
            resolved_on: Some(date(2026, 3, 3)),
            ..Past::default()
        };
        assert_eq!(past(&versions, true), expected);
    }

    #[test]
    fn what_is_not_committed_has_no_past() {
        let mut now = document(DUE, false);
        now.questions[0].question = Fragment::new("Which bank?".into(), "Which bank?".into(), Vec::new());
        now.questions[0].id = "question-bank".into();
        timeline(&[version(&[], 1, OPEN)], date(2026, 3, 31)).tell(&mut now);
        assert_eq!(now.questions[0].past, Past::default());
    }
}
