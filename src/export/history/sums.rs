//! The figures of a book: how often deadlines have moved, how old its open questions are, how long its
//! documents are in review.

use serde::Serialize;

use super::History;
use crate::history::Step;

/// The figures of a book. Only what is open now counts.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Sums {
    /// The open questions.
    pub(super) open_questions: usize,
    /// Those whose deadline has moved at least once.
    pub(super) questions_with_moved_deadline: usize,
    /// All moves of their deadlines from one day to another.
    pub(super) deadline_moves: usize,
    /// The median of the days by which a move has put a deadline off; negative if it has come nearer.
    pub(super) median_days_moved: Option<i64>,
    /// The median of the days since the open questions were asked, as far as that is known.
    pub(super) median_age_of_open_questions: Option<i64>,
    /// The median of the days that documents have been in review.
    pub(super) median_days_in_review: Option<i64>,
}

impl Sums {
    pub(super) fn of(history: &History<'_>) -> Self {
        let (mut ages, mut moves, mut reviews) = (Vec::new(), Vec::new(), Vec::new());
        let mut sums = Self::default();
        for entry in history.entries() {
            reviews.extend(entry.timeline.days_in_review);
            for (_, _, since) in &entry.questions {
                sums.open_questions += 1;
                ages.extend(history.age(since.asked));
                let before = moves.len();
                moves.extend(since.deadlines.iter().filter_map(Step::distance));
                sums.questions_with_moved_deadline += usize::from(moves.len() > before);
            }
        }
        sums.deadline_moves = moves.len();
        sums.median_days_moved = median(moves);
        sums.median_age_of_open_questions = median(ages);
        sums.median_days_in_review = median(reviews);
        sums
    }
}

/// The middle value; of two, the lower one.
fn median(mut values: Vec<i64>) -> Option<i64> {
    values.sort_unstable();
    let middle = values.len().checked_sub(1)? / 2;
    values.get(middle).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_a_value_that_there_is() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![9, 1, 5]), Some(5));
        assert_eq!(median(vec![4, 1, 2, 3]), Some(2));
    }
}
