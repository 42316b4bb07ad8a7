//! `export --format ics`: the deadlines of open questions, of documents and decisions that are to be
//! looked at again or commented on, and of record kinds declared with a deadline, as a calendar
//! (RFC 5545).
//!
//! They are all-day events, not tasks: all calendars show subscribed events, but hardly any shows
//! subscribed tasks. Owners are not attendees, since some programs send invitations to attendees.

use std::borrow::Cow;

use jiff::ToSpan;
use jiff::civil::Date;

use super::promise::Promised;
use super::record::{Asked, DocumentRef, is_named, names};
use super::{ExportInput, link};
use crate::config::{GENERATOR, RecordKind};
use crate::model::Promise;

/// The maximum length of a line, in bytes without its line end.
const LONGEST: usize = 75;

/// 9 a.m. on the day before, relative to the midnight at which the event begins.
const REMIND: &str = "-PT15H";

/// The open questions, documents, decisions and records of `book` that have a due date, of all owners or only of `owner`.
pub fn ics(book: &ExportInput<'_>, owner: Option<&str>) -> String {
    let mut out = Calendar::default();
    out.line("BEGIN", "VCALENDAR");
    out.line("VERSION", "2.0");
    out.line("PRODID", &escaped(&format!("-//{GENERATOR}//EN")));
    out.line("CALSCALE", "GREGORIAN");
    out.line("METHOD", "PUBLISH");
    let name = match owner {
        Some(owner) => format!("{}: {owner}", book.title),
        None => book.title.to_owned(),
    };
    // The standard property, and the one that calendars used before it.
    out.line("NAME", &escaped(&name));
    out.line("X-WR-CALNAME", &escaped(&name));
    out.line("REFRESH-INTERVAL;VALUE=DURATION", "P1D");
    out.line("X-PUBLISHED-TTL", "P1D");
    let questions = book.questions().filter_map(|asked| question(book, &asked, owner));
    let promised = book.promised().filter(|promised| promised.is_for(owner));
    let promises = promised.filter_map(|promised| promise(book, &promised));
    for event in questions.chain(promises).chain(records(book, owner)) {
        event.write(book, &mut out);
    }
    out.line("END", "VCALENDAR");
    out.text
}

/// Something due on a day.
struct Event<'a> {
    page: DocumentRef<'a>,
    /// Its key, unique in its document.
    id: String,
    day: Date,
    summary: Cow<'a, str>,
    /// Further facts, one per line.
    details: Vec<String>,
    url: Option<String>,
}

/// The event of an open question with a due date, if it belongs to `owner`.
fn question<'a>(book: &ExportInput<'a>, asked: &Asked<'a>, owner: Option<&str>) -> Option<Event<'a>> {
    let facts = asked.question;
    let mut owners = facts.owners.iter();
    if facts.resolved || !owner.is_none_or(|wanted| owners.any(|person| is_named(person, wanted))) {
        return None;
    }
    let mut details = Vec::new();
    let owners = names(&facts.owners);
    if !owners.is_empty() {
        details.push(format!("Owner: {owners}"));
    }
    if let Some(due) = facts.due.as_ref().filter(|due| due.0.date().is_none()) {
        details.push(format!("Decision needed by: {}", due.0.text));
    }
    if !facts.context.is_empty() {
        details.push(facts.context.text.clone());
    }
    Some(Event {
        page: asked.page,
        id: facts.id.clone(),
        day: asked.question.day()?,
        summary: (*facts.question.text).into(),
        details,
        url: book.question_url(asked),
    })
}

/// The event of a document or a decision that is to be looked at again or commented on.
fn promise<'a>(book: &ExportInput<'a>, promised: &Promised<'a>) -> Option<Event<'a>> {
    let lead = match promised.promise {
        Promise::Revisit => "Look again",
        Promise::Review => "Comments until today",
    };
    let owners = names(promised.owners());
    let kind = promised.promise.word();
    Some(Event {
        page: promised.page,
        id: promised
            .decision
            .map_or_else(|| kind.to_owned(), |decision| format!("{kind}/{}", decision.id)),
        day: promised.due.day()?,
        summary: format!("{lead}: {}", promised.text()).into(),
        details: if owners.is_empty() {
            Vec::new()
        } else {
            vec![format!("Owner: {owners}")]
        },
        url: book.promise_url(promised),
    })
}

/// The events of unfinished records of the kinds that the team has declared.
fn records<'a>(book: &ExportInput<'a>, owner: Option<&str>) -> impl Iterator<Item = Event<'a>> {
    let own = book.config.records.iter().enumerate().skip(RecordKind::OURS);
    own.flat_map(move |(index, kind)| {
        let records = book
            .pages()
            .flat_map(|page| page.document.registers.iter().map(move |one| (page, one)));
        records.filter_map(move |(page, one)| {
            let day = one.due.as_ref().and_then(|due| due.day());
            let facts = || {
                kind.columns
                    .iter()
                    .skip(1)
                    .zip(&one.facts)
                    .filter(|(_, fact)| !fact.is_empty())
            };
            let is_owner = |wanted: &str| {
                let mut owners = facts().filter(|(label, _)| label.eq_ignore_ascii_case("owner"));
                owners.any(|(_, name)| {
                    name.text
                        .trim_matches('@')
                        .eq_ignore_ascii_case(wanted.trim_matches('@'))
                })
            };
            let is_wanted = one.kind == index && !one.done && owner.is_none_or(is_owner);
            is_wanted.then_some(())?;
            Some(Event {
                page,
                id: format!("{}/{}", kind.name, one.subject.text),
                day: day?,
                summary: (*one.subject.text).into(),
                details: facts().map(|(label, fact)| format!("{label}: {}", fact.text)).collect(),
                url: book.page_url(&page),
            })
        })
    })
}

impl Event<'_> {
    fn write(&self, book: &ExportInput<'_>, out: &mut Calendar) {
        out.line("BEGIN", "VEVENT");
        out.line("UID", &escaped(&self.uid(book)));
        // The date of the export without a time, so that the same facts make the same file.
        out.line("DTSTAMP", &format!("{}T000000Z", compact(book.today)));
        out.line("DTSTART;VALUE=DATE", &compact(self.day));
        if let Ok(next) = self.day.checked_add(1.day()) {
            out.line("DTEND;VALUE=DATE", &compact(next));
        }
        out.line("SUMMARY", &escaped(&self.summary));
        let title = std::iter::once(self.page.title());
        let details: Vec<&str> = title.chain(self.details.iter().map(String::as_str)).collect();
        out.line("DESCRIPTION", &escaped(&details.join("\n")));
        out.line("CATEGORIES", &escaped(self.page.title()));
        if let Some(url) = &self.url {
            out.line("URL", url);
        }
        out.line("TRANSP", "TRANSPARENT");
        out.line("BEGIN", "VALARM");
        out.line("ACTION", "DISPLAY");
        out.line("TRIGGER", REMIND);
        out.line("DESCRIPTION", &escaped(&self.summary));
        out.line("END", "VALARM");
        out.line("END", "VEVENT");
    }

    /// A UID that is stable while the event's text and its document's path stay the same.
    fn uid(&self, book: &ExportInput<'_>) -> String {
        let (path, id) = (link::encoded(self.page.path()), link::encoded(&self.id));
        let host = book.base_url.map_or("mdbook-design-docs", link::host);
        format!("{path}/{id}@{host}")
    }
}

fn compact(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// `text` escaped as a TEXT value.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            _ if letter.is_control() => out.push(' '),
            _ => out.push(letter),
        }
    }
    out
}

/// The lines of the calendar, folded where they are too long.
#[derive(Default)]
struct Calendar {
    text: String,
}

impl Calendar {
    fn line(&mut self, name: &str, value: &str) {
        let mut room = LONGEST;
        for letter in name.chars().chain([':']).chain(value.chars()) {
            let length = letter.len_utf8();
            if length > room {
                self.text.push_str("\r\n ");
                room = LONGEST - 1;
            }
            self.text.push(letter);
            room -= length;
        }
        self.text.push_str("\r\n");
    }
}
