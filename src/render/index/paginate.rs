//! Splits a long index into pages by year, so that each page stays short.
//!
//! The number of pages has a limit, since each of them is a chapter of the book: a typing error in
//! every date would otherwise make thousands.

use std::collections::BTreeMap;
use std::fmt;

/// An index has at most so many pages of years. More years share pages.
const MOST: usize = 100;

/// The numbers of years that may share a page, from the same decade, century or millennium.
const TOGETHER: [i16; 4] = [1, 10, 100, 1000];

/// The years of a page; those of the first page are not listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Years {
    /// The first year with an item.
    first: i16,
    /// The last one.
    last: i16,
}

impl Years {
    /// The years of the pages other than the first, newest first: those that do not fit on a first
    /// page of `rows` together with the items without a year.
    pub(super) fn of<T>(items: &[T], rows: usize, year: impl Fn(&T) -> Option<i16>) -> Vec<Self> {
        if items.len() <= rows {
            return Vec::new();
        }
        let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
        for year in items.iter().filter_map(year) {
            *counts.entry(year).or_default() += 1;
        }
        let mut room = rows + counts.values().sum::<usize>();
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
        let others: Vec<i16> = counts.into_keys().rev().skip(fits).collect();
        let mut pages = TOGETHER.into_iter().map(|together| grouped(&others, together));
        pages.find(|pages| pages.len() <= MOST).unwrap_or_default()
    }

    fn has(self, year: i16) -> bool {
        (self.first..=self.last).contains(&year)
    }

    /// The end of a file's name: `2024`, `2010-2019`.
    pub(super) fn word(self) -> String {
        self.joined('-')
    }

    fn joined(self, dash: char) -> String {
        match self.first == self.last {
            true => self.first.to_string(),
            false => format!("{}{dash}{}", self.first, self.last),
        }
    }
}

impl fmt::Display for Years {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.joined('–'))
    }
}

/// The `years`, newest first, with those of the same decade, century or millennium on one page.
fn grouped(years: &[i16], together: i16) -> Vec<Years> {
    let chunks = years.chunk_by(|a, b| a.div_euclid(together) == b.div_euclid(together));
    let pages = chunks.filter_map(|chunk| {
        Some(Years {
            first: *chunk.last()?,
            last: *chunk.first()?,
        })
    });
    pages.collect()
}

/// A page of an index.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page {
    /// The years of the page; None for the first page.
    pub(super) here: Option<Years>,
    /// The newest years of another page.
    pub(super) newest: Option<Years>,
}

impl Page {
    /// The only page of an index.
    pub(super) const WHOLE: Self = Self {
        here: None,
        newest: None,
    };

    /// Whether an item of `year` is on the page.
    pub(super) fn has(self, year: Option<i16>) -> bool {
        match (self.here, year) {
            (Some(here), year) => year.is_some_and(|year| here.has(year)),
            (None, None) => true,
            (None, Some(year)) => self.newest.is_none_or(|newest| year > newest.last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(items: &[Option<i16>], rows: usize) -> Vec<String> {
        let years = Years::of(items, rows, |item| *item);
        years.iter().map(Years::to_string).collect()
    }

    #[test]
    fn the_first_page_keeps_what_is_new_and_what_has_no_year() {
        let items = [Some(2026), None, Some(2025), Some(2025), Some(2024)];
        assert_eq!(named(&items, 5), [""; 0]);
        assert_eq!(named(&items, 4), ["2024"]);
        assert_eq!(named(&items, 3), ["2025", "2024"]);
        assert_eq!(named(&items, 1), ["2026", "2025", "2024"]);
        let years = Years::of(&items, 3, |item| *item);
        let page = |here| {
            let page = Page {
                here,
                newest: years.first().copied(),
            };
            items.into_iter().filter(|item| page.has(*item)).collect::<Vec<_>>()
        };
        assert_eq!(page(None), [Some(2026), None]);
        assert_eq!(page(Some(years[0])), [Some(2025), Some(2025)]);
        assert!(items.iter().all(|item| Page::WHOLE.has(*item)));
    }

    #[test]
    fn years_share_pages_if_there_are_more_than_a_hundred() {
        let items = |years: std::ops::Range<i16>| years.map(Some).collect::<Vec<_>>();
        assert_eq!(
            named(&items(1900..2001), 1).len(),
            100,
            "each its own, 2000 on the first"
        );
        let decades = named(&items(1895..2027), 5);
        assert_eq!(decades.len(), 14);
        assert_eq!(
            decades[..2],
            ["2020–2021", "2010–2019"],
            "2022 to 2026 are on the first page"
        );
        assert_eq!(decades[13], "1895–1899");
        let all = Years::of(&items(-9999..9999), 1, |item| *item);
        assert!(all.len() <= 20, "{}", all.len());
        assert_eq!(all[0].word(), "9000-9997");
        for year in -9999..9998 {
            let pages = all.iter().filter(|years| years.has(year)).count();
            assert_eq!(pages, 1, "{year}");
        }
    }
}
