//! `export --format atom`: the decisions of the book as an Atom feed (RFC 4287), newest first.
//!
//! Ids are `tag:` URIs of the published book's host. A feed is chronological, so decisions without
//! a date are left out.

use std::cmp::Reverse;

use jiff::civil::Date;
use maud::{Markup, PreEscaped, html};

use super::record::Decided;
use super::{ExportInput, link};
use crate::config::GENERATOR;

/// A tag URI names a year in which its author owned the host. It must never change, or feed readers
/// would show every decision as new.
const TAG_YEAR: &str = "2026";

/// The feed; None without a `base-url`, since its entries would have neither ids nor links.
pub fn atom(book: &ExportInput<'_>) -> Option<String> {
    let base = book.base_url?;
    let mut decisions: Vec<(Date, Decided<'_>)> = book
        .decisions()
        .filter_map(|decided| {
            // A month counts as its last day, which may be in the future.
            let day = decided.decision.day()?;
            let is_month = decided.decision.date.as_ref()?.date().is_none();
            Some((if is_month { day.min(book.today) } else { day }, decided))
        })
        .collect();
    decisions.sort_by_key(|(day, _)| Reverse(*day));
    let updated = decisions.first().map_or(book.today, |(day, _)| *day);
    let host = link::host(base);
    let place = base.split_once(host).map_or("/", |(_, place)| place);
    let feed = html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"))
        feed xmlns="http://www.w3.org/2005/Atom" xml:lang=(clean(&book.config.language)) {
            "\n" id { "tag:" (host) "," (TAG_YEAR) ":" (link::encoded(place)) "decisions" }
            "\n" title { (clean(book.title)) }
            "\n" updated { (moment(updated)) }
            "\n" author { name { (clean(book.title)) } }
            "\n" generator { (GENERATOR) }
            "\n" (rel("alternate", base))
            "\n" (rel("self", &format!("{base}decision-log.atom")))
            @for (day, decided) in &decisions { "\n" (entry(book, *day, decided, (host, place))) }
            "\n"
        }
        "\n"
    };
    Some(feed.into_string())
}

fn entry(book: &ExportInput<'_>, day: Date, decided: &Decided<'_>, (host, place): (&str, &str)) -> Markup {
    let facts = decided.decision;
    let id = format!("{place}{}/{}", decided.page.path(), facts.id);
    html! {
        entry {
            "\n  " id { "tag:" (host) "," (TAG_YEAR) ":" (link::encoded(&id)) }
            "\n  " title { (clean(&facts.decision.text)) }
            "\n  " updated { (moment(day)) }
            "\n  " published { (moment(day)) }
            @for person in &facts.decided_by { "\n  " author { name { (clean(person.display())) } } }
            @if let Some(url) = book.decision_url(decided) { "\n  " (rel("alternate", &url)) }
            "\n  " category term=(clean(decided.page.title())) {}
            @if !facts.rationale.is_empty() { "\n  " summary { (clean(&facts.rationale.text)) } }
            "\n"
        }
    }
}

/// Written by hand: a `link` has no end tag in HTML, but needs one in XML.
fn rel(rel: &str, href: &str) -> Markup {
    let attributes = html! { a rel=(rel) href=(href) {} }.into_string();
    let attributes = attributes.trim_start_matches("<a").trim_end_matches("></a>");
    PreEscaped(format!("<link{attributes}/>"))
}

fn moment(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

/// `text` without characters that are not allowed in XML.
fn clean(text: &str) -> String {
    let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    text.chars().filter(|&c| is_allowed(c)).collect()
}
