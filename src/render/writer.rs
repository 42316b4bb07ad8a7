//! Writes the elements of a page as HTML or plain Markdown, depending on the renderer: text, links,
//! dates, people, statuses.
//!
//! HTML written here is in an HTML block, where Markdown is not parsed. The only exception is an
//! author's Markdown: blank lines around it close the block and reopen it, so the text after it
//! must begin with a block-level tag.

use std::borrow::Cow;
use std::sync::OnceLock;

use jiff::civil::Date;
use maud::{Markup, PreEscaped, html};

use crate::config::Config;
use crate::model::{DateText, Fragment, Person, Status, When};
use crate::parse::unlinked;
use crate::render::words::{self, Words, fill};
use crate::render::{link, markdown};

/// The context for writing every page of a book.
#[derive(Debug)]
pub(super) struct Writer<'a> {
    pub(super) config: &'a Config,
    pub(super) words: &'static Words,
    pub(super) today: Date,
    pub(super) html: bool,
    /// The style and script of each kind of page, written when first needed.
    pub(super) blocks: [OnceLock<String>; 8],
}

impl<'a> Writer<'a> {
    pub(super) fn new(config: &'a Config, today: Date) -> Self {
        Self {
            config,
            words: words::of(&config.language),
            today,
            html: config.html,
            blocks: Default::default(),
        }
    }

    /// The HTML or the Markdown, depending on the renderer.
    fn html_or(&self, html: impl FnOnce() -> Markup, markdown: impl FnOnce() -> String) -> String {
        match self.html {
            true => html().into_string(),
            false => markdown(),
        }
    }

    /// Text shown literally.
    pub(super) fn text(&self, text: &str) -> String {
        self.html_or(|| html! { (text) }, || markdown::escape(text))
    }

    /// The rendered `label` as a link.
    pub(super) fn link(&self, href: &str, label: &str) -> String {
        self.html_or(
            || html! { a href=(href) { (PreEscaped(label)) } },
            || format!("[{label}]({href})"),
        )
    }

    /// A muted remark.
    pub(super) fn muted(&self, text: &str) -> String {
        self.html_or(
            || html! { span.dd-muted { (text) } },
            || format!("*{}*", markdown::escape(text)),
        )
    }

    /// A label for the text that follows.
    pub(super) fn strong(&self, text: &str) -> String {
        self.html_or(|| html! { b { (text) } }, || format!("**{}**", markdown::escape(text)))
    }

    /// An author's inline Markdown.
    pub(super) fn markdown(&self, text: &str) -> String {
        let text = text.trim();
        if !self.html {
            return markdown::one_line(text).into_owned();
        }
        if markdown::is_plain(text, self.config.dialect.smart_punctuation) {
            return self.text(text);
        }
        if let Some((words, url)) = markdown::sole_link(text, self.config.dialect.smart_punctuation) {
            return self.link(url, &self.text(words));
        }
        format!("\n\n{}\n\n", markdown::paragraph(text))
    }

    /// An author's inline Markdown for a page `depth` folders below the book's root.
    pub(super) fn carried<'f>(&self, fragment: &'f Fragment, depth: usize) -> Cow<'f, str> {
        match self.html || self.config.links.to_files {
            true => fragment.markdown_at_depth(depth),
            false => fragment.markdown_to_pages(depth).into(),
        }
    }

    /// A date of a document: full dates in ISO format, everything else in the author's words.
    pub(super) fn date(&self, date: &DateText) -> String {
        match date.when {
            When::Day(day) => day.to_string(),
            When::Unset => self.muted(self.words.not_set),
            _ => self.text(&date.text),
        }
    }

    /// A document's status as an element.
    pub(super) fn status(&self, status: &Status) -> String {
        let text = self.status_text(status);
        self.html_or(
            || html! { b.dd-status data-status=(status.state) data-class=(status.class.word()) { (text) } },
            || markdown::escape(text),
        )
    }

    /// A document's status as a cell: its attributes and its words.
    pub(super) fn status_cell(&self, status: &Status) -> (String, String) {
        let (state, class) = (html! { (status.state) }.0, status.class.word());
        let attributes = match self.html {
            true => format!(" class=\"dd-status\" data-status=\"{state}\" data-class=\"{class}\""),
            false => String::new(),
        };
        (attributes, self.text(self.status_text(status)))
    }

    fn status_text<'s>(&self, status: &'s Status) -> &'s str {
        match status.text.trim() {
            _ if status.is_unfilled() => self.words.status_not_set,
            "" => &status.state,
            text => text,
        }
    }

    /// A remark behind a title in a table; emphasised where there is no style.
    pub(super) fn remark(&self, text: &str) -> String {
        if self.html { self.text(text) } else { self.muted(text) }
    }

    /// Small print in a table.
    pub(super) fn small(&self, text: &str) -> String {
        self.html_or(|| html! { small { (text) } }, || markdown::escape(text))
    }

    /// Rendered facts as the lines of a cell.
    pub(super) fn lines(&self, facts: &[String]) -> String {
        facts.join(if self.html { "\n" } else { ", " })
    }

    /// People on their document's own page, with all their contact details.
    pub(super) fn people(&self, people: &[Person]) -> String {
        self.join(people, |person| self.person(person))
    }

    /// Only the names, for other pages.
    pub(super) fn names(&self, people: &[Person]) -> String {
        self.join(people, |person| self.text(person.display()))
    }

    fn join(&self, people: &[Person], write: impl Fn(&Person) -> String) -> String {
        let named = people.iter().filter(|person| !person.display().is_empty());
        named.map(write).collect::<Vec<_>>().join(", ")
    }

    /// A list of approvals in words: `1 of 3 approved: ✓ Ngozi Eze; waiting for Tunde Bello`.
    pub(super) fn approvals(&self, so_far: &str, people: &[Person]) -> String {
        let of = |wanted: Option<bool>| {
            let some: Vec<String> = people
                .iter()
                .filter(|person| person.approved == wanted && !person.display().is_empty())
                .map(|person| self.person(person))
                .collect();
            some
        };
        // A narrow no-break space: the search of mdBook 0.4 shows the normal one as `&nbsp;` in its
        // results.
        let approved = of(Some(true))
            .iter()
            .map(|name| format!("✓\u{202f}{name}"))
            .collect::<Vec<_>>();
        let waiting = of(Some(false));
        let waiting = (!waiting.is_empty()).then(|| self.phrase(self.words.waiting_for, &[&waiting.join(", ")]));
        let parts: Vec<String> = [approved.join(", ")]
            .into_iter()
            .chain(waiting)
            .chain([of(None).join(", ")])
            .filter(|part| !part.is_empty())
            .collect();
        match parts.is_empty() {
            true => self.text(so_far),
            false => format!("{}: {}", self.text(so_far), parts.join("; ")),
        }
    }

    fn person(&self, person: &Person) -> String {
        let shown = person.display();
        let url = person.url.as_deref().and_then(link::safe);
        let href = match url {
            Some(url) => Some(url.to_owned()),
            None => person.email.as_deref().and_then(link::to_email),
        };
        let name = self.text(shown);
        let mut out = match &href {
            Some(href) => self.link(href, &name),
            None => name,
        };
        let email = person.email.as_deref().filter(|_| url.is_some());
        for other in [person.handle.as_deref(), email].into_iter().flatten() {
            if other != shown {
                out.push(' ');
                out.push_str(&self.remark(other));
            }
        }
        match person.approved.filter(|_| !self.html) {
            Some(true) => format!("{out} ({})", self.words.approved),
            Some(false) => format!("{out} ({})", self.words.not_yet_approved),
            None => out,
        }
    }

    /// `phrase` with the rendered values in their places.
    pub(super) fn phrase(&self, phrase: &str, values: &[&str]) -> String {
        let parts = phrase.split("{}").map(|part| self.text(part));
        let values = values.iter().copied().chain(std::iter::repeat(""));
        let written = parts.zip(values).map(|(part, value)| part + value);
        written.collect()
    }

    /// "As of …": the day of the build, for which the page's statements hold; a script updates it.
    pub(super) fn as_of(&self) -> String {
        let day = self.today.to_string();
        let day = self.html_or(|| html! { time.dd-asof datetime=(day) { (day) } }, || day.clone());
        self.phrase(self.words.as_of, &[&day])
    }

    /// A count of what a page shows on a day, which a script updates.
    pub(super) fn counted(&self, count: usize) -> String {
        self.html_or(|| html! { b.dd-n { (count) } }, || count.to_string())
    }

    /// `more` under `first`, both rendered, in a table cell.
    pub(super) fn below(&self, first: &str, more: &str) -> String {
        match (self.html, more.starts_with('\n')) {
            (false, _) => format!("{first} — {more}"),
            // An author's Markdown is a paragraph already.
            (true, true) => format!("{first}{more}"),
            // The newline prevents search from joining the two into one word.
            (true, false) => format!("{first}\n<p>{more}</p>"),
        }
    }

    /// `more`, an element, behind `first`, both rendered, in a table cell.
    pub(super) fn beside(&self, first: &str, more: &str) -> String {
        let between = if self.html { "\n" } else { " — " };
        format!("{first}{between}{more}")
    }

    /// What a row is about, an author's inline Markdown, as a link to its place; elsewhere without
    /// one, since brackets in the author's words could end it.
    pub(super) fn subject(&self, markdown: &str, href: &str) -> String {
        let text = markdown.trim();
        if !self.html {
            return self.markdown(text);
        }
        // What is all strong is a heading of a kind, as the link is.
        let inner = text.strip_prefix("**").and_then(|text| text.strip_suffix("**"));
        let text = inner.filter(|inner| !inner.contains('*')).unwrap_or(text);
        if markdown::is_plain(text, self.config.dialect.smart_punctuation) {
            return self.link(href, &self.text(text));
        }
        let words = unlinked(text);
        let line = markdown::one_line(&words);
        let href = markdown::inert_attribute(href);
        format!("\n\n<a href=\"{href}\">{line}</a>\n\n")
    }

    /// A sentence of the author's in a cell; one that may be long is a paragraph, which a style can
    /// show in part.
    pub(super) fn sentence(&self, markdown: &str) -> String {
        const LONG: usize = 90;
        let written = self.markdown(markdown);
        match self.html && !written.starts_with('\n') && written.len() >= LONG {
            true => format!("<p>{written}</p>"),
            false => written,
        }
    }

    /// "2 of 5 …", as text.
    pub(super) fn of(&self, phrase: &str, done: usize, total: usize) -> String {
        fill(&fill(phrase, &done.to_string()), &total.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn written(html: bool, write: impl Fn(&Writer<'_>) -> String) -> String {
        let config = Config {
            html,
            ..Config::default()
        };
        write(&Writer::new(&config, date(2026, 3, 1)))
    }

    #[test]
    fn people_are_linked_where_that_is_safe() {
        let people = [
            Person {
                name: Some("Ada <b> Obi".into()),
                email: Some("ada@x.ng".into()),
                handle: Some("@ada".into()),
                ..Person::default()
            },
            Person {
                handle: Some("@tunde".into()),
                url: Some("javascript:alert(1)".into()),
                approved: Some(true),
                ..Person::default()
            },
            Person::default(),
        ];
        assert_eq!(
            written(true, |writer| writer.people(&people)),
            "<a href=\"mailto:ada@x.ng\">Ada &lt;b&gt; Obi</a> @ada, @tunde"
        );
        assert_eq!(
            written(false, |writer| writer.people(&people)),
            "[Ada &lt;b&gt; Obi](mailto:ada@x.ng) *@ada*, @tunde (approved)"
        );
    }

    #[test]
    fn an_unfilled_status_is_never_a_status() {
        let status = Status {
            text: "Draft | In Review".into(),
            state: Status::UNFILLED.into(),
            ..Status::default()
        };
        assert_eq!(
            written(true, |writer| writer.status(&status)),
            "<b class=\"dd-status\" data-status=\"unfilled\" data-class=\"unknown\">Status not set</b>"
        );
    }

    #[test]
    fn dates_are_iso_where_they_are_dates() {
        let of = |when, text: &str| DateText {
            when,
            text: text.into(),
            ..DateText::default()
        };
        let day = of(When::Day(date(2026, 3, 1)), "1 March 2026");
        assert_eq!(written(true, |writer| writer.date(&day)), "2026-03-01");
        assert_eq!(written(false, |writer| writer.date(&day)), "2026-03-01");
        let month = of(When::Month(date(2026, 7, 31)), "Jul 2026");
        assert_eq!(written(true, |writer| writer.date(&month)), "Jul 2026");
        let broken = of(When::Invalid, "2023-07-<i>");
        assert_eq!(written(true, |writer| writer.date(&broken)), "2023-07-&lt;i&gt;");
    }
}
