//! Writes the elements of a page as HTML or plain Markdown, depending on the renderer: text, links,
//! dates, people, statuses.
//!
//! HTML written here is in an HTML block, where Markdown is not parsed. The only exception is an
//! author's Markdown: blank lines around it close the block and reopen it, so the text after it
//! must begin with a block-level tag.

use std::sync::OnceLock;

use jiff::civil::Date;
use maud::{Markup, PreEscaped, html};

use crate::config::Config;
use crate::model::{DateText, Person, Status, When};
use crate::render::words::{self, Words, capitalized, fill};
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
        format!("\n\n{}\n\n", markdown::paragraph(text))
    }

    /// A day or a month, in ISO format and as shown.
    fn time(&self, datetime: &str, shown: &str) -> String {
        self.html_or(
            || html! { time datetime=(datetime) { (shown) } },
            || markdown::escape(shown),
        )
    }

    /// A day in ISO format.
    pub(super) fn day(&self, date: Date) -> String {
        let date = date.to_string();
        self.time(&date, &date)
    }

    /// A date of a document: full dates in ISO format, everything else in the author's words.
    pub(super) fn date(&self, date: &DateText) -> String {
        match date.when {
            When::Day(day) => self.day(day),
            When::Unset => self.muted(self.words.not_set),
            When::Month(day) if self.html => self.time(&day.strftime("%Y-%m").to_string(), &date.text),
            _ => self.text(&date.text),
        }
    }

    /// A document's status as a pill.
    pub(super) fn status(&self, status: &Status) -> String {
        let text = match status.text.trim() {
            _ if status.is_unfilled() => self.words.status_not_set,
            "" => &status.state,
            text => text,
        };
        self.html_or(
            || html! { span.dd-status data-status=(status.state) data-class=(status.class.word()) { (text) } },
            || markdown::escape(text),
        )
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
                out.push_str(&self.muted(other));
            }
        }
        match person.approved {
            Some(approved) => self.ticked(approved, &out),
            None => out,
        }
    }

    fn ticked(&self, approved: bool, name: &str) -> String {
        let (word, tick) = if approved {
            (self.words.approved, "✓")
        } else {
            (self.words.not_yet_approved, "○")
        };
        let said = &capitalized(word);
        let html = || {
            html! {
                span.dd-tick data-approved=(approved) role="img" aria-label=(said) title=(said) { (tick) }
                // A narrow no-break space: the search of mdBook 0.4 shows the normal one as
                // `&nbsp;` in its results.
                "\u{202f}" (PreEscaped(name))
            }
        };
        self.html_or(html, || format!("{name} ({word})"))
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
        let said = self.phrase(self.words.as_of, &[&self.day(self.today)]);
        self.html_or(|| html! { span.dd-asof { (PreEscaped(&said)) } }, || said.clone())
    }

    /// A count of what a page shows on a day, which a script updates.
    pub(super) fn counted(&self, count: usize) -> String {
        self.html_or(|| html! { b.dd-n { (count) } }, || count.to_string())
    }

    /// `more` under `first`, both rendered, in a table cell.
    pub(super) fn below(&self, first: &str, more: &str) -> String {
        self.html_or(
            // The newline prevents search from joining the two into one word.
            || html! { (PreEscaped(first)) "\n" div.dd-more { (PreEscaped(more)) } },
            || format!("{first} — {more}"),
        )
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
            "<a href=\"mailto:ada@x.ng\">Ada &lt;b&gt; Obi</a> <span class=\"dd-muted\">@ada</span>, \
             <span class=\"dd-tick\" data-approved=\"true\" role=\"img\" aria-label=\"Approved\" title=\"Approved\">✓</span>\u{202f}@tunde"
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
            "<span class=\"dd-status\" data-status=\"unfilled\" data-class=\"unknown\">Status not set</span>"
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
        assert_eq!(
            written(true, |writer| writer.date(&day)),
            "<time datetime=\"2026-03-01\">2026-03-01</time>"
        );
        assert_eq!(written(false, |writer| writer.date(&day)), "2026-03-01");
        let month = of(When::Month(date(2026, 7, 31)), "Jul 2026");
        assert_eq!(
            written(true, |writer| writer.date(&month)),
            "<time datetime=\"2026-07\">Jul 2026</time>"
        );
        let broken = of(When::Invalid, "2023-07-<i>");
        assert_eq!(written(true, |writer| writer.date(&broken)), "2023-07-&lt;i&gt;");
    }
}
