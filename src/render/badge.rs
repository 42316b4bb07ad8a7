//! The badge with the standing of an open question, at the question and in the index.
//!
//! A page may be read long after its build, and without scripts. The badge at a question therefore
//! states only facts that stay true: the date itself, and "overdue" once that has passed. Words
//! that depend on the day (due today, due soon) are used only together with "as of"; the state is
//! in `data-state`, the date in `datetime`, and a script writes the words anew.

use maud::{Markup, PreEscaped, html};

use crate::config::Anchors;
use crate::model::{BadgeForm, DateText, Deadline, OpenQuestion, Person, Promise, Standing, When};
use crate::render::link;
use crate::render::markdown::{inert, inert_attribute};
use crate::render::past;
use crate::render::words::{capitalized, fill};
use crate::render::writer::Writer;
use jiff::civil::Date;

/// The badge for the question's own place: within a line, or a block of its own.
pub(super) fn in_place(question: &OpenQuestion, writer: &Writer<'_>) -> String {
    let standing = question.standing(writer.today, writer.config.due_soon_days);
    let wording = wording(question, standing, writer, false);
    // The owner of an overdue question must act.
    let who = Some(names(&question.owners)).filter(|names| !names.is_empty());
    let past = past::beside_badge(question, writer);
    let badge = if writer.html {
        let badge = Badge {
            id: Some(&question.id),
            who: who.as_deref(),
            between: " ",
            ..Badge::new(&wording, standing)
        };
        // The script writes the words of the badge anew, so the past stands beside it.
        badge.element(|text| PreEscaped(inert(text)), inert_attribute) + &past
    } else {
        let who = who.as_deref().filter(|_| standing == Standing::Overdue);
        let anchor = link::anchor(&question.id, Anchors::BehindText, writer);
        format!("*({}{past})*{anchor}", wording.plain(who, writer))
    };
    match question.badge_form {
        BadgeForm::Inline => format!(" {badge}"),
        BadgeForm::ShortRow(bars) => format!("{} {badge}", " |".repeat(bars)),
        BadgeForm::Paragraph if writer.html => format!("<p>{badge}</p>"),
        BadgeForm::Paragraph => badge,
    }
}

/// A badge in a cell of its own: the attributes of the cell, and what is in it.
pub(super) struct InCell {
    pub(super) attributes: String,
    pub(super) content: String,
}

/// The badge for the row of a question.
pub(super) fn in_row(question: &OpenQuestion, standing: Standing, writer: &Writer<'_>) -> InCell {
    in_cell(&wording(question, standing, writer, true), standing, writer)
}

/// The badge beside a link to the question.
pub(super) fn in_list(question: &OpenQuestion, standing: Standing, writer: &Writer<'_>) -> String {
    let wording = wording(question, standing, writer, true);
    match writer.html {
        true => marked(&wording, standing),
        false => wording.plain(None, writer),
    }
}

/// The badge of a deadline other than a question's, for the row that it belongs to.
pub(super) fn of_date(due: &Deadline, standing: Standing, writer: &Writer<'_>) -> InCell {
    let wording = match standing {
        Standing::Resolved => Wording::Said(writer.words.resolved.to_owned()),
        _ => of_deadline(due, standing, writer, true),
    };
    in_cell(&wording, standing, writer)
}

/// Only a date needs an element, which the script brings up to the day; other words make the cell
/// itself the badge.
fn in_cell(wording: &Wording, standing: Standing, writer: &Writer<'_>) -> InCell {
    if !writer.html {
        return InCell {
            attributes: String::new(),
            content: wording.plain(None, writer),
        };
    }
    match wording {
        Wording::Dated { .. } => InCell {
            attributes: String::new(),
            content: marked(wording, standing),
        },
        _ => InCell {
            attributes: format!(" class=\"dd-due\" data-state=\"{}\"", standing.word()),
            content: html! { (wording.text("\n")) }.into_string(),
        },
    }
}

/// The badge behind a question in a list, as a link to it.
pub(super) fn in_index(question: &OpenQuestion, standing: Standing, href: &str, writer: &Writer<'_>) -> String {
    writer.link(href, &in_list(question, standing, writer))
}

/// The badge of a document or a decision that is to be looked at again, or is open for comments. It
/// says what for, before and after the day, and carries both phrases for the script.
pub(super) fn of_promise(promise: Promise, due: &Deadline, writer: &Writer<'_>) -> String {
    let words = writer.words;
    let standing = due.standing(writer.today, writer.config.due_soon_days);
    let (by, late) = match promise {
        Promise::Revisit => (words.revisit_by, words.revisit_since),
        Promise::Review => (words.comments_until, words.comments_awaited),
    };
    let label = if standing == Standing::Overdue { late } else { by };
    let wording = match of_deadline(due, standing, writer, false) {
        Wording::Dated { day, shown, .. } => Wording::Dated { label, day, shown },
        Wording::Said(text) => Wording::Undated(label, text),
        other => other,
    };
    if !writer.html {
        return wording.plain(None, writer);
    }
    let badge = Badge {
        labels: Some([promise.word(), by, late]),
        ..Badge::new(&wording, standing)
    };
    badge.element(|text| html! { (text) }, |value| html! { (value) }.into_string())
}

fn marked(wording: &Wording, standing: Standing) -> String {
    let badge = Badge::new(wording, standing);
    badge.element(|text| html! { (text) }, |value| html! { (value) }.into_string())
}

/// A badge as an element.
struct Badge<'w> {
    wording: &'w Wording,
    standing: Standing,
    id: Option<&'w str>,
    /// Who must act once it is overdue.
    who: Option<&'w str>,
    /// What the promise is, and its labels before and after the day.
    labels: Option<[&'w str; 3]>,
    /// What stands between the label and the date: in the cell of a table they are two lines.
    between: &'static str,
}

impl<'w> Badge<'w> {
    fn new(wording: &'w Wording, standing: Standing) -> Self {
        Self {
            wording,
            standing,
            id: None,
            who: None,
            labels: None,
            between: "\n",
        }
    }

    /// The element; `text` writes its words, `value` an attribute's.
    fn element(&self, text: impl Fn(&str) -> Markup, value: impl Fn(&str) -> String) -> String {
        let value = |written: &str| PreEscaped(value(written));
        let (state, id) = (self.standing.word(), self.id.map(value));
        let said = self.wording.text(self.between);
        let Wording::Dated { day, shown, .. } = self.wording else {
            return html! { span.dd-due data-state=(state) id=[id] { (text(&said)) } }.into_string();
        };
        let day = day.to_string();
        let shown = (*shown != day).then(|| value(shown));
        let late = self.who.filter(|_| self.standing == Standing::Overdue);
        let said = late.map_or(said.clone(), |who| format!("{said} · {who}"));
        let [promise, by, overdue] = match self.labels {
            None => [None, None, None],
            Some([promise, by, late]) => [Some(promise.to_owned()), Some(capitalized(by)), Some(capitalized(late))],
        };
        html! {
            time.dd-due data-state=(state) datetime=(day) id=[id] data-shown=[shown] data-who=[self.who.map(value)]
                data-promise=[promise] data-by=[by] data-overdue=[overdue] { (text(&said)) }
        }
        .into_string()
    }
}

/// The wording of a badge. A script updates [`Wording::Dated`] to the reader's date.
#[derive(Debug)]
enum Wording {
    /// A few words.
    Said(String),
    /// A word for a missing date, and the text in its place.
    Undated(&'static str, String),
    /// A word and the day: `Overdue 2026-03-01`.
    Dated {
        label: &'static str,
        day: Date,
        /// The day as shown, with the name of a milestone.
        shown: String,
    },
    /// A word, and a phrase with the day, which no longer matters.
    Past {
        label: &'static str,
        phrase: &'static str,
        shown: String,
    },
}

impl Wording {
    /// The words, with `between` behind the label of a date.
    fn text(&self, between: &str) -> String {
        match self {
            Self::Said(text) => capitalized(text),
            Self::Undated(label, text) => format!("{} · {text}", capitalized(label)),
            Self::Dated { label, shown, .. } => format!("{}{between}{shown}", capitalized(label)),
            Self::Past { label, phrase, shown } => format!("{} · {}", capitalized(label), fill(phrase, shown)),
        }
    }

    fn plain(&self, who: Option<&str>, writer: &Writer<'_>) -> String {
        match self {
            Self::Said(text) => writer.text(text),
            Self::Undated(label, text) => writer.text(&format!("{label}, {text}")),
            Self::Dated { label, shown, .. } => {
                let shown = shown.replacen(NOTE, ", ", 1);
                let who = who.map_or_else(String::new, |who| format!(", {who}"));
                writer.text(&format!("{label} {shown}{who}"))
            }
            Self::Past { label, phrase, shown } => writer.text(&format!("{label}: {}", fill(phrase, shown))),
        }
    }
}

/// What stands between a day and the name of its milestone.
const NOTE: &str = " · ";

fn wording(question: &OpenQuestion, standing: Standing, writer: &Writer<'_>, in_index: bool) -> Wording {
    let words = writer.words;
    if standing == Standing::Resolved {
        return match question.due.as_ref().map(|due| (&due.0, due.day())) {
            Some((due, Some(day))) => Wording::Past {
                label: words.resolved,
                phrase: words.was_due,
                shown: shown(due, day),
            },
            _ => Wording::Said(words.resolved.to_owned()),
        };
    }
    match &question.due {
        Some(due) => of_deadline(due, standing, writer, in_index),
        None => Wording::Said(words.no_date.to_owned()),
    }
}

fn of_deadline(due: &Deadline, standing: Standing, writer: &Writer<'_>, in_index: bool) -> Wording {
    let words = writer.words;
    let label = match standing {
        Standing::Overdue => words.overdue,
        Standing::DueToday if in_index => words.due_today,
        Standing::DueSoon if in_index => words.due_soon,
        _ => words.due,
    };
    let text = &due.0.text;
    match due.0.when {
        When::Day(day) | When::Month(day) | When::Milestone(Some(day)) => Wording::Dated {
            label,
            day,
            shown: shown(&due.0, day),
        },
        // The author's text in place of a date, `TBD`, is more informative than "no date".
        When::Unset if !text.is_empty() => Wording::Undated(words.no_date, text.clone()),
        When::Unset => Wording::Said(words.no_date.to_owned()),
        When::Milestone(None) => Wording::Said(fill(words.waits_for, text)),
        When::Invalid => Wording::Said(fill(words.unreadable_date, text)),
        When::Ambiguous { .. } => Wording::Said(fill(words.ambiguous_date, text)),
    }
}

/// A month in its author's words; any other day in ISO format, with the name of a milestone.
fn shown(due: &DateText, day: Date) -> String {
    match due.when {
        When::Month(_) => due.text.clone(),
        When::Milestone(_) => format!("{day}{NOTE}{}", due.text),
        _ => day.to_string(),
    }
}

fn names(people: &[Person]) -> String {
    let names: Vec<&str> = people
        .iter()
        .map(Person::display)
        .filter(|name| !name.is_empty())
        .collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use jiff::civil::date;

    fn question(when: When, text: &str) -> OpenQuestion {
        OpenQuestion {
            id: "oq-1".into(),
            due: Some(Deadline(DateText {
                when,
                text: text.into(),
                ..DateText::default()
            })),
            owners: vec![Person {
                name: Some("Ada_Obi|*x*".into()),
                ..Person::default()
            }],
            ..OpenQuestion::default()
        }
    }

    fn badge(question: &OpenQuestion, html: bool) -> String {
        let config = Config {
            html,
            ..Config::default()
        };
        in_place(question, &Writer::new(&config, date(2026, 3, 1)))
    }

    #[test]
    fn an_overdue_badge_is_one_inert_line_and_says_whose_it_is() {
        let overdue = question(When::Day(date(2026, 1, 2)), "2026-01-02");
        assert_eq!(
            badge(&overdue, true),
            " <time class=\"dd-due\" data-state=\"overdue\" datetime=\"2026-01-02\" id=\"oq-1\" data-who=\"Ada_Obi&#124;*x*\">\
             Overdue 2026-01-02 · Ada&#95;Obi&#124;&#42;x&#42;</time>"
        );
        assert_eq!(badge(&overdue, false), r" *(overdue 2026-01-02, Ada\_Obi\|\*x\*)*");
    }

    #[test]
    fn a_promise_has_words_of_its_own() {
        let said = |promise, day, html| {
            let config = Config {
                html,
                ..Config::default()
            };
            let due = question(When::Day(day), "").due.unwrap();
            of_promise(promise, &due, &Writer::new(&config, date(2026, 3, 1)))
        };
        assert_eq!(
            said(Promise::Revisit, date(2026, 1, 2), true),
            "<time class=\"dd-due\" data-state=\"overdue\" datetime=\"2026-01-02\" data-promise=\"revisit\" \
             data-by=\"Revisit by\" data-overdue=\"To be looked at again since\">To be looked at again since\n2026-01-02</time>"
        );
        for (promise, day, expected) in [
            (Promise::Revisit, date(2026, 3, 1), "revisit by 2026-03-01"),
            (Promise::Review, date(2026, 3, 2), "comments until 2026-03-02"),
            (Promise::Review, date(2026, 2, 28), "comments were due by 2026-02-28"),
        ] {
            assert_eq!(said(promise, day, false), expected);
        }
    }

    #[test]
    fn a_badge_in_place_stays_true_after_the_build() {
        for day in [date(2026, 3, 1), date(2026, 3, 5), date(2027, 1, 1)] {
            let badge = badge(&question(When::Day(day), ""), true);
            assert!(badge.contains(&format!(">Due {day}</time>")), "{badge}");
        }
    }

    #[test]
    fn what_is_no_date_is_said() {
        let said = |when, text: &str| badge(&question(when, text), false);
        assert_eq!(said(When::Unset, ""), " *(no date)*");
        assert_eq!(said(When::Unset, "TBD"), " *(no date, TBD)*");
        assert_eq!(
            said(When::Invalid, "2023-07-2i"),
            " *(date not readable: \"2023-07-2i\")*"
        );
        assert_eq!(said(When::Milestone(None), "Phase 0"), " *(waits for Phase 0)*");
        assert_eq!(
            said(When::Milestone(Some(date(2027, 1, 1))), "Phase 0"),
            " *(due 2027-01-01, Phase 0)*"
        );
        let ambiguous = When::Ambiguous {
            day_first: date(2018, 2, 5),
            month_first: date(2018, 5, 2),
        };
        assert_eq!(said(ambiguous, "05/02/2018"), " *(day or month first? \"05/02/2018\")*");
    }

    #[test]
    fn a_resolved_question_keeps_its_date() {
        let mut resolved = question(When::Day(date(2026, 1, 2)), "");
        resolved.resolved = true;
        resolved.badge_form = BadgeForm::Paragraph;
        assert_eq!(badge(&resolved, false), "*(resolved: was due 2026-01-02)*");
        assert!(badge(&resolved, true).starts_with("<p><span class=\"dd-due\" data-state=\"resolved\""));
        resolved.due = None;
        assert_eq!(badge(&resolved, false), "*(resolved)*");
        resolved.badge_form = BadgeForm::ShortRow(2);
        assert_eq!(badge(&resolved, false), " | | *(resolved)*");
        assert!(badge(&resolved, true).starts_with(" | | <span"));
    }
}
