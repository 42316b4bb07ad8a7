//! `export --format ics`: the deadlines of open questions for a calendar, RFC 5545.
//!
//! They are all-day events, not tasks: subscribed calendars show events everywhere and tasks
//! almost nowhere. Nobody is an attendee, since some programs send invitations to those.

use jiff::ToSpan;
use jiff::civil::Date;

use super::record::{Asked, is_named, names};
use super::{Book, GENERATOR, link};

/// The longest line, in bytes without its end.
const LONGEST: usize = 75;

/// Nine in the morning of the day before: counted from the event's midnight.
const REMIND: &str = "-PT15H";

/// The open questions of `book` that have a day, of all owners or of the one called `owner`.
pub fn ics(book: &Book<'_>, owner: Option<&str>) -> String {
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
    // The standard's name for it, and the one that calendars knew before there was one.
    out.line("NAME", &escaped(&name));
    out.line("X-WR-CALNAME", &escaped(&name));
    out.line("REFRESH-INTERVAL;VALUE=DURATION", "P1D");
    out.line("X-PUBLISHED-TTL", "P1D");
    let is_wanted = |asked: &Asked<'_>| {
        let mut owners = asked.question.owners.iter();
        !asked.question.resolved && owner.is_none_or(|wanted| owners.any(|person| is_named(person, wanted)))
    };
    for asked in book.questions().filter(is_wanted) {
        if let Some(day) = asked.day() {
            event(book, &asked, day, &mut out);
        }
    }
    out.line("END", "VCALENDAR");
    out.text
}

fn event(book: &Book<'_>, asked: &Asked<'_>, day: Date, out: &mut Calendar) {
    let facts = asked.question;
    out.line("BEGIN", "VEVENT");
    out.line("UID", &escaped(&uid(book, asked)));
    // The day of the export, not the moment: the same facts make the same file.
    out.line("DTSTAMP", &format!("{}T000000Z", compact(book.today)));
    out.line("DTSTART;VALUE=DATE", &compact(day));
    if let Ok(next) = day.checked_add(1.day()) {
        out.line("DTEND;VALUE=DATE", &compact(next));
    }
    out.line("SUMMARY", &escaped(&facts.question.text));
    out.line("DESCRIPTION", &escaped(&description(asked)));
    out.line("CATEGORIES", &escaped(asked.page.title()));
    if let Some(url) = book.question_url(asked) {
        out.line("URL", &url);
    }
    out.line("TRANSP", "TRANSPARENT");
    out.line("BEGIN", "VALARM");
    out.line("ACTION", "DISPLAY");
    out.line("TRIGGER", REMIND);
    out.line("DESCRIPTION", &escaped(&facts.question.text));
    out.line("END", "VALARM");
    out.line("END", "VEVENT");
}

/// The same for as long as the question keeps its words and its document its place.
fn uid(book: &Book<'_>, asked: &Asked<'_>) -> String {
    let mut uid = String::new();
    link::push_encoded(&mut uid, asked.page.path());
    uid.push('/');
    link::push_encoded(&mut uid, &asked.question.id);
    uid.push('@');
    uid.push_str(book.base_url.map_or("mdbook-design-docs", link::host));
    uid
}

fn description(asked: &Asked<'_>) -> String {
    let facts = asked.question;
    let mut lines = vec![asked.page.title().to_owned()];
    let owners = names(&facts.owners);
    if !owners.is_empty() {
        lines.push(format!("Owner: {owners}"));
    }
    if let Some(due) = facts.due.as_ref().filter(|due| due.0.date().is_none()) {
        lines.push(format!("Decision needed by: {}", due.0.text));
    }
    if !facts.context.is_empty() {
        lines.push(facts.context.text.clone());
    }
    lines.join("\n")
}

fn compact(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// `text` as a TEXT value.
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

/// Lines, folded where they are too long.
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
