//! The badge with the standing of an open question, at the question and in the index.
//!
//! A page may be read long after its build, and without scripts. The badge at a question therefore
//! states only facts that stay true: the date itself, and "overdue" once that has passed. Words
//! that depend on the day (due today, due soon) are used only together with "as of"; the state is
//! in `data-state`, the date in `<time>`, and a script fills `dd-rel`.

use maud::{Markup, PreEscaped, html};

use crate::model::{BadgeForm, DateText, Deadline, OpenQuestion, Person, Promise, Standing, When};
use crate::render::markdown::{inert, inert_attribute};
use crate::render::words::{capitalized, fill};
use crate::render::writer::Writer;
use jiff::civil::Date;

/// The badge for the question's own place: within a line, or a block of its own.
pub(super) fn in_place(question: &OpenQuestion, writer: &Writer<'_>) -> String {
    let standing = question.standing(writer.today, writer.config.due_soon_days);
    let wording = wording(question, standing, writer, false);
    // The owner of an overdue question must act.
    let owners = Some(names(&question.owners)).filter(|names| !names.is_empty());
    let who = owners.as_deref().filter(|_| standing == Standing::Overdue);
    let badge = if writer.html {
        let later = owners.as_deref().filter(|_| matches!(wording, Wording::Dated { .. }));
        let [id, later] = [Some(question.id.as_str()), later].map(|value| value.map(inert_attribute).map(PreEscaped));
        let inner = wording.html(who, |text| PreEscaped(inert(text)));
        html! { span.dd-due data-state=(standing.word()) id=[id] data-who=[later] { (inner) } }.into_string()
    } else {
        format!("*({})*", wording.plain(who, writer))
    };
    match question.badge_form {
        BadgeForm::Inline => format!(" {badge}"),
        BadgeForm::ShortRow(bars) => format!("{} {badge}", " |".repeat(bars)),
        BadgeForm::Paragraph if writer.html => format!("<p>{badge}</p>"),
        BadgeForm::Paragraph => badge,
    }
}

/// The badge for an index page, a link to the question.
pub(super) fn in_index(question: &OpenQuestion, standing: Standing, href: &str, writer: &Writer<'_>) -> String {
    writer.link(
        href,
        &marked(&wording(question, standing, writer, true), standing, writer),
    )
}

/// The badge beside a link to the question.
pub(super) fn in_list(question: &OpenQuestion, standing: Standing, writer: &Writer<'_>) -> String {
    marked(&wording(question, standing, writer, true), standing, writer)
}

/// The badge of a deadline other than a question's.
pub(super) fn of_date(due: &Deadline, standing: Standing, writer: &Writer<'_>) -> String {
    let wording = match standing {
        Standing::Resolved => Wording::Said(writer.words.resolved.to_owned()),
        _ => of_deadline(due, standing, writer, true),
    };
    marked(&wording, standing, writer)
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
        Wording::Dated { day, shown, note, .. } => Wording::Dated {
            label,
            day,
            shown,
            note,
        },
        Wording::Said(text) => Wording::Undated(label, text),
        other => other,
    };
    if !writer.html {
        return wording.plain(None, writer);
    }
    let inner = wording.html(None, |text| html! { (text) });
    let (state, by, late) = (standing.word(), capitalized(by), capitalized(late));
    html! { span.dd-due data-state=(state) data-promise=(promise.word()) data-by=(by) data-overdue=(late) { (inner) } }
        .into_string()
}

fn marked(wording: &Wording, standing: Standing, writer: &Writer<'_>) -> String {
    if !writer.html {
        return wording.plain(None, writer);
    }
    let inner = wording.html(None, |text| html! { (text) });
    html! { span.dd-due data-state=(standing.word()) { (inner) } }.into_string()
}

/// The wording of a badge. A script updates the parts of [`Wording::Dated`] to the reader's date.
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
        /// The day as shown.
        shown: String,
        /// The name of a milestone.
        note: Option<String>,
    },
    /// A word, and a phrase with the day, which no longer matters.
    Past {
        label: &'static str,
        phrase: &'static str,
        day: Date,
        shown: String,
    },
}

impl Wording {
    /// The badge as HTML; `who` must act once it is overdue, and `show` writes text.
    fn html(&self, who: Option<&str>, show: impl Fn(&str) -> Markup) -> Markup {
        let time = |day: &Date, shown: &str| html! { time datetime=(day) { (show(shown)) } };
        match self {
            Self::Said(text) => show(&capitalized(text)),
            Self::Undated(label, text) => html! { (show(&capitalized(label))) " · " (show(text)) },
            Self::Dated {
                label,
                day,
                shown,
                note,
            } => html! {
                b { (show(&capitalized(label))) }
                " " (time(day, shown))
                span.dd-rel { @if let Some(who) = who { " · " (show(who)) } }
                @if let Some(note) = note { " · " (show(note)) }
            },
            Self::Past {
                label,
                phrase,
                day,
                shown,
            } => {
                let (before, behind) = phrase.split_once("{}").unwrap_or((phrase, ""));
                html! { (show(&capitalized(label))) " · " (show(before)) (time(day, shown)) (show(behind)) }
            }
        }
    }

    fn plain(&self, who: Option<&str>, writer: &Writer<'_>) -> String {
        match self {
            Self::Said(text) => writer.text(text),
            Self::Undated(label, text) => writer.text(&format!("{label}, {text}")),
            Self::Dated { label, shown, note, .. } => {
                let parts = [Some(format!("{label} {shown}")), note.clone(), who.map(str::to_owned)];
                let parts: Vec<String> = parts.into_iter().flatten().collect();
                writer.text(&parts.join(", "))
            }
            Self::Past {
                label, phrase, shown, ..
            } => writer.text(&format!("{label}: {}", fill(phrase, shown))),
        }
    }
}

fn wording(question: &OpenQuestion, standing: Standing, writer: &Writer<'_>, in_index: bool) -> Wording {
    let words = writer.words;
    if standing == Standing::Resolved {
        return match question.due.as_ref().map(|due| (&due.0, due.day())) {
            Some((due, Some(day))) => Wording::Past {
                label: words.resolved,
                phrase: words.was_due,
                day,
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
            note: matches!(due.0.when, When::Milestone(_)).then(|| text.clone()),
        },
        // The author's text in place of a date, `TBD`, is more informative than "no date".
        When::Unset if !text.is_empty() => Wording::Undated(words.no_date, text.clone()),
        When::Unset => Wording::Said(words.no_date.to_owned()),
        When::Milestone(None) => Wording::Said(fill(words.waits_for, text)),
        When::Invalid => Wording::Said(fill(words.unreadable_date, text)),
        When::Ambiguous { .. } => Wording::Said(fill(words.ambiguous_date, text)),
    }
}

/// A month in its author's words; any other day in ISO format.
fn shown(due: &DateText, day: Date) -> String {
    match due.when {
        When::Month(_) => due.text.clone(),
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
            " <span class=\"dd-due\" data-state=\"overdue\" id=\"oq-1\" data-who=\"Ada_Obi&#124;*x*\"><b>Overdue</b> \
             <time datetime=\"2026-01-02\">2026-01-02</time>\
             <span class=\"dd-rel\"> · Ada&#95;Obi&#124;&#42;x&#42;</span></span>"
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
            "<span class=\"dd-due\" data-state=\"overdue\" data-promise=\"revisit\" \
             data-by=\"Revisit by\" data-overdue=\"To be looked at again since\"><b>To be looked at again since</b> <time datetime=\"2026-01-02\">2026-01-02</time>\
             <span class=\"dd-rel\"></span></span>"
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
            assert!(
                badge.contains(&format!("><b>Due</b> <time datetime=\"{day}\">{day}</time><span")),
                "{badge}"
            );
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
