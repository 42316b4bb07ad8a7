//! The part of the digest below the questions: documents and decisions to be looked at again, and
//! reviews whose comments are awaited.

use serde::Serialize;

use super::{Choice, escaped, urgency};
use crate::export::ExportInput;
use crate::export::promise::Promised;
use crate::model::{Person, Promise, Standing, days_between};

#[derive(Serialize)]
pub(super) struct Due<'a> {
    kind: &'static str,
    text: &'a str,
    document: &'a str,
    path: &'a str,
    line: usize,
    url: Option<String>,
    owners: Vec<&'a str>,
    due: String,
    due_text: &'a str,
    standing: &'static str,
    /// The days from today to the deadline; negative if it has passed.
    days: i64,
    #[serde(skip)]
    tier: Standing,
    #[serde(skip)]
    promise: Promise,
}

/// Those that have passed or are due soon, the earliest first: the others are often years away.
pub(super) fn gather<'a>(book: &ExportInput<'a>, choice: Choice<'_>) -> Vec<Due<'a>> {
    let wanted = book.promised().filter(|promised| promised.is_for(choice.owner));
    let mut found: Vec<Due<'a>> = wanted.filter_map(|promised| due(book, &promised)).collect();
    found.sort_by_key(|due| due.days);
    found
}

fn due<'a>(book: &ExportInput<'a>, promised: &Promised<'a>) -> Option<Due<'a>> {
    let tier = promised.due.standing(book.today, book.config.due_soon_days);
    if !matches!(tier, Standing::Overdue | Standing::DueToday | Standing::DueSoon) {
        return None;
    }
    let day = promised.due.day()?;
    Some(Due {
        kind: promised.promise.word(),
        text: promised.text(),
        document: promised.page.title(),
        path: promised.page.path(),
        line: promised.line,
        url: book.promise_url(promised),
        owners: promised.owners().iter().map(Person::display).collect(),
        due: day.to_string(),
        due_text: &promised.due.0.text,
        standing: tier.word(),
        days: days_between(book.today, day),
        tier,
        promise: promised.promise,
    })
}

/// A section for each kind that has anything, with at most `choice.limit` lines.
pub(super) fn markdown(all: &[Due<'_>], choice: Choice<'_>) -> String {
    let mut out = String::new();
    for (promise, title) in [
        (Promise::Revisit, "To be looked at again"),
        (Promise::Review, "Comments awaited"),
    ] {
        let of_kind: Vec<&Due<'_>> = all.iter().filter(|due| due.promise == promise).collect();
        if of_kind.is_empty() {
            continue;
        }
        out += &format!("\n## {title}\n\n");
        let shown = choice.limit.unwrap_or(usize::MAX).min(of_kind.len());
        of_kind[..shown].iter().for_each(|due| out += &item(due));
        if shown < of_kind.len() {
            out += &format!("\n… and {} more.\n", of_kind.len() - shown);
        }
    }
    out
}

/// `- **12 days overdue** (2026-11-11): [Use a queue](…) – *Refunds* (Ada Obi)`.
fn item(due: &Due<'_>) -> String {
    let what = match &due.url {
        Some(url) => format!("[{}]({url})", escaped(due.text)),
        None => escaped(due.text),
    };
    let place = match due.text == due.document {
        true => String::new(),
        false => format!(" – *{}*", escaped(due.document)),
    };
    let owners = match due.owners.is_empty() {
        true => String::new(),
        false => format!(" ({})", escaped(&due.owners.join(", "))),
    };
    format!("- {}{what}{place}{owners}\n", urgency(due.tier, due.days, &due.due))
}
