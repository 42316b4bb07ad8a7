//! Days that are counted and shown on the day of the build, and by a script on the reader's day.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::{OpenQuestion, days_between};

/// The number of days for which a page contains rows that come into its window only later; a script
/// shows each on its day.
pub(super) const AHEAD: i64 = 14;

/// The days that are shown, counted from the reader's day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DayRange {
    /// The first; None for all days before the last.
    pub(super) from: Option<i64>,
    /// The last.
    pub(super) to: i64,
}

impl DayRange {
    pub(super) const fn new(from: i64, to: i64) -> Self {
        Self { from: Some(from), to }
    }

    pub(super) const fn until(to: i64) -> Self {
        Self { from: None, to }
    }

    /// Whether `day` is in it on `today`.
    pub(super) fn has(self, today: Date, day: Date) -> bool {
        let left = days_between(today, day);
        self.from.is_none_or(|from| from <= left) && left <= self.to
    }

    /// The range with the days that come into it soon.
    pub(super) const fn ahead(self) -> Self {
        Self {
            from: self.from,
            to: self.to + AHEAD,
        }
    }

    /// The `data-in` for the script.
    pub(super) fn attribute(self) -> String {
        let from = self.from.map_or_else(String::new, |from| from.to_string());
        format!("{from}/{}", self.to)
    }
}

/// Days that are counted, and counted again on another day.
#[derive(Default)]
pub(super) struct Days(BTreeMap<Date, usize>);

impl Days {
    pub(super) fn new(each: impl Iterator<Item = Date>) -> Self {
        let mut days = Self::default();
        for day in each {
            *days.0.entry(day).or_default() += 1;
        }
        days
    }

    /// The days of `questions`.
    pub(super) fn of<'q>(questions: impl Iterator<Item = &'q OpenQuestion>) -> Self {
        Self::new(questions.filter_map(OpenQuestion::day))
    }

    pub(super) fn count(&self, range: DayRange, today: Date) -> usize {
        let inside = self.0.iter().filter(|(day, _)| range.has(today, **day));
        inside.map(|(_, count)| count).sum()
    }

    /// The number of days before `today`, and the others for the script.
    pub(super) fn attributes(&self, today: Date) -> (usize, String) {
        let past = self.0.range(..today).map(|(_, count)| count).sum();
        let coming = self.0.range(today..).map(|(day, count)| match count {
            1 => day.to_string(),
            count => format!("{day}*{count}"),
        });
        (past, coming.collect::<Vec<_>>().join(" "))
    }
}
