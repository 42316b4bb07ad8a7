//! Splits a long index into pages by year, so that each page stays short.

use std::collections::BTreeMap;

/// The part of an index on a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pager {
    /// An index with more rows than this is split.
    pub(super) rows: usize,
    /// The year of the page; None for the first page.
    pub(super) year: Option<i16>,
}

impl Pager {
    /// The years that have their own page, newest first: those that do not fit on the first page
    /// together with the items without a year.
    pub(super) fn years<T>(self, items: &[T], year: impl Fn(&T) -> Option<i16>) -> Vec<i16> {
        if items.len() <= self.rows {
            return Vec::new();
        }
        let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
        for item in items {
            if let Some(year) = year(item) {
                *counts.entry(year).or_default() += 1;
            }
        }
        let mut room = self.rows + counts.values().sum::<usize>();
        room = room.saturating_sub(items.len());
        let fits = counts
            .values()
            .rev()
            .take_while(|&&count| {
                let fits = count <= room;
                room = room.saturating_sub(count);
                fits
            })
            .count();
        counts.into_keys().rev().skip(fits).collect()
    }

    /// The `items` on the page.
    pub(super) fn page<T>(self, items: Vec<T>, year: impl Fn(&T) -> Option<i16>) -> Vec<T> {
        let years = self.years(&items, &year);
        if years.is_empty() {
            return items;
        }
        let is_here = |item: &T| {
            let own = year(item).filter(|year| years.contains(year));
            own == self.year
        };
        items.into_iter().filter(is_here).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_page_keeps_what_is_new_and_what_has_no_year() {
        let items = [Some(2026), None, Some(2025), Some(2025), Some(2024)];
        let years = |rows| Pager { rows, year: None }.years(&items, |item| *item);
        assert_eq!(years(5), [0; 0]);
        assert_eq!(years(4), [2024]);
        assert_eq!(years(3), [2025, 2024]);
        assert_eq!(years(1), [2026, 2025, 2024]);
        let page = |year| Pager { rows: 3, year }.page(items.to_vec(), |item| *item);
        assert_eq!(page(None), [Some(2026), None]);
        assert_eq!(page(Some(2025)), [Some(2025), Some(2025)]);
    }
}
