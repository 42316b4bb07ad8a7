//! The deadlines of documents and decisions: the day on which they are to be looked at again, and the
//! day until which comments are awaited.

use super::{Deadline, Decision, Document, StatusClass};
use crate::source::worded;

worded! {
    /// What a document or a decision has promised for a day.
    pub enum Promise {
        /// To look at it again.
        Revisit = "revisit",
        /// To take comments until then.
        Review = "review",
    }
}

impl Document {
    /// Whether it is in force. A status that is unknown or missing does not put it out of force.
    fn is_in_force(&self) -> bool {
        let class = self.status.as_ref().map(|status| status.class);
        !self.is_over() && class.is_none_or(may_be_in_force)
    }

    /// Whether it is closed, or another document has replaced it.
    fn is_over(&self) -> bool {
        self.superseded || self.has_class(StatusClass::Closed)
    }

    fn has_class(&self, class: StatusClass) -> bool {
        self.status.as_ref().is_some_and(|status| status.class == class)
    }

    /// The day on which it is to be looked at again, if that still counts: while it is in force.
    pub fn due_revisit(&self) -> Option<&Deadline> {
        self.revisit.as_ref().filter(|_| self.is_in_force())
    }

    /// The day until which comments are awaited, if that still counts: while it is in review.
    pub fn due_review(&self) -> Option<&Deadline> {
        let until = self.review_until.as_ref();
        until.filter(|_| self.has_class(StatusClass::Review) && !self.is_over())
    }

    /// Its own deadlines that count.
    pub fn promises(&self) -> impl Iterator<Item = (Promise, &Deadline)> {
        let revisit = self.due_revisit().map(|due| (Promise::Revisit, due));
        let review = self.due_review().map(|due| (Promise::Review, due));
        revisit.into_iter().chain(review)
    }

    /// Its decisions that are to be looked at again. The decision of a decision record has the
    /// document's own day, which is not repeated here.
    pub fn due_decisions(&self) -> impl Iterator<Item = (&Decision, &Deadline)> {
        let due = self
            .decisions
            .iter()
            .filter_map(|decision| Some((decision, decision.due_revisit(self)?)));
        due.filter(|(_, due)| self.revisit.as_ref() != Some(due))
    }
}

impl Decision {
    /// The day on which it is to be looked at again, if that still counts: while it is in force.
    pub fn due_revisit(&self, document: &Document) -> Option<&Deadline> {
        let is_in_force = !self.superseded && may_be_in_force(self.class) && !document.is_over();
        self.revisit.as_ref().filter(|_| is_in_force)
    }
}

/// Whether something of this class is in force, as far as is known.
fn may_be_in_force(class: StatusClass) -> bool {
    matches!(class, StatusClass::Agreed | StatusClass::Done | StatusClass::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DateText, Status, When};
    use jiff::civil::date;

    fn promising(class: Option<StatusClass>) -> Document {
        let due = |day| {
            Some(Deadline(DateText {
                when: When::Day(date(2026, 3, day)),
                ..DateText::default()
            }))
        };
        Document {
            status: class.map(|class| Status {
                class,
                ..Status::default()
            }),
            revisit: due(1),
            review_until: due(2),
            decisions: vec![
                Decision {
                    revisit: due(1),
                    ..Decision::default()
                },
                Decision {
                    revisit: due(3),
                    ..Decision::default()
                },
            ],
            ..Document::default()
        }
    }

    fn counted(document: &Document) -> (Vec<Promise>, usize) {
        let promises = document.promises().map(|(promise, _)| promise).collect();
        (promises, document.due_decisions().count())
    }

    #[test]
    fn what_is_in_force_is_looked_at_again_and_what_is_in_review_takes_comments() {
        use StatusClass::*;
        let [revisit, review] = [vec![Promise::Revisit], vec![Promise::Review]];
        for (class, expected) in [
            (None, (revisit.clone(), 1)),
            (Some(Unknown), (revisit.clone(), 1)),
            (Some(Agreed), (revisit.clone(), 1)),
            (Some(Done), (revisit, 1)),
            (Some(Review), (review, 1)),
            (Some(Draft), (Vec::new(), 1)),
            (Some(Paused), (Vec::new(), 1)),
            (Some(Closed), (Vec::new(), 0)),
        ] {
            assert_eq!(counted(&promising(class)), expected, "{class:?}");
        }
    }

    #[test]
    fn what_is_replaced_is_not_looked_at_again() {
        let mut document = promising(Some(StatusClass::Agreed));
        assert_eq!(counted(&document).0, [Promise::Revisit]);
        document.decisions[1].superseded = true;
        assert_eq!(counted(&document).1, 0);
        document.decisions[1].superseded = false;
        document.decisions[1].class = StatusClass::Review;
        assert_eq!(counted(&document).1, 0, "only proposed");
        document.superseded = true;
        assert_eq!(counted(&document), (Vec::new(), 0));
    }
}
