//! Dates as authors write them, and the standing of a deadline on a given day.

use jiff::civil::Date;

use crate::source::{Span, worded};

/// The meaning of a written date.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum When {
    /// Nothing, or `TBD`, or a template's placeholder.
    #[default]
    Unset,
    /// A full date.
    Day(Date),
    /// `Jul 2026`: the last day of that month.
    Month(Date),
    /// `05/02/2018`, if `date-order` is not set.
    Ambiguous {
        /// Read with the day first.
        day_first: Date,
        /// Read with the month first.
        month_first: Date,
    },
    /// Looks like a date but is not one: `2023-07-2i`, `2026-02-30`.
    Invalid,
    /// Words: `Phase 1`. The day is known if it is under `milestones` in book.toml.
    Milestone(Option<Date>),
}

impl When {
    /// The day, if it is certain.
    pub fn day(&self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(*day),
            _ => None,
        }
    }
}

/// A date and the author's text for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DateText {
    /// The text as written.
    pub text: String,
    /// The meaning that was read.
    pub when: When,
    /// Its place.
    pub span: Span,
}

impl DateText {
    /// The date, if it is full and unambiguous.
    pub fn date(&self) -> Option<Date> {
        self.when.day()
    }

    /// The date; for a month, its last day.
    pub fn last_day(&self) -> Option<Date> {
        match self.when {
            When::Day(date) | When::Month(date) => Some(date),
            _ => None,
        }
    }
}

/// The day by which a question must be decided, or a document or a decision be looked at again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deadline(pub DateText);

worded! {
    /// The standing of a question on a given day.
    pub enum Standing {
        /// The day of the deadline has passed.
        Overdue = "overdue",
        /// The deadline is today, which is not overdue.
        DueToday = "due-today",
        /// Within the configured number of days.
        DueSoon = "due-soon",
        /// Later than that.
        Upcoming = "upcoming",
        /// Depends on a milestone without a known date.
        Milestone = "milestone",
        /// No deadline, or one that cannot be read.
        Undated = "undated",
        /// Decided.
        Resolved = "resolved",
    }
}

impl Deadline {
    /// The last day on which the question is not overdue.
    pub fn day(&self) -> Option<Date> {
        match self.0.when {
            When::Day(date) | When::Month(date) | When::Milestone(Some(date)) => Some(date),
            _ => None,
        }
    }

    /// The standing of an unresolved question with this deadline on `today`.
    pub fn standing(&self, today: Date, due_soon_days: u16) -> Standing {
        let Some(day) = self.day() else {
            return match self.0.when {
                When::Milestone(_) => Standing::Milestone,
                _ => Standing::Undated,
            };
        };
        match days_between(today, day) {
            ..0 => Standing::Overdue,
            0 => Standing::DueToday,
            left if left <= i64::from(due_soon_days) => Standing::DueSoon,
            _ => Standing::Upcoming,
        }
    }
}

/// Whole days from `from` to `to`; negative when `to` is earlier.
pub fn days_between(from: Date, to: Date) -> i64 {
    // Two civil dates are at most about 7 million days apart, so this cannot fail.
    from.duration_until(to).as_hours() / 24
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn due(when: When) -> Deadline {
        Deadline(DateText {
            when,
            ..DateText::default()
        })
    }

    #[test]
    fn the_day_of_the_deadline_is_not_overdue() {
        let deadline = due(When::Day(date(2026, 3, 1)));
        let on = |day| deadline.standing(day, 14);
        assert_eq!(on(date(2026, 3, 2)), Standing::Overdue);
        assert_eq!(on(date(2026, 3, 1)), Standing::DueToday);
        assert_eq!(on(date(2026, 2, 28)), Standing::DueSoon);
        assert_eq!(on(date(2026, 2, 15)), Standing::DueSoon);
        assert_eq!(on(date(2026, 2, 14)), Standing::Upcoming);
    }

    #[test]
    fn what_cannot_be_dated_is_never_fine_or_overdue() {
        let today = date(2026, 3, 1);
        assert_eq!(due(When::Invalid).standing(today, 14), Standing::Undated);
        assert_eq!(due(When::Milestone(None)).standing(today, 14), Standing::Milestone);
        assert_eq!(
            due(When::Milestone(Some(date(2026, 2, 1)))).standing(today, 14),
            Standing::Overdue
        );
    }
}
