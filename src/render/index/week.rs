//! What a lead opens on Monday: who has what to decide and to review, and what has happened or happens
//! within seven days.
//!
//! The page is true as of the build. What comes into its lists in the two weeks after that is there
//! too, `hidden`: a script shows it on its day. It recounts all numbers from the days in `data-days`.

mod past;
mod write;

use jiff::ToSpan;
use jiff::civil::Date;
use maud::{PreEscaped, html};

use super::days::{DayRange, Days};
use super::entry::{Entries, Entry, IndexWriter};
use super::people::{self, KnownPerson};
use crate::config::Anchors;
use crate::lint::reports_stale_review;
use crate::model::{Document, IndexKind, OpenQuestion, Person, Promise};
use crate::render::part::Parts;
use crate::render::words::fill;
use crate::render::{badge, link};

/// What is overdue.
const OVERDUE: DayRange = DayRange::until(-1);

/// What is due within a week.
const SOON: DayRange = DayRange::new(0, 7);

/// The page, or the part of an author's page.
pub(super) fn page<'a>(documents: &Entries<'a>, at: IndexWriter<'a>) -> Parts<'a> {
    let week = Week { at };
    let everywhere = documents.of(IndexKind::Questions);
    let people = week.people(documents);
    let lists = week.lists(documents, everywhere);
    let is_quiet = people.iter().all(|person| person.is_hidden) && lists.iter().all(|list| list.shown(&at) == 0);
    let mut parts = Parts::default();
    parts.add(&match at.writer.html {
        true => week.html(everywhere, &people, &lists, is_quiet),
        false => week.plain(&people, &lists, is_quiet),
    });
    parts
}

/// The writer of the page.
struct Week<'a> {
    at: IndexWriter<'a>,
}

/// A row of the table of people.
struct Row {
    is_hidden: bool,
    cells: Vec<String>,
}

/// A list below the table.
struct List {
    name: &'static str,
    anchor: &'static str,
    range: DayRange,
    items: Vec<Item>,
}

/// An item of a list.
struct Item {
    day: Date,
    /// The rendered link, the words behind it and the rendered date.
    link: String,
    about: String,
    date: String,
}

impl List {
    fn shown(&self, at: &IndexWriter<'_>) -> usize {
        let is_shown = |item: &&Item| self.range.has(at.writer.today, item.day);
        self.items.iter().filter(is_shown).count()
    }
}

impl<'a> Week<'a> {
    /// A link to a view of an index, as its script reads it from the address.
    fn view(&self, kind: IndexKind, filters: &[(&str, &str)]) -> String {
        self.at.view(Some(kind), filters).unwrap_or_default()
    }

    /// A count as a link, which the script recounts; empty if it never becomes one.
    fn count(&self, days: &Days, range: DayRange, href: &str, label: Option<&str>) -> String {
        let today = self.at.writer.today;
        let count = days.count(range, today);
        if !self.at.writer.html {
            return if count == 0 { String::new() } else { count.to_string() };
        }
        let (past, coming) = days.attributes(today);
        if count == 0 && coming.is_empty() {
            return String::new();
        }
        let past = Some(past).filter(|_| range.from.is_none());
        html! {
            a href=(href) data-in=(range.attribute()) data-past=[past] data-days=(coming) hidden[count == 0] {
                @if let Some(label) = label { b { (count) } " " (label) } @else { (count) }
            }
        }
        .into_string()
    }

    fn people(&self, documents: &Entries<'a>) -> Vec<Row> {
        let mut people = people::gathered(documents.of(IndexKind::People));
        people.retain(|person| !(person.owes.is_empty() && person.reviews.is_empty()));
        let today = self.at.writer.today;
        people.sort_by_cached_key(|person| {
            let days = person.days();
            let count = |range| std::cmp::Reverse(days.count(range, today));
            let reviews = std::cmp::Reverse(person.reviews.len());
            (count(OVERDUE), count(SOON), reviews, person.name.to_lowercase())
        });
        let slugs = people::slugs(people.iter().map(|person| person.name));
        let rows = people.iter().zip(slugs);
        let rows = rows.map(|(person, slug)| self.person(person, &slug));
        rows.filter(|row| row.cells[1..].iter().any(|cell| !cell.is_empty()))
            .collect()
    }

    fn person(&self, person: &KnownPerson<'a>, slug: &str) -> Row {
        let writer = self.at.writer;
        let days = person.days();
        let own = self.at.plan.iter().find(|index| index.kind == IndexKind::People);
        let slug = if link::has_anchors(Anchors::BehindText, writer) {
            slug
        } else {
            ""
        };
        let own = own.map(|index| link::to_chapter(&index.path, slug, self.at.depth, writer));
        let owed = |due: &str| match (person.as_owner.len(), person.as_owner.first(), &own) {
            (1, Some(name), _) => self.view(IndexKind::Questions, &[("owner", name), ("due", due)]),
            // A list by one of several names would not be complete.
            (_, _, Some(own)) => own.clone(),
            _ => self.view(IndexKind::Questions, &[("due", due), ("group", "owner")]),
        };
        let reviews = match (person.reviews.len(), own.as_ref()) {
            (0, _) => String::new(),
            (count, _) if !writer.html => count.to_string(),
            (count, own) => {
                let list = own.cloned();
                let list = list.unwrap_or_else(|| self.view(IndexKind::Documents, &[("waits", person.name)]));
                writer.link(&list, &count.to_string())
            }
        };
        let name = writer.text(person.name);
        let cells = vec![
            own.as_ref().map_or(name.clone(), |own| writer.link(own, &name)),
            self.count(&days, OVERDUE, &owed("overdue"), None),
            self.count(&days, SOON, &owed("7"), None),
            self.longest(person),
            reviews,
        ];
        let now = days.count(OVERDUE, writer.today) + days.count(SOON, writer.today) + person.reviews.len();
        Row {
            is_hidden: now == 0,
            cells,
        }
    }

    /// The question that is overdue longest; hidden as long as it is not.
    fn longest(&self, person: &KnownPerson<'a>) -> String {
        let writer = self.at.writer;
        let dated = person.owes.iter().filter_map(|owed| Some((owed.1.day()?, owed)));
        let Some((day, (entry, question))) = dated.min_by_key(|(day, _)| *day) else {
            return String::new();
        };
        let is_overdue = OVERDUE.has(writer.today, day);
        let link = self.question(*entry, question);
        let standing = question.standing(writer.today, writer.config.due_soon_days);
        let date = badge::in_list(question, standing, writer);
        match writer.html {
            false if is_overdue => format!("{link}, {date}"),
            false => String::new(),
            true => html! {
                div data-in=(OVERDUE.attribute()) data-on=(day) hidden[!is_overdue] {
                    (PreEscaped(link)) " " (PreEscaped(date))
                }
            }
            .into_string(),
        }
    }

    fn question(&self, entry: Entry<'a>, question: &OpenQuestion) -> String {
        let anchor = link::question_anchor(entry.chapter, question, self.at.writer);
        let href = self.at.href(entry, anchor);
        self.at
            .writer
            .link(&href, &self.at.writer.text(&question.question.text))
    }

    fn lists(&self, documents: &Entries<'a>, everywhere: &[Entry<'a>]) -> Vec<List> {
        let words = self.at.writer.words;
        let own = documents.of(IndexKind::Documents);
        let mut lists = vec![
            self.list(
                words.newly_overdue,
                "dd-newly-overdue",
                DayRange::new(-7, -1),
                self.due(everywhere),
            ),
            self.list(words.due_next_week, "dd-due-soon", SOON, self.due(everywhere)),
            self.list(
                words.decided_last_week,
                "dd-decided",
                DayRange::new(-7, 0),
                self.decided(everywhere),
            ),
            self.list(words.stuck_in_review, "dd-stuck", OVERDUE, self.stuck(own)),
            self.list(
                words.look_again,
                "dd-look-again",
                DayRange::until(7),
                self.promised(own),
            ),
        ];
        lists.extend(self.past(everywhere));
        lists
    }

    /// The list with those of the items that come into its range soon.
    fn list(
        &self,
        name: &'static str,
        anchor: &'static str,
        range: DayRange,
        items: impl Iterator<Item = (Date, ItemOf<'a>)>,
    ) -> List {
        let writer = self.at.writer;
        let wanted = if writer.html { range.ahead() } else { range };
        let mut items: Vec<_> = items.filter(|(day, _)| wanted.has(writer.today, *day)).collect();
        items.sort_by_key(|(day, _)| *day);
        List {
            name,
            anchor,
            range,
            items: items.into_iter().map(|(day, item)| self.item(day, item)).collect(),
        }
    }

    fn due<'e>(&self, documents: &'e [Entry<'a>]) -> impl Iterator<Item = (Date, ItemOf<'a>)> + use<'e, 'a> {
        documents.iter().flat_map(|&entry| {
            let open = entry.document.questions.iter().filter(|question| !question.resolved);
            open.filter_map(move |question| Some((question.day()?, ItemOf::Question(entry, question))))
        })
    }

    fn decided<'e>(&self, documents: &'e [Entry<'a>]) -> impl Iterator<Item = (Date, ItemOf<'a>)> + use<'e, 'a> {
        documents.iter().flat_map(|&entry| {
            let decisions = entry.document.decisions.iter();
            decisions.filter_map(move |decision| {
                let day = decision.date.as_ref()?.date()?;
                Some((day, ItemOf::Decision(entry, decision, None)))
            })
        })
    }

    /// The documents in review, each on the last day on which it is not stuck.
    fn stuck<'e>(&self, documents: &'e [Entry<'a>]) -> impl Iterator<Item = (Date, ItemOf<'a>)> + use<'e, 'a> {
        let writer = self.at.writer;
        let allowed = i64::from(writer.config.stale_review_days);
        documents.iter().filter_map(move |&entry| {
            let since = entry.document.in_review_since(writer.today)?;
            let last = since.checked_add(allowed.days()).ok()?;
            let is_reported = reports_stale_review(entry.chapter, writer.config);
            is_reported.then_some((last, ItemOf::Stuck(entry, since)))
        })
    }

    fn promised<'e>(&self, documents: &'e [Entry<'a>]) -> impl Iterator<Item = (Date, ItemOf<'a>)> + use<'e, 'a> {
        documents.iter().flat_map(|&entry| {
            let own = entry.document.promises();
            let own = own.filter_map(move |(promise, due)| Some((due.day()?, ItemOf::Document(entry, promise, due))));
            let decisions = entry.document.due_decisions();
            let decisions = decisions
                .filter_map(move |(decision, due)| Some((due.day()?, ItemOf::Decision(entry, decision, Some(due)))));
            own.chain(decisions)
        })
    }

    fn item(&self, day: Date, item: ItemOf<'a>) -> Item {
        let writer = self.at.writer;
        let (entry, link, people, date) = match item {
            ItemOf::Question(entry, question) => {
                let standing = question.standing(writer.today, writer.config.due_soon_days);
                let date = badge::in_list(question, standing, writer);
                (entry, self.question(entry, question), question.owners.as_slice(), date)
            }
            ItemOf::Past(entry, question) => {
                let date = writer.text(&day.to_string());
                (entry, self.question(entry, question), question.owners.as_slice(), date)
            }
            ItemOf::Decision(entry, decision, due) => {
                let href = self
                    .at
                    .href(entry, link::decision_anchor(entry.chapter, decision, writer));
                let text = decision.label.as_deref().filter(|label| !label.is_empty());
                let text = text.unwrap_or(&decision.decision.text);
                let date = due.map_or_else(
                    || writer.text(&day.to_string()),
                    |due| badge::of_promise(Promise::Revisit, due, writer),
                );
                let link = writer.link(&href, &writer.text(text));
                (entry, link, decision.decided_by.as_slice(), date)
            }
            ItemOf::Document(entry, promise, due) => {
                let date = badge::of_promise(promise, due, writer);
                (entry, self.at.document(entry), entry.document.owners(), date)
            }
            ItemOf::Stuck(entry, since) => {
                let date = writer.text(&fill(writer.words.no_change_since, &since.to_string()));
                (entry, self.at.document(entry), entry.document.owners(), date)
            }
        };
        let names: Vec<&str> = people
            .iter()
            .map(Person::display)
            .filter(|name| !name.is_empty())
            .collect();
        let second = match item {
            ItemOf::Stuck(entry, _) => waits(entry.document).map(|names| fill(writer.words.waits_for, &names)),
            ItemOf::Document(..) => None,
            _ => Some(self.at.title(entry).into_owned()),
        };
        let about = [Some(names.join(", ")), second];
        let about: Vec<String> = about.into_iter().flatten().filter(|text| !text.is_empty()).collect();
        Item {
            day,
            link,
            about: about.join(" · "),
            date,
        }
    }
}

/// What an item of a list is about.
#[derive(Clone, Copy)]
enum ItemOf<'a> {
    Question(Entry<'a>, &'a OpenQuestion),
    /// A question of which something happened on a day.
    Past(Entry<'a>, &'a OpenQuestion),
    /// A decision, with the day on which it is to be looked at again if that is why it is listed.
    Decision(
        Entry<'a>,
        &'a crate::model::Decision,
        Option<&'a crate::model::Deadline>,
    ),
    /// A document that has promised something.
    Document(Entry<'a>, Promise, &'a crate::model::Deadline),
    /// A document in review without a change since that day.
    Stuck(Entry<'a>, Date),
}

/// Those who have not approved the document.
fn waits(document: &Document) -> Option<String> {
    let asked = document.reviewers.iter().chain(&document.approvers);
    let waiting = asked.filter(|person| person.approved != Some(true));
    let names: Vec<&str> = waiting.map(Person::display).filter(|name| !name.is_empty()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

#[cfg(test)]
mod tests;
