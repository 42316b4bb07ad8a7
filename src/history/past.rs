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
