//! Rows of an index that are looked up by their owners, tags, statuses, days and paths.

use std::collections::HashMap;
use std::hash::Hash;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::{Decision, Due, Filter, Folder, OpenQuestion, Person};
use crate::render::index::days::DayRange;
use crate::render::index::entry::Entry;
use crate::render::writer::Writer;

/// What a row is found by.
pub(super) struct Facts<'a> {
    entry: Entry<'a>,
    owners: Vec<&'a Person>,
    day: Option<Date>,
}

impl<'a> Facts<'a> {
    pub(super) fn of_question(entry: Entry<'a>, question: &'a OpenQuestion) -> Self {
        Self {
            entry,
            owners: question.owners.iter().collect(),
            day: question.day(),
        }
    }

    pub(super) fn of_decision(entry: Entry<'a>, decision: &'a Decision) -> Self {
        Self {
            entry,
            owners: decision.decided_by.iter().collect(),
            day: decision.day(),
        }
    }

    pub(super) fn of_document(entry: Entry<'a>) -> Self {
        Self {
            entry,
            owners: entry.document.owners().iter().collect(),
            day: None,
        }
    }

    /// The path in this book; other books have folders of their own.
    fn path(&self) -> Option<&'a str> {
        self.entry.book.is_none().then_some(self.entry.chapter.path.as_str())
    }
}

/// A marker shows at most so many rows, so that many markers are not many times the index.
pub(super) const MOST_ROWS: usize = 500;

/// Rows with the places at which each fact stands.
pub(super) struct Catalog<'a, T> {
    rows: Vec<T>,
    facts: Vec<Facts<'a>>,
    owners: HashMap<String, Vec<usize>>,
    tags: HashMap<String, Vec<usize>>,
    statuses: HashMap<String, Vec<usize>>,
    undated: Vec<usize>,
    /// In the order of the days.
    days: Vec<(Date, usize)>,
    /// In the order of the paths.
    paths: Vec<(&'a str, usize)>,
}

impl<'a, T: Copy> Catalog<'a, T> {
    pub(super) fn new(rows: Vec<T>, facts: impl Fn(&T) -> Facts<'a>) -> Self {
        let mut out = Self {
            facts: rows.iter().map(facts).collect(),
            rows,
            owners: HashMap::new(),
            tags: HashMap::new(),
            statuses: HashMap::new(),
            undated: Vec::new(),
            days: Vec::new(),
            paths: Vec::new(),
        };
        for (at, facts) in out.facts.iter().enumerate() {
            for name in facts.owners.iter().flat_map(|person| person.keys()) {
                note(&mut out.owners, name, at);
            }
            for tag in &facts.entry.document.tags {
                note(&mut out.tags, tag.trim().to_lowercase(), at);
            }
            if let Some(status) = &facts.entry.document.status {
                note(&mut out.statuses, status.state.clone(), at);
                note(&mut out.statuses, status.class.word().to_owned(), at);
            }
            match facts.day {
                Some(day) => out.days.push((day, at)),
                None => out.undated.push(at),
            }
            out.paths.extend(facts.path().map(|path| (path, at)));
        }
        out.days.sort_unstable();
        out.paths.sort_unstable();
        out
    }

    /// The first rows that are `wanted`, in the order of the index, and the days of all that are.
    pub(super) fn select(&self, wanted: &Wanted<'_>) -> (Vec<T>, Vec<Option<Date>>) {
        let mut found = self.fewest(wanted);
        found.retain(|&at| wanted.has(&self.facts[at]));
        found.sort_unstable();
        let rows = found.iter().take(MOST_ROWS).map(|&at| self.rows[at]);
        (rows.collect(), found.iter().map(|&at| self.facts[at].day).collect())
    }

    /// The shortest list that contains all rows that are wanted.
    fn fewest(&self, wanted: &Wanted<'_>) -> Vec<usize> {
        let filter = &wanted.filter;
        let by = |places: &HashMap<String, Vec<usize>>, value: &Option<String>| {
            Some(places.get(value.as_ref()?).cloned().unwrap_or_default())
        };
        let ahead = wanted.range.map(|range| {
            let first = range.from.and_then(|from| wanted.today.checked_add(from.days()).ok());
            let last = wanted.today.checked_add(range.to.days()).ok();
            let start = first.map_or(0, |first| self.days.partition_point(|(day, _)| *day < first));
            let end = last.map_or(self.days.len(), |last| {
                self.days.partition_point(|(day, _)| *day <= last)
            });
            self.days[start..end.max(start)].iter().map(|(_, at)| *at).collect()
        });
        let below = wanted.folder.as_ref().map(|folder| {
            let start = self.paths.partition_point(|(path, _)| *path < folder.prefix);
            let rest = &self.paths[start..];
            let end = rest.partition_point(|(path, _)| path.starts_with(folder.prefix));
            rest[..end].iter().map(|(_, at)| *at).collect()
        });
        let undated = (filter.due == Some(Due::Undated)).then(|| self.undated.clone());
        let lists = [
            by(&self.owners, &filter.owner),
            by(&self.tags, &filter.tag),
            by(&self.statuses, &filter.status),
            ahead,
            below,
            undated,
        ];
        let fewest = lists.into_iter().flatten().min_by_key(Vec::len);
        fewest.unwrap_or_else(|| (0..self.rows.len()).collect())
    }
}

fn note<K: Hash + Eq>(places: &mut HashMap<K, Vec<usize>>, key: K, at: usize) {
    let places = places.entry(key).or_default();
    if places.last() != Some(&at) {
        places.push(at);
    }
}

/// What a marker asks for.
pub(super) struct Wanted<'f> {
    /// The filter in lower case.
    filter: Filter,
    folder: Option<Folder<'f>>,
    /// The days that the page contains, those that are shown later among them.
    range: Option<DayRange>,
    today: Date,
}

impl<'f> Wanted<'f> {
    pub(super) fn new(filter: &'f Filter, range: Option<DayRange>, writer: &Writer<'_>) -> Self {
        Self {
            filter: filter.folded(),
            folder: filter.folder.as_deref().map(Folder::new),
            // Without the script, a row that is not shown today never is.
            range: range.map(|range| if writer.html { range.ahead() } else { range }),
            today: writer.today,
        }
    }

    fn has(&self, facts: &Facts<'_>) -> bool {
        let document = facts.entry.document;
        let filter = &self.filter;
        let is = |wanted: &Option<String>, has: &dyn Fn(&str) -> bool| wanted.as_deref().is_none_or(has);
        is(&filter.owner, &|name| {
            facts.owners.iter().any(|person| person.keys().any(|own| own == name))
        }) && is(&filter.tag, &|tag| {
            document.tags.iter().any(|own| own.trim().to_lowercase() == tag)
        }) && is(&filter.status, &|wanted| {
            let status = document.status.as_ref();
            status.is_some_and(|status| status.state == wanted || status.class.word() == wanted)
        }) && self
            .folder
            .as_ref()
            .is_none_or(|folder| facts.path().is_some_and(|path| folder.has(path)))
            && (filter.due != Some(Due::Undated) || facts.day.is_none())
            && self
                .range
                .is_none_or(|range| facts.day.is_some_and(|day| range.has(self.today, day)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::render::index::entry::Entries;
    use crate::source::Source;
    use jiff::civil::date;

    /// With a marker in each chapter, looking at all rows for each would take quadratic time.
    #[test]
    fn a_marker_looks_only_at_the_rows_of_its_rarest_value() {
        let sources: Vec<Source> = (0..40)
            .map(|number| Source {
                path: format!("f{number:02}/a.md"),
                text: format!(
                    "# D{number}\n\n- Status: Draft\n- Author: Ada Obi\n- Tags: t{number}, all\n\n## Open questions\n\n\
                     1. Why? (owner: Person {number}, due: 2027-{:02}-01)\n",
                    number % 12 + 1
                ),
                ..Source::default()
            })
            .collect();
        let config = Config::default();
        let corpus = crate::parse::corpus(&sources, &config);
        let documents = Entries::new(&corpus);
        let rows: Vec<_> = documents
            .all
            .iter()
            .map(|entry| (*entry, &entry.document.questions[0]))
            .collect();
        let catalog = Catalog::new(rows, |(entry, question)| Facts::of_question(*entry, question));
        let writer = Writer::new(&config, date(2027, 1, 1));
        let text = |value: &str| Some(value.to_owned());
        let none = Filter::default;
        for (filter, range, expected) in [
            (
                Filter {
                    owner: text("Person 7"),
                    ..none()
                },
                None,
                1,
            ),
            (
                Filter {
                    tag: text("T7"),
                    status: text("draft"),
                    ..none()
                },
                None,
                1,
            ),
            (
                Filter {
                    folder: text("f07/**"),
                    tag: text("all"),
                    ..none()
                },
                None,
                1,
            ),
            (none(), Some(DayRange::until(-1)), 4),
            (
                Filter {
                    status: text("draft"),
                    ..none()
                },
                None,
                40,
            ),
        ] {
            let wanted = Wanted::new(&filter, range, &writer);
            assert_eq!(catalog.fewest(&wanted).len(), expected, "{filter:?}");
        }
    }
}
